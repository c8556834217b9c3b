"""How far has a unit's table come, state by state, with the day of each?"""

from dataclasses import dataclass
from datetime import date, datetime

from jixiao.core.signs import State
from jixiao.core.words import short_day
from jixiao.grades.models import UnitTable
from jixiao.grades.states import WAY, TableState


@dataclass(frozen=True)
class Passed:
    """One state on the way."""

    label: str
    state: State
    when: str


def way_of(table: UnitTable) -> tuple[Passed, ...]:
    """The states in order; the notice is left out where there was none."""
    here = WAY.index(TableState(table.state))
    days: dict[TableState, date | datetime | None] = {
        TableState.SUBMITTED: table.submitted_at if here else None,
        TableState.PUBLIC: table.notice_until,
        TableState.APPROVED: table.approved_at,
        TableState.NOTIFIED: table.notified_at,
    }
    return tuple(
        Passed(
            str(state.label),
            "done" if place < here else "current" if place == here else "open",
            _when(state, days.get(state)),
        )
        for place, state in enumerate(WAY)
        if state != TableState.PUBLIC or table.notice_until or _has_notice(table, here)
    )


def _has_notice(table: UnitTable, here: int) -> bool:
    return bool(table.campaign.notice_workdays) and here <= WAY.index(TableState.PUBLIC)


def _when(state: TableState, day: date | datetime | None) -> str:
    if day is None:
        return ""
    return f"到{short_day(day)}" if state == TableState.PUBLIC else short_day(day)
