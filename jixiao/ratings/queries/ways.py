"""What can be done about a poll from here, by whom, and what does each move still need?"""

from collections.abc import Iterator
from datetime import date

from django.db.models import F
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.core.words import day
from jixiao.ratings.models import Poll
from jixiao.ratings.states import (
    ACCEPT,
    BY_LEADERS,
    CLOSE,
    COUNTED,
    MOVES,
    OPEN,
    WITHDRAW,
    PollState,
)

NEEDS_BEFORE = {
    PollState.PLANNED: "先开始收票",
    PollState.OPEN: "先截止收票",
    PollState.CLOSED: "已经截止；截止了的不再打开，否则前后两次票数一减就知道谁怎么投",
    PollState.ACCEPTED: "票数已经采用",
    PollState.WITHDRAWN: "已经作废",
}
"""What has to happen first, where a move does not fit the state."""


def conditions(move: Move[PollState], poll: Poll, *, by: Actor) -> tuple[Condition, ...]:
    """What a move needs from this poll and this person: one list for guard, button and help."""
    if poll.state not in move.origin:
        return (Condition(NEEDS_BEFORE[PollState(poll.state)], is_met=False),)
    today = timezone.localdate()
    if move == OPEN:
        return tuple(_to_open(poll, today))
    if move == CLOSE:
        return tuple(_to_close(poll, today))
    is_other = poll.closed_by_id != by.account_id
    if move == ACCEPT:
        words = "由截止收票以外的人采用"
        return (Condition(words if is_other else f"{words}，请另一位同事办理", is_other),)
    if move == WITHDRAW and poll.state in COUNTED:
        words = "看到票数以后作废，由截止收票以外的人办理"
        return (Condition(words, is_other),)
    return ()


def _to_open(poll: Poll, today: date) -> Iterator[Condition]:
    yield Condition(f"截止日期{day(poll.closes_on)}还没有过", today <= poll.closes_on)
    if poll.is_by_code:
        return
    raters = poll.rater_rows.count()
    who = "位领导" if poll.kind in BY_LEADERS else "个单位"
    words = f"评议的有{raters}{who}，至少要{poll.minimum}{who}，少了票数不能用"
    yield Condition(words, raters >= poll.minimum)


def _to_close(poll: Poll, today: date) -> Iterator[Condition]:
    if poll.is_by_code:
        yield Condition(f"截止日期{day(poll.closes_on)}已过", today > poll.closes_on)
    else:
        is_done = not poll.rater_rows.filter(cast__lt=F("allowed")).exists()
        words = f"截止日期{day(poll.closes_on)}已过，或者都评过了"
        yield Condition(words, is_done or today > poll.closes_on)
    unchecked = poll.batches.filter(checked_at__isnull=True).count()
    words = f"还有{unchecked}批纸质票没有核对" if unchecked else "录入的纸质票都核对过"
    yield Condition(words, not unchecked)


def missing(move: Move[PollState], poll: Poll, *, by: Actor) -> tuple[str, ...]:
    """What a move still lacks."""
    return unmet(conditions(move, poll, by=by))


AHEAD = {PollState.PLANNED: (CLOSE,), PollState.OPEN: (ACCEPT,)}
"""Moves that are shown locked, so that everybody sees what comes next."""


def ways(poll: Poll, by: Actor) -> list[Way[PollState]]:
    """The moves that this person may make, now or next, the open ones first."""
    found = [
        Way(move, conditions(move, poll, by=by), f"poll_{move.name}", move in (OPEN, CLOSE, ACCEPT))
        for move in MOVES
        if by.may(move.permission)
        and (poll.state in move.origin or move in AHEAD.get(PollState(poll.state), ()))
    ]
    return sorted(found, key=lambda way: not (way.is_open and way.is_forward))
