"""How far has a visit come, and what unlocks its next step?"""

from dataclasses import dataclass
from datetime import date

from jixiao.core.words import moment, short_day
from jixiao.visits.queries.visit_page import Book
from jixiao.visits.states import VisitState

ORDER = (VisitState.PLANNED, VisitState.UNDERWAY, VisitState.FED_BACK, VisitState.CLOSED)
NAMES = ("安排", "现场记录", "当面反馈", "双方确认")


@dataclass(frozen=True)
class Step:
    """One state of a visit as the bar shows it."""

    label: str
    when: str
    state: str


def steps(book: Book) -> list[Step]:
    """Planned, recorded, fed back, confirmed."""
    visit = book.visit
    at = ORDER.index(VisitState(visit.state)) if visit.state in ORDER else -1
    whens = (_day(visit.on), *map(moment, (visit.started_at, visit.fed_back_at, visit.closed_at)))
    return [
        Step(name, when, _state(place, at))
        for place, (name, when) in enumerate(zip(NAMES, whens, strict=True))
    ]


def condition(book: Book) -> str:
    """What is still missing, in one line."""
    state = book.visit.state
    if state == VisitState.UNDERWAY and book.lacking:
        return f"还差{len(book.lacking)}项才能反馈"
    if state == VisitState.FED_BACK:
        return "；".join(book.waits) or book.gap
    return ""


def _state(place: int, at: int) -> str:
    is_over = at == len(ORDER) - 1
    if place < at or (is_over and place == at):
        return "done"
    return "current" if place == at else "open"


def _day(on: date | None) -> str:
    return short_day(on) if on else ""
