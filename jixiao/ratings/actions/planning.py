"""How is a poll set up from its scheme, opened, closed, and its counts used, always by two people?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.core.words import day
from jixiao.notices.actions import Letter, send_notice
from jixiao.org.models import Unit
from jixiao.org.queries.naming import units_named
from jixiao.ratings.models import Option, Poll, Question, Rated, Rater, Tally
from jixiao.ratings.queries.polls import leaders
from jixiao.ratings.queries.ways import missing
from jixiao.ratings.questions import UNKNOWN, Choice, questions
from jixiao.ratings.questions import Question as Asked
from jixiao.ratings.states import (
    ACCEPT,
    BY_LEADERS,
    CLOSE,
    EXTEND,
    LEAST_MINIMUM,
    MOST_BALLOTS,
    OPEN,
    USUAL_MINIMUM,
    WITHDRAW,
    PollKind,
    PollState,
)
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State


@dataclass(frozen=True)
class PollPlan:
    """A poll: which questions of which round, who rates, and when.

    ``group`` are the raters of a two-way poll, ``leaders`` those of a leaders' one (none named: all).
    """

    kind: PollKind
    name: str
    codes: tuple[str, ...]
    opens_on: date
    closes_on: date
    round: str = ""
    raters: str = ""
    group: str = ""
    leaders: tuple[int, ...] = ()
    minimum: int = USUAL_MINIMUM
    ballots: int = 1
    offers_unknown: bool = True
    """Adds 不了解, which is no valid vote."""


@action(Permission.RATINGS_EDIT)
def plan_poll(scheme: SchemeVersion, *, by: Actor, plan: PollPlan) -> Poll:
    """筹备评议。评什么、选项和票数填到哪一列，都从办法里来；只定谁来评、什么时候评。"""
    asked = _asked(scheme, plan)
    _check(plan, asked)
    made = Poll.objects.create(
        version_of=scheme,
        round=plan.round,
        kind=plan.kind,
        name=plan.name.strip(),
        raters=plan.raters.strip() or plan.group or asked[0].rated_by or plan.kind.label,
        minimum=plan.minimum,
        ballots=plan.ballots,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        planned_by_id=by.signature(),
    )
    created(made)
    _add_lines(made, asked, unknown=plan.offers_unknown and plan.kind != PollKind.RANKING)
    _add_raters(made, plan)
    return made


def _asked(scheme: SchemeVersion, plan: PollPlan) -> list[Asked]:
    if scheme.state != State.PUBLISHED:
        raise RefusedError(f"只能按已发布的办法评议；这一版是{scheme.get_state_display()}")
    known = {each.code: each for each in questions(scheme.scheme)}
    strange = [code for code in plan.codes if code not in known]
    if strange or not plan.codes:
        raise RefusedError("请从办法里由票数计分的项目中选择", field="codes")
    rounds = [each.code for each in scheme.scheme.rounds] or [""]
    if plan.round not in rounds:
        raise RefusedError(f"请选择办法的轮次：{'、'.join(rounds)}", field="round")
    others = Question.objects.filter(
        poll__version_of__line=scheme.line_id, poll__version_of__year=scheme.year,
        poll__round=plan.round, code__in=plan.codes,
    ).exclude(poll__state=PollState.WITHDRAWN)  # fmt: skip
    if other := others.select_related("poll").first():
        raise RefusedError(f"“{other}”已经安排在“{other.poll}”里", field="codes")
    return [known[code] for code in dict.fromkeys(plan.codes)]


def _check(plan: PollPlan, asked: Sequence[Asked]) -> None:
    if not plan.name.strip():
        raise RefusedError("请写明评议的名称", field="name")
    if plan.closes_on < max(plan.opens_on, timezone.localdate()):
        raise RefusedError("截止日期不能早于开始日期，也不能早于今天", field="closes_on")
    if plan.minimum < LEAST_MINIMUM:
        words = f"至少{LEAST_MINIMUM}人：两个人评，各人都知道另一人怎么评"
        raise RefusedError(words, field="minimum")
    if not 1 <= plan.ballots <= MOST_BALLOTS:
        raise RefusedError(f"每个评议人1至{MOST_BALLOTS}票", field="ballots")
    if not any(each.units for each in asked):
        raise RefusedError("这些项目在办法里没有适用的单位", field="codes")
    if plan.kind == PollKind.RANKING:
        _check_ranking(asked, plan)


def _check_ranking(asked: Sequence[Asked], plan: PollPlan) -> None:
    if len(asked) != 1 or plan.ballots != 1:
        raise RefusedError("排名一次只评一个项目，每人排一次", field="codes")
    groups = [group for group, _ in asked[0].units]
    size = max(map(groups.count, groups))
    if len(asked[0].choices) < size:
        words = f"一组有{size}个单位，办法里只列了{len(asked[0].choices)}个名次，不够排"
        raise RefusedError(words, field="codes")


def _add_lines(poll: Poll, asked: Sequence[Asked], *, unknown: bool) -> None:
    """Every row that will ever hold a count, all nought, before the first ballot."""
    members = dict.fromkeys(unit for each in asked for unit in each.units)
    found = units_named([name for _, name in members])
    rated = {
        member: Rated(
            poll=poll, group=member[0], name=member[1],
            unit=unit if isinstance(unit, Unit) else None,
        )
        for member, unit in zip(members, found, strict=True)
    }  # fmt: skip
    Rated.objects.bulk_create(rated.values())
    for each in asked:
        question = Question.objects.create(poll=poll, code=each.code, name=each.name)
        choices = list(each.choices)
        if unknown and UNKNOWN not in {choice.label for choice in choices}:
            choices.append(Choice(UNKNOWN))
        options = Option.objects.bulk_create(
            Option(question=question, label=one.label, column=one.column) for one in choices
        )
        Tally.objects.bulk_create(
            Tally(rated=rated[unit], option=option) for unit in each.units for option in options
        )


def _add_raters(poll: Poll, plan: PollPlan) -> None:
    """Units in the county's order, leaders in that of their accounts; nobody where nobody is known."""
    rows = []
    if plan.kind == PollKind.MUTUAL:
        units = Unit.objects.open().assessed().filter(group=plan.group)
        if not plan.group or not units:
            raise RefusedError("请选择由哪一组单位来评", field="group")
        rows = [Rater(poll=poll, unit=unit, allowed=plan.ballots) for unit in units]
    elif plan.kind in BY_LEADERS:
        known = {each.pk: each for each in leaders()}
        chosen = plan.leaders or tuple(known)
        if not set(chosen) <= set(known):
            raise RefusedError("选的不都是县领导", field="leaders")
        rows = [Rater(poll=poll, account=known[pk], allowed=plan.ballots) for pk in chosen]
    Rater.objects.bulk_create(rows)


