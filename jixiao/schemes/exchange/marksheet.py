"""What did the units and offices fill in? The mark sheet read back, every problem at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from jixiao.schemes.exchange import layout as plan
from jixiao.schemes.exchange.answers import (
    NO_IMPORTS,
    Book,
    Imports,
    is_empty,
    is_percent,
    meant,
    pick,
)
from jixiao.schemes.exchange.gaps import lacking, needed_columns, needs, period_of
from jixiao.schemes.exchange.layout import Ask, Layout, OwnPage, Page, is_taken, lay, round_names
from jixiao.schemes.exchange.lists import read_events, read_history
from jixiao.scoring.columns import data_columns, data_item
from jixiao.scoring.events import Event
from jixiao.scoring.inputs import input_keys
from jixiao.scoring.names import Register, squash
from jixiao.scoring.numbers import SCALE, number_text
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row, Sheet
from jixiao.workbooks.cells import as_text, is_absent_mark, is_blank
from jixiao.workbooks.grid import HEADER_WITHIN, Record, read_grid
from jixiao.workbooks.problems import Fault, Problem, Severity, Where, quoted, raise_errors
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tables import Cell, Table

ROUND = "轮次"
Key = tuple[str, str]
"""A round's code and a unit."""


def read_marksheet(
    scheme: Scheme, path: str | Path, *, imports: Imports = NO_IMPORTS
) -> tuple[Sheet, tuple[Problem, ...]]:
    """The filled-in mark sheet, and warnings; TableError with all the problems at once.

    ``path`` is the workbook of ``write_template`` from any program, or a single table with 单位
    (and 轮次 where the scheme has rounds). ``imports`` are the results that data are taken from.
    """
    tables = read_tables(path)
    reader = _Reader(lay(scheme), Path(path).name, Book(Register.of(scheme), imports))
    sheet = reader.read([table for table in tables if not is_empty(table)])
    order = {table.sheet: place for place, table in enumerate(tables)}
    problems = sorted(
        reader.book.problems,
        key=lambda each: (
            order.get(each.where.sheet, -1),
            each.where.row or 0,
            each.where.column or 0,
        ),
    )
    raise_errors(problems)
    return sheet, tuple(problems)


