"""The mark sheet comes back as it was filled in, or with everything that is wrong in it at once."""

import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from jixiao.schemes.exchange.gaps import needed_columns
from jixiao.schemes.exchange.layout import Ask, Layout, lay
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.exchange.tests.county import (
    END,
    MARK,
    MID,
    Answers,
    add_event,
    complaints,
    county,
    csv,
    empty_row,
    fill,
    filled,
    set_cell,
    small,
    template,
    told,
)
from jixiao.scoring.events import Event
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Sheet, to_frame
from jixiao.workbooks.problems import TableError

ONE = small(items=[MARK])


def values(sheet: Sheet, round_code: str = "") -> dict[str, Mapping[str, int | None]]:
    return {row.unit: row.values for row in sheet.rows if row.round == round_code}


# ------------------------------------------------------------------ what comes back


def answer(ask: Ask) -> st.SearchStrategy[object]:
    if ask.data.choices:
        return st.sampled_from(sorted(ask.data.choices))
    low, high = (int((bound or 0) * 10_000) for bound in (ask.limits.low, ask.limits.high))
    return st.integers(low, high or 10**11).map(lambda number: number / 10_000)


@st.composite
def fillings(draw: st.DrawFn, layout: Layout) -> Answers:
    """Anything the rules allow, with gaps where they allow gaps, and absences in the first round."""
    found: dict[str, dict[str, dict[str, object]]] = {"mid": {}, "end": {}}
    for code, units in found.items():
        for unit, asks in layout.asked.items():
            needed = needed_columns(layout, unit)
            if code == "end" or draw(st.booleans()):
                kept = [ask for ask in asks if ask.column in needed or draw(st.booleans())]
                units[unit] = {ask.column: draw(answer(ask)) for ask in kept}
    return found


def expected(layout: Layout, answers: Answers) -> dict[tuple[str, str], dict[str, int]]:
    choices = {data.key: data.choices for data in layout.scheme.data if data.choices}
    return {
        (code, unit): {
            column: int(choices[column][str(value)] * 10_000)
            if column in choices
            else round(float(str(value)) * 10_000)
            for column, value in filled_in.items()
        }
        for code, units in answers.items()
        for unit, filled_in in units.items()
    }


@settings(max_examples=10, deadline=None)
@given(answers=fillings(lay(county())))
def test_what_is_filled_in_comes_back(answers: Answers) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = template(county(), Path(folder))
        fill(book, county(), answers)
        book.save(Path(folder) / "表.xlsx")
        sheet, _ = read_marksheet(county(), Path(folder) / "表.xlsx")
    found = {(row.round, row.unit): dict(row.values) for row in sheet.rows}
    assert found == expected(lay(county()), answers)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_libreoffice_saves_the_same(tmp_path: Path, ending: str) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice 不在，无法用 LibreOffice 另存")
    event = ("云溪镇", "J1", "获奖", "省级", None, 2, "60%", *[None] * 5, "年终")
    path = filled(county(), tmp_path, add_event(*event))
    folder = tmp_path / "另存"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True)
    assert read_marksheet(county(), folder / f"记分表.{ending}") == read_marksheet(county(), path)


def test_what_was_read_is_what_the_engine_takes(tmp_path: Path) -> None:
    sheet, _ = read_marksheet(county(), filled(county(), tmp_path))
    frame = to_frame(county(), sheet).filter(pl.col("unit") == "县教育局")
    assert frame["2.1"].to_list() == [20_000, 20_000]
    assert frame["party"].to_list() == [10_000, 10_000]


def test_events_come_back(tmp_path: Path) -> None:
    day = dt.datetime(2026, 5, 4)  # noqa: DTZ001 - a cell's date
    row = (
        "云 溪",
        "J1 表彰奖励",
        "植树",
        "省级",
        "一等奖",
        2,
        0.6,
        day,
        "清发〔2026〕1号",
        7,
        "王某",
    )
    sheet, _ = read_marksheet(county(), filled(county(), tmp_path, add_event(*row, "是", "年终")))
    assert sheet.events == (
        Event(
            unit="云溪镇",
            item="J1",
            matter="植树",
            level="省级",
            grade="一等奖",
            times=Fraction(2),
            share=Fraction(3, 5),
            on=day.date(),
            document="清发〔2026〕1号",
            notice_days=7,
            signed_by="王某",
            rectified=True,
            round="end",
        ),
    )


