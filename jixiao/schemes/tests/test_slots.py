"""Does the form of every part say what the part says, and put what is wrong beside its gap?"""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from jixiao.schemes.editing import Spot, spot_at, spots
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.words import METHOD, from_words, to_words
from jixiao.schemes.filled import read
from jixiao.schemes.phrases import PHRASES
from jixiao.schemes.slots import Frame, Rows, Slot, draw, is_used, label_of, written
from jixiao.schemes.tests.factories import scheme
from jixiao.scoring import conditions, measures, scales
from jixiao.scoring.base import Part
from jixiao.scoring.scheme import Item, Scheme, leaves

EXAMPLES = sorted(Path("examples").glob("*/*办法*.yaml")) + sorted(
    Path("examples/办法库").glob("*.yaml")
)
KINDS = [
    kind
    for union in (measures.Measure, scales.Scale, conditions.Condition)
    for kind in get_args(get_args(union)[0])
]


def own_part(part: Part) -> Part:
    """The part without the list that has a form of its own."""
    return part.model_copy(update={"items": ()}) if isinstance(part, Item) else part


def parts(path: Path) -> Iterator[Spot]:
    return spots(read_scheme(path)[0])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_part_of_real_schemes_comes_back_from_its_form(path: Path) -> None:
    for spot in parts(path):
        posted = written(draw(spot.models, to_words(spot.part)))
        again = from_words(type(spot.part), read(spot.models, posted))
        assert again == own_part(spot.part), spot.path


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_heading_comes_back_from_its_form(path: Path) -> None:
    found = read_scheme(path)[0]
    words = to_words(found)
    again = read((Scheme,), written(draw((Scheme,), words)))
    assert again == {title: each for title, each in words.items() if title in again}
    assert spot_at(found, "") is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_rule_has_a_sentence_whose_gaps_are_its_fields(kind: type[Part]) -> None:
    frame = draw((kind,), {METHOD: label_of(kind)})
    gaps = [piece for piece in frame.pieces if not isinstance(piece, str)]
    assert PHRASES.get(label_of(kind)) or not frame.fields or frame.rest
    assert len(gaps) + len(frame.rest) == len(frame.fields)


def item_form(**posted: str) -> dict[str, str]:
    return {"编码": "1.1", "名称": "按时报送", "分值": "30", **posted}


def test_a_rule_is_read_from_its_gaps() -> None:
    posted = item_form(
        **{"规则.计量.方法": "填报", "规则.计量.数据": "迟报", "规则.计分.方法": "每次扣", "规则.计分.每次扣": "0.5"}
    )  # fmt: skip
    item = from_words(Item, read((Item,), posted))
    assert item == next(leaves(scheme().items))


def test_blank_rows_and_usual_values_say_nothing() -> None:
    posted = item_form(
        **{"规则.计分.方法": "分档", "规则.计分.各档.0.范围": "0", "规则.计分.各档.0.得分": "6",
           "规则.计分.各档.7.范围": "", "规则.缺项.方法": "不允许缺", "责任类别": "主体"}
    )  # fmt: skip
    words = read((Item,), posted)
    assert words["规则"] == {"计分": {"方法": "分档", "各档": [{"范围": "0", "得分": "6"}]}}


def test_what_is_wrong_stands_beside_its_gap() -> None:
    posted = item_form(**{"规则.计分.方法": "每次扣", "规则.计分.每次扣": "半分"})
    words = read((Item,), posted)
    with pytest.raises(SchemeFileError) as found:
        from_words(Item, words)
    frame = draw((Item,), words, problems=found.value.problems)
    scale = frame.fields["规则"].fields["计分"]
    assert scale.fields["每次扣"].errors == ("“半分”不是数，请写成 80、0.5、80% 或 1/3",)


def test_units_are_written_one_a_line() -> None:
    (model,) = spot_at(scheme(), "groups.0").models
    text = "云溪镇\n财政局｜县财政局、财政｜重点 \n\n"
    group = from_words(model, read((model,), {"名称": "组", "单位": text}))
    assert [(u.name, u.aliases, u.tags) for u in group.units] == [
        ("云溪镇", (), ()), ("财政局", ("县财政局", "财政"), ("重点",)),
    ]  # fmt: skip


def test_pairs_are_written_one_a_line() -> None:
    posted = item_form(各组分值="乡镇：40\n部门: 30")
    assert read((Item,), posted)["各组分值"] == {"乡镇": "40", "部门": "30"}


def test_a_number_says_what_it_may_be() -> None:
    slot = draw((Item,), {}).fields["分值"]
    assert isinstance(slot, Slot)
    assert (slot.usual, slot.hint) == ("0", "数，如 80、0.5、80%，不小于0")


def test_a_list_ends_with_a_blank_row() -> None:
    words = {"方法": "分档", "各档": [{"范围": "0", "得分": "6"}]}
    bands = draw((scales.Bands,), words).fields["各档"]
    assert isinstance(bands, Rows)
    assert [is_used(row) for row in bands.rows] == [True, False]


def test_clauses_of_empty_gaps_are_not_said() -> None:
    frame = draw((scales.Deduct,), {"方法": "每次扣", "每次扣": "0.5"})
    assert isinstance(frame, Frame)
    assert frame.clauses == ("每次扣 {每次扣}",)
    assert [gap.title for gap in frame.rest] == ["免扣次数"]


@pytest.mark.parametrize(
    "posted",
    [
        {"规则": "x", "规则.计量": "y", "规则.计量.方法": "填报"},
        {".".join(["规则"] * 500): "x"},
        {"规则.计分.方法": "没有的", "分值": "1" * 5000},
        {"规则.前提.各条件.99999999999.方法": "总分", "规则.前提.方法": "同时"},
    ],
    ids=["text and tree", "deep", "unknown", "far row"],
)
def test_a_hostile_form_is_data_like_any_other(posted: dict[str, str]) -> None:
    words = read((Item,), item_form(**posted))
    draw((Item,), words)
    with pytest.raises(SchemeFileError):
        from_words(Item, {**words, "名称": ""})
