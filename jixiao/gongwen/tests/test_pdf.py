"""Is the printed PDF what GB/T 9704-2012 asks for, measured on the page?"""

import io
import re
from itertools import pairwise

import pytest
from pypdf import PdfReader

from jixiao.gongwen.document import Annex, DocumentError, Header, Heading, Table
from jixiao.gongwen.fonts import FontSet
from jixiao.gongwen.pdf import PdfFile, render_pdf
from jixiao.gongwen.tests.examples import bulletin, paragraph
from jixiao.gongwen.tests.measuring import MM, Page, pages

TOP, BOTTOM, LEFT, RIGHT = 37, 262, 28, 184
CHARACTER = 16 / MM
ABOVE, BELOW = 0.88 * CHARACTER, 0.12 * CHARACTER  # of the baseline, in a character's square
HOSTILE = (
    '#panic("x") *b* _i_ @a <lab> $x$ \\u{4e2d} // c /* d */ `raw` = h - i [x] "q" -- ... </w:t>'
)


def printed(fonts: FontSet, **changes: object) -> list[Page]:
    return pages(render_pdf(bulletin(**changes), fonts=fonts).content)


@pytest.fixture(scope="module")
def page(example: PdfFile) -> list[Page]:
    return pages(example.content)


@pytest.fixture(scope="module")
def full(fonts: FontSet) -> Page:
    """A page full of text without punctuation."""
    return printed(fonts, body=(paragraph("绩" * 28 * 40),), annexes=())[1]


def test_a_full_page_has_22_lines_of_28_characters(full: Page) -> None:
    assert [len(line) for line in full.lines] == [28] * 22


def test_a_full_page_fills_the_type_area(full: Page) -> None:
    first, last = full.lines[0], full.lines[-1]
    assert first[0].left == pytest.approx(LEFT, abs=0.05)
    assert first[-1].left + CHARACTER == pytest.approx(RIGHT, abs=0.2)
    assert first[0].baseline - ABOVE == pytest.approx(TOP, abs=0.05)
    assert last[0].baseline + BELOW == pytest.approx(BOTTOM, abs=0.1)


def test_a_line_takes_as_many_characters_as_fit(fonts: FontSet) -> None:
    first = printed(fonts, body=(paragraph("绩" * (26 + 28 + 28 + 1)),))[0]
    assert [len(text) for text in first.texts if text[0] == "绩"] == [26, 28, 28, 1]


def test_lines_stand_at_equal_distances(full: Page) -> None:
    steps = [below[0].baseline - above[0].baseline for above, below in pairwise(full.lines)]
    assert max(steps) - min(steps) < 0.02


def test_body_text_is_16_point_fangsong_indented_by_two(page: list[Page]) -> None:
    first = page[0].line("按照")[0]
    assert first.size == pytest.approx(16)
    assert first.left == pytest.approx(LEFT + 2 * 156 / 28, abs=0.1)


def test_the_mark_begins_35_mm_below_the_type_areas_top(page: list[Page]) -> None:
    assert page[0].inked((LEFT, TOP, RIGHT, 95))[0] == pytest.approx(TOP + 35, abs=0.2)


def test_the_red_line_is_as_wide_as_the_type_area_and_4_mm_below_the_number(
    page: list[Page],
) -> None:
    (rule,) = page[0].rules
    number = page[0].line("清绩办〔2027〕3号")[0]
    assert rule.is_red
    assert rule.right - rule.left == pytest.approx(156, abs=0.1)
    assert rule.y - (number.baseline + BELOW) == pytest.approx(4, abs=0.1)


def test_the_title_is_22_point_and_centred(page: list[Page]) -> None:
    line = page[0].line("关于2026年度")
    assert line[0].size == pytest.approx(22)
    assert (line[0].left + line[-1].left + 22 / MM) / 2 == pytest.approx(
        (LEFT + RIGHT) / 2, abs=0.3
    )


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages(page: list[Page]) -> None:
    character = 14 / MM
    for index, one in enumerate(page, start=1):
        number = one.page_number
        assert "".join(char.text for char in number) == f"—{index}—"
        if index % 2:
            assert number[-1].right == pytest.approx(RIGHT - character, abs=0.2)
        else:
            assert number[0].left == pytest.approx(LEFT + character, abs=0.2)


