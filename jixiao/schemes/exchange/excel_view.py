"""How does a scheme read as a workbook, and what scheme does a clerk's workbook mean?

One sheet a list of the document, one row a part of it; what is nested stands in one cell as YAML on
one line. The tree of items is the order of the rows and their 层级 (1, 2, 3 …), as in printed
tables: codes repeat there (C64), so they cannot say who belongs to whom.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.schemes.exchange.excel_cells import (
    CHILDREN,
    FORMS,
    GROUP,
    LEVEL,
    RULE,
    SENTENCE,
    SETTINGS,
    TREES,
    UNITS,
    VALUE,
    WORD,
    Columns,
    cell_text,
    cell_words,
    found_in,
    is_list,
    is_nested,
    is_number,
    listed,
)
from jixiao.schemes.exchange.problems import Keys, Problem, SchemeFileError, place_of, unknown
from jixiao.schemes.exchange.words import Options, Words, fields_of, from_words, to_words
from jixiao.scoring.check import check, errors
from jixiao.scoring.scheme import Rule, Scheme, walk
from jixiao.scoring.sentences import rule_words
from jixiao.workbooks.cells import as_text, is_blank, squash
from jixiao.workbooks.problems import TableError, quoted
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tables import MERGED, Cell, Table
from jixiao.workbooks.writing import LINE, Styles, lay_out, new_workbook

Row: TypeAlias = dict[str, Words]

HEADER_WITHIN = 10  # rows
ROWS = 2000  # so many rows offer the drop-downs
DEEPEST = 20  # levels of items
TYPED = {"num_format": "@", "text_wrap": True, "valign": "vcenter"}  # 1.10 and 5% stay as typed
LONGEST = 32_767  # characters in a cell
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,4})?")


# ------------------------------------------------------------------ writing


def write_excel(scheme: Scheme, target: str | Path | BinaryIO) -> None:
    """Write the scheme as a workbook; the same scheme always gives the same bytes.

    Raises SchemeFileError when something is too long for a cell.
    """
    words = to_words(scheme)
    sheets = {title: list(_written_rows(scheme, words, title)) for title in FORMS}
    _check_lengths(sheets)
    book, styles = new_workbook(target)
    styles = replace(styles, text=book.add_format({**TYPED, "border": 1, "border_color": LINE}))
    with book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            _write_head(book, sheet, FORMS[title], styles)
            for number, row in enumerate(rows, start=1):
                _write_row(sheet, number, row, styles)


def _write_head(book: Workbook, sheet: Worksheet, columns: Columns, styles: Styles) -> None:
    """The header row; columns of text keep what is typed (1.10 stays 1.10), choices drop down."""
    widths = [_width(title, found) for title, found in columns.items()]
    lay_out(sheet, header_row=1, widths=widths)
    typed = book.add_format(TYPED)
    for column, (title, found) in enumerate(columns.items()):
        sheet.write_string(0, column, title, styles.header)
        if not is_number(found):
            sheet.set_column(column, column, widths[column], typed)
        if words := listed(title, found):
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": words})


def _width(title: str, found: Options) -> float:
    if title in (SENTENCE, VALUE) or is_nested(found):
        return 36
    return 20 if found == (str,) else 10


def _check_lengths(sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Nothing may be cut off silently."""
    long = [
        Problem(
            "内容太长，一格写不下，请改用YAML文件", where=f"工作表“{sheet}”第{number}行“{title}”"
        )
        for sheet, rows in sheets.items()
        for number, row in enumerate(rows, start=2)
        for title, text in row.items()
        if len(text) > LONGEST
    ]
    if long:
        raise SchemeFileError(long)


def _write_row(sheet: Worksheet, number: int, row: Mapping[str, str], styles: Styles) -> None:
    for column, (title, found) in enumerate(FORMS[sheet.get_name()].items()):
        text = row.get(title, "")
        if is_number(found) and NUMBER.fullmatch(text):
            sheet.write_number(number, column, float(text), styles.number)
        elif text:
            style = styles.note if title == SENTENCE else styles.text
            sheet.write_string(number, column, text, style)
        else:
            sheet.write_blank(
                number, column, None, styles.number if is_number(found) else styles.text
            )


def _written_rows(scheme: Scheme, words: Row, title: str) -> Iterator[dict[str, str]]:
    """The rows of one sheet as texts of cells."""
    listed = cast("list[Words]", words.get(GROUP if title == UNITS else title, []))
    if title == SETTINGS:
        top = fields_of(Scheme)
        single = {each: words[each] for each in words if not is_list(top[each][1])}
        rows = ({WORD: k, VALUE: cell_text(top[k][1], v)} for k, v in single.items())
        return iter(rows)
    if title in TREES:
        return _tree_rows(scheme, listed, title)
    rows_of_words = _unit_rows(listed) if title == UNITS else (_full(e, title) for e in listed)
    return (_texts(row, title) for row in rows_of_words)


def _texts(row: Row, title: str) -> dict[str, str]:
    return {each: cell_text(FORMS[title][each], words) for each, words in row.items()}


