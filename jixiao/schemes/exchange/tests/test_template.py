"""The mark sheet we hand out: whom it asks what, and how it helps."""

import io
from pathlib import Path

import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.schemes.exchange.layout import lay
from jixiao.schemes.exchange.template import write_template
from jixiao.schemes.exchange.tests.county import MARK, TOWNS, county, small, template
from jixiao.scoring.scheme import Scheme


def headers(sheet: Worksheet) -> list[str]:
    return [str(cell.value).replace("\n", "") for cell in sheet[3]]


def rule(sheet: Worksheet, cell: str) -> DataValidation:
    return next(each for each in sheet.data_validations.dataValidation if cell in each.sqref)


def asked(scheme: Scheme, unit: str = "云溪镇") -> list[str]:
    return [ask.header for ask in lay(scheme).asked[unit]]


def test_there_is_a_sheet_for_every_group_and_round(tmp_path: Path) -> None:
    assert template(county(), tmp_path).sheetnames == [
        *("说明", "乡镇·半年", "园区·半年", "部门·半年", "乡镇·年终", "园区·年终", "部门·年终"),
        *("个性项目·半年", "个性项目·年终", "加扣分事项", "历年等次", "选项"),
    ]


def test_a_group_sheet_has_a_row_a_unit_and_a_column_an_input(tmp_path: Path) -> None:
    sheet = template(county(), tmp_path)["乡镇·年终"]
    assert [sheet.cell(row, 1).value for row in range(4, 14)] == [*TOWNS, None]
    assert headers(sheet) == [
        *("单位", "1.1 领导小组（满分5）", "税收完成值（万元）", "税收目标值（万元）"),
        *("空气优良率第1期（%）", "空气优良率第2期（%）", "1.5 河长制（满分5）"),
        *("党建等次", "较大以上事故（起）"),
    ]
    assert sheet.freeze_panes == "B4"


def test_a_group_is_asked_only_what_applies_to_it(tmp_path: Path) -> None:
    sheet = template(county(), tmp_path)["部门·年终"]
    assert headers(sheet) == ["单位", "1.1 领导小组（满分10）", "党建等次", "较大以上事故（起）"]


def test_a_cell_that_does_not_apply_is_greyed(tmp_path: Path) -> None:
    sheet = template(county(), tmp_path)["乡镇·年终"]
    assert (sheet["G4"].value, sheet["G6"].value) == (None, "—")  # 沿河 is only 云溪镇, 河口镇
    assert sheet["G6"].fill.fgColor.rgb != sheet["G4"].fill.fgColor.rgb


def test_items_of_named_units_stand_in_one_long_sheet(tmp_path: Path) -> None:
    sheet = template(county(), tmp_path)["个性项目·年终"]
    rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=4)]
    assert rows == [
        ["县教育局", "2.1", "义务教育均衡", "20", "得分", None],
        ["县教育局", "2.2", "校舍安全隐患", "10", "填报数", None],
        ["县财政局", "2.3", "预算执行", "20", "得分", None],
    ]
    assert rule(sheet, "F4").formula2 == "20"


def test_the_header_note_says_the_rule_in_words(tmp_path: Path) -> None:
    sheet = template(county(), tmp_path)["乡镇·年终"]
    assert sheet["C3"].comment.text == (
        "【填写】填不小于0的数，最多4位小数，计量单位：万元。\n【提供单位】县税务局\n"
        "【1.2 税收入库】40分。按税收完成值÷税收目标值，达到100%得满分，其余按比例得分。"
    )
    assert sheet["B3"].comment.text.endswith("查阅文件和会议记录。")
    assert "不直接计分" in sheet["I3"].comment.text


def test_marks_are_limited_to_the_full_mark_of_the_group(tmp_path: Path) -> None:
    book = template(county(), tmp_path)
    limits = rule(book["部门·年终"], "B4")
    assert (limits.type, limits.formula1, limits.formula2) == ("decimal", "0", "10")
    assert limits.error == "填0到10之间的数。"
    assert rule(book["乡镇·年终"], "B12").formula2 == "5"


def test_choices_units_and_levels_come_from_lists(tmp_path: Path) -> None:
    book = template(county(), tmp_path)
    options = book["选项"]
    assert options.sheet_state == "hidden"
    for sheet, cell, first in (
        ("乡镇·年终", "H4", "好"),
        ("加扣分事项", "A4", "云溪镇"),
        ("加扣分事项", "B4", "J1 表彰奖励"),
        ("加扣分事项", "D4", "国家级"),
        ("历年等次", "B4", "优秀"),
    ):
        start = rule(book[sheet], cell).formula1.partition("!")[2].partition(":")[0]
        assert options[start.replace("$", "")].value == first


def test_events_and_history_are_asked_only_where_the_scheme_uses_them(tmp_path: Path) -> None:
    assert template(small(items=[MARK]), tmp_path).sheetnames == ["说明", "乡镇", "选项"]


