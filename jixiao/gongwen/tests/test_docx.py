"""Is the docx sound, editable and laid out like the PDF? (LibreOffice stands in for Word)"""

import datetime as dt
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from docx.document import Document as DocxFile
from docx.oxml.ns import qn

from jixiao.gongwen.document import Annex, Document, Face, Header
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.fonts import PROJECT_FOLDER, STANDARD_NAMES, FontSet
from jixiao.gongwen.tests.examples import bulletin, paragraph
from jixiao.gongwen.tests.measuring import MM, Page, pages

FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{folder}</dir><cachedir>{cache}</cachedir>{aliases}</fontconfig>"""
ALIAS = """<match target="pattern"><test name="family"><string>{name}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match>"""


def opened(document: Document) -> DocxFile:
    return docx.Document(io.BytesIO(render_docx(document)))


@pytest.fixture(scope="module")
def file() -> DocxFile:
    return opened(bulletin())


def texts(file: DocxFile) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs if paragraph.text]


def test_the_page_is_a4_with_the_standards_margins(file: DocxFile) -> None:
    section = file.sections[0]
    sizes = section.page_width, section.page_height, section.top_margin, section.left_margin
    assert [size.mm for size in sizes] == pytest.approx([210, 297, 37, 28], abs=0.05)
    assert [section.right_margin.mm, section.bottom_margin.mm] == pytest.approx([26, 35], abs=0.05)


def test_the_text_keeps_its_order(file: DocxFile) -> None:
    found = texts(file)
    wanted = [
        "清岚县绩效管理委员会办公室文件",
        "清绩办〔2027〕3号",
        "一、评估过程",
        "特此通报。",
        "2027年2月24日",
        "附件",
    ]
    assert sorted(wanted, key=found.index) == wanted


def test_fonts_bear_the_standards_names(file: DocxFile) -> None:
    names = {fonts.get(qn("w:eastAsia")) for fonts in file.element.body.iter(qn("w:rFonts"))}
    assert names == set(STANDARD_NAMES.values()) - {STANDARD_NAMES[Face.SONGTI]}


def test_a_run_in_heading_is_kaiti_and_its_paragraph_fangsong(file: DocxFile) -> None:
    (found,) = [one for one in file.paragraphs if one.text.startswith("（一）统一评估标准。")]
    assert [run.font.name for run in found.runs] == ["楷体_GB2312", "仿宋_GB2312"]


def test_table_headers_repeat_and_rows_do_not_break(file: DocxFile) -> None:
    rows = file.tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] * 2 + [
        False
    ] * 7
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_table_cells_are_merged(file: DocxFile) -> None:
    first = file.tables[0].rows[0].cells
    assert first[0].text == first[2].text == "一、先进单位（12个）"
    assert first[3].text == first[6].text == "二、达标单位（15个）"


def test_page_numbers_differ_by_side(file: DocxFile) -> None:
    section = file.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert file.settings.odd_and_even_pages_header_footer
    assert (odd.alignment.name, even.alignment.name) == ("RIGHT", "LEFT")


def test_properties_come_from_the_document(file: DocxFile) -> None:
    properties = file.core_properties
    assert properties.title == "关于2026年度全县绩效管理工作年终评估情况的通报"
    assert properties.created.date() == properties.modified.date() == dt.date(2027, 2, 24)


def test_the_same_document_gives_the_same_bytes() -> None:
    content = render_docx(bulletin())
    assert render_docx(bulletin()) == content
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_text_stays_text() -> None:
    text = '</w:t></w:r><w:p> &amp; {{ }} %s "q" ]]>'
    annex = Annex(title="附", blocks=(paragraph(text),))
    assert texts(opened(bulletin(body=(paragraph(text),), annexes=(annex,)))).count(text) == 2


def test_upward_documents_name_their_signers() -> None:
    header = Header(mark="清岚县人民政府文件", signers=("张三", "李四", "王五"))
    found = texts(opened(bulletin(header=header)))
    assert "\t签发人：张三　李四" in found
    assert "　清绩办〔2027〕3号\t　　　　王五" in found


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory, fonts: FontSet) -> list[Page]:
    """Twenty pages of text, converted by LibreOffice with the project's fonts."""
    if not shutil.which("soffice"):
        pytest.skip("这台机器没有 LibreOffice（soffice），docx 的版面没有量：安装后再测。")
    folder = tmp_path_factory.mktemp("soffice")
    document = bulletin(body=(paragraph("绩" * 28 * 40),))
    (folder / "a.docx").write_bytes(render_docx(document))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", folder, folder / "a.docx"],
        check=True, capture_output=True,
        env=os.environ | {"FONTCONFIG_FILE": str(_fontconfig(folder, fonts))},
    )  # fmt: skip
    return pages((folder / "a.pdf").read_bytes())


def _fontconfig(folder: Path, fonts: FontSet) -> Path:
    names = {STANDARD_NAMES[face]: chain[0].family for face, chain in fonts.chains.items()}
    aliases = "".join(ALIAS.format(name=escape(n), family=escape(f)) for n, f in names.items())
    path = folder / "fonts.conf"
    path.write_text(
        FONTCONFIG.format(folder=PROJECT_FOLDER, cache=folder, aliases=aliases), "utf-8"
    )
    return path


def test_libreoffice_shows_22_lines_of_28_characters(converted: list[Page]) -> None:
    assert [len(line) for line in converted[1].lines] == [28] * 22


def test_libreoffice_keeps_to_the_type_area(converted: list[Page]) -> None:
    first, last = converted[1].lines[0], converted[1].lines[-1]
    assert first[0].left == pytest.approx(28, abs=0.2)
    assert first[-1].left + 16 / MM == pytest.approx(184, abs=0.5)
    assert last[0].baseline < 262


def test_libreoffice_puts_the_mark_35_mm_below_the_type_areas_top(converted: list[Page]) -> None:
    assert converted[0].inked((28, 37, 184, 95))[0] == pytest.approx(72, abs=1)


def test_libreoffice_draws_the_red_line_4_mm_below_the_number(converted: list[Page]) -> None:
    rule, number = converted[0].rules[0], converted[0].line("清绩办〔2027〕3号")[0]
    assert rule.right - rule.left == pytest.approx(156, abs=0.3)
    assert rule.y - number.baseline - 0.12 * 16 / MM == pytest.approx(4, abs=0.4)


def test_libreoffice_pins_the_colophon_to_the_bottom(converted: list[Page]) -> None:
    rules = converted[-1].rules[-3:]
    assert [rule.thickness for rule in rules] == pytest.approx([0.35, 0.26, 0.35], abs=0.02)
    assert rules[-1].y == pytest.approx(262, abs=0.5)


def test_libreoffice_numbers_odd_pages_right_and_even_pages_left(converted: list[Page]) -> None:
    lefts = [one.page_number[0].left > 105 for one in converted]
    assert lefts == [index % 2 == 0 for index in range(len(converted))]
