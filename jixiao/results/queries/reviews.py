"""Which objections are there, whom do they wait for, and what do they keep from going on?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    When,
)
from django.utils import timezone

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import ROLES, Extent, Permission
from jixiao.notices.queries import time_left
from jixiao.periods.workdays import Span
from jixiao.results.amended import Change
from jixiao.results.models import Amendment, ResultUnit, Review, ReviewFile, SealedResult, Subject
from jixiao.results.moved import moved_units
from jixiao.results.queries.kept import reading
from jixiao.results.states import OPEN, UPHELD, ResultState
from jixiao.results.states import ReviewState as R
from jixiao.schemes.models import SchemeVersion

ReviewRow = Review
ReviewFileRow = ReviewFile
"""What pages get; they do not import models."""
WAITS = Q(state=R.APPLIED)
NOT_SCORED = Q(state__in=UPHELD, led_to=None)
APPEALABLE = Q(state__in=(R.PARTLY, R.REJECTED))


def reviews(actor: Actor, today: date) -> QuerySet[Review]:
    """The objections that this person may read: waiting ones first, the most urgent before."""
    late = ExpressionWrapper(WAITS & Q(due_on__lt=today), BooleanField())
    rank = Case(When(WAITS, then=0), default=1, output_field=IntegerField())
    found = Review.objects.filter(_within(actor)).annotate(late=late, rank=rank)
    rows = found.select_related("part__unit", "part__result", "decided_by")
    light = rows.defer("part__result__body", "part__unit__search")
    return light.order_by("rank", "due_on", "-applied_at", "-id")


def _within(actor: Actor) -> Q:
    """By the roles that give the permission, not by every role that is held somewhere."""
    if actor.may(Permission.REVIEWS_SEE, Place()):
        return Q()
    keys: dict[Extent, list[str]] = {Extent.UNIT: [], Extent.GROUP: []}
    for held in actor.held:
        rule = ROLES[held.role]
        if Permission.REVIEWS_SEE in rule.permissions and rule.extent in keys and held.key:
            keys[rule.extent].append(held.key)
    units = [int(each) for each in keys[Extent.UNIT]]
    return Q(part__unit__in=units) | Q(part__group__in=keys[Extent.GROUP])


def review(pk: int) -> Review | None:
    """One objection with everybody who had to do with it."""
    people = ("applied_by", "decided_by", "withdrawn_by", "first__decided_by", "led_to")
    rows = Review.objects.select_related("part__unit", "part__result__line", *people)
    light = rows.defer("part__result__body", "led_to__body", "part__unit__search")
    return light.filter(pk=pk).first()


def review_file(pk: int) -> ReviewFile | None:
    """One file that was handed in."""
    return ReviewFile.objects.select_related("review__part__unit").defer("review__part__result").filter(pk=pk).first()  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How many objections wait, are overdue, or were upheld and not yet scored."""

    open: int
    late: int
    to_score: int


def tally(actor: Actor, today: date) -> Tally:
    """The sentence above the list; one query."""
    found = Review.objects.filter(_within(actor))
    return Tally(
        **found.aggregate(
            open=Count("pk", filter=WAITS),
            late=Count("pk", filter=WAITS & Q(due_on__lt=today)),
            to_score=Count("pk", filter=NOT_SCORED),
        )
    )


# ── What keeps a run from being approved ───────────────────────────────────────────────────


@dataclass(frozen=True)
class Unsettled:
    """Objections about one scheme, year and stage that are not over."""

    waiting: tuple[Review, ...] = ()
    to_score: tuple[Review, ...] = ()
    """Upheld, and no run holds what they put right."""
    appealable: tuple[Review, ...] = ()
    """Decided, and the days for an appeal are not over."""


def unsettled(today: date, subject: Subject) -> Unsettled:
    """What is not over about one scheme, year and stage; one query."""
    appealable = APPEALABLE & Q(appeal_until__gte=today, appeals=None)
    found = Review.objects.filter(WAITS | NOT_SCORED | appealable)
    light = found.filter(part__result__in=SealedResult.objects.of(subject)).select_related("part")
    return _sorted(list(light.order_by("due_on", "id")), today)


@dataclass(frozen=True)
class Affairs:
    """The same in figures: what keeps a run from being approved."""

    waiting: int = 0
    to_score: int = 0
    appeal_until: date | None = None

    def plus(self, run: SealedResult) -> "Affairs":
        """With those of one more run about the same."""
        days = [each for each in (self.appeal_until, run.appeal_until) if each]  # type: ignore[attr-defined]
        return Affairs(
            self.waiting + run.waiting,  # type: ignore[attr-defined]
            self.to_score + run.to_score,  # type: ignore[attr-defined]
            max(days, default=None),
        )


def affairs_of(found: Unsettled) -> Affairs:
    """In figures."""
    days = [each.appeal_until for each in found.appealable if each.appeal_until]
    return Affairs(len(found.waiting), len(found.to_score), max(days, default=None))


