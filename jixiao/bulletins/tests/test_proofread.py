"""Does the consistency check find every disagreement in a bulletin, and nothing false?"""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.bulletins.claims import value
from jixiao.bulletins.names import resembles
from jixiao.bulletins.proofread import Finding, Kind, Severity, proofread
from jixiao.bulletins.rolls import read_rolls
from jixiao.bulletins.standing import Standing, TierList

SOURCE = Path(__file__).parents[4] / "shared" / "source" / "guannan-2010-07-bulletin.txt"
TIERS = {"先进": 16, "达标": 27}


@pytest.fixture(scope="module")
def source() -> str:
    if not SOURCE.exists():
        pytest.skip("真实通报不在 ../shared/source 中，本组核稿测试未执行。")
    return SOURCE.read_text(encoding="utf-8")


def lists(text: str, *, place: str) -> dict[str, list[str]]:
    rolls = read_rolls(text.split("\n")).rolls
    return {r.labels[0]: [e.name for e in r.entries] for r in rolls if r.place == place}


def cell(text: str, name: str) -> str:
    padded = r"\s*".join(name)
    match = re.search(rf"\t\d+、{padded}\n", text)
    assert match
    return match[0]


def told(text: str, kind: Kind, *words: str, standing: Standing | None = None) -> list[Finding]:
    """The findings of one kind whose message names all these words."""
    found = proofread(text, standing=standing)
    return [f for f in found if f.kind is kind and all(word in f.message for word in words)]


