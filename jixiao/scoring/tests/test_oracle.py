"""Does the engine say what an independent reading of the rules says?"""

import os
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings

from jixiao.results.consequences import Shares, consequences
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.scoring.exact import OutOfRangeError
from jixiao.scoring.scheme import Scheme, SchemeError
from jixiao.scoring.sheet import Row, Sheet
from jixiao.scoring.tests.oracle import judge
from jixiao.scoring.tests.strategies import Case, one_item, whole_standing, whole_tree, whole_year

MORE = int(os.environ.get("JIXIAO_EXAMPLES", "0"))
"""So many examples drawn by chance and made small, on demand; otherwise the same few each time."""


def few(examples: int) -> settings:
    return settings(
        max_examples=MORE or examples,
        derandomize=not MORE,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink] if MORE else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def differences(scheme: Scheme, sheet: Sheet) -> list[str]:
    """Every cell and every rate in which the engine and the oracle differ."""
    want, got = judge(scheme, sheet), evaluate(scheme, sheet)
    pairs = [("year", want.year, got.year)]
    pairs += [(code, want.rounds[code], got.rounds[code]) for code in want.rounds]
    cells = [
        f"{where} {unit} {column}: oracle {value}, engine {found[unit].get(column, 'nothing')}"
        for where, wanted, found in pairs
        for unit, columns in wanted.items()
        for column, value in columns.items()
        if found[unit].get(column, "nothing") != value
    ]
    shares = shares_of(got)
    rates = [f"rate {i}: oracle {x}, engine {shares[i]}" for i, x in want.shares.items()]
    return cells + [
        said for said, i in zip(rates, shares, strict=True) if want.shares[i] != shares[i]
    ]


def shares_of(result: Result) -> dict[int, dict[str, tuple[Fraction, int | None]]]:
    """What every rate comes to, by its place in the scheme and by unit."""
    found = enumerate(consequences(result))
    rates = {place: each for place, each in found if isinstance(each, Shares)}
    return {i: {x.unit: (x.rate, x.places) for x in each.units} for i, each in rates.items()}


def differences_if_in_range(case: Case) -> list[str]:
    """The differences; a scheme that the engine refuses as too large for it proves nothing."""
    try:
        return differences(*case)
    except (OutOfRangeError, SchemeError):
        reject()


@few(100)
@given(one_item)
def test_one_item_of_any_kind(case: Case) -> None:
    assert differences_if_in_range(case) == []


@few(40)
@given(whole_tree)
def test_trees_gaps_and_rounds(case: Case) -> None:
    assert differences_if_in_range(case) == []


@few(40)
@given(whole_standing)
def test_places_tiers_gates_and_consequences(case: Case) -> None:
    assert differences_if_in_range(case) == []


@few(40)
@given(whole_year)
def test_everything_at_once(case: Case) -> None:
    assert differences_if_in_range(case) == []


# ------------------------------------------------------------------ named corners

TOWNS = ("云溪镇", "河口镇", "石桥镇", "柳湾乡")
DIRECT: dict[str, Any] = {"code": "甲", "name": "甲", "points": "100"}


def scheme_of(*items: dict[str, Any], towns: int = 1, **said: Any) -> Scheme:
    """Towns of one group (a first ``towns`` of them) and some items."""
    group = {"name": "乡镇", "units": [{"name": town} for town in TOWNS[:towns]]}
    said = {"title": "办法", "full": "100", "groups": [group], "items": items, **said}
    return Scheme.model_validate(said)


def agreed(scheme: Scheme, *values: dict[str, int | None]) -> Result:
    """The engine's result for a row of values a town; the oracle must agree."""
    sheet = Sheet(tuple(Row(town, row) for town, row in zip(TOWNS, values, strict=False)))
    assert differences(scheme, sheet) == []
    return evaluate(scheme, sheet)


def column(result: Result, name: str) -> list[int | None]:
    return [marks[name] for marks in result.year.values()]


def marks_of(rule: dict[str, Any], *values: int | None, **said: str) -> list[int | None]:
    """The marks of one item with such a rule, worth ten points, a town a value."""
    item = {"code": "甲", "name": "甲", "points": "10", "rule": rule, **said}
    towns = scheme_of(item, towns=len(values))
    return column(agreed(towns, *({"甲": value} for value in values)), "mark:甲")


@pytest.mark.parametrize(
    ("within", "tiers"), [("≥80", [0, 0, 1]), (">80", [0, 1, 1]), ("[80,100]", [0, 0, 1])]
)
def test_exactly_eighty_belongs_where_the_bracket_says(within: str, tiers: list[int]) -> None:
    table = [{"name": "优秀", "within": within}, {"name": "其他"}]
    scheme = scheme_of(DIRECT, towns=3, tiers=table)
    result = agreed(scheme, {"甲": 800100}, {"甲": 800000}, {"甲": 799900})
    assert column(result, "tier") == tiers


