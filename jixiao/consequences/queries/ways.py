"""What can be done about a person's matter from here, by whom, and what does each step still need?"""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.consequences.models import PersonalDecision
from jixiao.consequences.queries.ground import LAWFUL, entry_now, newer_run
from jixiao.consequences.states import AGAIN, DECIDE, MOVES, TELL, DecisionState
from jixiao.org.models import Post, Unit
from jixiao.visits.models import Tie


def conditions(
    move: Move[DecisionState], decision: PersonalDecision, *, by: Actor
) -> tuple[Condition, ...]:
    """What a step needs from this matter and this person: one list for guard, button and help."""
    if decision.state not in move.origin:
        return (Condition(f"现在是“{decision.get_state_display()}”", is_met=False),)
    return tuple(_needs(move, decision, by))


def _needs(move: Move[DecisionState], decision: PersonalDecision, by: Actor) -> Iterator[Condition]:
    flagged = decision.is_flagged
    if move in (DECIDE, AGAIN):
        yield from _hands(decision, by)
    if move in (DECIDE, AGAIN, TELL):
        yield from _ground(decision)
    if move == DECIDE:
        yield Condition("依据没有变动（已变动的，重新决定）", not flagged)
    if move == AGAIN:
        is_due = flagged or decision.state in (DecisionState.APPLIED, DecisionState.DECLINED)
        yield Condition("已经决定，或依据已变", is_due)
    if move == TELL:
        yield Condition("依据没有变动（已变动的，先重新决定）", not flagged)
        yield Condition("还没有告知本人", decision.told_at is None)


def _hands(decision: PersonalDecision, by: Actor) -> Iterator[Condition]:
    """公务员法第七十六条、个人信息保护法第二十四条：由人决定，该回避的回避."""
    yield Condition(
        "由提出、开列名单以外的人决定",
        by.account_id not in (decision.proposed_by_id, decision.entry.listing.drawn_by_id),
    )
    yield Condition("本人的事项由其他人决定", decision.person.account_id != by.account_id)
    is_tied = is_tied_to(decision.entry.part.unit, by)
    words = "您在这个单位任职，或申报过回避关系，请其他人决定"
    yield Condition(words if is_tied else "与这个单位没有回避关系", not is_tied)


def _ground(decision: PersonalDecision) -> Iterator[Condition]:
    entry = entry_now(decision)
    listing = entry.listing if entry else decision.entry.listing
    is_lawful = entry is None or listing.result.state in LAWFUL
    state = listing.result.get_state_display()
    words = f"依据的结果现在是“{state}”，等县绩效办按审定的结果重新开列名单"
    yield Condition("依据的结果已经审定" if is_lawful else words, is_lawful)
    if newer := newer_run(listing.result) if is_lawful else None:
        words = f"有更新的审定结果（第{newer.pk}号），等县绩效办按它重新开列名单"
        yield Condition(words, is_met=False)


def is_tied_to(unit: Unit, by: Actor) -> bool:
    """Whether this person works there, at any depth, or has declared a tie to it."""
    today = timezone.localdate()
    if by.account_id is None:
        return False
    posts = Post.objects.on(today).filter(person__account=by.account_id)
    ties = Tie.objects.filter(Q(until=None) | Q(until__gte=today), person__account=by.account_id)
    return (
        posts.filter(Q(unit__path__startswith=unit.path) | Q(unit__in=unit.place().units)).exists()
        or ties.filter(unit=unit).exists()
    )


def missing(move: Move[DecisionState], decision: PersonalDecision, *, by: Actor) -> tuple[str, ...]:
    """What a step still lacks."""
    return unmet(conditions(move, decision, by=by))


def ways(decision: PersonalDecision, by: Actor) -> list[Way[DecisionState]]:
    """The steps that this person may take, now or after what is still missing, the next ones first."""
    found = [
        Way(
            move,
            conditions(move, decision, by=by),
            f"decision_{move.name}",
            move == DECIDE or (move == AGAIN and decision.is_flagged),
        )
        for move in MOVES
        if by.may(move.permission, decision.place())
        and decision.state in move.origin
        and not (move == AGAIN and _is_first(decision))
        and not (move == DECIDE and decision.is_flagged)
        and not (move == TELL and decision.told_at)
    ]
    return sorted(found, key=lambda way: not way.is_open)


def _is_first(decision: PersonalDecision) -> bool:
    """Nothing was decided yet and nothing changed: there is nothing to decide again."""
    is_decided = decision.state in (DecisionState.APPLIED, DecisionState.DECLINED)
    return not decision.is_flagged and not is_decided
