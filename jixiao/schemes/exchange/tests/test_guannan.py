"""Is the scheme behind the bulletin of 2010 encoded as far as it was published, and does it count right?"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.schemes.exchange.files import read_scheme
from jixiao.scoring.check import check
from jixiao.scoring.names import Register, squash
from jixiao.scoring.numbers import parse_number, scaled
from jixiao.scoring.scheme import Group, Scheme, Unit, leaves, walk
from jixiao.scoring.sentences import tier_words
from jixiao.scoring.sheet import Row, Sheet

ROOT = Path(__file__).parents[4]
FILE = ROOT / "examples" / "办法库" / "01-灌南2009.yaml"
SOURCE = ROOT.parent / "shared" / "source" / "guannan-2010-07-bulletin.txt"
ROUNDS = ("半年", "全年", "督查")


@cache
def guannan() -> Scheme:
    return read_scheme(FILE)[0]


# ------------------------------------------------------------------ the published annex


def published() -> str:
    """The text of the real bulletin; skips aloud where it is not at hand."""
    if not SOURCE.exists():
        pytest.skip("真实通报不在 ../shared/source 中，与附件的对照未执行。")
    return SOURCE.read_text(encoding="utf-8")


def annex_cells() -> list[list[str]]:
    """The cells of the published annex, row by row: each stands on a line of its own after a tab."""
    text = published()
    table = text[text.index("\t一、先进单位") : text.index("注：1")]
    return [[line[1:] for line in row.split("\n")] for row in table.strip("\n").split("\n\n")]


def annex_units() -> list[tuple[str, str, str]]:
    """Unit, group and tier, column after column; the last group has two columns."""
    _, groups, *rows = annex_cells()
    heads = [*groups, groups[-1]]
    tiers = ["先进"] * 3 + ["达标"] * 4
    return [
        (squash(row[place].partition("、")[2]), heads[place], tiers[place])
        for place in range(len(heads))
        for row in rows
        if row[place]
    ]


# ------------------------------------------------------------------ is it the published one?


def test_units_stand_in_their_groups_in_the_order_of_the_annex() -> None:
    listed = annex_units()
    for group in guannan().groups:
        assert [unit.name for unit in group.units] == [u for u, g, _ in listed if g == group.name]
    assert [len(group.units) for group in guannan().groups] == [14, 4, 25]
    assert len(listed) == 43


def test_the_names_of_the_text_and_of_the_annex_mean_the_same_units() -> None:
    register = Register.of(guannan())
    assert register.find("信用社") == register.find("信用联社") == "信用联社"
    assert register.find("中  行") == "中行"


def test_the_text_names_the_five_categories_in_this_order() -> None:
    assert "、".join(item.name for item in guannan().items) in published()
    assert len(guannan().items) == 5


def test_whatever_the_source_does_not_state_is_marked_as_ours() -> None:
    assert all(item.ours for item in walk(guannan().items))
    assert "三轮权重（0.3、0.6、0.1）都是自拟" in guannan().source


def test_only_the_spot_check_may_be_missing() -> None:
    found = {each.code: (each.weight, each.optional) for each in guannan().rounds}
    assert found == {
        "半年": (Fraction("0.3"), False),
        "全年": (Fraction("0.6"), False),
        "督查": (Fraction("0.1"), True),
    }


def test_the_bounds_of_the_tiers_are_explicit() -> None:
    words = {tier.name: tier_words(guannan(), tier) for tier in guannan().tiers}
    assert words == {
        "先进": "80分以上（含）",
        "达标": "60分（含）至80分（不含）",
        "未达标": "60分以下（不含）",
    }


def test_party_organs_and_the_four_offices_take_no_part() -> None:
    excluded = guannan().excluded
    assert [each.name[-2:] for each in excluded[3:]] == ["委办", "大办", "府办", "协办"]
    assert len(excluded) == 7
    assert "按办法不参评" in Register.of(guannan()).complaint("县委组织部")


def test_the_scheme_is_sound_and_its_points_add_up() -> None:
    assert check(guannan()) == ()
    assert sum(item.points for item in guannan().items) == 100


# ------------------------------------------------------------------ does it count right?


def fictitious() -> Scheme:
    """The same rules for townships that do not exist: no mark here is a real unit's."""
    towns = tuple(Unit(name=name) for name in ("云溪镇", "河口镇", "石桥镇", "柳湾乡"))
    return guannan().model_copy(update={"groups": (Group(name="乡镇", units=towns),)})


def row(unit: str, code: str, lost: str) -> Row:
    """A round in which a unit loses so many points, the first items' first, and none by rule."""
    left, values = parse_number(lost), {"迟报": 0, "应评干部": scaled(Fraction(8))}
    values["已评干部"] = values["应评干部"]
    for item in leaves(guannan().items):
        if item.rule is None:
            taken = min(left, item.points)
            left -= taken
            values[item.code] = scaled(item.points - taken)
    assert left == 0
    return Row(unit, values, code)


def run(lost: Mapping[str, tuple[str, ...]]) -> Result:
    """A year in which each unit loses so many points in each of its rounds."""
    rows = tuple(
        row(unit, code, each)
        for unit, found in lost.items()
        for code, each in zip(ROUNDS, found, strict=False)
    )
    return evaluate(fictitious(), Sheet(rows))


def outcome(result: Result, unit: str) -> tuple[Fraction, str]:
    return Fraction(result.year[unit]["total"] or 0, 10_000), result.tier_of(unit)


def test_exactly_80_is_advanced_and_a_hundredth_less_is_not() -> None:
    result = run({"云溪镇": ("20",) * 3, "河口镇": ("20.01",) * 3})
    assert outcome(result, "云溪镇") == (80, "先进")
    assert outcome(result, "河口镇") == (Fraction("79.99"), "达标")


def test_exactly_60_is_qualified_and_a_hundredth_less_is_not() -> None:
    result = run({"云溪镇": ("40",) * 3, "河口镇": ("40.01",) * 3})
    assert outcome(result, "云溪镇") == (60, "达标")
    assert outcome(result, "河口镇") == (Fraction("59.99"), "未达标")


def test_the_rounds_are_combined_by_their_weights() -> None:
    result = run({"云溪镇": ("30", "18", "12"), "河口镇": ("10", "35", "50")})
    # 70×0.3 + 82×0.6 + 88×0.1 = 21 + 49.2 + 8.8 = 79
    assert outcome(result, "云溪镇") == (79, "达标")
    # 90×0.3 + 65×0.6 + 50×0.1 = 27 + 39 + 5 = 71
    assert outcome(result, "河口镇") == (71, "达标")


def test_without_a_spot_check_the_other_rounds_share_its_weight() -> None:
    result = run({"云溪镇": ("25", "19")})
    # (75×0.3 + 81×0.6) ÷ 0.9 = (22.5 + 48.6) ÷ 0.9 = 79
    assert outcome(result, "云溪镇") == (79, "达标")


def test_late_papers_and_officials_not_yet_assessed_cost_points() -> None:
    found = row("云溪镇", "全年", "0")
    changed = {**found.values, "迟报": scaled(Fraction(13)), "已评干部": scaled(Fraction(6))}
    result = evaluate(fictitious(), Sheet((Row("云溪镇", changed, "全年"),)))
    marks = result.rounds["全年"]["云溪镇"]
    assert marks["mark:四.1"] == 0  # 12−13×1, never below zero
    assert marks["mark:三.1"] == scaled(Fraction("7.5"))  # 10×6/8
    assert marks["total"] == scaled(Fraction("85.5"))
