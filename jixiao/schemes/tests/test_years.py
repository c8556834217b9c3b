"""What follows a scheme into another year, and what would reach back into the past?"""

from datetime import date
from typing import Any

import pytest

from jixiao.schemes.tests.factories import scheme
from jixiao.schemes.years import blank, for_year, reaches_back
from jixiao.scoring.check import check, errors
from jixiao.scoring.scheme import Scheme

DAY = date(2026, 7, 1)
TABLE = {"levels": {"省级": "2"}, "counts_from": "2026-01-01", "counts_to": "2026-12-31"}


def bonus(code: str = "加1", **table: Any) -> dict[str, Any]:
    rule = {"measure": {"kind": "events"}}
    return {"code": code, "name": "表彰", "rule": rule, "events": {**TABLE, **table}}


def with_bonus(*items: dict[str, Any]) -> Scheme:
    return scheme(adjustments=list(items))


def test_a_scheme_goes_over_with_its_dates() -> None:
    later = for_year(with_bonus(bonus()), old=2026, new=2027)
    assert (later.title, later.document) == ("清岚县2027年度绩效办法", "")
    assert later.period.end == date(2027, 12, 31)
    assert later.adjustments[0].events.counts_from == date(2027, 1, 1)


def test_the_last_of_february_goes_over() -> None:
    leap = scheme(period={"start": "2024-02-29", "end": "2025-02-28"})
    assert for_year(leap, old=2024, new=2025).period.start == date(2025, 2, 28)


def test_a_blank_scheme_can_be_computed() -> None:
    assert errors(check(blank("办法", year=2027))) == ()


def back(after: Scheme) -> list[str]:
    return list(reaches_back(with_bonus(bonus()), after, on=DAY))


def test_another_tier_or_unit_does_not_reach_back() -> None:
    changed = scheme(
        adjustments=[bonus()], tiers=[{"name": "先进", "within": "≥85"}, {"name": "达标"}]
    )
    assert back(changed) == []


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (with_bonus(bonus(levels={"省级": "3"})), "计分不能直接改"),
        (with_bonus(), "不能删去"),
        (with_bonus(bonus(), bonus("加2")), "要写“计入起”，不能早于施行日期2026-07-01"),
        (with_bonus(bonus(counts_to="2026-03-01")), "计分不能直接改"),
        (scheme(adjustments=[bonus()], period={"start": "2026-02-01", "end": "2026-12-31"}), "考核期不能改"),
    ],
    ids=["worth more", "gone", "new from the past", "ended in the past", "period"],
)  # fmt: skip
def test_what_was_counted_before_stays_as_it_was(after: Scheme, told: str) -> None:
    (message,) = back(after)
    assert told in message


def test_an_event_ends_and_another_begins() -> None:
    ended = bonus(counts_to="2026-06-30")
    begins = bonus("加2", levels={"省级": "3"}, counts_from="2026-07-01")
    assert back(with_bonus(ended, begins)) == []
