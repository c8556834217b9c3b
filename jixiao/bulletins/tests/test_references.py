"""Does every reference say what is known, keep silent about what is not, and name a slip?"""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from jixiao.bulletins.compose import BulletinError, compose, facts_of, text_of
from jixiao.bulletins.context import Context, Earlier, Held, Objection, Reports, Trouble, earlier
from jixiao.bulletins.facts import Facts, references
from jixiao.bulletins.known import NoAnswerError, ReferenceProblem
from jixiao.bulletins.offers import offers
from jixiao.bulletins.standing import Standing, TierList
from jixiao.bulletins.template import Paragraph, Template
from jixiao.bulletins.typed import typed_figures
from jixiao.results.result import Result
from jixiao.results.tests.county import county, run, scheme_data

ROOT = Path(__file__).parents[3]
TEMPLATE = Template.model_validate(
    {"mark": "绩效办文件", "title": ("通报",), "body": (Paragraph(text="通报。"),),
     "signatures": ("绩效办",), "signed_on": "2027-02-24"}
)  # fmt: skip
TIERS = Standing(
    (TierList("先进", (("乡镇", ("云溪镇",)),)), TierList("达标", (("乡镇", ("河口镇",)),)))
)
HALF = Held(
    "半年", "半年评估", date(2026, 7, 6), date(2026, 7, 17), frozenset({"云溪镇", "河口镇"}),
    frozenset({"云溪镇"}), 2, frozenset({"1", "2"}), frozenset({"查资料", "听汇报"}), 30,
)  # fmt: skip
YEAR = replace(
    HALF, code="全年", name="全年评估", since=date(2026, 12, 7), until=date(2027, 1, 8),
    units=frozenset({"云溪镇", "石桥镇"}), assessors=frozenset({"2", "3"}),
)  # fmt: skip
TROUBLES = (
    Trouble(
        "云溪镇", "月自查", "2.2", "自查走过场", "两月自查表雷同。", is_done=True, in_time=True
    ),
    Trouble("河口镇", "月自查", "2.2", "自查走过场", "两月自查表雷同。", is_late=True),
    Trouble("石桥镇", "月自查", "2.2", "自查走过场", "由一人代填。", is_repeated=True),
    Trouble("云溪镇", "档案齐全", "5.1", "", "缺原件，云溪镇拖延。"),
    Trouble("柳湾乡", "档案齐全", "5.1", "", "缺原件。", is_done=True),
)
OBJECTIONS = (
    Objection("云溪镇", "月自查", is_decided=True, is_upheld=True), Objection("河口镇", "总分"),
    Objection("云溪镇", "月自查", is_appeal=True),
)  # fmt: skip
REPORTS = Reports(
    ("云溪镇", "河口镇", "石桥镇"), ("云溪镇",), ("河口镇",), ("石桥镇",), ("云溪镇",), "2026年第三季度"
)  # fmt: skip


@cache
def last_year() -> Result:
    """The same county with everybody's figures turned round."""
    return run(scheme_data())


