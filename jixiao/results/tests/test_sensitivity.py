"""Whose tier turns when one hand, item or weight is changed? Compared with whole runs of the engine."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from jixiao.results.gains import gains
from jixiao.results.pipeline import evaluate
from jixiao.results.reading import Reading
from jixiao.results.result import Result
from jixiao.results.sensitivity import (
    Amounts,
    Case,
    Hand,
    Turn,
    by_scorer,
    reweighed,
    sensitivity,
    shifted,
    weighed,
)
from jixiao.results.tests.county import county
from jixiao.results.tests.test_cases import CASES, result_of
from jixiao.scoring.again import restand
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.scheme import Scheme, leaves
from jixiao.scoring.sheet import Row, Sheet

TWO = Fraction(2, 100)


def given(*marks: dict[str, int], **said: Any) -> Result:
    """Towns A, B, … with marks of ten in items 1 and 2; 先进 from 15 on."""
    names = "甲乙丙丁"[: len(marks)]
    data: dict[str, Any] = {
        "title": "办法",
        "full": "20",
        "groups": [{"name": "乡镇", "units": [{"name": each} for each in names]}],
        "items": [{"code": code, "name": f"项目{code}", "points": "10"} for code in ("1", "2")],
        "tiers": [{"name": "先进", "within": "≥15"}, {"name": "达标"}],
        **said,
    }
    rows = [
        Row(name, {code: mark * SCALE // 10 for code, mark in each.items()})
        for name, each in zip(names, marks, strict=True)
    ]
    return evaluate(Scheme.model_validate(data), Sheet(tuple(rows)))


def case(result: Result, words: str, *hands: Hand) -> Case:
    """The one case whose words begin so."""
    found = sensitivity(result, hands, Amounts()).cases
    return next(each for each in found if each.what.startswith(words))


# ------------------------------------------------------------------ nothing changed, nothing moves


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_unchanged_year_stands_as_it_stood(path: Path) -> None:
    result = result_of(path)
    (stood,) = restand(result.scheme, result.year, [{}])
    for unit, marks in stood.items():
        assert marks == {name: result.year[unit][name] for name in marks}


def test_cases_do_not_touch_each_other() -> None:
    result = county()
    worst = {unit: dict.fromkeys(("mark:2.1", "mark:2.2"), 0) for unit in result.year}
    _, stood = restand(result.scheme, result.year, [worst, {}])
    assert all(stood[unit]["rank"] == result.year[unit]["rank"] for unit in result.year)


# ------------------------------------------------------------------ marks


def higher(result: Result, code: str, more: int) -> Result:
    """A whole run on a sheet in which one mark is higher, within its bounds."""
    full = next(int(i.points * SCALE) for i in leaves(result.scheme.items) if i.code == code)
    rows = [
        replace(row, values={**row.values, code: max(0, min(full, (row.values[code] or 0) + more))})
        for row in result.sheet.rows
    ]
    return evaluate(result.scheme, replace(result.sheet, rows=tuple(rows)))


@pytest.mark.parametrize("code", ["2.1", "2.2", "5.2"])
@pytest.mark.parametrize("percents", [2, -2, 10, -30])
def test_a_shifted_item_gives_what_a_whole_run_gives(code: str, percents: int) -> None:
    result = county()
    item = next(each for each in leaves(result.scheme.items) if each.code == code)
    more = item.points * SCALE * percents / 100
    marks = {(row.unit, row.round, code) for row in result.sheet.rows}
    change = shifted(result, marks, Fraction(percents, 100))
    (stood,) = restand(result.scheme, result.year, [change])
    again = higher(result, code, int(more)).year
    for unit, marks_ in stood.items():
        assert marks_ == {name: again[unit][name] for name in marks_}


def test_a_hand_that_decides_a_tier_is_told_in_a_sentence() -> None:
    result = given({"1": 80, "2": 69}, {"1": 80, "2": 40})
    hand = Hand("记录人", "何雨", frozenset({("甲", "", "1"), ("乙", "", "1")}))
    assert case(result, "把何雨", hand).words == ("把何雨记的分每项上调满分的2%，甲由达标变为先进")


def test_only_the_marks_of_that_hand_move() -> None:
    result = given({"1": 80, "2": 69}, {"1": 80, "2": 69})
    hand = Hand("记录人", "何雨", frozenset({("甲", "", "1")}))
    assert [turn.unit for turn in case(result, "把何雨", hand).turns] == ["甲"]


def test_no_mark_rises_above_its_full_mark() -> None:
    result = given({"1": 100, "2": 49})
    marks = frozenset({("甲", "", "1")})
    assert shifted(result, marks, TWO) == {"甲": {"mark:1": 10 * SCALE}}


def test_marks_of_items_that_nobody_knows_are_no_harm() -> None:
    result = given({"1": 80, "2": 69})
    hand = Hand("记录人", "何雨", frozenset({("甲", "", "9"), ("丙", "x", "1")}))
    assert case(result, "把何雨", hand).turns == ()


def test_what_the_scheme_says_of_scorers_is_tried_too() -> None:
    items = [
        {"code": "1", "name": "一", "points": "10", "scorer": "县纪委"},
        {"code": "2", "name": "二", "points": "10"},
    ]
    result = given({"1": 80, "2": 69}, items=items)
    assert [(each.kind, each.name) for each in by_scorer(result)] == [("评分单位", "县纪委")]
    assert case(result, "把县纪委", *by_scorer(result)).turns == (Turn("甲", "达标", "先进"),)


# ------------------------------------------------------------------ weights


def test_weights_keep_the_full_mark() -> None:
    result = given({"1": 100, "2": 100})
    item = result.scheme.items[0]
    for by in (Fraction(11, 10), Fraction(9, 10), Fraction(0)):
        assert sum(reweighed(result, item, by)["甲"].values()) == 20 * SCALE  # type: ignore[arg-type]


def test_a_heavier_item_moves_a_unit_by_what_it_is_good_at() -> None:
    result = given({"1": 100, "2": 49}, {"1": 49, "2": 100})
    assert case(result, "把“1 项目1”的权重提高").turns == (Turn("甲", "达标", "先进"),)
    assert case(result, "把“1 项目1”的权重降低").turns == (Turn("乙", "达标", "先进"),)


def test_an_item_left_out_is_made_up_for_by_the_others() -> None:
    result = given({"1": 90, "2": 59}, {"1": 70, "2": 90})
    assert case(result, "不计“1 项目1”").turns == ()
    assert case(result, "不计“2 项目2”").turns == (
        Turn("乙", "先进", "达标"), Turn("甲", "达标", "先进"),
    )  # fmt: skip


def test_a_quota_hands_its_place_on() -> None:
    tiers = [{"name": "先进", "quota": {"count": 1}}, {"name": "达标"}]
    result = given({"1": 90, "2": 60}, {"1": 70, "2": 79}, tiers=tiers)
    assert case(result, "不计“1 项目1”").words.endswith("甲由先进变为达标；乙由达标变为先进")


def test_inside_a_mean_nothing_has_a_weight_of_its_own() -> None:
    inside = [{"code": f"1.{n}", "name": f"子{n}", "points": "10"} for n in (1, 2)]
    mean = {"code": "1", "name": "评价", "points": "10", "combine": "mean", "items": inside}
    items = [mean, {"code": "2", "name": "项目2", "points": "10"}]
    result = given({"1.1": 80, "1.2": 60, "2": 50}, items=items)
    assert [each.code for each in weighed(result.scheme.items)] == ["1", "2"]


def test_a_scheme_of_one_item_has_nothing_to_weigh() -> None:
    items = [{"code": "1", "name": "全部", "points": "20"}]
    result = given({"1": 160}, items=items)
    assert reweighed(result, result.scheme.items[0], Fraction(0)) == {}


def test_without_tiers_there_is_nothing_to_turn() -> None:
    assert sensitivity(given({"1": 80, "2": 69}, tiers=[]), (), Amounts()).cases == ()


def test_five_units_are_named_more_are_counted() -> None:
    turns = tuple(Turn(f"第{n}镇", "达标", "先进") for n in range(7))
    assert Case("项目", "把一上调", turns).words == (
        "把一上调，第0镇、第1镇、第2镇、第3镇、第4镇等7个单位由达标变为先进"
    )


# ------------------------------------------------------------------ what would have moved a unit


def lifted() -> Iterator[tuple[str, str, str, str]]:
    reading = Reading.of(county())
    for unit in reading.standings:
        for gain in gains(reading, unit):
            yield unit, gain.code, gain.marks, gain.tier


def test_every_gain_lifts_the_unit_and_a_step_less_does_not() -> None:
    result = county()
    places = [tier.name for tier in result.scheme.tiers]
    found = list(lifted())
    assert len({unit for unit, *_ in found}) > 4
    for unit, code, marks, tier in found:
        mark = result.year[unit][f"mark:{code}"] or 0
        more = int(Fraction(marks) * SCALE)
        cases = [{unit: {f"mark:{code}": mark + each}} for each in (more, more - 100)]
        enough, less = restand(result.scheme, result.year, cases)
        assert enough[unit]["tier"] == places.index(tier)
        assert less[unit]["tier"] == result.year[unit]["tier"]


def test_nobody_gains_more_than_was_lost() -> None:
    result = county()
    fulls = {each.code: each.points for each in leaves(result.scheme.items)}
    for unit, code, marks, _ in lifted():
        assert (result.year[unit][f"mark:{code}"] or 0) + Fraction(marks) * SCALE <= fulls[
            code
        ] * SCALE


def test_the_best_tier_and_a_closed_gate_have_nothing_to_gain() -> None:
    reading = Reading.of(county())
    assert gains(reading, "云溪镇") == ()
    assert gains(reading, "高新园区") == ()  # 弄虚作假