def once(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def body_list(text: str, tier: str) -> str:
    match = re.search(rf"{tier}单位\d+个：[^；。]*", text)
    assert match
    return match[0]


def drop_from_body(text: str, name: str) -> str:
    for tier in TIERS:
        old = body_list(text, tier)
        new = re.sub(rf"(?<=：){name}、|、{name}(?=、|$)", "", old)
        if new != old:
            return once(text, old, new)
    raise AssertionError(name)


# --- the real bulletin ---------------------------------------------------------------------


def test_the_real_bulletin_has_one_unit_under_two_names_and_nothing_else(source: str) -> None:
    (finding,) = proofread(source)
    assert finding.kind is Kind.TWO_NAMES
    assert finding.severity is Severity.MUST
    assert finding.excerpts == ("信用社", "信用联社")
    lines = source.split("\n")
    assert all(w in lines[n - 1] for w, n in zip(finding.excerpts, finding.lines, strict=True))


def test_both_lists_of_the_real_bulletin_are_read_whole(source: str) -> None:
    for place in ("正文", "附件"):
        assert {k: len(v) for k, v in lists(source, place=place).items()} == TIERS
    assert "中行" in lists(source, place="附件")["达标"]


def test_the_real_bulletin_is_clean_once_the_two_names_are_one(source: str) -> None:
    assert proofread(once(source, "信用社", "信用联社")) == ()
    assert proofread(once(source, "信用联社", "信用社")) == ()


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_make_no_difference(source: str, ends: str) -> None:
    assert proofread(source.replace("\n", ends)) == proofread(source)


def test_a_lost_tab_makes_no_false_finding(source: str) -> None:
    stripped = "\n".join(line.rstrip() for line in source.split("\n"))
    assert [f.excerpts for f in proofread(stripped)] == [("信用社", "信用联社")]


@pytest.mark.parametrize("off", [-1, 1, 10])
@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("form", ["{}单位{}个：", "{}单位（{}个）\n"])
def test_every_wrong_count_is_found(source: str, form: str, tier: str, off: int) -> None:
    wrong = TIERS[tier] + off
    text = once(source, form.format(tier, TIERS[tier]), form.format(tier, wrong))
    (finding,) = told(text, Kind.COUNT)
    assert f"{wrong}个" in finding.message
    assert f"实为{TIERS[tier]}个" in finding.message
    assert len(proofread(text)) == 2


def test_every_unit_missing_from_the_text_is_found(source: str) -> None:
    for tier, names in lists(source, place="正文").items():
        for name in names:
            text = drop_from_body(source, name)
            lost = "信用联社" if name == "信用社" else name
            assert told(text, Kind.MISSING, f"“{lost}”", f"正文“{tier}”名单中没有"), name
            assert told(text, Kind.COUNT, f"实为{TIERS[tier] - 1}个"), name
            assert len(told(text, Kind.MISSING)) == 1, name


@pytest.mark.parametrize("blank", ["\t\n", ""])
def test_every_unit_missing_from_the_annex_is_found(source: str, blank: str) -> None:
    for names in lists(source, place="附件").values():
        for name in names:
            text = once(source, cell(source, name), blank)
            lost = "信用社" if name == "信用联社" else name
            assert told(text, Kind.MISSING, f"“{lost}”列入正文"), name
            if blank:
                assert len(told(text, Kind.MISSING)) == 1, name


def test_every_unit_repeated_in_the_other_tier_of_the_text_is_found(source: str) -> None:
    for tier, names in lists(source, place="正文").items():
        (other,) = TIERS.keys() - {tier}
        old = body_list(source, other)
        for name in names:
            text = once(source, old, f"{old}、{name}")
            assert told(text, Kind.TWO_TIERS, f"“{name}”", "先进", "达标"), name
            assert told(text, Kind.COUNT, f"实为{TIERS[other] + 1}个"), name
            assert not told(text, Kind.MISSING), name


def test_every_unit_repeated_in_the_other_tier_of_the_annex_is_found(source: str) -> None:
    ninth = re.escape(cell(source, "司法局")) + "\t\n\t\n" + re.escape(cell(source, "统计局"))
    for tier, names in lists(source, place="附件").items():
        column = 0 if tier == "达标" else 3
        for name in names:
            cells = ["\t"] * 7
            cells[column] = f"\t{7 if column == 0 else 9}、{name}"
            row = "\n" + "\n".join(cells) + "\n"
            text = re.sub(
                ninth + r"\t\n|" + ninth, lambda m, r=row: m[0] + "\n" + r, source, count=1
            )
            assert text != source
            seen = "信用社" if name == "信用联社" else name
            assert told(text, Kind.TWO_TIERS, f"“{seen}”", "先进", "达标"), name


def test_every_unit_listed_twice_is_found(source: str) -> None:
    for tier, names in lists(source, place="正文").items():
        old = body_list(source, tier)
        for name in names:
            text = once(source, old, f"{old}、{name}")
            shown = told(text, Kind.REPEATED, f"“{name}”", "2次")
            assert len(shown) == 1, name


def test_every_wrong_number_in_the_annex_columns_is_found(source: str) -> None:
    for names in lists(source, place="附件").values():
        for name in names:
            old = cell(source, name)
            number = int(re.findall(r"\d+", old)[0])
            for wrong in (number + 1, number + 30):
                text = once(source, old, old.replace(f"{number}、", f"{wrong}、"))
                assert told(text, Kind.NUMBERING), (name, wrong)


@pytest.mark.parametrize(
    "phrase",
    [
        "全县{}个单位",
        "全县{}个乡科级单位",
        "参评单位共{}个",
        "共{}个单位参加评估",
        "全县共有{}个单位",
    ],
)
def test_a_typed_total_must_be_the_sum_of_the_tiers(source: str, phrase: str) -> None:
    at = "特此通报。"
    assert len(proofread(once(source, at, phrase.format(43) + "。" + at))) == 1
    for wrong in (42, 44, 50):
        text = once(source, at, phrase.format(wrong) + "。" + at)
        (finding,) = told(text, Kind.TOTAL)
        assert str(wrong) in finding.message
        assert "实为43个" in finding.message


@pytest.mark.parametrize(
    ("phrase", "right", "truth"),
    [
        ("评出{}个先进单位", "16", 16),
        ("评出{}个先进单位", "十六", 16),
        ("先进单位共{}个", "16", 16),
        ("有{}个单位被评为先进单位", "16", 16),
        ("达标单位（{}个单位）", "二十七", 27),
        ("先进单位16个，其中乡镇{}个", "6", 6),
        ("达标单位27个，其中乡镇8个、园区3个、部门{}个", "16", 16),
        ("乡镇先进单位{}个", "6", 6),
        ("全县共43个单位，其中乡镇{}个", "14", 14),
    ],
)
def test_counts_in_prose_must_agree_with_the_lists(
    source: str, phrase: str, right: str, truth: int
) -> None:
    at = "特此通报。"
    assert len(proofread(once(source, at, phrase.format(right) + "。" + at))) == 1
    for wrong in (truth - 1, truth + 1):
        text = once(source, at, phrase.format(wrong) + "。" + at)
        found = told(text, Kind.COUNT) + told(text, Kind.TOTAL)
        assert [f"实为{truth}个" in f.message for f in found] == [True]


@pytest.mark.parametrize(
    "phrase",
    [
        "上年先进单位15个",
        "连续两年的先进单位5个",
        "比上年增加2个先进单位",
        "3个先进单位作了交流发言",
        "全县9个单位受到通报批评",
        "新安镇、田楼乡等2个单位",
        "第17个先进单位",
        "达标单位一般每年15—17个先进单位",
        "先进单位：新安镇、田楼乡等",
        "责任单位：教育局、财政局；配合单位：司法局",
        "未达标单位0个",
        "每个单位、一个单位、各个单位",
        "未按时报送单位3个：教育局、三口镇、公安局",
    ],
)
def test_numbers_that_claim_nothing_of_the_lists_are_left_alone(source: str, phrase: str) -> None:
    assert len(proofread(once(source, "特此通报。", phrase + "。特此通报。"))) == 1


def test_every_misspelt_unit_in_the_narrative_is_found(source: str) -> None:
    start = source.index("（二）总体运行情况")
    head, prose = source[:start], source[start:]
    names = {n for names in lists(source, place="正文").values() for n in names if len(n) > 2}
    spots = [(n, m.start()) for n in sorted(names) for m in re.finditer(n, prose)]
    assert len(spots) >= 20
    for name, at in spots:
        for i in range(len(name)):
            wrong = name[:i] + "某" + name[i + 1 :]
            text = head + prose[:at] + wrong + prose[at + len(name) :]
            assert told(text, Kind.TWO_NAMES, f"“{wrong}”"), wrong
            assert len(proofread(text)) == 2, wrong


def test_a_unit_misspelt_in_one_list_is_one_finding_not_two(source: str) -> None:
    text = once(source, "、孟兴庄镇、李集乡", "、孟兴装镇、李集乡")
    assert told(text, Kind.TWO_NAMES, "孟兴装镇", "孟兴庄镇")
    assert not told(text, Kind.MISSING)


# --- a fictitious bulletin in other words --------------------------------------------------

CLEAN = """关于清岚县2026年度考核结果的通报
全县共9个单位参加考核，评定优秀等次3个、良好等次4个、一般等次2个，其中乡镇5个。召开会议12次，培训3000人次。
一、考核结果
（一）优秀等次（3个）
乡镇：云溪镇、柳湾乡
部门：县教育局
（二）良好等次（4个）
乡镇：河口镇、东岭乡
部门：县财政局、县水利局
（三）一般等次（2个）
乡镇：白塔乡
部门：县林业局
二、主要做法
云溪镇、柳湾乡、县教育局等坚持每月一考，得分均在90分以上；东岭乡、县水利局推进较快。五个一工程、三张清单落实到位。
附件：
一、优秀等次（3个）\t二、良好等次（4个）\t三、一般等次（2个）
乡镇\t部门\t乡镇\t部门\t乡镇\t部门
1、云溪镇\t1、县教育局\t1、河口镇\t1、县财政局\t1、白塔乡\t1、县林业局
2、柳湾乡\t\t2、东岭乡\t2、县水利局
"""
STANDING = Standing(
    (
        TierList("优秀等次", (("乡镇", ("云溪镇", "柳湾乡")), ("部门", ("县教育局",)))),
        TierList("良好等次", (("乡镇", ("河口镇", "东岭乡")), ("部门", ("县财政局", "县水利局")))),
        TierList("一般等次", (("乡镇", ("白塔乡",)), ("部门", ("县林业局",)))),
    )
)


def test_a_clean_bulletin_in_other_words_has_no_finding() -> None:
    assert {k: len(v) for k, v in lists(CLEAN, place="正文").items()} == {
        "优秀": 3,
        "良好": 4,
        "一般": 2,
    }
    assert lists(CLEAN, place="附件").keys() == {"优秀", "良好", "一般"}
    assert proofread(CLEAN) == ()
    assert proofread(CLEAN, standing=STANDING) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ("共9个", "共10个", Kind.TOTAL, "实为9个"),
        ("其中乡镇5个", "其中乡镇6个", Kind.TOTAL, "乡镇实为5个"),
        ("（4个）", "（5个）", Kind.COUNT, "实为4个"),
        ("乡镇：河口镇、", "乡镇：", Kind.MISSING, "“河口镇”"),
        ("乡镇：白塔乡", "乡镇：白塔乡、云溪镇", Kind.TWO_TIERS, "“云溪镇”"),
        ("东岭乡、县水利局推", "东岭乡、县水力局推", Kind.TWO_NAMES, "“县水力局”"),
        ("1、县教育局", "1、教育局", Kind.TWO_NAMES, "“教育局”"),
    ],
)
def test_each_slip_in_it_is_found(old: str, new: str, kind: Kind, words: str) -> None:
    assert told(once(CLEAN, old, new), kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "评定优秀等次3个：云溪镇、柳湾乡、县教育局。",
        "优秀单位（3个）：云溪镇、柳湾乡、县教育局。",
        "优秀等次 3 个，分别是云溪镇、柳湾乡、县教育局。",
        "评出三个优秀单位：云溪镇、柳湾乡、县教育局。",
        "优秀单位3个：乡镇2个：云溪镇、柳湾乡；部门1个：县教育局。",
        "优秀单位３个：云溪镇（95.2分）、柳湾乡（95分）、县教育局（94分）。",
        "一、优秀单位（3个）\n1、云溪镇\n2、柳湾乡\n3、县教育局",
        "一、优秀单位（3个）\n1、云溪镇  2、柳湾乡  3、县教育局",
        "一、优秀单位（3个）\n云溪镇、柳湾乡、县教育局。",
        "一、优秀单位（3个）\n云溪镇　柳湾乡　县教育局",
    ],
)
def test_lists_are_read_in_every_usual_form(text: str) -> None:
    (roll,) = read_rolls(text.split("\n")).rolls
    assert [entry.name for entry in roll.entries] == ["云溪镇", "柳湾乡", "县教育局"]
    assert proofread(text) == ()
    assert told(re.sub("3|３|三", "5", text, count=1), Kind.COUNT, "实为3个")


