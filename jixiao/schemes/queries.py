"""Which versions are there, what does each still need, and by which rules was a day governed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.schemes.burden import Burden, burden, heavier
from jixiao.schemes.linter import Finding, findings
from jixiao.schemes.models import KeptRemark, SchemeReturn, SchemeVersion, VersionQuerySet
from jixiao.schemes.states import APPROVE, MOVES, OPEN, PUBLISH, SUBMIT, Move, State
from jixiao.scoring.scheme import Scheme

MAKERS = (Permission.SCHEMES_EDIT, Permission.SCHEMES_APPROVE)
"""Who sees schemes before they are published."""


# ------------------------------------------------------------------ versions


def versions(actor: Actor) -> VersionQuerySet:
    """The versions that this person may read, without their documents."""
    return _readable(actor).light()


def version(pk: int, actor: Actor) -> SchemeVersion | None:
    """One version, if this person may read it."""
    people = ("drafted_by", "submitted_by", "approved_by", "published_by", "closed_by")
    found = _readable(actor).select_related("line", "based_on__line", *people)
    return found.filter(pk=pk).first()


def draft(pk: int) -> SchemeVersion | None:
    """One version for those who make schemes."""
    return SchemeVersion.objects.select_related("line", "based_on").filter(pk=pk).first()


def years(actor: Actor) -> list[int]:
    """The years that have schemes, newest first."""
    return sorted(set(_readable(actor).values_list("year", flat=True)), reverse=True)


def others(version: SchemeVersion, actor: Actor) -> list[SchemeVersion]:
    """The other versions of the same scheme, newest first: what it can be compared with."""
    return list(versions(actor).filter(line=version.line_id).exclude(pk=version.pk))


def bases(actor: Actor) -> list[SchemeVersion]:
    """What a new draft may begin from: everything published, newest first."""
    return list(versions(actor).public())


def returns(version: SchemeVersion) -> QuerySet[SchemeReturn]:
    """How often it was sent back, and why, the latest first."""
    found = version.returns.select_related("submitted_by", "returned_by")
    return found.defer("document")


def waiting(actor: Actor) -> int:
    """How many versions wait for this person to move them on."""
    mine = Q()
    if actor.may(Permission.SCHEMES_APPROVE):
        mine |= Q(state=State.APPROVED)
        mine |= Q(state=State.SUBMITTED) & ~Q(submitted_by=actor.account_id)
    if actor.may(Permission.SCHEMES_EDIT):
        mine |= Q(state=State.DRAFT, returns__isnull=False)
    return SchemeVersion.objects.filter(mine).distinct().count() if mine else 0


def in_force(line: int, year: int, day: date) -> SchemeVersion | None:
    """The version by which a day of a year is governed: the last that had come into force by then.

    The year's first version governs its whole period, also the days before it was published.
    """
    found = SchemeVersion.objects.public().filter(line=line, year=year)
    ordered = found.order_by("effective_on", "number")
    return ordered.filter(effective_on__lte=day).last() or ordered.first()


def _readable(actor: Actor) -> VersionQuerySet:
    is_maker = any(map(actor.may, MAKERS))
    return SchemeVersion.objects.all() if is_maker else SchemeVersion.objects.public()


# ------------------------------------------------------------------ health


@dataclass(frozen=True)
class Health:
    """What the health check finds, and which reminders are kept with a reason."""

    findings: tuple[Finding, ...]
    kept: Mapping[str, KeptRemark]
    burden: Burden
    before: Burden | None
    """What last year's version asked."""

    @property
    def musts(self) -> tuple[Finding, ...]:
        """What blocks publishing."""
        return tuple(each for each in self.findings if each.must)

    @property
    def reminders(self) -> tuple[Finding, ...]:
        """What nobody has dealt with yet."""
        return tuple(e for e in self.findings if not e.must and e.key not in self.kept)

    @property
    def settled(self) -> tuple[tuple[Finding, KeptRemark], ...]:
        """Reminders that were kept, with the reason."""
        return tuple((e, self.kept[e.key]) for e in self.findings if e.key in self.kept)


def health(version: SchemeVersion, scheme: Scheme | None = None) -> Health:
    """The health check of a version, or of what would stand in it."""
    checked = scheme or version.scheme
    last = _last_year(version)
    now, before = burden(checked), burden(last.scheme) if last else None
    found = (*findings(checked), *(heavier(now, before) if before else ()))
    kept = {each.key: each for each in version.kept.select_related("kept_by")}
    return Health(found, kept, now, before)


def _last_year(version: SchemeVersion) -> SchemeVersion | None:
    """The version last in force in the year before."""
    found = SchemeVersion.objects.public().filter(line=version.line_id, year=version.year - 1)
    return found.order_by("effective_on", "number").last()


# ------------------------------------------------------------------ moves


@dataclass(frozen=True)
class Condition:
    """What a move needs, and whether it is there."""

    words: str
    is_met: bool


@dataclass(frozen=True)
class Way:
    """A move that is possible from here, and what it still needs."""

    move: Move
    conditions: tuple[Condition, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return all(each.is_met for each in self.conditions)


def conditions(move: Move, health: Health, *, own: bool) -> tuple[Condition, ...]:
    """What a move needs; ``own``: whoever moves it also submitted it."""
    sound = Condition(_left("必须改的都改好", len(health.musts)), not health.musts)
    dealt = Condition(
        _left("提醒都改好，或写明保留理由", len(health.reminders)), not health.reminders
    )
    if move == SUBMIT:
        return (sound, dealt)
    if move == APPROVE:
        return (sound, Condition("由送审人以外的人审定", not own))
    return (sound,) if move == PUBLISH else ()


def missing(move: Move, health: Health, *, own: bool) -> tuple[str, ...]:
    """What a move still lacks: the one truth for the guard, the button and the help."""
    return tuple(each.words for each in conditions(move, health, own=own) if not each.is_met)


def ways(version: SchemeVersion, health: Health, actor: Actor) -> list[Way]:
    """The moves that this person may make from here."""
    own = version.submitted_by_id == actor.account_id
    return [
        Way(move, conditions(move, health, own=own))
        for move in MOVES
        if version.state in move.origin and actor.may(move.permission)
    ]


def has_open_amendment(version: SchemeVersion) -> bool:
    """Whether somebody is already amending the rules of its year."""
    rows = SchemeVersion.objects.filter(line=version.line_id, year=version.year, state__in=OPEN)
    return rows.exists()


def _left(words: str, count: int) -> str:
    return f"{words}（还有{count}处）" if count else words
