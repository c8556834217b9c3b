"""Do the constructs of real documents give the lists that their readers would write by hand?"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.consequences.drawing import Drawn, Known, RuleError, drawn, with_rules
from jixiao.consequences.rules import read_rule
from jixiao.consequences.samples import SAMPLES
from jixiao.consequences.states import Purpose
from jixiao.results.consequences import Shares, consequences
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.results.tests.county import county
from jixiao.schemes.exchange.files import read_scheme
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row, Sheet
from tests.test_house_rules import ROOT

YEARS = ["未达标", "未达标"]
"""Last year and the year before."""


def by_rule(text: str, known: Known = Known(), *, kind: Purpose = Purpose.OTHER) -> Drawn:  # noqa: B008
    """The list that one rule makes of the county's year."""
    again = with_rules(county(), [read_rule(text, kind=kind)], known)
    return drawn(again, 2026, known)[0]


def ruling(when: str) -> str:
    return f"规则: {{方法: 措施, 名称: 试行, 条件: {when}, 依据: 第三条}}"


# ── 泰兴 2014: 15/12/10/8 %, 5 and 3 more, never above 20 % ─────────────────────────────────


def taixing(marks: dict[str, int], people: int = 100) -> dict[str, Any]:
    scheme, _ = read_scheme(ROOT / "examples" / "办法库" / "19-泰兴个人优秀比例2014.yaml")
    rows = [
        Row(
            unit,
            {"人数": people * SCALE} | ({"绩效": marks[unit] * SCALE} if unit in marks else {}),
        )
        for group in scheme.groups
        for unit in (each.name for each in group.units)
    ]
    found = drawn(evaluate(scheme, Sheet(tuple(rows))), 2014, Known())[0]
    return {line.unit: line for line in found.lines}


@pytest.mark.parametrize(("mark", "places"), [(95, 15), (85, 12), (70, 10), (40, 8)])
def test_taixing_gives_each_tier_its_share(mark: int, places: int) -> None:
    assert taixing({"甲局": mark, "乙局": 70, "丙局": 70, "丁局": 70})["甲局"].places == places


def test_taixing_adds_for_honours_and_stops_at_twenty_percent() -> None:
    found = taixing({"甲局": 95, "乙局": 95, "丙局": 95, "丁局": 85})
    assert [found[unit].places for unit in ("甲局", "乙局", "丙局", "丁局")] == [15, 20, 20, 15]
    assert found["丙局"].reason == (
        "优秀15%；属于“人民满意机关”，增加5%；属于“效能建设先进单位”，增加3%；上限20%；"
        "100人×20%＝20，20名"
    )


def test_taixing_gives_units_outside_the_scheme_their_own_share() -> None:
    found = taixing({"甲局": 95, "乙局": 95, "丙局": 95, "丁局": 85}, people=23)
    assert (found["己中心"].places, found["戊中心"].places) == (3, 4)
    assert found["己中心"].reason == "无等次15%；23人×15%＝3.45，舍去小数，3名"


# ── 杭州 art. 34: one, two, three years ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sample", "history", "is_listed"),
    [
        ("first", [], True),
        ("second", ["未达标"], True),
        ("second", ["达标"], False),
        ("second", [], False),
        ("third", ["未达标", "未达标"], True),
        ("third", ["未达标", "先进"], False),
        ("third", ["未达标", ""], False),
    ],
)
def test_hangzhou_measures_follow_the_streak(
    sample: str,
    history: list[str],
    is_listed: bool,  # noqa: FBT001
) -> None:
    known = Known(history={"东岭乡": history})
    found = by_rule(SAMPLES[sample].text, known, kind=Purpose.SANCTION)
    assert [line.unit for line in found.lines] == (["东岭乡"] if is_listed else [])


def test_the_reason_names_the_tier_of_each_year_and_what_was_entered_as_history() -> None:
    known = Known(history={"东岭乡": YEARS}, entered=frozenset({("东岭乡", 2)}))
    found = by_rule(SAMPLES["third"].text, known, kind=Purpose.SANCTION)
    assert found.lines[0].reason == "2026年度未达标；2025年度未达标；2024年度未达标（历史录入）"


def test_a_year_that_the_sealed_sheet_knows_is_not_told_otherwise() -> None:
    rule = read_rule(SAMPLES["second"].text, kind=Purpose.SANCTION)
    asked = county().scheme.model_copy(update={"consequences": (rule,)})
    sheet = replace(county().sheet, history={"东岭乡": ("达标",)})
    sealed = evaluate(asked, sheet)
    again = with_rules(sealed, [rule], Known(history={"东岭乡": YEARS}))
    assert drawn(again, 2026, Known())[0].lines == ()


