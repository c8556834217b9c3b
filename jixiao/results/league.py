"""Who stands where, how far is the next line, and what moved a tier? Pure readings of a result.

Marks, lines and gaps are whole ten-thousandths, as in the result itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.results.lines import Distance, Line, distances, lines_of
from jixiao.results.result import Marks, Result
from jixiao.scoring.numbers import SCALE, half_up
from jixiao.scoring.scheme import Gate, Group, Item, leaves


@dataclass(frozen=True)
class Cell:
    """One mark and the full mark it is measured against; a gap has neither."""

    mark: int | None
    full: int | None

    @property
    def rate(self) -> Fraction | None:
        """Mark ÷ full mark; None for a gap and where nothing can be reached."""
        if self.mark is None or not self.full:
            return None
        return Fraction(self.mark, self.full)


@dataclass(frozen=True)
class Column:
    """A top item of the scheme (a category, or a scored item that stands on top)."""

    code: str
    name: str
    full: int


@dataclass(frozen=True)
class Standing:
    """One unit's year at a glance."""

    unit: str
    group: str
    place: int | None
    cells: tuple[Cell, ...]
    rounds: tuple[int | None, ...]
    """The total of each round; empty where the scheme has no rounds."""
    adjust: int | None
    total: int | None
    tier: str
    before: str
    """The tier by marks alone; differs from ``tier`` where a gate moved it."""
    gates: tuple[Gate, ...]
    better: Distance | None
    worse: Distance | None
    reported: bool
    """False when the sheet has no row of this unit."""

    @property
    def moved(self) -> bool:
        """Whether a gate gave another tier than the marks would have."""
        return self.tier != self.before

    def near(self, margin: int) -> tuple[Distance, ...]:
        """The lines at most ``margin`` ten-thousandths away: the one above, then the one below."""
        ends = (each for each in (self.better, self.worse) if each is not None)
        return tuple(each for each in ends if 0 <= each.gap <= margin)


@dataclass(frozen=True)
class GroupLeague:
    """One group, best first: ranked units, then those outside the ranking, gaps last."""

    name: str
    ranked: bool
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    """The tier lines, best first."""
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class Summary:
    """How a set of units did: counts by tier, and the spread of totals."""

    units: int
    tiers: Mapping[str, int]
    untiered: int
    mean: int | None
    best: int | None
    worst: int | None


def league(result: Result) -> tuple[GroupLeague, ...]:
    """Every group with units, in the scheme's order."""
    return tuple(_group(result, group) for group in result.scheme.groups if group.units)


def all_standings(leagues: Iterable[GroupLeague]) -> tuple[Standing, ...]:
    """The standings of all groups in one row."""
    return tuple(each for group in leagues for each in group.standings)


def default_margin(result: Result) -> int:
    """What counts as near a line where nobody says otherwise: half a point of a hundred."""
    return int(result.scheme.full * SCALE / 200)


def boundary_units(leagues: Iterable[GroupLeague], margin: int) -> tuple[Standing, ...]:
    """The units at most ``margin`` from a tier line, nearest first."""
    near = [each for each in all_standings(leagues) if each.near(margin)]
    return tuple(sorted(near, key=lambda each: min(line.gap for line in each.near(margin))))


def summary(result: Result, standings: Iterable[Standing]) -> Summary:
    """Counts by tier (every tier is named, even an empty one) and mean, best and worst total."""
    found = list(standings)
    tiers = {tier.name: 0 for tier in result.scheme.tiers}
    for each in found:
        if each.tier:
            tiers[each.tier] += 1
    totals = [each.total for each in found if each.total is not None]
    mean = None
    if totals:
        exact = Fraction(sum(totals), len(totals) * SCALE)
        mean = int(half_up(exact, result.scheme.decimals) * SCALE)
    best, worst = max(totals, default=None), min(totals, default=None)
    return Summary(len(found), tiers, len(found) - sum(tiers.values()), mean, best, worst)


def hint(standing: Standing, decimals: int) -> str:
    """What one should know beside a unit's total: gaps and gates first, then the next line."""
    if not standing.reported:
        return "记分表里没有这个单位"
    if standing.total is None:
        return "有缺项，不计总分"
    if standing.gates:
        names = "、".join(f"“{gate.name}”" for gate in standing.gates)
        moved = f"，按得分为{standing.before}" if standing.moved else ""
        return f"触发{names}{moved}"
    distance = standing.better or standing.worse
    return distance.words(decimals) if distance else ""


def losses(result: Result, unit: str) -> tuple[tuple[Item, int], ...]:
    """The unit's scored items with marks left to gain, largest first."""
    marks, group = result.year.get(unit, {}), result.group_of(unit)
    found = []
    for item in leaves(result.scheme.items):
        mark, full = marks.get(f"mark:{item.code}"), int(item.full_for(group) * SCALE)
        if mark is not None and mark < full:
            found.append((item, full - mark))
    return tuple(sorted(found, key=lambda each: -each[1]))


def reach(item: Item, group: str, marks: Marks) -> int:
    """The full mark of a node for one unit: items that gave it no mark do not count."""
    stated = int(item.full_for(group) * SCALE)
    if not item.items or item.combine == "mean":
        return stated
    there = (child for child in item.items if marks.get(f"mark:{child.code}") is not None)
    parts = sum(reach(child, group, marks) for child in there)
    return min(stated, parts) if stated else parts


def _group(result: Result, group: Group) -> GroupLeague:
    lines = lines_of(result, group)
    found = [_standing(result, group, lines, unit.name) for unit in group.units]
    return GroupLeague(
        group.name, group.ranked, _columns(result, group), lines, tuple(sorted(found, key=_order))
    )


def _order(standing: Standing) -> tuple[bool, int, bool, int]:
    place, total = standing.place, standing.total
    return place is None, place or 0, total is None, -(total or 0)


def _columns(result: Result, group: Group) -> tuple[Column, ...]:
    """The full mark over a column is the most that any unit of the group can reach."""
    rows = [result.year.get(unit.name, {}) for unit in group.units]
    return tuple(
        Column(item.code, item.name, max(reach(item, group.name, row) for row in rows))
        for item in result.scheme.items
    )


def _standing(result: Result, group: Group, lines: tuple[Line, ...], unit: str) -> Standing:
    marks = result.year.get(unit, {})
    better, worse = distances(result, group, lines, unit)
    place = marks.get("tier0")
    return Standing(
        unit=unit,
        group=group.name,
        place=marks.get("rank"),
        cells=tuple(_cell(item, group.name, marks) for item in result.scheme.items),
        rounds=tuple(
            rows.get(unit, {}).get("total") for code, rows in result.rounds.items() if code
        ),
        adjust=marks.get("adjust"),
        total=marks.get("total"),
        tier=result.tier_of(unit) if marks else "",
        before="" if place is None else result.scheme.tiers[place].name,
        gates=_gates(result, marks),
        better=better,
        worse=worse,
        reported=bool(marks),
    )


def _cell(item: Item, group: str, marks: Marks) -> Cell:
    mark = marks.get(f"mark:{item.code}")
    return Cell(mark, None if mark is None else reach(item, group, marks))


def _gates(result: Result, marks: Marks) -> tuple[Gate, ...]:
    closed = enumerate(result.scheme.gates)
    return tuple(gate for index, gate in closed if marks.get(f"gate:{index}") == 1)
