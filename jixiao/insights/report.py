"""What does a leader read of a result? One HTML page: offline, printable, without any script."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jixiao.insights.charts import histograms
from jixiao.results.consequences import Share, Shares, consequences
from jixiao.results.items import item_statistics, percent
from jixiao.results.league import (
    Cell,
    GroupLeague,
    Standing,
    all_standings,
    boundary_units,
    default_margin,
    hint,
    league,
    losses,
    summary,
)
from jixiao.results.lines import Line
from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, mark_text, number_text
from jixiao.scoring.sentences import gate_words

WARMTH = ((Fraction(9, 10), "r90"), (Fraction(8, 10), "r80"), (Fraction(7, 10), "r70"))
LOW = Fraction(6, 10)
"""Mark rates and the shades of the heat map; below LOW a cell also carries a triangle."""
MOST_LOSSES = 3
WIDE = 7
"""With more top items than this the page is printed across."""


@dataclass(frozen=True)
class Stretch:
    """The units above a tier line (or below the last one), and the line that closes them."""

    standings: tuple[Standing, ...]
    line: Line | None
    above: int
    """How many units of the group stand on or above the line."""


def write_report(result: Result, path: Path) -> None:
    """Write the page; the same result gives the same bytes. OSError as ``Path.write_text``."""
    path.write_text(report(result), encoding="utf-8", newline="\n")


def report(result: Result) -> str:
    """The whole page as text; every name of the scheme and the sheet is escaped."""
    decimals = result.scheme.decimals
    pages = Environment(
        loader=PackageLoader("jixiao.insights", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {
        "mark": lambda value: mark_text(value, decimals),
        "points": lambda value: number_text(Fraction(value, SCALE)),
        "number": number_text,
        "percent": percent,
        "warmth": warmth,
        "hint": lambda standing: hint(standing, decimals),
    }
    return pages.get_template("report.html").render(_content(result))


def warmth(cell: Cell) -> str:
    """The shade of a cell of the heat map by its mark rate; empty where there is no rate."""
    if cell.rate is None:
        return ""
    found = (shade for least, shade in WARMTH if cell.rate >= least)
    return next(found, "r60" if cell.rate >= LOW else "low")


def stretches(group: GroupLeague) -> tuple[Stretch, ...]:
    """The group's standings cut by its tier lines; units without a total stand below all lines."""
    rest = list(group.standings)
    found: list[Stretch] = []
    for line in sorted(group.lines, key=lambda each: -each.at):
        upper = [each for each in rest if each.total is not None and each.total >= line.at]
        rest = [each for each in rest if each not in upper]
        above = sum(len(each.standings) for each in found) + len(upper)
        found.append(Stretch(tuple(upper), line, above))
    return (*found, Stretch(tuple(rest), None, len(group.standings)))


def _content(result: Result) -> dict[str, Any]:
    leagues, margin = league(result), default_margin(result)
    standings = all_standings(leagues)
    tiers = [tier.name for tier in result.scheme.tiers]
    statistics = item_statistics(result)
    return {
        "css": Markup((files("jixiao.insights") / "report.css").read_text("utf-8")),  # noqa: S704 - ours
        "scheme": result.scheme,
        "engine": result.engine,
        "digests": result.as_json()["digests"],
        "tiers": tiers,
        "shapes": _shapes(tiers),
        "groups": [(each, summary(result, each.standings), stretches(each)) for each in leagues],
        "charts": histograms(leagues, tiers),
        "whole": summary(result, standings),
        "margin": margin,
        "boundary": [(each, _losses(result, each)) for each in boundary_units(leagues, margin)],
        "statistics": statistics,
        "flat": [each for each in statistics if not each.separates],
        "gates": _gates(result, standings),
        "consequences": [(each, _by_rate(each)) for each in consequences(result)],
        "gaps": [each for each in standings if each.total is None],
        "wide": max(len(each.columns) for each in leagues) > WIDE if leagues else False,
    }


def _shapes(tiers: list[str]) -> dict[str, str]:
    """How a tier's badge is drawn: first solid, last dashed, the others outlined."""
    shapes = dict.fromkeys(tiers, "middle") | dict.fromkeys(tiers[-1:], "last")
    return shapes | dict.fromkeys(tiers[:1], "best")


def _losses(result: Result, standing: Standing) -> str:
    """Where most marks are still to be had."""
    decimals = result.scheme.decimals
    found = losses(result, standing.unit)[:MOST_LOSSES]
    return "、".join(f"{item.name}失{mark_text(lost, decimals)}分" for item, lost in found)


def _gates(result: Result, standings: Iterable[Standing]) -> list[tuple[Any, ...]]:
    every = list(standings)
    return [
        (gate, gate_words(result.scheme, gate), [each for each in every if gate in each.gates])
        for gate in result.scheme.gates
    ]


def _by_rate(each: object) -> list[tuple[Fraction, str, list[Share]]]:
    """The units of a rate put together where the rate came about in the same way, highest first."""
    if not isinstance(each, Shares):
        return []

    def key(share: Share) -> tuple[Fraction, tuple[str, ...]]:
        return -share.rate, share.steps

    runs: Iterator[Any] = groupby(sorted(each.units, key=key), key=key)
    return [(-rate, "，".join(steps), list(shares)) for (rate, steps), shares in runs]
