"""Who may see what of a visit?"""

from enum import Enum

from jixiao.access.actor import Actor
from jixiao.access.permissions import ROLES, Extent, Permission
from jixiao.visits.models import Visit
from jixiao.visits.states import VisitState

TOLD = (VisitState.FED_BACK, VisitState.CLOSED)
"""The unit was told; from here on it sees its marks."""


class Sight(Enum):
    """How much of a visit somebody sees."""

    ALL = "all"
    """The office, county leaders, and the team that goes there."""
    UNIT = "unit"
    """The unit itself: day and team at once, marks when it has been told."""
    NONE = "none"
    """Assessors of other teams."""


def sight(visit: Visit, actor: Actor) -> Sight:
    """How much of this visit ``actor`` sees; at most one query."""
    place = visit.place()
    if not actor.may(Permission.VISITS_SEE, place):
        return Sight.NONE
    if actor.terminal:
        return Sight.ALL
    seeing = [
        ROLES[each.role]
        for each in actor.held
        if each.reaches(place) and Permission.VISITS_SEE in ROLES[each.role].permissions
    ]
    county = [rule for rule in seeing if rule.extent == Extent.COUNTY]
    if any(Permission.VISITS_RECORD not in rule.permissions for rule in county):
        return Sight.ALL
    if county and seat_name(visit, actor):
        return Sight.ALL
    is_told = len(seeing) > len(county) and not visit.is_secret
    return Sight.UNIT if is_told else Sight.NONE


def seat_name(visit: Visit, actor: Actor) -> str:
    """The name under which ``actor`` goes there; empty for everybody else."""
    if visit.team is None or actor.account_id is None:
        return ""
    seats = visit.team.seats.filter(person__account=actor.account_id)
    return seats.values_list("person__name", flat=True).first() or ""


def sees_marks(visit: Visit, seen: Sight) -> bool:
    """Whether records, marks and findings are shown to somebody who sees so much."""
    return seen == Sight.ALL or (seen == Sight.UNIT and visit.state in TOLD)
