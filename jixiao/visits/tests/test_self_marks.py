"""Is a unit asked once, for nothing that is known already, and only while it can still matter?"""

from collections.abc import Callable
from typing import Any

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import ITEMS, SchemeVersionFactory, scheme
from jixiao.visits import actions
from jixiao.visits.actions.self_marks import OwnView
from jixiao.visits.models import SelfMark, Visit
from jixiao.visits.queries.self_marks import self_tasks
from jixiao.visits.states import RoundState, VisitState
from jixiao.visits.tests.factories import RoundFactory, VisitFactory
from jixiao.visits.tests.scene import Scene
from jixiao.visits.tests.scene import scene as there_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(actor: Callable[..., Actor]) -> Scene:
    """A unit that is asked what it thinks."""
    return there_is(actor, asks_self=True)


def give(there: Scene, *views: OwnView, by: Actor | None = None) -> Visit:
    return actions.give_self_marks(there.now(), by=by or there.lead, views=views)


def nine(code: str = "1.2", mark: int | None = 90_000, note: str = "") -> OwnView:
    return OwnView(code, {code: mark}, note)


def test_the_unit_says_what_it_thinks_and_figures_become_a_mark(asked: Scene) -> None:
    give(asked, nine(note="缺1份"), OwnView("1.1", {"迟报": 20_000}))
    known = {each.code: (each.mark, each.note) for each in SelfMark.objects.all()}
    assert known == {"1.2": (90_000, "缺1份"), "1.1": (290_000, "")}


def test_saying_it_again_changes_what_was_said(asked: Scene) -> None:
    give(asked, nine())
    give(asked, nine(mark=70_000))
    give(asked, nine(mark=70_000))
    row = SelfMark.objects.get()
    assert (row.mark, row.version) == (70_000, 2)


def test_nothing_is_needed_and_nothing_said_leaves_no_row(asked: Scene) -> None:
    give(asked, nine(mark=None))
    assert not SelfMark.objects.exists()


def test_what_was_said_can_be_emptied(asked: Scene) -> None:
    give(asked, nine())
    give(asked, nine(mark=None))
    assert (SelfMark.objects.get().values, SelfMark.objects.get().mark) == ({}, None)


@pytest.mark.parametrize(
    ("view", "word"),
    [
        (nine(mark=100_001), r"1\.2 材料质量：“得分”不能高于10\.0"),
        (nine("9.9"), "不在自评之列"),
        (OwnView("1.2", {"别的": 1}), "没有“别的”"),
        (nine(note="长" * 301), "最多300字"),
    ],
)
def test_what_cannot_be_is_refused_in_words(asked: Scene, view: OwnView, word: str) -> None:
    with pytest.raises(RefusedError, match=word):
        give(asked, view)


@pytest.mark.parametrize(
    ("state", "word"), [(VisitState.FED_BACK, "自评不能再改"), (VisitState.CLOSED, "不能再改")]
)
def test_after_the_feedback_it_is_too_late(
    actor: Callable[..., Actor], state: VisitState, word: str
) -> None:
    visit = VisitFactory(state=state, round__asks_self=True)
    lead = actor(Role.UNIT_LEAD, key=visit.unit_id)
    with pytest.raises(RefusedError, match=word):
        actions.give_self_marks(visit, by=lead, views=[nine()])


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"asks_self": False}, "不要自评"),
        ({"asks_self": True, "state": RoundState.PLANNED}, "筹备"),
        ({"asks_self": True, "state": RoundState.CLOSED}, "已结束"),
    ],
)
def test_a_round_that_does_not_ask_or_is_not_open_takes_none(
    actor: Callable[..., Actor], said: dict[str, Any], word: str
) -> None:
    visit = VisitFactory(round=RoundFactory(**said))
    lead = actor(Role.LIAISON, key=visit.unit_id)
    with pytest.raises(RefusedError, match=word):
        actions.give_self_marks(visit, by=lead, views=[nine()])


def test_what_others_provide_is_not_asked(actor: Callable[..., Actor]) -> None:
    provided = {"code": "2.1", "name": "月自查", "points": "60", "scorer": "县档案局"}
    items = [ITEMS[0], {"code": "2", "name": "内部绩效", "points": "60", "items": [provided]}]
    version = SchemeVersionFactory(of=scheme(items=items), state=State.PUBLISHED)
    there = there_is(actor, asks_self=True, version_of=version)
    assert [each.code for each in self_tasks(there.visit)] == ["1.1", "1.2"]
    with pytest.raises(RefusedError, match="不在自评之列"):
        give(there, nine("2.1"))


def test_only_the_units_own_people_speak_for_it(asked: Scene, actor: Callable[..., Actor]) -> None:
    other = VisitFactory(unit__name="河口镇").unit
    for by in (actor(Role.LIAISON, key=other.pk), asked.he, asked.office):
        with pytest.raises(DeniedError):
            give(asked, nine(), by=by)


def test_the_record_of_writes_does_not_tell_the_marks(asked: Scene) -> None:
    give(asked, nine(note="缺1份"))
    told = str(Event.objects.get(action="visits.give_self_marks").changes)
    assert "visits.selfmark" in told
    assert "90000" not in told
