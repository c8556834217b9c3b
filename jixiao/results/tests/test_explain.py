"""Is every mark explained, to the last figure, by arithmetic that comes to the same mark?"""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject

from jixiao.results.explain import _factor, _slot_of, explain_item, explain_unit, measured, piece_at
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.results.tests.county import county
from jixiao.results.tests.test_cases import CASES, result_of
from jixiao.scoring.amounts import Amount
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.events import Event
from jixiao.scoring.exact import OutOfRangeError
from jixiao.scoring.numbers import SCALE, half_up, mark_text, parse_number
from jixiao.scoring.scheme import Item, Scheme, SchemeError, leaves
from jixiao.scoring.sheet import Row, Sheet
from jixiao.scoring.tests.oracle_measures import Subject, concerned
from jixiao.scoring.tests.strategies import Case, one_item, whole_tree
from jixiao.scoring.tests.test_oracle import few

# ------------------------------------------------------------------ every point comes out again


def recomputed(result: Result, unit: str, item: Item, code: str) -> Fraction | None:
    """The traced number on its piece of the scale, times the factor, rounded, between the bounds."""
    slot = _slot_of(result, unit, item)
    value = measured(result.rounds[code][unit], slot)
    factor = _factor(result, unit, slot, code)
    if value is None or factor is None:
        return None
    points = half_up(piece_at(slot, value).points(value) * factor, result.scheme.decimals)
    full = Fraction(slot.full, SCALE)
    inside = item in leaves(result.scheme.items)
    low = item.floor.points(full) if isinstance(item.floor, Amount) else Fraction(0)
    high = item.cap.points(full) if isinstance(item.cap, Amount) else full
    points = points if item.floor == "none" or not (item.floor or inside) else max(points, low)
    return points if item.cap == "none" or not (item.cap or inside) else min(points, high)


def applied(result: Result) -> Iterator[tuple[str, str, Item]]:
    """Round, unit and scored item wherever an item applies to a unit."""
    groups = {unit.name: (unit, group) for group in result.scheme.groups for unit in group.units}
    for row in result.sheet.rows:
        who = Subject(*groups[row.unit], row)
        for item in all_leaves(result.scheme):
            if concerned(result.scheme, who, code=item.code):
                yield row.round, row.unit, item


def unexplained(result: Result) -> list[str]:
    """The marks that the explanation's arithmetic or its last figure does not give."""
    found = []
    for code, unit, item in applied(result):
        rule = _slot_of(result, unit, item).rule
        mark = result.rounds[code][unit][f"mark:{item.code}"]
        again = recomputed(result, unit, item, code)
        filled = again is None and (mark is None or rule.missing.kind != "refuse")
        unmet = rule.only_if is not None and mark == 0
        if not filled and not unmet and (again is None or again * SCALE != mark):
            found.append(f"{code} {unit} {item.code}: again {again}, mark {mark}")
        if mark is not None:
            found += misread(result, unit, item, code)
    return found


def misread(result: Result, unit: str, item: Item, code: str) -> list[str]:
    """The last figure that people read is the mark."""
    explained = explain_item(result, unit, item, code)
    figure = re.search(r"([−\d.]+)分$", explained.steps[-1])
    text = mark_text(explained.mark, result.scheme.decimals)
    same = figure and parse_number(figure[1]) == parse_number(text)
    return [] if same else [f"{explained.steps}, mark {text}"]


def unexplained_if_in_range(case: Case) -> list[str]:
    try:
        return unexplained(evaluate(*case))
    except (OutOfRangeError, SchemeError):
        reject()


@few(60)
@given(one_item)
def test_every_mark_of_any_kind_of_rule_is_explained(case: Case) -> None:
    assert unexplained_if_in_range(case) == []


@few(20)
@given(whole_tree)
def test_every_mark_of_a_tree_in_rounds_is_explained(case: Case) -> None:
    assert unexplained_if_in_range(case) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_mark_of_a_real_rule_is_explained(path: Path) -> None:
    assert unexplained(result_of(path)) == []


def test_every_mark_of_a_county_is_explained() -> None:
    assert unexplained(county()) == []


# ------------------------------------------------------------------ what people read

TOWNS = ("云溪镇", "河口镇", "石桥镇")


def explained(rule: dict[str, Any], *rows: dict[str, int], **said: Any) -> tuple[str, ...]:
    """The steps of the first town's mark for one item of ten points."""
    units = [{"name": town, "tags": ["山区"]} for town in TOWNS[: len(rows)]]
    item = {"code": "A", "name": "税收", "points": "10", "rule": rule, **said.pop("item", {})}
    data = [{"key": "now", "name": "本年", "unit": "万元"}, {"key": "goal", "name": "任务"}]
    scheme = Scheme.model_validate(
        {
            "title": "办法",
            "full": "10",
            "groups": [{"name": "乡镇", "units": units}],
            "data": [*data, *said.pop("data", [])],
            "items": [item],
        }
    )
    table = tuple(Row(town, row) for town, row in zip(TOWNS, rows, strict=False))
    result = evaluate(scheme, Sheet(table, **said))
    return explain_unit(result, TOWNS[0])[0].steps


