"""Where do I go today, where after that, and which findings wait to be verified?"""

from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.rectification.models import Case
from jixiao.rectification.queries.cases import to_verify
from jixiao.visits.queries.mine import Days, my_days
from jixiao.visits.queries.rounds import VisitRow

SHOWN = 8
"""Rows of a list on a home page; the rest is one click away."""


@dataclass(frozen=True)
class AssessorDesk:
    """The home page of somebody who assesses on site."""

    days: Days
    cases: list[Case]
    """Reported as put right; found by others, so that this person may verify them."""

    @property
    def next(self) -> list[VisitRow]:
        """The visits that come next."""
        return self.days.later[:SHOWN]

    @property
    def more(self) -> int:
        """How many visits are not shown."""
        return len(self.days.later) - len(self.next)


def assessor_desk(actor: Actor, today: date) -> AssessorDesk:
    """Two queries."""
    return AssessorDesk(my_days(actor, today), list(to_verify(actor)[:SHOWN]))
