"""How many may get the best grade? The arithmetic, its words, and the figures of 泰兴 2014."""

from fractions import Fraction

import pytest

from jixiao.grades.hints import hints, streak
from jixiao.grades.quota import Head, Limits, Quota, Share, routine_doubts, share_of, too_many
from jixiao.grades.states import FOUR

ANNUAL = ("优秀", "称职", "基本称职", "不称职")


def percent(number: int | str) -> Fraction:
    return Fraction(number) / 100


USUAL = Limits(percent(20), percent(20), percent(25))


def test_thirteen_people_at_fifteen_percent_make_one_place_and_the_words_say_how() -> None:
    quota = Quota(13, Share(percent(15), ("达标15%",)))
    assert quota.words == "应参加 13 人 × 15% = 1.95 → 1 名（不足1名的舍去）"


@pytest.mark.parametrize(("rounding", "places"), [("floor", 1), ("half_up", 2), ("ceil", 2)])
def test_the_rounding_is_a_parameter(rounding: str, places: int) -> None:
    assert Quota(13, Share(percent(15), ()), rounding).places == places


@pytest.mark.parametrize(
    ("people", "rate", "places"),
    [(20, 15, 3), (6, 15, 0), (7, 15, 1), (0, 20, 0), (300, 20, 60), (1, 100, 1), (29, "20.7", 6)],
)
def test_places_are_exact_never_a_float(people: int, rate: int | str, places: int) -> None:
    assert Quota(people, Share(percent(rate), ())).places == places


def test_a_whole_number_needs_no_word_about_rounding() -> None:
    assert Quota(20, Share(percent(15), ())).words == "应参加 20 人 × 15% = 3 → 3 名"


@pytest.mark.parametrize(
    ("tier", "more", "rate"),
    [
        ("优秀", 0, 15),
        ("良好", 0, 12),
        ("达标", 0, 10),
        ("诫勉", 0, 8),
        ("优秀", 5, 20),
        ("优秀", 8, 20),
    ],
)
def test_taixing_2014_tiers_and_honours_up_to_twenty_percent(
    tier: str, more: int, rate: int
) -> None:
    by_tier = {"优秀": 15, "良好": 12, "达标": 10, "诫勉": 8}
    share = Share(percent(by_tier[tier] + more), (tier,), result=7)
    found = share_of(USUAL, tier=share)
    assert (found.rate, found.result) == (percent(rate), 7)


def test_what_is_cut_off_is_said() -> None:
    found = share_of(USUAL, tier=Share(percent(23), ("优秀15%", "增加8%")))
    assert found.steps == ("优秀15%", "增加8%", "未经批准不超过20%")


def test_an_approval_goes_before_the_tier_but_not_beyond_the_cap() -> None:
    tier = Share(percent(15), ("达标15%",))
    found = share_of(USUAL, tier=tier, raised=percent(25), document="清组〔2026〕9号")
    assert (found.rate, found.steps) == (percent(25), ("经批准提高到25%（清组〔2026〕9号）",))
    assert share_of(USUAL, raised=percent(30), document="清组〔2026〕9号").rate == percent(25)


def test_without_tier_or_approval_the_usual_share_holds() -> None:
    assert share_of(Limits(percent(40), percent(40), percent(40))).steps == ("一般比例40%",)


@pytest.mark.parametrize(("counts", "base"), [("计入", 12), ("不计入", 10)])
def test_who_takes_part_without_grade_counts_as_the_appraisal_says(counts: str, base: int) -> None:
    head = Head(graded=10, ungraded=2, above=3, out=1, counts_ungraded=counts == "计入")
    assert head.base == base
    assert "由组织部门确定的 3 人不计入" in head.words
    assert f"参加不定等次的 2 人{counts}" in head.words


def test_too_many_says_by_how_many_and_why() -> None:
    quota = Quota(13, Share(percent(15), ()))
    assert too_many(quota, 1, "优秀") == ""
    assert too_many(quota, 3, "优秀").startswith("优秀提了 3 名，多出 2 名：应参加 13 人")


@pytest.mark.parametrize(
    ("known", "doubts"),
    [
        ([], 0), (["好", "好", "好", "好"], 0), (["好", "好", "较好", "较好"], 0), (["好"], 0),
        (["好", "较好", "较好", "较好"], 1), (["好", "好", "好", "一般"], 1), (["较差", "一般"], 3),
    ],
)  # fmt: skip
def test_excellent_asks_for_many_good_quarters_and_no_poor_one(
    known: list[str], doubts: int
) -> None:
    assert len(routine_doubts(known, FOUR, least=2, best="优秀")) == doubts


def test_a_streak_ends_with_the_first_other_year() -> None:
    assert streak({2026: "优秀", 2025: "优秀", 2023: "优秀"}, "优秀", until=2026) == 2
    assert streak({2025: "优秀"}, "优秀", until=2026) == 0


def test_three_excellent_years_suggest_an_honour_and_two_failed_ones_a_look_by_people() -> None:
    good = hints(dict.fromkeys((2024, 2025, 2026), "优秀"), ANNUAL, is_civil=True, until=2026)
    bad = hints({2025: "不称职", 2026: "不称职"}, ANNUAL, is_civil=True, until=2026)
    assert "三等功" in good[0].words
    assert not good[0].is_grave
    assert bad[0].is_grave
    assert "第八十八条" in bad[0].basis
    assert "平台不作处理" in bad[0].words


def test_one_ordinary_year_suggests_nothing() -> None:
    assert hints({2026: "称职"}, ANNUAL, is_civil=True, until=2026) == ()