def test_the_page_numbers_dash_is_7_mm_below_the_type_area(page: list[Page]) -> None:
    dash = page[0].page_number[0]
    top, bottom = page[0].inked((dash.left + 1, BOTTOM + 1, dash.left + 3, 280))
    assert (top + bottom) / 2 == pytest.approx(BOTTOM + 7, abs=0.3)


def test_the_colophon_ends_on_the_type_areas_bottom(page: list[Page]) -> None:
    rules = page[-1].rules[-3:]
    assert [rule.thickness for rule in rules] == pytest.approx([0.35, 0.25, 0.35], abs=0.01)
    assert [rule.right - rule.left for rule in rules] == pytest.approx([156] * 3, abs=0.4)
    assert rules[-1].y == pytest.approx(BOTTOM, abs=0.1)


def test_the_colophon_keeps_one_character_free_on_both_sides(page: list[Page]) -> None:
    line = page[-1].line("清岚县绩效管理委员会办公室")
    assert line[0].left == pytest.approx(LEFT + 14 / MM, abs=0.1)
    assert line[-1].left + 14 / MM == pytest.approx(RIGHT - 14 / MM, abs=0.3)


def test_a_page_with_nothing_but_the_colophon_has_no_number(fonts: FontSet) -> None:
    last = printed(fonts, body=(paragraph("绩" * 28 * 21),), annexes=())[-1]
    assert last.texts[0].startswith("抄送：")
    assert last.page_number == []


def test_the_date_keeps_four_characters_free_below_a_centred_signature(page: list[Page]) -> None:
    signature, date = page[2].line("清岚县绩效"), page[2].line("2027年2月24日")
    # Digits of some fonts are wider than half a character: a quarter of one is allowed.
    assert date[-1].left + CHARACTER == pytest.approx(RIGHT - 4 * CHARACTER, abs=1.4)
    centres = [(line[0].left + line[-1].left + CHARACTER) / 2 for line in (signature, date)]
    assert centres[0] == pytest.approx(centres[1], abs=0.3)


def test_the_signature_leaves_room_for_a_seal(page: list[Page]) -> None:
    names = ("附件：", "清岚县绩效", "（此件")
    above, signature, note = (page[2].line(name)[0].baseline for name in names)
    assert signature - above == pytest.approx(3 * 10.44, abs=0.1)  # two empty lines
    assert note - CHARACTER - above > 45


@pytest.mark.parametrize("lines", range(19, 30, 2))
def test_the_signature_is_never_alone_on_a_page(fonts: FontSet, lines: int) -> None:
    found = printed(fonts, body=(paragraph("绩" * 28 * lines),), annexes=())
    (with_date,) = [one for one in found if any(text == "2027年2月24日" for text in one.texts)]
    assert with_date.texts[0].startswith("绩")


@pytest.mark.parametrize("lines", range(1, 20, 2))
def test_a_short_last_paragraph_goes_with_the_signature(fonts: FontSet, lines: int) -> None:
    body = (*(paragraph("绩" * 20) for _ in range(lines)), paragraph("特此通知。"))
    found = printed(fonts, body=body, annexes=())
    (with_date,) = [one for one in found if any(text == "2027年2月24日" for text in one.texts)]
    assert "特此通知。" in with_date.texts


def test_the_first_page_shows_text_below_the_largest_header(fonts: FontSet) -> None:
    header = Header(
        mark="清岚县人民政府文件", copy_number=1, secrecy="机密★1年", urgency="特急",
        signers=("张三", "李四", "王五", "赵六", "陈七", "周八"),
    )  # fmt: skip
    first = printed(fonts, header=header, title=("甲" * 18,) * 4)[0]
    assert first.texts[:2] == ["000001", "机密★1年"]
    assert any(text.startswith("按照") for text in first.texts)


