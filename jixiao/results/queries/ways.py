"""Which steps are open to a result from here, to whom, and what does each still need?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.core.signs import State as Shape
from jixiao.core.words import day, short_day
from jixiao.results.models import SealedResult, Subject
from jixiao.results.queries.reviews import Affairs, affairs_of, runs_to_deal_with, unsettled
from jixiao.results.states import (
    ADOPT,
    APPROVE,
    FORWARD,
    MOVES,
    PUBLISH,
    REVIEW,
    WAY,
    ResultState,
)


def conditions(
    move: Move[ResultState],
    result: SealedResult,
    *,
    by: Actor,
    affairs: Affairs | None = None,
) -> tuple[Condition, ...]:
    """What a step needs from this result and this person: one list for guard, button and help."""
    if result.state not in move.origin:
        return (Condition(f"现在是“{result.get_state_display()}”", is_met=False),)
    if move == APPROVE and affairs is None:
        affairs = affairs_of(unsettled(timezone.localdate(), result.subject))
    return tuple(_needs(move, result, by, affairs or Affairs()))


def _needs(
    move: Move[ResultState], result: SealedResult, by: Actor, affairs: Affairs
) -> Iterator[Condition]:
    if move in (REVIEW, APPROVE, ADOPT):
        yield Condition("由计分人以外的人办理", result.loaded_by_id != by.account_id)
    if move == ADOPT:
        yield Condition(
            "只用于录入的结果，本平台计分的要走复核期", result.scheme_version_id is None
        )
    if move == APPROVE:
        yield from _review_is_over(result, affairs)
    if move == PUBLISH:
        yield Condition("由登记审定以外的人办理", result.approved_by_id != by.account_id)


def _review_is_over(result: SealedResult, affairs: Affairs) -> Iterator[Condition]:
    today = timezone.localdate()
    until = result.apply_until or today
    yield Condition(f"申请复核的期限（到{day(until)}）已满", today > until)
    count = affairs.waiting
    words = f"复核申诉都已办结（还有{count}件）" if count else "复核申诉都已办结"
    yield Condition(words, not count)
    waiting = affairs.to_score
    words = f"成立的复核都已重新计分（还有{waiting}件）" if waiting else "成立的复核都已重新计分"
    yield Condition(words, not waiting)
    if last := affairs.appeal_until:
        yield Condition(f"复核决定的申诉期限（到{day(last)}）已满", is_met=False)


def missing(move: Move[ResultState], result: SealedResult, *, by: Actor) -> tuple[str, ...]:
    """What a step still lacks."""
    return unmet(conditions(move, result, by=by))


@dataclass(frozen=True)
class AtHand:
    """A run about which something waits for this person."""

    kept: SealedResult
    is_next: bool
    """Whether this person may take its next step now."""
    reviews: int = 0
    """Objections to it that wait for a decision."""
    decide_by: date | None = None
    to_score: int = 0
    """Upheld objections that no run holds."""


def results_at_hand(actor: Actor, today: date) -> list[AtHand]:
    """Runs whose next step this person may take now, or with objections to decide; one query."""
    runs = list(runs_to_deal_with(today))
    affairs: dict[Subject, Affairs] = {}
    for each in runs:
        affairs[each.subject] = affairs.get(each.subject, Affairs()).plus(each)
    found = [
        AtHand(
            each,
            any(way.is_open and way.is_forward for way in ways(each, actor, affairs[each.subject])),
            each.waiting,  # type: ignore[attr-defined]
            each.decide_by,  # type: ignore[attr-defined]
            each.to_score,  # type: ignore[attr-defined]
        )
        for each in runs
    ]
    return [each for each in found if each.is_next or each.reviews or each.to_score]


def ways(result: SealedResult, by: Actor, affairs: Affairs | None = None) -> list[Way[ResultState]]:
    """The steps that this person may take from here, the next ones first."""
    return [
        Way(
            move,
            conditions(move, result, by=by, affairs=affairs),
            f"result_{move.name}",
            move in FORWARD,
        )
        for move in MOVES
        if result.state in move.origin and by.may(move.permission) and _suits(move, result)
    ]


def _suits(move: Move[ResultState], result: SealedResult) -> bool:
    """What was scored here is never adopted; that is not even offered."""
    return move != ADOPT or result.scheme_version_id is None


# ── How far it has come ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Stage:
    """One state on the way, as the state bar shows it."""

    label: str
    state: Shape
    when: str


def way_of(result: SealedResult) -> list[Stage]:
    """Every step with its day and its person, and where it stands."""
    made = Stage("计分", "done", _when(result.loaded_at, result.loaded_by))
    if result.state == ResultState.DISCARDED:
        return [made, Stage("作废", "current", "")]
    at = WAY.index(ResultState(result.state)) if result.state in WAY else len(WAY) - 1
    dates = (
        ("办公室审核", result.reviewed_at, result.reviewed_by),
        ("告知单位", result.notified_at, result.notified_by),
        ("委员会审定", result.approved_at, result.approved_by),
        ("公布", result.published_at, result.published_by),
    )
    bar = [made]
    for place, (label, when, who) in enumerate(dates, 1):
        is_done = place <= at and when is not None
        shape: Shape = "done" if is_done else "current" if place == at + 1 else "open"
        bar.append(Stage(label, shape, _when(when, who) if is_done else ""))
    review = _review_stage(result, at)
    if review.state == "current":
        bar[3] = replace(bar[3], state="open")
    bar.insert(3, review)
    if result.state == ResultState.SUPERSEDED:
        bar = [each for each in bar if each.state == "done"]
        bar.append(Stage("被取代", "current", ""))
    return bar


def _review_stage(result: SealedResult, at: int) -> Stage:
    """The days in which units may object stand between being told and being approved."""
    if result.apply_until is None or at < WAY.index(ResultState.NOTIFIED):
        return Stage("复核期", "open", "")
    is_over = at > WAY.index(ResultState.NOTIFIED) or timezone.localdate() > result.apply_until
    return Stage("复核期", "done" if is_over else "current", f"至{short_day(result.apply_until)}")


def _when(at: datetime | None, who: Account | None) -> str:
    return f"{short_day(at)} {who.name}" if at and who else ""
