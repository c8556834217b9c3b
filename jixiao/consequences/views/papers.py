"""How do a list and a word to a person leave as files?"""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from jixiao.consequences.letter import ListPaper, PersonPaper, list_paper, person_paper
from jixiao.consequences.queries.lists import ListingRow
from jixiao.consequences.queries.people import DecisionRow, EntryRow
from jixiao.consequences.states import RATES
from jixiao.consequences.tables import rate_words
from jixiao.core.words import day
from jixiao.gongwen.document import Document


def list_document(row: ListingRow, entries: Iterable[EntryRow]) -> Document:
    """A list as a document."""
    result, is_rate = row.result, row.kind in RATES
    document = f"（{result.document}）" if result.document else ""
    told = ListPaper(
        title=f"{result.year}年度{row.name}名单",
        words=row.words,
        basis=row.basis,
        approved=f"{result}经{day(result.met_on)}{result.meeting}审定{document}",
        head=("单位", "比例", "名额", "理由") if is_rate else ("单位", "组别", "理由"),
        widths=(22, 10, 8, 60) if is_rate else (24, 16, 60),
        rows=[_row(each, is_rate=is_rate) for each in entries],
        drawn_on=timezone.localdate(row.drawn_at),
    )
    return list_paper(told, office=settings.OFFICE)


def _row(entry: EntryRow, *, is_rate: bool) -> tuple[str, ...]:
    if not is_rate:
        return entry.part.name, entry.part.group, entry.reason
    rate = rate_words(entry.listing.kind, entry.rate) or "—"
    places = "—" if entry.places is None else str(entry.places)
    return entry.part.name, rate, places, entry.reason


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
