"""Does a bulletin that was edited in Word come back with its references, and nothing unnoticed?"""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jixiao.bulletins.compose import BulletinError, facts_of
from jixiao.bulletins.mending import KEEP, TYPED, Lost, mended, written
from jixiao.bulletins.returned import REFUSE
from jixiao.bulletins.returning import (
    Fate,
    Returned,
    UndecidedError,
    UnreadableDocxError,
    applied,
    marked_docx,
    read_back,
)
from jixiao.bulletins.standing import Standing, TierList
from jixiao.bulletins.template import Colophon, Paragraph, Template
from jixiao.gongwen.document import DocumentError

STANDING = Standing(
    (
        TierList("先进", (("乡镇", ("云溪镇", "河口镇")), ("部门", ("教育局",)))),
        TierList("达标", (("乡镇", ("石桥镇",)), ("部门", ("财政局", "林业局")))),
    )
)
BODY = (
    Paragraph(text="对{单位数}个单位进行了评估，现将情况通报如下。"),
    Paragraph(level="1", heading="评估情况"),
    Paragraph(level="2", heading="分档情况", text="{分档名单}。[[平均{平均分}分。]]"),
    Paragraph(level="2", heading="先进{单位数：先进}个", text="有{名单：先进}等单位，[[其中乡镇{单位数：先进·乡镇}个，]]继续努力。"),
    Paragraph(text="[[上年平均分变化{平均分变化}。]]"),
    Paragraph(level="1", heading="有关要求"),
    Paragraph(text="抓好整改，做好今后工作。"),
    Paragraph(text="特此通报。"),
)  # fmt: skip


def template(body: tuple[Paragraph, ...] = BODY, **more: object) -> Template:
    return Template.model_validate(
        {
            "mark": "清岚县绩效管理委员会文件", "title": ("关于{单位数}个单位分档情况的通报",),
            "recipients": "各有关单位", "body": body, "annex_title": ("分档情况",),
            "annex_notes": ("共{单位数}个单位。", "[[{不参评单位}不参加。]]", "按机构序排列。"),
            "signatures": ("清岚县绩效管理委员会",), "signed_on": "2027-02-24",
            "number_code": "清绩委", "number_year": 2027, "number_serial": 3,
            "colophon": Colophon.model_validate({"printed_by": "县绩效办", "printed_on": "2027-02-24"}),
        }
        | more
    )  # fmt: skip


OURS = template()
SLOW = settings(deadline=None, suppress_health_check=list(HealthCheck))
FACTS = facts_of(STANDING, OURS)
SENT = marked_docx(OURS, FACTS)


