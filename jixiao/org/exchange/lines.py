"""What does the county's record of units and people say, as plain lines of a table?"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jixiao.org.exchange.layout import PLANS, SEPARATOR, Plan
from jixiao.workbooks.grid import Record
from jixiao.workbooks.problems import Fault, Problem

Value = str | int | date | None
Key = tuple[Value, ...]


@dataclass(frozen=True)
class Line:
    """One line of a sheet by header; ``record`` is where it stands in a workbook that was read."""

    plan: Plan
    values: Mapping[str, Value]
    record: Record | None = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> Key:
        """What tells it apart from the other lines of its sheet."""
        return tuple(self.values[header] for header in self.plan.key)

    @property
    def label(self) -> str:
        """What people call it."""
        return " ".join(filter(None, map(self.text, self.plan.said)))

    def text(self, header: str) -> str:
        """A value as a text; empty for a gap."""
        value = self.values.get(header)
        return "" if value is None else str(value)

    def day(self, header: str) -> date | None:
        """A value that is a date."""
        value = self.values.get(header)
        return value if isinstance(value, date) else None

    def count(self, header: str) -> int | None:
        """A value that is a whole number."""
        value = self.values.get(header)
        return value if isinstance(value, int) else None

    @property
    def is_open(self) -> bool:
        """Whether it holds today and on."""
        return not self.plan.end or self.values.get(self.plan.end) is None

    def problem(self, header: str, message: str, hint: str = "") -> Problem:
        """Something wrong with one of its cells."""
        if self.record is None:
            raise ValueError("only lines that were read can have problems")
        return self.record.problem(header, fault=Fault(message, hint))


Lines = Mapping[Key, Line]


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the county: its number, its full name and the other names it goes by."""

    number: int
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class County:
    """Every line by sheet, and the units that names may mean."""

    sheets: Mapping[str, Lines]
    units: tuple[KnownUnit, ...] = ()

    def lines(self, sheet: str) -> Lines:
        """The lines of one sheet; none where it is not there."""
        return self.sheets.get(sheet, {})

    def fingerprint(self) -> str:
        """Changes as soon as any line does."""
        told = [
            sorted([line.text(each.header) for each in line.plan.told] for line in lines.values())
            for lines in (self.lines(plan.name) for plan in PLANS)
        ]
        numbers = [(unit.number, unit.label) for unit in self.units]
        text = json.dumps([told, numbers], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def by_key(lines: Iterable[Line]) -> Lines:
    """Lines by what tells them apart."""
    return {line.key: line for line in lines}


def full_name(parent: str, name: str) -> str:
    """云溪镇／党政办公室; a unit at 乡科级 has its own name only."""
    return f"{parent}{SEPARATOR}{name}" if parent else name
