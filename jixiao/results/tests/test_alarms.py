"""When is the committee told that marks inflate or that nobody fails?"""

import pytest

from jixiao.results.alarms import Before, alarms, before_of
from jixiao.results.reading import Reading
from jixiao.results.tests.county import county
from jixiao.results.tests.test_sensitivity import given

TIERS = [{"name": "先进", "within": "≥15"}, {"name": "达标", "within": "≥10"}, {"name": "未达标"}]


def reading(*totals: int) -> Reading:
    """Units with these totals out of 20, in tenths, half in each item."""
    marks = [{"1": total // 2, "2": total - total // 2} for total in totals]
    return Reading.of(given(*marks, tiers=TIERS))


def test_a_sound_year_raises_no_alarm() -> None:
    assert (
        alarms(
            reading(160, 120, 110, 80),
            Before(2025, {"先进": 1, "达标": 2, "未达标": 1}, 115000, 200000),
        )
        == ()
    )


def test_a_mean_that_rose_is_told_with_both_figures() -> None:
    found = alarms(reading(160, 120, 110, 80), Before(2025, {}, 113_000, 200_000))
    assert found == ("平均总分由2025年的11.30升到11.75，升幅是满分的2.3%",)


def test_means_are_compared_as_shares_of_the_full_mark() -> None:
    assert alarms(reading(160, 120, 110, 80), Before(2025, {}, 587_500, 1_000_000)) == ()


def test_more_units_in_the_best_tier_than_last_year_are_told() -> None:
    before = Before(2025, {"先进": 1, "达标": 9})
    assert alarms(reading(160, 120, 110, 80), before) == ("先进单位占25%，2025年占10%，多了15%",)


def test_a_year_known_by_its_tiers_only_tells_nothing_of_means() -> None:
    assert alarms(reading(160, 120, 110, 80), Before(2025, {"先进": 1, "达标": 3})) == ()


def test_an_empty_lowest_tier_is_told() -> None:
    assert alarms(reading(160, 120, 110, 105), None) == (
        "4个单位没有一个未达标，请核对评分是否过宽、界线是否起作用",
    )


def test_most_units_in_the_best_tier_and_most_marks_full_are_told() -> None:
    found = alarms(reading(200, 200, 200, 80), None)
    assert found == (
        "先进单位占75%，超过一半",
        "8个项目得分中6个是满分，占75%，拉不开差距",
    )


@pytest.mark.parametrize("totals", [(), (None,)])
def test_nothing_scored_raises_nothing(totals: tuple[None, ...]) -> None:
    result = (
        given(*({} for _ in totals), tiers=TIERS) if totals else given({"1": 1, "2": 1}, tiers=[])
    )
    assert alarms(Reading.of(result), None) == ()


def test_a_year_compared_with_itself_is_no_rise() -> None:
    known = Reading.of(county())
    assert alarms(known, before_of(known, 2025)) == ()
