"""On which earlier marks shall a scheme be tried?"""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jixiao.results import queries as results
from jixiao.results.models import SealedResult
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.models import SchemeVersion
from jixiao.scoring.scheme import SchemeError
from jixiao.workbooks.problems import TableError

SHOWN = 12
"""So many problems of a file are told at once."""


class SimulateForm(forms.Form):
    """A kept result, or an earlier scheme with its filled-in mark sheet."""

    kept = forms.TypedChoiceField(label="用哪一次的结果", required=False, coerce=int)
    base = forms.TypedChoiceField(label="或者：往年的办法", required=False, coerce=int)
    file = forms.FileField(
        label="和按它填好的记分表", required=False, help_text="下发的记分表填好后的样子（Excel）。"
    )

    def __init__(
        self, *args: Any, kept: Iterable[SealedResult], bases: Iterable[SchemeVersion],
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.results = {each.pk: each for each in kept}
        self.bases = {each.pk: each for each in bases}
        self.initial.setdefault("kept", next(iter(self.results), ""))
        for name, rows in (("kept", self.results), ("base", self.bases)):
            listed = [(pk, str(each)) for pk, each in rows.items()]
            self.fields[name].choices = [("", "不用"), *listed]  # type: ignore[attr-defined]

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Not larger than anything may be."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError("文件超过20MB，不像是记分表")
        return file

    def clean(self) -> dict[str, Any]:
        """The earlier result: worked out from the sheet if there is one, else stored."""
        told = self.cleaned_data
        if told.get("base") and told.get("file"):
            told["before"] = self._computed(self.bases[told["base"]], told["file"])
        elif told.get("kept"):
            told["before"] = results.reading(self.results[told["kept"]]).result
        elif not self.errors:
            raise forms.ValidationError("请选一次结果，或者选往年的办法并交上填好的记分表")
        return told

    def _computed(self, base: SchemeVersion, file: "UploadedFile[Any]") -> Result:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"记分表{Path(file.name or '').suffix[:6]}"
            path.write_bytes(file.read())
            try:
                sheet, _ = read_marksheet(base.scheme, path)
                return evaluate(base.scheme, sheet)
            except TableError as error:
                raise forms.ValidationError(
                    [str(each) for each in error.problems[:SHOWN]]
                ) from None
            except SchemeError as error:
                raise forms.ValidationError(str(error)) from None
