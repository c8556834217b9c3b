"""What is filled in to make a result, move it on, object to it, decide, try changes, enter earlier tiers?"""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jixiao.core.forms import ActionForm, Amount, Day, VersionedForm, WholeNumber
from jixiao.rectification.forms import Files, handed
from jixiao.results.actions import Approval, Decision, Objection, PastTold, Terms, Value
from jixiao.results.past import PastLine, read_text, read_workbook
from jixiao.results.queries.analysis import MARK_STEPS, WEIGHT_STEPS
from jixiao.results.queries.inputs import WHOLE, Input
from jixiao.results.states import (
    APPEAL_WITHIN,
    APPLY_WITHIN,
    DECIDE_WITHIN,
    UPHELD,
    ReviewState,
)
from jixiao.schemes.models import SchemeLine
from jixiao.scoring.numbers import SCALE, number_text
from jixiao.workbooks.problems import TableError

LONG = {"rows": 4}
FILES_HELP = "没有就不附，不影响受理。最多5份，每份20MB以内：图片、PDF、Word、Excel。"
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

    line = forms.ModelChoiceField(
        SchemeLine.objects.none(), label="属于哪个办法", required=False,
        help_text="同一个办法的结果才逐年比较、互相取代。不在平台上的办法不选。",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["line"].queryset = SchemeLine.objects.all()  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """Year, name and scheme; the file is what is loaded."""
        return {name: self.cleaned_data[name] for name in ("year", "round_name", "line")}


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


class PastReasonForm(ActionForm):
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
    """What the assessment is called whose rounds are scored, up to which, and why again."""

    name = forms.CharField(label="评估名称", max_length=30, initial="年终评估")
    through = forms.CharField(required=False, widget=forms.HiddenInput, label="算到哪一轮")
    reason = forms.CharField(
        label="为何重算", max_length=300, required=False,
        help_text="已经告知过单位的才填：更正了哪些记录，依据什么。",
    )  # fmt: skip


# ── The way of a run ───────────────────────────────────────────────────────────────────────


class NoteForm(VersionedForm):
    """What the reviewer looked at."""

    note = forms.CharField(
        label="核对情况", max_length=500, required=False, widget=forms.Textarea(LONG),
        help_text="看了哪些单位、哪些临界的、数据齐不齐。可不填。",
    )  # fmt: skip


class ReasonForm(VersionedForm):
    """Why it goes back or is given up."""

    reason = forms.CharField(label="原因", max_length=500, widget=forms.Textarea(LONG))


class TermsForm(VersionedForm):
    """How many working days there are to object, to decide and to appeal."""

    apply = WholeNumber(label="申请复核（工作日）", initial=APPLY_WITHIN, min_value=1, max_value=60)
    decide = WholeNumber(
        label="作出决定（工作日）", initial=DECIDE_WITHIN, min_value=1, max_value=60
    )
    appeal = WholeNumber(label="申诉（工作日）", initial=APPEAL_WITHIN, min_value=1, max_value=60)

    @property
    def facts(self) -> dict[str, Any]:
        """The terms as one thing."""
        said = super().facts
        return {"terms": Terms(**{name: said.pop(name) for name in ("apply", "decide", "appeal")})} | said  # fmt: skip


class ApprovalForm(VersionedForm):
    """Which meeting approved it, when, by which document."""

    meeting = forms.CharField(label="审定会议", max_length=80, initial="县绩效管理委员会会议")
    met_on = Day(label="会议日期")
    document = forms.CharField(label="审定文件文号", max_length=60, required=False)

    @property
    def facts(self) -> dict[str, Any]:
        """The approval as one thing."""
        said = super().facts
        names = ("meeting", "met_on", "document")
        return {"approval": Approval(**{name: said.pop(name) for name in names})} | said


class AdoptionForm(ApprovalForm):
    """The same, with the document that proves it."""

    document = forms.CharField(
        label="审定文件文号", max_length=60, help_text="以前年度的结果凭这份文件录入。"
    )


class SureForm(VersionedForm):
    """Nothing more is asked."""


MOVE_FORMS: dict[str, type[VersionedForm]] = {
    "review": NoteForm, "send_back": ReasonForm, "notify": TermsForm, "approve": ApprovalForm,
    "revoke": ReasonForm, "adopt": AdoptionForm, "publish": SureForm, "discard": ReasonForm,
}  # fmt: skip
"""The form of every step."""


# ── Objections ─────────────────────────────────────────────────────────────────────────────


class ClaimForm(ActionForm):
    """Why somebody objects and what is asked."""

    claim = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(LONG),
        help_text="哪里不对，有什么可以查证：文件、日期、系统里的记录。",
    )  # fmt: skip
    asked = forms.CharField(label="请求", max_length=200, help_text="例如：按实有8份原件重新计分。")
    files = Files(label="材料", required=False, help_text=FILES_HELP)  # type: ignore[assignment]

    @property
    def facts(self) -> dict[str, Any]:
        """The files as the action takes them."""
        said = super().facts
        return said | {"files": [handed(each) for each in said["files"]]}


