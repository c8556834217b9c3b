"""Are Chinese working days counted as the State Council arranged them?"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from jixiao.periods import workdays
from jixiao.periods.workdays import (
    MissingYearError,
    Span,
    add_workdays,
    arrangements,
    is_workday,
    span,
    workdays_between,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 4), True),  # 周日，补春节
        (date(2024, 2, 9), True),  # 除夕，2024年不放假
        (date(2024, 2, 12), False),  # 春节
        (date(2024, 5, 11), True),  # 周六，补劳动节
        (date(2025, 1, 26), True),  # 周日，补春节
        (date(2025, 10, 8), False),  # 国庆、中秋合并，周三
        (date(2025, 10, 11), True),  # 周六上班
        (date(2026, 1, 4), True),  # 周日，补元旦
        (date(2026, 2, 23), False),  # 春节第九天，周一
        (date(2026, 2, 28), True),  # 周六上班
        (date(2026, 9, 20), True),  # 周日，补国庆
        (date(2026, 11, 21), False),  # 普通周六
        (date(2026, 11, 23), True),  # 普通周一
    ],
)
def test_a_day_is_worked_or_not_as_arranged(day: date, *, works: bool) -> None:
    assert is_workday(day) is works


def test_ten_working_days_over_spring_festival_take_almost_three_weeks() -> None:
    assert add_workdays(date(2026, 2, 13), 10) == date(2026, 3, 5)


def test_nothing_added_is_the_day_itself() -> None:
    assert add_workdays(date(2026, 11, 21), 0) == date(2026, 11, 21)


def test_counting_leaves_out_the_first_day_and_holds_the_last() -> None:
    assert workdays_between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert workdays_between(date(2026, 10, 8), date(2026, 9, 30)) == -1


def test_adding_and_counting_agree_over_a_whole_year() -> None:
    for offset in range(300):
        day = date(2025, 1, 1) + timedelta(offset)
        assert workdays_between(day, add_workdays(day, 10)) == 10


def test_a_year_nobody_entered_is_refused_by_name() -> None:
    with pytest.raises(MissingYearError, match="2031年的节假日安排还没有录入"):
        is_workday(date(2031, 1, 6))


def test_a_span_into_an_unknown_year_is_told_in_plain_days_with_the_reason() -> None:
    found = span(date(2031, 1, 2), date(2031, 1, 14))
    assert found == Span(days=12, missing=2031)
    assert found.words == "12 天（缺2031年节假日表，按自然日）"


def test_worked_days_are_weekends_and_none_is_off_as_well() -> None:
    for year, days in arrangements().items():
        assert not days.on & days.off
        assert all(day.weekday() >= 5 and day.year == year for day in days.on)


def test_a_county_adds_a_year_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "节假日.yaml"
    own.write_text("2031:\n  放假: [{起: 2031-01-01, 止: 2031-01-01}]\n  上班: []\n", "utf-8")
    monkeypatch.setattr(workdays, "OWN_TABLES", [own])
    assert arrangements.__wrapped__()[2031].off == {date(2031, 1, 1)}


@pytest.mark.parametrize("text", ["2031: 放假", "2031: {上班: []}", "{", "- 1"])
def test_a_table_that_cannot_be_read_is_named(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "节假日.yaml"
    own.write_text(text, "utf-8")
    monkeypatch.setattr(workdays, "OWN_TABLES", [own])
    with pytest.raises(workdays.TableError, match="看不懂"):
        arrangements.__wrapped__()
