"""What is this file really, and is it safe to hand to the reading library?

The library trusts a file's own headers: an entry that inflates without end, or a container that
two readers understand differently, would take the whole process down. So entries are read here
within limits, and the library sees only a container rebuilt from what was read.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping

from jixiao.workbooks.problems import Fault

LARGEST_FILE = 20_000_000
LARGEST_CONTENT = 60_000_000
MOST_ENTRIES = 2_000
MARKUP_NAME = re.compile(r"\.(xml|rels)$|^mimetype$", re.IGNORECASE)
ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, KeyError, NotImplementedError, OSError, ValueError),
)

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "请用Excel或WPS打开，另存为“Excel工作簿（.xlsx）”后再交"
DAMAGED = Fault("文件已损坏或没有传完整", "请重新取得原文件，用Excel或WPS打开确认并另存后再交")
LOCKED = Fault("文件设了打开密码", "请用Excel或WPS打开，取消密码并保存后再交")
TOO_BIG = Fault("内容太大，疑似异常文件", "请删去图片和多余的工作表，只留要填的表，另存后再交")
BINARY = Fault("是Excel二进制工作簿（.xlsb），不能直接读取", SAVE_AS)
UNSAFE = Fault("含有实体声明，正常的表格不会有", SAVE_AS)
NOT_WORKBOOK = Fault("不是表格文件", "请交.xlsx、.xls、.ods或.csv格式的表格（压缩包请先解压）")

STARTS = {
    b"%PDF": Fault("是PDF文件，只是改了扩展名", "请交原来的Excel表格"),
    b"{\\rtf": Fault("是Word文档，只是改了扩展名", "请交原来的Excel表格"),
    b"Rar!": Fault("是压缩包", "请解压后交里面的表格"),
    b"7z\xbc\xaf": Fault("是压缩包", "请解压后交里面的表格"),
    b"\x89PNG": Fault("是图片", "请交原来的Excel表格"),
    b"\xff\xd8\xff": Fault("是图片", "请交原来的Excel表格"),
}
WORD = STARTS[b"{\\rtf"]
OLE_NAMES = {
    "EncryptedPackage": LOCKED,
    "WordDocument": WORD,
    "PowerPoint Document": NOT_WORKBOOK,
}
ZIP_NAMES = {
    "xl/workbook.bin": BINARY,
    "word/document.xml": WORD,
    "ppt/presentation.xml": NOT_WORKBOOK,
}


class UnreadableError(Exception):
    """The file cannot be read as a table; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.message)


def foreign_fault(data: bytes) -> Fault | None:
    """What the file is when its first bytes or its OLE names show that it is no readable table."""
    for start, fault in STARTS.items():
        if data.startswith(start):
            return fault
    if data.startswith(OLE_START):
        for name, fault in OLE_NAMES.items():
            if name.encode("utf-16-le") in data:
                return fault
    return None


def read_entries(data: bytes) -> dict[str, bytes]:
    """The XML entries of a zipped workbook by name, every one checked against size and CRC.

    Raises UnreadableError for a damaged, locked, oversized or foreign container.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_ENTRIES or sum(i.file_size for i in infos) > LARGEST_CONTENT:
                raise UnreadableError(TOO_BIG)
            # ZipFile.read never returns more than the declared size added up above.
            entries = {i.filename: archive.read(i) for i in infos if MARKUP_NAME.search(i.filename)}
            names = {i.filename for i in infos}
    except ZIP_FAULTS as error:
        raise UnreadableError(DAMAGED) from error
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise UnreadableError(LOCKED) from error
    _refuse_foreign(entries, names=names)
    return entries


def _refuse_foreign(entries: Mapping[str, bytes], *, names: set[str]) -> None:
    """Raise UnreadableError where the entries are locked or belong to no workbook we read."""
    for name, fault in ZIP_NAMES.items():
        if name in names:
            raise UnreadableError(fault)
    if b"encryption-data" in entries.get("META-INF/manifest.xml", b""):
        raise UnreadableError(LOCKED)
    if not {"xl/workbook.xml", "content.xml"} & names:
        raise UnreadableError(NOT_WORKBOOK)


def rebuilt_zip(entries: Mapping[str, bytes]) -> bytes:
    """An uncompressed container of exactly these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in entries.items():
            archive.writestr(name, part)
    return buffer.getvalue()
