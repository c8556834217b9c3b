"""Which steps are open to a table, to whom, and what does each still need?"""

from collections.abc import Iterator

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.core.words import day
from jixiao.grades.queries.tables import Facts, open_reviews
from jixiao.grades.quota import too_many
from jixiao.grades.states import (
    APPROVE,
    CLOSE,
    FORWARD,
    KEEP,
    MOVES,
    PUBLICIZE,
    RAISE,
    SEND_BACK,
    SUBMIT,
    RoutineRule,
    TableState,
)

SHOWN = 5


def conditions(move: Move[TableState], of: Facts, *, by: Actor) -> tuple[Condition, ...]:
    """What a step needs from this table and this person: one list for guard, button and help."""
    if of.table.state not in move.origin:
        return (Condition(f"现在是“{of.table.get_state_display()}”", is_met=False),)
    return (*_people(move, of, by), *_table(move, of))


def _people(move: Move[TableState], of: Facts, by: Actor) -> Iterator[Condition]:
    if move in (PUBLICIZE, APPROVE):
        is_other = by.account_id is not None and of.table.submitted_by_id != by.account_id
        yield Condition("由报送人以外的人办理", is_other)
    if move in (PUBLICIZE, APPROVE, SEND_BACK, RAISE, KEEP):
        yield Condition("表里没有办理人本人的等次", not of.is_in(by))


def _table(move: Move[TableState], of: Facts) -> Iterator[Condition]:
    if move in (SUBMIT, PUBLICIZE, APPROVE):
        yield _complete(of)
        wrong = too_many(of.quota_now, of.chosen, of.names)
        yield Condition(wrong or f"“{of.names}”不超过名额", not wrong)
        yield from _routine(of)
    if move == PUBLICIZE:
        yield Condition(f"有提名“{of.names}”的，需要公示", _needs_notice(of))
    if move == APPROVE and _needs_notice(of):
        yield from _notice(of)
    if move == CLOSE:
        left = len(of.unsigned)
        yield Condition(f"还有{left}人没有签收" if left else "都已签收", not left)
        count = open_reviews(of)
        yield Condition(f"还有{count}件复核申诉在办" if count else "没有在办的复核申诉", not count)
    if move == KEEP:
        yield Condition("名额依据已变", bool(of.moved))


def _complete(of: Facts) -> Condition:
    missing = of.missing
    if not missing:
        return Condition("每个人都有等次或情况", is_met=True)
    more = f"等{len(missing)}人" if len(missing) > SHOWN else ""
    return Condition(f"还没有提出等次：{'、'.join(missing[:SHOWN])}{more}", is_met=False)


def _routine(of: Facts) -> Iterator[Condition]:
    if of.campaign.routine_rule == RoutineRule.MUST and of.campaign.is_annual:
        told = "；".join(of.doubtful)
        yield Condition(told or f"平时考核支持提名{of.names}", not told)


def _needs_notice(of: Facts) -> bool:
    return bool(of.campaign.notice_workdays and of.chosen)


def _notice(of: Facts) -> Iterator[Condition]:
    until = of.table.notice_until
    if of.table.state != TableState.PUBLIC or until is None:
        words = f"{of.names}人选先公示{of.campaign.notice_workdays}个工作日"
        yield Condition(words, is_met=False)
        return
    yield Condition(f"公示期到{day(until)}，已满", timezone.localdate() > until)
    left = sum(each.settled_at is None for each in of.objections)
    yield Condition(f"还有{left}件反映没有核实" if left else "反映都已核实", not left)


def missing(move: Move[TableState], of: Facts, *, by: Actor) -> tuple[str, ...]:
    """What a step still lacks."""
    return unmet(conditions(move, of, by=by))


def ways(of: Facts, by: Actor) -> list[Way[TableState]]:
    """The steps that this person may take from here, the next ones first."""
    found = [
        Way(move, conditions(move, of, by=by), f"grade_{move.name}", move in FORWARD)
        for move in MOVES
        if of.table.state in move.origin
        and by.may(move.permission, of.table.place())
        and not _is_idle(move, of)
    ]
    return sorted(found, key=lambda way: (not way.is_open, not way.is_forward))


def _is_idle(move: Move[TableState], of: Facts) -> bool:
    """A step that this table has no use for."""
    if move == KEEP:
        return not of.moved
    if move == PUBLICIZE:
        return not _needs_notice(of)
    return move == RAISE and of.campaign.cap == of.campaign.most
