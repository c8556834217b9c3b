"""jixiao explain: why did this unit get this mark?"""

import argparse
from pathlib import Path

from jixiao.cli.files import json_option, load_result
from jixiao.cli.output import OK, BadInputError, say, say_json
from jixiao.results.explain import Explanation, explain_unit, find_items
from jixiao.results.explain_year import total_words, year_words
from jixiao.results.result import Result
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.names import Register
from jixiao.scoring.numbers import mark_text, number_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RESULT UNIT [ITEM]."""
    parser.add_argument("result", metavar="结果", type=Path, help="结果.json")
    parser.add_argument("unit", metavar="单位", help="单位名称或别名")
    parser.add_argument("item", metavar="项目", nargs="?", help="项目编码或名称，不写则全部")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of one item, or of all."""
    result = load_result(arguments.result)
    register = Register.of(result.scheme)
    unit = register.find(arguments.unit)
    if unit is None or unit not in result.year:
        raise BadInputError([register.complaint(arguments.unit)])
    wanted = None
    if arguments.item:
        wanted = {item.code for item in find_items(result.scheme, arguments.item)}
        if not wanted:
            raise BadInputError([f"办法里没有项目“{arguments.item}”，请写编码或名称"])
    found = [each for each in explain_unit(result, unit) if wanted is None or each.code in wanted]
    if arguments.json:
        say_json({"unit": unit, "items": [_plain(each) for each in found]})
        return OK
    _print(result, unit, found)
    return OK


def _print(result: Result, unit: str, found: list[Explanation]) -> None:
    places, marks = result.scheme.decimals, result.year[unit]
    tier = result.tier_of(unit)
    place = f"，{result.group_of(unit)}第{marks['rank']}名" if marks["rank"] else ""
    say(f"{unit}：总分{mark_text(marks['total'], places)}{place}{f'，{tier}' if tier else ''}")
    rounds = {each.code: each.name for each in result.scheme.rounds}
    say(f"总分的组成：{total_words(result, unit)}")
    items = {item.code: item for item in all_leaves(result.scheme)}
    for code in dict.fromkeys(each.code for each in found):
        for each in (one for one in found if one.code == code):
            _print_one(each, rounds, places)
        if made := year_words(result, unit, items[code]):
            say(f"  {made}")


def _print_one(each: Explanation, rounds: dict[str, str], places: int) -> None:
    where = f"〔{rounds[each.round]}〕" if each.round in rounds else ""
    full = f"／{number_text(each.full)}" if each.full else ""
    say(f"\n{where}{each.code} {each.name}：{mark_text(each.mark, places)}{full}")
    say(f"  规则：{each.rule}")
    if each.inputs:
        say(f"  填报：{'，'.join(f'{name} {value}' for name, value in each.inputs)}")
    for number, text in enumerate(each.steps, start=1):
        say(f"  {number}. {text}")


def _plain(each: Explanation) -> dict[str, object]:
    return {
        "round": each.round,
        "code": each.code,
        "name": each.name,
        "full": number_text(each.full),
        "mark": each.mark,
        "rule": each.rule,
        "inputs": dict(each.inputs),
        "steps": list(each.steps),
    }
