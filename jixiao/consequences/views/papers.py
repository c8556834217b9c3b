"""How do a list and a word to a person leave as files?"""

from collections.abc import Callable, Iterator, Sequence

from django.conf import settings
from django.utils import timezone

from jixiao.consequences.letter import ListPaper, PersonPaper, list_paper, person_paper
from jixiao.consequences.queries.lists import ListingRow
from jixiao.consequences.queries.people import DecisionRow, EntryRow
from jixiao.consequences.states import RATES, Purpose
from jixiao.consequences.tables import money, rate_words
from jixiao.core.words import NONE, day, number
from jixiao.gongwen.document import Document

Cell = Callable[[EntryRow], str]
UNIT: tuple[str, int, Cell] = ("单位", 24, lambda each: each.part.name)
GROUP: tuple[str, int, Cell] = ("组别", 16, lambda each: each.part.group)
PLACES: tuple[str, int, Cell] = ("名额", 10, lambda each: number(each.places))
MONEY: tuple[str, int, Cell] = ("金额（元）", 18, lambda each: number(money(each)))
REASON: tuple[str, int, Cell] = ("理由", 60, lambda each: each.reason)


def list_document(row: ListingRow, entries: Sequence[EntryRow]) -> Document:
    """A list as a document."""
    result, columns = row.result, list(_columns(row, entries))
    document = f"（{result.document}）" if result.document else ""
    told = ListPaper(
        title=f"{result.year}年度{row.name}名单",
        words=row.words,
        basis=row.basis,
        approved=f"{result}经{day(result.met_on)}{result.meeting}审定{document}",
        head=[head for head, _, _ in columns],
        widths=[width for _, width, _ in columns],
        rows=[[cell(each) for _, _, cell in columns] for each in entries],
        drawn_on=timezone.localdate(row.drawn_at),
    )
    return list_paper(told, office=settings.OFFICE)


def _columns(row: ListingRow, entries: Sequence[EntryRow]) -> Iterator[tuple[str, int, Cell]]:
    """Only what the list has something to say about."""
    yield UNIT
    if row.kind in RATES:
        name = "系数" if row.kind == Purpose.COEFFICIENT else "比例"
        yield name, 12, lambda each: rate_words(row.kind, each.rate) or NONE
    else:
        yield GROUP
    if any(each.places is not None for each in entries):
        yield PLACES
    if row.amount is not None:
        yield MONEY
    yield REASON


def person_document(row: DecisionRow) -> Document:
    """What was decided, as a word to the person."""
    decided = row.decided_at or timezone.now()
    told = PersonPaper(
        name=row.person.name,
        matter=f"“{row.proposal}”",
        verdict=row.get_state_display(),
        reason=row.reason,
        ground=f"{row.entry.listing}，{row.entry.part.name}{row.entry.reason}",
        basis=row.entry.listing.basis,
        decided_on=timezone.localdate(decided),
    )
    return person_paper(told, office=settings.OFFICE)
