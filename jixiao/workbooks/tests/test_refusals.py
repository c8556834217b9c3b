"""A file that cannot be read is refused with a message that says why and what to do."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from jixiao.workbooks import containers
from jixiao.workbooks.containers import LARGEST_CONTENT, LARGEST_FILE, OLE_START, TOO_BIG
from jixiao.workbooks.problems import TableError
from jixiao.workbooks.reading import read_tables
from jixiao.workbooks.tests.making import (
    GOOD,
    SHEET,
    entries_of,
    make_ods,
    make_zip,
    ods_number,
    ods_row,
    patched,
    refusal,
    with_part,
    xls_records,
)

SAVE_AS = "请用Excel或WPS打开，另存为“Excel工作簿（.xlsx）”后再交"
DAMAGED = (
    "文件“报表.xlsx”：文件已损坏或没有传完整，请重新取得原文件，用Excel或WPS打开确认并另存后再交"
)
DAMAGED_XLS = DAMAGED.replace("xlsx”：", "xls”：")
LOCKED = "文件“报表.xlsx”：文件设了打开密码，请用Excel或WPS打开，取消密码并保存后再交"
GARBLED = (
    "文件“报表.csv”：文字编码认不出来，或者已有乱码，请用Excel另存为“CSV UTF-8（逗号分隔）”后再交"
)


def test_a_missing_file() -> None:
    with pytest.raises(
        TableError, match=r"^文件“没有\.xlsx”：找不到文件，请检查文件名和所在文件夹$"
    ):
        read_tables("没有.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="找不到文件"):
        read_tables(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    assert refusal(b"", tmp_path) == "文件“报表.xlsx”：文件是空的，请确认交的是填好的表格"


def test_a_file_over_twenty_megabytes(tmp_path: Path) -> None:
    message = "文件“报表.xlsx”：文件超过20MB，请删去图片和多余的工作表后再交"
    assert refusal(GOOD + bytes(LARGEST_FILE), tmp_path) == message


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(kept: float, tmp_path: Path) -> None:
    assert refusal(GOOD[: int(len(GOOD) * kept)], tmp_path) == DAMAGED


def test_a_workbook_with_a_flipped_byte(tmp_path: Path) -> None:
    at = GOOD.index(SHEET.encode()) + len(SHEET) + 40
    assert refusal(patched(GOOD, at, bytes([GOOD[at] ^ 0xFF])), tmp_path) == DAMAGED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="A1"', 'r="A0"'),
        ('r="A1"', 'r="甲1"'),
        ('r="A1"', 'r="A4000000000"'),
        ("<sheetData>", "<sheetData><row r='x'/>"),
        ("</sheetData>", ""),
        ("<v>5</v>", "<v>五</v>"),
    ],
)
def test_a_sheet_with_broken_markup(old: str, new: str, tmp_path: Path) -> None:
    assert refusal(with_part(GOOD, old, new), tmp_path) == DAMAGED


def test_a_workbook_without_its_sheet(tmp_path: Path) -> None:
    entries = {name: part for name, part in entries_of(GOOD).items() if name != SHEET}
    assert refusal(make_zip(entries), tmp_path) == DAMAGED


def test_a_bomb_of_zeros_is_not_inflated(tmp_path: Path) -> None:
    bomb = make_zip({**entries_of(GOOD), "xl/media/a.xml": bytes(LARGEST_CONTENT)})
    assert len(bomb) < LARGEST_FILE
    assert refusal(bomb, tmp_path) == (
        "文件“报表.xlsx”：内容太大，疑似异常文件，请删去图片和多余的工作表，只留要填的表，另存后再交"
    )


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    bomb = make_zip({**entries_of(GOOD), "xl/a.xml": bytes(50_000_000)})
    lying = bomb.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 10))
    assert lying != bomb
    assert refusal(lying, tmp_path) == DAMAGED


def test_a_bomb_of_entries(tmp_path: Path) -> None:
    entries = {f"{n}.xml": b"" for n in range(containers.MOST_ENTRIES + 1)}
    assert TOO_BIG.message in refusal(make_zip(entries), tmp_path)


def test_a_cell_in_the_last_corner(tmp_path: Path) -> None:
    far = with_part(GOOD, 'r="B2"', 'r="XFD1048576"')
    assert refusal(far, tmp_path) == (
        "工作表“乡镇”：内容一直延伸到XFD1048576单元格，超过100万格，请删去表格之外的内容，另存后再交"
    )


def test_an_ods_cell_repeated_without_end(tmp_path: Path) -> None:
    rows = ods_row(ods_number("5"), repeated=1_000_000_000)
    assert "内容一直延伸到A1000000000单元格" in refusal(make_ods(rows), tmp_path, "报表.ods")


def test_merged_areas_piled_on_one_another(tmp_path: Path) -> None:
    piled = '<mergeCell ref="A1:AZ10000"/>' * 100
    data = with_part(GOOD, "</sheetData>", f"</sheetData><mergeCells>{piled}</mergeCells>")
    data = with_part(data, 'r="B2"', 'r="AZ10000"')
    assert "超过100万格" in refusal(data, tmp_path)


def test_entities_are_refused_before_any_parser_sees_them(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
    data = with_part(GOOD, "<worksheet", f"{laughs}<worksheet")
    message = f"文件“报表.xlsx”：含有实体声明，正常的表格不会有，{SAVE_AS}"
    assert refusal(data, tmp_path) == message


def test_markup_in_utf16_could_hide_entities(tmp_path: Path) -> None:
    entries = entries_of(GOOD)
    hidden = {**entries, SHEET: entries[SHEET].decode().encode("utf-16")}
    assert refusal(make_zip(hidden), tmp_path) == DAMAGED


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    data = OLE_START + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    assert refusal(data, tmp_path) == LOCKED


def test_an_ods_with_a_password(tmp_path: Path) -> None:
    manifest = "<manifest:encryption-data/>"
    data = make_zip({"content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest})
    assert refusal(data, tmp_path) == LOCKED


def test_an_xls_with_a_password(tmp_path: Path, good_xls: bytes) -> None:
    (after_start, *_) = xls_records(good_xls, 0xE1)
    assert refusal(patched(good_xls, after_start - 4, b"\x2f\0"), tmp_path) == LOCKED


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    data = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        for info in archive.infolist():
            data[info.header_offset + 6] |= 1
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert refusal(bytes(data), tmp_path) == LOCKED


def test_an_xls_cell_beyond_the_last_column(tmp_path: Path, good_xls: bytes) -> None:
    (first, *_) = xls_records(good_xls, 0xFD)
    far = patched(good_xls, first, struct.pack("<HH", 65535, 65535))
    assert refusal(far, tmp_path, "报表.xls") == DAMAGED_XLS


def test_an_xls_whose_sectors_run_in_a_ring(tmp_path: Path, good_xls: bytes) -> None:
    table = (struct.unpack_from("<I", good_xls, 76)[0] + 1) * 512
    directory = struct.unpack_from("<I", good_xls, 48)[0]
    ring = patched(good_xls, table + 4 * directory, struct.pack("<I", directory))
    assert refusal(ring, tmp_path, "报表.xls") == DAMAGED_XLS


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "是PDF文件，只是改了扩展名，请交原来的Excel表格"),
        (b"{\\rtf1 ...", "是Word文档，只是改了扩展名，请交原来的Excel表格"),
        (make_zip({"word/document.xml": ""}), "是Word文档，只是改了扩展名，请交原来的Excel表格"),
        (b"Rar!\x1a\x07", "是压缩包，请解压后交里面的表格"),
        (b"\x89PNG\r\n", "是图片，请交原来的Excel表格"),
        (
            make_zip({"xl/workbook.bin": ""}),
            f"是Excel二进制工作簿（.xlsb），不能直接读取，{SAVE_AS}",
        ),
        (b"\xef\xbb\xbf<html><table>", f"内容其实是网页，只是用了表格的扩展名，{SAVE_AS}"),
        ("单位,完成值".encode(), f"内容其实是纯文本，不是工作簿，{SAVE_AS}"),
    ],
)
def test_files_that_only_look_like_workbooks(data: bytes, message: str, tmp_path: Path) -> None:
    assert refusal(data, tmp_path) == f"文件“报表.xlsx”：{message}"


@pytest.mark.parametrize(
    "data",
    [b"\0\1\2\3", make_zip({"名单.txt": "a"}), OLE_START + bytes(8000)],
    ids=["noise", "zip", "ole"],
)
def test_files_of_no_known_kind(data: bytes, tmp_path: Path) -> None:
    refused = refusal(data, tmp_path)
    assert refused.startswith(("文件“报表.xlsx”：不是表格文件，请交", DAMAGED))


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfa\xff,\xff",
        "清嵐縣,單位,鄉鎮,完成值".encode("big5"),
        "单位,锟斤拷".encode(),
        "单位,\ufffd".encode(),
    ],
    ids=["neither", "big5", "misread twice", "misread once"],
)
def test_csv_in_a_wrong_encoding(data: bytes, tmp_path: Path) -> None:
    assert refusal(data, tmp_path, "报表.csv") == GARBLED


def test_csv_in_utf16(tmp_path: Path) -> None:
    message = "文件“报表.csv”：文字编码是UTF-16，请用Excel另存为“CSV UTF-8（逗号分隔）”后再交"
    assert refusal("单位,完成值".encode("utf-16"), tmp_path, "报表.csv") == message


def test_an_unclosed_quote_does_not_swallow_the_rows_below(tmp_path: Path) -> None:
    data = '单位,完成值\n云溪镇,"5\n河口镇,6\n'.encode()
    assert refusal(data, tmp_path, "报表.csv") == (
        "文件“报表.csv”第2行：从这一行起格式混乱，无法分列，请检查这一行前后的英文双引号是否成对"
    )


def test_a_csv_of_nothing_but_line_ends(tmp_path: Path) -> None:
    assert TOO_BIG.message in refusal(b"\n" * 3_000_000, tmp_path, "报表.csv")


def test_a_part_of_nothing_but_tags(tmp_path: Path) -> None:
    entries = {**entries_of(GOOD), SHEET: b"<a>" * 7_000_000}
    assert TOO_BIG.message in refusal(make_zip(entries), tmp_path)