def edited(*changes: tuple[str, str], docx: bytes = SENT) -> bytes:
    """The file with pieces of its XML replaced, as an editor would write it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/document.xml":
                said = text.decode()
                for old, new in changes:
                    assert old in said, old
                    said = said.replace(old, new)
                text = said.encode()
            target.writestr(name, text)
    return made.getvalue()


def without_bookmarks(docx: bytes) -> bytes:
    said = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    marks = set(re.findall(r"<w:bookmark(?:Start|End)[^>]*/>", said))
    return edited(*((mark, "") for mark in marks), docx=docx)


def paragraph_of(text: str) -> str:
    """The XML of the paragraph that holds these words."""
    said = zipfile.ZipFile(io.BytesIO(SENT)).read("word/document.xml").decode()
    return next(each for each in re.findall(r"<w:p>.*?</w:p>", said) if text in each)


def back(*changes: tuple[str, str]) -> Returned:
    return read_back(edited(*changes), OURS, FACTS)


def new_body(returned: Returned, **choices: str) -> list[str]:
    made = applied(OURS, returned, choices)
    return [
        each.heading + "|" + each.text if each.level != "0" else each.text for each in made.body
    ]


def test_an_unedited_file_changes_nothing() -> None:
    returned = read_back(SENT, OURS, FACTS)
    assert (returned.changes, returned.remarks, returned.lost) == ((), (), ())
    assert applied(OURS, returned) == OURS


def test_nor_does_one_that_lost_its_bookmarks() -> None:
    returned = read_back(without_bookmarks(SENT), OURS, FACTS)
    assert (returned.changes, applied(OURS, returned)) == ((), OURS)


PLAIN = st.text(
    st.characters(
        exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), exclude_characters="{}[]\ufffe\uffff"
    ),
    max_size=12,
)
RISKY = st.sampled_from(
    ["{单位数}", "{名单：先进}", "{单位数：达标}", "{分档名单}", "[[", "]]", "{", "}", "{}", "3", "6", "个",
     "一、", "（一）", "1.", "（1）", "1、", "。", "　", " ", "[[{平均分}]]", "[[{单位数}]]", "注：", "附件"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PLAIN, RISKY), max_size=6).map("".join)
PARAGRAPHS = st.builds(
    lambda level, heading, text: Paragraph(level=level, heading=heading, text=text),
    st.sampled_from(["0", "0", "1", "2", "3", "4"]), TEXTS, TEXTS,
)  # fmt: skip


@settings(SLOW, max_examples=25)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=6), st.lists(TEXTS, max_size=2), st.booleans())
def test_whatever_the_template_an_unedited_file_changes_nothing(
    body: list[Paragraph], notes: list[str], keeps_marks: object
) -> None:
    made = template(tuple(body), annex_notes=tuple(notes))
    facts = facts_of(STANDING, made)
    try:
        sent = marked_docx(made, facts)
        returned = read_back(sent if keeps_marks else without_bookmarks(sent), made, facts)
    except (BulletinError, DocumentError, UnreadableDocxError):
        return
    assert (returned.changes, applied(made, returned)) == ((), made)


@SLOW
@given(TEXTS, TEXTS)
def test_any_edit_reads_afterwards_as_it_was_typed(old: str, new: str) -> None:
    """Whatever became of the references, and whatever is decided where none was overwritten."""
    pieces = FACTS.pieces(old)
    assume(not any(piece.problem for piece in pieces))
    typed = re.sub(r"[\[\]{}]", "", new)
    parts = mended(pieces, typed, key="b")
    choices = {part.key: TYPED for part in parts if isinstance(part, Lost)}
    assert FACTS.fill(written(parts, choices)) == typed


@SLOW
@given(TEXTS, st.integers(0, 40), PLAIN)
def test_an_insertion_overwrites_no_reference_but_where_it_stands(
    old: str, at: int, new: str
) -> None:
    pieces = FACTS.pieces(old)
    assume(not any(piece.problem for piece in pieces))
    said = "".join(piece.said for piece in pieces)
    at = min(at, len(said))
    parts = mended(pieces, said[:at] + new + said[at:], key="b")
    assert sum(isinstance(part, Lost) for part in parts) <= 1


def test_words_around_a_reference_may_change() -> None:
    returned = back(("对6个单位进行了评估", "对全县6个单位开展了评估"))
    assert new_body(returned)[0] == "对全县{单位数}个单位开展了评估，现将情况通报如下。"


def test_a_figure_typed_over_a_reference_waits_for_a_decision() -> None:
    returned = back(("对6个单位", "对7个单位"))
    (lost,) = returned.lost
    assert (lost.reference, lost.value, lost.typed) == ("{单位数}", "6", "7")
    with pytest.raises(UndecidedError, match="单位数"):
        applied(OURS, returned)
    assert new_body(returned, **{lost.key: KEEP})[0].startswith("对{单位数}个单位")
    assert new_body(returned, **{lost.key: TYPED})[0].startswith("对7个单位")


@pytest.mark.parametrize("typed", ["16", "60", "6.5", "1.6"])
def test_a_figure_that_grew_at_an_end_is_another_figure(typed: str) -> None:
    (lost,) = back(("对6个单位", f"对{typed}个单位")).lost
    assert lost.typed == typed


def test_a_deleted_figure_can_be_put_back() -> None:
    returned = back(("对6个单位", "对有关单位"))
    (lost,) = returned.lost
    assert lost.typed == ""
    assert new_body(returned, **{lost.key: TYPED})[0].startswith("对有关单位")


def test_a_unit_struck_from_a_list_is_told() -> None:
    returned = back(("有云溪镇、河口镇、教育局等", "有云溪镇、教育局等"))
    (lost,) = returned.lost
    assert (lost.reference, lost.typed) == ("{名单：先进}", "云溪镇、教育局")


def test_only_the_overwritten_reference_is_asked_about() -> None:
    returned = back(("先进单位3个", "先进单位4个"), ("其中乡镇2个", "其中，乡镇有2个"))
    assert [lost.reference for lost in returned.lost] == ["{分档名单}"]
    text = new_body(returned, **{returned.lost[0].key: KEEP})[3]
    assert text.endswith("[[其中，乡镇有{单位数：先进·乡镇}个，]]继续努力。")


def test_what_was_not_printed_stays_in_the_template() -> None:
    body = new_body(back(("特此通报", "特此通报全县")))
    assert "[[上年平均分变化{平均分变化}。]]" in body
    assert "[[平均{平均分}分。]]" in body[2]


def test_a_stretch_that_was_deleted_is_gone_with_its_brackets() -> None:
    returned = back(("其中乡镇2个，", ""))
    assert returned.lost[0].typed == ""
    text = new_body(returned, **{returned.lost[0].key: TYPED})[3]
    assert text == "先进{单位数：先进}个|有{名单：先进}等单位，继续努力。"


def test_a_heading_keeps_its_reference_too() -> None:
    body = new_body(back(("先进3个", "先进单位3个")))
    assert body[3].startswith("先进单位{单位数：先进}个|有{名单：先进}等单位")


def test_a_new_paragraph_is_added_in_its_place_with_its_level() -> None:
    plain = paragraph_of("抓好整改")
    new = plain.replace("抓好整改，做好今后工作。", "（一）加强培训。各单位要办好培训。")
    new = re.sub(r"<w:bookmark[^>]*/>", "", new)
    returned = back((plain, new + plain))
    assert [each.fate for each in returned.changes] == [Fate.ADDED]
    assert new_body(returned)[6:8] == ["加强培训|各单位要办好培训。", "抓好整改，做好今后工作。"]


def test_a_number_that_moved_on_is_no_change() -> None:
    assert back(("（二）", "（三）")).changes == ()


def test_a_removed_paragraph_is_told_and_can_be_refused() -> None:
    returned = back((paragraph_of("抓好整改"), ""))
    assert [each.fate for each in returned.changes] == [Fate.REMOVED]
    assert len(new_body(returned)) == len(BODY) - 1
    assert applied(OURS, returned, {returned.changes[0].key: REFUSE}) == OURS


def test_a_paragraph_that_moved_is_moved() -> None:
    one, other = paragraph_of("抓好整改"), paragraph_of("对6个单位")
    returned = back((one, ""), (other, one + other))
    assert [(each.fate, each.moved) for each in returned.changes] == [(Fate.KEPT, True)]
    assert new_body(returned)[:2] == [BODY[6].text, BODY[0].text]
    assert applied(OURS, returned, {returned.changes[0].key: REFUSE}) == OURS


def test_a_paragraph_that_was_split_keeps_its_references() -> None:
    half = "</w:t></w:r></w:p><w:p><w:r><w:t>"
    returned = back(("个单位进行了评估，", f"个单位进行了评估。{half}"), ("对6个", "经研究，对6个"))
    assert new_body(returned)[:2] == ["经研究，对{单位数}个单位进行了评估。", "现将情况通报如下。"]


def test_a_reference_in_the_second_half_of_a_split_is_kept() -> None:
    half = "</w:t></w:r></w:p><w:p><w:r><w:t>"
    returned = back(("等单位，", f"等单位。{half}"))
    assert returned.lost == ()
    assert new_body(returned)[4] == "[[其中乡镇{单位数：先进·乡镇}个，]]继续努力。"


def test_joined_paragraphs_keep_the_references_of_both() -> None:
    first, second = paragraph_of("对6个单位"), paragraph_of("一、评估情况")
    runs = re.sub(r"<w:p><w:pPr>.*?</w:pPr>|</w:p>", "", second)
    returned = back((second, ""), (first, first.replace("</w:p>", f"{runs}</w:p>")))
    assert new_body(returned)[0] == BODY[0].text + "一、评估情况"


def test_title_recipients_and_notes_can_change() -> None:
    returned = back(
        ("关于6个单位", "关于全县6个单位"), ("各有关单位：", "各乡镇、各部门："),
        ("共6个单位。", "共有6个单位。"),
    )  # fmt: skip
    made = applied(OURS, returned)
    assert made.title == ("关于全县{单位数}个单位分档情况的通报",)
    assert made.recipients == "各乡镇、各部门"
    assert made.annex_notes == ("共有{单位数}个单位。", *OURS.annex_notes[1:])


def test_a_reference_written_in_word_works() -> None:
    assert new_body(back(("抓好整改", "{名单：达标}要抓好整改")))[6].startswith("{名单：达标}要")


@pytest.mark.parametrize(
    ("old", "new"),
    [("清绩委〔2027〕3号", "清绩委〔2027〕5号"), ("2027年2月24日", "2027年3月1日"),
     ("1、云溪镇", "1、云溪县"), ("2027年2月24日印发", "2027年2月25日印发")],
)  # fmt: skip
def test_what_the_platform_makes_is_not_taken_over_but_told(old: str, new: str) -> None:
    returned = back((old, new))
    assert applied(OURS, returned) == OURS
    assert any("请在平台上改" in each for each in returned.remarks)


def test_a_template_changed_meanwhile_still_knows_its_paragraphs() -> None:
    later = template((Paragraph(text="另加一段。"), *BODY[:6], *BODY[7:]))
    returned = read_back(edited(("抓好整改", "狠抓整改")), later, facts_of(STANDING, later))
    assert [each.fate for each in returned.changes] == [Fate.REMOVED, Fate.ADDED]


def test_tracked_changes_and_comments_are_respected() -> None:
    returned = back(
        (
            "做好今后工作。",
            "</w:t></w:r><w:ins><w:r><w:t>做好来年工作。</w:t></w:r></w:ins><w:r><w:t>",
        )
    )
    assert (new_body(returned)[6], returned.tracked) == ("抓好整改，做好来年工作。", 1)


def test_another_document_is_refused() -> None:
    other = template((Paragraph(text="完全是另一件事"),), title=("请示",), recipients="")
    with pytest.raises(UnreadableDocxError, match="对得上"):
        read_back(marked_docx(other, FACTS), template(BODY[:1]), FACTS)


@pytest.mark.skipif(not shutil.which("soffice"), reason="没有LibreOffice，未试真实的另存")
def test_what_libreoffice_saved_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "通报.docx").write_bytes(edited(("做好今后工作", "做好来年工作")))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "存")]
    subprocess.run([*command, str(tmp_path / "通报.docx")], check=True, capture_output=True)
    returned = read_back((tmp_path / "存" / "通报.docx").read_bytes(), OURS, FACTS)
    assert [each.key for each in returned.changes] == ["b6"]
    assert applied(OURS, returned).body[:6] == BODY[:6]
