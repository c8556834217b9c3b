"""Which events and which earlier tiers does a mark sheet list?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from jixiao.schemes.exchange.answers import Book, meant, pick
from jixiao.schemes.exchange.layout import EVENT_HEADERS, UNIT, Layout, item_label, round_names
from jixiao.scoring.events import Event
from jixiao.scoring.names import squash
from jixiao.scoring.scheme import Item
from jixiao.workbooks.cells import as_date, as_decimal, as_integer, as_text
from jixiao.workbooks.grid import Record, read_grid
from jixiao.workbooks.problems import Fault, quoted
from jixiao.workbooks.tables import Cell, Table

T = TypeVar("T")
NO_RECORDS = "表头下面没有数据"
YES = {"是": True, "否": False, "已整改": True, "未整改": False, "√": True}


def read_history(layout: Layout, table: Table, book: Book) -> Mapping[str, tuple[str, ...]]:
    """Each unit's earlier tiers, last year first; empty names where there were none."""
    grid = read_grid(table, required=(UNIT, *layout.years))
    book.problems.extend(grid.problems)
    tiers = [tier.name for tier in layout.scheme.tiers]
    found: dict[str, tuple[str, ...]] = {}
    for record in grid.records:
        unit = book.unit(record)
        if unit in found:
            book.problems.append(
                record.problem(UNIT, fault=Fault(f"{quoted(unit)}重复，请只留一行"))
            )
        elif unit:
            read = _Read(record, book)
            years = [read(year, one_of(tiers)) or "" for year in layout.years]
            found[unit] = tuple(years) if any(years) else ()
    return {unit: years for unit, years in found.items() if years}


def read_events(layout: Layout, table: Table, book: Book) -> tuple[Event, ...]:
    """The events in the order of the sheet; rows with problems are left out."""
    required = (*EVENT_HEADERS[:4], *(["轮次"] if layout.scheme.rounds else []))
    grid = read_grid(table, required=required, optional=EVENT_HEADERS[4:])
    book.problems.extend(each for each in grid.problems if each.message != NO_RECORDS)
    found = [_event(layout, record, book) for record in grid.records]
    return tuple(event for event in found if event is not None)


def one_of(options: Iterable[str]) -> Callable[[Cell], str | Fault | None]:
    """A conversion of a cell into the option it names."""
    return lambda cell: pick(cell, options)


@dataclass(frozen=True)
class _Read:
    """Reads cells of one record, telling what is wrong."""

    record: Record
    book: Book

    def __call__(self, header: str, convert: Callable[[Cell], T | Fault | None]) -> T | None:
        return self.record.read(header, convert=convert, into=self.book.problems)


def _event(layout: Layout, record: Record, book: Book) -> Event | None:
    before = len(book.problems)
    unit, item = book.unit(record), _item(layout, record, book)
    if unit and item and item not in layout.items[unit]:
        fault = Fault(f"{quoted(item_label(item))}不适用于{quoted(unit)}", "请核对单位和项目")
        book.problems.append(record.problem("项目", fault=fault))
    values = _details(layout, record, book, item) if item else {}
    if len(book.problems) > before or unit is None or item is None:
        return None
    return Event(unit=unit, item=item.code, **values)


def _item(layout: Layout, record: Record, book: Book) -> Item | None:
    labels: dict[str, Item] = {}
    for item in layout.event_items:
        labels |= {squash(name): item for name in (item.name, item_label(item), item.code)}

    def find(cell: Cell) -> Item | Fault:
        text = as_text(cell)
        if not isinstance(text, str):
            return text or Fault("没有写明项目")
        known = [item_label(item) for item in layout.event_items]
        fault = Fault(
            f"没有加扣分项目{quoted(text)}", meant(text, known) or f"可填：{'、'.join(known)}"
        )
        return labels.get(squash(text), fault)

    return _Read(record, book)("项目", find)


def _details(layout: Layout, record: Record, book: Book, item: Item) -> dict[str, Any]:
    """Everything that is filled in, by field of ``Event``."""
    table, read = item.events, _Read(record, book)
    levels, classes = (table.levels, table.classes) if table else ({}, {})
    names = {name: code for code, name in round_names(layout.scheme).items()}
    round_name = read("轮次", _must(one_of(names))) if layout.scheme.rounds else ""
    rectified = read("已整改", one_of(YES))
    values = {
        "matter": read("事项", _must(as_text)),
        "level": read("级别", _must(one_of(levels))),
        "grade": read("等次", one_of(classes)),
        "times": read("次数", lambda cell: _portion(cell, most=None)),
        "share": read("分担比例", lambda cell: _portion(cell, most=1)),
        "on": read("日期", as_date),
        "document": read("文号", as_text),
        "notice_days": read("公示天数", _days),
        "signed_by": read("签批人", as_text),
        "rectified": YES[rectified] if rectified else None,
        "round": names.get(round_name or ""),
    }
    return {key: value for key, value in values.items() if value is not None}


def _must(convert: Callable[[Cell], T | Fault | None]) -> Callable[[Cell], T | Fault]:
    def read(cell: Cell) -> T | Fault:
        value = convert(cell)
        return Fault("没有填", "请补填") if value is None else value

    return read


def _portion(cell: Cell, *, most: int | None) -> Fraction | Fault | None:
    value = as_decimal(cell)
    if value is None or isinstance(value, Fault):
        return value
    if value <= 0 or (most is not None and value > most):
        span = f"大于0、不超过{most}" if most else "大于0"
        return Fault(f"{quoted(f'{value:f}')}不对", f"请填{span}的数")
    return Fraction(value)


def _days(cell: Cell) -> int | Fault | None:
    value = as_integer(cell)
    return Fault("天数不能是负数", "请改正") if isinstance(value, int) and value < 0 else value
