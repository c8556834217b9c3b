"""How are totals spread? A histogram of one group as an SVG that is the same everywhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import vl_convert

from jixiao.results.league import GroupLeague
from jixiao.scoring.numbers import SCALE

WIDTH, HEIGHT = 420, 200
PLOT = {"top": 40, "bottom": 24, "left": 12, "right": 12}
BEST, MIDDLE, LAST, PLAIN = "#0E5263", "#9DBFCA", "#C77C11", "#5F8C9B"
"""Fills of bars; the report's style sheet replaces them by its own colours, light or dark."""
INK, RULE = "#1A2530", "#8A97A1"
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
"""Widths of bars in points; the first with at most MOST bars is taken."""
MOST = 14


def distributions(leagues: Iterable[GroupLeague], tiers: Sequence[str]) -> tuple[str, ...]:
    """One SVG a group, on one scale so that groups compare; empty where a group has no totals."""
    groups = list(leagues)
    totals = [each.total for group in groups for each in group.standings if each.total is not None]
    if not totals:
        return tuple("" for _ in groups)
    edges = _edges([*totals, *(line.at for group in groups for line in group.lines)])
    return tuple(_svg(spec(group, tiers, edges)) for group in groups)


def spec(group: GroupLeague, tiers: Sequence[str], edges: range) -> dict[str, Any]:
    """The Vega-Lite document of one group's histogram; ``edges`` in ten-thousandths."""
    lines = [{"at": _points(line.at), "tier": line.tier} for line in group.lines]
    x = {"field": "from", "type": "quantitative", "title": None}
    scale = {"domain": [_points(edges[0]), _points(edges[-1])], "nice": False}
    axis = {
        "grid": False,
        "ticks": False,
        "domainColor": RULE,
        "labelColor": INK,
        "labelFontSize": 12,
        "tickCount": 6,
    }
    rows = _bars(group, tiers, edges)
    bars = {
        "mark": {"type": "bar", "binSpacing": 3},
        "encoding": {
            "x": x | {"bin": "binned", "scale": scale, "axis": axis},
            "x2": {"field": "to"},
            "y": {"field": "base", "type": "quantitative", "axis": None, "scale": _heights(rows)},
            "y2": {"field": "top"},
            "color": {"field": "fill", "type": "nominal", "scale": None},
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH - PLOT["left"] - PLOT["right"],
        "height": HEIGHT - PLOT["top"] - PLOT["bottom"],
        "padding": PLOT,
        "autosize": "none",  # sizes must not depend on the fonts of the machine
        "background": None,
        "data": {"values": rows},
        "layer": [bars, _counts(), *_rules(lines)],
        "config": {"view": {"stroke": None}, "aria": False, "font": "sans-serif"},
    }


def _heights(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A single unit in a small group is a low column, not a tower."""
    return {"domain": [0, max([4, *(row["top"] for row in rows)])], "nice": False}


def _counts() -> dict[str, Any]:
    """How many units each column holds, above it."""
    return {
        "transform": [{"filter": "datum.total > 0"}],
        "mark": {"type": "text", "dy": -7, "fontSize": 13, "color": INK},
        "encoding": {
            "x": {"field": "middle", "type": "quantitative"},
            "y": {"field": "total", "type": "quantitative"},
            "text": {"field": "total"},
        },
    }


def _rules(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    at = {"x": {"field": "at", "type": "quantitative"}}
    label = {"type": "text", "y": -28, "fontSize": 13, "color": INK}
    return [
        {
            "data": {"values": lines},
            "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK, "y": -18, "y2": "height"},
            "encoding": at,
        },
        {"data": {"values": lines}, "mark": label, "encoding": at | {"text": {"field": "tier"}}},
    ]


def _bars(group: GroupLeague, tiers: Sequence[str], edges: range) -> list[dict[str, Any]]:
    """Columns stacked by tier; the whole column's height stands on its uppermost part."""
    width = edges.step
    found = Counter(
        (each.total - (each.total - edges[0]) % width, each.tier)
        for each in group.standings
        if each.total is not None
    )
    rows: list[dict[str, Any]] = []
    for start in sorted({start for start, _ in found}):
        parts = [(tier, found[start, tier]) for tier in ("", *reversed(tiers))]
        base, whole = 0, sum(count for _, count in parts)
        for tier, count in parts:
            if count:
                ends = {"from": _points(start), "to": _points(start + width)}
                top = base + count
                fill = {"fill": _fill(tier, tiers), "base": base, "top": top}
                middle = _points(start + width // 2)
                rows.append(ends | fill | {"middle": middle, "total": whole if top == whole else 0})
                base = top
    return rows


def _fill(tier: str, tiers: Sequence[str]) -> str:
    if tier not in tiers:
        return PLAIN
    if tier == tiers[0]:
        return BEST
    return LAST if tier == tiers[-1] else MIDDLE


def _edges(totals: Sequence[int]) -> range:
    """The ends of the columns over all groups, on whole points."""
    low, high = min(totals), max(totals)
    for step in STEPS:
        width = step * SCALE
        start, end = low // width * width, (high // width + 1) * width
        if (end - start) // width <= MOST:
            break
    return range(start, end + 1, width)


def _points(value: int) -> float:
    """Where to draw a mark; drawing may use floats, marks never do."""
    return float(Fraction(value, SCALE))


def _svg(document: dict[str, Any]) -> str:
    svg: str = vl_convert.vegalite_to_svg(document)
    return svg
