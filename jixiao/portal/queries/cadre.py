"""Who am I here, how did my unit do, and where will my own targets and results stand?"""

from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.org.models import Duty, Post
from jixiao.periods.queries import CycleStanding, current_cycle
from jixiao.rectification.models import Case
from jixiao.rectification.queries.cases import to_verify
from jixiao.results.models import ResultUnit
from jixiao.results.queries import parts_of, reading
from jixiao.results.table import tier_look


@dataclass(frozen=True)
class UnitTier:
    """The tier of a unit in the newest published result: public in the county, its marks are not."""

    row: ResultUnit
    tier: str
    look: str


@dataclass(frozen=True)
class CadreDesk:
    """The home page of somebody who answers for nothing but the own work."""

    posts: list[Post]
    duties: list[Duty]
    tiers: list[UnitTier]
    cycle: CycleStanding | None
    proofs: list[Case]
    """Results that wait for an assessor to verify them."""


def cadre_desk(actor: Actor, today: date) -> CadreDesk:
    """Posts, duties, the tier of the own unit; five queries."""
    mine = Post.objects.on(today).filter(person__account=actor.account_id)
    posts = list(mine.select_related("unit").order_by("-is_full_time", "since"))
    duties = Duty.objects.on(today).filter(person__account=actor.account_id)
    units = {number for post in posts for number in post.unit.place().units} | set(actor.units())
    newest: dict[int, ResultUnit] = {}
    for part in parts_of(units):
        newest.setdefault(part.unit_id, part)
    return CadreDesk(
        posts=posts,
        duties=list(duties.select_related("unit")),
        tiers=[_tier(part) for part in newest.values()],
        cycle=current_cycle(today),
        proofs=list(to_verify(actor)) if actor.may(Permission.RECTIFICATION_REVIEW) else [],
    )


def _tier(part: ResultUnit) -> UnitTier:
    known = reading(part.result)
    tier = known.standings[part.name].tier
    return UnitTier(part, tier, tier_look(known, tier))
