"""What must be known of an old .xls file before the reading library may have it?

The library shows Excel's errors as blanks, believes the sheet's size as written, and lays out the
whole rectangle up to the farthest cell, which in a damaged file kills the process. So the workbook
stream is taken out of its container, looked through, and put into a fresh container.
[MS-CFB] 2 describes the container, [MS-XLS] 2.4 the records.
"""

import struct
from collections.abc import Iterator, Sequence

from jixiao.workbooks.containers import DAMAGED, LOCKED, NOT_WORKBOOK, OLE_START, UnreadableError
from jixiao.workbooks.problems import Fault
from jixiao.workbooks.tables import Marks, Position, error_value

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
FILE_PASS, SHEET, END, SIZE, FORMULA, ERROR, NUMBERS = 0x2F, 0x85, 0x0A, 0x200, 0x06, 0x205, 0xBD
CELLS = {FORMULA, ERROR, NUMBERS, 0x203, 0x204, 0x27E, 0xFD, 0xD6}
MOST_COLUMNS = 256

SECTOR_SIZES = {9: 512, 12: 4096}
HEADER_SECTORS = 109
NO_SECTOR = 0xFFFFFFFA  # this and above is no sector but a mark
FAT_MARK, CHAIN_END, FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
FRESH = 4096


def safe_xls(data: bytes) -> tuple[bytes, list[Marks]]:
    """The .xls in a container of our own, and the marks of its sheets in their order.

    Raises UnreadableError for a damaged, locked or foreign file.
    """
    try:
        stream = bytearray(_workbook_stream(data))
        starts = []
        for kind, _, body in _records(stream, start=0):
            if kind == FILE_PASS:
                raise UnreadableError(LOCKED)
            if kind == SHEET:
                starts.append(struct.unpack_from("<I", body)[0])
        marks = [_sheet_marks(stream, start=start) for start in starts]
    except (struct.error, LookupError) as error:
        raise UnreadableError(DAMAGED) from error
    return _fresh_container(bytes(stream)), marks


def _records(stream: bytearray, *, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Kind, position of the body, and body of each record up to the end of a substream."""
    kind = 0
    while kind != END:
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, start + 4, bytes(stream[start + 4 : start + 4 + length])
        start += 4 + length


def _sheet_marks(stream: bytearray, *, start: int) -> Marks:
    """The errors and the extent of a sheet; its written size is set to one cell on the way."""
    faults: dict[Position, Fault] = {}
    last_row = last_column = 0
    for kind, at, body in _records(stream, start=start):
        if kind == SIZE:
            fresh = struct.pack("<IIHHH" if len(body) > 10 else "<HHHHH", 0, 1, 0, 1, 0)
            stream[at : at + len(fresh)] = fresh
        elif kind in CELLS:
            row, column = struct.unpack_from("<HH", body)
            width = max(1, (len(body) - 6) // 6) if kind == NUMBERS else 1
            last_row, last_column = max(last_row, row + 1), max(last_column, column + width)
            code = _error_code(kind, body=body)
            if code is not None:
                faults[row + 1, column + 1] = error_value(ERRORS.get(code, "#"))
    if last_column > MOST_COLUMNS:
        raise UnreadableError(DAMAGED)
    return Marks(faults, last=(last_row, last_column))


def _error_code(kind: int, *, body: bytes) -> int | None:
    """Excel's error code where the record holds one ([MS-XLS] 2.5.10, 2.5.133)."""
    if kind == ERROR and body[7]:
        return body[6]
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None


def _workbook_stream(data: bytes) -> bytes:
    """Follow the header, the directory and the chain of sectors to the stream of the workbook."""
    size = SECTOR_SIZES[struct.unpack_from("<H", data, 30)[0]]
    first_directory, _, cutoff, first_mini = struct.unpack_from("<4I", data, 48)
    table = _sector_table(data, size=size)
    directory = _chain(data, table=table, first=first_directory, size=size)
    entries = [directory[i : i + 128] for i in range(0, len(directory), 128)]
    names = [e[:64].decode("utf-16-le", "replace").partition("\0")[0] for e in entries]
    wanted = next((name for name in ("Workbook", "Book") if name in names), None)
    if wanted is None:
        raise UnreadableError(NOT_WORKBOOK)
    first, length = struct.unpack_from("<II", entries[names.index(wanted)], 116)
    if length < cutoff:  # a short stream lives in 64-byte pieces of the root's stream
        root_first = struct.unpack_from("<I", entries[0], 116)[0]
        mini = _chain(data, table=table, first=first_mini, size=size)
        data = bytes(64) + _chain(data, table=table, first=root_first, size=size)
        table, size = struct.unpack(f"<{len(mini) // 4}I", mini), 64
    return _chain(data, table=table, first=first, size=size)[:length]


def _sector_table(data: bytes, *, size: int) -> Sequence[int]:
    """For every sector the number of the next one in its chain."""
    numbers = list(struct.unpack_from(f"<{HEADER_SECTORS}I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < NO_SECTOR and len(numbers) < len(data):
        *listed, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        numbers += listed
    parts = (data[(n + 1) * size : (n + 2) * size] for n in numbers if n < NO_SECTOR)
    joined = b"".join(part for part in parts if len(part) == size)
    return struct.unpack(f"<{len(joined) // 4}I", joined)


def _chain(data: bytes, *, table: Sequence[int], first: int, size: int) -> bytes:
    """The content of a chain of sectors; IndexError where it leaves the file or runs in a ring."""
    parts = []
    while first < NO_SECTOR:
        parts.append(data[(first + 1) * size : (first + 2) * size])
        first = table[first]
        if len(parts) > len(table):
            raise IndexError(first)
    return b"".join(parts)


def _fresh_container(stream: bytes) -> bytes:
    """An OLE file with nothing but this stream as its Workbook, in sectors of 4096 bytes."""
    sectors = max(1, -(-len(stream) // FRESH))
    tables = (sectors + 1) // (FRESH // 4 - 1) + 1
    numbers = [*range(tables), *[FREE] * (HEADER_SECTORS - tables)]
    header = OLE_START + bytes(16) + struct.pack("<5H6x", 0x3E, 4, 0xFFFE, 12, 6)
    counts = (1, tables, tables, 0, FRESH, CHAIN_END, 0, CHAIN_END, 0, *numbers)
    header += struct.pack(f"<{len(counts)}I", *counts)
    following = [*[FAT_MARK] * tables, CHAIN_END]
    following += [*range(tables + 2, tables + 1 + sectors), CHAIN_END]
    following += [FREE] * (tables * FRESH // 4 - len(following))
    # The library wants a root that starts somewhere; no short stream ever looks there.
    directory = _directory_entry("Root Entry", kind=5, child=1, first=tables + 1)
    directory += _directory_entry("Workbook", kind=2, first=tables + 1, length=sectors * FRESH)
    directory += bytes(FRESH - len(directory))
    body = struct.pack(f"<{len(following)}I", *following) + directory
    return header.ljust(FRESH, b"\0") + body + stream.ljust(sectors * FRESH, b"\0")


def _directory_entry(
    name: str, *, kind: int, first: int, child: int = FREE, length: int = 0
) -> bytes:
    """One entry of the directory of an OLE file."""
    encoded = name.encode("utf-16-le")
    links = struct.pack("<HBB3I", len(encoded) + 2, kind, 1, FREE, FREE, child)
    return encoded.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, length)
