"""Where does the cycle stand, who is late, what needs a decision?"""

from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.notices.queries import Asked, Waiting, late_receipts, opinions_waiting
from jixiao.org.models import Duty, Unit
from jixiao.org.states import DutyRole
from jixiao.periods.queries import CycleStanding, current_cycle
from jixiao.results.models import SealedResult
from jixiao.results.queries import results_to_publish

SHOWN = 8
"""Rows of a list on a home page; the rest is one click away."""


@dataclass(frozen=True)
class Vacancy:
    """A unit without 分管人 or 联络员."""

    unit: Unit
    missing: str

    @property
    def words(self) -> str:
        """``缺分管人、联络员``."""
        return f"缺{self.missing}"


@dataclass(frozen=True)
class OfficeDesk:
    """The office's home page."""

    cycle: CycleStanding | None
    opinions: list[Waiting]
    results: list[SealedResult]
    late: list[Asked]
    vacancies: list[Vacancy]

    @property
    def decisions(self) -> int:
        """How many things wait for the office."""
        return len(self.opinions) + len(self.results)

    @property
    def late_units(self) -> int:
        """How many units are late with something."""
        return len({each.receipt.unit_id for each in self.late})

    @property
    def overdue(self) -> int:
        """Opinions whose answer is overdue."""
        return sum(each.is_late for each in self.opinions)

    @property
    def shown_opinions(self) -> list[Waiting]:
        """Those that wait longest."""
        return self.opinions[:SHOWN]

    @property
    def more_opinions(self) -> int:
        """How many are not shown."""
        return len(self.opinions) - len(self.shown_opinions)

    @property
    def shown_late(self) -> list[Asked]:
        """Those that are late longest."""
        return self.late[:SHOWN]

    @property
    def shown_vacancies(self) -> list[Vacancy]:
        """As many as there is room for."""
        return self.vacancies[: max(SHOWN - len(self.shown_late), 3)]

    @property
    def more_units(self) -> int:
        """How many lines are not shown."""
        shown = len(self.shown_late) + len(self.shown_vacancies)
        return len(self.late) + len(self.vacancies) - shown


def office_desk(actor: Actor, today: date) -> OfficeDesk:
    """Everything on the office's home page; six queries."""
    return OfficeDesk(
        cycle=current_cycle(today),
        opinions=opinions_waiting(today),
        results=[each for each in results_to_publish() if each.loaded_by_id != actor.account_id],
        late=late_receipts(today),
        vacancies=vacancies(today),
    )


def vacancies(today: date) -> list[Vacancy]:
    """Units at 乡科级 without 分管人 or 联络员; two queries."""
    roles = (DutyRole.LEAD, DutyRole.LIAISON)
    held = set(Duty.objects.on(today).filter(role__in=roles).values_list("unit", "role"))
    found = []
    for unit in Unit.objects.open().assessed():
        missing = [role.label for role in roles if (unit.pk, role.value) not in held]
        if missing:
            found.append(Vacancy(unit, "、".join(missing)))
    return found
