"""What does a list of earlier tiers say? Pasted as a table or as a bulletin has it, or as a workbook."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from jixiao.scoring.names import squash
from jixiao.workbooks.cells import as_text
from jixiao.workbooks.grid import read_grid
from jixiao.workbooks.problems import Fault, Problem, raise_errors
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tables import Cell
from jixiao.workbooks.writing import lay_out, new_workbook

UNIT, GROUP, TIER = "单位", "组别", "等次"
HEADER_ROW = 3
LONGEST = {UNIT: 60, GROUP: 30, TIER: 20}
MOST_LINES = 2_000
HINT = "每个单位一行，等次照当年的文件填；当年没有参评的，等次空着。"
COUNTED = re.compile(r"(单位)?[（(]?共?\d*个?[）)]?$")
"""先进单位16个, 达标单位（27个）: what bulletins write behind the name of a tier."""


@dataclass(frozen=True)
class PastLine:
    """One unit of a list: its name as the list has it, its group, its tier, the row it stands in."""

    unit: str
    tier: str
    group: str = ""
    row: int = 0

    @property
    def where(self) -> str:
        """``第3行`` for messages; a program's lines have no rows."""
        return f"第{self.row}行" if self.row else ""


def read_text(text: str) -> list[PastLine]:
    """Lines of unit, group, tier parted by tabs, commas or spaces; or ``先进：新安镇、田楼乡``."""
    found: list[PastLine] = []
    for row, line in enumerate(text.splitlines(), start=1):
        head, colon, names = line.replace(":", "：").partition("：")
        if colon:
            found += _listed(head, names, row)
        elif line.strip():
            found.append(_line(line, row))
    is_header = found and (found[0].unit, found[0].tier) == (UNIT, TIER)
    return found[1:] if is_header else found


def read_workbook(path: Path) -> list[PastLine]:
    """The template filled in, or any table with these headers; TableError with all that is wrong."""
    problems: list[Problem] = []
    found: list[PastLine] = []
    for table in [each for each in read_tables(path) if not each.is_hidden][:1]:
        grid = read_grid(table, required=(UNIT, TIER), optional=(GROUP,))
        problems.extend(grid.problems)
        for record in grid.records:
            told = {
                name: record.read(name, convert=_text, into=problems) or ""
                for name in (UNIT, GROUP, TIER)
            }
            if told[TIER].strip():
                found.append(
                    PastLine(
                        squash(told[UNIT]), told[TIER].strip(), told[GROUP].strip(), record.row
                    )
                )
    raise_errors(problems)
    return found


def faults(lines: Sequence[PastLine]) -> Iterator[str]:
    """What is wrong with lines before anybody looks for the units."""
    for each in lines:
        told = {UNIT: each.unit, GROUP: each.group, TIER: each.tier}
        for name, value in told.items():
            if not value and name != GROUP:
                yield f"{each.where}没有写{name}"
            elif len(value) > LONGEST[name]:
                yield f"{each.where}{name}“{value[:12]}……”太长，最多{LONGEST[name]}个字"
    if not lines:
        yield "没有读到单位，请每行写一个单位和它的等次"
    if len(lines) > MOST_LINES:
        yield f"一次最多{MOST_LINES}个单位"


def write_template(units: Iterable[tuple[str, str]], tiers: list[str], target: BinaryIO) -> None:
    """A workbook to fill in: the county's units with their groups, tiers to choose from or to type."""
    book, styles = new_workbook(target)
    with book:
        sheet = book.add_worksheet("历史等次")
        lay_out(sheet, header_row=HEADER_ROW, widths=[28, 18, 14])
        sheet.write(0, 0, "历史等次", styles.title)
        sheet.write(1, 0, HINT, styles.note)
        for place, name in enumerate((UNIT, GROUP, TIER)):
            sheet.write(HEADER_ROW - 1, place, name, styles.header)
        row = HEADER_ROW
        for row, (unit, group) in enumerate(units, start=HEADER_ROW):
            for place, text in enumerate((unit, group, "")):
                sheet.write_string(row, place, text, styles.text)
        if tiers:
            rule = {"validate": "list", "source": tiers, "error_type": "information"}
            sheet.data_validation(HEADER_ROW, 2, row + 200, 2, rule)


def as_lines(told: Iterable[tuple[str, str, str]]) -> str:
    """Unit, group, tier as ``read_text`` reads them back."""
    return "\n".join("\t".join(each) for each in told)


def _text(cell: Cell) -> str | Fault:
    """What a cell says; nothing is an empty text."""
    return as_text(cell) or ""


def _listed(head: str, names: str, row: int) -> list[PastLine]:
    tier = COUNTED.sub("", re.sub(r"^[\s（(一二三四五六七八九十\d）)、.]*", "", head).strip())
    units = re.split(r"[、，,；;。\s]+", names)
    return [PastLine(squash(unit), tier, "", row) for unit in units if unit]


def _line(line: str, row: int) -> PastLine:
    """Two fields are unit and tier, three have the group between them; spaces part where nothing else does."""
    fields = re.split(r"[\t,，]", line) if re.search(r"[\t,，]", line) else line.split()
    fields = [each.strip() for each in fields]
    unit, tier = squash(fields[0]), fields[-1] if len(fields) > 1 else ""
    return PastLine(unit, tier, fields[1] if len(fields) > 2 else "", row)
