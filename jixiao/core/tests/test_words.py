"""Are numbers and dates written the way the screens promise?"""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from jixiao.core import words

CHINA = timezone.get_fixed_timezone(8 * 60)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("3.5"), "3.5"), (4, "4.0"), (0, "0.0"), (-1, "−1.0"), (None, "—"), ("", "—"),
        (Decimal("2.25"), "2.3"), (Decimal("-0.04"), "0.0"), (1234.5, "1,234.5"), ("7.4", "7.4"),
    ],
)  # fmt: skip
def test_a_mark_has_one_decimal_and_a_true_minus(value: words.Number, written: str) -> None:
    assert words.mark(value) == written


def test_a_mark_can_have_more_decimals() -> None:
    assert words.mark(Decimal("83.456"), 2) == "83.46"


@pytest.mark.parametrize(
    ("value", "written"),
    [(1024, "1,024"), (-3, "−3"), (0, "0"), (Decimal("1.50"), "1.5"), (1e3, "1,000"), (None, "—")],
)
def test_a_number_is_as_exact_as_it_is(value: words.Number, written: str) -> None:
    assert words.number(value) == written


def test_a_date_is_written_in_full_and_short_only_within_this_year() -> None:
    this_year = timezone.localdate().replace(month=3, day=2)
    assert words.day(dt.date(2026, 3, 2)) == "2026年3月2日"
    assert words.short_day(this_year) == "3月2日"
    assert words.short_day(dt.date(1999, 3, 2)) == "1999年3月2日"
    assert words.day(None) == "—"


def test_an_instant_is_shown_in_the_time_of_the_county() -> None:
    instant = dt.datetime(1999, 12, 31, 16, 30, tzinfo=dt.UTC)
    assert words.moment(instant) == "2000年1月1日 00:30"
    assert words.day(instant) == "2000年1月1日"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "刚刚"), (5, "5 分钟前"), (200, "3 小时前"), (2 * 24 * 60 + 1, "2 天前")],
)
def test_how_long_ago_is_said_in_the_largest_unit(minutes: int, said: str) -> None:
    assert words.since(timezone.now() - dt.timedelta(minutes=minutes, seconds=1)) == said


def test_beyond_a_week_the_day_is_said() -> None:
    assert words.since(dt.datetime(1999, 3, 2, 9, 12, tzinfo=CHINA)) == "1999年3月2日 09:12"
