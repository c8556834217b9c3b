"""What a cell says is read exactly, or refused in the clerk's words."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.workbooks.cells import (
    as_date,
    as_decimal,
    as_integer,
    as_text,
    is_absent_mark,
    is_blank,
    squash,
)
from jixiao.workbooks.problems import Fault
from jixiao.workbooks.tables import MERGED, Cell, Value


def cell(value: Value) -> Cell:
    return Cell(1, 1, value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0.1 + 0.2, "0.3"),
        (85.0, "85"),
        (-0.0, "0"),
        ("-0.0", "0"),
        (100.0, "100"),
        ("１２．５", "12.5"),
        ("－３", "-3"),
        ("−3", "-3"),
        ("+3.50", "3.5"),
        (".5", "0.5"),
        ("1,234,567.8", "1234567.8"),
        ("１，２３４", "1234"),
        ("85%", "0.85"),
        ("８５．５％", "0.855"),
        ("\u3000 12\u200b.5\xa0", "12.5"),
        ("12.50000", "12.5"),
        (1_000_000_000.0, "1000000000"),
    ],
)
def test_numbers_are_exact(value: Value, number: str) -> None:
    assert str(as_decimal(cell(value))) == number


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("八十", "“八十”不是数字"),
        ("80分", "“80分”不是单纯的数字"),
        ("80 90", "“80 90”不是单纯的数字"),
        ("12,34", "“12,34”不是单纯的数字"),
        ("10²", "“10²”不是单纯的数字"),
        ("1e5", "“1e5”不是单纯的数字"),
        ("٣", "“٣”不是数字"),
        (".", "“.”不是数字"),
        ("%", "“%”不是数字"),
        ("①", "“①”不是数字"),
        ("=A1+B1", "“=A1+B1”是公式文字，没有算出结果"),
        (0.12345, "“0.12345”的小数超过4位"),
        ("12.345%", "“0.12345”的小数超过4位"),
        ("12.00000000000000000000000000000000001%", "“0.1200000000000000000000……”的小数超过4位"),
        (1_000_000_000.5, "“1000000000.5”太大"),
        (1e300, "“100000000000000000000000……”太大"),
        (float("nan"), "不是有效的数字"),
        (float("inf"), "不是有效的数字"),
        (True, "是逻辑值（TRUE或FALSE），不是数字"),
        (dt.date(2026, 8, 31), "单元格是日期“2026-08-31”，不是数字"),
    ],
)
def test_what_is_no_number_is_refused(value: Value, message: str) -> None:
    assert as_decimal(cell(value)).message == message


@pytest.mark.parametrize("value", [None, "", " ", "\u3000\xa0\n", "\u200b\ufeff"])
def test_blanks_are_blank(value: Value) -> None:
    assert is_blank(cell(value))
    assert as_decimal(cell(value)) is None
    assert as_text(cell(value)) is None


@pytest.mark.parametrize("mark", ["—", "——", "-", "－", "/", "／", "无", "不适用", " Ｎ／Ａ "])
def test_marks_for_no_value_are_none_but_not_blank(mark: str) -> None:
    assert as_decimal(cell(mark)) is None
    assert is_absent_mark(cell(mark))
    assert not is_blank(cell(mark))


@pytest.mark.parametrize("convert", [as_decimal, as_integer, as_text, as_date])
def test_a_spoilt_cell_is_never_read(convert: Callable[[Cell], object]) -> None:
    assert convert(Cell(1, 1, 5.0, MERGED)) == MERGED


def test_fewer_places_can_be_asked_for() -> None:
    assert as_decimal(cell("1.25"), places=1).message == "“1.25”的小数超过1位"


def test_whole_numbers() -> None:
    assert as_integer(cell("１２")) == 12
    assert as_integer(cell(2.5)) == Fault("“2.5”不是整数", "请填整数")
    assert as_integer(cell("二")).message == "“二”不是数字"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 中  行\u3000", "中  行"),
        ("第１组Ａ（本级）", "第1组A（本级）"),
        (101.0, "101"),
        (0.1 + 0.2, "0.3"),
        (dt.date(2026, 8, 31), "2026-08-31"),
        (True, "TRUE"),
    ],
)
def test_texts_are_trimmed_and_plain(value: Value, text: str) -> None:
    assert as_text(cell(value)) == text


@pytest.mark.parametrize(
    ("text", "squashed"),
    [
        ("中  行", "中行"),
        ("中\u3000\xa0\u200b行\n", "中行"),
        ("ＧＤＰ（１）", "GDP（1）"),
        ("⾼新园区", "高新园区"),  # the first character is a radical's look-alike
        ("10²㎡", "10²㎡"),
        ("\U000323af\ue000", "\U000323af\ue000"),  # rare names, old and new
    ],
)
def test_squashing_leaves_what_names_are_compared_by(text: str, squashed: str) -> None:
    assert squash(text) == squashed


@pytest.mark.parametrize(
    "value",
    [
        "2026-8-31",
        "2026/08/31",
        "2026.8.31",
        "2026年8月31日",
        "２０２６-8-31",
        "20260831",
        20260831.0,
    ],
)
def test_dates_may_be_written_in_the_usual_ways(value: Value) -> None:
    assert as_date(cell(value)) == dt.date(2026, 8, 31)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("八月底", "“八月底”不是日期"),
        ("2026-2-30", "没有“2026-2-30”这一天"),
        (46265.0, "是数字“46265”而不是日期"),
        (True, "“True”不是日期"),
        (float("nan"), "“nan”不是日期"),
    ],
)
def test_what_is_no_date_is_refused(value: Value, message: str) -> None:
    assert as_date(cell(value)).message == message


def test_a_date_that_lost_its_format_is_recognised() -> None:
    assert as_date(cell(46265.0)).hint == "如指2026年8月31日，请把单元格格式改为日期"


values = st.none() | st.text() | st.floats() | st.booleans() | st.dates()


@given(values)
def test_no_value_breaks_a_conversion(value: Value) -> None:
    for convert, kind in (
        (as_decimal, Decimal),
        (as_integer, int),
        (as_text, str),
        (as_date, dt.date),
    ):
        assert isinstance(convert(cell(value)), kind | Fault | None)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_survives_excels_binary_fractions(number: Decimal) -> None:
    assert as_decimal(cell(float(number))) == number
    assert as_decimal(cell(str(number))) == number
