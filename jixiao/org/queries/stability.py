"""How steady are the people who do the work, and in what conditions? 人员常换、兼职较多、设备合用破损."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, Subquery

from jixiao.org.models import Condition, Duty, Unit
from jixiao.org.queries.units import YEAR, counted
from jixiao.org.states import SINGLE, DutyRole, State, Use


def compared() -> QuerySet[Unit]:
    """The open units that are compared with others."""
    return Unit.objects.open().assessed().exclude(group="")


def stability(day: date) -> QuerySet[Unit]:
    """The units that are compared, on ``day``, with the figures of their people and conditions."""
    found = Condition.objects.filter(unit=OuterRef("pk"))
    held = Duty.objects.filter(unit=OuterRef("pk"), until__isnull=True)
    liaison = held.filter(role=DutyRole.LIAISON).order_by()
    return compared().annotate(
        lead_changes=_changes(DutyRole.LEAD, day),
        liaison_changes=_changes(DutyRole.LIAISON, day),
        liaison_since=Subquery(liaison.values("unit").annotate(first=Min("since")).values("first")),
        part_time=counted(held.filter(is_full_time=False), "unit"),
        in_duty=counted(held, "unit"),
        **{f"has_{role.value}": Exists(held.filter(role=role)) for role in SINGLE},
        shared=counted(found.filter(use=Use.SHARED), "unit"),
        worn=counted(found.exclude(state=State.GOOD), "unit"),
    )


def conditions() -> QuerySet[Unit]:
    """The same units with ``found``: what was found of each kind; shared, worn, recorded or not."""
    found = Condition.objects.filter(unit=OuterRef("pk"))
    shared, worn = found.filter(use=Use.SHARED), found.exclude(state=State.GOOD)
    return (
        compared()
        .annotate(shared=counted(shared, "unit"), worn=counted(worn, "unit"))
        .annotate(has_shared=Exists(shared), has_worn=Exists(worn), is_recorded=Exists(found))
        .prefetch_related(Prefetch("conditions", to_attr="found"))
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
    """The people of all units in a few figures."""

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

    @property
    def part_time_share(self) -> str:
        """Of all duties in force."""
        return f"{100 * self.part_time / self.in_duty:.0f}%" if self.in_duty else "—"


def summary(day: date) -> Summary:
    """All units in a few figures; one query."""
    totals = ("lead_changes", "liaison_changes", "part_time", "in_duty")
    held = {role.value: f"has_{role.value}" for role in SINGLE}
    rows = list(stability(day).values("liaison_since", *totals, *held.values()))
    terms = [(day - row["liaison_since"]).days for row in rows if row["liaison_since"]]
    return Summary(
        without={role: sum(not row[has] for row in rows) for role, has in held.items()},
        restless=sum(row["liaison_changes"] > 1 for row in rows),
        liaison_days=int(median(terms)) if terms else None,
        **{name: sum(row[name] for row in rows) for name in totals},
    )


def condition_summary() -> dict[str, int]:
    """In how many units things are shared or worn, and how many recorded nothing; two queries."""
    found = Condition.objects.filter(unit__in=compared())
    counts: dict[str, int] = found.aggregate(
        shared=Count("unit", Q(use=Use.SHARED), distinct=True),
        worn=Count("unit", ~Q(state=State.GOOD), distinct=True),
        recorded=Count("unit", distinct=True),
    )
    return counts | {"unrecorded": compared().count() - counts["recorded"]}
