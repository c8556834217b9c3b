"""Are figures live, typed ones noticed, marks told only where they may be, hostile words harmless?"""

import time
from datetime import date

import pytest

from jixiao.bulletins import blocks
from jixiao.bulletins.draft import MARKS_TITLE, Draft
from jixiao.bulletins.offers import offers
from jixiao.bulletins.remarks import Remark, characters, remarks
from jixiao.bulletins.template import Colophon, Paragraph, Template
from jixiao.bulletins.tests.factories import text
from jixiao.bulletins.typed import typed_figures
from jixiao.results.tests.county import county
from jixiao.scoring.numbers import mark_text


def draft(*words: str, with_marks: bool = False, **more: object) -> Draft:
    return Draft(county(), text(*words, shows_marks=with_marks, **more))


def found(
    made: Draft, *, is_public: bool = False, limit: int = 5000, people: tuple[str, ...] = ()
) -> list[Remark]:
    return list(remarks(made, limit=limit, is_public=is_public, people=people))


# ── References ─────────────────────────────────────────────────────────────────────────────


def test_a_reference_says_what_the_result_says() -> None:
    made = draft("全县{单位数}个单位，先进{单位数：先进}个。")
    said = [piece.said for piece in made.blocks[0].text if piece.is_reference]
    tiers = [county().tier_of(unit) for unit in county().year]
    assert said == [str(len(tiers)), str(tiers.count("先进"))]


def test_every_offer_is_a_reference_with_an_answer() -> None:
    facts = draft().facts
    for offer in offers(facts):
        (piece,) = facts.pieces(offer.reference)
        assert (piece.said, piece.problem) == (offer.value, "")


def test_a_reference_is_put_in_where_the_at_stands_else_before_the_stop() -> None:
    assert blocks.inserted("共@个单位。", "{单位数}") == "共{单位数}个单位。"
    assert blocks.inserted("先进单位：。", "{名单：先进}") == "先进单位：{名单：先进}。"
    assert blocks.inserted("", "{单位数}") == "{单位数}"


# ── Paragraphs ─────────────────────────────────────────────────────────────────────────────


def words(template: Template) -> list[str]:
    return [each.text for each in template.body]


def test_paragraphs_are_moved_added_and_taken_out() -> None:
    made = text("一", "二", "三")
    assert words(blocks.moved(made, 2, way="up")) == ["一", "三", "二"]
    assert words(blocks.moved(made, 0, way="up")) == ["一", "二", "三"]
    assert words(blocks.added(made, 0)) == ["一", "", "二", "三"]
    assert words(blocks.removed(made, 1)) == ["一", "三"]
    assert words(blocks.removed(text("一"), 0)) == [""]


def test_a_new_line_is_a_new_paragraph() -> None:
    changed = blocks.changed(text("一", "二"), 0, paragraph=Paragraph(text="甲\n\n 乙 \n丙"))
    assert words(changed) == ["甲", "乙", "丙", "二"]


def test_headings_are_numbered_as_in_print() -> None:
    levels = ("1", "2", "2", "1", "2", "0")
    body = tuple(Paragraph(level=each, heading="小标题") for each in levels)  # type: ignore[arg-type]
    made = Draft(county(), text().model_copy(update={"body": body}))
    assert [each.number for each in made.blocks] == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "（一）",
        "",
    ]


def test_a_draft_is_dated_today_wherever_it_has_a_date() -> None:
    last = Colophon(printed_by="县绩效办", printed_on=date(2026, 2, 24))
    today = text(colophon=last, number_serial=7).unnumbered(date(2026, 11, 28))
    assert today.colophon is not None
    assert (today.signed_on, today.colophon.printed_on) == (date(2026, 11, 28),) * 2
    assert today.number_serial == 0


# ── What is noticed ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("《2026年度办法》〔2026〕1号第3条，2026年3月2日，{单位数：1}", []),
        ("共43个单位，平均78.8分", ["43", "78.8"]),
        ("比上年提高3个百分点", ["3"]),
    ],
)
def test_figures_typed_by_hand_are_told_from_dates_and_numbers(
    written: str, figures: list[str]
) -> None:
    assert [each.figure for each in typed_figures(text(written))] == figures


def test_a_typed_figure_that_a_reference_gives_is_told_which() -> None:
    count = len(county().year)
    (remark,) = found(draft(f"对全县{count}个单位进行了评估，{{分档名单}}。"))
    assert not remark.must
    assert "{单位数}" in remark.message
    assert remark.block == 0


def test_a_finding_stands_at_its_paragraph() -> None:
    remark = found(draft("{分档名单}。", "特此说明。", "评出先进单位99个。"))[0]
    assert (remark.must, remark.block) == (True, 2)


def test_a_text_over_the_limit_is_reminded_of() -> None:
    made = draft("字" * 300)
    assert characters(made.document) == 300 + len(made.title) + len("各有关单位")
    assert "超过200字" in found(made, limit=200)[0].message
    assert found(made, limit=5000) == []


# ── Marks and people ───────────────────────────────────────────────────────────────────────


def test_marks_stand_in_the_annex_only_where_they_may() -> None:
    assert [each.title for each in draft().document.annexes] == [("评估分档情况",)]
    marked = draft(with_marks=True).document.annexes[-1]
    assert marked.title == (MARKS_TITLE,)
    assert len(marked.blocks[0].rows) == len(county().year)  # type: ignore[union-attr]


def test_tiers_only_means_the_scheme_s_order_whatever_was_asked() -> None:
    plain, ranked = draft("{名单：先进}"), draft("{名单：先进}", order="rank")
    assert ranked.blocks == plain.blocks
    open_ranks = draft("{名单：先进}", order="rank", with_marks=True)
    assert open_ranks.blocks != plain.blocks


def test_a_unit_s_mark_is_not_typed_into_a_bulletin_of_tiers() -> None:
    result = county()
    mark = mark_text(result.year["云溪镇"]["ranked"] or 0, result.scheme.decimals)
    assert any(each.must for each in found(draft(f"云溪镇得{mark}分。")))
    assert not any(each.must for each in found(draft(f"云溪镇得{mark}分。", with_marks=True)))


def test_a_public_bulletin_names_nobody() -> None:
    made = draft("联系人何晓雨，电话13800001234。")
    people = ("何晓雨", "联系")
    said = found(made, is_public=True, people=people)
    assert [each.must for each in said if each.title == "个人信息"] == [True, True, False]
    assert not [each for each in found(made, people=people) if each.title == "个人信息"]


# ── Hostile words ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [
        "{" * 5000,
        "{}" * 2500,
        "}{" * 2500,
        "{a：" * 1600,
        "{单位数}" * 700,
        "<b>" * 1600,
        "共9个" * 1200,
    ],
)
def test_strange_words_are_answered_in_time(words: str) -> None:
    begun = time.perf_counter()
    made = draft(words)
    found(made)
    assert made.blocks
    assert time.perf_counter() - begun < 5


def test_braces_without_an_answer_stay_words() -> None:
    made = draft("数组{甲}和{", "{单位数}")
    assert made.unanswered
    assert "｛甲｝和｛" in str(made.document)


@pytest.mark.parametrize("char", ["\x00", "\u202e", "\ufffe"])
def test_invisible_characters_are_told_not_printed(char: str) -> None:
    made = draft(f"甲{char}乙")
    assert any(each.must and "控制字符" in each.message for each in found(made))


def test_a_text_of_100_kilobytes_is_refused() -> None:
    assert blocks.too_much(text("字" * 100_000))
    assert blocks.too_much(text(*(["一"] * 200)))
    assert not blocks.too_much(text("字" * 5000))
