"""Records are found under a messy header, and all that is wrong is said at once."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.workbooks.cells import as_decimal, as_text
from jixiao.workbooks.grid import read_grid
from jixiao.workbooks.tests.making import grid_of, make_xlsx, read, values_and_problems

HEADER = ["单位", "完成值"]
FIRST = ["云溪镇", 5]
SHEET = "工作表“乡镇”"


def problems(rows: list[list[object]], tmp_path: Path) -> list[str]:
    return values_and_problems(grid_of(make_xlsx(rows), tmp_path), as_decimal)[1]


def records(rows: list[list[object]], tmp_path: Path) -> list[int]:
    grid = grid_of(make_xlsx(rows), tmp_path)
    assert grid.problems == ()
    return [record.row for record in grid.records]


def test_titles_above_and_blank_rows_between_are_passed_over(tmp_path: Path) -> None:
    rows = [["清岚县一季度报表"], [], HEADER, FIRST, [None, " \u3000"], [], ["河口镇", 6]]
    assert records(rows, tmp_path) == [4, 7]


@pytest.mark.parametrize(
    "header",
    ["完 成\n值", "完成值（万元）", "＊完成值", "完成值(%)", " 完\u3000成 值：", "完成值【累计】"],
)
def test_headers_are_known_by_their_name(header: str, tmp_path: Path) -> None:
    assert records([["单位", header], FIRST], tmp_path) == [2]


def test_remarks_decide_where_two_headers_differ_by_nothing_else(tmp_path: Path) -> None:
    table = read(make_xlsx([["数（上年）", "数（本年）"], [1, 2]]), tmp_path)[0]
    grid = read_grid(table, required=("数（本年）", "数（上年）"))
    assert grid.columns == {"数（上年）": 1, "数（本年）": 2}


def test_a_header_without_the_deciding_remark_is_not_guessed(tmp_path: Path) -> None:
    table = read(make_xlsx([["单位", "数"], FIRST]), tmp_path)[0]
    assert read_grid(table, required=("单位", "数（本年）", "数（上年）")).columns == {"单位": 1}


def test_the_row_that_bears_most_headers_is_the_header(tmp_path: Path) -> None:
    rows = [["完成值", "通报"], ["单位", "完成值"], ["单位", "其他"]]
    table = read(make_xlsx(rows), tmp_path)[0]
    assert read_grid(table, required=("单位", "完成值", "缺")).header_row == 2


def test_an_exact_header_wins_over_one_with_a_remark(tmp_path: Path) -> None:
    rows = [["单位", "完成值（上年）", "完成值"], ["云溪镇", 4, 5]]
    grid = grid_of(make_xlsx(rows), tmp_path)
    assert grid.columns == {"单位": 1, "完成值": 3}


def test_two_storeys_of_headers(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")

    rows = [["单位", "经济"], [None, "完成值", "增速"], ["云溪镇", 5, 6]]
    grid = grid_of(make_xlsx(rows, change), tmp_path)
    assert (grid.header_row, [record.row for record in grid.records]) == (2, [3])
    assert grid.columns == {"单位": 1, "完成值": 2}


def test_a_header_printed_again_is_no_record(tmp_path: Path) -> None:
    assert records([HEADER, FIRST, HEADER, ["河口镇", 6]], tmp_path) == [2, 4]


def test_reading_stops_at_the_notes(tmp_path: Path) -> None:
    rows = [HEADER, FIRST, ["注：数据来自统计局。"], ["2.同比"], ["填表人：张", "审核人：李"]]
    assert records(rows, tmp_path) == [2]


def test_data_below_the_notes_are_not_lost_in_silence(tmp_path: Path) -> None:
    rows = [HEADER, FIRST, ["注：以下为园区"], ["临港园区", 6]]
    message = f"{SHEET}第4行：在第3行的说明之后又有数据，请把说明移到所有数据之下"
    assert problems(rows, tmp_path) == [message]


def test_a_table_without_header(tmp_path: Path) -> None:
    message = f"{SHEET}：找不到表头，表头应写明“单位”“完成值”，并在前30行之内"
    assert problems([FIRST], tmp_path) == [message]
    assert problems([], tmp_path) == [message]


def test_a_table_without_records(tmp_path: Path) -> None:
    assert problems([HEADER], tmp_path) == [f"{SHEET}第1行：表头下面没有数据，请填好后再交"]


def test_a_missing_column(tmp_path: Path) -> None:
    message = f"{SHEET}第1行：缺少“完成值”这一列，请补上这一列，或改用下发的模板"
    assert problems([["单位"], ["云溪镇"]], tmp_path) == [message]


def test_a_misspelt_column(tmp_path: Path) -> None:
    message = f"{SHEET}第1行：缺少“完成值”这一列，B列“完成植”与它相近，如写错请改正"
    assert problems([["单位", "完成植"], FIRST], tmp_path) == [message]


def test_a_doubled_column(tmp_path: Path) -> None:
    message = f"{SHEET}第1行C列“完成值”：与B列重复，请只保留一列"
    assert problems([[*HEADER, "完成值"], [*FIRST, 6]], tmp_path) == [message]


def test_an_unknown_column_is_only_a_warning(tmp_path: Path) -> None:
    message = f"警告：{SHEET}第1行C列“序号”：不认识这一列，没有读取，如是需要的数据请核对表头"
    assert problems([[*HEADER, "序号"], [*FIRST, 1]], tmp_path) == [message]


def test_two_headers_of_the_same_unknown_name_are_both_warned_of(tmp_path: Path) -> None:
    assert len(problems([[*HEADER, "备注", "备注"], FIRST], tmp_path)) == 2


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    table = read(make_xlsx([HEADER, FIRST]), tmp_path)[0]
    grid = read_grid(table, required=("单位",), optional=("完成值", "备注"))
    assert grid.problems == ()
    assert grid.records[0].read("备注", convert=as_text, into=[]) is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("八十", "“八十”不是数字，请填阿拉伯数字"),
        ("80分", "“80分”不是单纯的数字，请只填一个数字，计量单位和说明写在表头或备注里"),
        (
            dt.date(2026, 8, 31),
            "单元格是日期“2026-08-31”，不是数字，请把单元格格式改为“常规”后重新填写",
        ),
        (True, "是逻辑值（TRUE或FALSE），不是数字，请填阿拉伯数字"),
        (0.12345, "“0.12345”的小数超过4位，请四舍五入到4位以内"),
        (5e9, "“5000000000”太大，请核对，或换用万元、亿元等更大的计量单位"),
        ("#DIV/0!", "公式出错“#DIV/0!”，请改正公式或直接填写数值"),
        ("=B2*2", "公式没有计算结果，请用Excel或WPS打开并保存一次，或把公式粘贴为数值"),
    ],
)
def test_a_bad_cell_is_named_with_its_place(value: object, message: str, tmp_path: Path) -> None:
    rows = [HEADER, FIRST, ["河口镇", value]]
    assert problems(rows, tmp_path) == [f"{SHEET}第3行B列“完成值”：{message}"]


def test_merged_data_are_refused_cell_by_cell(tmp_path: Path) -> None:
    data = make_xlsx([HEADER, FIRST, ["河口镇"]], lambda sheet: sheet.merge_cells("B2:B3"))
    fault = "与其他单元格合并在一起，看不出数据属于哪一格，请取消合并后逐格填写"
    values, found = values_and_problems(grid_of(data, tmp_path), as_decimal)
    assert values == [None, None]
    assert found == [f"{SHEET}第{row}行B列“完成值”：{fault}" for row in (2, 3)]


def test_merged_cells_outside_the_wanted_columns_do_not_matter(tmp_path: Path) -> None:
    rows = [[*HEADER, "片区"], [*FIRST, "东"], ["河口镇", 6]]
    data = make_xlsx(rows, lambda sheet: sheet.merge_cells("C2:C3"))
    assert values_and_problems(grid_of(data, tmp_path), as_decimal)[0] == [5, 6]


def test_a_heading_merged_across_the_rows_is_pointed_out(tmp_path: Path) -> None:
    rows = [HEADER, FIRST, ["二、园区"], ["临港园区", 6]]
    data = make_xlsx(rows, lambda sheet: sheet.merge_cells("A3:B3"))
    message = f"{SHEET}第3行：整行合并成一格，不是数据，请删去这一行，或移到表头之上"
    assert values_and_problems(grid_of(data, tmp_path), as_decimal) == ([5, 6], [message])


def test_blank_merged_rows_below_the_table_are_nothing(tmp_path: Path) -> None:
    data = make_xlsx([HEADER, FIRST, [], [None, None, "."]], lambda s: s.merge_cells("A3:B3"))
    grid = grid_of(data, tmp_path)
    assert ([record.row for record in grid.records], grid.problems) == ([2], ())


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    rows = [["单位", "完成值", "完成值"], ["云溪镇", "五", 1], ["河口镇", "六"], ["石桥镇", "七"]]
    assert len(problems(rows, tmp_path)) == 4
