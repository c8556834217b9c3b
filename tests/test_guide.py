"""The guide's ten worked rules are true: every 试算 in docs/guides/写办法.md is computed here."""

import re
from pathlib import Path
from typing import Any

import pytest

from jixiao.results.pipeline import evaluate
from jixiao.schemes.exchange.words import from_words
from jixiao.schemes.exchange.yaml_view import parse, read_yaml
from jixiao.scoring.check import check, errors
from jixiao.scoring.events import Event
from jixiao.scoring.numbers import parse_number, scaled
from jixiao.scoring.scheme import Item, Scheme
from jixiao.scoring.sheet import Row, Sheet

GUIDE = (Path(__file__).parent.parent / "docs" / "guides" / "写办法.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
RULES = [parse(block).data for block in BLOCKS if block.startswith("项目")]


def scheme_of(rule: dict[str, Any]) -> Scheme:
    item = from_words(Item, rule["项目"])
    units = [{"name": f"单位{n}"} for n, _ in enumerate(rule["试算"])]
    keys = {key for trial in rule["试算"] for key in trial.get("填报", {})} - {item.code}
    whole = {"code": "0", "name": "其余", "points": "1", "rule": {"missing": {"kind": "zero"}}}
    inside = item.events is None
    return Scheme.model_validate(
        {
            "title": "试算",
            "full": "100",
            "decimals": 1,
            "groups": [{"name": "组", "units": units}],
            "data": [{"key": key} for key in sorted(keys)],
            "items": [item if inside else whole],
            "adjustments": [] if inside else [item],
        }
    )


def sheet_of(rule: dict[str, Any], code: str) -> Sheet:
    rows, events = [], []
    for n, trial in enumerate(rule["试算"]):
        given = trial.get("填报", {})
        rows.append(Row(f"单位{n}", {key: scaled(parse_number(v)) for key, v in given.items()}))
        for event in trial.get("事项", []):
            words = {**event, "单位": f"单位{n}", "项目": code}
            events.append(from_words(Event, words))
    return Sheet(tuple(rows), tuple(events))


def test_the_guide_has_ten_worked_rules() -> None:
    assert len(RULES) == 10


@pytest.mark.parametrize("rule", RULES, ids=[rule["项目"]["名称"] for rule in RULES])
def test_a_worked_rule_gives_the_marks_it_says(rule: dict[str, Any]) -> None:
    scheme = scheme_of(rule)
    assert errors(check(scheme)) == ()
    code = rule["项目"]["编码"]
    result = evaluate(scheme, sheet_of(rule, code))
    found = [marks[f"mark:{code}"] for marks in result.year.values()]
    assert found == [scaled(parse_number(trial["得分"])) for trial in rule["试算"]]


def test_the_smallest_scheme_is_complete() -> None:
    smallest = next(block for block in BLOCKS if block.startswith("名称"))
    assert check(read_yaml(smallest)) == ()
