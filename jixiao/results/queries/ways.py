"""Which steps are open to a result from here, to whom, and what does each still need?"""

from collections.abc import Iterator

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.core.words import day
from jixiao.results.models import Review, SealedResult
from jixiao.results.queries.kept import results_under_way
from jixiao.results.states import (
    ADOPT,
    APPROVE,
    FORWARD,
    MOVES,
    PUBLISH,
    REVIEW,
    ResultState,
    ReviewState,
)


def conditions(
    move: Move[ResultState], result: SealedResult, *, by: Actor
) -> tuple[Condition, ...]:
    """What a step needs from this result and this person: one list for guard, button and help."""
    if result.state not in move.origin:
        return (Condition(f"现在是“{result.get_state_display()}”", is_met=False),)
    return tuple(_needs(move, result, by))


def _needs(move: Move[ResultState], result: SealedResult, by: Actor) -> Iterator[Condition]:
    if move in (REVIEW, APPROVE, ADOPT):
        yield Condition("由计分人以外的人办理", result.loaded_by_id != by.account_id)
    if move == ADOPT:
        yield Condition(
            "只用于录入的结果，本平台计分的要走复核期", result.scheme_version_id is None
        )
    if move == APPROVE:
        yield from _review_is_over(result)
    if move == PUBLISH:
        yield Condition("由登记审定以外的人办理", result.approved_by_id != by.account_id)


def _review_is_over(result: SealedResult) -> Iterator[Condition]:
    until = result.apply_until or timezone.localdate()
    yield Condition(f"申请复核的期限{day(until)}已过", timezone.localdate() > until)
    count = open_reviews(result)
    words = f"复核申诉都已办结（还有{count}件）" if count else "复核申诉都已办结"
    yield Condition(words, not count)
    waiting = granted_not_scored(result)
    yield Condition("成立的复核都已重新计分", not waiting)


def open_reviews(result: SealedResult) -> int:
    """Objections that still wait, to this run or the one it follows."""
    runs = [result.pk, result.follows_id]
    return Review.objects.filter(part__result__in=runs, state=ReviewState.APPLIED).count()


def granted_not_scored(result: SealedResult) -> int:
    """Objections to this run that were granted and have led to no newer run."""
    granted = (ReviewState.GRANTED, ReviewState.PARTLY)
    return Review.objects.filter(
        part__result=result, state__in=granted, amendments__isnull=False, led_to=None
    ).count()


def missing(move: Move[ResultState], result: SealedResult, *, by: Actor) -> tuple[str, ...]:
    """What a step still lacks."""
    return unmet(conditions(move, result, by=by))


def results_at_hand(actor: Actor) -> list[SealedResult]:
    """Runs whose next step this person may take now, the oldest first; one query and two a told one."""
    return [
        each
        for each in results_under_way()
        if any(way.is_open and way.is_forward for way in ways(each, actor))
    ]


def ways(result: SealedResult, by: Actor) -> list[Way[ResultState]]:
    """The steps that this person may take from here, the next ones first."""
    return [
        Way(move, conditions(move, result, by=by), f"result_{move.name}", move in FORWARD)
        for move in MOVES
        if result.state in move.origin and by.may(move.permission)
    ]