def test_prizes_that_do_not_divide_the_units_may_share_one() -> None:
    text = "单项奖单位1个：云溪镇；通报表扬单位2个：云溪镇、柳湾乡。"
    assert proofread(text) == ()
    assert told(once(text, "2个", "3个"), Kind.COUNT, "实为2个")


@pytest.mark.parametrize(
    "text",
    [
        "优秀单位2个：云溪镇、柳湾乡。\n优秀单位2个：云溪镇、柳湾乡。",
        "优秀单位1个：云溪镇；良好单位1个：柳湾乡；较差单位2个。全县共4个单位参加考核。",
        once(CLEAN, "其中乡镇5个", "其中园区5个"),
        (
            "优秀单位1个：县教育局；良好单位2个：云溪镇、县财政局。\n一、优秀单位（1个）\t二、良好单位（2个）\n"
            "部门\t乡镇\t部门\n1、县教育局\t1、云溪镇\t1、县财政局"
        ),
        once(CLEAN, "90分以上", "90分以上，一般等次2个以上"),
    ],
)
def test_what_the_lists_cannot_refute_is_no_finding(text: str) -> None:
    assert proofread(text) == ()


# --- against the sealed standing -----------------------------------------------------------


def test_a_number_is_held_against_the_standing_when_no_list_is_printed() -> None:
    text = "评定优秀单位3个、良好单位4个，全县9个单位，云溪镇、河口真、县教育局等较好。"
    assert told(text, Kind.TWO_NAMES, "河口真", "河口镇", standing=STANDING)
    assert told(once(text, "3个", "4个"), Kind.COUNT, "审定结果", "实为3个", standing=STANDING)
    assert told(once(text, "9个", "8个"), Kind.TOTAL, "实为9个", standing=STANDING)
    assert len(proofread(text, standing=STANDING)) == 1


