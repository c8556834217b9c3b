"""What can be done about a matter from here, by whom, and what does each move still need?"""

from collections.abc import Iterator

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.access.permissions import Permission
from jixiao.events.models import Matter
from jixiao.events.queries.proof import proofs, table_of
from jixiao.events.states import (
    CHECK,
    FILE_SIGN,
    FORWARD,
    JUDGED,
    MOVES,
    NOTICE,
    REJECT,
    SIGN,
    WITHDRAW,
    MatterState,
)
from jixiao.org.models import Post
from jixiao.scoring.events import EventTable


def conditions(move: Move[MatterState], matter: Matter, *, by: Actor) -> tuple[Condition, ...]:
    """What a move needs from this matter and this person: one list for guard, button and help."""
    if matter.state not in move.origin:
        return (Condition(f"现在是“{matter.get_state_display()}”", is_met=False),)
    return (*_proven(move, matter), *_personal(move, matter, by))


def _proven(move: Move[MatterState], matter: Matter) -> Iterator[Condition]:
    """The proofs that have to be there first, in the words in which they are missing everywhere."""
    if move not in FORWARD:
        return
    table = table_of(matter)
    found = proofs(matter, table, timezone.localdate())
    if move == CHECK:
        yield from (each for each in found if each.words == "文号" or table is None)
    elif move == NOTICE:
        yield Condition("办法要求公示", _asks(table, "notice"))
    else:
        yield Condition("办法要求签批", _asks(table, "signature"))
        yield from (each for each in found if each.words not in ("签批人", "县绩效办核对"))


def _asks(table: EventTable | None, proof: str) -> bool:
    return table is not None and proof in table.requires


def _personal(move: Move[MatterState], matter: Matter, by: Actor) -> Iterator[Condition]:
    if move in (CHECK, REJECT):
        is_other = matter.applied_by_id != by.account_id
        yield Condition("由申报、登记的人以外的人办理", is_other)
    if move in (SIGN, FILE_SIGN):
        yield Condition("由核对的人以外的人办理", matter.checked_by_id != by.account_id)
    if move == WITHDRAW and matter.is_penalty:
        yield Condition("扣分事项由县绩效办撤回", by.may(Permission.EVENTS_EDIT))
    if move in JUDGED and works_there(matter, by):
        yield Condition("您在这个单位任职，请其他人办理", is_met=False)


def works_there(matter: Matter, by: Actor) -> bool:
    """Whether this person holds a post in the unit, which would be judging one's own cause."""
    held = Post.objects.on(timezone.localdate()).filter(person__account=by.account_id)
    return by.account_id is not None and held.filter(unit__in=matter.place().units).exists()


def missing(move: Move[MatterState], matter: Matter, *, by: Actor) -> tuple[str, ...]:
    """What a move still lacks."""
    return unmet(conditions(move, matter, by=by))


def ways(matter: Matter, by: Actor) -> list[Way[MatterState]]:
    """The moves that this person may make from here, the next ones first."""
    asked = {move.name: True for move in MOVES}
    table = table_of(matter)
    asked |= {"notice": _asks(table, "notice")}
    asked |= dict.fromkeys(("sign", "file_sign"), _asks(table, "signature"))
    return [
        Way(move, conditions(move, matter, by=by), f"matter_{move.name}", move in FORWARD)
        for move in MOVES
        if matter.state in move.origin
        and by.may(move.permission, matter.place())
        and asked[move.name]
    ]
