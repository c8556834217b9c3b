"""Where in a table is the header, and which cells belong to each record below it?"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias, TypeVar

from jixiao.workbooks.cells import as_text, is_blank, squash
from jixiao.workbooks.problems import Fault, Problem, Severity, column_letters, quoted
from jixiao.workbooks.tables import MERGED, Cell, Table

T = TypeVar("T")
Row: TypeAlias = tuple[Cell, ...]

HEADER_WITHIN = 30  # rows
LIKENESS = 0.6
SAME_BRACKETS = str.maketrans("()[]【】［］", "（）（）（）（）")
REMARK_IN_HEADER = re.compile(r"（.*?）")
NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填报说明|填[表报](?:人|单位|日期|时间)|制表人?|审核人?|复核人?"
    r"|(?:单位|分管)?(?:负责人|领导)(?:签字|签名)?|联系人|联系电话)[0-9一二三]?(?:（[^）]*）)?[：:.、]"
)


@dataclass(frozen=True)
class Record:
    """One row below the header: Excel's row number and the cell under each header found."""

    table: Table
    row: int
    cells: Mapping[str, Cell]

    def problem(self, header: str, *, fault: Fault) -> Problem:
        """The fault as a problem of this record's cell under the header."""
        cell = self.cells.get(header)
        where = self.table.where(self.row, column=cell.column if cell else None, header=header)
        return Problem(where, *fault)

    def read(
        self, header: str, *, convert: Callable[[Cell], T | Fault], into: list[Problem]
    ) -> T | None:
        """The converted cell, or None with a problem added to `into`.

        None without a problem where the column is missing: `read_grid` has reported that.
        """
        if header not in self.cells:
            return None
        value = convert(self.cells[header])
        if isinstance(value, Fault):
            into.append(self.problem(header, fault=value))
            return None
        return value


@dataclass(frozen=True)
class Grid:
    """The records of a table and all that is wrong with its shape."""

    header_row: int | None
    columns: Mapping[str, int]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read_grid(table: Table, *, required: Sequence[str], optional: Sequence[str] = ()) -> Grid:
    """Find the header row and the records under it.

    Title rows may stand above. Headers are compared without white space and, where that decides
    it, without remarks in brackets. Errors: no header, missing or doubled columns, no records,
    records below the notes. Warning: a column nobody asked for. Rows blank under all the headers
    and repeated header rows are skipped.
    """
    names = _Names((*required, *optional))
    matched, header = names.header(table.rows[:HEADER_WITHIN])
    if not matched:
        shown = "".join(map(quoted, required))
        fault = Fault("找不到表头", f"表头应写明{shown}，并在前{HEADER_WITHIN}行之内")
        return Grid(None, {}, (), (Problem(table.where(), *fault),))
    columns = {name: cells[0].column for name, cells in matched.items()}
    problems = list(_header_problems(table, header=header, matched=matched, required=required))
    records = _records(table, start=header[0].row, columns=columns, problems=problems)
    if not records:
        problems.append(Problem(table.where(header[0].row), "表头下面没有数据", "请填好后再交"))
    return Grid(header[0].row, columns, tuple(records), tuple(problems))


class _Names:
    """The headers asked for, by what two ways of writing them have in common."""

    def __init__(self, wanted: Sequence[str]) -> None:
        bare = [_bare(name) for name in wanted]
        self.exact = {_key(name): name for name in wanted}
        self.bare = {
            key: name for key, name in zip(bare, wanted, strict=True) if bare.count(key) == 1
        }

    def header(self, rows: Sequence[Row]) -> tuple[dict[str, list[Cell]], Row]:
        """The first of the rows that bear most of the headers, after what it bears."""
        best: tuple[dict[str, list[Cell]], Row] = ({}, ())
        for row in rows:
            matched = self.matched(row)
            if len(matched) > len(best[0]):
                best = (matched, row)
            if len(matched) == len(self.exact):
                break
        return best

    def matched(self, row: Row) -> dict[str, list[Cell]]:
        """The cells of a row bearing each header: exactly, or else by its name without remarks."""
        texts = [(cell, _header_text(cell)) for cell in row]
        found: dict[str, list[Cell]] = {}
        for cell, text in texts:
            if name := self.exact.get(_key(text)):
                found.setdefault(name, []).append(cell)
        rough: dict[str, list[Cell]] = {}
        for cell, text in texts:
            name = self.bare.get(_bare(text))
            if name and name not in found and _key(text) not in self.exact:
                rough.setdefault(name, []).append(cell)
        return found | rough