def facts(context: Context | None = None, **changes: object) -> Facts:
    full = context or Context(
        county(), "年终评估", None, (HALF, YEAR), TROUBLES, OBJECTIONS, REPORTS
    )
    return facts_of(full, TEMPLATE.model_copy(update=changes))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{评估轮次}", "半年评估（2026年7月6日至7月17日）、全年评估（2026年12月7日至2027年1月8日）"),
        ("{评估轮数}轮", "2轮"), ("{评估时间：半年评估}", "2026年7月6日至7月17日"),
        ("{到场单位数}", "3"), ("{到场单位数：半年}", "2"), ("{现场评估次数}", "4"), ("{评估员数}", "3"),
        ("{评估组数}", "2"), ("{反馈单位数}", "1"), ("{评估方法}", "听汇报、查资料"), ("{记录条数}", "60"),
        ("{问题数}", "5"), ("{问题单位数}", "4"), ("{问题数：自查走过场}", "3"), ("{问题数：5.1}", "2"),
        ("{问题数：内部绩效}", "3"), ("{已整改数}", "2"), ("{按期整改数}", "1"), ("{整改率}", "40%"),
        ("{逾期问题数}", "1"), ("{逾期单位}", "河口镇"), ("{反复问题数}", "1"), ("{在办问题数}", "3"),
        ("{问题归类：1}", "自查走过场"), ("{问题举例：5.1}", "缺原件"),
        ("{共性问题}", "一是自查走过场，涉及3个单位，主要是两月自查表雷同，由一人代填；二是档案管理，涉及2个单位，主要是缺原件"),
        ("{共性问题：1}", "一是自查走过场，涉及3个单位，主要是两月自查表雷同，由一人代填"),
        ("{复核申请数}", "2"), ("{复核单位数}", "2"), ("{复核成立数}", "1"), ("{复核办结数}", "1"), ("{申诉数}", "1"),
        ("{应报单位数}", "3"), ("{迟报单位}", "河口镇"), ("{未报单位}", "石桥镇"), ("{矛盾单位数}", "1"), ("{季度}", "2026年第三季度"),
        ("{类别数}", "5"), ("{评估名称}", "年终评估"), ("{指标类别}", "健全组织、内部绩效、网上绩效、材料报送、档案管理"),
    ],
)  # fmt: skip
def test_a_reference_says_what_is_known(text: str, said: str) -> None:
    assert facts().fill(text) == said


def test_no_example_of_a_fact_names_a_unit() -> None:
    assert "云溪镇" not in facts().fill("{共性问题}{问题举例：5.1}")


def test_every_reference_tells_what_it_gives_and_gives_an_example() -> None:
    for each in references():
        assert each.words.endswith("。") or each.words.endswith("……"), each.name
        assert f"{{{each.name}" in each.example


def test_the_guide_lists_every_reference() -> None:
    guide = (ROOT / "docs" / "guides" / "通报的引用.md").read_text(encoding="utf-8")
    assert [e.name for e in references() if f"{e.example}` | {e.words} |" not in guide] == []


def test_the_offers_are_the_references_that_have_an_answer_today() -> None:
    told = {each.reference: each.value for each in offers(facts())}
    assert (told["{问题数：自查走过场}"], told["{到场单位数：半年评估}"]) == ("3", "2")
    assert "{平均分变化}" not in told


# ── Last year ──────────────────────────────────────────────────────────────────────────────


def with_last_year(**tiers: str) -> Facts:
    """Two units that had another tier, by history alone."""
    return facts(Context(county(), before=Earlier(2025, tiers)))


def test_tiers_of_history_are_enough_for_tier_changes() -> None:
    now = county().tier_of("云溪镇")
    order = [tier.name for tier in county().scheme.tiers]
    other = next(each for each in order if each != now)
    told = with_last_year(云溪镇=other)
    assert told.say("升档单位" if order.index(now) < order.index(other) else "降档单位") == "云溪镇"
    with pytest.raises(NoAnswerError, match="只有上年等次"):
        told.say("平均分变化")


def test_the_same_year_twice_moves_nobody() -> None:
    told = facts(Context(county(), before=earlier(county(), last_year())))
    assert told.fill("{平均分变化}{升档单位数}{降档单位数}{进步单位}") == "与上年持平00（无）"


def test_a_unit_under_a_new_name_is_the_same_unit() -> None:
    names = {"云溪镇": "河口镇"}
    assert earlier(county(), last_year(), names).tiers == {"云溪镇": last_year().tier_of("河口镇")}


# ── What is not known, and what may not be told ────────────────────────────────────────────


@pytest.mark.parametrize("name", ["平均分变化", "问题数", "到场单位数", "复核申请数", "未报单位"])
def test_a_sealed_file_alone_leaves_it_open(name: str) -> None:
    with pytest.raises(NoAnswerError, match="现在没有"):
        facts(Context(county())).say(name)