def test_equal_totals_share_a_place_unless_a_tie_break_parts_them() -> None:
    values = ({"甲": 900000, "乙": 1}, {"甲": 900000, "乙": None}, {"甲": 800000, "乙": 5})
    shared = agreed(scheme_of(DIRECT, towns=3), *values)
    parted = agreed(scheme_of(DIRECT, towns=3, ties=[{"data": "乙", "best": "low"}]), *values)
    assert column(shared, "rank") == [1, 1, 3]
    assert column(parted, "rank") == [1, 2, 3]


@pytest.mark.parametrize(
    ("missing", "marks"),
    [
        ("refuse", [40000, 55000, None]),
        ("zero", [40000, 55000, 0]),
        ("full", [40000, 55000, 100000]),
        ("group_mean", [40000, 55000, 47500]),
        ("not_applicable", [40000, 55000, None]),
    ],
)
def test_a_gap_is_what_the_rule_says(missing: str, marks: list[int | None]) -> None:
    assert marks_of({"missing": {"kind": missing}}, 40000, 55000, None) == marks


def test_a_refused_gap_leaves_no_total_and_no_place() -> None:
    result = agreed(scheme_of(DIRECT, towns=2), {"甲": None}, {"甲": 0})
    assert column(result, "total") == [None, 0]
    assert column(result, "rank") == [None, 1]


@pytest.mark.parametrize(("target", "mark"), [(0, None), (-20000, None), (40000, 50000)])
def test_a_target_that_is_not_positive_is_a_gap(target: int, mark: int | None) -> None:
    ratio = {"kind": "ratio", "numerator": [{"data": "乙"}], "denominator": [{"data": "丙"}]}
    item = {**DIRECT, "points": "10", "rule": {"measure": ratio, "scale": {"kind": "proportional"}}}
    result = agreed(scheme_of(item), {"乙": 20000, "丙": target})
    assert column(result, "mark:甲") == [mark]


def test_a_negative_indicator_ranks_the_lowest_first() -> None:
    rank = {"kind": "rank", "of": {"kind": "reported"}, "best": "low"}
    places = {"kind": "per_place", "each": "1"}
    marks = marks_of({"measure": rank, "scale": places}, -10000, 0, -10000, 30000)
    assert marks == [100000, 80000, 100000, 70000]


@pytest.mark.parametrize(
    "measure",
    [
        {"kind": "rank", "of": {"kind": "reported"}, "take": "position"},
        {"kind": "to_best", "of": {"kind": "reported"}},
        {"kind": "to_mean", "of": {"kind": "reported"}},
        {"kind": "position", "of": {"kind": "reported"}},
    ],
)
def test_a_group_of_one_is_its_own_best_and_its_own_mean(measure: dict[str, Any]) -> None:
    assert marks_of({"measure": measure, "scale": {"kind": "proportional"}}, 30000) == [100000]


def test_a_place_among_one_is_the_best_position() -> None:
    measure = {"kind": "given_rank", "data": "甲", "size": "1", "take": "position"}
    assert marks_of({"measure": measure}, 10000) == [10000]


@pytest.mark.parametrize(("not_applicable", "total"), [("omit", 400000), ("rescale", 666700)])
def test_an_item_that_does_not_apply_adds_nothing(not_applicable: str, total: int) -> None:
    items = [{**DIRECT, "points": "60"}, {"code": "乙", "name": "乙", "points": "40"}]
    items[1]["audience"] = {"units": ["河口镇"]}
    scheme = scheme_of(*items, towns=2, not_applicable=not_applicable)
    result = agreed(scheme, {"甲": 400000}, {"甲": 400000, "乙": 0})
    assert column(result, "total") == [total, 400000]
    assert column(result, "mark:乙") == [None, 0]


def test_an_item_that_does_not_apply_is_not_compared() -> None:
    best = {"kind": "to_best", "of": {"kind": "reported"}}
    item = {**DIRECT, "audience": {"units": TOWNS[:2]}}
    item["rule"] = {"measure": best, "scale": {"kind": "proportional"}}
    result = agreed(scheme_of(item, towns=3), {"甲": 10000}, {"甲": 20000}, {"甲": 90000})
    assert column(result, "mark:甲") == [500000, 1000000, None]


def test_half_a_cent_is_rounded_up_by_magnitude() -> None:
    rule = {"scale": {"kind": "credit", "each": "0.125"}}
    marks = marks_of(rule, 10000, -10000, 9999, -9999, floor="none")
    assert marks == [1300, -1300, 1200, -1200]


