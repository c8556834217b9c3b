"""Are raters compared fairly? Small cases worked out by hand."""

from fractions import Fraction
from typing import Any

import pytest

from jixiao.schemes.tests.factories import scheme
from jixiao.visits.raters import (
    ALONE,
    SMALL,
    Alone,
    Given,
    Pair,
    Scale,
    hundredths,
    is_judged,
    item_distances,
    item_spreads,
    pairs,
    scales,
    self_gaps,
    shifts,
)
from jixiao.visits.tasks import TaskBook

FULL = 100_000
STRICT, MILD = 1, 2


def given(rater: int, unit: str, mark: int, **said: Any) -> Given:
    """A mark in whole points out of ten."""
    usual = {"group": "乡镇", "code": "1.2", "full": FULL}
    return Given(rater, unit, mark=mark * 10_000, **{**usual, **said})


def of(rater: int, found: list[Scale]) -> Scale:
    return next(each for each in found if each.rater == rater)


def test_severity_is_the_mean_difference_from_the_others_on_the_same_item() -> None:
    found = scales(
        [
            *(given(STRICT, "甲", 6), given(STRICT, "乙", 8)),
            *(given(MILD, "丙", 9), given(MILD, "丁", 10)),
        ]
    )
    strict = of(STRICT, found)
    assert (strict.mean, strict.severity) == (Fraction(7, 10), Fraction(-25, 100))
    assert (strict.spread, of(MILD, found).severity) == (Fraction(1, 10), Fraction(25, 100))
    assert hundredths(strict.severity, signed=True) == "−25.0"


@pytest.mark.parametrize("other", [{"group": "部门"}, {"code": "2.1"}, {"full": 2 * FULL}])
def test_marks_that_are_not_comparable_are_not_compared(other: dict[str, Any]) -> None:
    found = scales([given(STRICT, "甲", 6), given(MILD, "乙", 9, **other)])
    assert (of(STRICT, found).severity, of(STRICT, found).caution) == (None, ALONE)


def test_a_team_is_compared_with_the_mean_of_all_others_not_of_each() -> None:
    found = scales([given(1, "甲", 6), given(2, "乙", 8), given(2, "丙", 8), given(3, "丁", 5)])
    assert of(1, found).severity == Fraction(6, 10) - Fraction(21, 30)


def test_few_units_are_said_to_prove_little() -> None:
    many = [given(STRICT, f"甲{n}", 6) for n in range(5)]
    found = scales([*many, given(MILD, "乙", 9)])
    assert (of(STRICT, found).caution, of(MILD, found).caution) == ("", SMALL)


def test_units_that_rate_themselves_as_low_are_said_to_be_perhaps_different_units() -> None:
    weak = [given(STRICT, f"甲{n}", 6, own=70_000) for n in range(5)]
    good = [given(MILD, f"乙{n}", 9, own=100_000) for n in range(5)]
    assert "自评和数据指标本来就相差30.0分" in of(STRICT, scales([*weak, *good])).caution
    proud = [given(STRICT, f"甲{n}", 6, own=100_000) for n in range(5)]
    assert of(STRICT, scales([*proud, *good])).caution == ""


def test_figures_from_elsewhere_tell_different_units_too() -> None:
    marks = [
        given(rater, f"{rater}{n}", mark) for rater, mark in ((1, 6), (2, 9)) for n in range(5)
    ]
    known = [given(rater, f"{rater}{n}", mark, code="9") for rater, mark in ((1, 5), (2, 9)) for n in range(5)]  # fmt: skip
    assert "40.0分" in of(1, scales(marks, known=known)).caution


def test_an_item_that_nearly_everybody_has_in_full_does_not_tell_units_apart() -> None:
    ten = [given(1, str(n), 10) for n in range(10)]
    [found] = item_spreads([*ten, given(1, "十一", 9)])
    assert (found.full_share, found.is_dull) == (Fraction(10, 11), True)
    [found] = item_spreads([*ten[1:], given(1, "十一", 9)])
    assert (found.full_share, found.is_dull) == (Fraction(9, 10), False)


def test_agreement_of_two_people_who_marked_alone() -> None:
    told = [
        *(Alone(7, "甲", "1.2", 80_000), Alone(8, "甲", "1.2", 80_000)),
        *(Alone(7, "乙", "1.2", 80_000), Alone(8, "乙", "1.2", 60_000)),
        *(Alone(8, "甲", "2.1", 500_000), Alone(7, "甲", "2.1", 450_000)),
        Alone(7, "丙", "1.2", 10_000),
    ]
    assert pairs(told) == [Pair(7, 8, 3, 1, Fraction(70_000, 3))]
    assert item_distances(told) == [("2.1", 1, Fraction(50_000)), ("1.2", 2, Fraction(10_000))]


def test_own_marks_against_reviewed_ones() -> None:
    marks = [given(1, "甲", 8, own=100_000), given(1, "乙", 8, own=90_000), given(1, "丙", 1)]
    [town] = self_gaps(marks, by=lambda each: each.group)
    assert (town.name, town.marks, town.gap) == ("乡镇", 2, Fraction(15, 100))
    assert [each.name for each in self_gaps(marks, by=lambda each: each.unit)] == ["甲", "乙"]


def test_a_shift_levels_the_means_and_is_rounded_as_marks_are() -> None:
    marks = [given(STRICT, "甲", 6), given(STRICT, "乙", 7), given(MILD, "丙", 9)]
    assert shifts(marks, decimals=1) == {(STRICT, "1.2"): 25_000, (MILD, "1.2"): -25_000}
    assert shifts(marks, decimals=0) == {(STRICT, "1.2"): 30_000, (MILD, "1.2"): -30_000}
    assert shifts([given(1, "甲", 6), given(2, "乙", 6)], decimals=1) == {}


def test_counted_figures_are_nobodys_judgement() -> None:
    tasks = TaskBook.of(scheme()).tasks("云溪镇")
    assert {each.code: is_judged(each) for each in tasks} == {
        "1.1": False, "1.2": True, "2.1": True
    }  # fmt: skip
