"""Where does a tier begin, and how far is a unit from the lines around it?

A line is the least total with which a unit is inside a tier. It comes from the tier's range, from
its quota (the last unit inside holds the line), or from the higher of both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, half_up, mark_text, step_of
from jixiao.scoring.scheme import Group, Quota, Tier


@dataclass(frozen=True)
class Line:
    """The least total inside a tier, in ten-thousandths."""

    tier: str
    at: int
    by_quota: bool
    """True when not the tier's range but the last unit within the quota sets it."""


@dataclass(frozen=True)
class Distance:
    """How far a unit is from a line.

    Upward: the marks it lacks to enter ``tier``, zero or less where marks are not what keeps it out.
    Downward: the marks it stands above the line under which it would fall into ``tier``.
    """

    tier: str
    gap: int
    line: Line
    upward: bool

    def words(self, decimals: int) -> str:
        """The distance as a Chinese clause."""
        marks = mark_text(abs(self.gap), decimals)
        if not self.upward:
            return f"高出“{self.line.tier}”线{marks}分"
        if self.gap <= 0:
            return f"总分已到“{self.tier}”线，因其他条件未评上"
        return f"差{marks}分进“{self.tier}”"


def lines_of(result: Result, group: Group) -> tuple[Line, ...]:
    """The lines of a group's tiers, best first; the lowest tier needs none."""
    if not group.ranked:
        return ()
    found = (_line(result, group, place) for place in range(len(result.scheme.tiers) - 1))
    return tuple(line for line in found if line is not None)


def distances(
    result: Result, group: Group, lines: Iterable[Line], unit: str
) -> tuple[Distance | None, Distance | None]:
    """To the line of the next better tier, and above the line of the unit's own, by marks alone.

    ``lines`` are the group's, as ``lines_of`` gives them.
    """
    marks = result.year.get(unit, {})
    total, place = marks.get("total"), marks.get("tier0")
    if total is None or place is None:
        return None, None
    names = [tier.name for tier in result.scheme.tiers]
    better, worse = None, None
    for line in lines:
        if names.index(line.tier) < place:
            better = Distance(line.tier, line.at - total, line, upward=True)
        elif line.tier == names[place]:
            worse = _worse(result, group, line, (total, place))
    return better, worse


def _worse(result: Result, group: Group, line: Line, own: tuple[int, int]) -> Distance | None:
    """A range is left below its bound; a quota's place is lost to the best unit turned away."""
    total, place = own
    tier = result.scheme.tiers[place]
    bound = entry(tier, result.scheme.decimals)
    ends = [] if bound is None else [bound]
    if tier.quota is not None:
        rows = [result.year[unit] for unit in _scope(result, group, tier.quota)]
        ends += [
            row["total"] or 0 for row in rows if row[f"fits:{place}"] and not row[f"tier:{place}"]
        ]
    ends = [end for end in ends if end <= total]
    if not ends:
        return None
    return Distance(result.scheme.tiers[place + 1].name, total - max(ends), line, upward=False)


def _line(result: Result, group: Group, place: int) -> Line | None:
    tier = result.scheme.tiers[place]
    bound = entry(tier, result.scheme.decimals)
    last = _last_inside(result, group, place)
    if last is not None and (bound is None or last > bound):
        return Line(tier.name, last, by_quota=True)
    return None if bound is None else Line(tier.name, bound, by_quota=False)


def entry(tier: Tier, decimals: int) -> int | None:
    """The least total inside the tier's range that can occur: ``>80`` begins at 80.01."""
    if tier.within is None or tier.within.low is None:
        return None
    step = step_of(decimals)
    steps = tier.within.low * SCALE / step
    return (ceil(steps) if tier.within.low_closed else floor(steps) + 1) * step


def _last_inside(result: Result, group: Group, place: int) -> int | None:
    """The total of the last unit inside a quota that is used up."""
    quota = result.scheme.tiers[place].quota
    if quota is None:
        return None
    units = _scope(result, group, quota)
    inside = [each for each in units if result.year[each][f"tier:{place}"] == 1]
    if not inside or len(inside) < _allowed(quota, len(units)):
        return None
    return min(result.year[each]["total"] or 0 for each in inside)


def places_within(result: Result, group: Group, quota: Quota) -> int:
    """How many places the quota has here."""
    return _allowed(quota, len(_scope(result, group, quota)))


def _scope(result: Result, group: Group, quota: Quota) -> list[str]:
    """The ranked units that share the quota."""
    groups: Iterable[Group] = result.scheme.groups if quota.scope == "all" else [group]
    units = (unit.name for each in groups for unit in each.units if unit.name in result.year)
    return [unit for unit in units if result.year[unit]["ranked"] is not None]


def _allowed(quota: Quota, size: int) -> int:
    if quota.share is None:
        return quota.count or 0
    return whole(quota.share * size, quota.rounding)


def whole(value: Fraction, rounding: str) -> int:
    """A number of people or places, rounded as a quota or a rate says."""
    match rounding:
        case "floor":
            return floor(value)
        case "ceil":
            return ceil(value)
        case _:
            return int(half_up(value))
