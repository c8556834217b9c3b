"""Are days filled fairly, units told once, and burdens counted against last year?"""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Notice, Receipt
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory
from jixiao.visits import actions
from jixiao.visits.models import Round, Visit
from jixiao.visits.queries import schedule as queries
from jixiao.visits.states import RoundKind, RoundState, VisitState
from jixiao.visits.tests.factories import AssessorFactory, RoundFactory, TeamFactory, VisitFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 30)
WEEKS = actions.DayPlan(FIRST, LAST)
MORNING = actions.Slot(FIRST, time(9), time(11, 30))


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.OFFICE)


@pytest.fixture
def round_() -> Round:
    """Two teams with the three units of the scheme."""
    made = RoundFactory()
    teams = [TeamFactory(round=made, people=[AssessorFactory(), AssessorFactory()]) for _ in "甲乙"]
    for n, (name, group) in enumerate((("云溪镇", "乡镇"), ("河口镇", "乡镇"), ("财政局", "部门"))):
        unit = UnitFactory(name=name, group=group)
        VisitFactory(round=made, unit=unit, team=teams[n % 2], order=n)
    return made


def days(round_: Round) -> dict[str, str]:
    return {v.name: f"{v.on:%m-%d} {v.starts:%H:%M}" for v in round_.visits.order_by("order") if v.on}  # fmt: skip


def test_days_are_planned_team_by_team_in_the_schemes_order(office: Actor, round_: Round) -> None:
    actions.plan_days(round_, by=office, plan=WEEKS)
    expected = {"云溪镇": "11-02 09:00", "河口镇": "11-02 09:00", "财政局": "11-02 14:30"}
    assert days(round_) == expected
    assert queries.plan(round_).clashing == []


def test_weekends_and_holidays_are_left_out(office: Actor) -> None:
    made = RoundFactory(since=date(2026, 9, 30), until=date(2026, 10, 31))
    team = TeamFactory(round=made, people=[AssessorFactory(), AssessorFactory()])
    for n in range(2):
        VisitFactory(round=made, unit=UnitFactory(name=f"第{n}镇"), team=team, order=n)
    plan = actions.DayPlan(made.since, made.until, a_day=1)
    actions.plan_days(made, by=office, plan=plan)
    assert [v.on for v in made.visits.order_by("order")] == [date(2026, 9, 30), date(2026, 10, 8)]


def test_a_year_without_its_holidays_is_not_guessed(office: Actor) -> None:
    made = RoundFactory(since=date(2031, 3, 3), until=date(2031, 3, 31))
    VisitFactory(round=made, team=TeamFactory(round=made))
    with pytest.raises(RefusedError, match="节假日安排还没有录入"):
        actions.plan_days(made, by=office, plan=actions.DayPlan(made.since, made.until))


def test_too_few_days_are_said_and_nothing_is_planned(office: Actor, round_: Round) -> None:
    with pytest.raises(RefusedError, match="还有1个单位排不下（财政局）"):
        actions.plan_days(round_, by=office, plan=actions.DayPlan(FIRST, FIRST, a_day=1))
    assert days(round_) == {}


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (actions.DayPlan(date(2026, 10, 30), LAST), "在本轮日期2026年11月2日"),
        (actions.DayPlan(LAST, FIRST), "止日不能早于起日"),
        (actions.DayPlan(FIRST, LAST, a_day=9), "1到3个"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    office: Actor, round_: Round, plan: actions.DayPlan, told: str
) -> None:
    with pytest.raises(RefusedError, match=told):
        actions.plan_days(round_, by=office, plan=plan)


def test_planning_again_keeps_what_has_a_day_unless_asked(office: Actor, round_: Round) -> None:
    town = round_.visits.get(name="云溪镇")
    actions.schedule_visit(town, by=office, slot=actions.Slot(date(2026, 11, 20), time(9)))
    actions.plan_days(round_, by=office, plan=WEEKS)
    assert days(round_)["云溪镇"] == "11-20 09:00"
    again = actions.DayPlan(FIRST, LAST, afresh=True)
    actions.plan_days(round_, by=office, plan=again)
    assert days(round_)["云溪镇"] == "11-02 09:00"


def test_another_round_of_the_same_people_or_unit_is_planned_around(
    office: Actor, round_: Round
) -> None:
    actions.plan_days(round_, by=office, plan=WEEKS)
    spot = RoundFactory(kind=RoundKind.SPOT, version_of=round_.version_of)
    people = [seat.person for seat in round_.teams.first().seats.all()]
    team = TeamFactory(round=spot, people=people)
    VisitFactory(round=spot, unit=Unit.objects.get(name="河口镇"), team=team)
    VisitFactory(round=spot, unit=UnitFactory(name="柳湾乡"), team=team, order=1)
    actions.plan_days(spot, by=office, plan=WEEKS)
    assert days(spot) == {"河口镇": "11-03 09:00", "柳湾乡": "11-03 14:30"}


