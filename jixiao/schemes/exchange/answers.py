"""What does one filled-in cell of a mark sheet say, and what is wrong with it?"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from jixiao.schemes.exchange.layout import UNIT, Ask
from jixiao.scoring.names import Register, squash
from jixiao.scoring.numbers import SCALE, half_up, number_text
from jixiao.scoring.scheme import DataItem
from jixiao.workbooks.cells import as_decimal, as_text, is_absent_mark
from jixiao.workbooks.grid import Record
from jixiao.workbooks.problems import Fault, Problem, quoted
from jixiao.workbooks.tables import Cell, Table

Imports: TypeAlias = Mapping[str, Mapping[str, Mapping[str, int | None]]]
"""Other schemes' results by name: unit → ``total`` or an item's code → ten-thousandths."""
NO_IMPORTS: Imports = MappingProxyType({})
PERCENT_UNITS = frozenset({"%", "％", "百分点", "个百分点"})


@dataclass(frozen=True)
class Book:
    """What reading the sheets of one workbook has in common: names, other results, problems."""

    register: Register
    imports: Imports
    problems: list[Problem] = field(default_factory=list)
    suspected: set[tuple[str, str]] = field(default_factory=set)
    """Sheets and the units that a misspelt name there means; they need not be told to be missing."""

    def unit(self, record: Record) -> str | None:
        """The official name of a row's unit; None with a problem told when nobody goes by it."""
        before = len(self.problems)
        name = record.read(UNIT, convert=as_text, into=self.problems)
        unit = self.register.find(name) if name else None
        if unit is None and len(self.problems) == before:
            complaint = self.register.complaint(name) if name else "没有写单位名称"
            if name and (near := self.register.nearest(name)):
                self.suspected.add((record.table.sheet, near))
            self.problems.append(record.problem(UNIT, fault=Fault(complaint)))
        return unit

    def answer(self, ask: Ask, cell: Cell) -> int | Fault | None:
        """The value in ten-thousandths, None for a gap."""
        if ask.data.choices:
            found = pick(cell, ask.data.choices)
            return (
                int(half_up(ask.data.choices[found] * SCALE)) if isinstance(found, str) else found
            )
        if ask.data.from_result:
            return self._imported(ask, cell)
        return _number(ask, cell)

    def marks_of(self, result: str, unit: str) -> Mapping[str, int | None]:
        """A unit's marks in another result; nothing where it is unknown there."""
        marks = {squash(name): each for name, each in self.imports.get(result, {}).items()}
        return marks.get(squash(unit), {})

    def _imported(self, ask: Ask, cell: Cell) -> int | Fault | None:
        name = as_text(cell)
        if not isinstance(name, str) or is_absent_mark(cell):
            return name if isinstance(name, Fault) else None
        marks, result = self.marks_of(ask.data.from_result, name), ask.data.from_result
        if not marks and result in self.imports:
            return Fault(
                f"结果{quoted(result)}里没有{quoted(name)}", meant(name, self.imports[result])
            )
        return marks.get(ask.data.item or "total")


def pick(cell: Cell, options: Iterable[str]) -> str | Fault | None:
    """The option a cell names, None for a blank; an option may itself be 无."""
    text = as_text(cell)
    if not isinstance(text, str):
        return text
    known = {squash(name).casefold(): name for name in options}
    if found := known.get(squash(text).casefold()):
        return found
    if is_absent_mark(cell):
        return None
    listed = f"可填：{'、'.join(known.values())}"
    return Fault(f"{quoted(text)}不在选项之内", meant(text, known.values()) or listed)


def meant(text: str, names: Iterable[str]) -> str:
    """The suggestion for a near miss."""
    near = difflib.get_close_matches(squash(text), list(names), n=1, cutoff=0.5)
    return f"是不是{quoted(near[0])}" if near else ""


def _number(ask: Ask, cell: Cell) -> int | Fault | None:
    if is_percent(ask.data) and isinstance(cell.value, str):
        cell = cell._replace(value=cell.value.strip().rstrip("%％"))
    value = as_decimal(cell)
    if not isinstance(value, Decimal):
        return value
    number, limits = Fraction(value), ask.limits
    said = f"得分{value:f}" if limits.is_mark else quoted(f"{value:f}")
    if limits.high is not None and number > limits.high:
        return Fault(f"{said}超过{limits.word}{number_text(limits.high)}", "请核对后改正")
    if limits.low is not None and number < limits.low:
        return Fault(f"{said}小于最低限{number_text(limits.low)}", "请核对后改正")
    return int(number * SCALE)


def is_percent(data: DataItem) -> bool:
    """Whether 85 is asked where people say 85%."""
    return data.unit in PERCENT_UNITS


def is_empty(table: Table) -> bool:
    """Whether nothing at all stands in a table."""
    return all(cell.value is None and cell.fault is None for row in table.rows for cell in row)