def test_the_standing_outweighs_the_lists_that_are_printed() -> None:
    text = "优秀单位4个：云溪镇、柳湾乡、县教育局、枫林镇。全县共10个单位参加考核。"
    assert told(text, Kind.COUNT, "审定结果", "实为3个", standing=STANDING)
    assert told(text, Kind.TOTAL, "实为9个", standing=STANDING)
    assert told(text, Kind.MISSING, "枫林镇", "审定结果", standing=STANDING)


def test_a_short_form_of_a_sealed_name_is_found_wherever_it_stands() -> None:
    sealed = Standing((TierList("优秀单位", (("部门", ("信用联社", "高新园区")),)),))
    (finding,) = proofread("高新区建设加快。\n其中信用社全年未报送。", standing=sealed)
    assert (finding.excerpts, finding.lines) == (("信用社", "信用联社"), (2,))
    assert finding.severity is Severity.NOTE


def test_a_unit_printed_in_another_tier_than_the_sealed_one_is_found() -> None:
    text = "优秀单位3个：云溪镇、柳湾乡、县财政局。"
    assert told(text, Kind.TWO_TIERS, "县财政局", "审定结果", standing=STANDING)
    assert told(text, Kind.MISSING, "县教育局", "审定结果", standing=STANDING)
    assert proofread(text) == ()