def runs_to_deal_with(today: date) -> QuerySet[SealedResult]:
    """Runs that wait for a step, or of whose objections something is not over; one query."""
    at, decided = "units__reviews", Q(units__reviews__state__in=(R.PARTLY, R.REJECTED))
    waits, upheld = Q(units__reviews__state=R.APPLIED), Q(units__reviews__state__in=UPHELD)
    open_days = decided & Q(units__reviews__appeals=None, units__reviews__appeal_until__gte=today)
    to_score = upheld & Q(units__reviews__led_to=None)
    counted = SealedResult.objects.light().select_related("loaded_by").annotate(
        waiting=Count(at, filter=waits, distinct=True),
        decide_by=Min("units__reviews__due_on", filter=waits),
        to_score=Count(at, filter=to_score, distinct=True),
        appeal_until=Max("units__reviews__appeal_until", filter=open_days),
    )  # fmt: skip
    some = Q(waiting__gt=0) | Q(to_score__gt=0) | Q(appeal_until__isnull=False)
    return counted.filter(Q(state__in=OPEN) | some).order_by("loaded_at")


def _sorted(same: list[Review], today: date) -> Unsettled:
    decided = [each for each in same if not each.is_open]
    return Unsettled(
        tuple(each for each in same if each.is_open),
        tuple(each for each in decided if each.state in UPHELD and each.led_to_id is None),
        tuple(
            each
            for each in decided
            if each.state != R.GRANTED
            and each.appeal_until is not None
            and each.appeal_until >= today
        ),
    )


# ── What decisions put right ───────────────────────────────────────────────────────────────


def changes_of(found: Iterable[Amendment], names: Mapping[int, str]) -> tuple[Change, ...]:
    """Amendments as changes of a sheet that calls the units by these names; others are left out."""
    return tuple(
        Change(names[each.review.part.unit_id], each.round, each.column, each.after)
        for each in found
        if each.review.part.unit_id in names
    )


def amendments(subject: Subject, *, only_waiting: bool = False) -> QuerySet[Amendment]:
    """What was put right about one scheme, year and stage, in the order of the decisions."""
    runs = SealedResult.objects.of(subject)
    found = Amendment.objects.filter(review__part__result__in=runs, review__state__in=UPHELD)
    if only_waiting:
        found = found.filter(review__led_to=None)
    return found.select_related("review__part").order_by("review__decided_at", "id")


def amendments_of_year(version: SchemeVersion) -> QuerySet[Amendment]:
    """What was put right about a scheme's year, whatever the stage in which the units objected."""
    runs = SealedResult.objects.filter(line=version.line_id, year=version.year)
    found = Amendment.objects.filter(review__part__result__in=runs, review__state__in=UPHELD)
    return found.select_related("review__part").order_by("review__decided_at", "id")


# ── Until when ─────────────────────────────────────────────────────────────────────────────


def told_in(part: ResultUnit) -> SealedResult:
    """The run of which the unit was last told: a re-run tells only those whose place or tier moved."""
    result = part.result
    while result.follows is not None and result.follows.notified_at is not None:
        moved = moved_units(reading(result.follows), reading(result))
        if any(each.unit == part.name and each.is_told for each in moved):
            break
        result = result.follows
    return result


@dataclass(frozen=True)
class Right:
    """Whether a unit may object to its card now, and until when."""

    until: date
    left: Span
    is_current: bool

    @property
    def is_open(self) -> bool:
        """Whether it can be done on time."""
        return self.is_current and self.left.days >= 0


def right_of(part: ResultUnit, today: date) -> Right | None:
    """The unit's right of review; None before it is told."""
    if not part.result.is_told:
        return None
    until = told_in(part).apply_until or today
    is_current = part.result.state != ResultState.SUPERSEDED
    return Right(until, time_left(until, today), is_current)


def reviews_of(part: ResultUnit) -> list[Review]:
    """What the unit objected to in runs about the same; one query."""
    runs = SealedResult.objects.of(part.result.subject)
    found = Review.objects.filter(part__result__in=runs, part__unit=part.unit_id)
    return list(found.order_by("-applied_at", "-id"))


def told_parts(units: Collection[int]) -> list[ResultUnit]:
    """These units' parts in runs whose days for objections are running, newest first; one query."""
    found = ResultUnit.objects.filter(unit__in=units, result__state=ResultState.NOTIFIED)
    rows = found.select_related("result__follows", "unit")
    return list(
        rows.defer("result__body", "result__follows__body").order_by("-result__notified_at")
    )


def waiting_of(units: Collection[int]) -> QuerySet[Review]:
    """What these units wait for a decision on, or may still appeal against; one query."""
    appealable = APPEALABLE & Q(appeal_until__gte=timezone.localdate(), appeals=None)
    found = Review.objects.filter(WAITS | appealable)
    return (
        found.filter(part__unit__in=units).select_related("part").order_by(F("due_on").asc(), "id")
    )
