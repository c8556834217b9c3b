"""Where do I go today, where later, and what is asked of our unit?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jixiao.access.actor import Actor
from jixiao.visits.models import Confirmation, Visit
from jixiao.visits.queries.schedule import of_units
from jixiao.visits.states import EDITABLE, OPEN_VISITS, RoundState, Side, VisitState


def visits_of(actor: Actor) -> QuerySet[Visit]:
    """Every visit to which somebody goes or went, with what a list says of it."""
    return (
        Visit.objects.of_assessor(actor.account_id)
        .exclude(state=VisitState.EXCUSED)
        .select_related("round__version_of", "unit", "team")
        .defer("round__version_of__document", "round__version_of__changed")
    )


@dataclass(frozen=True)
class Days:
    """An assessor's visits of the rounds under way."""

    today: list[Visit]
    later: list[Visit]
    unfinished: list[Visit]
    """Their day is over, and both sides have not confirmed."""
    done: int


def my_days(actor: Actor, today: date) -> Days:
    """One query."""
    rows = list(visits_of(actor).filter(round__state=RoundState.OPEN))
    left = [each for each in rows if each.is_open]
    return Days(
        today=[each for each in left if each.on == today],
        later=[each for each in left if each.on is None or each.on > today],
        unfinished=[each for each in left if each.on is not None and each.on < today],
        done=len(rows) - len(left),
    )


@dataclass(frozen=True)
class Announced:
    """A visit as the unit's home page tells it."""

    visit: Visit
    is_confirmed: bool
    """Somebody of the unit has confirmed; the team has not yet."""

    @property
    def waits_for_unit(self) -> bool:
        """Whether the unit has to confirm."""
        return self.visit.state == VisitState.FED_BACK and not self.is_confirmed

    @property
    def asks_self(self) -> bool:
        """Whether the unit may still say what it thinks it deserves."""
        return self.visit.round.asks_self and self.visit.state in EDITABLE


def announced(units: Collection[int]) -> list[Announced]:
    """Visits that units expect or have to confirm; two queries."""
    known = of_units(units).filter(state__in=OPEN_VISITS, round__state=RoundState.OPEN)
    rows = known.defer("round__version_of__document", "round__version_of__changed")
    said = Confirmation.objects.filter(visit__unit__in=units, side=Side.UNIT, is_void=False)
    confirmed = set(said.values_list("visit", flat=True))
    return [Announced(each, each.pk in confirmed) for each in rows]
