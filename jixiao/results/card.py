"""How did one unit do, why, and what can it do? The unit's card, ready to be drawn.

Marks are texts with the scheme's decimals; lengths of bars are whole percents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.results.league import GroupLeague, Standing, losses, reach
from jixiao.results.reading import Reading
from jixiao.results.result import Marks
from jixiao.results.why import reason
from jixiao.scoring.numbers import SCALE, half_up, mark_text, number_text
from jixiao.scoring.scheme import Item, leaves

EASIEST = 3
"""How many lost marks are named first."""


@dataclass(frozen=True)
class Line:
    """One scored item of the unit's card."""

    code: str
    number: str
    name: str
    full: str
    mark: str
    lost: str
    """Empty where nothing is lost."""
    gap: int
    """The bar's length: lost marks in percent of the largest full mark of the card."""
    reason: str


@dataclass(frozen=True)
class Category:
    """A top item with its lines, and how the group did on average."""

    code: str
    name: str
    mark: str
    full: str
    rate: int | None
    mean: int | None
    """The group's mean in percent of the full mark."""
    mean_text: str
    lines: tuple[Line, ...]

    @property
    def spoken(self) -> str:
        """The bar in words."""
        return f"{self.name}得{self.mark}分，满分{self.full}，组内平均{self.mean_text}"


@dataclass(frozen=True)
class Part:
    """One tier on the scale: from where, how wide, from which total on."""

    tier: str
    start: int
    width: int
    at: str

    @property
    def middle(self) -> int:
        """Where its name stands."""
        return self.start + self.width // 2


@dataclass(frozen=True)
class Movement:
    """What changed against the year before."""

    year: int
    total: str
    difference: str
    place: int | None
    climbed: int
    """Places gained; negative when lost."""
    tier: str


@dataclass(frozen=True)
class Card:
    """Everything on a unit's card."""

    standing: Standing
    total: str
    full: str
    size: int
    """Units in the group."""
    categories: tuple[Category, ...]
    extras: tuple[Line, ...]
    """Bonuses and penalties."""
    adjust: str
    scale: tuple[Part, ...]
    marker: int
    next_line: str
    """How far the next better tier is, in words; empty at the top."""
    distance: tuple[str, str]
    """What the nearest line is and how far: (“差多少进先进”, “5.0 分”)."""
    easiest: tuple[Line, ...]


def card(reading: Reading, unit: str) -> Card:
    """The card of one unit of the result."""
    standing, decimals = reading.standings[unit], reading.result.scheme.decimals
    group = next(each for each in reading.leagues if each.name == standing.group)
    categories = _categories(reading, group, standing)
    lines = {line.code: line for each in categories for line in each.lines}
    scale = _scale(reading, group)
    return Card(
        standing=standing,
        total=mark_text(standing.total, decimals),
        full=number_text(reading.result.scheme.full),
        size=len(group.standings),
        categories=categories,
        extras=tuple(_extras(reading, unit)),
        adjust=_signed(standing.adjust, decimals),
        scale=scale,
        marker=_percent(standing.total or 0, _top(reading)),
        next_line=standing.better.words(decimals) if standing.better else "",
        distance=_distance(standing, decimals),
        easiest=tuple(lines[item.code] for item, _ in losses(reading.result, unit)[:EASIEST]),
    )


def _distance(standing: Standing, decimals: int) -> tuple[str, str]:
    if standing.better:
        if standing.better.gap <= 0:
            return f"进“{standing.better.tier}”", "分数已到"
        return f"差多少进“{standing.better.tier}”", f"{mark_text(standing.better.gap, decimals)} 分"
    if standing.worse:
        line = f"高出“{standing.worse.line.tier}”线"
        return line, f"{mark_text(standing.worse.gap, decimals)} 分"
    return "距等次线", "—"


def movement(now: Standing, before: Standing, *, year: int, decimals: int) -> Movement:
    """This year's standing against that of ``year``."""
    known = now.total is not None and before.total is not None
    difference = (now.total or 0) - (before.total or 0) if known else None
    places = now.place is not None and before.place is not None
    return Movement(
        year=year,
        total=mark_text(before.total, decimals),
        difference=_signed(difference, decimals),
        place=before.place,
        climbed=(before.place or 0) - (now.place or 0) if places else 0,
        tier=before.tier,
    )


