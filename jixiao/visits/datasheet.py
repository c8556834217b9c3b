"""Which figures of one item are asked of an office that is not on site, and what did it answer?

The same table as a page and as a workbook: a row a unit, a column a figure; each figure once, however
many items use it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from jixiao.schemes.exchange.answers import NO_IMPORTS, Book
from jixiao.schemes.exchange.layout import IGNORED, UNIT, Ask
from jixiao.scoring.names import Register
from jixiao.scoring.numbers import SCALE, number_text, scaled
from jixiao.scoring.scheme import Scheme
from jixiao.visits.tasks import Task
from jixiao.workbooks.cells import as_text, is_absent_mark, is_blank
from jixiao.workbooks.grid import Grid, Record, read_grid
from jixiao.workbooks.problems import Fault, Problem, raise_errors
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tables import Cell
from jixiao.workbooks.writing import lay_out, new_workbook

GROUP, REASON = "组别", "扣分理由"
HINT = "只填数字，不写计量单位；确实为零的填0；空着的格子不改动已有的数。"
HEADER_ROW = 3
LONGEST_REASON = 500


@dataclass(frozen=True)
class Line:
    """One unit: what it is asked, what is known, and which version of the record that is."""

    number: int
    """The unit's number in the county's books."""
    unit: str
    group: str
    task: Task
    asks: Mapping[str, Ask]
    values: Mapping[str, int]
    reason: str = ""
    base: int = 0
    saved: str = ""
    """Who told it when, in words."""

    @property
    def is_complete(self) -> bool:
        """Whether every figure is there."""
        return all(column in self.values for column in self.asks)

    def text(self, column: str) -> str:
        """A known figure as it would be typed."""
        return value_text(self.asks[column], self.values.get(column))


@dataclass(frozen=True)
class Answer:
    """What was told about one unit; a column that is not in ``values`` is empty."""

    line: Line
    values: Mapping[str, int]
    reason: str

    @property
    def is_change(self) -> bool:
        """Whether it says anything new."""
        return (self.values, self.reason) != (self.line.values, self.line.reason)


@dataclass(frozen=True)
class DataSheet:
    """One item's figures of all units of a round."""

    title: str
    scheme: Scheme
    name: str
    """The item with its code."""
    lines: tuple[Line, ...]

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Headers by sheet column, in the scheme's order."""
        asks = {column: ask for line in self.lines for column, ask in line.asks.items()}
        return {column: _header(ask) for column, ask in asks.items()}

    @property
    def asks_reason(self) -> bool:
        """Whether marks are given here, for whose deductions a reason is due."""
        return any(ask.limits.is_mark for line in self.lines for ask in line.asks.values())

    @cached_property
    def _book(self) -> Book:
        return Book(Register.of(self.scheme), NO_IMPORTS)

    def value(self, ask: Ask, cell: Cell) -> int | Fault | None:
        """What a cell says, in ten-thousandths; None where it is blank."""
        return self._book.answer(ask, cell)

    # ------------------------------------------------------------------ as a workbook

    def write(self, target: BinaryIO) -> None:
        """The table with what is known already."""
        book, styles = new_workbook(target)
        headers = [UNIT, GROUP, *self.columns.values(), *([REASON] if self.asks_reason else [])]
        with book:
            sheet = book.add_worksheet("数据")
            widths = [20, 14, *[16] * len(self.columns), *([36] if self.asks_reason else [])]
            lay_out(sheet, header_row=HEADER_ROW, widths=widths)
            sheet.write_string(0, 0, f"{self.title}　{self.name}")
            sheet.write_string(1, 0, HINT)
            sheet.write_row(HEADER_ROW - 1, 0, headers, styles.header)
            for row, line in enumerate(self.lines, start=HEADER_ROW):
                sheet.write_row(row, 0, (line.unit, line.group), styles.text)
                for place, column in enumerate(self.columns, start=2):
                    sheet.write(row, place, _in_cell(line, column), styles.number)
                if self.asks_reason:
                    sheet.write_string(row, len(headers) - 1, line.reason, styles.text)

    def read(self, path: Path) -> tuple[Answer, ...]:
        """The table read back; TableError with everything that is wrong with it, cell by cell."""
        problems: list[Problem] = []
        found: dict[int, Answer] = {}
        for grid in self._grids(path, problems):
            for record in grid.records:
                line = self._line(record, problems)
                if line is None:
                    continue
                if line.number in found:
                    fault = Fault(f"“{line.unit}”写了两行", "请只保留一行")
                    problems.append(record.problem(UNIT, fault=fault))
                found[line.number] = self._answer(record, line, problems)
        raise_errors(problems)
        return tuple(found.values())

    def _grids(self, path: Path, problems: list[Problem]) -> Iterator[Grid]:
        tables = [each for each in read_tables(path) if not each.is_hidden]
        optional = (GROUP, *([REASON] if self.asks_reason else []), *IGNORED)
        for table in tables[:1]:
            grid = read_grid(table, required=(UNIT, *self.columns.values()), optional=optional)
            problems.extend(grid.problems)
            yield grid

    def _line(self, record: Record, problems: list[Problem]) -> Line | None:
        before = len(problems)
        name = record.read(UNIT, convert=as_text, into=problems)
        unit = self._book.register.find(name) if name else None
        line = next((each for each in self.lines if each.unit == unit), None)
        if line is None and len(problems) == before:
            fault = Fault(f"这一项没有“{name or ''}”", "请按下发的表填，不要改单位名称")
            problems.append(record.problem(UNIT, fault=fault))
        return line

    def _answer(self, record: Record, line: Line, problems: list[Problem]) -> Answer:
        values = dict(line.values)
        for column, header in self.columns.items():
            cell = record.cells.get(header)
            if cell is None or ((is_blank(cell) or is_absent_mark(cell)) and not cell.fault):
                continue
            if column not in line.asks:
                fault = Fault(f"这一列不适用于“{line.unit}”", "请清空这一格")
                problems.append(record.problem(header, fault=fault))
                continue
            value = self.value(line.asks[column], cell)
            if isinstance(value, Fault):
                problems.append(record.problem(header, fault=value))
            elif value is not None:
                values[column] = value
        return Answer(line, values, self._reason(record, line, problems))

    def _reason(self, record: Record, line: Line, problems: list[Problem]) -> str:
        if REASON not in record.cells:
            return line.reason
        said = record.read(REASON, convert=as_text, into=problems)
        return (said or line.reason)[:LONGEST_REASON]


def value_text(ask: Ask, value: int | None) -> str:
    """A figure as people type it, a choice as it is called; empty for a gap."""
    if value is None:
        return ""
    named = {scaled(number): name for name, number in ask.data.choices.items()}
    return named.get(value) or number_text(Fraction(value, SCALE))


def _in_cell(line: Line, column: str) -> str | Decimal | None:
    if column not in line.asks:
        return "—"
    if (value := line.values.get(column)) is None:
        return None
    return line.text(column) if line.asks[column].data.choices else Decimal(value) / SCALE


def _header(ask: Ask) -> str:
    unit = "分" if ask.limits.is_mark else ask.data.unit
    return f"{ask.stem}（{unit}）" if unit else ask.stem
