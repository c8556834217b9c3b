"""What does a scheme ask of a unit? Counted by hand."""

from fractions import Fraction
from typing import Any

from jixiao.schemes.burden import Burden, burden, heavier
from jixiao.schemes.tests.factories import scheme


def of(item: dict[str, Any], **changed: Any) -> Burden:
    """The burden of one item."""
    whole = {"code": "1", "name": "报送", "points": "100", **item}
    return burden(scheme(items=[whole], **changed))


COUNTS = {"measure": {"kind": "reported", "data": "d"}, "scale": {"kind": "deduct", "each": "1"}}


def test_a_figure_costs_its_minutes_each_period_and_round() -> None:
    data = [{"key": "d", "times": 4, "minutes": "15"}]
    rounds = [{"code": "半年", "name": "半年"}, {"code": "全年", "name": "全年"}]
    found = of({"rule": COUNTS}, data=data, rounds=rounds)
    assert (found.minutes, found.hours, found.things) == (4 * 2 * 15, "2", 1)


def test_a_figure_without_minutes_counts_ten() -> None:
    assert of({"rule": COUNTS}, data=[{"key": "d"}]).minutes == 10


def test_what_the_system_counts_or_others_provide_costs_nothing() -> None:
    for free in ({"counted": True}, {"provider": "统计局"}, {"from_result": "别的办法"}):
        assert of({"rule": COUNTS}, data=[{"key": "d", **free}]).minutes == 0


def test_a_mark_given_on_the_spot_costs_nothing() -> None:
    assert of({}).of("1").words == "不要单位报数、备材料"


def test_a_figure_of_the_items_own_is_asked() -> None:
    assert of({"rule": {"scale": {"kind": "deduct", "each": "1"}}}).minutes == 10


def test_each_kind_of_evidence_is_prepared_as_often_as_it_is_asked() -> None:
    found = of({"evidence": ["会议记录", "照片"], "minutes": "20", "yearly": 4})
    assert found.minutes == 2 * 4 * 20
    assert found.of("1").words.startswith("备“会议记录”，每年4次，每次20分钟")


def test_a_figure_used_twice_is_asked_once() -> None:
    items = [{"code": str(n), "name": "项", "points": "50", "rule": COUNTS} for n in (1, 2)]
    found = burden(scheme(items=items, data=[{"key": "d"}]))
    assert [load.minutes for load in found.loads] == [10, 0]


def test_an_item_for_some_units_weighs_by_their_share() -> None:
    found = of({"rule": COUNTS, "audience": {"groups": ["部门"]}}, data=[{"key": "d"}])
    assert found.minutes == Fraction(10, 3)


def test_more_than_last_year_is_a_reminder_less_is_none() -> None:
    light, heavy = of({}), of({"evidence": ["照片"]})
    assert [each.rule for each in heavier(heavy, light)] == ["burden"]
    assert list(heavier(light, heavy)) == []
    assert (light.change_from(heavy), heavy.change_from(light)) == (-100, None)
