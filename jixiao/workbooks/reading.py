"""What tables does a file hold, whatever program wrote it?"""

import codecs
import csv
import datetime as dt
import io
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jixiao.workbooks import containers
from jixiao.workbooks.containers import DAMAGED, LOCKED, SAVE_AS, UnreadableError
from jixiao.workbooks.markup import ods_marks, xlsx_marks
from jixiao.workbooks.problems import Fault, Problem, TableError, Where, column_letters
from jixiao.workbooks.tables import Marks, Table, Value, build_rows
from jixiao.workbooks.xls import safe_xls

MOST_CELLS = 1_000_000
STDERR = threading.Lock()
TEXT_SUFFIXES = {".csv", ".txt"}
MARKUP_STARTS = (b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta")
DELIMITERS = ",\t;"
MISREAD = ("\ufffd", "锟斤拷")
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")  # what Big5 and others turn into when read as GB18030

MISSING = Fault("找不到文件", "请检查文件名和所在文件夹")
EMPTY = Fault("文件是空的", "请确认交的是填好的表格")
TOO_LARGE = Fault("文件超过20MB", "请删去图片和多余的工作表后再交")
MARKUP = Fault("内容其实是网页，只是用了表格的扩展名", SAVE_AS)
PLAIN_TEXT = Fault("内容其实是纯文本，不是工作簿", SAVE_AS)
UTF16 = Fault("文字编码是UTF-16", "请用Excel另存为“CSV UTF-8（逗号分隔）”后再交")
GARBLED = Fault("文字编码认不出来，或者已有乱码", "请用Excel另存为“CSV UTF-8（逗号分隔）”后再交")


def read_tables(path: str | Path) -> tuple[Table, ...]:
    """The tables of an .xlsx, .xlsm, .xls, .ods or .csv file in their order, hidden ones too.

    What the file is, is told by its content; only plain text needs the ending .csv or .txt.
    Raises TableError when the file cannot be read as tables: missing, empty, over 20 MB, locked,
    damaged, foreign, wrongly encoded, or holding more than a million cells in a sheet.
    """
    path = Path(path)
    try:
        return _read(_checked_bytes(path), path=path)
    except UnreadableError as error:
        raise TableError([Problem(Where(file=path.name), *error.fault)]) from error


def _checked_bytes(path: Path) -> bytes:
    """The file's bytes; raises UnreadableError where there is nothing to read or far too much."""
    try:
        with path.open("rb") as file:
            data = file.read(containers.LARGEST_FILE + 1)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UnreadableError(MISSING) from error
    except OSError as error:
        raise UnreadableError(
            Fault("文件打不开", "请检查是否被其他程序占用、有无读取权限")
        ) from error
    if not data:
        raise UnreadableError(EMPTY)
    if len(data) > containers.LARGEST_FILE:
        raise UnreadableError(TOO_LARGE)
    return data


def _read(data: bytes, *, path: Path) -> tuple[Table, ...]:
    """Tell the format by the first bytes and read it."""
    if fault := containers.foreign_fault(data):
        raise UnreadableError(fault)
    if data.startswith(b"PK"):
        entries = containers.read_entries(data)
        is_xlsx = "xl/workbook.xml" in entries
        marks = xlsx_marks(entries) if is_xlsx else ods_marks(entries["content.xml"])
        return _parse(containers.rebuilt_zip(entries), marks=marks, file=path.name)
    if data.startswith(containers.OLE_START):
        stream, listed = safe_xls(data)
        return _parse(stream, marks=listed, file=path.name)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:16].lower().startswith(MARKUP_STARTS):
        raise UnreadableError(MARKUP)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise UnreadableError(containers.NOT_WORKBOOK if b"\0" in data else PLAIN_TEXT)
    return (_read_text(_decoded(data), file=path.name),)


def _parse(data: bytes, *, marks: Sequence[Marks], file: str) -> tuple[Table, ...]:
    """Let the library read a container of our own making; a panic in it counts as damage."""
    for found in marks:
        _check_extent(found, file=file)
    try:
        with _muted():
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
            return tuple(
                _table(workbook, about=about, marks=found, file=file)
                for about, found in zip(workbook.sheets_metadata, marks, strict=True)
                if about.typ == SheetTypeEnum.WorkSheet
            )
    except PasswordError as error:
        raise UnreadableError(LOCKED) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise UnreadableError(DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the class cannot be imported
            raise
        raise UnreadableError(DAMAGED) from error


@contextmanager
def _muted() -> Iterator[None]:
    """Keep off the terminal what the library prints about a panic before it can be caught."""
    with STDERR, Path(os.devnull).open("wb") as nowhere:
        kept = os.dup(2)
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _table(workbook: CalamineWorkbook, *, about: SheetMetadata, marks: Marks, file: str) -> Table:
    """One sheet as a table; only in .xls the library must tell the merged areas."""
    sheet = workbook.get_sheet_by_name(about.name)
    if not marks.merged and sheet.merged_cell_ranges:
        areas = (((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in sheet.merged_cell_ranges)
        marks = replace(marks, sheet=about.name, merged=tuple(areas))
        _check_extent(marks, file=file)
    values = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    is_hidden = about.visible != SheetVisibleEnum.Visible
    return Table(file, about.name, build_rows(values, marks=marks), is_hidden)


def _plain(value: Value | dt.time | dt.timedelta) -> Value:
    """Dates lose their time of day; times and durations become text, for no column wants them."""
    if isinstance(value, dt.datetime):
        return value.date()
    if type(value) is int:  # .xls alone tells whole numbers apart
        return float(value)
    return str(value) if isinstance(value, dt.time | dt.timedelta) else value


def _check_extent(marks: Marks, *, file: str) -> None:
    """Refuse a sheet whose cells, or merged areas, would not fit into memory."""
    last_row, last_column = marks.last
    merged = sum(
        max(0, min(bottom, last_row) - top + 1) * max(0, min(right, last_column) - left + 1)
        for (top, left), (bottom, right) in marks.merged
    )
    if last_row * last_column > MOST_CELLS or merged > MOST_CELLS:
        where = Where(file=file, sheet=marks.sheet)
        corner = f"{column_letters(last_column)}{last_row}"
        hint = "请删去表格之外的内容，另存后再交"
        raise TableError([Problem(where, f"内容一直延伸到{corner}单元格，超过100万格", hint)])


def _decoded(data: bytes) -> str:
    """The text of a CSV file, in UTF-8 or GB18030; raises UnreadableError for anything else."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError(UTF16)
    if b"\0" in data:
        raise UnreadableError(containers.NOT_WORKBOOK)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(sign in text for sign in MISREAD) or PRIVATE_USE.search(text):
            break
        return text
    raise UnreadableError(GARBLED)


def _read_text(text: str, *, file: str) -> Table:
    """Read CSV text; the delimiter is the commonest of comma, tab and semicolon."""
    delimiter = max(DELIMITERS, key=text.count)
    if sum(map(text.count, (delimiter, "\r", "\n"))) > 2 * MOST_CELLS:
        raise UnreadableError(containers.TOO_BIG)
    rows: list[list[str]] = []
    try:
        # strict: an unclosed quote must not swallow the rows after it.
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        where = Where(file=file, row=len(rows) + 1)
        hint = "请检查这一行前后的英文双引号是否成对"
        raise TableError([Problem(where, "从这一行起格式混乱，无法分列", hint)]) from error
    marks = Marks(last=(len(rows), max(map(len, rows), default=0)))
    _check_extent(marks, file=file)
    return Table(file, "", build_rows(rows, marks=marks))