class ApplyForm(ClaimForm):
    """An objection to an item, or to the total or tier."""

    code = forms.ChoiceField(label="对哪一项", required=False)
    field_order: tuple[str, ...] = ("code", "claim", "asked", "files")

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", WHOLE), *items]  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """The objection as one thing."""
        said = super().facts
        names = ("claim", "asked", "code")
        return {"objection": Objection(**{name: said.pop(name) for name in names})} | said


class LateForm(ApplyForm):
    """The same, taken by the office after the day."""

    late_reason = forms.CharField(
        label="为什么逾期还受理", max_length=300,
        help_text="如：单位在期限内书面提出过，经办人漏登。",
    )  # fmt: skip
    field_order = ("code", "late_reason", "claim", "asked", "files")


class DecideForm(VersionedForm):
    """Upheld or not, why, on what basis, and the figures as they stand from now on."""

    outcome = forms.ChoiceField(
        label="决定", widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in (*UPHELD, ReviewState.REJECTED)],
    )  # fmt: skip
    text = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(LONG),
        help_text="查了什么、看到什么、为什么这样定。单位看得到。",
    )  # fmt: skip
    basis = forms.CharField(label="依据", max_length=200, help_text="办法第几条，或哪份文件。")

    def __init__(self, *args: Any, inputs: Iterable[Input], **options: Any) -> None:
        super().__init__(*args, **options)
        self.inputs = {f"value_{place}": each for place, each in enumerate(inputs)}
        for name, each in self.inputs.items():
            self.fields[name] = _figure(each)

    @property
    def facts(self) -> dict[str, Any]:
        """The decision as one thing; a figure that stays empty stays as it is."""
        said = super().facts
        values = tuple(
            Value(each.field.column, int(Fraction(said[name]) * SCALE), each.round)
            for name, each in self.inputs.items()
            if said[name] not in (None, "")
        )
        decision = Decision(ReviewState(said["outcome"]), said["text"], said["basis"], values)
        return {"decision": decision, "version": said["version"]}


def _figure(each: Input) -> forms.Field:
    """A field for one figure, with what stands there now."""
    now = "空" if each.value is None else number_text(Fraction(each.value, SCALE))
    if each.field.choices:
        known = {value: name for name, value in each.field.choices.items()}
        options = [(number_text(Fraction(value, SCALE)), name) for value, name in known.items()]
        stands = known.get(each.value, now) if each.value is not None else now
        return forms.ChoiceField(
            label=each.label, choices=[("", f"不变（{stands}）"), *options], required=False
        )
    return Amount(
        label=each.label, required=False, max_digits=14, decimal_places=4,
        help_text=f"现在是{now}{each.field.unit}；不变的不填。",
    )  # fmt: skip
