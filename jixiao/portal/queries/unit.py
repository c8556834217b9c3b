"""What is asked of our unit and by when; what did we get and why?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.notices.queries import Asked, open_receipts, time_left
from jixiao.org.models import Unit
from jixiao.periods.workdays import Span
from jixiao.portal.queries.office import missing_in, with_duties
from jixiao.rectification.queries.cases import Owed, owed_by, reach
from jixiao.rectification.queries.reminders import Awaited, open_reminders
from jixiao.results.card import Card, Movement, card, movement
from jixiao.results.models import ResultUnit, Review
from jixiao.results.queries import reading, told_parts
from jixiao.results.queries.reviews import Right, right_of, waiting_of
from jixiao.results.states import ResultState
from jixiao.results.table import tier_look
from jixiao.visits.queries.mine import Announced, announced


@dataclass(frozen=True)
class LastResult:
    """The unit's card of the newest published result, and what changed against the year before."""

    row: ResultUnit
    card: Card
    look: str
    movement: Movement | None


@dataclass(frozen=True)
class UnitDesk:
    """One unit's part of the home page."""

    unit: Unit
    asks: list[Asked]
    cases: list[Owed]
    reminders: list[Awaited]
    missing: str
    last: LastResult | None
    rights: list[tuple[ResultUnit, Right]]
    """Results that the unit was told of and may still object to."""
    reviews: list[tuple[Review, Span | None]]
    """Objections that wait for a decision; decided ones until the day for an appeal is over."""
    visits: list[Announced]
    """On-site assessments that the unit expects or has to confirm."""

    @property
    def asked(self) -> int:
        """How many things are asked of the unit now."""
        confirm = sum(each.waits_for_unit for each in self.visits)
        owed = len(self.asks) + len(self.cases) + len(self.reminders)
        return owed + bool(self.missing) + confirm


def unit_desks(actor: Actor, today: date) -> list[UnitDesk]:
    """The part of each unit in which a role is held; eight queries."""
    units = actor.units()
    asks, dealt = open_receipts(units, today), reach(actor).units
    cases, reminders = owed_by(dealt, today), open_reminders(dealt, today)
    rows = with_duties(Unit.objects.filter(pk__in=units), today)
    told, visits = list(told_parts(units)), announced(units)
    parts = [each for each in told if each.result.is_published]
    rights, objections = _rights(told, today), list(waiting_of(units))
    return [
        UnitDesk(
            unit=unit,
            asks=[each for each in asks if each.receipt.unit_id == unit.pk],
            cases=[each for each in cases if each.case.unit_id == unit.pk],
            reminders=[each for each in reminders if each.reminder.unit_id == unit.pk],
            missing=missing_in(unit),
            last=last_result([each for each in parts if each.unit_id == unit.pk]),
            rights=[each for each in rights if each[0].unit_id == unit.pk],
            reviews=[_waiting(each, today) for each in objections if each.part.unit_id == unit.pk],
            visits=[each for each in visits if each.visit.unit_id == unit.pk],
        )
        for unit in rows
    ]


def _rights(told: Collection[ResultUnit], today: date) -> list[tuple[ResultUnit, Right]]:
    notified = [each for each in told if each.result.state == ResultState.NOTIFIED]
    found = [(each, right_of(each, today)) for each in notified]
    return [(part, right) for part, right in found if right and right.is_open]


def _waiting(review: Review, today: date) -> tuple[Review, Span | None]:
    """An objection and how long its decision may still take, or an appeal is possible."""
    until = review.due_on if review.is_open else review.appeal_until
    return review, time_left(until, today) if until else None


def last_result(parts: list[ResultUnit]) -> LastResult | None:
    """The newest of one unit's parts in published results, read beside the year before."""
    if not parts:
        return None
    row = parts[0]
    known = reading(row.result)
    past = row.result.subject.before()
    earlier = [each for each in parts if past.covers(each.result.subject)]
    return LastResult(
        row=row,
        card=card(known, row.name),
        look=tier_look(known, known.standings[row.name].tier),
        movement=moved(row, earlier[0]) if earlier else None,
    )


def moved(row: ResultUnit, before: ResultUnit) -> Movement:
    """What changed for a unit between two results."""
    known, past = reading(row.result), reading(before.result)
    return movement(
        known.standings[row.name],
        past.standings[before.name],
        year=before.result.year,
        decimals=known.result.scheme.decimals,
    )