@action(Permission.RATINGS_EDIT)
def open_poll(poll: Poll, *, by: Actor) -> Poll:
    """开始收票。评议的单位收到通知；收票期间谁也看不到票数。"""
    _refuse(OPEN, poll, by)
    poll.state = PollState.OPEN
    poll.opened_at, poll.opened_by_id = timezone.now(), by.signature()
    poll.save()
    rows = poll.rater_rows.filter(unit__isnull=False).select_related("unit")
    units = [each.unit for each in rows if each.unit]
    if units:
        send_notice(_letter(poll), by=replace(by, once=None), units=units)
    return poll


def _letter(poll: Poll) -> Letter:
    body = (
        f"请在{day(poll.opens_on)}至{day(poll.closes_on)}由分管负责人或联络员在“评议”里代表本单位评议。"
        "系统只记本单位评过了，不记怎么评的；收票期间谁也看不到票数。"
    )
    return Letter(f"请参加评议：{poll}"[:60], body, needs_sign=False)


@action(Permission.RATINGS_EDIT)
def extend_poll(poll: Poll, *, by: Actor, closes_on: date, reason: str) -> Poll:
    """改截止日。筹备和收票期间可以改，写明原因；截止以后不能改。"""
    _refuse(EXTEND, poll, by)
    if closes_on < max(poll.opens_on, timezone.localdate()):
        raise RefusedError("截止日期不能早于开始日期，也不能早于今天", field="closes_on")
    if not reason.strip():
        raise RefusedError("请写明为什么改", field="reason")
    poll.closes_on = closes_on
    poll.save()
    return poll


@action(Permission.RATINGS_EDIT)
def close_poll(poll: Poll, *, by: Actor) -> Poll:
    """截止收票。过了截止日期，或者都评过了；截止以后才看得到票数，不再打开。"""
    _refuse(CLOSE, poll, by)
    poll.state = PollState.CLOSED
    poll.closed_at, poll.closed_by_id = timezone.now(), by.signature()
    poll.save()
    return poll


@action(Permission.RATINGS_EDIT)
def accept_poll(poll: Poll, *, by: Actor) -> Poll:
    """采用票数。由截止收票以外的人办理；够人数的票数从此填进记分表。"""
    _refuse(ACCEPT, poll, by)
    poll.state = PollState.ACCEPTED
    poll.accepted_at, poll.accepted_by_id = timezone.now(), by.signature()
    poll.save()
    return poll


@action(Permission.RATINGS_EDIT)
def withdraw_poll(poll: Poll, *, by: Actor, reason: str) -> Poll:
    """作废评议。写明原因；票数不再使用，可以另办一次。"""
    _refuse(WITHDRAW, poll, by)
    if not reason.strip():
        raise RefusedError("请写明为什么作废", field="reason")
    poll.state = PollState.WITHDRAWN
    poll.withdrawn_at, poll.withdrawn_by_id = timezone.now(), by.signature()
    poll.save()
    return poll


def _refuse(move: Move[PollState], poll: Poll, by: Actor) -> None:
    if lacking := missing(move, poll, by=by):
        raise RefusedError(f"还不能{move.label}：{'；'.join(lacking)}")
