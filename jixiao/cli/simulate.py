"""jixiao simulate: whose tier moves under another scheme, by how much, and why?"""

import argparse
from pathlib import Path

from jixiao.cli.files import json_option, load_sheet, sound_scheme
from jixiao.cli.output import OK, BadInputError, say, say_json, step
from jixiao.insights.simulate import Move, moves
from jixiao.results.pipeline import evaluate
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.scheme import SchemeError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SCHEME_A SCHEME_B SHEET."""
    parser.add_argument("old", metavar="原办法", type=Path, help="现行办法")
    parser.add_argument("new", metavar="新办法", type=Path, help="拟改的办法")
    parser.add_argument("sheet", metavar="记分表", type=Path, help="按两个办法各算一遍的记分表")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate the sheet under both schemes and print who moves."""
    quiet = arguments.json
    results = []
    for path in (arguments.old, arguments.new):
        with step(f"按{path.name}计分", quiet=quiet):
            scheme = sound_scheme(path, quiet=True)
            sheet = load_sheet(scheme, arguments.sheet, imports=[], quiet=True)
            try:
                results.append(evaluate(scheme, sheet))
            except SchemeError as error:
                raise BadInputError([error]) from None
    found = moves(*results)
    if quiet:
        say_json([_plain(move) for move in found])
        return OK
    places = results[1].scheme.decimals
    moved = [move for move in found if move.has_moved]
    say(
        f"{len(found)}个单位中，{len(moved)}个等次有变："
        if moved
        else f"{len(found)}个单位等次都不变"
    )
    for move in moved:
        say(
            f"  {move.unit}：{move.old_tier or '—'} → {move.new_tier or '—'}，{_change(move, places)}"
        )
    others = [move for move in found if not move.has_moved and move.difference]
    if others:
        say("等次不变、得分有变的（变动大的在前）：")
    for move in others[:10]:
        say(f"  {move.unit}：{_change(move, places)}")
    return OK


def _change(move: Move, places: int) -> str:
    why = f"；{'，'.join(move.reasons[:4])}" if move.reasons else ""
    old, new = mark_text(move.old_total, places), mark_text(move.new_total, places)
    return f"{old} → {new}，名次 {move.old_place or '—'} → {move.new_place or '—'}{why}"


def _plain(move: Move) -> dict[str, object]:
    return {**vars(move), "difference": move.difference, "moved": move.has_moved}
