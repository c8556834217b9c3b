"""What does a matter still lack before it counts? One list for guard, button, help and scoring."""

from collections.abc import Iterator
from datetime import date

from jixiao.access.moves import Condition, unmet
from jixiao.core.words import short_day
from jixiao.events.models import Matter
from jixiao.events.states import LIVE, MatterState
from jixiao.schemes.models import SchemeVersion
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.events import PROOF_WORDS, EventTable
from jixiao.scoring.scheme import Item
from jixiao.visits.queries.rounds import task_book

UNKNOWN = "办法里没有这一项，请退回更正"


def event_items(version: SchemeVersion) -> dict[str, Item]:
    """The scheme's bonus and penalty items that are fed by matters, by code."""
    scheme = task_book(version).scheme
    return {item.code: item for item in all_leaves(scheme) if item.events is not None}


def table_of(matter: Matter, version: SchemeVersion | None = None) -> EventTable | None:
    """What the scheme says about this kind of matter; by another version where one is given."""
    item = event_items(version or matter.version_of).get(matter.code)
    return item.events if item else None


def proofs(matter: Matter, table: EventTable | None, today: date) -> tuple[Condition, ...]:
    """Everything that the scheme asks for before the matter counts, and whether it is there."""
    if table is None:
        return (Condition(UNKNOWN, is_met=False),)
    return tuple(_proofs(matter, table, today))


def _proofs(matter: Matter, table: EventTable, today: date) -> Iterator[Condition]:
    yield Condition("县绩效办核对", matter.state in LIVE and matter.checked_at is not None)
    if "document" in table.requires:
        yield Condition(PROOF_WORDS["document"], bool(matter.document))
    if "notice" in table.requires:
        yield from _notice(matter, table, today)
    if "signature" in table.requires:
        yield Condition(PROOF_WORDS["signature"], matter.state == MatterState.SIGNED)


def _notice(matter: Matter, table: EventTable, today: date) -> Iterator[Condition]:
    until = matter.notice_until
    if until is None:
        yield Condition(f"公示{table.notice_words}", is_met=False)
        return
    is_long = matter.notice_days >= table.notice_days
    words = f"公示{table.notice_words}（到{short_day(until)}）"
    if not is_long:
        words = f"公示{table.notice_words}（只公示了{matter.notice_days}）"
    yield Condition(words, is_long and today > until)
    if waiting := unanswered(matter):
        yield Condition(f"答复{waiting}条异议", is_met=False)


def unanswered(matter: Matter) -> int:
    """Objections without answer; lists bring the number along."""
    known: int | None = getattr(matter, "unanswered", None)
    if known is None:
        return matter.objections.filter(answered_at__isnull=True).count()
    return known


def lacking(
    matter: Matter, today: date, *, version: SchemeVersion | None = None
) -> tuple[str, ...]:
    """What keeps a matter from counting; empty where it counts."""
    return unmet(proofs(matter, table_of(matter, version), today))
