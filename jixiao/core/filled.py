"""How does a table come in that is filled in on the page, or in a workbook that is read first?"""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jixiao.core.forms import ActionForm
from jixiao.workbooks.problems import Problem, TableError


class Filled(Protocol):
    """What is said of one line: the line, and whether that is new."""

    @property
    def line(self) -> Any:  # noqa: ANN401 - each table has its own
        """The line of the table."""
        ...

    @property
    def is_change(self) -> bool:
        """Whether it differs from what stands there."""
        ...


class FilledForm(ActionForm):
    """A table with a line a unit or person; with a file it is filled in from there, and nothing is saved yet.

    ``sheet`` has ``lines`` and ``read(path)``; subclasses say how a line is typed (``_typed``).
    """

    file_name = "表"
    """What the file is called where it cannot be read."""
    file = forms.FileField(label="填好的表", required=False)

    def __init__(self, *args: Any, sheet: Any, **options: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(*args, **options)
        self.sheet = sheet
        self.answers: dict[int, Any] = {}
        self.faults: dict[Any, str] = {}
        self.problems: tuple[Problem, ...] = ()
        self.is_preview = False

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Not larger than anything may be."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError("文件超过20MB，请删去图片和多余的工作表后再交")
        return file

    def clean(self) -> dict[str, Any]:
        """What was typed, or read from the file."""
        if file := self.cleaned_data.get("file"):
            self._read(file)
        elif not self.errors:
            self.answers = {line.number: self._typed(line) for line in self.sheet.lines}
            if self.faults:
                self.add_error(None, f"有{len(self.faults)}处要改，见表中红字")
        return self.cleaned_data

    @property
    def changes(self) -> list[Any]:
        """The lines of which something new is said."""
        return [each for each in self.answers.values() if each.is_change]

    def _typed(self, line: Any) -> Filled:  # noqa: ANN401 - as above
        raise NotImplementedError

    def _read(self, file: "UploadedFile[Any]") -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{self.file_name}{Path(file.name or '').suffix[:6]}"
            path.write_bytes(file.read())
            try:
                found: Iterable[Filled] = self.sheet.read(path)
            except TableError as error:
                self.problems = error.problems
                self.add_error("file", f"表里有{len(error.problems)}处要先改正，什么也没有读入")
                return
        self.answers = {each.line.number: each for each in found}
        self.is_preview = True

    def _base(self, line: Any) -> int:  # noqa: ANN401 - as above
        """The version that whoever typed had seen."""
        said = str(self.data.get(f"b-{line.number}", ""))
        known: int = line.base
        return int(said) if said.isdecimal() and len(said) < 10 else known