def test_a_day_set_by_hand_is_checked_against_the_rest(office: Actor, round_: Round) -> None:
    town, bureau = round_.visits.get(name="云溪镇"), round_.visits.get(name="财政局")
    actions.schedule_visit(town, by=office, slot=MORNING)
    moved = actions.schedule_visit(bureau, by=office, slot=MORNING)
    assert "同一时间还要到云溪镇（9:00—11:30）" in queries.clashes_of(moved)[0]
    sunday = actions.Slot(date(2026, 11, 29), time(9))
    moved = actions.schedule_visit(moved, by=office, slot=sunday)
    assert queries.clashes_of(moved) == ["周日休息"]


@pytest.mark.parametrize(
    ("slot", "told"),
    [
        (actions.Slot(None, time(9)), "先写日期"),
        (actions.Slot(FIRST, time(11), time(9)), "结束要晚于开始"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    office: Actor, round_: Round, slot: actions.Slot, told: str
) -> None:
    with pytest.raises(RefusedError, match=told):
        actions.schedule_visit(round_.visits.first(), by=office, slot=slot)


def test_a_visit_that_has_begun_keeps_its_day(office: Actor) -> None:
    with pytest.raises(RefusedError, match="不能再改"):
        actions.schedule_visit(VisitFactory(state=VisitState.UNDERWAY), by=office, slot=MORNING)


# ------------------------------------------------------------------ telling the units


def test_each_unit_is_told_its_day_once(office: Actor, round_: Round) -> None:
    actions.plan_days(round_, by=office, plan=WEEKS)
    assert actions.announce_visits(round_, by=office) == 3
    told = Notice.objects.get(receipts__unit__name="云溪镇")
    for words in ("11月2日", "9:00—11:30", "月自查", "不需要迎送", "不彩排"):
        assert words in told.body
    with pytest.raises(RefusedError, match="都已经通知过"):
        actions.announce_visits(round_, by=office)


def test_a_unit_is_told_again_when_its_day_moves(office: Actor, round_: Round) -> None:
    actions.plan_days(round_, by=office, plan=WEEKS)
    actions.announce_visits(round_, by=office)
    town = round_.visits.get(name="云溪镇")
    actions.schedule_visit(town, by=office, slot=actions.Slot(date(2026, 11, 20)))
    assert actions.announce_visits(round_, by=office) == 1
    assert "改期" in Receipt.objects.latest("id").notice.title


def test_a_form_sent_twice_tells_nobody_twice(actor: Callable[..., Actor], round_: Round) -> None:
    office = actor(Role.OFFICE)
    actions.plan_days(round_, by=office, plan=WEEKS)
    object.__setattr__(office, "once", "a1")
    assert actions.announce_visits(round_, by=office) == 3


def test_spot_checks_are_not_announced(office: Actor) -> None:
    with pytest.raises(RefusedError, match="不提前通知"):
        actions.announce_visits(RoundFactory(kind=RoundKind.SPOT), by=office)


# ------------------------------------------------------------------ burden


def visited(unit: Unit, year: int, on: date, **changed: Any) -> Visit:
    """A visit of another round."""
    version = SchemeVersionFactory(year=year, state=State.PUBLISHED)
    return VisitFactory(round=RoundFactory(version_of=version), unit=unit, on=on, **changed)


def test_a_units_visits_are_counted_against_the_same_day_of_last_year(round_: Round) -> None:
    town = Unit.objects.get(name="云溪镇")
    visited(town, 2026, date(2026, 6, 1))
    visited(town, 2026, date(2026, 12, 24))
    visited(town, 2025, date(2025, 6, 1))
    visited(town, 2025, date(2025, 12, 1))
    visited(town, 2025, date(2025, 6, 2), state=VisitState.EXCUSED, excuse="撤并")
    round_.visits.filter(unit=town).update(on=FIRST)
    found = queries.plan(round_).burdens
    assert found.heavier[0].words == "云溪镇今年第2次，去年同期1次"
    assert found.words == "2026年度各轮共安排5次到单位，上年2次"


def test_without_a_year_before_nothing_is_compared(round_: Round) -> None:
    found = queries.plan(round_).burdens
    assert (found.heavier, found.words) == ([], "2026年度各轮共安排3次到单位；上年没有记录可比")


def test_units_see_what_they_were_told_but_no_spot_check_before_it_comes(round_: Round) -> None:
    town = Unit.objects.get(name="云溪镇")
    spot = RoundFactory(kind=RoundKind.SPOT)
    VisitFactory(round=spot, unit=town, on=FIRST)
    draft = RoundFactory(state=RoundState.PLANNED)
    VisitFactory(round=draft, unit=town, on=FIRST)
    assert [v.round for v in queries.of_units([town.pk])] == [round_]
