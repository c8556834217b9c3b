"""What do offices fill in that provide figures: a table of units, or the same table as a workbook?"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jixiao.core.forms import ActionForm
from jixiao.visits.actions.data import Provided
from jixiao.visits.datasheet import LONGEST_REASON, Answer, DataSheet, Line, value_text
from jixiao.workbooks.problems import Fault, Problem, TableError
from jixiao.workbooks.tables import Cell


@dataclass(frozen=True)
class Drawn:
    """One cell of the table on the page."""

    name: str
    header: str
    text: str
    before: str
    """What is stored, in words, where the cell says something else."""
    options: tuple[str, ...]
    fault: str


@dataclass(frozen=True)
class DrawnLine:
    """One unit of the table on the page; a cell that does not apply is None."""

    line: Line
    cells: tuple[Drawn | None, ...]
    reason: str
    is_changed: bool


class DataForm(ActionForm):
    """A table of figures; with a file it is filled in from there, and nothing is saved yet."""

    file = forms.FileField(label="填好的表", required=False)
    source = forms.CharField(label="文号或来源", max_length=200, required=False)

    def __init__(self, *args: Any, sheet: DataSheet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet
        self.answers: dict[int, Answer] = {}
        self.faults: dict[tuple[int, str], str] = {}
        self.problems: tuple[Problem, ...] = ()
        self.is_preview = False

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Not larger than anything may be."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError("文件超过20MB，请删去图片和多余的工作表后再交")
        return file

    def clean(self) -> dict[str, Any]:
        """The figures, typed or read."""
        if file := self.cleaned_data.get("file"):
            self._read(file)
        elif not self.errors:
            self.answers = {line.number: self._typed(line) for line in self.sheet.lines}
            if self.faults:
                self.add_error(None, f"有{len(self.faults)}处要改，见表中红字")
        return self.cleaned_data

    @property
    def changes(self) -> list[Answer]:
        """The units of which something new is said."""
        return [each for each in self.answers.values() if each.is_change]

    @property
    def rows(self) -> list[Provided]:
        """The changes, as the action takes them."""
        return [
            Provided(
                each.line.number, each.values, each.reason, self._base(each.line),
                self.cleaned_data["source"],
            )
            for each in self.changes
        ]  # fmt: skip

    def drawn(self) -> Iterator[DrawnLine]:
        """The table as the page shows it."""
        for line in self.sheet.lines:
            answer = self.answers.get(line.number)
            cells = tuple(
                self._drawn(line, column, header) for column, header in self.sheet.columns.items()
            )
            reason = answer.reason if answer else line.reason
            yield DrawnLine(line, cells, reason, bool(answer and answer.is_change))

    def _read(self, file: "UploadedFile[Any]") -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"数据{Path(file.name or '').suffix[:6]}"
            path.write_bytes(file.read())
            try:
                found = self.sheet.read(path)
            except TableError as error:
                self.problems = error.problems
                self.add_error("file", f"表里有{len(error.problems)}处要先改正，什么也没有读入")
                return
        self.answers = {each.line.number: each for each in found}
        self.is_preview = True

    def _typed(self, line: Line) -> Answer:
        values: dict[str, int] = {}
        for column, ask in line.asks.items():
            text = self.data.get(_name(self.sheet, line, column), line.text(column))
            value = self.sheet.value(ask, Cell(0, 0, text or None))
            if isinstance(value, Fault):
                self.faults[line.number, column] = "，".join(filter(None, value))
            elif value is not None:
                values[column] = value
        reason = self.data.get(f"r-{line.number}", line.reason).strip()[:LONGEST_REASON]
        return Answer(line, values, reason)

    def _base(self, line: Line) -> int:
        said = self.data.get(f"b-{line.number}", "")
        return int(said) if said.isdecimal() else line.base

    def _drawn(self, line: Line, column: str, header: str) -> Drawn | None:
        ask = line.asks.get(column)
        if ask is None:
            return None
        stored, answer = line.text(column), self.answers.get(line.number)
        fault, name = self.faults.get((line.number, column), ""), _name(self.sheet, line, column)
        text = value_text(ask, answer.values.get(column)) if answer else stored
        text = str(self.data.get(name, "")) if fault else text
        before = (f"现在是 {stored}" if stored else "现在空着") if text != stored else ""
        return Drawn(name, header, text, before, tuple(ask.data.choices), fault)


def _name(sheet: DataSheet, line: Line, column: str) -> str:
    """The name of an input; columns are counted because their names may hold anything."""
    return f"v-{line.number}-{_places(sheet)[column]}"


def _places(sheet: DataSheet) -> Mapping[str, int]:
    return {column: place for place, column in enumerate(sheet.columns)}
