"""What does a scheme leave to votes, how much does it weigh, and how do votes become marks?"""

from pathlib import Path

import pytest

from jixiao.ratings.questions import marks_of, questions, scaled_counts, shares, steps
from jixiao.ratings.tests.factories import OFFICES, rating_scheme
from jixiao.schemes.exchange.words import from_words
from jixiao.schemes.exchange.yaml_view import parse
from jixiao.schemes.tests.factories import scheme
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row

CASES = Path(__file__).parents[2] / "scoring" / "cases"


def case(name: str, *, rated_by: str = "") -> Scheme:
    said = parse((CASES / f"{name}.yaml").read_text(encoding="utf-8")).data["办法"]
    if rated_by:
        said["指标"][0]["评价主体"] = rated_by
    return from_words(Scheme, said)


def test_every_votes_item_is_a_question_with_its_options_columns_and_units() -> None:
    towns, _, ranking = questions(rating_scheme())
    assert [(each.label, each.column) for each in towns.choices] == [
        ("满意", "镇满意"), ("基本满意", "镇基本满意"), ("不满意", "镇不满意"),
    ]  # fmt: skip
    assert towns.units == tuple(("部门", name) for name in OFFICES)
    assert (towns.is_ranking, ranking.is_ranking) == (False, True)


def test_a_scheme_without_votes_asks_nothing() -> None:
    assert questions(scheme()) == ()


def test_shares_of_one_set_of_votes_are_one_question() -> None:
    """C29: a base, a second condition and the bands read the same four columns."""
    (found,) = questions(case("C29_vote_share_bands", rated_by="干部"))
    assert (found.name, found.items) == ("民主测评", ("1.2", "1.3", "1.1"))
    assert [each.label for each in found.choices] == ["优秀", "称职", "基本称职", "不称职"]


def test_ratios_that_nobody_is_said_to_rate_are_figures_not_votes() -> None:
    assert questions(case("C29_vote_share_bands")) == ()


def test_the_share_of_the_mark_is_told_with_what_the_rule_demands() -> None:
    made = rating_scheme()
    (share,) = shares(made, questions(made)[0])
    assert share.words == "部门：占总分60%，要求不低于30%"
    assert not share.is_low


def test_a_share_below_the_rule_is_low() -> None:
    made = rating_scheme()
    item = made.items[0].model_copy(update={"points": made.full / 5})
    low = made.model_copy(update={"items": (item, *made.items[1:])})
    assert shares(low, questions(low)[0])[0].is_low


def test_ranks_as_votes_per_place_give_the_mark_of_several_raters_ranking() -> None:
    """C30 by the places' counts: (200＋196＋200)÷3 of 200 is 99.33 of 100; the same to the hundredth."""
    counts = {"第1名": 2, "第2名": 1}
    found = marks_of(rating_scheme(), [Row("临港园区", scaled_counts(counts))])
    assert found["临港园区"]["3"] == 993_300


def test_votes_are_told_step_by_step() -> None:
    counts = {"镇满意": 3, "镇基本满意": 1, "镇不满意": 0}
    said = steps(rating_scheme(), "1", group="部门", counts=counts)
    assert said[0] == "满意3票＋基本满意1票×0.6＋不满意0票×0＝3.6，除以有效票4张＝0.9"
    found = marks_of(rating_scheme(), [Row("财政局", scaled_counts(counts))])
    assert found["财政局"]["1"] == 540_000


@pytest.mark.parametrize("counts", [{}, {"镇满意": 0}])
def test_no_valid_votes_are_said_and_never_divided_by(counts: dict[str, int]) -> None:
    assert "没有有效票" in steps(rating_scheme(), "1", group="部门", counts=counts)[0]
    found = marks_of(rating_scheme(), [Row("财政局", scaled_counts(counts))])
    assert found["财政局"]["1"] is None


def test_bands_with_a_second_condition_are_marked_by_the_engine() -> None:
    made = case("C29_vote_share_bands", rated_by="干部")
    counts = {"优秀": 65, "称职": 0, "基本称职": 30, "不称职": 5}
    found = marks_of(made, [Row("己", scaled_counts(counts))])["己"]
    assert [found[code] for code in ("1.1", "1.2", "1.3")] == [1_300_000, 0, 0]
    assert steps(made, "1.3", group="主要领导", counts=counts)[0] == "优秀65票，除以100票＝0.65"
