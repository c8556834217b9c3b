"""Is every point of a run traced: do the explained parts of each unit come to its total, to the last figure?

Nothing of the engine is asked here: marks are worked out again from what the explanations say.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.results.actions import score_rounds
from jixiao.results.explain import explain_item
from jixiao.results.explain_whole import explain_point
from jixiao.results.explain_year import year_words
from jixiao.results.lines import entry
from jixiao.results.models import ResultUnit
from jixiao.results.pipeline import evaluate
from jixiao.results.points import ADJUST, PLACE, TIER, TOTAL, Point, codes_of
from jixiao.results.queries import card_page, reading
from jixiao.results.result import Result
from jixiao.results.tests.county import county
from jixiao.results.tests.test_cases import CASES, result_of
from jixiao.results.tests.test_explain import unexplained
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.tests.factories import scheme
from jixiao.scoring.columns import all_leaves, data_columns, data_item
from jixiao.scoring.events import Event
from jixiao.scoring.inputs import input_keys
from jixiao.scoring.numbers import SCALE, half_up, parse_number, scaled
from jixiao.scoring.scheme import Item, Scheme, SchemeError, leaves, walk
from jixiao.scoring.sheet import Row, Sheet
from jixiao.scoring.tree import bound_of
from jixiao.visits.tests.marked import marked, published

LIBRARY = sorted(Path("examples/办法库").glob("*.yaml"))

# ------------------------------------------------------------------ added up again


def untraced(result: Result) -> list[str]:
    """The points that do not come out of what the explanation says."""
    found = list(unexplained(result))
    for unit in result.year:
        for code in codes_of(result, unit):
            found += [f"{unit} {code}: {each}" for each in _wrong(result, unit, code)]
    return found


def _wrong(result: Result, unit: str, code: str) -> Iterator[str]:
    items = {each.code: each for each in all_leaves(result.scheme)}
    if item := items.get(code):
        yield from _wrong_item(result, unit, item)
        return
    point = explain_point(result, unit, code)
    if not (point.rule and point.steps and point.value):
        yield "says nothing"
    nodes = {each.code: each for each in walk((*result.scheme.items, *result.scheme.adjustments))}
    if code in nodes:
        yield from _wrong_sum(result, unit, nodes[code], point.adds)
    elif code in CHECKS:
        yield from CHECKS[code](result, unit, point)


def _wrong_adjust(result: Result, _unit: str, point: Point) -> Iterator[str]:
    low, high = result.scheme.adjust_low, result.scheme.adjust_high
    if _clip(sum(point.adds), low and scaled(low), high and scaled(high)) != point.mark:
        yield f"{point.adds} is not {point.mark}"


def _wrong_place(result: Result, unit: str, point: Point) -> Iterator[str]:
    place = result.year[unit]["rank"]
    if place is not None and 1 + sum(point.adds) != place:
        yield f"{point.adds} before, place {place}"


def _wrong_tier(result: Result, unit: str, _point: Point) -> Iterator[str]:
    """The tier by marks lies above its line, and gates make the final one of it."""
    marks, lowest = result.year[unit], len(result.scheme.tiers) - 1
    tier = marks["tier0"]
    if tier is None:
        return
    low = entry(result.scheme.tiers[tier], result.scheme.decimals)
    if tier < lowest and low is not None and (marks["total"] or 0) < low:
        yield f"{marks['total']} is below {low}"
    names = [each.name for each in result.scheme.tiers]
    for effect in ("set", "down", "lowest"):
        for index, gate in enumerate(result.scheme.gates):
            if gate.effect == effect and marks[f"gate:{index}"]:
                ends = {"down": tier + gate.steps, "lowest": lowest}
                tier = ends[effect] if effect in ends else min(tier, names.index(gate.tier))
    if min(tier, lowest) != marks["tier"]:
        yield f"gates lead to {tier}, not {marks['tier']}"


def _wrong_item(result: Result, unit: str, item: Item) -> Iterator[str]:
    """The rounds' marks, each with rule, inputs and arithmetic, combined into the year's."""
    told = {
        code: explain_item(result, unit, item, code)
        for code, rows in result.rounds.items()
        if rows.get(unit, {}).get(f"mark:{item.code}") is not None
    }
    if [each for each in told.values() if not (each.rule and each.steps)]:
        yield "no rule or no arithmetic"
    if [each for each in told.values() if not each.inputs and item.events is None]:
        yield "no inputs"
    mark = result.year[unit][f"mark:{item.code}"]
    if _combined(result, item, {code: each.mark or 0 for code, each in told.items()}) != mark:
        yield f"rounds do not combine to {mark}"
    if words := year_words(result, unit, item):
        said = words.rpartition("＝")[2].removesuffix("分").replace("−", "-")
        if parse_number(said) * SCALE != mark:
            yield words


def _combined(result: Result, item: Item, marks: dict[str, int]) -> int:
    if not result.scheme.rounds:
        return marks[""]
    if item in leaves(result.scheme.adjustments):
        full = Fraction(0)  # no real bonus is bounded by a share of its full mark
        ends = (bound_of(item.floor, None, full), bound_of(item.cap, None, full))
        return _clip(sum(marks.values()), *ends)
    weights = {each.code: each.weight for each in result.scheme.rounds if each.code in marks}
    total = sum((weights[code] * mark for code, mark in marks.items()), Fraction(0))
    return int(half_up(total / sum(weights.values(), Fraction(0))))


def _wrong_sum(result: Result, unit: str, item: Item, adds: tuple[int, ...]) -> Iterator[str]:
    full, raw = item.full_for(result.group_of(unit)), Fraction(sum(adds))
    if item.combine == "mean":
        raw = half_up(raw / len(adds) / SCALE, result.scheme.decimals) * SCALE
    ends = (bound_of(item.floor, None, full), bound_of(item.cap, None, full))
    mark = result.year[unit][f"mark:{item.code}"]
    if _clip(int(raw), *ends) != mark:
        yield f"{adds} is not {mark}"


def _wrong_total(result: Result, unit: str, point: Point) -> Iterator[str]:
    scheme, marks = result.scheme, result.year[unit]
    tops = [mark for each in scheme.items if (mark := marks[f"mark:{each.code}"]) is not None]
    main = Fraction(sum(tops))
    if scheme.not_applicable == "rescale":
        full = scheme.full_for(result.group_of(unit))
        main = half_up(main * full / Fraction(marks["reachable"] or 1), scheme.decimals) * SCALE
    total = main + (marks.get("adjust") or 0)
    if scheme.rounds:
        total = half_up(total / SCALE, scheme.decimals) * SCALE
    zero = [i for i, gate in enumerate(scheme.gates) if gate.effect == "zero"]
    total = Fraction(0) if any(marks[f"gate:{i}"] for i in zero) else total
    if point.adds[0] != main or total != marks["total"]:
        yield f"{tops} and {point.adds} are not {marks['total']}"


def _clip(value: int, low: int | None, high: int | None) -> int:
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


CHECKS = {ADJUST: _wrong_adjust, TOTAL: _wrong_total, PLACE: _wrong_place, TIER: _wrong_tier}

# ------------------------------------------------------------------ the runs


@cache
def example_county() -> Result:
    """清岚县 as its files have it."""
    folder = Path("examples/清岚县")
    written, _ = read_scheme(folder / "办法.yaml")
    sheet, _ = read_marksheet(written, folder / "记分表.xlsx", imports={})
    return evaluate(written, sheet)


def filled_in(written: Scheme) -> Sheet:
    """Plausible figures for any scheme, the same each time."""
    units = [unit.name for group in written.groups for unit in group.units]
    rounds = [each.code for each in written.rounds] or [""]
    rows = [
        Row(unit, dict(_values(written, unit, code)), code) for code in rounds for unit in units
    ]
    events = [
        Event(unit=unit, item=item.code, matter=f"{unit}事项", level=next(iter(item.events.levels)),
              document="清绩〔2026〕1号", round=rounds[-1])
        for item in all_leaves(written) if item.events and item.events.levels and not item.events.classes
        for unit in units[:2]
    ]  # fmt: skip
    return Sheet(tuple(rows), tuple(events))


def _values(written: Scheme, unit: str, code: str) -> Iterator[tuple[str, int]]:
    points = {item.code: item.points for item in all_leaves(written)}
    for key in input_keys(written):
        data = data_item(written, key)
        for column in data_columns(data):
            chance = hashlib.sha256(f"{unit}{code}{column}".encode()).digest()[0]
            low, high = data.low or Fraction(0), data.high or points.get(key) or Fraction(20)
            known = list(data.choices.values())
            value = known[chance % len(known)] if known else low + (high - low) * chance / 256
            yield column, int(half_up(value, 1) * SCALE)


def test_every_point_of_the_example_county_is_traced() -> None:
    assert untraced(example_county()) == []


def test_every_point_of_a_county_with_rounds_bonuses_and_gates_is_traced() -> None:
    assert untraced(county()) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_point_of_a_real_rule_is_traced(path: Path) -> None:
    assert untraced(result_of(path)) == []


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_point_of_a_scheme_of_the_library_is_traced(path: Path) -> None:
    written, _ = read_scheme(path)
    try:
        result = evaluate(written, filled_in(written))
    except SchemeError as error:
        pytest.skip(str(error))
    assert untraced(result) == []


CHANGED = ("mark:2.2", "mark:2", "adjust", "total", "rank", "tier")


@pytest.mark.parametrize("column", CHANGED)
def test_a_point_that_was_changed_is_not_traced(column: str) -> None:
    result = county()
    marks = {**result.year["云溪镇"], column: (result.year["云溪镇"][column] or 0) + 1}
    assert untraced(replace(result, year={**result.year, "云溪镇": marks})) != []


def test_a_mark_of_a_round_that_was_changed_is_not_traced() -> None:
    result = county()
    marks = {**result.rounds["h2"]["云溪镇"], "mark:2.2": 90_000}
    rounds = {**result.rounds, "h2": {**result.rounds["h2"], "云溪镇": marks}}
    assert untraced(replace(result, rounds=rounds)) != []


# ------------------------------------------------------------------ with the records behind it

ROUNDS = [
    {"code": "h1", "name": "半年", "weight": "4"},
    {"code": "h2", "name": "年终", "weight": "6"},
]


@pytest.mark.django_db
def test_every_point_of_a_run_made_from_rounds_has_rule_arithmetic_and_source(
    actor: Callable[..., Actor],
) -> None:
    version = published(scheme(rounds=ROUNDS))
    for code in ("h1", "h2"):
        marked(version, code=code)
    kept = score_rounds(version, by=actor(Role.OFFICE), name="年终评估")
    result = reading(kept).result
    assert untraced(result) == []
    told = [why for part in ResultUnit.objects.all() for why in _told(part, result)]
    assert len(told) == 3 * len(("1", "1.1", "1.2", "2", "2.1", "@total", "@place", "@tier"))
    assert [why.code for why in told if not why.rule or not (why.lines or why.rounds)] == []
    assert [
        why.code for why in told if not (why.parts or all(each.who for each in why.origins))
    ] == []


def _told(part: ResultUnit, result: Result) -> Iterator[Any]:
    for code in codes_of(result, part.name):
        shown = card_page(part, code=code)
        assert shown is not None
        yield shown.why
