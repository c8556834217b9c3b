"""Does trying a rule on the page give what the engine gives?"""

import re
from pathlib import Path
from typing import Any

import pytest

from jixiao.schemes.exchange.words import from_words
from jixiao.schemes.exchange.yaml_view import parse
from jixiao.schemes.tests.factories import scheme
from jixiao.schemes.trial import UNITS, trial
from jixiao.scoring.measures import Relative
from jixiao.scoring.numbers import parse_number
from jixiao.scoring.scheme import Item, Scheme

GUIDE = Path("docs/guides/写办法.md").read_text("utf-8")
RULES = [
    data
    for block in re.findall(r"```yaml\n(项目.*?)```", GUIDE, re.DOTALL)
    if "填报" in str((data := parse(block).data)["试算"])
]


def alone(item: Item, **changed: Any) -> Scheme:
    return scheme(items=[item.model_dump(mode="json", exclude_defaults=True)], data=[], **changed)


def given(rule: dict[str, Any]) -> dict[str, str]:
    return {
        f"试算.{name}.{key}": number
        for name, each in zip(UNITS, rule["试算"], strict=False)
        for key, number in each["填报"].items()
    }


@pytest.mark.parametrize("rule", RULES, ids=[rule["项目"]["名称"] for rule in RULES])
def test_the_guides_figures_come_out(rule: dict[str, Any]) -> None:
    item = from_words(Item, rule["项目"])
    is_relative = isinstance(item.rule_for("").measure, Relative)
    for first in range(1 if is_relative else len(rule["试算"])):
        told = rule["试算"] if is_relative else [rule["试算"][first]]
        tried = trial(alone(item), item, group="乡镇", given=given({"试算": told}))
        marks = [parse_number(row.mark) for row in tried.rows if row.mark]
        assert marks == [parse_number(each["得分"]) for each in told]


def item(**rule: Any) -> Item:
    return Item.model_validate({"code": "1", "name": "报送", "points": "12", "rule": rule})


def tried(one: Item, **answers: str) -> tuple[str, str]:
    named = {f"试算.甲.{key}": text for key, text in answers.items()}
    row = trial(alone(one), one, group="乡镇", given=named).rows[0]
    return row.mark, row.steps


def test_the_arithmetic_is_shown() -> None:
    deduct = item(scale={"kind": "deduct", "each": "0.5"})
    assert tried(deduct, **{"1": "3"}) == ("10.5", "12−3×0.5=10.5")
    ratio = item(
        measure={"kind": "ratio", "numerator": [{"data": "a"}], "denominator": [{"data": "b"}]},
        scale={"kind": "proportional"},
    )
    assert tried(ratio, a="7", b="9") == ("9.3", "7÷9≈0.7778 → 0.7778×12≈9.3333")


def test_a_bound_is_named() -> None:
    assert tried(item(scale={"kind": "deduct", "each": "5"}), **{"1": "9"})[1].endswith("保底")


def test_events_are_tried_by_their_levels() -> None:
    table = {"levels": {"省级": "2", "市级": "1"}, "requires": ["document", "notice", "signature"]}
    bonus = Item.model_validate(
        {"code": "加", "name": "表彰", "cap": "3", "events": table, "rule": {"measure": {"kind": "events"}}}
    )  # fmt: skip
    found = scheme(adjustments=[bonus.model_dump(mode="json", exclude_defaults=True)])
    answers = {"试算.甲.省级": "1", "试算.甲.市级": "5"}
    assert trial(found, bonus, group="乡镇", given=answers).rows[0].mark == "3.0"


@pytest.mark.parametrize("text", ["三次", "1e9", "9" * 12, "1.23456", "nan"])
def test_what_is_no_figure_is_told(text: str) -> None:
    found = trial(alone(item()), item(), group="乡镇", given={"试算.甲.1": text})
    assert found.problem
    assert found.rows[0].mark == ""


def test_nothing_filled_in_gives_no_mark() -> None:
    assert trial(alone(item()), item(), group="乡镇", given={}).rows[0].mark == ""


def test_what_other_items_decide_is_left_out() -> None:
    gated = item(only_if={"kind": "mark", "item": "9", "within": "≥1"})
    found = trial(alone(gated), gated, group="乡镇", given={"试算.甲.1": "8"})
    assert (found.rows[0].mark, found.note) == ("8.0", "试算不看前提")