def _full(words: Words, title: str) -> Row:
    """A part of which only its first word was written, in full."""
    return {next(iter(FORMS[title])): words} if isinstance(words, str) else cast("Row", words)


def _unit_rows(groups: list[Words]) -> Iterator[Row]:
    for words in groups:
        group: Row = {"名称": words} if isinstance(words, str) else cast("Row", words)
        shared: Row = {GROUP: group["名称"], **{t: group[t] for t in ("参评",) if t in group}}
        for unit in cast("list[Words]", group.get("单位", [{}])):
            yield {**shared, **({"名称": unit} if isinstance(unit, str) else cast("Row", unit))}


def _tree_rows(scheme: Scheme, items: list[Words], title: str) -> Iterator[dict[str, str]]:
    """One row a node, with the sentence of its rule where the scheme is sound enough to say it."""
    is_sound = not errors(check(scheme))
    nodes = walk(scheme.items if title == "指标" else scheme.adjustments)
    for item, (level, words) in zip(nodes, _levels(items, 1), strict=True):
        row = {each: words[each] for each in words if each not in (CHILDREN, RULE)}
        if item.rule is not None:
            row |= cast("Row", words[RULE]) or {"计量": item.rule.measure.label}
        row[LEVEL] = str(level)
        texts = _texts(row, title)
        if is_sound and item.rule is not None:
            texts[SENTENCE] = rule_words(scheme, item, item.rule)
        yield texts


def _levels(items: list[Words], level: int) -> Iterator[tuple[int, Row]]:
    for item in cast("list[Row]", items):
        yield level, item
        yield from _levels(cast("list[Words]", item.get(CHILDREN, [])), level + 1)


# ------------------------------------------------------------------ reading


def read_excel(path: str | Path) -> tuple[Scheme, tuple[Problem, ...]]:
    """The scheme a workbook means, and warnings about what was put right while reading.

    Raises SchemeFileError with all the problems, each with its sheet, row and column.
    """
    try:
        tables = read_tables(path)
    except TableError as error:
        raise SchemeFileError(
            Problem(each.message, where=str(each.where)) for each in error.problems
        ) from error
    book = _Book()
    for table in tables:
        book.read(table, {each.sheet for each in tables})
    try:
        scheme = from_words(Scheme, book.data)
    except SchemeFileError as error:
        placed = [replace(p, where=place_of(p.keys, book.places) or "") for p in error.problems]
        raise SchemeFileError([*book.problems, *placed]) from error
    if book.problems:
        raise SchemeFileError(book.problems)
    return scheme, tuple(book.warnings)


@dataclass
class _Line:
    """One row of a sheet: the words of its cells, and where each stands (``""``: the row)."""

    words: Row
    places: dict[str, str]


