"""How do the workbooks we hand out look, and how do they come out the same, byte for byte?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

INK, ACCENT, TINT, LINE = "#1A2530", "#0E5263", "#E4EFF2", "#DCE4E8"
AMBER, AMBER_TINT, RED = "#8A5300", "#FFF3DB", "#B42318"
FONT = "宋体"
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # fixed: the same content gives the same bytes
A4 = 9

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,  # a name that begins with = stays a name
    "strings_to_urls": False,
}
# Without "none" Excel would show the font of its theme instead.
FORMAT = {"font_name": FONT, "font_size": 11, "font_color": INK, "font_scheme": "none"}


@dataclass(frozen=True)
class Styles:
    """The formats shared by all our sheets."""

    title: Format
    header: Format
    text: Format
    number: Format
    note: Format
    warning: Format
    error: Format


def new_workbook(target: str | Path | BinaryIO) -> tuple[Workbook, Styles]:
    """A workbook of reproducible bytes with our styles; the caller closes it (or uses `with`)."""
    options = OPTIONS | {"default_format_properties": dict(FORMAT)}  # the library changes it
    book = Workbook(str(target) if isinstance(target, Path) else target, options)
    book.set_properties({"created": CREATED})

    def style(**extra: object) -> Format:
        return book.add_format({"valign": "vcenter", "text_wrap": True, **extra})

    boxed = {"border": 1, "border_color": LINE}
    centred = {"align": "center", "bold": True}
    return book, Styles(
        title=style(**centred, font_size=16, font_color=ACCENT),
        header=style(**centred, **boxed, font_color=ACCENT, bg_color=TINT),
        text=style(**boxed),
        number=style(**boxed, align="right"),
        note=style(font_size=9),
        warning=style(**boxed, font_color=AMBER, bg_color=AMBER_TINT),
        error=style(**boxed, font_color=RED),
    )


def lay_out(sheet: Worksheet, *, header_row: int, widths: Sequence[float]) -> None:
    """A4 landscape one page wide, header row (Excel's number) frozen and repeated in print.

    `widths` are the columns' widths in characters, from column A.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, header_row - 1)
    sheet.freeze_panes(header_row, 1)
    sheet.set_footer("&C第&P页 共&N页")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
