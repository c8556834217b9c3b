"""Which versions are there, what does each still need, and by which rules was a day governed?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.signs import State as Shape
from jixiao.core.words import moment
from jixiao.schemes.editing import spots
from jixiao.schemes.models import SchemeLine, SchemeReturn, SchemeVersion, VersionQuerySet
from jixiao.schemes.states import State
from jixiao.scoring.check import check, errors
from jixiao.scoring.scheme import Item, Scheme

VersionRow = SchemeVersion
"""What pages call a version; they do not import models."""
MAKERS = (Permission.SCHEMES_EDIT, Permission.SCHEMES_APPROVE)
"""Who sees schemes before they are published."""


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


def standing(actor: Actor) -> list[tuple[str, int]]:
    """How many versions stand where, for the heading of the list."""
    rows = _readable(actor).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    return [(state.label, counts[state]) for state in State if counts.get(state)]


def first_path(version: SchemeVersion) -> str:
    """The part an editor begins with: the first scored item."""
    found = (each for each in spots(version.scheme) if isinstance(each.part, Item))
    return next((each.path for each in found if not cast("Item", each.part).items), "")


def sound(version: SchemeVersion) -> Scheme:
    """The scheme, if it can be computed."""
    if wrong := errors(check(version.scheme)):
        raise RefusedError(f"办法还有错误，改好才能出记分表：{wrong[0].where}：{wrong[0].message}")
    return version.scheme


@dataclass(frozen=True)
class Step:
    """One state on the way, as the state bar shows it."""

    label: str
    state: Shape
    when: str


def steps(version: SchemeVersion) -> list[Step]:
    """How far a version has come, when and by whose hands."""
    came = {
        State.DRAFT: (version.drafted_at, version.drafted_by),
        State.SUBMITTED: (version.submitted_at, version.submitted_by),
        State.APPROVED: (version.approved_at, version.approved_by),
        State.PUBLISHED: (version.published_at, version.published_by),
    }
    way = list(came)
    at = way.index(State(version.state)) if version.state in way else len(way) - 1
    found = [_step(state, came[state], place - at) for place, state in enumerate(way)]
    if version.closed_at:
        label = version.get_state_display()
        when = f"{moment(version.closed_at)} {version.closed_by}"
        return [*found, Step(label, "current", when)]
    return found


def _step(state: State, came: tuple[datetime | None, Account | None], ahead: int) -> Step:
    at, by = came
    when = f"{moment(at)} {by.name}" if ahead <= 0 and at and by else ""
    return Step(state.label, "done" if ahead < 0 else "current" if ahead == 0 else "open", when)


def line_names() -> list[str]:
    """The schemes there are."""
    return list(SchemeLine.objects.values_list("name", flat=True))


def bases_with_text(actor: Actor) -> list[SchemeVersion]:
    """The same with their documents, for whoever has to compute with them."""
    return list(_readable(actor).public().select_related("line"))


def returns(version: SchemeVersion) -> QuerySet[SchemeReturn]:
    """How often it was sent back, and why, the latest first."""
    found = version.returns.select_related("submitted_by", "returned_by")
    return found.defer("document")


def waiting(actor: Actor) -> VersionQuerySet:
    """The versions that wait for this person to move them on."""
    return SchemeVersion.objects.filter(_waits_for(actor))


def known_or_waiting(actor: Actor, years: Collection[int]) -> list[Any]:
    """The versions of these years, and those that wait for this person (``waits``); one query."""
    waits = ExpressionWrapper(_waits_for(actor), BooleanField())
    found = SchemeVersion.objects.light().annotate(waits=waits)
    return list(found.filter(Q(year__in=years) | Q(waits=True)).order_by("effective_on", "number"))


def documents(digests: Collection[str]) -> dict[str, Scheme]:
    """The schemes with these digests; one query, none where nothing is asked."""
    found = SchemeVersion.objects.filter(digest__in=digests)
    return {each.digest: each.scheme for each in found}


def _waits_for(actor: Actor) -> Q:
    mine = Q(pk__in=[])
    if actor.may(Permission.SCHEMES_APPROVE):
        mine |= Q(state=State.APPROVED)
        mine |= Q(state=State.SUBMITTED) & ~Q(submitted_by=actor.account_id)
    if actor.may(Permission.SCHEMES_EDIT):
        sent_back = SchemeReturn.objects.filter(of=OuterRef("pk"))
        mine |= Q(Exists(sent_back), state=State.DRAFT)
    return mine


def in_force(year: int, day: date) -> list[SchemeVersion]:
    """Of each scheme the version by which a day of a year is governed: the last in force by then.

    The year's first version governs its whole period, also the days before it was published.
    """
    found = SchemeVersion.objects.public().filter(year=year).select_related("line")
    ordered = list(found.order_by("line", "effective_on", "number"))
    chosen = {each.line_id: each for each in reversed(ordered)}
    chosen |= {each.line_id: each for each in ordered if (each.effective_on or day) <= day}
    return list(chosen.values())


def _readable(actor: Actor) -> VersionQuerySet:
    is_maker = any(map(actor.may, MAKERS))
    return SchemeVersion.objects.all() if is_maker else SchemeVersion.objects.public()
