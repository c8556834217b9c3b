"""What we hand out looks alike, prints on A4, and is the same byte for byte."""

import io

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.workbooks.writing import lay_out, new_workbook


def written(title: str = "报表") -> bytes:
    buffer = io.BytesIO()
    book, styles = new_workbook(buffer)
    with book:
        sheet = book.add_worksheet("乡镇")
        sheet.write(0, 0, title, styles.title)
        sheet.write_row(1, 0, ["单位", "完成值"], styles.header)
        sheet.write_row(2, 0, ["=云溪镇", 5.5], styles.text)
        lay_out(sheet, header_row=2, widths=[12, 20])
    return buffer.getvalue()


def opened() -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(written()))["乡镇"]


def test_the_same_content_gives_the_same_bytes() -> None:
    assert written() == written()
    assert written() != written("别的报表")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert opened()["A3"].data_type == "s"


def test_the_header_is_styled_frozen_and_repeated() -> None:
    sheet = opened()
    assert (sheet["A2"].font.name, sheet["A2"].font.b) == ("宋体", True)
    assert sheet["A2"].font.scheme is None  # else Excel shows the theme's font instead
    assert sheet["A2"].fill.fgColor.rgb == "FFE4EFF2"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B3", "$1:$2")


def test_the_sheet_prints_on_a4_one_page_wide() -> None:
    sheet = opened()
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    # One page wide is the default of fitting, and is therefore not written.
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
