"""What do earlier figures give under another scheme? Small counties, worked out by hand."""

from typing import Any

import pytest

from jixiao.insights.rerun import rerun
from jixiao.insights.simulate import moves
from jixiao.results.pipeline import evaluate
from jixiao.scoring.scheme import Scheme, SchemeError
from jixiao.scoring.sheet import Row, Sheet

TIERS = [{"name": "先进", "within": "≥80"}, {"name": "达标", "within": "<80"}]


def scheme(*items: dict[str, Any], **changed: Any) -> Scheme:
    """A scheme of two units; an item is its code and its points."""
    units = [{"name": "甲镇"}, {"name": "乙镇"}]
    return Scheme.model_validate(
        {
            "title": "办法", "full": "100", "decimals": 1, "tiers": TIERS,
            "groups": [{"name": "乡镇", "units": units}],
            "items": [{"name": "项", **item} for item in items], **changed,
        }
    )  # fmt: skip


def sheet(**marks: tuple[int, ...]) -> Sheet:
    """Marks of items a, b by unit."""
    return Sheet(
        tuple(
            Row(unit, {code: mark * 10_000 for code, mark in zip("ab", found, strict=False)})
            for unit, found in marks.items()
        )
    )


OLD = scheme({"code": "a", "points": "60"}, {"code": "b", "points": "40"})
MARKS = sheet(甲镇=(60, 15), 乙镇=(40, 40))


def test_other_weights_move_the_tier_of_whoever_they_hit() -> None:
    deduct = {
        "measure": {"kind": "reported", "data": "b"},
        "scale": {"kind": "credit", "each": "0.5"},
    }
    new = scheme({"code": "a", "points": "60"}, {"code": "b", "points": "40", "rule": deduct})
    before, after = evaluate(OLD, MARKS), rerun(new, MARKS)
    first, *_ = moves(before, after.result)
    assert (first.unit, first.old_tier, first.new_tier) == ("乙镇", "先进", "达标")
    assert after.left_out == ()


def test_an_item_without_earlier_figures_is_left_out_and_moves_nobody() -> None:
    new = scheme(
        {"code": "a", "points": "45"}, {"code": "b", "points": "30"}, {"code": "c", "points": "25"}
    )
    marks = sheet(甲镇=(45, 15), 乙镇=(30, 30))
    found = rerun(new, marks)
    assert [item.code for item in found.left_out] == ["c"]
    totals = {unit: row["total"] for unit, row in found.result.year.items()}
    assert totals == {"甲镇": 800_000, "乙镇": 800_000}


def test_units_that_only_one_knows_are_left_out() -> None:
    new = scheme(
        {"code": "a", "points": "100"}, groups=[{"name": "乡镇", "units": [{"name": "甲镇"}]}]
    )
    assert list(rerun(new, MARKS).result.year) == ["甲镇"]


@pytest.mark.parametrize(
    "changed",
    [{"rounds": [{"code": "半年", "name": "半年"}]}, {"groups": [{"name": "乡镇", "units": ["丙镇"]}]}],
    ids=["other rounds", "other units"],
)  # fmt: skip
def test_a_sheet_that_does_not_fit_is_refused_in_words(changed: dict[str, Any]) -> None:
    if "groups" in changed:
        changed = {"groups": [{"name": "乡镇", "units": [{"name": "丙镇"}]}]}
    with pytest.raises(SchemeError, match="不能试算"):
        rerun(scheme({"code": "a", "points": "100"}, **changed), MARKS)


def test_a_gate_that_closes_now_is_the_first_reason() -> None:
    gate = {
        "name": "乙项不足", "effect": "lowest", "basis": "第一条",
        "when": {"kind": "mark", "item": "b", "within": "<20"},
    }  # fmt: skip
    marks = sheet(甲镇=(60, 19), 乙镇=(60, 40))
    new = scheme({"code": "a", "points": "60"}, {"code": "b", "points": "40"}, gates=[gate])
    lenient = scheme({"code": "a", "points": "60"}, {"code": "b", "points": "40"}, tiers=[
        {"name": "先进", "within": "≥70"}, {"name": "达标", "within": "<70"},
    ])  # fmt: skip
    first, *_ = moves(evaluate(lenient, marks), rerun(new, marks).result)
    assert (first.unit, first.reasons[0]) == ("甲镇", "碰到“乙项不足”")
