"""Are numbers, titles and places worked out as GB/T 9704 wants them?"""

import datetime as dt

import pytest

from jixiao.gongwen.composition import (
    Line,
    annex_marks,
    annex_statement,
    chinese_date,
    chinese_number,
    composed,
    note_labels,
    signature_place,
    texts,
    title_lines,
)
from jixiao.gongwen.document import Annex, Document, Face, Heading
from jixiao.gongwen.tests.examples import bulletin, paragraph


def numbers(*levels: int) -> list[str]:
    lines = composed(tuple(Heading(level=level, text="甲") for level in levels))
    return [line.runs[0].text for line in lines if isinstance(line, Line)]


def annexes(*titles: str) -> tuple[Annex, ...]:
    return tuple(Annex(title=title, blocks=(paragraph("甲"),)) for title in titles)


def test_levels_are_numbered_and_deeper_ones_begin_anew() -> None:
    assert numbers(1, 2, 2, 3, 4, 4, 1, 2) == [
        "一、甲", "（一）甲", "（二）甲", "1.甲", "（1）甲", "（2）甲", "二、甲", "（一）甲",
    ]  # fmt: skip


def test_each_level_has_its_typeface() -> None:
    lines = composed(tuple(Heading(level=level, text="甲") for level in (1, 2, 3, 4)))
    faces = [line.runs[0].face for line in lines if isinstance(line, Line)]
    assert faces == [Face.HEITI, Face.KAITI, Face.FANGSONG, Face.FANGSONG]


def test_a_heading_runs_in_with_its_paragraph() -> None:
    (line,) = composed((Heading(level=2, text="自查自纠", runs="各单位"),))
    assert isinstance(line, Line)
    assert [(run.text, run.face) for run in line.runs] == [
        ("（一）自查自纠。", Face.KAITI),
        ("各单位", Face.FANGSONG),
    ]


def test_a_run_in_heading_keeps_its_own_stop() -> None:
    (line,) = composed((Heading(level=2, text="自查自纠！", runs="各单位"),))
    assert isinstance(line, Line)
    assert line.runs[0].text == "（一）自查自纠！"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_dates_have_no_leading_zeros() -> None:
    assert chinese_date(dt.date(2026, 2, 5)) == "2026年2月5日"


def test_one_annex_has_no_number_and_several_have() -> None:
    assert annex_marks(annexes("名单")) == ["附件"]
    assert annex_marks(annexes("名单", "得分")) == ["附件1", "附件2"]
    assert annex_statement(annexes("名单")) == [("附件：", "名单")]
    assert annex_statement(annexes("名单", "得分。")) == [
        ("附件：1.", "名单"),
        ("　　　2.", "得分"),
    ]


def test_table_notes_are_numbered_when_there_are_several() -> None:
    assert note_labels(0) == []
    assert note_labels(1) == ["注："]
    assert note_labels(2) == ["注：1.", "　　2."]


def test_a_long_title_breaks_after_a_whole_word() -> None:
    assert title_lines(("关于2026年度全县绩效管理工作年终评估情况的通报",)) == (
        "关于2026年度全县绩效管理工作",
        "年终评估情况的通报",
    )


def test_a_title_given_in_lines_stays_as_it_is() -> None:
    assert title_lines(("全县绩效管理", "情况通报")) == ("全县绩效管理", "情况通报")


def test_a_title_never_breaks_a_year_or_before_a_closing_mark() -> None:
    title = ("清岚县人民政府办公室关于印发2026年度绩效评估“三不到位”整改方案的通知",)
    lines = title_lines(title)
    assert "".join(lines) == title[0]
    assert not any(line[0] in "”、，》" or line.startswith("026") for line in lines)


def placed(signature: str, *, sealed: bool) -> tuple[float, float]:
    place = signature_place(bulletin(signatures=signature, sealed=sealed))
    return place.signature, place.date


def test_with_a_seal_the_date_keeps_four_characters_to_its_right() -> None:
    # 2027年2月24日 is 6.5 wide; centred between 28 - 6.5 - 8 and the margin it leaves four.
    assert placed("县绩效办", sealed=True) == (13.5, 13.5)


def test_without_a_seal_the_date_begins_two_right_of_the_signature() -> None:
    assert placed("清岚县绩效管理委员会办公室", sealed=False) == (13, 15)


def test_without_a_seal_a_date_longer_than_the_signature_keeps_two_to_its_right() -> None:
    assert placed("县绩效办", sealed=False) == (17.5, 19.5)


def test_every_text_knows_its_place() -> None:
    found: Document = bulletin()
    places = {text: place for place, _, text in texts(found)}
    assert places["一、评估过程"] == "正文第2段"
    assert places["1.云溪镇"] == "附件第1段的表格表体第1行"
    assert places["此件公开发布"] == "附注"
