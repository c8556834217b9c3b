"""Can a paper without 版头 and 署名 be printed, with drawn signatures and a footing on every page?"""

import datetime as dt
import io
import zipfile

import pytest

from jixiao.gongwen.document import Cell, Document, DocumentError, Drawing, Header, Table
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.fonts import FontSet
from jixiao.gongwen.pdf import render_pdf
from jixiao.gongwen.tests.examples import paragraph

WAVE = Drawing(strokes=(((10, 20), (300, 180)), ((590, 10),)))
FOOTING = "摘要 sha256:90d3"


def paper(**said: object) -> Document:
    body = (
        Table(widths=(1, 2), rows=((Cell(text="评估组"), Cell(text="何雨", drawing=WAVE)),)),
        *(paragraph("台账齐全。") for _ in range(30)),
    )
    usual = {
        "header": None, "title": "云溪镇现场评估记录表", "body": body, "signatures": (),
        "signed_on": dt.date(2026, 11, 26), "sealed": False, "footing": FOOTING,
    }  # fmt: skip
    return Document(**{**usual, **said})  # type: ignore[arg-type]


def parts(document: Document) -> dict[str, str]:
    file = zipfile.ZipFile(io.BytesIO(render_docx(document)))
    return {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xml")}


def test_it_has_no_red_head_and_no_date_below() -> None:
    body = parts(paper())["word/document.xml"]
    assert "E60012" not in body
    assert "2026年11月26日" not in body


def test_a_drawing_is_a_shape_and_a_dot_a_line_to_itself() -> None:
    body = parts(paper())["word/document.xml"]
    assert 'path="m10,20l300,180,300,180m590,10l590,10e"' in body


def test_the_footing_is_on_odd_and_even_pages() -> None:
    footers = [text for name, text in parts(paper()).items() if name.startswith("word/footer")]
    assert [FOOTING in each for each in footers] == [True, True]


def test_a_paper_without_footing_keeps_its_footer() -> None:
    footers = [text for name, text in parts(paper(footing="")).items() if "footer" in name]
    assert [each.count("<w:p>") for each in footers] == [1, 1]


def test_the_pdf_draws_more_where_something_was_drawn(fonts: FontSet) -> None:
    plain = Table(widths=(1, 2), rows=((Cell(text="评估组"), Cell(text="何雨")),))
    drawn = render_pdf(paper(), fonts=fonts)
    bare = render_pdf(paper(body=(plain, *paper().body[1:])), fonts=fonts)
    assert drawn.pages == 2
    assert len(drawn.content) > len(bare.content)


def test_the_same_paper_gives_the_same_bytes(fonts: FontSet) -> None:
    assert render_docx(paper()) == render_docx(paper())
    assert render_pdf(paper(), fonts=fonts).content == render_pdf(paper(), fonts=fonts).content


def test_whatever_has_a_red_head_is_signed() -> None:
    with pytest.raises(DocumentError, match="公文的“发文机关署名”：有版头的公文要有署名"):
        paper(header=Header(mark="清岚县绩效办"))
