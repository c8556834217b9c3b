"""What is filled in to load a result, to try changes, and to enter earlier tiers?"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jixiao.core.forms import ActionForm, WholeNumber
from jixiao.results.actions import PastTold
from jixiao.results.past import PastLine, read_text, read_workbook
from jixiao.results.queries.analysis import MARK_STEPS, WEIGHT_STEPS
from jixiao.schemes.models import SchemeLine
from jixiao.workbooks.problems import TableError

SHOWN = 30
"""So many problems of a file are told at once."""


class ResultForm(ActionForm):
    """The sealed file, its year and what the assessment is called."""

    file = forms.FileField(
        label="结果文件", widget=forms.FileInput({"accept": ".json"}),
        help_text="jixiao evaluate 写出的“结果.json”。摘要要对得上，系统会当场重算一遍。",
    )  # fmt: skip
    year = WholeNumber(label="年度", min_value=2000, max_value=2100)
    round_name = forms.CharField(label="评估名称", max_length=30, initial="年终评估")

    def clean_file(self) -> "UploadedFile[Any]":
        """Not larger than anything may be."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // 1024 // 1024
            raise forms.ValidationError(f"文件超过 {limit} MB，不像是结果文件")
        return file

    @property
    def facts(self) -> dict[str, Any]:
        """Year and name; the file is what is loaded."""
        return {name: self.cleaned_data[name] for name in ("year", "round_name")}


class AmountsForm(forms.Form):
    """By how much marks and weights are changed in the analysis; anything else counts as not chosen."""

    USUAL = MappingProxyType({"mark": 2, "weight": 10})

    mark = forms.TypedChoiceField(
        label="得分变动", coerce=int, empty_value=None, required=False,
        choices=[(each, f"满分的{each}%") for each in MARK_STEPS],
    )  # fmt: skip
    weight = forms.TypedChoiceField(
        label="权重变动", coerce=int, empty_value=None, required=False,
        choices=[(each, f"{each}%") for each in WEIGHT_STEPS],
    )  # fmt: skip

    @property
    def amounts(self) -> dict[str, int]:
        """What was chosen."""
        self.is_valid()
        return {**self.USUAL, **{k: value for k, value in self.cleaned_data.items() if value}}


class ReasonForm(ActionForm):
    """Why."""

    reason = forms.CharField(label="原因", max_length=300)


class PastForm(ActionForm):
    """A list of earlier tiers: of which year, from which document; pasted or as a workbook."""

    line = forms.ModelChoiceField(
        SchemeLine.objects.none(),
        label="哪个办法",
        required=False,
        help_text="不属于现有办法的不选。",
    )
    year = WholeNumber(label="年度", min_value=1990, max_value=2100)
    title = forms.CharField(label="名称", max_length=120, initial="绩效管理评估分档情况")
    document = forms.CharField(
        label="照录自", max_length=60, help_text="文号，没有的写文件名称，如灌办发〔2010〕7号。"
    )
    file = forms.FileField(
        label="填好的表", required=False, widget=forms.FileInput({"accept": ".xlsx,.xls,.csv,.ods"})
    )
    text = forms.CharField(
        label="或者粘贴名单", required=False, max_length=60_000,
        widget=forms.Textarea({"rows": 14}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, lines: Mapping[SchemeLine, Sequence[str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        known = [each.pk for each in lines]
        self.fields["line"].queryset = SchemeLine.objects.filter(pk__in=known)  # type: ignore[attr-defined]
        tiers = "、".join(dict.fromkeys(tier for each in lines.values() for tier in each))
        self.fields["text"].help_text = (
            "每行一个单位：单位、等次，中间空一格或用逗号，有组别的写在中间。"
            "也可以照通报写“先进单位16个：新安镇、田楼乡”。"
            + (f"现行办法的等次有{tiers}；当年叫法不同的照当年写。" if tiers else "")
        )

    def clean(self) -> dict[str, Any]:
        """The lines, from the file where there is one."""
        told = self.cleaned_data
        file, text = told.get("file"), told.get("text", "")
        if file and (file.size or 0) > settings.UPLOAD_LIMIT:
            self.add_error("file", "文件太大，不像是一份名单")
        elif file:
            told["tiers"] = self._read(file)
        elif text.strip():
            told["tiers"] = read_text(text)
        elif not self.errors:
            self.add_error("text", "请粘贴名单，或者交上填好的表")
        return told

    def told(self, do: Callable[..., Any], subject: Any, **by: Any) -> Any:  # noqa: ANN401 - an action
        """Do what was filled in: enter a new list, or correct the one that is there."""
        facts = self.cleaned_data
        told = PastTold(facts["year"], facts["title"], facts["document"])
        if subject is None:
            return do(told, tiers=facts["tiers"], line=facts["line"], **by)
        return do(subject, told=told, tiers=facts["tiers"], **by)

    def _read(self, file: "UploadedFile[Any]") -> list[PastLine]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"名单{Path(file.name or '').suffix[:6]}"
            path.write_bytes(file.read())
            try:
                return read_workbook(path)
            except TableError as error:
                for each in error.problems[:SHOWN]:
                    self.add_error("file", str(each))
                return []


class ScoreForm(ActionForm):
    """What the assessment is called whose rounds are scored."""

    name = forms.CharField(label="评估名称", max_length=30, initial="年终评估")
