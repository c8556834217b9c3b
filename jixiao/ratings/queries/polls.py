"""Which polls are there, how far is each, who still has to rate, and what came out?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor, Place
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Extent, Permission, Role
from jixiao.core.signs import State as Shape
from jixiao.core.words import moment, short_day
from jixiao.ratings import questions as asked
from jixiao.ratings.models import (
    OneTimeCode,
    Option,
    PaperBatch,
    Poll,
    Question,
    Rated,
    Rater,
    Tally,
)
from jixiao.ratings.states import WAY, PollState

PollRow = Poll
RaterRow = Rater
RatedRow = Rated
BatchRow = PaperBatch
CodeRow = OneTimeCode
"""What pages call them; they do not import models."""


# ── Lists ──────────────────────────────────────────────────────────────────────────────────


def sees_all(actor: Actor) -> bool:
    """Whether this person sees all polls, or only what concerns the own unit or group."""
    return actor.may(Permission.RATINGS_SEE, Place())


def polls() -> QuerySet[Poll]:
    """All polls with how many took part."""
    return (
        Poll.objects.select_related("version_of__line")
        .defer("version_of__document", "version_of__changed")
        .annotate(
            named=Count("rater_rows", distinct=True),
            took_part=Count("rater_rows", Q(rater_rows__cast__gt=0), distinct=True),
            used=Count("code_rows", Q(code_rows__is_used=True), distinct=True),
        )
    )


def open_count() -> int:
    """How many polls take ballots now."""
    return Poll.objects.filter(state=PollState.OPEN).count()


def polls_seen(actor: Actor) -> QuerySet[Poll]:
    """All polls, or those in which the own unit rates or whose result it may read."""
    if sees_all(actor):
        return polls()
    own = Q(rater_rows__unit__in=rates_for(actor)) & ~Q(state=PollState.PLANNED)
    return polls().filter(own | Q(pk__in=rated_of(actor).values("poll"))).distinct()


def rated_of(actor: Actor) -> QuerySet[Rated]:
    """Results about the own unit or group, once they are accepted."""
    keys: dict[Extent, list[str]] = {Extent.UNIT: [], Extent.GROUP: []}
    for held in actor.held:
        rule = ROLES[held.role]
        if Permission.RATINGS_SEE in rule.permissions and rule.extent in keys and held.key:
            keys[rule.extent].append(held.key)
    mine = Q(unit__in=keys[Extent.UNIT]) | Q(unit__group__in=keys[Extent.GROUP])
    accepted = Rated.objects.filter(poll__state=PollState.ACCEPTED).select_related("poll", "unit")
    return accepted if sees_all(actor) else accepted.filter(mine)


def rates_for(actor: Actor) -> tuple[int, ...]:
    """The units on whose behalf this person rates: by a role there, not by one that reaches all."""
    return tuple(
        int(held.key)
        for held in actor.held
        if ROLES[held.role].extent == Extent.UNIT
        and Permission.RATINGS_VOTE in ROLES[held.role].permissions
    )


def to_rate(actor: Actor, today: date) -> QuerySet[Rater]:
    """Where this person, or the own unit, can still rate today."""
    own = Q(unit__in=rates_for(actor))
    if actor.account_id is not None:
        own |= Q(account=actor.account_id)
    found = Rater.objects.filter(own, cast__lt=F("allowed"), poll__state=PollState.OPEN)
    found = found.filter(poll__opens_on__lte=today, poll__closes_on__gte=today)
    return found.select_related("poll", "unit", "account").order_by("poll__closes_on", "id")


# ── One poll ───────────────────────────────────────────────────────────────────────────────


def poll(pk: int) -> Poll | None:
    """One poll with the scheme it comes from."""
    return Poll.objects.select_related("version_of__line").filter(pk=pk).first()


def rater(pk: int) -> Rater | None:
    """One who may rate."""
    found = Rater.objects.select_related("poll__version_of__line", "unit", "account")
    return found.filter(pk=pk).first()


def rated(pk: int) -> Rated | None:
    """One who is rated."""
    return Rated.objects.select_related("poll__version_of__line", "unit").filter(pk=pk).first()


def batch(pk: int) -> PaperBatch | None:
    """One batch of papers."""
    return PaperBatch.objects.select_related("poll", "entered_by").filter(pk=pk).first()


@dataclass(frozen=True)
class Step:
    """One state on the way, as the state bar shows it."""

    label: str
    state: Shape
    when: str


def way(poll: Poll) -> list[Step]:
    """How far it has come, and when."""
    if poll.state == PollState.WITHDRAWN:
        return [Step("已作废", "current", moment(poll.withdrawn_at))]
    told = (moment(poll.planned_at), f"{short_day(poll.opens_on)}—{short_day(poll.closes_on)}",
            moment(poll.closed_at), moment(poll.accepted_at))  # fmt: skip
    at = WAY.index(PollState(poll.state))
    last = len(WAY) - 1
    return [
        Step(
            state.label,
            "done" if place < at or place == at == last else "current" if place == at else "open",
            when if place <= at else "",
        )
        for place, (state, when) in enumerate(zip(WAY, told, strict=True))
    ]


@dataclass(frozen=True)
class Progress:
    """How many took part; who has not is known only where raters are named."""

    raters: tuple[Rater, ...]
    codes: int
    used: int
    papers: int
    unchecked: tuple[PaperBatch, ...]

    @property
    def waiting(self) -> list[str]:
        """Those who have not rated yet, in the county's own order."""
        return [str(each) for each in self.raters if not each.cast]

    @property
    def took_part(self) -> int:
        """Named raters who have rated."""
        return sum(each.cast > 0 for each in self.raters)


