"""Which units are there, and what is known of one of them? One function a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from jixiao.org.models import (
    Alias,
    Condition,
    Delegation,
    Duty,
    Post,
    Reorganization,
    Succession,
    Unit,
    UnitVersion,
)
from jixiao.org.states import ASSESSED, SINGLE, ConditionKind, DutyRole, Kind

YEAR = timedelta(days=365)
LEVELS = {"": ASSESSED, "below": (Kind.SECTION, Kind.SUBORDINATE), "villages": (Kind.VILLAGE,)}
"""The lists of open units; ``closed`` is the list of the others."""


def unit_list(level: str = "") -> QuerySet[Unit]:
    """Units of one level with ``held`` (duties in force), ``people`` and ``below`` as counts."""
    if level == "closed":
        found = Unit.objects.filter(until__isnull=False)
    else:
        found = Unit.objects.open().filter(kind__in=LEVELS[level])
    held = Duty.objects.filter(until__isnull=True).select_related("person")
    return (
        found.select_related("parent")
        .prefetch_related(Prefetch("duties", held, to_attr="held"))
        .annotate(
            people=counted(Post.objects.filter(unit=OuterRef("pk"), until__isnull=True), "unit"),
            below=counted(Unit.objects.open().filter(parent=OuterRef("pk")), "parent"),
        )
    )


def counted(
    rows: QuerySet[Duty] | QuerySet[Post] | QuerySet[Unit] | QuerySet[Condition], by: str
) -> Coalesce:
    """How many of ``rows``, for an outer query."""
    each = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(each), 0)


def level_counts() -> dict[str, int]:
    """How many units each list has (``top`` are those at 乡科级); one query."""
    counts: dict[str, int] = Unit.objects.aggregate(
        closed=Count("pk", Q(until__isnull=False)),
        **{
            level or "top": Count("pk", Q(until__isnull=True, kind__in=kinds))
            for level, kinds in LEVELS.items()
        },
    )
    return counts


def groups() -> list[tuple[str, str]]:
    """The groups within which units are compared now, as options."""
    found = Unit.objects.open().exclude(group="").order_by("group")
    return [(group, group) for group in found.values_list("group", flat=True).distinct()]


def unit(number: int) -> Unit | None:
    """One unit."""
    return Unit.objects.select_related("parent__parent__parent").filter(pk=number).first()


def alias(number: int) -> Alias | None:
    """One alias."""
    found = Alias.objects.select_related("unit__parent__parent")
    return found.filter(pk=number).first()


def units_on(day: date) -> QuerySet[UnitVersion]:
    """What every unit was on ``day``: name, kind, group, parent."""
    return UnitVersion.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), since__lte=day
    ).order_by("unit__order", "unit")


def unit_names_on(day: date) -> dict[int, str]:
    """The names of the units by number as they were on ``day``; one query."""
    return dict(units_on(day).values_list("unit", "name"))


# ---------------------------------------------------------------------- one unit


@dataclass(frozen=True)
class Missing:
    """Something that a unit needs and does not have, and who supplies it."""

    what: str
    who: str


@dataclass(frozen=True)
class Figures:
    """How steady the people of one unit are: 12 months of changes, terms, part-time work."""

    lead_changes: int
    liaison_changes: int
    days: int | None
    part_time: int
    in_duty: int


@dataclass(frozen=True)
class UnitCard:
    """Everything that the page of one unit tells."""

    unit: Unit
    aliases: list[Alias]
    children: list[Unit]
    duties: list[Duty]
    delegations: list[Delegation]
    posts: list[Post]
    conditions: list[tuple[str, str, Condition | None]]
    """Kind, its Chinese word, and what was found of it."""
    successions: list[Succession]
    """Where a closed unit went."""

    @property
    def held(self) -> list[Duty]:
        """Duties in force."""
        return [duty for duty in self.duties if duty.until is None]

    def holders(self, role: DutyRole) -> list[Duty]:
        """Who has this duty now."""
        return [duty for duty in self.held if duty.role == role]

    def changes(self, role: DutyRole, day: date) -> int:
        """How often somebody took over within a year before ``day``."""
        terms = [duty for duty in self.duties if duty.role == role]
        first = min((duty.since for duty in terms), default=day)
        return sum(duty.since > max(first, day - YEAR) for duty in terms)

    def median_days(self, day: date) -> int | None:
        """How long 分管人 and 联络员 stay here: the median of their terms."""
        terms = [
            ((duty.until or day) - duty.since).days
            for duty in self.duties
            if duty.role in (DutyRole.LEAD, DutyRole.LIAISON)
        ]
        return int(median(terms)) if terms else None

    def figures(self, day: date) -> "Figures":
        """How steady the people are."""
        held = self.held
        return Figures(
            lead_changes=self.changes(DutyRole.LEAD, day),
            liaison_changes=self.changes(DutyRole.LIAISON, day),
            days=self.median_days(day),
            part_time=sum(not duty.is_full_time for duty in held),
            in_duty=len(held),
        )

    def missing(self, day: date) -> list[Missing]:
        """What an open unit that is compared with others still needs."""
        if not self.unit.is_open or not self.unit.group:
            return []
        return [*self._vacant(), *self._unknown(day)]

    def _vacant(self) -> Iterable[Missing]:
        for role in SINGLE:
            if not self.holders(role):
                who = "由本单位分管人或联络员登记，也可以请县绩效办登记"
                yield Missing(f"没有{role.label}", who)

    def _unknown(self, day: date) -> Iterable[Missing]:
        who = "由本单位联络员核对登记"
        if unknown := [label for _, label, found in self.conditions if found is None]:
            yield Missing(f"没有登记：{'、'.join(unknown)}", who)
        old = [label for _, label, found in self.conditions if found and day - found.seen_on > YEAR]
        if old:
            yield Missing(f"超过一年没有核对：{'、'.join(old)}", who)


def unit_card(unit: Unit) -> UnitCard:
    """Everything about one unit as it is; six queries."""
    found = {row.kind: row for row in unit.conditions.all()}
    return UnitCard(
        unit=unit,
        aliases=list(unit.aliases.all()),
        children=list(unit.children.all()),
        duties=_duties(unit),
        delegations=_delegations(unit) if unit.is_open else [],
        posts=list(unit.posts.filter(until__isnull=True).select_related("person")),
        conditions=[(kind.value, str(kind.label), found.get(kind)) for kind in ConditionKind],
        successions=[] if unit.is_open else _successions(Q(before=unit)),
    )


@dataclass(frozen=True)
class History:
    """What a unit was, what it came from and went into, and who was there before."""

    versions: list[UnitVersion]
    successions: list[Succession]
    duties: list[Duty]
    posts: list[Post]


def unit_history(unit: Unit) -> History:
    """Everything that is over; four queries."""
    return History(
        versions=list(unit.versions.select_related("parent")),
        successions=_successions(Q(before=unit) | Q(after=unit)),
        duties=[duty for duty in _duties(unit) if duty.until is not None],
        posts=list(unit.posts.filter(until__isnull=False).select_related("person")),
    )


def _delegations(unit: Unit) -> list[Delegation]:
    found = unit.delegations.filter(until__gte=timezone.localdate())
    return list(found.select_related("absent", "deputy"))


def _successions(which: Q) -> list[Succession]:
    found = Succession.objects.filter(which)
    return list(found.select_related("reorganization", "before", "after"))


def _duties(unit: Unit) -> list[Duty]:
    order = list(DutyRole)
    rows = unit.duties.select_related("person").order_by("-since", "id")
    return sorted(rows, key=lambda duty: order.index(DutyRole(duty.role)))


# ---------------------------------------------------------------------- tree and events


@dataclass(frozen=True)
class Branch:
    """A unit with everything below it."""

    unit: Unit
    children: list["Branch"]


def unit_tree() -> dict[str, list[Branch]]:
    """The open units by group (or kind where there is none), each with what belongs to it; one query."""
    children: dict[int | None, list[Unit]] = {}
    for each in Unit.objects.open():
        children.setdefault(each.parent_id, []).append(each)

    def branch(unit: Unit) -> Branch:
        return Branch(unit, [branch(child) for child in children.get(unit.pk, [])])

    found: dict[str, list[Branch]] = {}
    for top in children.get(None, []):
        found.setdefault(top.group or f"{top.get_kind_display()}（不分组）", []).append(branch(top))
    return found


def reorganizations() -> QuerySet[Reorganization]:
    """Mergers, splits and closures, newest first, with what went where."""
    parts = Succession.objects.select_related("before", "after")
    return Reorganization.objects.prefetch_related(Prefetch("successions", parts))