def test_history_comes_back(tmp_path: Path) -> None:
    change = set_cell("历年等次", "C5", "一般")
    sheet, _ = read_marksheet(county(), filled(county(), tmp_path, change))
    assert sheet.history == {"河口镇": ("", "一般")}


@pytest.mark.parametrize("name", ["云  溪　镇", "云溪", "云溪镇\n"])
def test_a_unit_is_found_by_name_alias_or_padded_form(tmp_path: Path, name: str) -> None:
    assert complaints(county(), tmp_path, set_cell(END, "A4", name)) == []


@pytest.mark.parametrize(
    ("typed", "value"), [("９．５", 95_000), ("5.0", 50_000), (" 7 ", 70_000), (0.1 + 0.2, 3_000)]
)
def test_numbers_are_read_as_they_look(tmp_path: Path, typed: object, value: int) -> None:
    sheet, _ = read_marksheet(ONE, filled(ONE, tmp_path, set_cell("乡镇", "B4", typed)))
    assert values(sheet)["云溪镇"] == {"1": value}


@pytest.mark.parametrize("typed", ["85%", "85", "８５％"])
def test_percent_signs_are_understood_where_percent_is_asked(tmp_path: Path, typed: str) -> None:
    sheet, _ = read_marksheet(county(), filled(county(), tmp_path, set_cell(END, "E4", typed)))
    assert values(sheet, "end")["云溪镇"]["air@1"] == 850_000


def test_headers_are_known_however_they_are_wrapped(tmp_path: Path) -> None:
    change = set_cell(END, "B3", " 1.1　领导\n小组 (满分５)")
    assert complaints(county(), tmp_path, change) == []


