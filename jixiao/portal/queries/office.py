"""Where does the cycle stand, who is late, what needs a decision?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from jixiao.access.actor import Actor
from jixiao.notices.models import Notice, Opinion
from jixiao.notices.queries import Asked, Waiting, late_receipts, opinions_at_hand
from jixiao.org.models import Duty, Unit
from jixiao.org.states import ASSESSED, DutyRole
from jixiao.periods.queries import CycleStanding, current_cycle
from jixiao.periods.workdays import Span
from jixiao.portal.queries.load import LoadCard, load_card
from jixiao.rectification.models import Case
from jixiao.rectification.queries.cases import Owed, at_hand
from jixiao.rectification.queries.reminders import Awaited, reminders_to_deal_with
from jixiao.results.queries import AtHand, results_at_hand
from jixiao.schemes.queries.versions import known_or_waiting
from jixiao.visits.queries.today import OnSite, on_site

FEW = 3
SHOWN = 8
"""Rows of a list on a home page; the rest is one click away."""


@dataclass(frozen=True)
class Vacancy:
    """A unit without 分管人 or 联络员."""

    number: int
    unit: str
    missing: str


@dataclass(frozen=True)
class Overdue:
    """A notice past its day, with the units that have not signed."""

    notice: Notice
    left: Span
    units: tuple[str, ...]


@dataclass(frozen=True)
class OfficeDesk:
    """The office's home page."""

    cycle: CycleStanding | None
    opinions: list[Waiting]
    answers: list[Opinion]
    """To what this person wrote, not yet seen."""
    results: list[AtHand]
    """Runs whose next step this person may take, or with objections to decide."""
    late: list[Overdue]
    late_units: int
    proofs: list[Case]
    """Results that this person may verify."""
    late_cases: list[Owed]
    reminders: list[Awaited]
    """Replied to, or without reply in time."""
    vacancies: list[tuple[str, tuple[str, ...]]]
    """What is missing, and the units that lack it."""
    schemes: int
    """Versions of schemes that wait for this person to move them on."""
    load: LoadCard | None
    on_site: OnSite

    @property
    def decisions(self) -> int:
        """How many things wait for the office."""
        waiting = (self.opinions, self.proofs, self.replied)
        return sum(len(each) for each in waiting) + self.schemes + self.at_results

    @property
    def at_results(self) -> int:
        """Next steps, objections to decide, and runs to be scored again."""
        return sum(each.is_next + each.reviews + bool(each.to_score) for each in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """How many things wait, by the route where they wait."""
        return {
            "opinions": len(self.opinions), "schemes": self.schemes, "cases": len(self.proofs),
            "results": self.at_results,
        }  # fmt: skip

    @property
    def replied(self) -> list[Awaited]:
        """Reminders whose replies wait for the office."""
        return [each for each in self.reminders if each.is_replied]

    @property
    def late_reminders(self) -> list[Awaited]:
        """Reminders without reply in time."""
        return [each for each in self.reminders if not each.is_replied]

    @property
    def shown_proofs(self) -> list[Case]:
        """Those that wait longest."""
        return self.proofs[:FEW]

    @property
    def late_case_units(self) -> tuple[str, ...]:
        """The units that are behind with putting things right, once."""
        return tuple(dict.fromkeys(each.case.unit.name for each in self.late_cases))

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


def office_desk(actor: Actor, today: date) -> OfficeDesk:
    """Everything on the office's home page; nine queries."""
    cycle, late = current_cycle(today), late_receipts(today)
    opinions, answers = opinions_at_hand(actor, today)
    year = cycle.cycle.year if cycle else today.year
    versions = known_or_waiting(actor, (year - 1, year, year + 1))
    (proofs, cases), reminders = at_hand(actor, today), reminders_to_deal_with(today)
    late_units = {each.receipt.unit_id for each in late} | {each.case.unit_id for each in cases}
    late_units |= {each.reminder.unit_id for each in reminders if not each.is_replied}
    return OfficeDesk(
        cycle=cycle,
        opinions=opinions,
        answers=answers,
        results=results_at_hand(actor, today),
        late=_by_notice(late),
        late_units=len(late_units),
        proofs=proofs,
        late_cases=cases,
        reminders=reminders,
        vacancies=_by_gap(vacancies(today)),
        schemes=sum(each.waits for each in versions),
        load=load_card(versions, year),
        on_site=on_site(today),
    )


def vacancies(today: date) -> list[Vacancy]:
    """Units compared in some group that have no 分管人 or 联络员; one query."""
    found = with_duties(Unit.objects.open().assessed().exclude(group=""), today)
    lacking = found.filter(Q(has_lead=False) | Q(has_liaison=False))
    rows = lacking.values_list("pk", "name", "has_lead", "has_liaison")
    return [Vacancy(pk, name, _missing(*held_now)) for pk, name, *held_now in rows]


def with_duties(units: QuerySet[Unit], today: date) -> QuerySet[Any]:
    """Units with whether there is a 分管人 and a 联络员."""
    held = Duty.objects.on(today).filter(unit=OuterRef("pk"))
    lead, liaison = held.filter(role=DutyRole.LEAD), held.filter(role=DutyRole.LIAISON)
    return units.annotate(has_lead=Exists(lead), has_liaison=Exists(liaison))


def missing_in(unit: Any) -> str:  # noqa: ANN401 - a unit with its duties
    """What an assessed unit lacks, in words; empty where nothing is."""
    counts = unit.is_open and unit.group and unit.kind in ASSESSED
    return _missing(unit.has_lead, unit.has_liaison) if counts else ""


def _missing(*held: bool) -> str:
    roles = (DutyRole.LEAD, DutyRole.LIAISON)
    return "、".join(role.label for role, is_there in zip(roles, held, strict=True) if not is_there)


def _by_notice(late: list[Asked]) -> list[Overdue]:
    found: dict[int, list[Asked]] = {}
    for each in late:
        found.setdefault(each.receipt.notice_id, []).append(each)
    return [
        Overdue(
            same[0].receipt.notice,
            same[0].left,
            tuple(each.receipt.unit.name for each in same),
        )
        for same in found.values()
        if same[0].left
    ]


def _by_gap(vacancies: list[Vacancy]) -> list[tuple[str, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for each in vacancies:
        found.setdefault(f"缺{each.missing}", []).append(each.unit)
    return [(words, tuple(units)) for words, units in found.items()]
