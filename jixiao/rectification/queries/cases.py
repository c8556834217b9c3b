"""Which findings are there, whom do they wait for, and which are late or repeated?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Count,
    Expression,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    When,
)
from django.db.models import Case as Switch

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import ROLES, Extent, Permission
from jixiao.core.signs import State as Shape
from jixiao.core.words import moment
from jixiao.notices.queries import time_left
from jixiao.periods.workdays import Span
from jixiao.rectification.models import Case, CaseStep, Proof
from jixiao.rectification.states import OPEN, OWED_BY_UNIT, CaseState, StepKind
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.scoring.scheme import leaves

CaseRow = Case
ProofRow = Proof
"""What pages call them; they do not import models."""
WAY = (
    (CaseState.TOLD, (StepKind.TOLD, StepKind.SEND_BACK, StepKind.RELAPSE)),
    (CaseState.PLANNED, (StepKind.PLAN,)),
    (CaseState.PROVEN, (StepKind.PROOF,)),
    (CaseState.VERIFIED, (StepKind.VERIFY,)),
    (CaseState.CLOSED, (StepKind.RECHECK,)),
)
"""The states on the way, and the steps by which a finding comes into each."""


@dataclass(frozen=True)
class Reach:
    """Whose findings and reminders somebody may read."""

    everything: bool
    units: tuple[int, ...]
    groups: tuple[str, ...]

    def within(self, unit: str = "unit") -> Q:
        """The same as a filter on a column that names the unit."""
        if self.everything:
            return Q()
        return Q(**{f"{unit}__in": self.units}) | Q(**{f"{unit}__group__in": self.groups})


def reach(actor: Actor) -> Reach:
    """By the roles that give the permission, not by every role that is held somewhere."""
    if actor.may(Permission.RECTIFICATION_SEE, Place()):
        return Reach(everything=True, units=(), groups=())
    keys: dict[Extent, list[str]] = {Extent.UNIT: [], Extent.GROUP: []}
    for held in actor.held:
        rule = ROLES[held.role]
        if Permission.RECTIFICATION_SEE in rule.permissions and rule.extent in keys and held.key:
            keys[rule.extent].append(held.key)
    units = tuple(int(each) for each in keys[Extent.UNIT])
    return Reach(everything=False, units=units, groups=tuple(keys[Extent.GROUP]))


def cases(actor: Actor, today: date) -> QuerySet[Case]:
    """The findings that this person may read, each with whether it is late or repeated."""
    found = Case.objects.filter(reach(actor).within())
    if not actor.may(Permission.RECTIFICATION_EXTEND):
        own = Q(found_by=actor.account_id) if actor.account_id else Q()
        found = found.filter(Q(told_at__isnull=False) | own)
    marked = found.select_related("unit", "found_by").annotate(
        late=_is(is_late(today)), again=_is(Q(repeats__isnull=False)), rank=_rank()
    )
    return marked.order_by("rank", F("due_on").asc(nulls_last=True), "-found_at", "-id")


def _rank() -> Expression:
    """What waits for somebody first, what is over last."""
    return Switch(
        When(state__in=OPEN, then=0), When(state=CaseState.VERIFIED, then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip


def is_late(today: date) -> Q:
    """Owed by the unit, and the day is over."""
    return Q(state__in=OWED_BY_UNIT, due_on__lt=today)


def _is(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, BooleanField())


def case(pk: int) -> Case | None:
    """One finding."""
    people = ("found_by", "told_by", "closed_by", "given_back_by")
    return Case.objects.select_related("unit", "repeats", *people).filter(pk=pk).first()


def proof(pk: int) -> Proof | None:
    """One file."""
    return Proof.objects.select_related("step__case__unit").filter(pk=pk).first()


def may_read(case: Case, actor: Actor) -> bool:
    """What the unit has not been told of is known to the office and to whoever found it."""
    told_or_own = case.told_at is not None or case.found_by_id == actor.account_id
    return told_or_own or actor.may(Permission.RECTIFICATION_EXTEND)


def may_see_points(case: Case, actor: Actor) -> bool:
    """A deduction is a mark: known to the unit itself, to those who see marks, and to the finder."""
    return actor.may(Permission.RESULTS_SEE, case.place()) or case.found_by_id == actor.account_id


@dataclass(frozen=True)
class Standing:
    """How many findings wait, how many of them are late or repeated."""

    open: int
    late: int
    again: int
    to_verify: int
    to_recheck: int


def standing(actor: Actor, today: date) -> Standing:
    """The sentence above the list; one query."""
    is_open = Q(state__in=OPEN)
    return Standing(
        **cases(actor, today)
        .order_by()
        .aggregate(
            open=Count("pk", filter=is_open),
            late=Count("pk", filter=is_late(today)),
            again=Count("pk", filter=is_open & Q(repeats__isnull=False)),
            to_verify=Count("pk", filter=Q(state=CaseState.PROVEN)),
            to_recheck=Count("pk", filter=Q(state=CaseState.VERIFIED)),
        )
    )


def years() -> list[tuple[int, str]]:
    """The years that have findings, newest first, as options."""
    found = Case.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, f"{year}年") for year in found]


def known_themes() -> list[str]:
    """The themes that were used before, so that the same thing gets the same name."""
    found = Case.objects.exclude(theme="").order_by("theme")
    return list(found.values_list("theme", flat=True).distinct())


def scheme_items(year: int) -> list[tuple[str, str]]:
    """Code and name of every scored item of the schemes in force that year, once."""
    versions = SchemeVersion.objects.filter(year=year, state=State.PUBLISHED)
    return list(
        dict.fromkeys(
            (item.code, item.name)
            for version in versions
            for item in leaves((*version.scheme.items, *version.scheme.adjustments))
        )
    )


# ── One finding ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Step:
    """One state on the way, as the state bar shows it."""

    label: str
    state: Shape
    when: str


def told_steps(case: Case) -> list[CaseStep]:
    """Everything that was done about it, in the order of happening, with people and files."""
    found = case.steps.select_related("taken_by").prefetch_related("files")
    return list(found.order_by("id"))


def way(case: Case, steps: Collection[CaseStep], today: date) -> list[Step]:
    """How far it has come in the present turn, and when."""
    if case.state == CaseState.WITHDRAWN:
        return [Step("待报方案", "done", moment(case.told_at)), _last("撤回", steps)]
    states = [state for state, _ in WAY]
    at = states.index(CaseState(case.state)) if case.state in states else -1
    is_over = case.state in OWED_BY_UNIT and case.due_on is not None and case.due_on < today
    here: Shape = "late" if is_over else "current"
    return [
        Step(
            state.label,
            "done" if place < at or state == case.state == CaseState.CLOSED
            else here if place == at else "open",
            _when(kinds, steps, case.turn) if place <= at else "",
        )
        for place, (state, kinds) in enumerate(WAY)
    ]  # fmt: skip


def _when(kinds: Collection[StepKind], steps: Collection[CaseStep], turn: int) -> str:
    """When the present turn came into a state; a return ends the turn before it."""
    found = [each for each in steps if each.kind in kinds]
    if StepKind.TOLD not in kinds:
        found = [each for each in found if each.turn == turn]
    return f"{moment(found[-1].taken_at)} {found[-1].taken_by.name}" if found else ""


def _last(label: str, steps: Collection[CaseStep]) -> Step:
    done = [each for each in steps if each.kind == StepKind.WITHDRAW]
    return Step(label, "current", moment(done[-1].taken_at) if done else "")


# ── Whom it waits for ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Owed:
    """A finding that waits for its unit, and how long it has left."""

    case: Case
    left: Span

    @property
    def is_late(self) -> bool:
        """Whether the day is over."""
        return self.left.days < 0


def owed_by(units: Collection[int], today: date) -> list[Owed]:
    """What these units still have to do, the most urgent first; one query."""
    found = Case.objects.owed().filter(unit__in=units).order_by("due_on", "id")
    return [Owed(each, time_left(each.due_on, today)) for each in found if each.due_on]


def at_hand(actor: Actor, today: date) -> tuple[list[Case], list[Owed]]:
    """Results that this person may verify, and what units are overdue with; one query."""
    wanted = Q(pk__in=to_verify(actor).values("pk")) | is_late(today)
    found = Case.objects.filter(wanted).select_related("unit").defer("unit__search")
    rows = list(found.order_by("due_on", "unit__order", "id"))
    owed = [each for each in rows if each.state in OWED_BY_UNIT]
    late = [Owed(each, time_left(each.due_on, today)) for each in owed if each.due_on]
    return [each for each in rows if each.state == CaseState.PROVEN], late


def to_verify(actor: Actor) -> QuerySet[Case]:
    """Results that this person may verify, those that wait longest first."""
    found = Case.objects.filter(state=CaseState.PROVEN).exclude(found_by=actor.account_id)
    return found.select_related("unit").order_by("due_on", "id")


def cases_waiting(actor: Actor) -> QuerySet[Case]:
    """The findings that wait for this person: to be put right, or to be verified."""
    if actor.may(Permission.RECTIFICATION_REVIEW):
        return to_verify(actor)
    return Case.objects.owed().filter(reach(actor).within())


# ── What several units have in common ──────────────────────────────────────────────────────


@dataclass(frozen=True)
class Theme:
    """Findings under one heading: by theme, else by item."""

    name: str
    is_theme: bool
    units: tuple[str, ...]
    cases: int
    open: int
    late: int
    again: int


def themes(actor: Actor, today: date, year: int | None = None) -> list[Theme]:
    """What is found most widely, for the bulletin: the most units first; one query."""
    found = cases(actor, today).filter(told_at__isnull=False).exclude(state=CaseState.WITHDRAWN)
    if year:
        found = found.filter(year=year)
    grouped: dict[tuple[str, bool], list[Case]] = {}
    for each in found.order_by("unit__order", "unit_id").defer("fact", "evidence", "cause"):
        grouped.setdefault((each.theme or each.item, bool(each.theme)), []).append(each)
    made = [_theme(*key, same, today) for key, same in grouped.items()]
    return sorted(made, key=lambda each: (-len(each.units), -each.cases, each.name))


def _theme(name: str, is_theme: bool, same: list[Case], today: date) -> Theme:  # noqa: FBT001
    overdue = [each for each in same if each.state in OWED_BY_UNIT and each.due_on]
    return Theme(
        name=name,
        is_theme=is_theme,
        units=tuple(dict.fromkeys(each.unit.name for each in same)),
        cases=len(same),
        open=sum(each.state in OPEN for each in same),
        late=sum(each.due_on < today for each in overdue if each.due_on),
        again=sum(each.repeats_id is not None for each in same),
    )