def test_a_bare_tier_list_answers_only_tiers() -> None:
    told = Facts(TIERS, "单位")
    assert (
        told.fill("{单位数}个，{分档个数}，{名单：达标}") == "2个，先进单位1个、达标单位1个，河口镇"
    )
    with pytest.raises(NoAnswerError, match="要有得分"):
        told.say("平均分")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("平均[[{平均分变化}，]]照旧。", "平均照旧。"),
        ("[[问题{问题数}个。]]", "问题5个。"),
        ("[[申诉{申诉数：}件，]][[逾期{逾期单位}]]", "申诉1件，逾期河口镇"),
        ("[[没有引用]]", "没有引用"),
        ("[[半个", "[[半个"), ("半个]]{", "半个]]{"),
    ],
)  # fmt: skip
def test_a_stretch_is_left_out_where_its_references_have_nothing_to_say(
    text: str, said: str
) -> None:
    assert facts().fill(text) == said


def test_nought_and_nobody_leave_a_stretch_out() -> None:
    none = facts(Context(county(), findings=()))
    assert none.fill("[[问题{问题数}个。]][[逾期的有{逾期单位}。]]") == ""
    assert none.fill("问题{问题数}个，逾期的有{逾期单位}") == "问题0个，逾期的有（无）"


def test_a_slip_is_told_even_inside_brackets() -> None:
    with pytest.raises(ReferenceProblem, match="无法识别"):
        facts().fill("[[{问题书}个]]")
    with pytest.raises(ReferenceProblem, match="没有这个项目"):
        facts().fill("[[{突出单位：没有的项目}]]")


@pytest.mark.parametrize("name", ["最高分", "最低分", "前列单位"])
def test_marks_and_places_are_kept_back_where_only_tiers_are_told(name: str) -> None:
    with pytest.raises(NoAnswerError, match="不含得分"):
        facts(shows_marks=False).say(name)


def test_a_mean_of_many_is_told_but_not_of_two() -> None:
    few = Context(run(scheme_data(), ["云溪镇", "河口镇"]))
    assert facts(shows_marks=False).say("平均分") == facts().say("平均分")
    with pytest.raises(NoAnswerError, match="等于公布得分"):
        facts(few, shows_marks=False).say("平均分")


# ── The whole text ─────────────────────────────────────────────────────────────────────────


def body_of(*body: Paragraph) -> str:
    made = compose(Context(county()), TEMPLATE.model_copy(update={"body": body}))
    return text_of(made).partition("\n\n")[2] or text_of(made)


def test_a_paragraph_and_a_section_with_nothing_to_say_are_left_out() -> None:
    text = body_of(
        Paragraph(level="1", heading="整改情况"),
        Paragraph(level="2", heading="进展", text="[[已整改{已整改数}个。]]"),
        Paragraph(level="1", heading="工作要求"),
        Paragraph(text="抓好落实。"),
    )
    assert "整改情况" not in text
    assert "进展" not in text
    assert text.endswith("工作要求\n抓好落实。")


def test_every_problem_is_told_at_once() -> None:
    body = (Paragraph(text="{甲}{问题数}"), Paragraph(text="{乙}"))
    with pytest.raises(BulletinError) as found:
        compose(Context(county()), TEMPLATE.model_copy(update={"body": body}))
    assert len(found.value.problems) == 3


def test_a_typed_figure_is_told_with_the_reference_that_gives_it() -> None:
    text = (
        "对40个单位评估，第三季度问题5个，依据《2026年办法》清绩委〔2026〕2号，两次检查，一是好。"
    )
    found = typed_figures(TEMPLATE.model_copy(update={"body": (Paragraph(text=text),)}), facts())
    assert [(each.figure, each.reference) for each in found] == [
        ("40", "{单位数}"), ("5", "{问题数}"), ("两", "{评估轮数}"),
    ]  # fmt: skip
