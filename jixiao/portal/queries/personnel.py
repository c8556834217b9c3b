"""What waits for my decision, on which lawful ground?"""

from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.consequences.queries.desk import Waiting, waiting
from jixiao.periods.queries import CycleStanding, current_cycle


@dataclass(frozen=True)
class PersonnelDesk:
    """The home page of the organization and personnel offices."""

    consequences: Waiting
    cycle: CycleStanding | None


def personnel_desk(actor: Actor, today: date) -> PersonnelDesk:
    """What a person has to decide; seven queries."""
    return PersonnelDesk(waiting(actor), current_cycle(today))
