"""Which sheet is left when values of it are put right, and which scheme when the year is not over?

Both are pure: the old sheet and the frozen scheme stay as they are, and a new run is sealed with its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from jixiao.scoring.scheme import Scheme, SchemeError
from jixiao.scoring.sheet import Sheet


@dataclass(frozen=True)
class Change:
    """A value that a decision puts into one cell of the sheet, in ten-thousandths."""

    unit: str
    round: str
    column: str
    value: int


def amended(sheet: Sheet, changes: Iterable[Change]) -> Sheet:
    """The sheet with these values in place, the last one where several name a cell; SchemeError."""
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for each in changes:
        cells.setdefault((each.unit, each.round), {})[each.column] = each.value
    if not cells:
        return sheet
    known = {(row.unit, row.round) for row in sheet.rows}
    if strange := [unit for unit, round_ in cells if (unit, round_) not in known]:
        raise SchemeError(f"{'、'.join(strange)}没有参加要更正的那一轮，记分表里没有这一行")
    rows = tuple(
        replace(row, values={**row.values, **cells[row.unit, row.round]})
        if (row.unit, row.round) in cells
        else row
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def lacking(sheet: Sheet, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that a sheet does not hold, the last one where several name a cell."""
    last = {(each.unit, each.round, each.column): each for each in changes}
    values: Mapping[tuple[str, str], Mapping[str, int | None]] = {
        (row.unit, row.round): row.values for row in sheet.rows
    }
    return tuple(
        each
        for each in last.values()
        if values.get((each.unit, each.round), {}).get(each.column) != each.value
    )


def up_to(scheme: Scheme, through: str) -> Scheme:
    """The frozen scheme with its rounds up to this one; whole where none is named. SchemeError."""
    if not through:
        return scheme
    codes = [each.code for each in scheme.rounds]
    if through not in codes[:-1]:
        raise SchemeError(f"办法里没有可以只算到的轮次“{through}”；算到最后一轮就是全年")
    kept = scheme.rounds[: codes.index(through) + 1]
    shorter = scheme.model_copy(update={"rounds": kept})
    return Scheme.model_validate_json(shorter.model_dump_json(exclude_defaults=True))


def sheet_up_to(sheet: Sheet, scheme: Scheme) -> Sheet:
    """What of a year's sheet belongs to a restricted scheme: its rounds' rows and events."""
    codes = {each.code for each in scheme.rounds} | {""}
    rows = tuple(row for row in sheet.rows if row.round in codes)
    events = tuple(event for event in sheet.events if event.round in codes)
    return replace(sheet, rows=rows, events=events)
