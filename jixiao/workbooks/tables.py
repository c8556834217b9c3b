"""What does a sheet look like once its file format is forgotten?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import NamedTuple, TypeAlias

from jixiao.workbooks.problems import Fault, Where, quoted

Value: TypeAlias = str | float | bool | dt.date | None
Position: TypeAlias = tuple[int, int]
Area: TypeAlias = tuple[Position, Position]

MERGED = Fault("与其他单元格合并在一起，看不出数据属于哪一格", "请取消合并后逐格填写")
UNCALCULATED = Fault("公式没有计算结果", "请用Excel或WPS打开并保存一次，或把公式粘贴为数值")


def error_value(text: str) -> Fault:
    """The fault of a cell that shows Excel's error `text`, such as #DIV/0!."""
    return Fault(f"公式出错{quoted(text)}", "请改正公式或直接填写数值")


class Cell(NamedTuple):
    """One cell: Excel's row number, its column from 1, its value, and what spoils it if anything.

    A cell inside a merged area carries the area's value and the fault MERGED.
    """

    row: int
    column: int
    value: Value = None
    fault: Fault | None = None


@dataclass(frozen=True)
class Marks:
    """What the reading library does not tell about a sheet (positions count from 1)."""

    faults: Mapping[Position, Fault] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    sheet: str = ""  # where the format gives it
    last: Position = (0, 0)  # the last row and the last column holding anything


@dataclass(frozen=True)
class Table:
    """A sheet (or a CSV file, whose `sheet` is empty) as rows of cells; row n is `rows[n - 1]`."""

    file: str
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    is_hidden: bool = False

    def cell(self, row: int, *, column: int) -> Cell:
        """The cell at a position counted from 1; blank outside the filled area."""
        if row <= len(self.rows) and column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(row, column)

    def where(
        self, row: int | None = None, *, column: int | None = None, header: str = ""
    ) -> Where:
        """A place in this table."""
        return Where(file=self.file, sheet=self.sheet, row=row, column=column, header=header)


def build_rows(values: Sequence[Sequence[Value]], *, marks: Marks) -> tuple[tuple[Cell, ...], ...]:
    """Rows of cells from rows of values, with the faults and merged areas of `marks` laid over."""
    height = max(len(values), marks.last[0])
    width = max(max(map(len, values), default=0), marks.last[1])
    rows = []
    for number in range(1, height + 1):
        row = values[number - 1] if number <= len(values) else ()
        padded = chain(row, repeat(None, width - len(row)))
        rows.append([Cell(number, c, _or_none(value)) for c, value in enumerate(padded, 1)])
    for (row_number, column), fault in marks.faults.items():
        rows[row_number - 1][column - 1] = Cell(row_number, column, None, fault)
    for area in marks.merged:
        _lay_merged(rows, area=area)
    return tuple(map(tuple, rows))


def _or_none(value: Value) -> Value:
    """The reading library gives an empty text for an empty cell."""
    return None if value == "" else value


def _lay_merged(rows: list[list[Cell]], *, area: Area) -> None:
    """Give every cell of a merged area the value of its first cell and the fault MERGED."""
    (top, left), (bottom, right) = area
    if top > len(rows) or left > len(rows[0]):
        return
    value = rows[top - 1][left - 1].value
    for row in rows[top - 1 : bottom]:
        for cell in row[left - 1 : right]:
            row[cell.column - 1] = cell._replace(value=value, fault=MERGED)
