"""Which rows does the action at hand change? It watches them; what differs goes into one entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from jixiao.core.snapshot import Snapshot, differences, snapshot


@dataclass
class Trail:
    """The rows of one action with what they said before; a new row said nothing."""

    rows: dict[tuple[str, Any], tuple[Model, Snapshot]] = field(default_factory=dict)

    def watch(self, row: Model, *, new: bool = False) -> None:
        """Remember what ``row`` says now; the first memory of a row is the one that counts."""
        self.rows.setdefault(_key(row), (row, {} if new else snapshot(row)))

    def changes(self) -> list[dict[str, Any]]:
        """One entry for every watched row that now says something else."""
        return [
            {"row": name_of(row, pk), **change}
            for (_, pk), (row, before) in self.rows.items()
            if (change := _change(row, before))
        ]

    def named(self) -> list[dict[str, Any]]:
        """Every watched row, changed or not: what the action was about."""
        return [
            {"row": name_of(row, pk), "label": str(row)} for (_, pk), (row, _) in self.rows.items()
        ]

    def altered(self) -> list[Model]:
        """The rows that were there before and now say something else."""
        return [
            row
            for row, before in self.rows.values()
            if before and row.pk is not None and _change(row, before)
        ]


_current: ContextVar[Trail | None] = ContextVar("trail", default=None)


@contextmanager
def trail() -> Iterator[Trail]:
    """The trail of one action; an action called by another leaves its own."""
    found = Trail()
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


def watch(row: Model) -> None:
    """Call before changing a row that is not the action's subject."""
    _now().watch(row)


def created(row: Model) -> None:
    """Call after making a row that the action does not return."""
    _now().watch(row, new=True)


def name_of(row: Model, pk: object) -> str:
    """``room.model:number``, as entries name rows."""
    return f"{row._meta.label_lower}:{pk}"


def _now() -> Trail:
    found = _current.get()
    if found is None:
        raise RuntimeError("rows are written inside an action only")
    return found


def _key(row: Model) -> tuple[str, Any]:
    return row._meta.label, row.pk


def _change(row: Model, before: Snapshot) -> dict[str, Any] | None:
    deleted = row.pk is None
    was, now = differences(row, before, {} if deleted else snapshot(row))
    if not was and not now:
        return None
    return {"label": str(row), "before": was, "after": now}