@dataclass
class _Book:
    """The document put together from the sheets, and where each part of it stands."""

    data: Row = field(default_factory=dict)
    places: dict[Keys, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def read(self, table: Table, sheets: set[str]) -> None:
        """One sheet; a sheet nobody knows is an error if it looks like one that is missing."""
        title = squash(table.sheet)
        if title not in FORMS:
            message, near = unknown(title, [each for each in FORMS if each not in sheets] or [""])
            told = Problem(
                message if near else "不是办法的工作表，没有读取", where=str(table.where())
            )
            (self.problems if near else self.warnings).append(told)
            return
        lines = list(self.lines(table, FORMS[title]))
        self.places[(GROUP if title == UNITS else title,)] = str(table.where())
        if title == SETTINGS:
            self.settings(lines)
        elif title == UNITS:
            self.units(lines)
        elif title in TREES:
            self.tree(lines, title)
        elif lines:
            self.data[title] = [self.put(line, (title, i)) for i, line in enumerate(lines)]

    def put(self, line: _Line, keys: Keys) -> Row:
        """Remember where a row's words stand; the words themselves."""
        self.places[keys] = line.places[""]
        self.places |= {(*keys, title): where for title, where in line.places.items() if title}
        return line.words

    def tell(self, where: object, message: str) -> None:
        self.problems.append(Problem(message, where=str(where)))

    def lines(self, table: Table, columns: Columns) -> Iterator[_Line]:
        """The rows below the header that hold anything."""
        heads = [
            {cell.column: text for cell in row if (text := _head(cell))}
            for row in table.rows[:HEADER_WITHIN]
        ]
        known = [sum(text in columns for text in head.values()) for head in heads]
        if not any(known):
            if heads:
                self.tell(table.where(), f"找不到表头，表头要有：{'、'.join(columns)}")
            return
        top = known.index(max(known))
        wanted = self.wanted(table, top + 1, heads[top], columns)
        for row in table.rows[top + 1 :]:
            line = _Line({}, {"": str(table.where(row[0].row))})
            for title, column in wanted.items():
                self.cell(table, table.cell(row[0].row, column=column), title, line)
            if line.words:
                yield line

    def wanted(
        self, table: Table, row: int, head: Mapping[int, str], columns: Columns
    ) -> dict[str, int]:
        """The column of each known word; unknown and repeated words are told."""
        found: dict[str, int] = {}
        for column, title in head.items():
            where = table.where(row, column=column)
            if title not in columns:
                left = [each for each in columns if each not in head.values()]
                self.tell(where, unknown(title, left or columns)[0])
            elif title in found:
                self.tell(where, f"“{title}”这一列写了两次，请只留一列")
            elif title != SENTENCE:
                found[title] = column
        return {title: found[title] for title in columns if title in found}

    def cell(self, table: Table, cell: Cell, title: str, line: _Line) -> None:
        """The words of one cell; a group's name may be merged over its units."""
        if cell.fault == MERGED and title == GROUP:
            cell = cell._replace(fault=None)
        if is_blank(cell):
            return
        where = str(table.where(cell.row, column=cell.column, header=title))
        text = cell.value if isinstance(cell.value, str) and not cell.fault else as_text(cell)
        if not isinstance(text, str):
            self.tell(where, "，".join(text or ()))
            return
        found = found_in(squash(table.sheet), title, str(line.words.get(WORD, "")))
        try:
            line.words[title] = cell_words(found, text)
            line.places[title] = where
        except SchemeFileError as error:
            self.tell(where, f"{error.problems[0].message}（{quoted(text)}）")

    def settings(self, lines: Sequence[_Line]) -> None:
        """One word of the document a row."""
        for line in lines:
            title = str(line.words.get(WORD, ""))
            if title in self.data:
                self.tell(line.places[""], f"“{title}”写了两次，请只留一处")
            elif title in FORMS or title == GROUP:
                self.tell(line.places[""], f"“{title}”有单独的工作表，请写到那里")
            elif VALUE in line.words:
                self.data[title] = line.words[VALUE]
                self.places[(title,)] = line.places[VALUE]

    def units(self, lines: Sequence[_Line]) -> None:
        """One unit a row; the rows of one name are one group, an empty name is the one above."""
        groups: dict[str, Row] = {}
        name = ""
        for line in lines:
            name = str(line.words.pop(GROUP, name))
            group = groups.setdefault(name, {"名称": name})
            keys = (GROUP, list(groups).index(name))
            self.places.setdefault(keys, line.places[""])
            if "参评" in line.words:
                said = line.words.pop("参评")
                if group.setdefault("参评", said) != said:
                    self.tell(line.places["参评"], f"“{name}”的“参评”与上面写的不同，请改成一致")
                self.places.setdefault((*keys, "参评"), line.places["参评"])
            if line.words:
                units = cast("list[Words]", group.setdefault("单位", []))
                units.append(self.put(line, (*keys, "单位", len(units))))
        if groups:
            self.data[GROUP] = list(groups.values())

    def tree(self, lines: Sequence[_Line], title: str) -> None:
        """Items by their level: each belongs to the nearest row above that is one level higher."""
        top: list[Words] = []
        trail: list[tuple[Keys, Row]] = []
        for line in lines:
            del trail[self.level(line, len(trail)) - 1 :]
            siblings = cast("list[Words]", trail[-1][1].setdefault(CHILDREN, [])) if trail else top
            keys = (*((*trail[-1][0], CHILDREN) if trail else (title,)), len(siblings))
            self.distinct(line)
            siblings.append(self.put(line, keys))
            self.nest_rule(line.words, keys)
            trail.append((keys, line.words))
        if top:
            self.data[title] = top

    def level(self, line: _Line, deepest: int) -> int:
        """The level of a row, at most one deeper than the row above."""
        text = str(line.words.pop(LEVEL, ""))
        possible = [str(level) for level in range(1, min(deepest, DEEPEST - 1) + 2)]
        if text in possible:
            return int(text)
        shown = "、".join(possible)
        self.tell(
            line.places.get(LEVEL, line.places[""]), f"层级“{text}”不对，这一行可以写：{shown}"
        )
        return max(deepest, 1)

    def distinct(self, line: _Line) -> None:
        """A code met before gets a suffix (C64: real tables repeat codes) and a warning."""
        code = line.words.get("编码")
        if not isinstance(code, str):
            return
        if code not in self.codes:
            self.codes[code] = line.places[""]
            return
        fresh = next(c for n in count(2) if (c := f"{code}-{n}") not in self.codes)
        message = f"编码“{code}”与{self.codes[code]}重复，这一行已改作“{fresh}”"
        self.warnings.append(Problem(message, where=line.places[""]))
        line.words["编码"] = fresh
        self.codes[fresh] = line.places[""]

    def nest_rule(self, words: Row, keys: Keys) -> None:
        """The columns of a rule belong together, one level down."""
        rule: Row = {each: words.pop(each) for each in fields_of(Rule) if each in words}
        if rule:
            words[RULE] = rule
        for each in rule:
            self.places[(*keys, RULE, each)] = self.places[(*keys, each)]


def _head(cell: Cell) -> str:
    """The word of a header cell, be it part of a merged area."""
    text = as_text(cell._replace(fault=None))
    return squash(text) if isinstance(text, str) else ""
