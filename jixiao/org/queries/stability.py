"""How steady are the people who do the work, and in what conditions? 人员常换、兼职较多、设备合用破损."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Exists, Min, OuterRef, Prefetch, QuerySet, Subquery

from jixiao.org.models import Condition, Duty, Unit
from jixiao.org.queries.units import YEAR, counted
from jixiao.org.states import SINGLE, DutyRole, State, Use


def stability(day: date) -> QuerySet[Unit]:
    """The units that are compared, on ``day``, with the figures of their people and conditions."""
    of_unit = Duty.objects.filter(unit=OuterRef("pk"))
    held = of_unit.filter(until__isnull=True)
    conditions = Condition.objects.filter(unit=OuterRef("pk"))
    liaison = held.filter(role=DutyRole.LIAISON).order_by()
    return (
        Unit.objects.open()
        .assessed()
        .exclude(group="")
        .annotate(
            lead_changes=_changes(DutyRole.LEAD, day),
            liaison_changes=_changes(DutyRole.LIAISON, day),
            liaison_since=Subquery(
                liaison.values("unit").annotate(first=Min("since")).values("first")
            ),
            part_time=counted(held.filter(is_full_time=False), "unit"),
            in_duty=counted(held, "unit"),
            **{f"has_{role.value}": Exists(held.filter(role=role)) for role in SINGLE},
            shared=counted(conditions.filter(use=Use.SHARED), "unit"),
            worn=counted(conditions.exclude(state=State.GOOD), "unit"),
            has_shared=Exists(conditions.filter(use=Use.SHARED)),
            has_worn=Exists(conditions.exclude(state=State.GOOD)),
            is_recorded=Exists(conditions),
        )
    )


def _changes(role: DutyRole, day: date) -> object:
    """How often somebody took over from somebody within a year."""
    earlier = Duty.objects.filter(unit=OuterRef("unit"), role=role, since__lt=OuterRef("since"))
    began = Duty.objects.filter(
        Exists(earlier), unit=OuterRef("pk"), role=role, since__gt=day - YEAR, since__lte=day
    )
    return counted(began, "unit")


@dataclass(frozen=True)
class Summary:
    """The county in a few figures."""

    without: dict[str, int]
    """Units by the duty that nobody has."""
    liaison_changes: int
    lead_changes: int
    restless: int
    """Units whose liaison changed twice or more."""
    part_time: int
    in_duty: int
    liaison_days: int | None
    """The median of how long the liaisons have been at it."""
    shared: int
    worn: int
    unrecorded: int

    @property
    def part_time_share(self) -> str:
        """Of all duties in force."""
        return f"{100 * self.part_time / self.in_duty:.0f}%" if self.in_duty else "—"


def summary(day: date) -> Summary:
    """All units in a few figures; one query."""
    totals = ("lead_changes", "liaison_changes", "part_time", "in_duty")
    states = ("has_shared", "has_worn", "is_recorded", *(f"has_{role.value}" for role in SINGLE))
    rows = list(stability(day).values("liaison_since", *totals, *states))
    total = {name: sum(row[name] for row in rows) for name in totals}
    terms = [(day - row["liaison_since"]).days for row in rows if row["liaison_since"]]
    return Summary(
        without={role.value: sum(not row[f"has_{role.value}"] for row in rows) for role in SINGLE},
        liaison_changes=total["liaison_changes"],
        lead_changes=total["lead_changes"],
        restless=sum(row["liaison_changes"] > 1 for row in rows),
        part_time=total["part_time"],
        in_duty=total["in_duty"],
        liaison_days=int(median(terms)) if terms else None,
        shared=sum(row["has_shared"] for row in rows),
        worn=sum(row["has_worn"] for row in rows),
        unrecorded=sum(not row["is_recorded"] for row in rows),
    )


def conditions(day: date) -> QuerySet[Unit]:
    """The same units with ``found``: what was found of each kind."""
    return stability(day).prefetch_related(Prefetch("conditions", to_attr="found"))
