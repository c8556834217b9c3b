"""Does the paper say everything that the page says, whatever people typed or drew?"""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx.oxml import parse_xml

from jixiao.access.actor import Actor
from jixiao.gongwen.document import Cell, DocumentError, Drawing
from jixiao.visits import actions
from jixiao.visits.models import Record
from jixiao.visits.queries.sheet import sheet_of
from jixiao.visits.queries.visit_page import visit_book
from jixiao.visits.record_sheet import FORMS, RecordSheet, document, printed_docx, printed_pdf
from jixiao.visits.tests.scene import Scene
from jixiao.visits.tests.scene import scene as there_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(actor: Callable[..., Actor]) -> Scene:
    """Closed by both sides; the unit has another opinion."""
    there = there_is(actor)
    there.record_all()
    there.finding(fact="缺原件两件", opinion="补齐原件")
    there.feed_back()
    there.confirm(there.he)
    there.confirm(there.zheng)
    there.unit_signs(agrees=False, view="当天已找到", post="联络员")
    return there


def sheet(there: Scene) -> RecordSheet:
    book = visit_book(there.now(), there.office)
    assert book is not None
    return sheet_of(book)


def words(there: Scene) -> str:
    """Every word of the docx's body and footer."""
    file = zipfile.ZipFile(io.BytesIO(printed_docx(sheet(there))))
    parts = [name for name in file.namelist() if name.startswith(("word/document", "word/footer"))]
    return "".join("".join(parse_xml(file.read(name)).itertext()) for name in parts)


def test_the_paper_says_what_was_seen_said_and_signed(closed: Scene) -> None:
    found = words(closed)
    for each in (
        "云溪镇现场评估记录表", "甲组：何雨、郑启", "清绩委", "1.2 材料质量", "查资料", "缺2份",
        "缺原件两件", "补齐原件", "韩松：有不同意见。当天已找到", "何雨（本人账号确认，",
        "韩松（联络员，手写签名，", "双方确认件", "摘要 sha256:", "打印",
    ):  # fmt: skip
        assert each in found


def test_before_both_sides_confirmed_the_paper_is_called_a_draft(
    actor: Callable[..., Actor],
) -> None:
    there = there_is(actor)
    there.record_all()
    assert "记录稿，尚未双方确认" in words(there)


def test_a_correction_is_on_the_paper_with_both_sides(closed: Scene) -> None:
    actions.correct_record(
        Record.objects.get(code="1.2"), by=closed.office, reason="找到原件",
        corrected=actions.Corrected({"1.2": 95_000}, "缺1份"), document="清绩办〔2026〕9号",
    )  # fmt: skip
    found = words(closed)
    assert "得分 8.0 分；缺2份" in found
    assert "找到原件；依据：清绩办〔2026〕9号（陆宁，" in found


def test_drawn_signatures_are_lines_in_both_files(closed: Scene) -> None:
    file = zipfile.ZipFile(io.BytesIO(printed_docx(sheet(closed))))
    assert b'path="m20,30l200,150,320,40,320,40m400,20l410,180,410,180e"' in file.read(
        "word/document.xml"
    )
    assert printed_pdf(sheet(closed)).startswith(b"%PDF-1.7")


def test_what_people_typed_never_becomes_markup(closed: Scene) -> None:
    hostile = '<w:p/>#eval("1")\n\x0b\u200b]]>'
    Record.objects.filter(code="1.2").update(remark=hostile)
    assert '缺2份；<w:p/>#eval("1") ]]>' in words(closed)
    assert b"/Type/Pages" in printed_pdf(sheet(closed))


def test_the_digest_follows_the_record(closed: Scene) -> None:
    before = sheet(closed).footing.split("摘要 ")[1]
    assert sheet(closed).footing.split("摘要 ")[1] == before
    Record.objects.filter(code="1.2").update(mark=1)
    assert sheet(closed).footing.split("摘要 ")[1] != before


def test_every_form_is_printed(closed: Scene) -> None:
    known = {name: print_as(sheet(closed))[:4] for name, (_, print_as) in FORMS.items()}
    assert known == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}


def test_the_paper_has_no_red_head(closed: Scene) -> None:
    assert document(sheet(closed)).header is None
    assert b"E60012" not in zipfile.ZipFile(io.BytesIO(printed_docx(sheet(closed)))).read(
        "word/document.xml"
    )


@pytest.mark.parametrize("strokes", [(), ((),), (((0, 601),),), (((0.5, 1),),), ((("0", "1"),),)])
def test_a_drawing_outside_its_field_is_refused(strokes: object) -> None:
    with pytest.raises(DocumentError):
        Cell(drawing=Drawing(strokes=strokes))  # type: ignore[arg-type]
