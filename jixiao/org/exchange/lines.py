"""What does the county's record of units and people say, as plain lines of a table?"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jixiao.org.exchange.layout import PLANS, SEPARATOR, Plan
from jixiao.workbooks.cells import as_text
from jixiao.workbooks.grid import Record
from jixiao.workbooks.problems import Fault, Problem
from jixiao.workbooks.tables import Cell

ORDINARY = re.compile(r"[\u4e00-\u9fff0-9A-Za-z（）〔〕、，。：／-]*")
"""Texts that any program reads as they were written."""

Value = str | int | date | None
Key = tuple[Value, ...]


@dataclass(frozen=True)
class Line:
    """One line of a sheet by header: of the county (its row's number), or of a workbook (where)."""

    plan: Plan
    values: Mapping[str, Value]
    number: int = field(default=0, compare=False)
    record: Record | None = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> Key:
        """What tells it apart from the other lines of its sheet."""
        return tuple(self.values[header] for header in self.plan.key)

    @property
    def label(self) -> str:
        """What people call it."""
        return " ".join(filter(None, map(self.text, self.plan.said)))

    @property
    def words(self) -> str:
        """Everything it says, for whoever has to confirm it."""
        told = ((each.header, self.text(each.header)) for each in self.plan.told)
        return "，".join(f"{header} {text}" for header, text in told if text)

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


def plain(text: str) -> str:
    """The text as it would be read from a cell."""
    if ORDINARY.fullmatch(text):
        return text
    read = as_text(Cell(1, 1, text))
    return " ".join(read.split()) if isinstance(read, str) else ""


def full_name(parent: str, name: str) -> str:
    """云溪镇／党政办公室; a unit at 乡科级 has its own name only."""
    return f"{parent}{SEPARATOR}{name}" if parent else name
