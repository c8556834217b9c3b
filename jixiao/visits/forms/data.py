"""What do offices fill in that provide figures: a table of units, or the same table as a workbook?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms

from jixiao.core.filled import FilledForm
from jixiao.visits.actions.data import Provided
from jixiao.visits.datasheet import LONGEST_REASON, Answer, DataSheet, Line, value_text
from jixiao.workbooks.problems import Fault
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


class DataForm(FilledForm):
    """A table of figures; with a file it is filled in from there, and nothing is saved yet."""

    file_name = "数据"
    source = forms.CharField(label="文号或来源", max_length=200, required=False)

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
