"""Places, lines, distances and consequences of the county's year, and of odd schemes."""

from fractions import Fraction
from typing import Any

import pytest

from jixiao.results.consequences import Listed, Shares, consequences
from jixiao.results.league import (
    Standing,
    all_standings,
    boundary_units,
    default_margin,
    hint,
    league,
    losses,
    summary,
)
from jixiao.results.lines import entry
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.results.tests.county import TOWNS, county, run, scheme_data, sheet_of
from jixiao.scoring.intervals import parse_interval
from jixiao.scoring.scheme import Scheme, Tier
from jixiao.scoring.sheet import Row, Sheet


def standing(result: Result, unit: str) -> Standing:
    return next(each for each in all_standings(league(result)) if each.unit == unit)


def plain(marks: dict[str, str], **changes: object) -> Result:
    """One item, one group: each unit's mark is its total."""
    data: dict[str, Any] = {
        "title": "办法",
        "full": "100",
        "decimals": 1,
        "groups": [{"name": "组", "units": [{"name": unit} for unit in marks]}],
        "items": [{"code": "A", "name": "项", "points": "100"}],
    }
    rows = tuple(Row(unit, {"A": int(Fraction(mark) * 10_000)}) for unit, mark in marks.items())
    return evaluate(Scheme.model_validate(data | changes), Sheet(rows))


def test_groups_come_in_the_schemes_order_and_units_by_place() -> None:
    towns, societies, offices = league(county())
    assert [towns.name, societies.name, offices.name] == ["乡镇园区", "群团组织", "县直部门"]
    assert [each.place for each in towns.standings] == list(range(1, 13))
    assert [len(each.standings) for each in (towns, societies, offices)] == [12, 4, 24]


def test_a_cell_has_its_mark_full_mark_and_rate() -> None:
    cell = standing(county(), "临港园区").cells[1]
    assert (cell.full, cell.rate) == (350_000, Fraction(cell.mark or 0, 350_000))


def test_the_year_stands_beside_its_rounds() -> None:
    result = county()
    found = standing(result, "云溪镇")
    first, second = (result.rounds[code]["云溪镇"] for code in result.rounds)
    main = (4 * (first["main"] or 0) + 6 * (second["main"] or 0)) // 10
    adjust = (first["adjust"] or 0) + (second["adjust"] or 0)  # added up, never weighted
    assert found.rounds == (first["total"], second["total"])
    assert found.total == main + adjust


def test_a_gate_moves_a_tier_and_says_so() -> None:
    found = standing(county(), "高新园区")
    assert (found.before, found.tier, found.moved) == ("先进", "达标", True)
    assert hint(found, 2) == "触发“弄虚作假”，按得分为先进"


def test_the_distance_to_both_lines_adds_up_to_the_tiers_width() -> None:
    found = standing(county(), "县民政局")
    assert found.better is not None
    assert found.worse is not None
    assert (found.better.gap, found.worse.gap) == (200, 199_800)
    assert found.better.words(2) == "差0.02分进“先进”"
    assert found.worse.words(2) == "高出“达标”线19.98分"


def test_boundary_units_lie_within_the_margin_nearest_first() -> None:
    near = boundary_units(league(county()), 15_000)
    assert default_margin(county()) == 5_000
    assert [each.unit for each in near[:2]] == ["县民政局", "县交通运输局"]
    assert all(min(end.gap for end in each.near(15_000)) <= 15_000 for each in near)


def test_exactly_on_the_line_is_inside_a_closed_bound_and_near_it() -> None:
    tiers = [{"name": "好", "within": "≥80"}, {"name": "差"}]
    found = standing(plain({"甲": "80", "乙": "79.9"}, tiers=tiers), "甲")
    assert (found.tier, found.worse and found.worse.gap) == ("好", 0)
    assert found.near(0) == (found.worse,)


@pytest.mark.parametrize(
    ("within", "least"), [("≥80", 800_000), (">80", 801_000), ("≥79.95", 800_000)]
)
def test_a_line_is_the_least_total_that_can_occur_inside(within: str, least: int) -> None:
    assert entry(Tier(name="好", within=parse_interval(within)), 1) == least


def test_a_used_up_quota_is_a_line_held_by_the_last_unit_inside() -> None:
    tiers = [{"name": "优秀", "quota": {"count": 2}}, {"name": "合格"}]
    result = plain({"甲": "90", "乙": "85", "丙": "84.4", "丁": "70"}, tiers=tiers)
    outside, last = standing(result, "丙"), standing(result, "乙")
    assert outside.better is not None
    assert last.worse is not None
    assert (outside.better.gap, last.worse.gap) == (6_000, 6_000)
    assert league(result)[0].lines[0].by_quota


def test_of_range_and_used_up_quota_the_higher_is_the_line() -> None:
    tiers = [{"name": "优秀", "within": "≥60", "quota": {"count": 2}}, {"name": "合格"}]
    result = plain({"甲": "90", "乙": "85", "丙": "80"}, tiers=tiers)
    assert league(result)[0].lines[0].at == 850_000


def test_an_open_quota_leaves_the_range_as_the_line() -> None:
    tiers = [{"name": "优秀", "within": "≥90", "quota": {"share": "50%"}}, {"name": "合格"}]
    result = plain({"甲": "95", "乙": "85", "丙": "80", "丁": "70"}, tiers=tiers)
    line = league(result)[0].lines[0]
    assert (line.at, line.by_quota) == (900_000, False)


