"""Does the workbook come back with everything wrong told at once, and can it do no harm?"""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from jixiao.grades.sheet import GradeSheet, Line
from jixiao.workbooks.problems import TableError

LINES = (
    Line(1, "T01", "韩松", "科员", ""),
    Line(2, "T02", "陆宁", "科员", "称职", "踏实"),
    Line(3, "T03", "邓桂英", "党委书记", "由组织部门确定", "", 0, "由组织部门确定"),
)
SHEET = GradeSheet("云溪镇　2026年度考核", ("优秀", "称职", "不定等次：试用期"), LINES)
HEAD = ("人员编号", "姓名", "职务", "等次或情况", "评语")


def book(path: Path, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Path:
    made = Workbook()
    made.active.append(head)  # type: ignore[union-attr]
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(path / "表.xlsx")
    return path / "表.xlsx"


def wrong(path: Path) -> str:
    with pytest.raises(TableError) as error:
        SHEET.read(path)
    return str(error.value)


def test_what_is_written_comes_back_unchanged(tmp_path: Path) -> None:
    with (tmp_path / "表.xlsx").open("wb") as file:
        SHEET.write(file)
    assert [each.is_change for each in SHEET.read(tmp_path / "表.xlsx")] == [False] * 3


def test_no_name_becomes_a_formula() -> None:
    target = io.BytesIO()
    GradeSheet("表", (), (Line(1, "T01", "=陆宁", "科员", ""),)).write(target)
    sheet = load_workbook(target).active
    assert sheet is not None
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=陆宁", "s")  # type: ignore[union-attr]


def test_a_grade_and_a_situation_are_read(tmp_path: Path) -> None:
    path = book(
        tmp_path, ("T01", "韩松", "", "优秀", "实"), ("T02", "陆宁", "", "不定等次：试用期", "")
    )
    assert [(each.value, each.comment) for each in SHEET.read(path)] == [
        ("优秀", "实"),
        ("不定等次：试用期", "踏实"),
    ]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ("T01", "韩松", "", "特优", ""), ("T01", "韩松", "", "优秀", ""), ("T02", "别人", "", "称职", ""),
        ("T99", "外人", "", "称职", ""), ("T03", "邓桂英", "", "优秀", ""), ("T02", "陆宁", "", "称职", "长" * 501),
    )  # fmt: skip
    told = wrong(path)
    for words in ("特优", "写了两行", "不是“别人”", "没有编号“T99”", "由组织部门确定", "超过500字"):
        assert words in told


def test_a_formula_in_the_column_is_not_taken_for_a_grade(tmp_path: Path) -> None:
    assert "D2" in wrong(book(tmp_path, ("T01", "韩松", "", '="优"&"秀"', ""))).replace(
        "第2行D列", "D2"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a package", b"<html>", b"\0" * 99])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert wrong(path)


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    path = book(tmp_path, ("T01", "优秀"), head=("人员编号", "等次或情况"))
    assert "姓名" in wrong(path)