RATIO = {"kind": "ratio", "numerator": [{"data": "now"}], "denominator": [{"data": "goal"}]}
SHARE = {"measure": RATIO, "scale": {"kind": "proportional"}}


def test_a_share_of_the_target_shows_the_quotient_and_the_cap() -> None:
    steps = explained(SHARE, {"now": 1200000, "goal": 1000000})
    assert steps == ("计量值 120÷100=120%", "120%×10＝12.00分", "封顶10.00分")


def test_steps_show_the_distance_from_the_origin() -> None:
    below = {"per": "1", "points": "0.5"}
    rule = {
        "measure": {"kind": "reported", "data": "now"},
        "scale": {"kind": "steps", "origin": "12", "below": below},
    }
    assert explained(rule, {"now": 90000}) == ("计量值 9", "10−3×0.5＝8.50分")


def test_a_place_is_called_a_place() -> None:
    rank = {"kind": "rank", "of": {"kind": "reported", "data": "now"}}
    rule = {"measure": rank, "scale": {"kind": "places", "points": ["10", "8"]}}
    assert explained(rule, {"now": 10000}, {"now": 20000}) == ("第2名", "得8.00分")


def test_a_gap_says_what_the_rule_makes_of_it() -> None:
    rule = {**SHARE, "missing": {"kind": "group_mean"}}
    rows = ({"now": 10000}, {"now": 10000, "goal": 20000}, {"now": 10000, "goal": 10000})
    assert explained(rule, *rows) == ("缺项，按办法得7.50分",)


def test_a_premise_that_fails_is_named_after_what_there_was_to_get() -> None:
    premise = {"kind": "data", "data": "goal", "within": "≥1"}
    rule = {"measure": {"kind": "reported", "data": "now"}, "only_if": premise}
    assert explained(rule, {"now": 50000, "goal": 0}) == (
        "计量值 5",
        "得5.00分",
        "前提不成立（任务为1以上（含）），得0分",
    )


def test_an_event_shows_its_factors_or_why_it_does_not_count() -> None:
    table = {"levels": {"省级": "2"}, "tag_factors": {"山区": "1.5"}, "requires": ["document"]}
    proven = Event(unit="云溪镇", item="A", matter="表彰", level="省级", document="清岚1号")
    bare = Event(unit="云溪镇", item="A", matter="奖励", level="省级")
    rule = {"measure": {"kind": "events"}}
    steps = explained(rule, {}, item={"events": table}, events=(proven, bare))
    assert steps == ("表彰（清岚1号）：省级2分山区×1.5＝3分", "奖励：缺文号，不计分", "得3.00分")


# ------------------------------------------------------------------ found by the properties


def test_a_place_among_one_is_explained() -> None:
    measure = {"kind": "given_rank", "data": "now", "size": "1", "take": "position"}
    steps = explained({"measure": measure, "scale": {"kind": "between"}}, {"now": 10000})
    assert steps[-1] == "得10.00分"


def test_a_factor_of_several_periods_is_taken_together() -> None:
    rule = {"measure": {"kind": "reported", "data": "now"}, "factor": "月"}
    months = {"data": [{"key": "月", "times": 2}]}
    steps = explained(rule, {"now": 20000, "月@1": 10000, "月@2": 20000}, **months)
    assert steps[-1] == "(2×1)×系数1.5＝3.00分"


def test_a_factor_that_is_not_there_is_a_gap() -> None:
    rule = {"measure": {"kind": "reported", "data": "now"}, "factor": "goal"}
    rule["missing"] = {"kind": "full"}
    assert explained(rule, {"now": 20000})[-1] == "缺项，按办法得10.00分"


def test_a_premise_that_fails_is_no_cap() -> None:
    premise = {"kind": "data", "data": "goal", "within": "≥1"}
    rule = {"measure": {"kind": "reported", "data": "now"}, "only_if": premise}
    steps = explained(rule, {"now": 10000, "goal": 0}, item={"floor": "2"})
    assert steps[-1] == "前提不成立（任务为1以上（含）），得0分"


def test_a_premise_that_a_gap_leaves_open_makes_a_gap() -> None:
    premise = {"kind": "data", "data": "goal", "within": "≥1"}
    rule = {"measure": {"kind": "reported", "data": "now"}, "only_if": premise}
    rule["missing"] = {"kind": "full"}
    assert explained(rule, {"now": 20000})[-1] == "缺项，按办法得10.00分"
