"""What can be done about a finding from here, by whom, and what does each move still need?"""

from collections.abc import Iterator

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.access.permissions import Permission
from jixiao.org.models import Post
from jixiao.rectification.models import Case
from jixiao.rectification.states import (
    EXTEND,
    MOVES,
    PLAN,
    PROVE,
    RECHECK,
    REVIEWS,
    VERIFY,
    WITHDRAW,
    CaseState,
)

NEEDS_BEFORE = {
    CaseState.TOLD: "单位先报整改方案",
    CaseState.PLANNED: "单位先报整改结果",
    CaseState.PROVEN: "先由发现人以外的人核实到位",
    CaseState.VERIFIED: "已核实到位，等下一轮复查成效",
    CaseState.CLOSED: "已经销号",
    CaseState.WITHDRAWN: "已经撤回",
    CaseState.NOTED: "还没有反馈给单位",
}
"""What has to happen first, where a move does not fit the state."""


def conditions(move: Move[CaseState], case: Case, *, by: Actor) -> tuple[Condition, ...]:
    """What a move needs from this case and this person: one list for guard, button and help."""
    fits = case.state in move.origin
    found = [] if fits else [Condition(NEEDS_BEFORE[CaseState(case.state)], is_met=False)]
    return (*found, *_personal(move, case, by), *_timely(move, case))


def _personal(move: Move[CaseState], case: Case, by: Actor) -> Iterator[Condition]:
    if move == VERIFY:
        is_other = case.found_by_id != by.account_id
        words = "发现问题的人不能核实自己提的问题，由县绩效办其他人员或其他评估员核实"
        yield Condition("由发现人以外的人核实" if is_other else words, is_other)
    if move == WITHDRAW:
        may = case.found_by_id == by.account_id or by.may(Permission.RECTIFICATION_EXTEND)
        yield Condition("由发现人或县绩效办撤回", may)
    if move in REVIEWS and works_there(case, by):
        yield Condition("您在这个单位任职，请其他人办理", is_met=False)


def _timely(move: Move[CaseState], case: Case) -> Iterator[Condition]:
    if move == EXTEND and case.state in EXTEND.origin and case.due_on:
        is_early = timezone.localdate() <= case.due_on
        words = "期限前提出" if is_early else "期限已过，不能再延期；请单位尽快报结果，并说明原因"
        yield Condition(words, is_early)


def works_there(case: Case, by: Actor) -> bool:
    """Whether this person holds a post in the unit, which would be judging one's own cause."""
    held = Post.objects.on(timezone.localdate()).filter(person__account=by.account_id)
    return by.account_id is not None and held.filter(unit__in=case.place().units).exists()


def missing(move: Move[CaseState], case: Case, *, by: Actor) -> tuple[str, ...]:
    """What a move still lacks."""
    return unmet(conditions(move, case, by=by))


def ways(case: Case, by: Actor) -> list[Way[CaseState]]:
    """The moves that this person may make, now or after what is still missing, the next ones first."""
    found = [
        Way(
            move,
            conditions(move, case, by=by),
            f"case_{move.name}",
            move in (PLAN, PROVE, VERIFY, RECHECK),
        )
        for move in MOVES
        if by.may(move.permission, case.place()) and _is_ahead(move, case)
    ]
    return sorted(found, key=lambda way: not way.is_open)


def _is_ahead(move: Move[CaseState], case: Case) -> bool:
    """Possible now, or the next thing that this person will have to do."""
    if case.state in move.origin:
        return True
    return move in AHEAD.get(CaseState(case.state), ())


AHEAD = {
    CaseState.TOLD: (PROVE, VERIFY),
    CaseState.PLANNED: (VERIFY,),
    CaseState.PROVEN: (RECHECK,),
}
"""Moves that are shown locked, so that everybody sees what comes next and what unlocks it."""
