"""How steady are the people who do the work, and in what conditions? 人员常换、兼职较多、设备合用破损."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery

from jixiao.org.models import Condition, Duty, Unit
from jixiao.org.queries.units import YEAR, counted
from jixiao.org.states import SINGLE, DutyRole, State, Use


def stability(day: date) -> QuerySet[Unit]:
    """The units at 乡科级 on ``day`` with the figures of their people and conditions."""
    of_unit = Duty.objects.filter(unit=OuterRef("pk"))
    held = of_unit.filter(until__isnull=True)
    conditions = Condition.objects.filter(unit=OuterRef("pk"))
    liaison = held.filter(role=DutyRole.LIAISON).order_by()
    return (
        Unit.objects.open()
        .assessed()
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

    units: int
    vacant: int
    """Units without 组长, 分管人 or 联络员."""
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

    @property
    def part_time_share(self) -> str:
        """Of all duties in force."""
        return f"{100 * self.part_time / self.in_duty:.0f}%" if self.in_duty else "—"


def summary(day: date) -> Summary:
    """All units in a few figures; one query."""
    names = ("lead_changes", "liaison_changes", "part_time", "in_duty", "shared", "worn")
    rows = list(stability(day).values("liaison_since", *(f"has_{r.value}" for r in SINGLE), *names))
    total = {name: sum(row[name] for row in rows) for name in names}
    terms = [(day - row["liaison_since"]).days for row in rows if row["liaison_since"]]
    return Summary(
        units=len(rows),
        vacant=sum(not all(row[f"has_{role.value}"] for role in SINGLE) for row in rows),
        without={role.value: sum(not row[f"has_{role.value}"] for row in rows) for role in SINGLE},
        liaison_changes=total["liaison_changes"],
        lead_changes=total["lead_changes"],
        restless=sum(row["liaison_changes"] > 1 for row in rows),
        part_time=total["part_time"],
        in_duty=total["in_duty"],
        liaison_days=int(median(terms)) if terms else None,
        shared=sum(row["shared"] > 0 for row in rows),
        worn=sum(row["worn"] > 0 for row in rows),
    )


def condition_list() -> QuerySet[Condition]:
    """Offices, signboards, notice boards, computers and cabinets of the open units."""
    return Condition.objects.filter(unit__until__isnull=True).select_related("unit")


def unrecorded() -> QuerySet[Unit]:
    """Units at 乡科级 that have recorded no conditions at all."""
    return Unit.objects.open().assessed().filter(conditions__isnull=True)
