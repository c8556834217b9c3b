"""How do the tests make the files that clerks send?"""

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.workbooks.grid import Grid, read_grid
from jixiao.workbooks.problems import Problem, TableError
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tables import Table

SHEET = "xl/worksheets/sheet1.xml"
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="乡镇">'
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
UNITS = ("云溪镇", "河口镇", "石桥镇")


def make_xlsx(
    rows: Iterable[Iterable[object]], change: Callable[[Worksheet], None] | None = None
) -> bytes:
    """An .xlsx with one sheet 乡镇 holding these rows, changed further by `change`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "乡镇"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


GOOD = make_xlsx([["单位", "完成值"], ["云溪镇", 5]])


def make_zip(entries: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in entries.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def make_ods(rows: str) -> bytes:
    """An .ods with one sheet 乡镇 of these rows in its own markup."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return make_zip(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": MANIFEST,
            "content.xml": ODS_HEAD + rows + ODS_TAIL,
        }
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods_text(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def ods_number(number: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{number}" {more}/>'


def entries_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, old: str, new: str, name: str = SHEET) -> bytes:
    """The workbook with a piece of one part replaced (which must be there)."""
    entries = entries_of(data)
    assert old.encode() in entries[name]
    return make_zip({**entries, name: entries[name].replace(old.encode(), new.encode())})


def read(data: bytes, tmp_path: Path, name: str = "报表.xlsx") -> tuple[Table, ...]:
    path = tmp_path / name
    path.write_bytes(data)
    return read_tables(path)


def refusal(data: bytes, tmp_path: Path, name: str = "报表.xlsx") -> str:
    """What the clerk is told about a file that cannot be read."""
    with pytest.raises(TableError) as caught:
        read(data, tmp_path, name)
    return str(caught.value)


def grid_of(data: bytes, tmp_path: Path, name: str = "报表.xlsx") -> Grid:
    return read_grid(read(data, tmp_path, name)[0], required=("单位", "完成值"))


def values_and_problems(
    grid: Grid, convert: Callable[..., object]
) -> tuple[list[object], list[str]]:
    """The column 完成值 read with `convert`, and all problems as lines."""
    found: list[Problem] = list(grid.problems)
    values = [record.read("完成值", convert=convert, into=found) for record in grid.records]
    return values, [str(problem) for problem in found]


def resaved(data: bytes, folder: Path, suffix: str) -> bytes:
    """The .xlsx saved by LibreOffice in another format; skips the test where it is missing."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip(f"没有安装LibreOffice（soffice），跳过.{suffix}的往返测试")
    source, target = folder / "source.xlsx", folder / "saved"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--convert-to", suffix, "--outdir", str(target), str(source)]
    subprocess.run(
        [office, profile, "--headless", *convert], check=True, capture_output=True, timeout=120
    )
    return (target / f"source.{suffix}").read_bytes()


def xls_records(data: bytes, kind: int) -> list[int]:
    """Where the bodies of the records of a kind begin in an .xls of consecutive sectors."""
    start = data.index(struct.pack("<HH", 0x809, 16))
    found = []
    while start + 4 <= len(data):
        current, length = struct.unpack_from("<HH", data, start)
        if current == kind:
            found.append(start + 4)
        start += 4 + length
    return found


def patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]
