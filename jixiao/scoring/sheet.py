"""Who reported what? The mark sheet: one row a subject (in a round), one column an input."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from jixiao.scoring.columns import (
    GROUP,
    POOL,
    ROUND,
    UNIT,
    all_leaves,
    data_columns,
    data_item,
    tags_by_unit,
)
from jixiao.scoring.events import Event, Settled, settle
from jixiao.scoring.inputs import history_years, input_keys
from jixiao.scoring.numbers import half_up, scaled
from jixiao.scoring.scheme import Item, Scheme


@dataclass(frozen=True)
class Row:
    """One subject's inputs in one round, in ten-thousandths; a missing input is absent or None."""

    unit: str
    values: Mapping[str, int | None]
    round: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything a run is applied to."""

    rows: tuple[Row, ...]
    events: tuple[Event, ...] = ()
    history: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Earlier tiers by unit, last year first; an empty name where there was none."""

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain data; ``from_json`` reads it back."""
        rows = [
            {"unit": row.unit, "round": row.round, "values": _present(row.values)}
            for row in self.rows
        ]
        events = [event.model_dump(mode="json", exclude_defaults=True) for event in self.events]
        history = {unit: list(tiers) for unit, tiers in self.history.items()}
        return {"rows": rows, "events": events, "history": history}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Sheet":
        """The inverse of ``as_json``."""
        rows = tuple(Row(each["unit"], each["values"], each["round"]) for each in data["rows"])
        events = tuple(Event.model_validate(each) for each in data["events"])
        history = {unit: tuple(tiers) for unit, tiers in data["history"].items()}
        return cls(rows, events, history)


def _present(values: Mapping[str, int | None]) -> dict[str, int]:
    return {key: value for key, value in values.items() if value is not None}


def digest(data: object) -> str:
    """The digest of plain data in canonical JSON; the algorithm is named in it."""
    return "sha256:" + hashlib.sha256(canonical(data).encode()).hexdigest()


def canonical(data: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, no floats."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def settled_events(scheme: Scheme, sheet: Sheet, item: Item) -> tuple[Settled, ...]:
    """The item's events with their points; 同一事项 is one matter in the whole year."""
    if item.events is None:
        return ()
    mine = [event for event in sheet.events if event.item == item.code]
    return settle(mine, item.events, tags_by_unit(scheme))


def round_of(scheme: Scheme, sheet: Sheet, event: Event) -> str:
    """The round an event is entered in: its own, or the unit's first where it names none."""
    if event.round:
        return event.round
    has = {row.round for row in sheet.rows if row.unit == event.unit}
    return next((each.code for each in scheme.rounds if each.code in has), "")


def to_frame(scheme: Scheme, sheet: Sheet) -> pl.DataFrame:
    """The wide frame that the kernel reads, in sheet order."""
    places = {unit.name: i for i, group in enumerate(scheme.groups) for unit in group.units}
    rounds = {each.code: i for i, each in enumerate(scheme.rounds)}
    rows = sheet.rows
    found: dict[str, pl.Series] = {
        UNIT: pl.Series(UNIT, [row.unit for row in rows], pl.String),
        GROUP: pl.Series(GROUP, [places[row.unit] for row in rows], pl.Int64),
        POOL: pl.Series(POOL, [0] * len(rows), pl.Int64),
        ROUND: pl.Series(ROUND, [rounds.get(row.round, 0) for row in rows], pl.Int64),
    }
    for key in input_keys(scheme):
        for name in data_columns(data_item(scheme, key)):
            found[name] = pl.Series(name, [row.values.get(name) for row in rows], pl.Int64)
    found |= _event_columns(scheme, sheet) | _history_columns(scheme, sheet)
    return pl.DataFrame(found)


def _event_columns(scheme: Scheme, sheet: Sheet) -> dict[str, pl.Series]:
    found = {}
    for item in all_leaves(scheme):
        if item.events is None:
            continue
        points: dict[tuple[str, str], int] = {}
        for settled in settled_events(scheme, sheet, item):
            key = (settled.event.unit, round_of(scheme, sheet, settled.event))
            exact = scaled(half_up(settled.points, scheme.decimals))
            points[key] = points.get(key, 0) + exact
        values = [points.get((row.unit, row.round), 0) for row in sheet.rows]
        found[f"events:{item.code}"] = pl.Series(f"events:{item.code}", values, pl.Int64)
    return found


def _history_columns(scheme: Scheme, sheet: Sheet) -> dict[str, pl.Series]:
    names = [tier.name for tier in scheme.tiers]
    found = {}
    for back in range(1, history_years(scheme) + 1):
        column = f"tier@{back}"
        tiers = [_tier_back(sheet.history.get(row.unit, ()), back) for row in sheet.rows]
        places = [names.index(tier) if tier in names else None for tier in tiers]
        found[column] = pl.Series(column, places, pl.Int64)
    return found


def _tier_back(tiers: tuple[str, ...], back: int) -> str:
    return tiers[back - 1] if len(tiers) >= back else ""


def ranges_of(frame: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """The least and greatest value of every input column: what the kernel proves its range with."""
    found = {}
    for name in frame.columns:
        if name not in (UNIT, GROUP, POOL, ROUND):
            low, high = frame[name].min(), frame[name].max()
            found[name] = (int(low or 0), int(high or 0))  # type: ignore[arg-type]
    return found
