"""Does a round begin with the right units, and end only when everybody is through?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.tests.factories import UnitFactory
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory
from jixiao.visits import actions
from jixiao.visits.models import Round, Visit
from jixiao.visits.states import RoundKind, RoundState, VisitState
from jixiao.visits.tests.factories import (
    AssessorFactory,
    DrawFactory,
    RoundFactory,
    TeamFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
PLAN = actions.RoundPlan(RoundKind.ANNUAL, "全年评估", date(2026, 11, 2), date(2026, 11, 30))


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """Somebody of the office."""
    return actor(Role.OFFICE)


@pytest.fixture
def scheme() -> SchemeVersion:
    """A published scheme whose three units are in the books."""
    for name, group in (("云溪镇", "乡镇"), ("河口镇", "乡镇"), ("财政局", "部门")):
        UnitFactory(name=name, group=group)
    return SchemeVersionFactory(state=State.PUBLISHED)


def ready(round_: Round) -> Round:
    """Every unit has a team of two."""
    team = TeamFactory(round=round_, people=[AssessorFactory(), AssessorFactory()])
    round_.visits.update(team=team)
    return round_


def test_planning_a_round_brings_in_every_unit_of_the_scheme(
    office: Actor, scheme: SchemeVersion
) -> None:
    made = actions.plan_round(scheme, by=office, plan=PLAN)
    assert [v.name for v in made.visits.all()] == ["云溪镇", "河口镇", "财政局"]
    assert Event.objects.get(action="visits.plan_round").subject_label == "2026年度全年评估"


def test_a_round_may_be_about_some_groups_only(office: Actor, scheme: SchemeVersion) -> None:
    plan = actions.RoundPlan(**{**vars(PLAN), "groups": ("部门",)})
    made = actions.plan_round(scheme, by=office, plan=plan)
    assert [v.name for v in made.visits.all()] == ["财政局"]


def test_a_scheme_that_is_not_published_is_not_assessed_by(office: Actor) -> None:
    with pytest.raises(RefusedError, match="已发布"):
        actions.plan_round(SchemeVersionFactory(), by=office, plan=PLAN)


def test_a_unit_that_the_books_do_not_know_is_named(office: Actor) -> None:
    UnitFactory(name="云溪镇")
    with pytest.raises(RefusedError, match="财政局"):
        actions.plan_round(SchemeVersionFactory(state=State.PUBLISHED), by=office, plan=PLAN)
    assert not Visit.objects.exists()


def test_a_round_opens_when_every_unit_has_a_team_of_two(
    office: Actor, scheme: SchemeVersion
) -> None:
    made = actions.plan_round(scheme, by=office, plan=PLAN)
    with pytest.raises(RefusedError, match="给3个单位指定评估组"):
        actions.open_round(made, by=office)
    opened = actions.open_round(ready(made), by=office)
    assert (opened.state, opened.digest) == (RoundState.OPEN, scheme.digest)


def test_a_round_ends_when_everybody_confirmed_or_was_excused(office: Actor) -> None:
    round_ = RoundFactory()
    VisitFactory(round=round_, state=VisitState.CLOSED)
    left = VisitFactory(round=round_, unit__name="河口镇")
    with pytest.raises(RefusedError, match="河口镇"):
        actions.close_round(round_, by=office)
    actions.excuse_unit(left, by=office, reason="年中撤并")
    assert actions.close_round(round_, by=office).state == RoundState.CLOSED


def test_a_round_reopens_with_a_reason(office: Actor) -> None:
    closed = RoundFactory(state=RoundState.CLOSED)
    with pytest.raises(RefusedError):
        actions.reopen_round(closed, by=office, reason=" ")
    assert actions.reopen_round(closed, by=office, reason="漏评一家").is_open


def test_an_assessor_plans_nothing(actor: Callable[..., Actor], scheme: SchemeVersion) -> None:
    with pytest.raises(DeniedError):
        actions.plan_round(scheme, by=actor(Role.ASSESSOR), plan=PLAN)


def change(round_: Round, **changed: object) -> actions.RoundChange:
    now = {name: getattr(round_, name) for name in ("name", "since", "until", "is_double")}
    return actions.RoundChange(**{**now, **changed})  # type: ignore[arg-type]


def test_the_days_of_a_round_under_way_can_be_changed_but_not_how_it_is_marked(
    office: Actor,
) -> None:
    open_ = RoundFactory()
    longer = change(open_, until=date(2026, 12, 11))
    assert actions.change_round(open_, by=office, change=longer).until == date(2026, 12, 11)
    with pytest.raises(RefusedError, match="不能再改"):
        actions.change_round(open_, by=office, change=change(open_, is_double=True))


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"name": " "}, "名称"), ({"until": date(2020, 1, 1)}, "早于"), ({"name": "抽查"}, "同名")],
)
def test_a_change_that_cannot_be_is_refused(
    office: Actor, changed: dict[str, object], told: str
) -> None:
    round_ = RoundFactory(state=RoundState.PLANNED)
    RoundFactory(version_of=round_.version_of, name="抽查")
    with pytest.raises(RefusedError, match=told):
        actions.change_round(round_, by=office, change=change(round_, **changed))


def test_a_round_planned_by_mistake_is_dropped_with_all_that_belongs_to_it(office: Actor) -> None:
    made = RoundFactory(state=RoundState.PLANNED)
    VisitFactory(round=made, team=TeamFactory(round=made, people=[AssessorFactory()]))
    actions.drop_round(made, by=office, reason="选错了办法")
    assert (Round.objects.count(), Visit.objects.count()) == (0, 0)
    assert len(Event.objects.get(action="visits.drop_round").changes) == 4


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
def test_a_round_that_began_is_not_dropped(office: Actor, state: RoundState) -> None:
    with pytest.raises(RefusedError, match="不能撤销"):
        actions.drop_round(RoundFactory(state=state), by=office, reason="选错了")


def test_a_promised_draw_or_a_notice_keeps_a_round(office: Actor) -> None:
    drawn, told = DrawFactory(round__state=RoundState.PLANNED).round, VisitFactory(round__state=RoundState.PLANNED, told_on=date(2026, 11, 2)).round  # fmt: skip
    for round_ in (drawn, told):
        with pytest.raises(RefusedError, match="已经公布过抽取或通知过单位"):
            actions.drop_round(round_, by=office, reason="选错了")
