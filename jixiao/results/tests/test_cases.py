"""Can the language say every real rule, and are the figures those worked out by hand?

A case is a file in ``scoring/cases``: one construct (C01–C65), one situation, a source, a scheme in
Chinese, the facts, and the expected figures with their arithmetic, computed from the source.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jixiao.results.consequences import Listed, Shares, consequences
from jixiao.results.explain import Explanation, explain_unit
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.schemes.exchange.words import from_words
from jixiao.schemes.exchange.yaml_view import parse
from jixiao.scoring.check import check, errors
from jixiao.scoring.columns import data_columns, data_item
from jixiao.scoring.events import Event
from jixiao.scoring.inputs import input_keys
from jixiao.scoring.names import Register
from jixiao.scoring.numbers import SCALE, number_text, parse_number, scaled
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row, Sheet

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "jixiao" / "scoring" / "cases").glob("*.yaml"))
CONSTRUCTS = [f"C{number:02}" for number in range(1, 66)]

Plain = Mapping[str, Any]
"""Plain data of a YAML text: texts, lists and mappings with Chinese keys."""

each_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


# ------------------------------------------------------------------ reading a case


@cache
def words_of(path: Path) -> Plain:
    """The plain data of a case file."""
    found = parse(path.read_bytes())
    assert found.problems == []
    assert isinstance(found.data, dict)
    return found.data


@cache
def scheme_of(path: Path) -> Scheme:
    """The scheme of a case, through the same words as the YAML view."""
    return from_words(Scheme, words_of(path)["办法"])


@cache
def result_of(path: Path) -> Result:
    """The case's scheme applied to its facts."""
    return evaluate(scheme_of(path), sheet_of(scheme_of(path), words_of(path)))


def sheet_of(scheme: Scheme, words: Plain) -> Sheet:
    """The facts as a mark sheet: units by any of their names, values by data item."""
    names = {given: unit_of(scheme, given) for given in words["事实"]}
    rows = tuple(
        Row(names[given], values_of(scheme, values), code)
        for given, facts in words["事实"].items()
        for code, values in (facts.items() if scheme.rounds else [("", facts)])
    )
    events = tuple(
        from_words(Event, {**event, "单位": unit_of(scheme, event["单位"])})
        for event in words.get("事项", [])
    )
    history = {
        unit_of(scheme, given): tuple(tiers) for given, tiers in words.get("历年等次", {}).items()
    }
    return Sheet(rows, events, history)


def unit_of(scheme: Scheme, name: str) -> str:
    """The official name of a unit called by any name."""
    found = Register.of(scheme).find(name)
    assert found, f"办法里没有单位“{name}”"
    return found


def values_of(scheme: Scheme, facts: Plain) -> dict[str, int | None]:
    """Values in ten-thousandths; a list gives the periods; a fact nobody asks for is a mistake."""
    assert set(facts) <= set(input_keys(scheme)), f"办法没有要这些数：{facts}"
    found: dict[str, int | None] = {}
    for key, given in facts.items():
        data = data_item(scheme, key)
        texts = given if isinstance(given, list) else [given]
        numbers = [data.choices[text] if text in data.choices else _number(text) for text in texts]
        found |= {
            column: None if number is None else scaled(number)
            for column, number in zip(data_columns(data), numbers, strict=True)
        }
    return found


def _number(text: str) -> Fraction | None:
    return None if text == "缺" else parse_number(text)


# ------------------------------------------------------------------ reading the result


def figures(result: Result, unit: str, wanted: Plain) -> dict[str, Any]:
    """What the engine found of what a case expects of a unit, in the case's own words."""
    asked = {word: each for word, each in wanted.items() if word != "算式"}
    return {word: READERS[word](result, unit, each) for word, each in asked.items()}


def normal(expected: Any) -> Any:  # noqa: ANN401 - plain data
    """Expected figures with one spelling for each number; 算式 is for people."""
    if isinstance(expected, dict):
        return {key: normal(each) for key, each in expected.items() if key != "算式"}
    try:
        return number_text(parse_number(expected))
    except ValueError:
        return expected


def _mark(value: int | None) -> str:
    return "缺" if value is None else number_text(Fraction(value, SCALE))


def _marks(result: Result, unit: str, wanted: Plain) -> Plain:
    return {code: _mark(result.year[unit][f"mark:{code}"]) for code in wanted}


def _rounds(result: Result, unit: str, wanted: Plain) -> Plain:
    return {
        code: {word: _mark(result.rounds[code][unit][f"mark:{word}"]) for word in each}
        for code, each in wanted.items()
    }