def _categories(reading: Reading, group: GroupLeague, standing: Standing) -> tuple[Category, ...]:
    result, marks = reading.result, reading.result.year.get(standing.unit, {})
    longest = max(_fulls(result.scheme.items, group.name), default=1)
    found = []
    for place, item in enumerate(result.scheme.items):
        cell, mean = standing.cells[place], _mean(group, place, result.scheme.decimals)
        found.append(
            Category(
                code=item.code,
                name=item.name,
                mark=mark_text(cell.mark, result.scheme.decimals),
                full=_whole(cell.full),
                rate=None if cell.rate is None else int(cell.rate * 100),
                mean=None if mean is None or not cell.full else _percent(mean, cell.full),
                mean_text=mark_text(mean, result.scheme.decimals),
                lines=tuple(
                    _line(reading, standing, leaf, longest)
                    for leaf in leaves((item,))
                    if marks.get(f"mark:{leaf.code}") is not None
                ),
            )
        )
    return tuple(found)


def _line(reading: Reading, standing: Standing, item: Item, longest: int) -> Line:
    result, marks = reading.result, reading.result.year[standing.unit]
    mark, full = marks[f"mark:{item.code}"] or 0, reach(item, standing.group, marks)
    lost = full - mark
    return Line(
        code=item.code,
        number=item.number or item.code,
        name=item.name,
        full=_whole(full),
        mark=mark_text(mark, result.scheme.decimals),
        lost=f"−{mark_text(lost, result.scheme.decimals)}" if lost > 0 else "",
        gap=_percent(lost, longest) if lost > 0 else 0,
        reason=reason(result, standing.unit, item) if lost > 0 else "",
    )


def _extras(reading: Reading, unit: str) -> Iterable[Line]:
    result = reading.result
    marks: Marks = result.year.get(unit, {})
    for item in leaves(result.scheme.adjustments):
        mark = marks.get(f"mark:{item.code}")
        if mark is not None:
            words = _signed(mark, result.scheme.decimals)
            why = reason(result, unit, item)
            yield Line(item.code, item.number or item.code, item.name, "", words, "", 0, why)


def _fulls(items: Iterable[Item], group: str) -> list[int]:
    return [int(leaf.full_for(group) * SCALE) for leaf in leaves(tuple(items))]


def _mean(group: GroupLeague, place: int, decimals: int) -> int | None:
    marks = [each.cells[place].mark for each in group.standings]
    known = [mark for mark in marks if mark is not None]
    if not known:
        return None
    return int(half_up(Fraction(sum(known), len(known) * SCALE), decimals) * SCALE)


def _scale(reading: Reading, group: GroupLeague) -> tuple[Part, ...]:
    """The tiers from the lowest to the highest, along the totals that can be reached."""
    tiers: Mapping[str, int] = {line.tier: line.at for line in group.lines}
    if not tiers:
        return ()
    top, decimals = _top(reading), reading.result.scheme.decimals
    names = [tier.name for tier in reading.result.scheme.tiers]
    lowest = next((name for name in reversed(names) if name not in tiers), "")
    starts = sorted([(0, lowest), *((at, tier) for tier, at in tiers.items())])
    ends = [at for at, _ in starts[1:]] + [top]
    return tuple(
        Part(
            tier,
            _percent(at, top),
            _percent(end, top) - _percent(at, top),
            mark_text(at, decimals) if at else "",
        )
        for (at, tier), end in zip(starts, ends, strict=True)
    )


def _top(reading: Reading) -> int:
    best = max((each.total or 0 for each in reading.standings.values()), default=0)
    return max(int(reading.result.scheme.full * SCALE), best)


def _percent(part: int, whole: int) -> int:
    return max(0, min(100, round(Fraction(part * 100, whole)))) if whole else 0


def _whole(mark: int | None) -> str:
    return "—" if mark is None else number_text(Fraction(mark, SCALE))


def _signed(mark: int | None, decimals: int) -> str:
    """``+0.5``, ``−1.0``, ``0.0``; ``—`` where nothing is known."""
    text = mark_text(mark, decimals)
    return f"+{text}" if mark is not None and mark > 0 else text
