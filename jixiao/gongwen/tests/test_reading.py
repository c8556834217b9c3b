"""Is an edited docx read as people see it, and is a hostile one refused with a clear word?"""

import contextlib
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.reading import ReadParagraph, ReadTable, UnreadableDocxError, read_docx
from jixiao.gongwen.tests.examples import bulletin

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"
PRINTED = render_docx(bulletin())


def packed(entries: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def of(body: str, *, ns: str = W, **more: str) -> bytes:
    """A docx with this body; ``comments=…`` are the comments."""
    entries: dict[str, str | bytes] = {TYPES: "<Types/>"}
    entries[MAIN] = f"<w:document {ns}><w:body>{body}</w:body></w:document>"
    if "comments" in more:
        entries["word/comments.xml"] = f"<w:comments {ns}>{more['comments']}</w:comments>"
    if "numbering" in more:
        entries["word/numbering.xml"] = f"<w:numbering {ns}>{more['numbering']}</w:numbering>"
    return packed(entries)


def p(*runs: str, mark: str = "") -> str:
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{''.join(runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(docx: bytes) -> list[str]:
    return [each.text for each in read_docx(docx).blocks if isinstance(each, ReadParagraph)]


def test_what_was_printed_is_read_in_its_order() -> None:
    found = [text for text in texts(PRINTED) if text]
    wanted = ["清绩办〔2027〕3号", "一、评估过程", "特此通报。", "2027年2月24日", "附件"]
    assert sorted(wanted, key=found.index) == wanted


def test_tables_are_read_cell_by_cell() -> None:
    table = next(each for each in read_docx(PRINTED).blocks if isinstance(each, ReadTable))
    assert table.rows[0] == ("一、先进单位（12个）", "二、达标单位（15个）")


def test_bookmarks_stand_in_their_paragraphs() -> None:
    names = [f"_jx{place}" for place in range(len(bulletin().body))]
    found = read_docx(render_docx(bulletin(), marks=names)).blocks
    assert [m for each in found if isinstance(each, ReadParagraph) for m in each.marks] == names


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (r("评出") + "<w:ins>" + r("先进") + "</w:ins>" + r("单位"), "评出先进单位"),
        (r("评出") + "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>" + r("单位"), "评出单位"),
        ("<w:moveFrom>" + r("旧") + "</w:moveFrom><w:moveTo>" + r("新") + "</w:moveTo>", "新"),
        ("<w:hyperlink>" + r("链接") + "</w:hyperlink>", "链接"),
        ("<w:sdt><w:sdtPr><w:t>别名</w:t></w:sdtPr><w:sdtContent>" + r("内容") + "</w:sdtContent></w:sdt>", "内容"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + r("页"), "页"),
        (r("一") + "<w:r><w:tab/></w:r>" + r("二") + "<w:r><w:br/></w:r>" + r("三"), "一\t二\n三"),
        ('<w:r><w:br w:type="page"/></w:r>' + r("新页"), "新页"),
        (r(" 留白 "), " 留白 "),
        ("<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r>" + r("文"), "文"),
    ],
)  # fmt: skip
def test_a_paragraph_says_what_people_see(runs: str, text: str) -> None:
    assert texts(of(p(runs))) == [text]


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    body = p(r("前"), mark="<w:del/>") + p(r("后"))
    assert texts(of(body)) == ["前后"]


def test_tracked_changes_are_counted() -> None:
    body = p("<w:ins>" + r("新") + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>")
    assert read_docx(of(body)).tracked == 2


def test_a_deleted_row_is_gone() -> None:
    row = "<w:tr>{}<w:tc>" + p(r("{}")) + "</w:tc></w:tr>"
    deleted = row.format("<w:trPr><w:del/></w:trPr>", "乙镇")
    (table,) = read_docx(of(f"<w:tbl>{row.format('', '甲镇')}{deleted}</w:tbl>")).blocks
    assert table == ReadTable((("甲镇",),))


def test_comments_are_told_with_their_author_and_place() -> None:
    said = '<w:comment w:id="3" w:author="周明岚">' + p(r("请核对")) + "</w:comment>"
    body = p('<w:commentRangeStart w:id="3"/>' + r("先进20个"))
    (comment,) = read_docx(of(body, comments=said)).comments
    assert (comment.author, comment.text, comment.about) == ("周明岚", "请核对", "先进20个")


def test_numbers_that_word_puts_by_itself_are_read_too() -> None:
    form = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{form}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    own = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>{}</w:p>'
    body = own.format(r("培训")) + p(r("正文")) + own.format(r("整改"))
    assert texts(of(body, numbering=numbering)) == ["（一）培训", "正文", "（二）整改"]


def test_the_strict_form_of_the_format_is_read_too() -> None:
    assert texts(of(p(r("严格")), ns=STRICT)) == ["严格"]


def test_pictures_are_named_not_read() -> None:
    assert read_docx(of(p("<w:r><w:drawing/></w:r>"))).unseen == ("图片",)


BOMB = b"<w:document " + W.encode() + b"><w:body>" + b"<w:p/>" * 500_000
ENTITY = f'<!DOCTYPE d [<!ENTITY a "b">]><w:document {W}><w:body><w:p/></w:body></w:document>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "不是Word文档"),
    "text": ("通报".encode, "不是Word文档"),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧的.doc"),
    "cut": (lambda: PRINTED[:4000], "损坏"),
    "workbook": (lambda: packed({TYPES: "", "xl/workbook.xml": ""}), "不是Word文档"),
    "macros": (lambda: packed({MAIN: "<a/>", "word/vbaProject.bin": b"x"}), "宏"),
    "control": (lambda: packed({MAIN: "<a/>", "word/activeX/activeX1.xml": b"x"}), "宏"),
    "entity": (lambda: packed({MAIN: ENTITY}), "实体"),
    "wide": (lambda: packed({MAIN: ENTITY.encode("utf-16")}), "实体"),
    "tags": (lambda: packed({MAIN: BOMB}), "内容太大"),
    "bomb": (lambda: packed({MAIN: b"\n" * 30_000_000}), "内容太大"),
    "deep": (lambda: packed({MAIN: "<a>" * 5000 + "</a>" * 5000}), "结构异常"),
    "broken": (lambda: packed({MAIN: "<w:p>"}), "损坏"),
    "two": (lambda: packed({MAIN: "<a/>", "word/document2.xml": "<a/>"}), "不是Word文档"),
    "many": (lambda: packed({f"{n}": "" for n in range(2500)} | {MAIN: "<a/>"}), "内容太大"),
    "huge": (lambda: b"PK" + b"\0" * 20_000_001, "太大"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_clear_word(name: str) -> None:
    make, word = HOSTILE[name]
    with pytest.raises(UnreadableDocxError, match=word):
        read_docx(make())


def test_a_locked_file_is_named() -> None:
    locked = bytearray(packed({MAIN: "<a/>"}))
    for at in (6, locked.index(b"PK\x01\x02") + 8):
        locked[at] |= 1
    with pytest.raises(UnreadableDocxError, match="密码"):
        read_docx(bytes(locked))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(PRINTED) - 1), st.integers(0, 255)), max_size=6))
def test_a_damaged_file_never_ends_in_a_traceback(changes: list[tuple[int, int]]) -> None:
    content = bytearray(PRINTED)
    for at, value in changes:
        content[at] = value
    with contextlib.suppress(UnreadableDocxError):
        assert read_docx(bytes(content)).tracked == 0
