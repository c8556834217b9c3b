"""The workbook read back cell by cell with another library."""

from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.results.explain import explain_unit
from jixiao.results.result import Result
from jixiao.results.tests.county import county, run, scheme_data
from jixiao.results.workbook import write_workbook

SHEETS = [
    "总表",
    "乡镇园区",
    "群团组织",
    "县直部门",
    "计算过程",
    "距线",
    "等次",
    "否决与门槛",
    "结果运用",
    "说明",
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return opened(county(), tmp_path_factory.mktemp("workbook"))


def opened(result: Result, folder: Path) -> Workbook:
    write_workbook(result, folder / "结果.xlsx")
    return openpyxl.load_workbook(folder / "结果.xlsx")


def rows(sheet: Worksheet, *, first: int = 4) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=first, values_only=True))


@cache
def hostile() -> Result:
    data = scheme_data()
    data["groups"][0]["name"] = (
        "=1+1[]:*?/'一个名字远远超过三十一个字的组一个名字远远超过三十一个字的组"
    )
    data["groups"][1]["name"] = "总表"
    data["groups"][2]["name"] = "HISTORY"
    return run(data)


def test_every_reading_has_its_sheet(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_the_overview_lists_all_units_in_league_order_with_exact_marks(book: Workbook) -> None:
    found = rows(book["总表"])
    assert len(found) == 40
    assert found[0][:3] == ("乡镇园区", 1, "临港园区")
    totals = {row[2]: row[-3] for row in found}
    assert totals == {unit: row["total"] / 10_000 for unit, row in county().year.items()}


def test_marks_are_numbers_with_the_schemes_decimals(book: Workbook) -> None:
    cell = book["总表"]["D4"]
    assert (cell.data_type, cell.number_format) == ("n", "0.00")


def test_there_is_not_one_formula(book: Workbook, tmp_path: Path) -> None:
    cells = [
        c for b in (book, opened(hostile(), tmp_path)) for s in b for r in s.iter_rows() for c in r
    ]
    assert {cell.data_type for cell in cells} <= {"n", "s"}


def test_a_category_stands_over_its_items_and_closes_with_its_sum(book: Workbook) -> None:
    sheet = book["乡镇园区"]
    assert "C3:E3" in [str(each) for each in sheet.merged_cells.ranges]
    assert [sheet.cell(4, column).value for column in (3, 4, 5)] == [
        "领导机构\n4",
        "工作机构和专人\n6",
        "小计",
    ]
    first = rows(sheet, first=5)[0]
    assert first[2] + first[3] == pytest.approx(first[4])


def test_the_working_explains_every_mark(book: Workbook) -> None:
    found = rows(book["计算过程"])
    assert len(found) == sum(len(explain_unit(county(), unit)) for unit in county().year)
    late = next(row for row in found if row[:4] == ("云溪镇", "半年", "3.1", "目标录入与更新"))
    assert late[5] == "按目标晚录天数，超过2天的，每1天扣0.2分；扣完为止"
    assert late[6].startswith("目标晚录天数 ")


def test_distances_mark_the_units_near_a_line(book: Workbook) -> None:
    near = [row[1] for row in rows(book["距线"]) if row[6] == "▲"]
    assert near == ["县民政局"]


def test_tier_lists_count_every_unit_once(book: Workbook) -> None:
    found = rows(book["等次"])
    assert sum(row[3] for row in found) == 40
    assert all(len(row[4].split("、")) == row[3] for row in found if row[3])


def test_a_gate_names_whom_it_hit_and_on_what_basis(book: Workbook) -> None:
    (row,) = rows(book["否决与门槛"])
    assert row[4:] == ("高新园区", "先进", "达标")
    assert "依据：办法第二十六条" in row[1]


def test_rates_and_places_are_numbers(book: Workbook) -> None:
    row = next(r for r in rows(book["结果运用"]) if r[:2] == ("个人年度考核优秀比例", "临港园区"))
    assert row[2:6] == ("先进", 0.22, 29, 6)


def test_the_last_sheet_carries_the_seal(book: Workbook) -> None:
    found = dict(rows(book["说明"]))
    assert found["得分摘要"] == county().outputs_digest
    assert found["办法"] == county().scheme.title


def test_sheets_scroll_filter_and_print(book: Workbook) -> None:
    sheet = book["总表"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("D4", "A3")
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$3")


def test_group_names_that_excel_refuses_become_sheet_names_it_takes(tmp_path: Path) -> None:
    names = opened(hostile(), tmp_path).sheetnames[1:4]
    assert names[1:] == ["总表 2", "HISTORY 2"]
    assert len(names[0]) == 31
    assert not set(names[0]) & set("[]:*?/\\'")


def test_what_a_scheme_does_not_have_has_no_sheet(tmp_path: Path) -> None:
    data = scheme_data() | {"tiers": [], "gates": [], "consequences": [], "rounds": []}
    names = opened(run(data), tmp_path).sheetnames
    assert names == ["总表", "乡镇园区", "群团组织", "县直部门", "计算过程", "距线", "说明"]


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    for path in paths:
        write_workbook(run(scheme_data()), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
