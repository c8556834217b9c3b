"""What waits for the personnel office's decision, on which lawful ground?"""

from dataclasses import dataclass

from django.db.models import Count, Q

from jixiao.access.actor import Actor
from jixiao.consequences.models import Listing, PersonalDecision
from jixiao.consequences.queries.ground import stale_lists
from jixiao.consequences.queries.lists import Card, cards, lawful_runs
from jixiao.consequences.queries.people import AT_HAND, decisions
from jixiao.consequences.states import DecisionState
from jixiao.results.models import SealedResult

SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """What a person has to decide."""

    rows: tuple[PersonalDecision, ...]
    flagged: int
    waiting: int
    postponed: int
    stale: tuple[Listing, ...]
    """Lists to be drawn up again: nothing is decided on them until then."""
    result: SealedResult | None
    """The newest approved run."""
    cards: tuple[Card, ...]
    """Its lists."""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.flagged + self.waiting - len(self.rows)


def waiting(actor: Actor) -> Waiting:
    """Flagged matters first, then new ones; six queries. One's own are for somebody else."""
    found = decisions().exclude(person__account=actor.account_id)
    newest = lawful_runs().first()
    counts = found.order_by().aggregate(
        flagged=Count("pk", filter=AT_HAND & Q(flagged_at__isnull=False)),
        waiting=Count("pk", filter=AT_HAND & Q(flagged_at=None)),
        postponed=Count("pk", filter=Q(state=DecisionState.POSTPONED, flagged_at=None)),
    )
    return Waiting(
        rows=tuple(found.filter(AT_HAND)[:SHOWN]),
        stale=tuple(stale_lists()[:SHOWN]),
        result=newest,
        cards=tuple(cards(newest)) if newest else (),
        **counts,
    )