def test_a_standing_knows_its_tiers_and_units() -> None:
    assert STANDING.names("良好等次") == ("河口镇", "东岭乡", "县财政局", "县水利局")
    assert (STANDING.count("优秀等次"), STANDING.count()) == (3, 9)
    assert STANDING.find("县财政局") == ("良好等次", "部门")
    assert STANDING.find("枫林镇") is None
    with pytest.raises(KeyError, match="没有“先进”这一档，现有：优秀等次、良好等次、一般等次"):
        STANDING.count("先进")


# --- small parts and hostile text ----------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("信用社", "信用联社", True),
        ("新按镇", "新安镇", True),
        ("新集乡", "集新乡", True),
        ("中行", "中国银行", True),
        ("农业示范区", "农业产业区", False),
        ("司法局", "统计局", False),
        ("工行", "中行", False),
    ],
)
def test_names_resemble_by_a_slip_or_a_short_form(one: str, other: str, *, alike: bool) -> None:
    assert resembles(one, other) is alike
    assert resembles(other, one) is alike


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("16", 16),
        ("１６", 16),
        ("十", 10),
        ("十六", 16),
        ("二十七", 27),
        ("一百零三", 103),
        ("两", 2),
    ],
)
def test_numerals_are_read(numeral: str, number: int) -> None:
    assert value(numeral) == number


PIECES = st.sampled_from(
    ["先进单位", "（", "）", "16个", "：", "云溪镇", "、", "；", "\t", "\n", "1、", "一、", "乡镇", "附件：",
     "等", "全县", "其中", "十", "个", "。", " ", "，", "达标单位2个", "²个", "\u2028", "\x00"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(proofread(text, standing=STANDING), tuple)
    assert isinstance(proofread(text), tuple)


@pytest.mark.parametrize(
    "unit",
    ["个", "、", "先进单位16个：", "云溪镇、", "\t1、云溪镇\n", "（", "十个", "全县2个单位，", "等", "（1",
     "先进单位2个：云溪镇、河口镇。\n", "一、先进单位（2个）\n1、云溪镇\n", "云溪真、河口镇，", "年", "\t",
     "\u3000", "：", "乡镇："],
)  # fmt: skip
def test_hostile_text_costs_seconds_at_most(unit: str) -> None:
    head = "先进单位2个：云溪镇、河口镇；达标单位1个：白塔乡。\n先进单位1个："
    started = time.monotonic()
    proofread(head + unit * (100_000 // len(unit)) + "镇")
    assert time.monotonic() - started < 8


def test_a_megabyte_is_read_in_seconds() -> None:
    started = time.monotonic()
    proofread(CLEAN * (1_000_000 // len(CLEAN)))
    assert time.monotonic() - started < 30
