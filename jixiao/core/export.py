"""How does a list leave as an Excel workbook in which no text can become a formula?"""

import io
from collections.abc import Iterable, Sequence

from django.http import FileResponse
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

from jixiao.core.cells import in_workbook
from jixiao.workbooks.writing import Styles, lay_out, new_workbook

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW, WIDE = 8, 40


def workbook(
    name: str, *, headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> FileResponse:
    """A download named after the list and the day: one sheet, headers in its first row."""
    content = [[in_workbook(value) for value in row] for row in rows]
    target = io.BytesIO()
    book, styles = new_workbook(target)
    sheet = book.add_worksheet(name[:31])
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, styles.header)
    for number, row in enumerate(content, 1):
        _write(sheet, number, row=row, styles=styles)
    columns = zip(headers, *content[:200], strict=True)
    lay_out(sheet, header_row=1, widths=[_width(column) for column in columns])
    book.close()
    target.seek(0)
    filename = f"{name}{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(target, as_attachment=True, filename=filename, content_type=TYPE)


def _write(
    sheet: Worksheet, number: int, *, row: Sequence[str | float | object], styles: Styles
) -> None:
    """One row; texts are always written as texts."""
    for column, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(number, column, value, styles.text)
        else:
            sheet.write_number(number, column, value, styles.number)


def _width(column: Sequence[object]) -> float:
    """Wide enough for the longest text in sight; a Chinese character takes two places."""
    widest = max(len(str(value).encode("gbk", "replace")) for value in column)
    return min(WIDE, max(NARROW, widest + 2))
