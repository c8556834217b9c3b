"""Is a draw promised by one person, made by another, and open to everybody afterwards?"""

import json
from collections.abc import Callable

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.visits import actions, lots
from jixiao.visits.models import Draw, Round
from jixiao.visits.queries.draws import published
from jixiao.visits.states import DrawState, RoundKind, RoundState
from jixiao.visits.tests.factories import RoundFactory, VisitFactory

pytestmark = pytest.mark.django_db
TOWNS = [f"第{n}镇" for n in range(8)]
GROUPS = [
    {"name": "乡镇", "units": [{"name": name} for name in TOWNS]},
    {"name": "部门", "units": [{"name": "财政局"}, {"name": "教育局"}]},
]
PLAN = actions.DrawPlan("三季度抽查", {"乡镇": 3, "部门": 1})


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.OFFICE)


@pytest.fixture
def colleague(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.OFFICE)


@pytest.fixture
def spot() -> Round:
    """A spot check under way, of ten units."""
    for group in GROUPS:
        for unit in group["units"]:
            UnitFactory(name=unit["name"], group=group["name"])  # type: ignore[index]
    version = SchemeVersionFactory(state=State.PUBLISHED, of=scheme(groups=GROUPS))
    return RoundFactory(version_of=version, kind=RoundKind.SPOT)


def test_the_promise_is_public_and_the_seed_is_not(office: Actor, spot: Round) -> None:
    draw = actions.commit_draw(spot, by=office, draw=PLAN)
    assert lots.problems(published(draw)) == ["还没有抽取：文件里只有承诺的摘要"]
    assert draw.seed not in published(draw)
    assert draw.seed not in json.dumps(Event.objects.latest("id").changes)


def test_another_person_draws_and_everybody_can_repeat_it(
    office: Actor, colleague: Actor, spot: Round
) -> None:
    draw = actions.commit_draw(spot, by=office, draw=PLAN)
    drawn = actions.draw_units(draw, by=colleague, word="８０２３", witness="老吴")
    assert (drawn.state, drawn.word, len(drawn.drawn)) == (DrawState.DRAWN, "8023", 4)
    assert lots.problems(published(drawn)) == []
    assert set(spot.visits.values_list("unit", flat=True)) == set(drawn.drawn)
    assert spot.visits.filter(draw=drawn, group="乡镇").count() == 3


def test_who_promised_does_not_draw(office: Actor, spot: Round) -> None:
    draw = actions.commit_draw(spot, by=office, draw=PLAN)
    with pytest.raises(RefusedError, match="两个人"):
        actions.draw_units(draw, by=office, word="8023", witness="老吴")


def test_a_draw_cannot_be_repeated_until_it_suits(
    office: Actor, colleague: Actor, spot: Round
) -> None:
    draw = actions.commit_draw(spot, by=office, draw=PLAN)
    with pytest.raises(RefusedError, match="先抽完"):
        actions.commit_draw(spot, by=office, draw=PLAN)
    drawn = actions.draw_units(draw, by=colleague, word="8023", witness="老吴")
    with pytest.raises(RefusedError, match="结果不能改"):
        actions.draw_units(drawn, by=colleague, word="8024", witness="老吴")


@pytest.mark.parametrize(
    ("word", "witness", "told"),
    [("八零二三", "老吴", "只写数字"), ("123", "老吴", "4到12位"), ("8023", " ", "见证人")],
)
def test_the_number_and_the_witness_are_needed(
    office: Actor, colleague: Actor, spot: Round, word: str, witness: str, told: str
) -> None:  # fmt: skip
    draw = actions.commit_draw(spot, by=office, draw=PLAN)
    with pytest.raises(RefusedError, match=told):
        actions.draw_units(draw, by=colleague, word=word, witness=witness)
    assert Draw.objects.get().state == DrawState.COMMITTED


def test_units_are_left_out_with_a_reason_that_is_promised_too(office: Actor, spot: Round) -> None:
    out = {Unit.objects.get(name="第0镇").pk: "上月刚查过"}
    VisitFactory(round=spot, unit=Unit.objects.get(name="第1镇"))
    draw = actions.commit_draw(spot, by=office, draw=actions.DrawPlan("抽查", {"乡镇": 6}, out))
    told = {row["name"]: row["out"] for row in draw.pool if row["out"]}
    assert told == {"第0镇": "上月刚查过", "第1镇": "已在本轮之中"}


def test_no_more_are_drawn_than_there_are(office: Actor, spot: Round) -> None:
    with pytest.raises(RefusedError, match="部门可抽的只有2个，抽不出3个"):
        actions.commit_draw(spot, by=office, draw=actions.DrawPlan("抽查", {"部门": 3}))
    with pytest.raises(RefusedError, match="各组抽几个"):
        actions.commit_draw(spot, by=office, draw=actions.DrawPlan("抽查", {"部门": 0}))


def test_only_spot_checks_are_drawn_and_nobody_is_named_for_them(
    office: Actor, spot: Round
) -> None:
    with pytest.raises(RefusedError, match="只有平时抽查"):
        actions.commit_draw(RoundFactory(), by=office, draw=PLAN)
    with pytest.raises(RefusedError, match="由抽取产生"):
        actions.add_units(spot, by=office, units=[Unit.objects.first()])


def test_a_round_that_is_over_draws_nobody(office: Actor, spot: Round) -> None:
    over = RoundFactory(version_of=spot.version_of, kind=RoundKind.SPOT, state=RoundState.CLOSED)
    with pytest.raises(RefusedError, match="已经结束"):
        actions.commit_draw(over, by=office, draw=PLAN)
