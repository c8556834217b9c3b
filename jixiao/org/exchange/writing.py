"""How does the workbook of units and people look that we hand out? Reading it back changes nothing."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jixiao.org.exchange.layout import NUMBER, ORIGIN, PLANS, UNITS, Column, Plan, Sort
from jixiao.org.exchange.lines import County, Line
from jixiao.org.exchange.reading import LARGEST
from jixiao.org.states import EARLIEST
from jixiao.workbooks.writing import ACCENT, LINE, Styles, lay_out, new_workbook

HEADER_ROW = 3
SPARE_ROWS = 500
"""So many empty lines below the last one have their drop-downs."""
SOFT_INK = "#5B6770"


def write_workbook(county: County, target: str | Path | BinaryIO) -> None:
    """Write every sheet; the same county gives the same bytes."""
    book, styles = new_workbook(target)
    numbers = {unit.label: unit.number for unit in county.units}
    with book:
        for plan in PLANS:
            _Sheet(book, styles, plan, numbers).write(county.lines(plan.name).values())
        if county.units:
            state = book.add_worksheet(ORIGIN)
            state.hide()
            state.write_string(0, 0, county.fingerprint())


class _Sheet:
    """One sheet being written."""

    def __init__(self, book: Workbook, styles: Styles, plan: Plan, numbers: dict[str, int]) -> None:
        boxed = {"border": 1, "border_color": LINE, "valign": "vcenter"}
        self.plan, self.numbers, self.styles = plan, numbers, styles
        self.sheet: Worksheet = book.add_worksheet(plan.name)
        self.text: Format = book.add_format({**boxed, "text_wrap": True})
        self.day: Format = book.add_format({**boxed, "num_format": "yyyy-mm-dd", "align": "center"})
        self.optional: Format = book.add_format(
            {**boxed, "bold": True, "align": "center", "font_color": ACCENT}
        )
        self.title: Format = book.add_format({"bold": True, "font_size": 15, "font_color": ACCENT})
        self.hint: Format = book.add_format({"font_size": 9, "font_color": SOFT_INK})

    def write(self, lines: Iterable[Line]) -> None:
        """Title, hint, headers with notes, lines, drop-downs."""
        columns = self.plan.columns
        lay_out(self.sheet, header_row=HEADER_ROW, widths=[each.width for each in columns])
        self.sheet.write(0, 0, self.plan.name, self.title)
        self.sheet.write(1, 0, f"{self.plan.hint}深色表头必须填。", self.hint)
        for row, height in enumerate((28, 20, 24)):
            self.sheet.set_row(row, height)
        for place, column in enumerate(columns):
            style = self.styles.header if column.must else self.optional
            self.sheet.write(HEADER_ROW - 1, place, column.header, style)
            if column.note:
                size = {"width": 280, "height": 24 + 20 * -(-len(column.note) // 19)}
                self.sheet.write_comment(HEADER_ROW - 1, place, column.note, size)
        last = HEADER_ROW
        for last, line in enumerate(lines, start=HEADER_ROW + 1):
            self._line(last - 1, line)
        self._accept(last + SPARE_ROWS)
        self.sheet.autofilter(HEADER_ROW - 1, 0, max(last - 1, HEADER_ROW), len(columns) - 1)

    def _line(self, row: int, line: Line) -> None:
        for place, column in enumerate(self.plan.columns):
            value = line.values.get(column.header)
            if column.header == NUMBER and self.plan.name == UNITS:
                value = self.numbers.get(line.label)
            if isinstance(value, date):
                self.sheet.write_datetime(row, place, value, self.day)
            elif isinstance(value, str):
                self.sheet.write_string(row, place, value, self.text)
            else:
                self.sheet.write(row, place, value, self.text)

    def _accept(self, last: int) -> None:
        """Drop-downs and limits, as far as the spare lines."""
        for place, column in enumerate(self.plan.columns):
            if rule := _rule(column):
                self.sheet.data_validation(HEADER_ROW, place, last, place, rule)


def _rule(column: Column) -> dict[str, Any] | None:
    if column.sort is Sort.CHOICE:
        message = f"请从下拉列表中选{column.header}"
        return {"validate": "list", "source": list(column.choices), **_refusal(message)}
    if column.sort is Sort.NUMBER:
        limits = {"criteria": "between", "minimum": 0, "maximum": LARGEST}
        return {"validate": "integer", **limits, **_refusal("请填整数。")}
    if column.sort is Sort.DATE:
        limits = {"criteria": ">=", "value": EARLIEST}
        return {"validate": "date", **limits, **_refusal("请填日期，如2026-03-01。")}
    return None


def _refusal(message: str) -> dict[str, str]:
    return {"error_title": "填写有误", "error_message": message}