def _gates(result: Result, unit: str, wanted: Plain) -> Plain:
    places = {gate.name: place for place, gate in enumerate(result.scheme.gates)}
    marks = result.year[unit]
    return {name: "是" if marks[f"gate:{places[name]}"] else "否" for name in wanted}


def _rulings(result: Result, unit: str, wanted: Plain) -> Plain:
    found = {each.name: each for each in consequences(result)}
    return {name: _consequence(found[name], unit) for name in wanted}


def _consequence(found: Listed | Shares, unit: str) -> str | Plain:
    if isinstance(found, Listed):
        return "是" if unit in found.units else "否"
    share = next(each for each in found.units if each.unit == unit)
    return {"比例": number_text(share.rate), "名额": str(share.places)}


READERS: Mapping[str, Callable[[Result, str, Any], Any]] = {
    "得分": _marks,
    "总分": lambda result, unit, _: _mark(result.year[unit]["total"]),
    "加扣分": lambda result, unit, _: _mark(result.year[unit]["adjust"]),
    "名次": lambda result, unit, _: str(result.year[unit]["rank"] or "缺"),
    "全体名次": lambda result, unit, _: str(result.year[unit]["rank_all"] or "缺"),
    "等次": lambda result, unit, _: result.tier_of(unit),
    "门槛": _gates,
    "结果运用": _rulings,
    "轮次": _rounds,
}
"""How each expected figure is read off the result."""


# ------------------------------------------------------------------ the tests


@each_case
def test_the_scheme_is_sound_and_warns_only_of_what_the_case_says(path: Path) -> None:
    remarks = check(scheme_of(path))
    expected = words_of(path).get("应有提醒", [])
    assert errors(remarks) == ()
    assert len(remarks) == len(expected), remarks
    assert [text for text in expected if not any(text in str(each) for each in remarks)] == []


@each_case
def test_every_figure_is_the_one_worked_out_by_hand(path: Path) -> None:
    result, expected = result_of(path), words_of(path)["应得"]
    units = {given: unit_of(result.scheme, given) for given in expected}
    found = {given: figures(result, units[given], each) for given, each in expected.items()}
    assert found == normal(expected)


@each_case
def test_the_explanation_ends_with_the_mark(path: Path) -> None:
    result = result_of(path)
    explained = [each for unit in result.year for each in explain_unit(result, unit)]
    assert [each for each in explained if said(each) != each.mark] == []


def said(explanation: Explanation) -> int:
    """The mark that the last figures of an explanation give, in ten-thousandths.

    The events of an item are listed one by one: their points add up to the mark.
    """
    ends = [(step, re.search(r"([-−]?[\d.]+)分$", step)) for step in explanation.steps]
    points = [(step, parse_number(found[1])) for step, found in ends if found]
    events = [each for step, each in points if re.search("：.*＝", step)]
    last = [each for _, each in points[-1:]]
    return scaled(sum(events if last == events[-1:] else last, Fraction(0)))


@each_case
def test_a_case_names_its_source_and_shows_its_arithmetic(path: Path) -> None:
    words = words_of(path)
    assert all(words.get(key) for key in ("构造", "出处", "说明"))
    assert path.stem.split("_")[0] in words["构造"]
    assert set(words["构造"]) <= set(CONSTRUCTS)
    assert [unit for unit, each in words["应得"].items() if not each.get("算式")] == []


def rows_of_the_table() -> list[list[str]]:
    """The rows of docs/constructs.md that open with a construct."""
    text = (ROOT / "docs" / "constructs.md").read_text("utf-8")
    rows = [
        line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| C\d\d", line)
    ]
    return [[cell.strip() for cell in row] for row in rows]


def test_the_table_of_constructs_names_each_exactly_once() -> None:
    assert [row[0].split()[0] for row in rows_of_the_table()] == CONSTRUCTS


def test_the_table_names_cases_that_exist_and_show_the_construct() -> None:
    named = {row[0].split()[0]: re.findall(r"`(C[\w.]+)`", row[-1]) for row in rows_of_the_table()}
    cases = {path.stem: words_of(path)["构造"] for path in CASES}
    assert {name for names in named.values() for name in names} == set(cases)
    wrong = [(c, name) for c, names in named.items() for name in names if c not in cases[name]]
    assert wrong == []
    assert [construct for construct, names in named.items() if not names] == ["C60"]