@dataclass(frozen=True)
class _Reader:
    """What has been read so far, by round and unit."""

    layout: Layout
    file: str
    book: Book
    seen: dict[Key, Where] = field(default_factory=dict)
    values: dict[Key, dict[str, int | None]] = field(default_factory=dict)
    blank: dict[Key, dict[str, Problem]] = field(default_factory=dict)
    touched: set[Key] = field(default_factory=set)

    @property
    def scheme(self) -> Scheme:
        """The scheme whose mark sheet this is."""
        return self.layout.scheme

    def tell(self, where: Where, message: str, hint: str = "") -> None:
        """Add an error."""
        self.book.problems.append(Problem(where, message, hint))

    def warn(self, where: Where, message: str, hint: str = "") -> None:
        """Add a warning."""
        self.book.problems.append(Problem(where, message, hint, Severity.WARNING))

    def read(self, tables: Sequence[Table]) -> Sheet:
        """Every sheet, then what is missing."""
        events: tuple[Event, ...] = ()
        history: Mapping[str, tuple[str, ...]] = {}
        if single := self._single(tables):
            self._table(single)
        else:
            found = self._matched(tables)
            for own in self.layout.own_pages:
                if own.name in found:
                    self._own_page(own, found[own.name])
            for page in self.layout.pages:
                if page.name in found:
                    self._page(page, found[page.name])
            if plan.EVENTS in found:
                events = read_events(self.layout, found[plan.EVENTS], self.book)
            if plan.HISTORY in found:
                history = read_history(self.layout, found[plan.HISTORY], self.book)
        self._check_imports()
        return Sheet(tuple(self._rows(events)), events, history)

    # ------------------------------------------------------------------ which sheet is which

    def _wanted(self) -> Iterator[str]:
        yield from (page.name for page in self.layout.pages)
        yield from (page.name for page in self.layout.own_pages)
        if self.layout.event_items:
            yield plan.EVENTS
        if self.layout.years:
            yield plan.HISTORY

    def _single(self, tables: Sequence[Table]) -> Table | None:
        """The table of a file that is not our workbook but has one table only."""
        known = set(map(squash, self._wanted()))
        others = [each for each in tables if not each.is_hidden and each.sheet != plan.GUIDE]
        is_ours = any(squash(table.sheet) in known for table in tables)
        return others[0] if len(others) == 1 and not is_ours else None

    def _matched(self, tables: Sequence[Table]) -> dict[str, Table]:
        """The sheets by their planned names; missing and unknown ones are told."""
        named = {squash(table.sheet): table for table in tables}
        wanted = list(self._wanted())
        found = {name: named.pop(squash(name)) for name in wanted if squash(name) in named}
        named.pop(plan.OPTIONS, None)
        if guide := named.pop(plan.GUIDE, None):
            self._check_version(guide)
        others = [table for table in named.values() if not table.is_hidden]
        for name in wanted:
            if name not in found:
                hint = meant(name, [table.sheet for table in others]) or "请从下发的模板中补上"
                self.tell(Where(file=self.file), f"缺少工作表{quoted(name)}", hint)
        for table in others:
            self.warn(table.where(), "不认识这张工作表，没有读取", "如有要报的数据请移到模板的表里")
        return found

    def _check_version(self, guide: Table) -> None:
        texts = [str(cell.value or "") for row in guide.rows for cell in row]
        versions = [text for text in texts if text.startswith(plan.DIGEST_LABEL)]
        if versions and not versions[0].endswith(plan.scheme_digest(self.scheme)):
            hint = "请核对各列是否仍然适用，或改用新下发的模板"
            self.warn(guide.where(), "这份表是按另一版办法做的，与现在的办法不同", hint)

    def _check_imports(self) -> None:
        used = [data_item(self.scheme, key).from_result for key in input_keys(self.scheme)]
        for result in dict.fromkeys(filter(None, used)):
            if result not in self.book.imports:
                hint = "请先算出那份结果，再一并给出"
                self.tell(
                    Where(file=self.file), f"办法要引用{quoted(result)}的结果，没有给出", hint
                )

    # ------------------------------------------------------------------ one sheet

    def _page(self, page: Page, table: Table) -> None:
        headers = {ask.column: ask.header for ask in page.asks}
        grid = read_grid(table, required=(plan.UNIT, *headers.values()), optional=plan.IGNORED)
        self.book.problems.extend(grid.problems)
        for record in grid.records:
            if unit := self._unit(record, page.round, page.open):
                self._fill_all(record, (page.round, unit), headers, page.open[unit])
        if grid.header_row:
            self._check_units(table, page.round, page.open)

    def _table(self, table: Table) -> None:
        """A single table of all units, with one column for the round where there are rounds."""
        headers = self._plain_headers(table)
        needed = {name for unit in self.layout.groups for name in needed_columns(self.layout, unit)}
        named = [plan.UNIT, *([ROUND] if self.scheme.rounds else [])]
        grid = read_grid(
            table,
            required=(*named, *(headers[name] for name in headers if name in needed)),
            optional=(*(headers[n] for n in headers if n not in needed), "组别", *plan.IGNORED),
        )
        self.book.problems.extend(grid.problems)
        for record in grid.records:
            code = self._round(record)
            unit = None if code is None else self._unit(record, code, self.layout.groups)
            if unit and code is not None:
                columns = [ask.column for ask in self.layout.asked[unit]]
                self._fill_all(record, (code, unit), headers, columns)
        for code in round_names(self.scheme) if grid.header_row else ():
            self._check_units(table, code, self.layout.groups)
        if self.layout.event_items or self.layout.years:
            self.warn(table.where(), "单张表没有加扣分事项和历年等次，按没有处理", "如有请改用模板")

    def _plain_headers(self, table: Table) -> dict[str, str]:
        """By column what a single table may call it: the code itself, or the name without remarks."""
        texts = {squash(str(cell.value)) for row in table.rows[:HEADER_WITHIN] for cell in row}
        asks = {ask.column: ask for asks in self.layout.asked.values() for ask in asks}
        return {name: name if name in texts else ask.stem for name, ask in asks.items()}

    def _round(self, record: Record) -> str | None:
        """The code of a row's round; None with a problem told where it names none."""
        if not self.scheme.rounds:
            return ""
        codes = {name: code for code, name in round_names(self.scheme).items()}
        codes |= {code: code for code in codes.values()}
        before = len(self.book.problems)
        name = record.read(ROUND, convert=lambda cell: pick(cell, codes), into=self.book.problems)
        if name is None and len(self.book.problems) == before:
            self.book.problems.append(record.problem(ROUND, fault=Fault("没有写轮次")))
        return codes.get(name or "")

    def _own_page(self, page: OwnPage, table: Table) -> None:
        grid = read_grid(
            table,
            required=(plan.UNIT, plan.CODE, plan.CONTENT, plan.ANSWER),
            optional=("项目", "分值", *plan.IGNORED),
        )
        self.book.problems.extend(grid.problems)
        rows = {_own_key(unit, ask): ask for unit, ask in page.rows}
        for record in grid.records:
            if unit := self.book.unit(record):
                code, content = (_text(record, name) for name in (plan.CODE, plan.CONTENT))
                ask = rows.pop((unit, squash(code), squash(content)), None)
                if ask:
                    self._fill(record, (page.round, unit), plan.ANSWER, ask)
                else:
                    fault = Fault(
                        f"{quoted(unit)}没有{quoted(f'{code} {content}')}这一项，或写了两行"
                    )
                    self.book.problems.append(record.problem(plan.CONTENT, fault=fault))
        lost = rows.items() if grid.header_row else ()
        for unit, ask in [(key[0], ask) for key, ask in lost]:
            if (table.sheet, unit) in self.book.suspected:
                continue
            name = f"{ask.item.code if ask.item else ''} {ask.content}"
            problem = Problem(table.where(), f"缺少{quoted(unit)}的{quoted(name)}这一行", "请补上")
            self.blank.setdefault((page.round, unit), {})[ask.column] = problem

    # ------------------------------------------------------------------ one row, one cell

    def _unit(self, record: Record, code: str, members: Mapping[str, object]) -> str | None:
        """The unit of a row, once a round and only where it belongs; else None with a problem."""
        unit = self.book.unit(record)
        if unit is None:
            return None
        where, first = _place(record, plan.UNIT), self.seen.get((code, unit))
        if unit not in members:
            group = quoted(self.layout.groups[unit].name)
            self.tell(where, f"{quoted(unit)}是{group}组的，不该在这张表", "请移到它自己的那张表")
            return None
        if first:
            self.tell(where, f"{quoted(unit)}与第{first.row}行重复", "请只保留一行")
            return None
        self.seen[code, unit] = where
        return unit

    def _fill_all(
        self, record: Record, key: Key, headers: Mapping[str, str], columns: Iterable[str]
    ) -> None:
        """Every cell of a row; one that does not apply to the unit should be empty."""
        asks = {ask.column: ask for ask in self.layout.asked[key[1]]}
        opened = set(columns)
        for column, header in headers.items():
            if column in opened:
                self._fill(record, key, header, asks[column])
            elif header in record.cells and not _is_gap(record.cells[header]):
                where = _place(record, header)
                self.warn(
                    where, f"这一项不适用于{quoted(key[1])}，填的没有采用", "请核对是否填错行"
                )

    def _fill(self, record: Record, key: Key, header: str, ask: Ask) -> None:
        if header not in record.cells:
            return  # read_grid has told that the column is missing
        cell = record.cells[header]
        value = self.book.answer(ask, cell)
        if value is None and _is_gap(cell):
            fault = Fault("没有填，办法不允许缺", "请补填；确实为零的填0")
            self.blank.setdefault(key, {})[ask.column] = record.problem(header, fault=fault)
            return
        self.touched.add(key)
        if isinstance(value, Fault):
            self.book.problems.append(record.problem(header, fault=value))
            return
        if value and value in range(SCALE + 1) and is_percent(ask.data) and ask.data.high == 100:
            shown = number_text(Fraction(value, SCALE))
            told = f"填的是{shown}，会当作{shown}%"
            self.warn(_place(record, header), told, "如是Excel显示的百分数，请改填不带%的数")
        self.values.setdefault(key, {})[ask.column] = value

    # ------------------------------------------------------------------ what is missing

    def _is_optional(self, code: str) -> bool:
        return any(each.optional for each in self.scheme.rounds if each.code == code)

    def _check_units(self, table: Table, code: str, members: Iterable[str]) -> None:
        for unit in members:
            is_misspelt = (table.sheet, unit) in self.book.suspected
            absent = (code, unit) not in self.seen and not is_misspelt
            if absent and (not self._is_optional(code) or (code, unit) in self.touched):
                self.tell(table.where(), f"缺少{quoted(unit)}这一行", "请补上")

    def _rows(self, events: Iterable[Event]) -> Iterator[Row]:
        listed = {(event.round, event.unit) for event in events}
        reached = self._reached()
        for code, name in round_names(self.scheme).items():
            for unit in self.layout.groups:
                key = (code, unit)
                if self.layout.asked[unit] and key not in self.touched and self._is_optional(code):
                    if key in listed:
                        where = Where(file=self.file, sheet=plan.EVENTS)
                        told = f"{quoted(unit)}没有参加{quoted(name)}，却有这一轮的加扣分事项"
                        self.tell(where, told, "请核对轮次")
                    continue
                self._check_gaps(key, reached)
                yield Row(unit, self.values.get(key, {}) | self._taken(unit), code)

    def _reached(self) -> dict[tuple[str, str], int]:
        """By round and data item the last period for which anybody has filled in anything."""
        reached: dict[tuple[str, str], int] = {}
        for (code, _), values in self.values.items():
            for column in values:
                key = (code, column.partition("@")[0])
                reached[key] = max(reached.get(key, 1), period_of(column))
        return reached

    def _check_gaps(self, key: Key, reached: Mapping[tuple[str, str], int]) -> None:
        blank = self.blank.get(key, {})
        found: dict[str, Problem] = {}
        for need in needs(self.layout, key[1]):
            last = reached.get((key[0], need.columns[0].partition("@")[0]), 1)
            found |= {name: blank[name] for name in lacking(need, blank=blank, reached=last)}
        if key in self.touched or len(found) < 2:
            self.book.problems.extend(found.values())
            return
        where = next(iter(found.values())).where
        place = Where(file=where.file, sheet=where.sheet, row=where.row)
        self.tell(place, f"{quoted(key[1])}一项也没有填，办法不允许缺", "请补填")

    def _taken(self, unit: str) -> dict[str, int | None]:
        """What comes from the unit's own marks in other results."""
        found: dict[str, int | None] = {}
        for data in [data_item(self.scheme, key) for key in input_keys(self.scheme)]:
            if not is_taken(data) or data.from_result not in self.book.imports:
                continue
            mark = self.book.marks_of(data.from_result, unit).get(data.item or "total")
            columns = dict.fromkeys(data_columns(data), mark)
            found |= columns
            if mark is None and needed_columns(self.layout, unit) & columns.keys():
                result = quoted(data.from_result)
                self.tell(
                    Where(file=self.file), f"结果{result}里没有{quoted(unit)}的得分", "请核对"
                )
        return found


def _is_gap(cell: Cell) -> bool:
    """Whether a cell says nothing, be it in so many words."""
    return is_blank(cell) or is_absent_mark(cell)


def _own_key(unit: str, ask: Ask) -> tuple[str, str, str]:
    return unit, squash(ask.item.code if ask.item else ""), squash(ask.content)


def _text(record: Record, header: str) -> str:
    text = as_text(record.cells[header]) if header in record.cells else None
    return text if isinstance(text, str) else ""


def _place(record: Record, header: str) -> Where:
    return record.problem(header, fault=Fault("")).where
