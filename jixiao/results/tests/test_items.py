"""Which items tell units apart: counted by hand."""

from fractions import Fraction

import pytest

from jixiao.results.items import ItemStatistics, item_statistics, percent
from jixiao.results.pipeline import evaluate
from jixiao.results.tests.county import county
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row, Sheet


def statistics(*groups: list[int | None], **changes: object) -> ItemStatistics:
    """One item of 10 points; each list holds the marks of one group."""
    names = [[f"单位{i}之{j}" for j, _ in enumerate(group)] for i, group in enumerate(groups)]
    missing = {"missing": {"kind": "not_applicable"}}
    data = {
        "title": "办法",
        "full": "10",
        "groups": [
            {"name": f"组{i}", "units": [{"name": name} for name in each]}
            | changes.get(f"组{i}", {})
            for i, each in enumerate(names)
        ],
        "items": [{"code": "A", "name": "项", "points": "10", "rule": missing}],
    }
    rows = [
        Row(name, {"A": None if mark is None else mark * 10_000})
        for each, group in zip(names, groups, strict=True)
        for name, mark in zip(each, group, strict=True)
    ]
    (found,) = item_statistics(evaluate(Scheme.model_validate(data), Sheet(tuple(rows))))
    return found


def test_rates_and_shares_are_exact() -> None:
    found = statistics([10, 10, 5, 0, None])
    assert (found.units, found.full, found.zero) == (4, 2, 1)
    assert (found.mean, found.spread) == (Fraction(5, 8), 1)
    assert (found.full_share, found.zero_share) == (Fraction(1, 2), Fraction(1, 4))
    assert found.separates


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ([10] * 4, "4个单位全部得满分，没有区分度"),
        ([7] * 4, "4个单位都得7.0分，没有区分度"),
        ([10] * 10 + [2], "11个单位中10个得满分，拉不开差距"),
        ([0] * 10 + [2], "11个单位中10个得零分，拉不开差距"),
        ([10] * 9 + [2], ""),
        ([9, 8, 7], ""),
        ([7], ""),
    ],
)
def test_why_an_item_does_not_tell_units_apart(marks: list[int | None], why: str) -> None:
    assert statistics(marks).why(1) == why


def test_only_differences_inside_a_group_count() -> None:
    found = statistics([9, 9], [7, 7])
    assert (found.spread, found.separates) == (0, False)
    assert found.why(1) == "同组各单位得分都一样，没有区分度"


def test_groups_outside_the_ranking_do_not_count() -> None:
    assert statistics([9, 9], [1, 7], 组1={"ranked": False}).units == 2


def test_the_county_has_one_item_where_everybody_is_alike() -> None:
    flat = [each for each in item_statistics(county()) if not each.separates]
    assert [(each.number, each.name) for each in flat] == [("1.1", "领导机构")]
    assert len(item_statistics(county())) == 13


def test_a_share_is_said_with_one_decimal_at_most() -> None:
    assert [percent(Fraction(*each)) for each in ((2, 3), (1, 2), (1, 1))] == [
        "66.7%",
        "50%",
        "100%",
    ]
