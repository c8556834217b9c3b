"""What is written in a workbook of units and people? Its cells, sheet by sheet, as they stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jixiao.org.exchange.layout import BY_NAME, ORIGIN, Column, Plan, Sort
from jixiao.org.exchange.lines import Line, Value
from jixiao.org.states import EARLIEST
from jixiao.scoring.names import squash
from jixiao.workbooks.cells import as_date, as_integer, as_text
from jixiao.workbooks.grid import Record, read_grid
from jixiao.workbooks.problems import Fault, Problem, Severity, Where, quoted
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tables import Cell, Table

NO_RECORDS = "表头下面没有数据"
LARGEST = 32_767
MOST_LINES = 20_000
TEXTS = (Sort.TEXT, Sort.NAME, Sort.UNIT, Sort.PERSON)


@dataclass
class Written:
    """The lines of a workbook as they stand, names not looked up yet, and what is wrong so far."""

    today: date
    sheets: dict[str, list[Line]] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    state: str = ""
    """Of which state of the county the workbook was written; empty where it was made by hand."""

    def tell(self, line: Line, header: str, fault: Fault) -> None:
        """Something is wrong with a cell."""
        self.problems.append(line.problem(header, *fault))


def read_lines(path: Path, *, today: date) -> Written:
    """Every sheet that is known; TableError only where the file cannot be read at all."""
    written = Written(today)
    tables = read_tables(path)
    written.order = {table.sheet: place for place, table in enumerate(tables)}
    for plan, table in _matched(tables, written, file=path.name):
        lines = list(_lines(plan, table, written))
        if len(lines) > MOST_LINES:
            fault = Fault(f"超过{MOST_LINES}行", "请分几次导入")
            written.problems.append(Problem(table.where(), *fault))
        written.sheets[plan.name] = lines
    return written


def _matched(
    tables: Sequence[Table], written: Written, *, file: str
) -> Iterator[tuple[Plan, Table]]:
    known = {squash(name): plan for name, plan in BY_NAME.items()}
    found = 0
    for table in tables:
        plan = known.pop(squash(table.sheet), None)
        if plan:
            found += 1
            yield plan, table
        elif table.sheet == ORIGIN:
            written.state = str(table.cell(1, column=1).value or "")
        elif not table.is_hidden:
            fault = Fault("不认识这张工作表，没有读取", f"可以有的表：{'、'.join(BY_NAME)}")
            written.problems.append(Problem(table.where(), *fault, Severity.WARNING))
    if not found:
        hint = f"请用平台导出的工作簿，表名是：{'、'.join(BY_NAME)}"
        written.problems.append(Problem(Where(file=file), "没有一张能认出的工作表", hint))


def _lines(plan: Plan, table: Table, written: Written) -> Iterator[Line]:
    grid = read_grid(
        table,
        required=[each.header for each in plan.columns if not each.spare],
        optional=[each.header for each in plan.columns if each.spare],
    )
    written.problems.extend(each for each in grid.problems if each.message != NO_RECORDS)
    if not grid.header_row:
        return
    for record in grid.records:
        values = {each.header: _value(each, record, written) for each in plan.columns}
        yield Line(plan, values, record=record)


def _value(column: Column, record: Record, written: Written) -> Value:
    before = len(written.problems)
    convert = _conversion(column, written.today)
    value = record.read(column.header, convert=convert, into=written.problems)
    is_there = column.spare or column.header in record.cells  # a missing column was told once
    if value is None and column.must and is_there and len(written.problems) == before:
        fault = Fault("没有填", "请补填")
        written.problems.append(record.problem(column.header, fault=fault))
    return value


def _conversion(column: Column, today: date) -> Callable[[Cell], Value | Fault]:
    if column.sort in TEXTS:
        return lambda cell: _text(cell, column)
    if column.sort is Sort.CHOICE:
        return lambda cell: _choice(cell, column)
    if column.sort is Sort.DATE:
        return lambda cell: _day(cell, today)
    return _count


def _text(cell: Cell, column: Column) -> str | Fault | None:
    text = as_text(cell)
    if not isinstance(text, str):
        return text
    text = " ".join(text.split()) if column.sort is Sort.TEXT else "".join(text.split())
    if len(text) > column.longest:
        return Fault(f"{quoted(text)}有{len(text)}个字", f"请缩短到{column.longest}个字以内")
    return text or None


def _choice(cell: Cell, column: Column) -> str | Fault | None:
    text = as_text(cell)
    if not isinstance(text, str):
        return text
    known = {squash(choice): choice for choice in column.choices}
    fault = Fault(f"{quoted(text)}不在选项之内", f"可填：{'、'.join(column.choices)}")
    return known.get(squash(text), fault)


def _day(cell: Cell, today: date) -> date | Fault | None:
    day = as_date(cell)
    if not isinstance(day, date):
        return day
    if day > today:
        return Fault(f"{day}还没有到", "到那一天再登记")
    return day if day >= EARLIEST else Fault(f"{day}太早了", "请核对年份")


def _count(cell: Cell) -> int | Fault | None:
    number = as_integer(cell)
    if isinstance(number, int) and not 0 <= number <= LARGEST:
        return Fault(f"{quoted(number)}不对", f"请填0到{LARGEST}之间的整数")
    return number
