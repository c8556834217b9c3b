"""Who am I here, what is asked of my unit this year, and how did it do?

Units are told by the names that the scheme gives them, which may be former ones.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.grades.queries.mine import unsigned
from jixiao.org.models import Duty, Post
from jixiao.periods.queries import CycleStanding, current_cycle
from jixiao.results.models import ResultUnit
from jixiao.results.queries import parts_of, reading, units_named
from jixiao.results.table import tier_look
from jixiao.schemes.printed import SheetRow, sheet_of
from jixiao.schemes.queries import VersionRow, in_force


@dataclass(frozen=True)
class UnitTier:
    """The tier of a unit in the newest published result: public in the county, its marks are not."""

    row: ResultUnit
    tier: str
    look: str


@dataclass(frozen=True)
class Targets:
    """What a scheme in force asks of a unit: its scored items and what they make together."""

    unit: str
    version: VersionRow
    rows: tuple[SheetRow, ...]
    full: str


@dataclass(frozen=True)
class CadreDesk:
    """The home page of somebody who answers for nothing but the own work."""

    posts: list[Post]
    duties: list[Duty]
    targets: list[Targets]
    tiers: list[UnitTier]
    cycle: CycleStanding | None
    unsigned: int
    """Own grades that wait for a signature."""


def cadre_desk(actor: Actor, today: date) -> CadreDesk:
    """Posts, duties, what is asked of the own unit, its tier, own grades; ten queries."""
    mine = Post.objects.on(today).filter(person__account=actor.account_id)
    posts = list(mine.select_related("unit").order_by("-is_full_time", "since"))
    duties = Duty.objects.on(today).filter(person__account=actor.account_id)
    units = {number for post in posts for number in post.unit.place().units} | set(actor.units())
    newest: dict[int, ResultUnit] = {}
    for part in parts_of(units):
        newest.setdefault(part.unit_id, part)
    cycle = current_cycle(today)
    year = cycle.cycle.year if cycle else today.year
    return CadreDesk(
        posts=posts,
        duties=list(duties.select_related("unit")),
        targets=list(_targets(units, year, today)),
        tiers=[_tier(part) for part in newest.values()],
        cycle=cycle,
        unsigned=unsigned(actor),
    )


def _targets(units: Collection[int], year: int, today: date) -> Iterator[Targets]:
    for version in in_force(year, today):
        groups = {unit.name: each.name for each in version.scheme.groups for unit in each.units}
        for name, unit in units_named(groups).items():
            if unit.pk in units:
                *rows, whole = sheet_of(version.scheme, group=groups[name], unit=name)
                scored = tuple(row for row in rows if not row.is_sum)
                yield Targets(unit.name, version, scored, whole.full)


def _tier(part: ResultUnit) -> UnitTier:
    known = reading(part.result)
    tier = known.standings[part.name].tier
    return UnitTier(part, tier, tier_look(known, tier))
