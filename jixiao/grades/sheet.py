"""How does a unit's table leave as a workbook and come back, with everything wrong told at once?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from jixiao.workbooks.cells import as_text, is_blank
from jixiao.workbooks.grid import Record, read_grid
from jixiao.workbooks.problems import Fault, Problem, raise_errors
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.writing import lay_out, new_workbook

CODE, NAME, POST, VALUE, COMMENT = "人员编号", "姓名", "职务", "等次或情况", "评语"
HEADERS = (CODE, NAME, POST, VALUE, COMMENT)
WIDTHS = (14, 12, 28, 30, 50)
HINT = "只填“等次或情况”和“评语”；空着的格子不改动已有的内容。可填："
HEADER_ROW = 3
LONGEST = 500


@dataclass(frozen=True)
class Line:
    """One person as the table knows it; ``locked`` says why others fill it in."""

    number: int
    code: str
    name: str
    post: str
    value: str
    comment: str = ""
    base: int = 0
    locked: str = ""


@dataclass(frozen=True)
class Answer:
    """What was told about one person."""

    line: Line
    value: str
    comment: str

    @property
    def is_change(self) -> bool:
        """Whether it says anything new."""
        return (self.value, self.comment) != (self.line.value, self.line.comment)


@dataclass(frozen=True)
class GradeSheet:
    """The table of one unit, or of everybody who is graded above: what is known, what may be said."""

    title: str
    options: tuple[str, ...]
    lines: tuple[Line, ...]

    def write(self, target: BinaryIO) -> None:
        """The table with what is known already; the choices hang on their cells."""
        book, styles = new_workbook(target)
        last = HEADER_ROW + len(self.lines) - 1
        with book:
            sheet = book.add_worksheet("个人考核")
            lay_out(sheet, header_row=HEADER_ROW, widths=WIDTHS)
            sheet.write_string(0, 0, self.title)
            sheet.write_string(1, 0, HINT + "、".join(self.options))
            sheet.write_row(HEADER_ROW - 1, 0, HEADERS, styles.header)
            for row, line in enumerate(self.lines, start=HEADER_ROW):
                told = (line.code, line.name, line.post, line.value, line.comment)
                for column, text in enumerate(told):
                    sheet.write_string(row, column, text, styles.text)
            if self.lines:
                choice = {"validate": "list", "source": list(self.options), "error_type": "warning"}
                sheet.data_validation(HEADER_ROW, 3, last, 3, choice)

    def read(self, path: Path) -> tuple[Answer, ...]:
        """The table read back; TableError with everything that is wrong with it."""
        problems: list[Problem] = []
        found: dict[int, Answer] = {}
        known = {line.code: line for line in self.lines}
        for record in _records(path, problems):
            line = _line(record, known, problems)
            if line is None:
                continue
            if line.number in found:
                fault = Fault(f"{line.name}写了两行", "请只保留一行")
                problems.append(record.problem(CODE, fault=fault))
            found[line.number] = self._answer(record, line, problems)
        raise_errors(problems)
        return tuple(found.values())

    def fault(self, line: Line, value: str) -> Fault | None:
        """What is wrong with saying this about this person."""
        if value == line.value:
            return None
        if line.locked:
            return Fault(f"{line.name}的等次{line.locked}", "请恢复原来的内容")
        if value and value not in self.options:
            return Fault(f"没有“{value[:20]}”这一等次或情况", f"可填：{'、'.join(self.options)}")
        return None

    def _answer(self, record: Record, line: Line, problems: list[Problem]) -> Answer:
        value = _text(record, VALUE, problems) or line.value
        comment = _text(record, COMMENT, problems) or line.comment
        if fault := self.fault(line, value):
            problems.append(record.problem(VALUE, fault=fault))
        if len(comment) > LONGEST:
            problems.append(record.problem(COMMENT, fault=Fault(f"评语超过{LONGEST}字", "请压缩")))
        if line.locked and comment != line.comment:
            fault = Fault(f"{line.name}的评语{line.locked}", "请恢复原来的内容")
            problems.append(record.problem(COMMENT, fault=fault))
        return Answer(line, value, comment)


def _records(path: Path, problems: list[Problem]) -> Sequence[Record]:
    tables = [each for each in read_tables(path) if not each.is_hidden]
    if not tables:
        return ()
    grid = read_grid(tables[0], required=(CODE, NAME, VALUE), optional=(POST, COMMENT))
    problems.extend(grid.problems)
    return grid.records


def _line(record: Record, known: dict[str, Line], problems: list[Problem]) -> Line | None:
    code, name = _text(record, CODE, problems), _text(record, NAME, problems)
    line = known.get(code)
    if line is None:
        fault = Fault(f"名单里没有编号“{code[:20]}”", "请按下载的表填，不要改编号、加人")
        problems.append(record.problem(CODE, fault=fault))
    elif name != line.name:
        fault = Fault(f"编号{code}是{line.name}，不是“{name[:20]}”", "请核对是不是错行")
        problems.append(record.problem(NAME, fault=fault))
        return None
    return line


def _text(record: Record, header: str, problems: list[Problem]) -> str:
    cell = record.cells.get(header)
    if cell is None or (is_blank(cell) and not cell.fault):
        return ""
    return (record.read(header, convert=as_text, into=problems) or "").strip()
