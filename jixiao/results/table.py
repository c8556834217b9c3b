"""Is the order fair and ready for the committee? A group's league, ready to be drawn.

The tier lines run through the table as rows; the colour of a cell is its mark rate, so that
categories compare whatever their full marks are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from jixiao.results.league import Cell, GroupLeague, Standing, all_standings, hint
from jixiao.results.lines import Line
from jixiao.results.reading import Reading
from jixiao.scoring.numbers import SCALE, mark_text, number_text

Order = Literal["total", "gap"]
HEAT = ((90, "heat-4"), (80, "heat-3"), (70, "heat-2"), (60, "heat-1"))
LOW = "heat-0"
"""From which mark rate in percent which shade; what is lower carries a sign as well."""
TALLEST = 80
"""Percent of the drawing's height that the tallest column takes; its count stands above it."""
BIN = 5
"""Percent of the full mark that one column of the distribution covers."""


@dataclass(frozen=True)
class Shade:
    """One mark with its shade."""

    text: str
    heat: str


@dataclass(frozen=True)
class Row:
    """One unit's row."""

    standing: Standing
    number: int | None
    """The unit's number in the county, for the link to its card."""
    climbed: int | None
    """Places gained against the year before; None when it was not there."""
    cells: tuple[Shade, ...]
    total: str
    tier_look: str
    hint: str
    is_near: bool
    over: tuple[tuple[str, int], ...] = ()
    """The tier lines that run over this row, with the units above each: ``先进线 80.0``, 4."""


@dataclass(frozen=True)
class Bar:
    """One column of the distribution."""

    low: int
    count: int
    left: int
    width: int
    height: int
    """Percent of the drawing's width and height."""
    look: str

    @property
    def middle(self) -> int:
        """Where its count stands."""
        return self.left + self.width // 2

    @property
    def top(self) -> int:
        """Where it begins, from above."""
        return 100 - self.height


def rows(
    reading: Reading,
    group: GroupLeague,
    *,
    numbers: Mapping[str, int],
    before: Mapping[int, int],
    order: Order = "total",
) -> list[Row]:
    """The group's rows; ``before`` is each unit's place of the year before, by its number."""
    standings = list(group.standings)
    if order == "gap":
        standings.sort(key=_nearest)
    found = [_row(reading, each, numbers, before) for each in standings]
    return _with_lines(found, group.lines, reading) if order == "total" else found


def _row(
    reading: Reading, standing: Standing, numbers: Mapping[str, int], before: Mapping[int, int]
) -> Row:
    decimals, number = reading.result.scheme.decimals, numbers.get(standing.unit)
    place = before.get(number or 0)
    climbed = None if place is None or standing.place is None else place - standing.place
    return Row(
        standing=standing,
        number=number,
        climbed=climbed,
        cells=tuple(_shade(cell, decimals) for cell in standing.cells),
        total=mark_text(standing.total, decimals),
        tier_look=tier_look(reading, standing.tier),
        hint=hint(standing, decimals),
        is_near=bool(standing.near(reading.margin)),
    )


def tier_look(reading: Reading, tier: str) -> str:
    """How a tier's badge looks by its place in the scheme: top, bottom, or between; empty without one."""
    names = [each.name for each in reading.result.scheme.tiers]
    if tier not in names:
        return ""
    if tier == names[0]:
        return "top"
    return "bottom" if tier == names[-1] else "middle"


def bars(reading: Reading, standings: Iterable[Standing]) -> list[Bar]:
    """How many units lie in each twentieth of the full mark, from the lowest to the highest."""
    step = reading.result.scheme.full * SCALE * BIN / 100
    placed = [(each, int((each.total or 0) // step)) for each in standings if each.total]
    if not placed:
        return []
    first, last = min(at for _, at in placed), max(at for _, at in placed)
    columns = {at: [each for each, mine in placed if mine == at] for at in range(first, last + 1)}
    tallest, width = max(map(len, columns.values())), 100 // len(columns)
    return [
        Bar(
            low=int(at * step / SCALE),
            count=len(units),
            left=(at - first) * width,
            width=width,
            height=len(units) * TALLEST // tallest,
            look=tier_look(reading, units[0].before) if units else "",
        )
        for at, units in columns.items()
    ]


def places(reading: Reading, numbers: Mapping[str, int]) -> dict[int, int]:
    """Each unit's place in its group, by its number in the county."""
    return {
        numbers[each.unit]: each.place
        for each in all_standings(reading.leagues)
        if each.place is not None and each.unit in numbers
    }


def headings(group: GroupLeague) -> list[tuple[str, str]]:
    """The categories over the cells with their full marks."""
    return [(each.name, number_text(Fraction(each.full, SCALE))) for each in group.columns]


def _shade(cell: Cell, decimals: int) -> Shade:
    rate = cell.rate
    if rate is None:
        return Shade(mark_text(cell.mark, decimals), "")
    look = next((look for low, look in HEAT if rate * 100 >= low), LOW)
    return Shade(mark_text(cell.mark, decimals), look)


def _nearest(standing: Standing) -> tuple[bool, int]:
    gaps = [end.gap for end in (standing.better, standing.worse) if end and end.gap >= 0]
    return not gaps, min(gaps, default=0)


def _with_lines(found: Sequence[Row], lines: Iterable[Line], reading: Reading) -> list[Row]:
    """Each tier line over the first row whose total is under it."""
    known, decimals = list(lines), reading.result.scheme.decimals
    placed = list(found[:1])
    for above, row in pairwise(found):
        over = tuple(
            (
                f"{line.tier}线 {mark_text(line.at, decimals)}",
                sum(_total(each) >= line.at for each in found),
            )
            for line in known
            if _total(row) < line.at <= _total(above)
        )
        placed.append(replace(row, over=over))
    return placed


def _total(row: Row) -> int:
    return -1 if row.standing.total is None else row.standing.total
