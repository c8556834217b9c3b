"""Which figures of the sheet stand behind an item, a total or a tier of one unit, and what may they be?"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.queries.kept import reading
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.scheme import Item
from jixiao.visits.queries.hands import hands
from jixiao.visits.queries.origins import item_columns
from jixiao.visits.tasks import Field, Task, TaskBook

BOOKS_IN_MIND = 12
WHOLE = "总分和等次"
"""What an objection without an item is about."""


@dataclass(frozen=True)
class Input:
    """One figure of a unit: the cell of the sheet, what stands there, what may stand there."""

    round: str
    round_name: str
    item: str
    field: Field
    value: int | None

    @property
    def cell(self) -> tuple[str, str]:
        """Where it stands in the unit's rows."""
        return self.round, self.field.column

    @property
    def label(self) -> str:
        """As the deciding person reads it."""
        where = f"{self.round_name}：" if self.round_name else ""
        return f"{where}{self.item} {self.field.label}"


def item_of(part: ResultUnit, code: str) -> Item | None:
    """The item of the result's scheme, if it gave this unit a mark."""
    known = reading(part.result).result
    if known.year.get(part.name, {}).get(f"mark:{code}") is None:
        return None
    return next((each for each in all_leaves(known.scheme) if each.code == code), None)


def inputs_of(part: ResultUnit, code: str) -> tuple[Input, ...]:
    """Round by round the figures behind an item; behind everything where no item is named."""
    known = reading(part.result).result
    names = {each.code: each.name for each in known.scheme.rounds} or {"": ""}
    wanted = _columns(part, code)
    found: dict[tuple[str, str], Input] = {}
    for task in _tasks(part):
        for field in task.fields:
            for round_, name in names.items():
                row = known.rows.get((part.name, round_))
                if row is not None and (wanted is None or field.column in wanted):
                    told = Input(round_, name, task.name, field, row.values.get(field.column))
                    found.setdefault(told.cell, told)
    return tuple(found.values())


def hands_in(part: ResultUnit, code: str) -> frozenset[int]:
    """The accounts of whoever marked what is objected to; two queries, none for loaded results."""
    if part.result.scheme_version_id is None:
        return frozenset()
    wanted = _columns(part, code)
    codes = None if wanted is None else _codes(_tasks(part), wanted)
    return hands(part.result.rounds.values("round"), unit=part.unit_id, codes=codes)


def _columns(part: ResultUnit, code: str) -> frozenset[str] | None:
    """The columns that an item reads; None for all."""
    item = item_of(part, code) if code else None
    return item_columns(reading(part.result).result.scheme, item, part.group) if item else None


def _codes(tasks: Collection[Task], columns: frozenset[str]) -> list[str]:
    return [each.code for each in tasks if columns & {field.column for field in each.fields}]


def _tasks(part: ResultUnit) -> tuple[Task, ...]:
    return _book(part.result.seal).tasks(part.name)


@lru_cache(maxsize=BOOKS_IN_MIND)
def _book(seal: str) -> TaskBook:
    """What the sealed scheme asks; a seal never means anything else."""
    kept = SealedResult.objects.light().filter(seal=seal)[0]
    return TaskBook.of(reading(kept).result.scheme)
