"""Tables come out the same whichever program wrote them."""

import datetime as dt
import struct
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.workbooks.cells import as_decimal
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tables import Table, Value
from jixiao.workbooks.tests.making import (
    UNITS,
    make_ods,
    make_xlsx,
    ods_number,
    ods_row,
    ods_text,
    patched,
    read,
    resaved,
    with_part,
    xls_records,
)

ROWS = [
    ["单位", "完成值", "截止"],
    ["云溪镇", 0.1 + 0.2, dt.date(2026, 8, 31)],
    ["河口镇", 85, None],
]


def contents(table: Table) -> list[list[Value]]:
    return [[cell.value for cell in row] for row in table.rows]


def faults(table: Table) -> dict[tuple[int, int], str]:
    return {
        (cell.row, cell.column): cell.fault.message
        for row in table.rows
        for cell in row
        if cell.fault
    }


@pytest.fixture(scope="module", params=["xlsx", "ods", "xls"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, str]:
    """A sheet with a merged title, errors and a hidden sheet, saved by LibreOffice."""

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:C1")
        sheet["D3"] = "=1/0"
        sheet["D4"] = "=B4*2"
        sheet.parent.create_sheet("字典").sheet_state = "hidden"

    data = make_xlsx([["一季度报表"], *ROWS], change)
    return resaved(data, tmp_path_factory.mktemp("office"), request.param), request.param


def test_every_format_of_libreoffice_reads_alike(office: tuple[bytes, str], tmp_path: Path) -> None:
    data, suffix = office
    table, hidden = read(data, tmp_path, f"报表.{suffix}")
    assert contents(table) == [
        ["一季度报表"] * 3 + [None],
        ["单位", "完成值", "截止", None],
        ["云溪镇", pytest.approx(0.3), dt.date(2026, 8, 31), None],
        ["河口镇", 85.0, None, 170.0],
    ]
    assert (table.sheet, table.is_hidden, hidden.is_hidden) == ("乡镇", False, True)
    assert type(table.cell(4, column=2).value) is float


def test_every_format_of_libreoffice_tells_merged_cells_and_errors(
    office: tuple[bytes, str], tmp_path: Path
) -> None:
    data, suffix = office
    merged = "与其他单元格合并在一起，看不出数据属于哪一格"
    expected = {(1, column): merged for column in (1, 2, 3)} | {(3, 4): "公式出错“#DIV/0!”"}
    assert faults(read(data, tmp_path, f"报表.{suffix}")[0]) == expected


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    data = make_xlsx(ROWS)
    assert read(data, tmp_path, "报表.xls")[0].rows == read(data, tmp_path, "报表.csv")[0].rows


def test_formulas_without_a_result_are_marked(tmp_path: Path) -> None:
    table = read(make_xlsx([["=1+1", 1, "=2+2"]]), tmp_path)[0]
    assert set(faults(table)) == {(1, 1), (1, 3)}
    assert "公式没有计算结果" in faults(table)[1, 1]


def test_a_last_row_of_formulas_without_a_result_is_not_lost(tmp_path: Path) -> None:
    assert set(faults(read(make_xlsx([[1], ["=1+1"]]), tmp_path)[0])) == {(2, 1)}


def test_a_formula_whose_result_is_an_empty_text_is_blank(tmp_path: Path) -> None:
    data = with_part(make_xlsx([["=1+1"]]), '<c r="A1">', '<c r="A1" t="str">')
    assert faults(read(data, tmp_path)[0]) == {}


def test_errors_are_marked_with_their_name(tmp_path: Path) -> None:
    assert faults(read(make_xlsx([["#REF!"]]), tmp_path)[0]) == {(1, 1): "公式出错“#REF!”"}


def test_ods_formulas_without_a_result_are_marked(tmp_path: Path) -> None:
    row = ods_row(ods_text("云溪镇"), '<table:table-cell table:formula="of:=1+1"/>')
    assert set(faults(read(make_ods(row), tmp_path)[0])) == {(1, 2)}


def test_ods_merged_cells_are_marked(tmp_path: Path) -> None:
    anchor = ods_text("云溪镇", 'table:number-rows-spanned="2"')
    rows = ods_row(anchor, ods_number("5")) + ods_row(
        "<table:covered-table-cell/>", ods_number("6")
    )
    table = read(make_ods(rows), tmp_path)[0]
    assert set(faults(table)) == {(1, 1), (2, 1)}
    assert contents(table) == [["云溪镇", 5.0], ["云溪镇", 6.0]]


def test_ods_rows_and_cells_stand_for_many(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = ods_row(blank, repeated=2) + ods_row(
        ods_number("5", 'table:number-columns-repeated="2"')
    )
    assert contents(read(make_ods(rows), tmp_path)[0])[2] == [5.0, 5.0]


def test_ods_styled_rows_down_to_the_end_are_not_content(tmp_path: Path) -> None:
    filler = ods_row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1048575)
    assert contents(read(make_ods(ods_row(ods_text("单位")) + filler), tmp_path)[0]) == [["单位"]]


def test_an_error_in_xls_is_marked_not_blank(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = resaved(make_xlsx([["云溪镇", "#N/A"]]), tmp_path_factory.mktemp("office"), "xls")
    assert faults(read(data, tmp_path, "报表.xls")[0]) == {(1, 2): "公式出错“#N/A”"}


def test_an_error_constant_in_xls_is_marked(tmp_path: Path, good_xls: bytes) -> None:
    (number, *_) = xls_records(good_xls, 0x27E)
    constant = patched(good_xls, number - 4, struct.pack("<H", 0x205))
    constant = patched(constant, number + 6, b"\x17\x01")
    assert faults(read(constant, tmp_path, "报表.xls")[0]) == {(2, 2): "公式出错“#REF!”"}


def test_a_long_xls_lies_in_a_chain_of_sectors(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [[f"{unit}{n}", n + 0.5] for n in range(900) for unit in UNITS]
    data = resaved(make_xlsx(rows), tmp_path_factory.mktemp("office"), "xls")
    assert contents(read(data, tmp_path, "报表.xls")[0]) == rows


def test_a_lying_size_in_xls_does_no_harm(tmp_path: Path, good_xls: bytes) -> None:
    (size,) = xls_records(good_xls, 0x200)
    huge = patched(good_xls, size, struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF))
    assert contents(read(huge, tmp_path, "报表.xls")[0]) == [["单位", "完成值"], ["云溪镇", 5.0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_usual_encodings(encoding: str, tmp_path: Path) -> None:
    table = read('单位,完成值\r\n云溪镇,"1,234"\r\n'.encode(encoding), tmp_path, "报表.csv")[0]
    assert contents(table) == [["单位", "完成值"], ["云溪镇", "1,234"]]
    assert table.sheet == ""


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_split_at_the_commonest_delimiter(delimiter: str, tmp_path: Path) -> None:
    text = "\n".join(delimiter.join(row) for row in (("单位", "完成值"), ("云溪镇", "5")))
    assert contents(read(text.encode(), tmp_path, "报表.csv")[0])[1] == ["云溪镇", "5"]


def test_csv_rows_are_numbered_as_in_excel(tmp_path: Path) -> None:
    table = read('单位,完成值\n\n"云溪\n镇",5\n'.encode(), tmp_path, "报表.csv")[0]
    assert (table.rows[2][1].row, table.rows[2][1].value) == (3, "5")


def test_a_cell_outside_the_rows_is_blank(tmp_path: Path) -> None:
    table = read(make_xlsx(ROWS), tmp_path)[0]
    assert table.cell(99, column=99).value is None
    assert table.cell(2, column=1).value == "云溪镇"


numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(numbers, min_size=1, max_size=30))
def test_numbers_written_are_read_back_exactly(tmp_path: Path, written: list[Decimal]) -> None:
    for data, name in (
        (make_xlsx([[float(number)] for number in written]), "报表.xlsx"),
        (make_ods("".join(ods_row(ods_number(str(n))) for n in written)), "报表.ods"),
        ("\n".join(map(str, written)).encode(), "报表.csv"),
    ):
        table = read(data, tmp_path, name)[0]
        assert [as_decimal(row[0]) for row in table.rows] == written


def test_an_ordinary_sheet_takes_milliseconds(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(make_xlsx([["单位"] * 30] + [["云溪镇", *([12.5] * 29)]] * 49))
    spans = []
    for _ in range(5):
        start = time.process_time()
        read_tables(path)
        spans.append(time.process_time() - start)
    assert min(spans) < 0.05  # measured: 8 ms
