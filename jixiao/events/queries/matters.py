"""Which matters are there, which are under notice, and for what can one be entered?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import ROLES, Extent, Permission
from jixiao.core.signs import State as Shape
from jixiao.core.words import moment
from jixiao.events.models import Evidence, Matter, MatterStep, Objection
from jixiao.events.queries.counting import Worth, worth_of
from jixiao.events.queries.proof import event_items, table_of
from jixiao.events.states import LIVE, WAY, MatterState
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.scoring.numbers import number_text
from jixiao.scoring.scheme import Item
from jixiao.visits.queries.rounds import scheme_units, task_book

MatterRow = Matter
EvidenceRow = Evidence
ObjectionRow = Objection
VersionRow = SchemeVersion
"""What pages call them; they do not import models."""


def within(actor: Actor) -> Q:
    """Whose matters somebody may read, by the roles that give the permission."""
    if actor.may(Permission.EVENTS_SEE, Place()):
        return Q()
    keys: dict[Extent, list[str]] = {Extent.UNIT: [], Extent.GROUP: []}
    for held in actor.held:
        rule = ROLES[held.role]
        if Permission.EVENTS_SEE in rule.permissions and rule.extent in keys and held.key:
            keys[rule.extent].append(held.key)
    return Q(unit__in=keys[Extent.UNIT]) | Q(unit__group__in=keys[Extent.GROUP])


def matters(actor: Actor) -> QuerySet[Matter]:
    """The matters that this person may read."""
    return _whole(Matter.objects.filter(within(actor)))


def _whole(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    found = rows.select_related("unit", "version_of__line")
    light = found.defer("version_of__document", "version_of__changed", "unit__search")
    return light.annotate(
        unanswered=Count("objections", filter=Q(objections__answered_at__isnull=True))
    )


def matter(pk: int) -> Matter | None:
    """One matter."""
    people = ("applied_by", "checked_by", "noticed_by", "signed_by", "restored_by")
    return _whole(Matter.objects.filter(pk=pk)).select_related(*people).first()


def evidence(pk: int) -> Evidence | None:
    """One file."""
    return Evidence.objects.select_related("matter__unit").filter(pk=pk).first()


def objection(pk: int) -> Objection | None:
    """One objection."""
    return Objection.objects.select_related("matter__unit").filter(pk=pk).first()


@dataclass(frozen=True)
class Standing:
    """How many matters wait for whom."""

    applied: int
    noticed: int
    objected: int
    live: int


def standing(actor: Actor) -> Standing:
    """The sentence above the list; one query."""
    rows = Matter.objects.filter(within(actor))
    waiting = Q(objections__isnull=False, objections__answered_at__isnull=True)
    return Standing(
        **rows.aggregate(
            applied=Count("pk", filter=Q(state=MatterState.APPLIED), distinct=True),
            noticed=Count("pk", filter=Q(state=MatterState.NOTICED), distinct=True),
            objected=Count("pk", filter=waiting, distinct=True),
            live=Count("pk", filter=Q(state__in=LIVE), distinct=True),
        )
    )


def matters_waiting(actor: Actor) -> QuerySet[Matter]:
    """The matters whose next step this person may take: to be checked, or to be signed."""
    found = Q(pk__in=())
    if actor.may(Permission.EVENTS_EDIT):
        found |= Q(state=MatterState.APPLIED) & ~Q(applied_by=actor.account_id)
    if actor.may(Permission.EVENTS_SIGN):
        over = Q(state=MatterState.NOTICED, notice_until__lt=timezone.localdate())
        found |= over & ~Q(checked_by=actor.account_id)
    return Matter.objects.filter(found)


def years() -> list[tuple[int, str]]:
    """The years that have matters, newest first, as options."""
    found = Matter.objects.order_by("-version_of__year").values_list("version_of__year", flat=True)
    return [(year, f"{year}年度") for year in dict.fromkeys(found)]


# ── Public notice ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Told:
    """A matter and what it is worth."""

    matter: Matter
    worth: Worth


def under_notice(today: date) -> list[Told]:
    """The matters whose notice runs, those that end first before the others; three queries."""
    running = Matter.objects.filter(state=MatterState.NOTICED, notice_until__gte=today)
    rows = list(_whole(running).order_by("notice_until", "unit__order", "id"))
    worth = worth_of(rows)
    return [Told(row, worth[row.pk]) for row in rows]


# ── One matter ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Step:
    """One state on the way, as the state bar shows it."""

    label: str
    state: Shape
    when: str


def way(row: Matter) -> list[Step]:
    """How far it has come, and when; steps that the scheme does not ask for are left out."""
    table = table_of(row)
    needs = set(table.requires) if table else set()
    asked = {MatterState.NOTICED: "notice" in needs, MatterState.SIGNED: "signature" in needs}
    states = [each for each in WAY if asked.get(each, True) or row.state == each]
    came = {
        MatterState.APPLIED: row.applied_at, MatterState.CHECKED: row.checked_at,
        MatterState.NOTICED: row.noticed_at, MatterState.SIGNED: row.signed_at,
    }  # fmt: skip
    if row.state not in WAY:
        done = [Step(s.label, "done", moment(came[s])) for s in states if came[s]]
        return [*done, Step(row.get_state_display(), "current", "")]
    at = states.index(MatterState(row.state))
    return [
        Step(
            state.label,
            "done" if place < at else "current" if place == at else "open",
            moment(came[state]) if place <= at and came[state] else "",
        )
        for place, state in enumerate(states)
    ]


def told_steps(row: Matter) -> list[MatterStep]:
    """Everything that was done about it, in the order of happening."""
    return list(row.steps.select_related("taken_by").order_by("id"))


def objections(row: Matter) -> list[Objection]:
    """What was said against it, and the answers."""
    return list(row.objections.select_related("raised_by", "answered_by").order_by("id"))


# ── For what a matter can be entered ───────────────────────────────────────────────────────


def open_versions() -> list[SchemeVersion]:
    """Published schemes of the last two years that have such items; one query a document."""
    since = timezone.localdate().year - 1
    rows = SchemeVersion.objects.light().filter(state=State.PUBLISHED, year__gte=since)
    return [each for each in rows.order_by("-year", "line__name") if event_items(each)]


def version(pk: int) -> SchemeVersion | None:
    """A published scheme that has such items."""
    found = SchemeVersion.objects.select_related("line").filter(pk=pk, state=State.PUBLISHED)
    row = found.first()
    return row if row and event_items(row) else None


def in_force(version: SchemeVersion) -> SchemeVersion:
    """The scheme as it stands now for the same year."""
    same = SchemeVersion.objects.filter(line=version.line_id, year=version.year)
    return same.filter(state=State.PUBLISHED).order_by("-number").first() or version


Options = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Choices:
    """What can be chosen when a matter of a scheme is entered."""

    units: Options
    levels: Options
    """By item; each value is ``item|level``."""
    grades: list[tuple[str, str]]
    rounds: list[tuple[str, str]]


def choices(version: SchemeVersion, actor: Actor) -> Choices:
    """Units within reach, levels with their points; penalties only for those who register them."""
    scheme, items = task_book(version).scheme, event_items(version).values()
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit, name, group in scheme_units(version):
        if actor.may(Permission.EVENTS_APPLY, unit.place()):
            groups.setdefault(group, []).append((str(unit.pk), name))
    registers = actor.may(Permission.EVENTS_EDIT)
    levels = [(f"{each.code} {each.name}", _levels(each, with_all=registers)) for each in items]
    grades = dict.fromkeys(name for each in items if each.events for name in each.events.classes)
    return Choices(
        list(groups.items()),
        [each for each in levels if each[1]],
        [(name, name) for name in grades],
        [(each.code, each.name) for each in scheme.rounds],
    )


def _levels(item: Item, *, with_all: bool) -> list[tuple[str, str]]:
    levels = item.events.levels.items() if item.events else ()
    return [
        (f"{item.code}|{name}", f"{name}（{number_text(points)}分）")
        for name, points in levels
        if with_all or points >= 0
    ]
