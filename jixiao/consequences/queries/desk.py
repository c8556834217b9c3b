"""What waits for the personnel office's decision, on which lawful ground?"""

from dataclasses import dataclass

from jixiao.access.actor import Actor
from jixiao.consequences.models import Listing, PersonalDecision
from jixiao.consequences.queries.ground import stale_lists
from jixiao.consequences.queries.lists import Overview, lawful_runs, overview
from jixiao.consequences.queries.people import AT_HAND, decisions
from jixiao.consequences.states import DecisionState

SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """What a person has to decide."""

    rows: tuple[PersonalDecision, ...]
    flagged: int
    waiting: int
    postponed: int
    stale: tuple[Listing, ...]
    """Lists whose run is approved no longer: nothing is decided on them."""
    overview: Overview | None
    """The lists of the newest run."""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.flagged + self.waiting - len(self.rows)


def waiting(actor: Actor) -> Waiting:
    """Flagged matters first, then new ones; ten queries. One's own are for somebody else."""
    found = decisions().exclude(person__account=actor.account_id)
    at_hand = found.filter(AT_HAND)
    newest = lawful_runs().first()
    flagged = at_hand.filter(flagged_at__isnull=False).count()
    return Waiting(
        rows=tuple(at_hand[:SHOWN]),
        flagged=flagged,
        waiting=at_hand.count() - flagged,
        postponed=found.filter(state=DecisionState.POSTPONED, flagged_at=None).count(),
        stale=tuple(stale_lists()[:SHOWN]),
        overview=overview(newest) if newest else None,
    )