def test_marks_that_suffice_are_not_called_missing() -> None:
    gates = [
        {
            "name": "门槛",
            "when": {"kind": "total", "within": "<90"},
            "effect": "bar",
            "tier": "好",
        }
    ]
    tiers = [{"name": "好", "within": "≥80"}, {"name": "差"}]
    found = standing(plain({"甲": "85"}, tiers=tiers, gates=gates), "甲")
    assert found.better is not None
    assert found.better.words(1) == "总分已到“好”线，因其他条件未评上"
    assert found.near(1_000_000) == ()


def test_a_unit_with_a_gap_stands_last_without_place_or_total() -> None:
    scheme = Scheme.model_validate(scheme_data())
    sheet = sheet_of(scheme, TOWNS.split())
    rows = tuple(
        Row(r.unit, {**r.values, "2.1": None}, r.round) if r.unit == "云溪镇" else r
        for r in sheet.rows
    )
    result = evaluate(scheme, Sheet(rows, sheet.events))
    found = league(result)[0].standings[-1]
    assert (found.unit, found.place, found.total, found.tier) == ("云溪镇", None, None, "")
    assert hint(found, 2) == "有缺项，不计总分"


def test_a_unit_without_a_row_is_named_too() -> None:
    result = run(scheme_data(), TOWNS.split())
    found = standing(result, "县财政局")
    assert (found.reported, hint(found, 2)) == (False, "记分表里没有这个单位")


def test_a_group_outside_the_ranking_has_totals_but_no_places_and_no_lines() -> None:
    data = scheme_data()
    data["groups"][1]["ranked"] = False
    group = league(run(data))[1]
    assert (group.ranked, group.lines) == (False, ())
    assert {(each.place, each.tier) for each in group.standings} == {(None, "")}
    totals = [each.total or 0 for each in group.standings]
    assert totals == sorted(totals, reverse=True)


def test_without_tiers_there_are_places_and_no_distances() -> None:
    found = standing(plain({"甲": "90", "乙": "80"}), "乙")
    assert (found.place, found.tier, found.better, found.worse) == (2, "", None, None)


def test_an_item_on_top_is_its_own_column() -> None:
    (column,) = league(plain({"甲": "90"}))[0].columns
    assert (column.name, column.full) == ("项", 1_000_000)


def test_what_does_not_apply_lowers_the_full_mark() -> None:
    data = scheme_data()
    data["items"][0]["items"][0]["audience"] = {"groups": ["县直部门"]}
    result = run(data)
    assert standing(result, "云溪镇").cells[0].full == 60_000
    assert [group.columns[0].full for group in league(result)] == [60_000, 60_000, 100_000]


def test_the_summary_counts_every_tier_and_rounds_the_mean() -> None:
    tiers = [{"name": "好", "within": "≥90"}, {"name": "差"}]
    result = plain({"甲": "80", "乙": "80.1"}, tiers=tiers)
    found = summary(result, all_standings(league(result)))
    assert (dict(found.tiers), found.untiered) == ({"好": 0, "差": 2}, 0)
    assert (found.mean, found.best, found.worst) == (801_000, 801_000, 800_000)  # 80.05 → 80.1


def test_losses_name_the_items_with_most_to_gain_first() -> None:
    found = losses(county(), "东岭乡")
    lost = [marks for _, marks in found]
    assert lost == sorted(lost, reverse=True)
    assert "领导机构" not in [item.name for item, _ in found]


def test_a_ruling_lists_its_units_with_the_reason() -> None:
    praised = consequences(county())[0]
    assert isinstance(praised, Listed)
    assert (praised.words, praised.basis) == ("评为先进", "办法第三十条")
    assert "临港园区" in praised.units
    assert "高新园区" not in praised.units


def test_a_rate_adds_up_is_capped_and_becomes_whole_places() -> None:
    rates = consequences(county())[2]
    assert isinstance(rates, Shares)
    best = next(each for each in rates.units if each.unit == "临港园区")
    assert best.steps == ("先进20%", "总分列同组前1名，增加3%", "上限22%")
    assert (best.rate, best.people, best.places) == (Fraction(22, 100), 29, 6)  # 6.38


@pytest.mark.parametrize(
    ("rounding", "cap", "places"),
    [("floor", "25%", 6), ("ceil", "25%", 7), ("half_up", "25%", 7), ("ceil", "22%", 6)],
)
def test_places_are_rounded_as_the_rate_says_but_never_beyond_the_cap(
    rounding: str, cap: str, places: int
) -> None:
    data = scheme_data()
    data["consequences"][2] = data["consequences"][2] | {"rounding": rounding, "cap": cap}
    rates = consequences(run(data))[2]
    assert isinstance(rates, Shares)
    assert next(each.places for each in rates.units if each.unit == "临港园区") == places


def test_without_a_head_count_there_are_no_places() -> None:
    rate = {"kind": "rate", "name": "比例", "by_tier": {}, "untiered": "1/3"}
    found = consequences(plain({"甲": "90"}, consequences=[rate]))[0]
    assert isinstance(found, Shares)
    assert (found.units[0].rate, found.units[0].places) == (Fraction(1, 3), None)
    assert found.units[0].steps == ("无等次1/3",)