def test_only_whole_steps_count_up_to_the_limit() -> None:
    above = {"per": "1", "points": "2", "limit": "3"}
    steps = {"kind": "steps", "origin": "0", "base": "1", "above": above, "whole": True}
    assert marks_of({"scale": steps}, 9999, 10000, 16000, 20000) == [10000, 30000, 30000, 40000]


def test_marks_stay_between_floor_and_cap() -> None:
    assert marks_of({}, -10000, 100001, 100000) == [0, 100000, 100000]
    assert marks_of({}, -10000, 130000, floor="none", cap="120%") == [-10000, 120000]


# ------------------------------------------------------------------ found by the properties


@pytest.mark.parametrize("used", ["factor", "only_if", "given", "given_rank", "ties", "gates"])
def test_data_of_several_periods_is_taken_together_everywhere(used: str) -> None:
    within = {"kind": "data", "data": "月", "within": "≥1"}
    rule = (
        {"factor": "月"} if used == "factor" else {"only_if": within} if used == "only_if" else {}
    )
    if used == "given":
        rule = {"measure": {"kind": "to_mean", "of": {"kind": "reported"}, "given": "月"}}
    if used == "given_rank":
        rule = {"measure": {"kind": "given_rank", "data": "月", "size": "3"}}
    said: dict[str, Any] = {"ties": [{"data": "月"}]} if used == "ties" else {}
    if used == "gates":
        said = {"gates": [{"name": "否决", "when": within, "effect": "zero"}]}
    scheme = scheme_of({**DIRECT, "rule": rule}, data=[{"key": "月", "times": 2}], **said)
    agreed(scheme, {"甲": 20000, "月@1": 10000, "月@2": 20000})


def test_no_period_at_all_is_a_gap_and_not_nought_times() -> None:
    assert marks_of({"measure": {"kind": "top_times", "data": "甲", "top": 1}}, 10000, None) == [
        10000,
        None,
    ]


@pytest.mark.parametrize("combine", ["sum", "mean"])
def test_a_mean_may_be_of_categories(combine: str) -> None:
    inner = {"code": "乙", "name": "乙", "points": "10", "combine": combine, "items": [DIRECT]}
    outer = {"code": "丙", "name": "丙", "points": "10", "combine": "mean", "items": [inner]}
    assert column(agreed(scheme_of(outer), {"甲": 30000}), "total") == [30000]


@pytest.mark.parametrize("rounds", [[], [{"code": "年中", "name": "年中"}]])
def test_a_mean_of_nothing_that_applies_adds_nothing(rounds: list[dict[str, str]]) -> None:
    alone = {"code": "乙", "name": "乙", "audience": {"tags": ["山区"]}}
    mean = {"code": "丙", "name": "丙", "points": "10", "combine": "mean", "items": [alone]}
    scheme = scheme_of(DIRECT, mean, rounds=rounds)
    sheet = Sheet((Row("云溪镇", {"甲": 30000}, "年中" if rounds else ""),))
    assert differences(scheme, sheet) == []


@pytest.mark.parametrize("later", [0, 10000, None])
def test_a_veto_looks_at_the_latest_round(later: int | None) -> None:
    gate = {
        "name": "否决",
        "when": {"kind": "data", "data": "乙", "within": "≥1"},
        "effect": "zero",
    }
    rounds = [{"code": code, "name": code} for code in ("年中", "年末")]
    scheme = scheme_of(DIRECT, gates=[gate], rounds=rounds)
    rows = (
        Row("云溪镇", {"甲": 30000, "乙": 10000}, "年中"),
        Row("云溪镇", {"甲": 50000, "乙": later}, "年末"),
    )
    assert differences(scheme, Sheet(rows)) == []
    assert evaluate(scheme, Sheet(rows)).year["云溪镇"]["total"] == (40000 if later == 0 else 0)


@pytest.mark.parametrize("gap", [None, 50000])
def test_a_veto_leaves_nothing_of_a_gap_either(gap: int | None) -> None:
    gate = {
        "name": "否决",
        "when": {"kind": "data", "data": "乙", "within": "≥1"},
        "effect": "zero",
    }
    result = agreed(scheme_of(DIRECT, gates=[gate]), {"甲": gap, "乙": 10000})
    assert column(result, "total") == [0]


TOP_TIMES = {"kind": "top_times", "data": "乙", "top": 1, "scope": "all"}


def test_those_whom_an_item_does_not_concern_are_in_nobodys_way_to_the_top() -> None:
    item = {**DIRECT, "audience": {"units": ["云溪镇"]}, "rule": {"measure": TOP_TIMES}}
    result = agreed(scheme_of(item, towns=2), {"乙": 10000}, {"乙": 20000})
    assert column(result, "mark:甲") == [10000, None]


