"""Is a part found by its place, and does a change keep the document whole?"""

import pytest

from jixiao.schemes.editing import (
    EditError,
    Way,
    as_text,
    from_text,
    name_of,
    next_code,
    plain,
    spot_at,
    spots,
    with_moved_part,
    with_new_part,
    with_part,
    without_part,
)
from jixiao.schemes.tests.factories import scheme
from jixiao.scoring.scheme import Item, Scheme, walk


def codes(found: Scheme) -> list[str]:
    return [item.code for item in walk(found.items)]


def test_every_part_is_found_at_its_own_path() -> None:
    found = scheme()
    assert all(spot_at(found, spot.path) == spot for spot in spots(found))
    assert name_of(spot_at(found, "items.0.items.1").part) == "1.2 材料质量"


@pytest.mark.parametrize(
    "path", ["items.9", "items.0.items", "items.0.name", "nothing.0", "items.x", "__class__.0", "items.-1"]
)  # fmt: skip
def test_what_is_no_part_has_no_path(path: str) -> None:
    assert spot_at(scheme(), path) is None


def test_the_empty_path_is_the_heading_and_keeps_the_lists() -> None:
    changed = with_part(scheme(), "", {"title": "新名称", "full": "100", "items": []})
    assert (changed.title, codes(changed)) == ("新名称", codes(scheme()))
    assert changed.period is None


def test_a_category_keeps_its_items_when_it_is_changed() -> None:
    changed = with_part(scheme(), "items.0", {"code": "1", "name": "报送", "points": "40"})
    assert [item.name for item in changed.items[0].items] == ["按时报送", "材料质量"]


def test_a_part_that_is_ill_formed_is_refused_in_words() -> None:
    with pytest.raises(EditError, match="指标 › 第1项 › 子项 › 第2项 › 分值：“-1”不能小于0"):
        with_part(scheme(), "items.0.items.1", {"code": "1.2", "name": "质量", "points": "-1"})


def test_an_item_added_to_a_scored_item_takes_its_rule_away() -> None:
    part = {"code": "1.1.1", "name": "月报", "points": "30"}
    changed, path = with_new_part(scheme(), "items.0.items.0.items", part)
    assert path == "items.0.items.0.items.0"
    assert changed.items[0].items[0].rule is None


@pytest.mark.parametrize("path", ["items.9.items", "tiers.0.items", "title", "items.0"])
def test_nothing_is_added_where_there_is_no_list(path: str) -> None:
    with pytest.raises(EditError):
        with_new_part(scheme(), path, {"code": "9", "name": "项"})


@pytest.mark.parametrize(
    ("path", "way", "order", "at"),
    [
        ("items.0.items.0", "down", ["1", "1.2", "1.1", "2", "2.1"], "items.0.items.1"),
        ("items.1", "up", ["2", "2.1", "1", "1.1", "1.2"], "items.0"),
        ("items.0.items.1", "down", ["1", "1.1", "2", "1.2", "2.1"], "items.1.items.0"),
    ],
)
def test_an_item_moves_and_goes_over_into_the_next_category(
    path: str, way: Way, order: list[str], at: str
) -> None:
    changed, where = with_moved_part(scheme(), path, way)
    assert (codes(changed), where) == (order, at)
    back: Way = "down" if way == "up" else "up"
    assert with_moved_part(changed, where, back) == (scheme(), path)


@pytest.mark.parametrize(
    ("path", "way", "told"),
    [("items.0", "up", "已经到头"), ("tiers.1", "down", "已经到头"), ("items.1.items.0", "up", "至少留一项")],
)  # fmt: skip
def test_there_is_an_end_to_moving(path: str, way: Way, told: str) -> None:
    with pytest.raises(EditError, match=told):
        with_moved_part(scheme(), path, way)


def test_a_part_is_removed_but_never_the_last_of_its_kind() -> None:
    assert codes(without_part(scheme(), "items.0.items.0")) == ["1", "1.2", "2", "2.1"]
    with pytest.raises(EditError, match="至少留一项"):
        without_part(scheme(), "items.1.items.0")
    with pytest.raises(EditError, match="指标：至少要写1个"):
        without_part(without_part(scheme(), "items.0"), "items.0")


def test_a_scheme_itself_is_neither_moved_nor_removed_as_if_it_were_a_part() -> None:
    with pytest.raises(EditError, match="作废草稿"):
        without_part(scheme(), "")
    with pytest.raises(EditError, match="作废草稿"):
        with_moved_part(scheme(), "", "down")


def test_a_new_item_gets_the_next_free_code() -> None:
    found = scheme()
    assert [next_code(found, path) for path in ("items.0.items.new", "items.new")] == ["1.3", "3"]


def test_a_kept_document_reads_back_as_the_same_scheme() -> None:
    found = scheme()
    assert from_text(as_text(found)) == found
    assert plain(Item(code="1", name="项")) == {"code": "1", "name": "项"}