def test_options_shown_and_other_sheets_hidden_are_no_matter(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["选项"].sheet_state = "visible"
        book.create_sheet("草稿").append(["x"])
        book["草稿"].sheet_state = "hidden"

    assert complaints(county(), tmp_path, change) == []


def test_an_option_may_be_called_none(tmp_path: Path) -> None:
    sheet, _ = read_marksheet(county(), filled(county(), tmp_path, set_cell(END, "H4", "无")))
    assert values(sheet, "end")["云溪镇"]["party"] == 0


def test_blank_rows_and_notes_below_are_skipped(tmp_path: Path) -> None:
    change = set_cell(END, "A16", "备注：河口镇数据为初步统计")
    assert complaints(county(), tmp_path, change) == []


def test_a_unit_left_out_of_an_optional_round_has_no_row(tmp_path: Path) -> None:
    sheet, _ = read_marksheet(county(), filled(county(), tmp_path, empty_row(MID, 4)))
    assert "云溪镇" not in values(sheet, "mid")
    assert "云溪镇" in values(sheet, "end")


# ------------------------------------------------------------------ gaps that rules allow


def periods(data: Mapping[str, object], kind: str = "refuse") -> Scheme:
    rule = {"measure": {"kind": "reported", "data": "x"}, "missing": {"kind": kind}}
    plain = {"key": "x", "name": "进度", "times": 3}
    return small(items=[MARK | {"rule": rule}], data=[plain | data])


def test_periods_nobody_has_reached_may_be_blank(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for cell in ("D4", "D5", "C4"):
            book["乡镇"][cell].value = None

    assert complaints(periods({}), tmp_path, change) == [
        "工作表“乡镇”第4行C列“进度第2期”：没有填，办法不允许缺，请补填；确实为零的填0"
    ]


@pytest.mark.parametrize("kind", ["zero", "full", "group_mean", "not_applicable"])
def test_a_gap_the_rule_provides_for_is_no_error(tmp_path: Path, kind: str) -> None:
    assert complaints(periods({}, kind), tmp_path, empty_row("乡镇", 4)) == []


def test_a_mean_needs_any_one_of_its_terms(tmp_path: Path) -> None:
    terms = {"kind": "mean", "terms": [{"data": "a"}, {"data": "b"}]}
    data = [{"key": "a", "name": "甲评"}, {"key": "b", "name": "乙评"}]
    scheme = small(items=[MARK | {"rule": {"measure": terms}}], data=data)
    assert complaints(scheme, tmp_path, set_cell("乡镇", "B4", None)) == []
    assert len(complaints(scheme, tmp_path, empty_row("乡镇", 4))) == 1


# ------------------------------------------------------------------ other results


def importing(**data: object) -> Scheme:
    rule = {"measure": {"kind": "reported", "data": "x"}}
    known = {"key": "x", "name": "分管单位", "from_result": "县级", **data}
    return small(items=[MARK | {"rule": rule}], data=[known])


COUNTY_RESULT = {"县级": {"云 溪镇": {"total": 900_000, "2": 5_000}, "河口镇": {"total": 800_000}}}


def test_own_marks_come_from_the_other_result(tmp_path: Path) -> None:
    path = csv(tmp_path, "单位", "云溪镇", "河口镇")
    sheet, _ = read_marksheet(importing(), path, imports=COUNTY_RESULT)
    assert values(sheet) == {"云溪镇": {"x": 900_000}, "河口镇": {"x": 800_000}}


def test_a_missing_own_mark_is_told(tmp_path: Path) -> None:
    path = csv(tmp_path, "单位", "云溪镇", "河口镇")
    with pytest.raises(TableError) as found:
        read_marksheet(importing(item="2"), path, imports=COUNTY_RESULT)
    assert str(found.value) == "文件“表.csv”：结果“县级”里没有“河口镇”的得分，请核对"


def test_named_units_stand_for_their_marks(tmp_path: Path) -> None:
    scheme = importing(lookup="named", times=2)
    path = csv(
        tmp_path, "单位,分管单位第1个,分管单位第2个", "云溪镇,河口镇,云溪镇", "河口镇,云溪镇,"
    )
    sheet, _ = read_marksheet(scheme, path, imports=COUNTY_RESULT)
    assert values(sheet)["云溪镇"] == {"x@1": 800_000, "x@2": 900_000}
    assert values(sheet)["河口镇"] == {"x@1": 900_000}


def test_a_named_unit_the_result_does_not_know_is_told(tmp_path: Path) -> None:
    path = csv(tmp_path, "单位,分管单位", "云溪镇,河囗镇", "河口镇,云溪镇")
    with pytest.raises(TableError) as found:
        read_marksheet(importing(lookup="named"), path, imports=COUNTY_RESULT)
    assert str(found.value).endswith("结果“县级”里没有“河囗镇”，是不是“河口镇”")


def test_a_result_that_is_not_given_is_told_once(tmp_path: Path) -> None:
    said = told(importing(lookup="named"), filled(importing(lookup="named"), tmp_path))
    assert said == [
        "文件“记分表.xlsx”：办法要引用“县级”的结果，没有给出，请先算出那份结果，再一并给出"
    ]


# ------------------------------------------------------------------ a plain table


@pytest.mark.parametrize("header", ["1", "1 党建", "1 党建（满分10）", "１党建"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_plain_table_will_do(tmp_path: Path, header: str, encoding: str) -> None:
    path = csv(tmp_path, f"单位,组别,{header}", "云溪镇,乡镇,8", "河口镇,乡镇,9", encoding=encoding)
    sheet, warnings = read_marksheet(ONE, path)
    assert values(sheet) == {"云溪镇": {"1": 80_000}, "河口镇": {"1": 90_000}}
    assert warnings == ()


def test_a_plain_table_is_checked_like_a_template(tmp_path: Path) -> None:
    assert told(ONE, csv(tmp_path, "单位,1", "云溪镇,11", "云溪镇,1")) == [
        "文件“表.csv”：缺少“河口镇”这一行，请补上",
        "文件“表.csv”第2行B列“1”：得分11超过满分10，请核对后改正",
        "文件“表.csv”第3行A列“单位”：“云溪镇”与第2行重复，请只保留一行",
    ]


def test_a_plain_table_says_the_round(tmp_path: Path) -> None:
    scheme = small(items=[MARK], rounds=[{"code": "a", "name": "上半年", "optional": True},
                                         {"code": "b", "name": "下半年"}])  # fmt: skip
    path = csv(tmp_path, "单位,轮次,1", "云溪镇,上半年,1", "云溪镇,b,2", "河口镇,下半年,3")
    sheet, _ = read_marksheet(scheme, path)
    assert values(sheet, "a") == {"云溪镇": {"1": 10_000}}
    assert values(sheet, "b") == {"云溪镇": {"1": 20_000}, "河口镇": {"1": 30_000}}