def test_an_annex_begins_a_new_page_with_its_mark_and_the_title_on_the_third_line(
    page: list[Page],
) -> None:
    mark, title = page[3].lines[0][0], page[3].lines[1][0]
    assert (mark.text, mark.left) == ("附", pytest.approx(LEFT, abs=0.1))
    assert title.baseline - mark.baseline > 2 * 10


def test_a_table_breaks_across_pages_and_repeats_its_header(fonts: FontSet) -> None:
    rows = tuple((str(number), f"县第{number}单位") for number in range(1, 61))
    table = Table(widths=(1, 3), header=(("序号", "单位"),), rows=rows)
    found = printed(fonts, annexes=(Annex(title="名单", blocks=(table,)),))[3:]
    with_rows = [one.texts for one in found if any("县第" in text for text in one.texts)]
    assert len(with_rows) == 3
    assert all("序号单位" in texts for texts in with_rows)


def test_lines_never_begin_with_closing_punctuation(fonts: FontSet) -> None:
    text = "".join(f"{'绩' * length}，效。" for length in range(1, 60))
    for one in printed(fonts, body=(paragraph(text),)):
        assert not [line for line in one.texts if line[0] in "，。"]


def test_hostile_text_is_printed_as_it_is(fonts: FontSet) -> None:
    table = Table(widths=(1,), rows=((HOSTILE,),), notes=(HOSTILE,))
    body = (Heading(level=1, text=HOSTILE), paragraph(HOSTILE), table)
    content = render_pdf(bulletin(body=body, recipients=HOSTILE), fonts=fonts).content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "".join(text.split()).count("".join(HOSTILE.split())) == 5


def test_a_very_long_word_stays_inside_the_type_area(fonts: FontSet) -> None:
    for one in printed(fonts, body=(paragraph("W" * 200), paragraph("x/" * 200))):
        assert max(char.left for char in one.characters) < RIGHT


def test_rare_characters_come_from_another_font_and_that_is_said(fonts: FontSet) -> None:
    file = render_pdf(bulletin(body=(paragraph("赟祎喆"),)), fonts=fonts)
    lacking = [char for char in "喆祎赟" if not fonts.chains["仿宋"][0].has(char)]
    assert any("".join(lacking) in line and "改用" in line for line in file.substitutions) == bool(
        lacking
    )


def test_a_missing_character_is_named_with_its_place(fonts: FontSet) -> None:
    with pytest.raises(DocumentError, match="正文第2段的“\U0002a6a5”；附注的“\ue000”"):
        render_pdf(
            bulletin(body=(paragraph("甲"), paragraph("\U0002a6a5")), note="\ue000"), fonts=fonts
        )


def test_the_file_declares_pdf_a_2b(example: PdfFile) -> None:
    metadata = PdfReader(io.BytesIO(example.content)).xmp_metadata
    assert metadata is not None
    stream = metadata.stream.get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in stream
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in stream


def test_all_fonts_are_embedded(example: PdfFile) -> None:
    reader = PdfReader(io.BytesIO(example.content))
    found = [
        font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    files = [
        font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in found
    ]
    assert len(found) >= 4
    assert all("/FontFile2" in file or "/FontFile3" in file for file in files)


def test_the_same_document_gives_the_same_bytes(example: PdfFile, fonts: FontSet) -> None:
    assert render_pdf(bulletin(), fonts=fonts).content == example.content
    dates = set(re.findall(rb"D:(\d{8})", example.content))
    assert dates == {b"20270224"}


def test_pages_are_counted_whatever_the_title_says(fonts: FontSet, example: PdfFile) -> None:
    assert example.pages == 4
    assert render_pdf(bulletin(title="/Type/Pages/Count 9"), fonts=fonts).pages == 4