def test_groups_with_other_full_marks_are_not_compared() -> None:
    groups = [{"name": name, "units": [{"name": name}]} for name in TOWNS[:2]]
    item = {**DIRECT, "points_by_group": {"河口镇": "50"}, "rule": {"measure": TOP_TIMES}}
    result = agreed(scheme_of(item, groups=groups), {"乙": 10000}, {"乙": 20000})
    assert column(result, "mark:甲") == [10000, 10000]


def test_a_refused_gap_in_a_mean_leaves_no_total() -> None:
    mean = {"code": "丙", "name": "丙", "points": "10", "combine": "mean", "items": [DIRECT]}
    assert column(agreed(scheme_of(mean), {"甲": None}), "total") == [None]


def test_a_category_that_does_not_apply_has_no_floor() -> None:
    inner = {"code": "乙", "name": "乙", "points": "10"}
    outer = {"code": "丙", "name": "丙", "points": "10", "floor": "20%", "items": [inner]}
    scheme = scheme_of(DIRECT, {**outer, "audience": {"units": ["河口镇"]}}, towns=2)
    result = agreed(scheme, {"甲": 30000}, {"甲": 30000, "乙": 0})
    assert column(result, "total") == [30000, 50000]


def test_an_honour_is_barred_where_there_are_no_tiers() -> None:
    when = {"kind": "total", "within": "<5"}
    gate = {"name": "单项奖", "when": when, "effect": "honour", "honour": "创新奖"}
    result = agreed(scheme_of(DIRECT, towns=2, gates=[gate]), {"甲": 30000}, {"甲": 50000})
    assert column(result, "gate:0") == [1, 0]


def test_a_mark_of_nought_for_a_gap_counts_in_another_groups_mean() -> None:
    groups = [{"name": town, "units": [{"name": town}]} for town in TOWNS[:2]]
    zero = {"groups": ["云溪镇"], "rule": {"missing": {"kind": "zero"}}}
    rule = {"missing": {"kind": "other_mean", "group": "云溪镇"}}
    scheme = scheme_of({**DIRECT, "rule": rule, "variants": [zero]}, groups=groups)
    assert column(agreed(scheme, {"甲": None}, {"甲": None}), "mark:甲") == [0, 0]


def test_any_number_at_all_still_asks_for_a_number() -> None:
    premise = {"kind": "data", "data": "乙", "within": "(,)"}
    scheme = scheme_of({**DIRECT, "rule": {"only_if": premise}})
    assert column(agreed(scheme, {"甲": 50000}), "mark:甲") == [None]


@pytest.mark.parametrize(("known", "mark"), [(0, 0), (None, None), (10000, 50000)])
def test_a_premise_that_a_gap_leaves_open_makes_a_gap(known: int | None, mark: int | None) -> None:
    premise = {"kind": "not", "of": {"kind": "data", "data": "乙", "within": "<1"}}
    scheme = scheme_of({**DIRECT, "rule": {"only_if": premise}})
    assert column(agreed(scheme, {"甲": 50000, "乙": known}), "mark:甲") == [mark]


def test_bounds_that_never_end_are_exact() -> None:
    position = {"kind": "position", "of": {"kind": "reported"}, "satisfied": "1/3"}
    rule = {
        "measure": {**position, "unallowed": "0"},
        "scale": {"kind": "credit", "each": "10"},
    }
    scheme = scheme_of({**DIRECT, "points": "10", "rule": rule}, decimals=4)
    assert column(agreed(scheme, {"甲": 3333}), "mark:甲") == [99990]


@pytest.mark.parametrize(
    "rounds", [[], [{"code": "年中", "name": "年中", "weight": "0.123456789"}]]
)
def test_what_is_too_large_is_refused_in_words(rounds: list[dict[str, str]]) -> None:
    scheme = scheme_of({**DIRECT, "cap": "none"}, not_applicable="rescale", rounds=rounds)
    sheet = Sheet((Row("云溪镇", {"甲": 5 * 10**13}, "年中" if rounds else ""),))
    with pytest.raises(SchemeError, match="超出准确计算的范围"):
        evaluate(scheme, sheet)


def test_a_share_of_nothing_is_open_even_to_any_number() -> None:
    bonus = {"code": "乙", "name": "乙"}
    share = {"kind": "mark", "item": "乙", "within": "(,)", "take": "share"}
    scheme = scheme_of(bonus, {**DIRECT, "rule": {"only_if": {"kind": "not", "of": share}}})
    assert column(agreed(scheme, {"甲": 50000, "乙": 0}), "mark:甲") == [None]