# ── 灌南 2009: honours only for 先进 and 达标 ───────────────────────────────────────────────


def test_guannan_lets_units_with_a_good_tier_put_people_forward() -> None:
    found = by_rule(SAMPLES["honour"].text, kind=Purpose.HONOUR)
    assert {line.unit for line in found.lines} == set(county().year) - {"东岭乡"}
    assert found.words == "评为先进或达标"


# ── Conditions on findings, marks, ranks, tags ─────────────────────────────────────────────


def test_findings_are_counted_by_the_platform_and_stand_in_the_reason() -> None:
    counts = {"云溪镇": {"未整改问题": 2}, "河口镇": {"未整改问题": 0}}
    found = by_rule(SAMPLES["unit"].text, Known(counts=counts), kind=Purpose.UNIT_HONOUR)
    reasons = {line.unit: line.reason for line in found.lines}
    assert "云溪镇" not in reasons
    assert reasons["河口镇"] == "2026年度先进；没有整改到位的问题0个"


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("{方法: 总名次, 几名: 1}", "总分列组内第1名"),
        ("{方法: 总名次, 几名: 1, 范围: 全体}", "总分列全体第1名"),
        ('{方法: 总分, 范围: "≥90"}', "总分9"),
        ('{方法: 项目得分, 项目: "4.2", 范围: "≥1"}', "“绩效信息报送”得"),
        ('{方法: 数据, 数据: late, 范围: "≥0"}', "目标晚录天数"),
        ("{方法: 不, 条件: {方法: 等次, 等次: [先进]}}", "2026年度达标"),
    ],
)
def test_each_test_tells_the_units_own_figure(when: str, reason: str) -> None:
    lines = by_rule(ruling(when)).lines
    assert lines
    assert any(line.reason.startswith(reason) for line in lines)


def test_a_coefficient_is_a_number_and_never_money() -> None:
    found = by_rule(SAMPLES["coefficient"].text, kind=Purpose.COEFFICIENT)
    assert found.words == "先进1.2，达标1，未达标0.8"
    assert found.lines[0].reason == "先进1.2"
    assert "元" not in str(found)


# ── What never happens ─────────────────────────────────────────────────────────────────────


numbers = st.fractions(min_value=0, max_value=2, max_denominator=1000)


@given(
    people=st.integers(0, 3000), cap=st.fractions(0, 1, max_denominator=100), add=numbers,
    rates=st.tuples(numbers, numbers, numbers), rounding=st.sampled_from(["floor", "ceil", "half_up"]),
)  # fmt: skip
def test_places_never_exceed_the_cap_whatever_the_figures(
    people: int, cap: Fraction, add: Fraction, rates: tuple[Fraction, ...], rounding: str
) -> None:
    result = _with_rate(people, cap=cap, add=add, rates=rates, rounding=rounding)
    shares = next(each for each in consequences(result) if isinstance(each, Shares))
    for each in shares.units:
        assert each.places is not None
        assert 0 <= each.places <= min(people, people * cap)


def _with_rate(people: int, **said: Any) -> Result:
    """The sealed year with another rate: the figures of its conditions are known."""
    data = county().scheme.model_dump(mode="json", exclude_defaults=True)
    rate = data["consequences"][2]
    rate |= {"cap": str(said["cap"]), "rounding": said["rounding"]}
    rate["by_tier"] = dict(zip(("先进", "达标", "未达标"), map(str, said["rates"]), strict=True))
    rate["additions"][0]["add"] = str(said["add"])
    year = {unit: {**marks, "people": people * SCALE} for unit, marks in county().year.items()}
    return replace(county(), scheme=Scheme.model_validate(data), year=year)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有内容"),
        ("规则: 措施", "缺少“名称”"),
        ("规则: {方法: 罚款, 名称: 试行}", "罚款"),
        (ruling("{方法: 等次}"), "等次"),
        (ruling("{方法: 等次, 等次: [先进], 连续年数: 99}"), "99"),
        ("规则: {方法: 比例, 名称: 名额, 各等次比例: {先进: 18%}}", "措施"),
        ("规则: &a [*a]", "第1行"),
        ("\x00", "第1行"),
        (ruling("{方法: 不, 条件: " * 400 + "{方法: 总名次, 几名: 1}" + "}" * 400), "太深|层"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(RuleError, match=told):
        read_rule(text, kind=Purpose.OTHER)
