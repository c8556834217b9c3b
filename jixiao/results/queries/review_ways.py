"""What can be done about an objection, by whom, and what does each still need?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.core.words import day
from jixiao.org.models import Post
from jixiao.results.models import ResultUnit, Review
from jixiao.results.queries.inputs import hands_in, item_of
from jixiao.results.queries.kept import reading
from jixiao.results.queries.reviews import right_of
from jixiao.results.states import (
    APPEAL,
    DECIDE,
    DECIDE_APPEAL,
    DECIDED,
    REVIEW_MOVES,
    WITHDRAW,
    ReviewKind,
    ReviewState,
)
from jixiao.scoring.columns import all_leaves


@dataclass(frozen=True)
class Applying:
    """An objection that somebody is about to make: to which part, to which item, late or not."""

    part: ResultUnit
    code: str
    is_late: bool = False


def to_apply(applying: Applying) -> tuple[Condition, ...]:
    """What an objection needs: one list for guard, button and help."""
    return tuple(_to_apply(applying))


def _to_apply(applying: Applying) -> Iterator[Condition]:
    part, code = applying.part, applying.code
    right = right_of(part, timezone.localdate())
    if right is None:
        yield Condition("结果还没有告知单位", is_met=False)
        return
    yield Condition("这份结果已被取代，请在新的成绩单上申请", right.is_current)
    if not applying.is_late:
        late = (
            f"申请复核的期限{day(right.until)}已过；确有正当理由的，请向县绩效办说明，"
            "由县绩效办写明理由受理"
        )
        words = f"在{day(right.until)}以前申请" if right.is_open else late
        yield Condition(words, right.left.days >= 0)
    if code:
        yield Condition(f"成绩单里没有“{code}”这一项", item_of(part, code) is not None)
    same = part.reviews.filter(code=code).exclude(state=ReviewState.WITHDRAWN).first()
    yield Condition(_said_before(same), same is None)


def _said_before(same: Review | None) -> str:
    if same is None:
        return "这一项没有申请过"
    if same.is_open:
        return "这一项的复核申请正在办理"
    until = f"，不服的可以在{day(same.appeal_until)}以前申诉" if same.appeal_until else ""
    return f"这一项已有复核决定（{same.get_state_display()}）{until}"


def conditions(move: Move[ReviewState], review: Review, *, by: Actor) -> tuple[Condition, ...]:
    """What a move needs from this objection and this person: one list for guard, button and help."""
    if review.state not in move.origin:
        return (Condition(f"现在是“{review.get_state_display()}”", is_met=False),)
    if move == APPEAL:
        return tuple(_to_appeal(review))
    if move == WITHDRAW:
        return ()
    return tuple(_impartial(review, by))


def _impartial(review: Review, by: Actor) -> Iterator[Condition]:
    """Nobody judges the own work, the own unit or the own decision."""
    part = review.part
    marked = by.account_id in hands_in(part, review.code)
    yield Condition("由没有评这一项的人决定（记录、报数、更正的人和去评估的人都回避）", not marked)
    yield Condition("由计分人以外的人决定", part.result.loaded_by_id != by.account_id)
    yield Condition("由不在这个单位任职的人决定", not works_in(part, by))
    words = "由申请、受理的人以外的人决定"
    yield Condition(words, review.applied_by_id != by.account_id)
    if review.first is not None:
        decided = review.first.decided_by_id
        yield Condition("由作出复核决定以外的人登记", decided != by.account_id)


def _to_appeal(review: Review) -> Iterator[Condition]:
    until = review.appeal_until
    is_early = until is not None and timezone.localdate() <= until
    words = f"在{day(until)}以前申诉" if is_early else f"申诉的期限{day(until)}已过，复核决定生效"
    yield Condition(words, is_early)
    done = any(each.state != ReviewState.WITHDRAWN for each in review.appeals.all())
    yield Condition("对这个决定已经申诉过" if done else "没有申诉过", not done)


def works_in(part: ResultUnit, by: Actor) -> bool:
    """Whether this person holds a post in the unit or below it, which would be judging one's own cause."""
    if by.account_id is None:
        return False
    held = Post.objects.on(timezone.localdate()).filter(person__account=by.account_id)
    return held.filter(unit__path__startswith=part.unit.path).exists()


def missing(move: Move[ReviewState], review: Review, *, by: Actor) -> tuple[str, ...]:
    """What a move still lacks."""
    return unmet(conditions(move, review, by=by))


def review_ways(review: Review, by: Actor) -> list[Way[ReviewState]]:
    """The moves that this person may make from here, the next ones first."""
    return [
        Way(
            move,
            conditions(move, review, by=by),
            f"review_{move.name}",
            move in (DECIDE, DECIDE_APPEAL),
        )
        for move in REVIEW_MOVES
        if _fits(move, review) and by.may(move.permission, review.place())
    ]


def _fits(move: Move[ReviewState], review: Review) -> bool:
    """A review is decided by the office, an appeal by the committee; only reviews are appealed."""
    if review.state not in move.origin:
        return False
    if review.kind == ReviewKind.APPEAL:
        return move in (DECIDE_APPEAL, WITHDRAW)
    return move != DECIDE_APPEAL and (move != APPEAL or review.state in DECIDED)


def items_of(part: ResultUnit) -> list[tuple[str, str]]:
    """The items that gave this unit a mark, as options."""
    known = reading(part.result).result
    marks = known.year.get(part.name, {})
    return [
        (each.code, f"{each.code} {each.name}")
        for each in all_leaves(known.scheme)
        if marks.get(f"mark:{each.code}") is not None
    ]
