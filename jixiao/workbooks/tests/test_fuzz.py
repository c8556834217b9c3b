"""Whatever is done to a file, it gives tables or a message: never a traceback, never a crash."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.workbooks.cells import as_date, as_decimal, as_integer, as_text
from jixiao.workbooks.grid import read_grid
from jixiao.workbooks.problems import Problem, TableError
from jixiao.workbooks.tests.making import (
    GOOD,
    entries_of,
    make_ods,
    make_zip,
    ods_number,
    ods_row,
    ods_text,
    patched,
    read,
    refusal,
    xls_records,
)

ODS = make_ods(
    ods_row(ods_text("单位"), ods_text("完成值"))
    + ods_row(ods_text("云溪镇"), ods_number("5", 'table:number-rows-spanned="2"'), repeated=2)
)
CSV = '单位,完成值\r\n云溪镇,"1,234"\r\n'.encode("gb18030")
NASTY = (b"\0", b"\xff\xff\xff\xff", b"9" * 9, b'"', b"<", b">", b"&x;", b"-", b"XFD1048576", b"")

edits = st.lists(
    st.tuples(
        st.integers(0, 2**31), st.integers(0, 4), st.sampled_from(NASTY) | st.binary(max_size=4)
    ),
    min_size=1,
    max_size=6,
)
few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def edited(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """The data with some bytes cut out and others put in their place."""
    for place, cut, new in changes:
        at = place % (len(data) + 1)
        data = data[:at] + new + data[at + cut :]
    return data


def survive(data: bytes, tmp_path: Path, name: str) -> None:
    """Read a file to the last cell; nothing but TableError may come out."""
    found: list[Problem] = []
    try:
        for table in read(data, tmp_path, name):
            grid = read_grid(table, required=("单位", "完成值"))
            for record in grid.records:
                for convert in (as_text, as_decimal, as_integer, as_date):
                    record.read("完成值", convert=convert, into=found)
            found += grid.problems
    except TableError as error:
        found += error.problems
        assert found
    assert all("：" in str(problem) and problem.as_dict()["text"] for problem in found)


@few
@given(st.sampled_from([(GOOD, "a.xlsx"), (ODS, "a.ods"), (CSV, "a.csv")]), edits)
def test_edited_files(
    tmp_path: Path, base: tuple[bytes, str], changes: list[tuple[int, int, bytes]]
) -> None:
    survive(edited(base[0], changes), tmp_path, base[1])


@few
@given(st.sampled_from([(GOOD, "a.xlsx"), (ODS, "a.ods")]), st.data(), edits)
def test_edited_entries(
    tmp_path: Path,
    base: tuple[bytes, str],
    data: st.DataObject,
    changes: list[tuple[int, int, bytes]],
) -> None:
    entries = entries_of(base[0])
    name = data.draw(st.sampled_from(sorted(entries)))
    changed = make_zip({**entries, name: edited(entries[name], changes)})
    survive(changed, tmp_path, base[1])


@few
@given(st.sampled_from([(GOOD, "a.xlsx"), (ODS, "a.ods"), (CSV, "a.csv")]), st.floats(0, 1))
def test_truncated_files(tmp_path: Path, base: tuple[bytes, str], kept: float) -> None:
    survive(base[0][: int(len(base[0]) * kept)], tmp_path, base[1])


@few
@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.xls", "a.ods", "a.csv"]))
def test_noise(tmp_path: Path, noise: bytes, name: str) -> None:
    survive(noise, tmp_path, name)


@few
@given(edits)
def test_edited_xls(tmp_path: Path, good_xls: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    survive(edited(good_xls, changes), tmp_path, "a.xls")


@few
@given(
    st.data(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 255)), min_size=1, max_size=5)
)
def test_xls_records_overwritten(
    tmp_path: Path, good_xls: bytes, data: st.DataObject, changes: list[tuple[int, int]]
) -> None:
    changed = bytearray(good_xls)
    kind = data.draw(st.sampled_from([0x85, 0x200, 0xFD, 0x27E, 0xFC, 0xE0, 0x41E, 0x809]))
    for start in xls_records(good_xls, kind):
        for offset, byte in changes:
            changed[start - 4 + offset] = byte
    survive(bytes(changed), tmp_path, "a.xls")


def test_a_panic_in_the_library_says_nothing_on_the_terminal(
    tmp_path: Path, good_xls: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    (empty, *_) = xls_records(good_xls, 0xE2)
    as_date_mode = patched(good_xls, empty - 4, b"\x22\0")  # a record too short for its kind
    assert "文件已损坏" in refusal(as_date_mode, tmp_path, "a.xls")
    assert capfd.readouterr() == ("", "")