def progress(poll: Poll) -> Progress:
    """Where it stands; three queries."""
    batches = list(poll.batches.select_related("entered_by"))
    used = OneTimeCode.objects.filter(poll=poll, is_used=True).count() if poll.is_by_code else 0
    raters = () if poll.is_by_code else tuple(poll.rater_rows.select_related("unit", "account"))
    return Progress(
        raters=raters,
        codes=poll.codes,
        used=used,
        papers=sum(each.papers for each in batches if each.is_checked),
        unchecked=tuple(each for each in batches if not each.is_checked),
    )


def weights(poll: Poll) -> list[asked.Share]:
    """How much of the mark this poll decides, by group."""
    scheme = poll.version_of.scheme
    codes = set(poll.questions.values_list("code", flat=True))
    groups = set(poll.rated.order_by().values_list("group", flat=True).distinct())
    return [
        share
        for each in asked.questions(scheme)
        if each.code in codes
        for share in asked.shares(scheme, each)
        if share.group in groups
    ]


# ── The ballot ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Line:
    """One thing to say on a ballot: about whom, what, with which options."""

    rated: Rated
    question: Question
    options: tuple[Option, ...]


def ballot(poll: Poll, *, without: int | None = None, only: int | None = None) -> list[Line]:
    """The lines of a ballot: nobody rates the own unit (``without``); ``only`` is one who is rated."""
    rows = tallies(poll).defer("votes")
    if without is not None:
        rows = rows.exclude(rated__unit=without)
    if only is not None:
        rows = rows.filter(rated=only)
    return [
        Line(of[0].rated, of[0].option.question, tuple(each.option for each in of))
        for of in by_question(rows)
    ]


def tallies(poll: Poll) -> QuerySet[Tally]:
    """The counts of a poll, person by person; pages show none of them while it is open."""
    rows = Tally.objects.filter(rated__poll=poll)
    return rows.select_related("rated__unit", "option__question").order_by("rated", "option")


def by_question(rows: Iterable[Tally]) -> list[list[Tally]]:
    """The counts about one person on one question, together."""
    found: dict[tuple[int, int], list[Tally]] = {}
    for each in rows:
        found.setdefault((each.rated_id, each.option.question_id), []).append(each)
    return list(found.values())


# ── Setting up ─────────────────────────────────────────────────────────────────────────────


def leaders() -> list[Account]:
    """Leaders who may be asked."""
    held = Grant.objects.on(timezone.localdate()).filter(role=Role.LEADER)
    return list(Account.objects.active().filter(grants__in=held).distinct().order_by("id"))


def leader_options() -> list[tuple[int, str]]:
    """The same to choose from."""
    return [(each.pk, each.name) for each in leaders()]
