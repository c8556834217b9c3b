"""How are totals spread? The geometry of one group's histogram; ``histogram.svg`` draws it.

All lengths are whole tenths of a pixel, so the same result gives the same picture everywhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jixiao.results.league import GroupLeague
from jixiao.scoring.numbers import SCALE

LEFT, RIGHT, TOP, BOTTOM = 120, 4080, 400, 1760
"""The plot inside the picture of 4200 by 2000."""
GAP = 30
"""Between two columns."""
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
"""Widths of columns in points; the first with at most MOST columns is taken."""
MOST = 14
LEAST_TOP = 4
"""A single unit in a small group is a low column, not a tower."""
TICKS = 6


@dataclass(frozen=True)
class Part:
    """The units of one tier in a column: where it stands and its kind (best, last, …)."""

    x: int
    y: int
    width: int
    height: int
    kind: str


@dataclass(frozen=True)
class Label:
    """A text that stands centred on ``x``."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Histogram:
    """Columns stacked by tier, their counts, the tier lines and the marks under the axis."""

    parts: tuple[Part, ...]
    counts: tuple[Label, ...]
    lines: tuple[Label, ...]
    ticks: tuple[Label, ...]


def histograms(
    leagues: Iterable[GroupLeague], tiers: Sequence[str]
) -> tuple[Histogram | None, ...]:
    """One a group, on one scale so that groups compare; None where no group has totals."""
    groups = list(leagues)
    totals = [each.total for group in groups for each in group.standings if each.total is not None]
    if not totals:
        return tuple(None for _ in groups)
    edges = _edges([*totals, *(line.at for group in groups for line in group.lines)])
    return tuple(_histogram(group, tiers, edges) for group in groups)


def _histogram(group: GroupLeague, tiers: Sequence[str], edges: range) -> Histogram:
    found = Counter(
        (each.total - (each.total - edges[0]) % edges.step, each.tier)
        for each in group.standings
        if each.total is not None
    )
    heights = Counter[int]()
    for (start, _), count in found.items():
        heights[start] += count
    unit = (BOTTOM - TOP) // max([LEAST_TOP, *heights.values()])
    return Histogram(
        parts=tuple(_parts(found, tiers, edges, unit)),
        counts=tuple(
            Label(_x(start + edges.step // 2, edges), BOTTOM - high * unit - 70, str(high))
            for start, high in sorted(heights.items())
        ),
        lines=tuple(Label(_x(line.at, edges), TOP - 280, line.tier) for line in group.lines),
        ticks=tuple(_ticks(edges)),
    )


def _parts(
    found: Counter[tuple[int, str]], tiers: Sequence[str], edges: range, unit: int
) -> Iterator[Part]:
    """Every column from the axis upwards: units without a tier, then the tiers, best on top."""
    for start in sorted({start for start, _ in found}):
        left, y = _x(start, edges) + GAP // 2, BOTTOM
        width = _x(start + edges.step, edges) - left - GAP // 2
        for tier in ("", *reversed(tiers)):
            if height := found[start, tier] * unit:
                y -= height
                yield Part(left, y, width, height, _kind(tier, tiers))


def _ticks(edges: range) -> Iterator[Label]:
    every = -(-len(edges) // TICKS)
    for edge in edges[::every]:
        yield Label(_x(edge, edges), BOTTOM + 170, str(edge // SCALE))


def _kind(tier: str, tiers: Sequence[str]) -> str:
    if tier not in tiers:
        return "plain"
    if tier == tiers[0]:
        return "best"
    return "last" if tier == tiers[-1] else "middle"


def _edges(totals: Sequence[int]) -> range:
    """The ends of the columns over all groups, on whole points."""
    low, high = min(totals), max(totals)
    for step in STEPS:
        width = step * SCALE
        start, end = low // width * width, (high // width + 1) * width
        if (end - start) // width <= MOST:
            break
    return range(start, end + 1, width)


def _x(value: int, edges: range) -> int:
    return LEFT + (value - edges[0]) * (RIGHT - LEFT) // (edges[-1] - edges[0])
