"""What can be done about a bulletin from here, by whom, and what does each move still need?"""

import hashlib
from collections.abc import Iterator

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries.drafts import Desk, units_addressed
from jixiao.bulletins.states import (
    FORWARD,
    ISSUE,
    MOVES,
    SIGN_OFF,
    SUBMIT,
    BulletinState,
    Level,
    StepKind,
)
from jixiao.results.states import ResultState

NEEDS_BEFORE = {
    BulletinState.DRAFT: "先送审",
    BulletinState.SUBMITTED: "先由起草人以外的人签发",
    BulletinState.APPROVED: "已经签发，等印发",
    BulletinState.ISSUED: "已经印发",
    BulletinState.SUPERSEDED: "已被新的通报取代",
    BulletinState.WITHDRAWN: "已经撤销",
    BulletinState.DISCARDED: "已经作废",
}


def conditions(move: Move[BulletinState], desk: Desk, *, by: Actor) -> tuple[Condition, ...]:
    """What a move needs: one list for guard, button and help."""
    fits = desk.row.state in move.origin
    found = [] if fits else [Condition(NEEDS_BEFORE[BulletinState(desk.row.state)], is_met=False)]
    return (*found, *_needs(move, desk, by))


def _needs(move: Move[BulletinState], desk: Desk, by: Actor) -> Iterator[Condition]:
    if move in (SUBMIT, SIGN_OFF):
        words = f"先改完{desk.must}处必须改的" if desk.must else "没有必须改的"
        yield Condition(words, not desk.must)
        left = desk.reminders
        words = f"{left}处提醒改好，或写明理由保留" if left else "提醒都已改好或写明理由"
        yield Condition(words, not left)
        yield from _addressed(desk.row)
    if move in (SIGN_OFF, ISSUE):
        yield from _ground(desk.row)
    if move == SIGN_OFF:
        wrote = by.account_id in writers(desk.row)
        words = "由起草、修改、送审以外的人签发" + ("，您经手过这一稿" if wrote else "")
        yield Condition(words, not wrote)
    if move == ISSUE:
        printed = hashlib.sha256(desk.row.printed.encode()).hexdigest()
        is_same = signed_digest(desk.row) == f"sha256:{printed}"
        yield Condition("内容与签发时一致" if is_same else "内容与签发时不同，请重新送审", is_same)


def _ground(row: Bulletin) -> Iterator[Condition]:
    """A bulletin announces what the committee has approved, and what still stands."""
    if row.result is None:
        return
    state = ResultState(row.result.state)
    if row.is_stale:
        words = f"依据的第{row.result_id}号结果已被取代，请作废这一稿，按新的结果重新起草"
        yield Condition(words, is_met=False)
    else:
        still = f"依据的结果还没有审定（现在是“{state.label}”）"
        yield Condition("依据的结果已经审定" if row.is_approved else still, row.is_approved)


def _addressed(row: Bulletin) -> Iterator[Condition]:
    if row.level in (Level.UNIT, Level.GROUP) and not units_addressed(row):
        yield Condition("选定发给哪些单位", is_met=False)


def writers(row: Bulletin) -> set[int]:
    """Whoever drafted, changed, took back or submitted it."""
    hands = (StepKind.WRITE, StepKind.TAKE_BACK, StepKind.SUBMIT)
    found = row.steps.filter(kind__in=hands).values_list("taken_by", flat=True)
    return {row.drafted_by_id, *found}


def signed_digest(row: Bulletin) -> str:
    """The digest under which it was signed."""
    signed = row.steps.filter(kind=StepKind.SIGN_OFF).order_by("-id").first()
    return signed.digest if signed else ""


def missing(move: Move[BulletinState], row: Bulletin, *, by: Actor) -> tuple[str, ...]:
    """What a move still lacks."""
    return unmet(conditions(move, Desk(row, is_fresh=True), by=by))


def ways(desk: Desk, by: Actor) -> list[Way[BulletinState]]:
    """The moves that this person may make, now or after what is still missing, the next ones first."""
    found = [
        Way(move, conditions(move, desk, by=by), f"bulletin_{move.name}", move in FORWARD)
        for move in MOVES
        if by.may(move.permission) and desk.row.state in move.origin
    ]
    return sorted(found, key=lambda each: not each.is_forward)