def _header_problems(
    table: Table,
    *,
    header: Row,
    matched: Mapping[str, Sequence[Cell]],
    required: Sequence[str],
) -> Iterator[Problem]:
    """Missing, doubled and unknown columns of a header row."""
    row = header[0].row
    known = {cell.column for cell in chain.from_iterable(matched.values())}
    unknown = [cell for cell in header if cell.column not in known and _header_text(cell)]
    for name in required:
        if name in matched:
            continue
        hint = "请补上这一列，或改用下发的模板"
        texts = [_header_text(cell) for cell in unknown]
        if near := difflib.get_close_matches(squash(name), texts, n=1, cutoff=LIKENESS):
            cell = unknown.pop(texts.index(near[0]))
            hint = f"{column_letters(cell.column)}列{quoted(cell.value)}与它相近，如写错请改正"
        yield Problem(table.where(row), f"缺少{quoted(name)}这一列", hint)
    for name, (first, *others) in matched.items():
        for cell in others:
            where = table.where(row, column=cell.column, header=name)
            yield Problem(where, f"与{column_letters(first.column)}列重复", "请只保留一列")
    for cell in unknown:
        where = table.where(row, column=cell.column, header=_header_text(cell))
        yield Problem(where, "不认识这一列，没有读取", "如是需要的数据请核对表头", Severity.WARNING)


def _records(
    table: Table, *, start: int, columns: Mapping[str, int], problems: list[Problem]
) -> list[Record]:
    """The records between the header and the notes; data below the notes are a problem."""
    records = []
    headers = {name: table.cell(start, column=column) for name, column in columns.items()}
    noted = None
    for row in table.rows[start:]:
        cells = {name: table.cell(row[0].row, column=column) for name, column in columns.items()}
        first = next((cell for cell in row if not _is_empty(cell)), None)
        if first is None or all(map(_is_empty, cells.values())) or _repeats(cells, headers=headers):
            continue
        values = {cell.value for cell in cells.values() if not _is_empty(cell)}
        if isinstance(first.value, str) and NOTE.match(_key(first.value)):
            noted = noted or first.row
        elif noted is None and _is_one_area(cells):
            fault = Fault("整行合并成一格，不是数据", "请删去这一行，或移到表头之上")
            problems.append(Problem(table.where(first.row), *fault))
        elif noted is None:
            records.append(Record(table, first.row, cells))
        elif len(values) > 1:
            fault = Fault(f"在第{noted}行的说明之后又有数据", "请把说明移到所有数据之下")
            problems.append(Problem(table.where(first.row), *fault))
    return records


def _repeats(cells: Mapping[str, Cell], *, headers: Mapping[str, Cell]) -> bool:
    """Whether a row says the same as the header: printed again, or merged downwards with it."""
    return all(_header_text(cell) == _header_text(headers[name]) for name, cell in cells.items())


def _is_one_area(cells: Mapping[str, Cell]) -> bool:
    """Whether the cells under all the headers are merged into one, as in a heading between rows."""
    merged = all(cell.fault == MERGED for cell in cells.values())
    return merged and len(cells) > 1 and len({cell.value for cell in cells.values()}) == 1


def _is_empty(cell: Cell) -> bool:
    """Whether a cell is blank, be it part of a blank merged area."""
    return is_blank(cell._replace(fault=None)) and cell.fault in {None, MERGED}


def _header_text(cell: Cell) -> str:
    """The text of a header; within a merged area that of its first cell."""
    text = as_text(cell._replace(fault=None) if cell.fault == MERGED else cell)
    return squash(text) if isinstance(text, str) else ""


def _key(text: str) -> str:
    """What two ways of writing the same header have in common."""
    return squash(text).casefold().translate(SAME_BRACKETS).strip("*＊：:")


def _bare(text: str) -> str:
    """The key without remarks in brackets, such as a unit of measure."""
    return REMARK_IN_HEADER.sub("", _key(text))