def test_a_scheme_without_units_still_gives_a_sound_list(tmp_path: Path) -> None:
    events = {"rule": {"measure": {"kind": "events"}}, "events": {"levels": {"省级": "1"}}}
    book = template(small(items=[MARK | events], groups=[{"name": "乡镇"}]), tmp_path)
    assert rule(book["加扣分事项"], "A4").formula1 == "'选项'!$A$1:$A$1"


def test_required_headers_are_dark_and_optional_ones_light(tmp_path: Path) -> None:
    sheet = template(county(), tmp_path)["乡镇·年终"]
    assert sheet["B3"].fill.fgColor.rgb == "FFE4EFF2"
    assert sheet["H3"].fill.fill_type is None  # 党建等次: a gap counts 0


def test_the_guide_lists_every_item_and_the_version_of_the_scheme(tmp_path: Path) -> None:
    sheet = template(county(), tmp_path)["说明"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "乡镇、园区5；部门10" in texts
    assert any("国家级5分、省级3分、市级1分" in text and "最高5分" in text for text in texts)
    assert sum(text.startswith("办法版本 sha256:") for text in texts) == 1


def test_two_data_items_of_one_name_are_told_apart_by_their_keys() -> None:
    data = [
        {"key": "a", "name": "产值", "unit": "万元"},
        {"key": "b", "name": "产值", "unit": "个"},
    ]
    terms = {"kind": "mean", "terms": [{"data": "a"}, {"data": "b"}]}
    scheme = small(items=[MARK | {"rule": {"measure": terms}}], data=data)
    assert asked(scheme) == ["a 产值（万元）", "b 产值（个）"]


def test_keys_that_differ_only_in_case_still_give_different_headers() -> None:
    data = [{"key": "a", "name": "产值"}, {"key": "A", "name": "产值"}]
    terms = {"kind": "mean", "terms": [{"data": "a"}, {"data": "A"}]}
    scheme = small(items=[MARK | {"rule": {"measure": terms}}], data=data)
    assert asked(scheme) == ["a 产值", "A 产值′"]


def test_an_own_item_of_several_periods_has_a_row_for_each() -> None:
    item = MARK | {"audience": {"units": ["云溪镇"]}}
    scheme = small(items=[item], data=[{"key": "1", "times": 2}])
    rows = [ask.content for _, ask in lay(scheme).own_pages[0].rows]
    assert rows == ["1 党建第1期（满分10）", "1 党建第2期（满分10）"]


def test_a_data_item_called_like_a_fixed_column_gets_its_key() -> None:
    rule = {"measure": {"kind": "reported", "data": "x"}}
    scheme = small(items=[MARK | {"rule": rule}], data=[{"key": "x", "name": "单位"}])
    assert asked(scheme) == ["x 单位"]


@pytest.mark.parametrize(
    ("item", "header"),
    [
        ({"points": "10", "cap": "120%"}, "1 党建（最高分12）"),
        ({"points": "10", "cap": "none"}, "1 党建（得分）"),
        ({"floor": "-5", "cap": "0"}, "1 党建（扣分，填负数）"),
        ({"points": "10", "rule": {"scale": {"kind": "credit", "each": "1"}}}, "1 党建（填报数）"),
    ],
)
def test_the_header_says_how_far_a_mark_goes(item: dict[str, object], header: str) -> None:
    assert asked(small(items=[MARK | item])) == [header]


def test_own_marks_of_another_result_are_not_asked() -> None:
    rule = {"measure": {"kind": "reported", "data": "x"}}
    data = {"key": "x", "name": "县级考核", "from_result": "县级", "times": 2}
    items = [MARK | {"rule": rule}]
    assert asked(small(items=items, data=[data])) == []
    assert asked(small(items=items, data=[data | {"lookup": "named"}])) == [
        "县级考核第1个（填单位名称）",
        "县级考核第2个（填单位名称）",
    ]


def test_sheet_names_are_what_excel_accepts() -> None:
    names = ["一" * 40 + "甲", "一" * 40 + "乙", "城/乡?", "说明"]
    groups = [
        {"name": name, "units": [{"name": f"单位{place}"}]} for place, name in enumerate(names)
    ]
    found = [page.name for page in lay(small(items=[MARK], groups=groups)).pages]
    assert found == ["一" * 31, "一" * 27 + "（2）", "城_乡_", "说明（2）"]


def test_the_same_scheme_gives_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_template(county(), first)
    write_template(county(), second)
    assert first.getvalue() == second.getvalue()


def test_a_unit_asked_nothing_in_common_has_no_row_in_the_group_sheet() -> None:
    item = MARK | {"audience": {"tags": ["沿河"]}}
    groups = [{"name": "乡镇", "units": [{"name": "云溪镇", "tags": ["沿河"]}, {"name": "河口镇"}]}]
    assert list(lay(small(items=[item], groups=groups)).pages[0].open) == ["云溪镇"]
