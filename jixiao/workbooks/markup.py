"""What do the XML parts of a workbook tell that the reading library keeps to itself?

Formulas without a result, Excel's errors and (in .ods) merged cells reach us from the library as
plain blanks; and a single cell in the last corner makes it claim gigabytes. So each part is looked
through first.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from xml.etree import ElementTree as ET

from jixiao.workbooks.containers import DAMAGED, TOO_BIG, UNSAFE, UnreadableError
from jixiao.workbooks.problems import Fault
from jixiao.workbooks.tables import UNCALCULATED, Area, Marks, Position, error_value

MOST_TAGS = 6_000_000  # a million cells with formulas; each costs about 100 bytes
REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,8})", re.IGNORECASE)


@dataclass
class _Sheet:
    """The marks of a sheet while it is being looked through."""

    faults: dict[Position, Fault] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    row: int = 0

    def fill(self, position: Position, *, fault: Fault | None) -> None:
        """Note that the cell there is not blank."""
        self.last_row = max(self.last_row, position[0])
        self.last_column = max(self.last_column, position[1])
        if fault:
            self.faults[position] = fault

    def marks(self) -> Marks:
        """What was found."""
        last = (self.last_row, self.last_column)
        return Marks(self.faults, tuple(self.merged), last=last)


def xlsx_marks(entries: Mapping[str, bytes]) -> list[Marks]:
    """The marks of each sheet of an .xlsx in their order; raises UnreadableError."""
    targets = {
        element.get("Id"): element.get("Target", "").removeprefix("/").removeprefix("xl/")
        for tag, element in _elements(entries.get("xl/_rels/workbook.xml.rels", b""))
        if tag == "Relationship"
    }
    parts = {name.lower(): part for name, part in entries.items()}
    found = []
    for tag, element in _elements(entries["xl/workbook.xml"]):
        if tag == "sheet":
            target = targets.get(_attributes(element).get("id"), "")
            marks = _sheet_marks(parts.get(f"xl/{target}".lower(), b""))
            found.append(replace(marks, sheet=element.get("name", "")))
    return found


def _sheet_marks(part: bytes) -> Marks:
    """The marks of one sheet of an .xlsx; a missing part counts as damage."""
    sheet = _Sheet()
    for tag, element in _elements(part):
        if tag == "row":
            sheet.row = _count(element.get("r"), default=sheet.row + 1)
            _look_through_row(element, sheet=sheet)
            element.clear()
        elif tag == "mergeCell":
            first, _, second = element.get("ref", "").partition(":")
            sheet.merged.append(_area(_position(first), other=_position(second or first)))
    return sheet.marks()


def _look_through_row(row: ET.Element, *, sheet: _Sheet) -> None:
    """Note the cells of an .xlsx row that hold a value, an error or a formula without result."""
    column = 0
    for cell in row:
        reference = cell.get("r")
        number, column = _position(reference) if reference else (sheet.row, column + 1)
        if len(cell):
            sheet.fill((number, column), fault=_cell_fault(cell))


def _cell_fault(cell: ET.Element) -> Fault | None:
    """What spoils an .xlsx cell; an empty text (`t="str"`) is a result, too."""
    kind = cell.get("t")
    inner = {child.tag.rpartition("}")[2]: child.text for child in cell}
    if kind == "e":
        return error_value(inner.get("v") or "")
    if "f" in inner and not inner.get("v") and kind != "str":
        return UNCALCULATED
    return None


def ods_marks(content: bytes) -> list[Marks]:
    """The marks of each sheet of an .ods in their order; raises UnreadableError."""
    found = []
    sheet = _Sheet()
    for tag, element in _elements(content):
        if tag == "table-row":
            _look_through_ods_row(element, sheet=sheet)
            element.clear()
        elif tag == "table":
            found.append(replace(sheet.marks(), sheet=_attributes(element).get("name", "")))
            sheet = _Sheet()
    return found


def _look_through_ods_row(row: ET.Element, *, sheet: _Sheet) -> None:
    """Note the cells of an .ods row, each of which may stand for many."""
    height = _count(_attributes(row).get("number-rows-repeated"), default=1)
    column = 0
    for cell in row:
        found = _attributes(cell)
        width = _count(found.get("number-columns-repeated"), default=1)
        position = (sheet.row + 1, column + 1)
        down = _count(found.get("number-rows-spanned"), default=1)
        right = _count(found.get("number-columns-spanned"), default=1)
        if down > 1 or right > 1:
            sheet.merged.append((position, (sheet.row + down, column + right)))
        column += width
        if "value-type" in found or "formula" in found:
            sheet.fill((sheet.row + height, column), fault=None)
            sheet.fill(position, fault=_ods_fault(cell, found=found))
    sheet.row += height


def _ods_fault(cell: ET.Element, *, found: Mapping[str, str]) -> Fault | None:
    """What spoils an .ods cell; LibreOffice marks an error with a second value type of its own."""
    if any(_local(key) == "value-type" and value == "error" for key, value in cell.items()):
        return error_value("".join(cell.itertext()))
    return UNCALCULATED if "value-type" not in found else None


def _elements(part: bytes) -> Iterator[tuple[str, ET.Element]]:
    """Each element of an XML part with its bare name, inner ones first; raises UnreadableError."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise UnreadableError(UNSAFE)
    if b"\0" in part:  # UTF-16 would hide the above
        raise UnreadableError(DAMAGED)
    if part.count(b"<") > MOST_TAGS:
        raise UnreadableError(TOO_BIG)
    try:
        for _, element in ET.iterparse(io.BytesIO(part)):  # noqa: S314  entities are refused above
            yield _local(element.tag), element
    except (ET.ParseError, LookupError, ValueError) as error:  # an unknown encoding, too
        raise UnreadableError(DAMAGED) from error


def _attributes(element: ET.Element) -> dict[str, str]:
    """The attributes of an element by bare name, the first of a name winning."""
    return {_local(key): value for key, value in reversed(list(element.items()))}


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def _count(text: str | None, *, default: int) -> int:
    """A count or row number written in an attribute."""
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", text):
        raise UnreadableError(DAMAGED)
    return int(text)


def _position(reference: str) -> Position:
    """Row and column, from 1, of a reference like C7."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        raise UnreadableError(DAMAGED)
    return int(match[2]), _column(match[1].upper())


@lru_cache(1024)
def _column(letters: str) -> int:
    """The number of a column named as in Excel: A is 1, AB is 28."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, letters, 0)


def _area(corner: Position, *, other: Position) -> Area:
    """The area between two corners, whichever comes first."""
    rows, columns = sorted((corner[0], other[0])), sorted((corner[1], other[1]))
    return (rows[0], columns[0]), (rows[1], columns[1])
