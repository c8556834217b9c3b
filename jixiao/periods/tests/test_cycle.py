"""Is a year planned in order, changed with a reason, and does everybody see where it stands?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.periods.actions import Planned, change_stage, plan_cycle
from jixiao.periods.models import Cycle
from jixiao.periods.queries import current_cycle
from jixiao.periods.states import StageKind, Standing
from jixiao.periods.tests.factories import CycleFactory

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]


def plan(**changed: tuple[date, date]) -> list[Planned]:
    days = {kind: (date(2026, n, 1), date(2026, n, 28)) for n, kind in enumerate(StageKind, 1)}
    return [Planned(kind, *changed.get(kind, span)) for kind, span in days.items()]


def test_a_year_runs_from_its_first_step_to_its_last(actor: Actors) -> None:
    cycle = plan_cycle(2026, by=actor(Role.OFFICE), title="2026年度", stages=plan())
    assert (cycle.since, cycle.until) == (date(2026, 1, 1), date(2026, 7, 28))
    assert cycle.stages.count() == 7


def test_a_year_is_planned_once(actor: Actors) -> None:
    CycleFactory(year=2026)
    with pytest.raises(RefusedError, match="2026年度已经安排过"):
        plan_cycle(2026, by=actor(Role.OFFICE), title="2026年度", stages=plan())


def test_all_seven_steps_are_needed(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="七个步骤"):
        plan_cycle(2026, by=actor(Role.OFFICE), title="2026年度", stages=plan()[:6])


def test_a_step_may_not_begin_before_the_one_that_precedes_it(actor: Actors) -> None:
    early = plan(visit=(date(2026, 1, 5), date(2026, 4, 28)))
    with pytest.raises(RefusedError, match="“现场”不能早于前一步“材料”") as found:
        plan_cycle(2026, by=actor(Role.OFFICE), title="2026年度", stages=early)
    assert found.value.field == "visit_since"
    assert not Cycle.objects.exists()


def test_a_step_does_not_end_before_it_begins(actor: Actors) -> None:
    wrong = plan(bulletin=(date(2026, 7, 20), date(2026, 7, 2)))
    with pytest.raises(RefusedError, match="“通报”的止日不能早于起日"):
        plan_cycle(2026, by=actor(Role.OFFICE), title="2026年度", stages=wrong)


def test_only_the_office_plans_years(actor: Actors) -> None:
    with pytest.raises(DeniedError):
        plan_cycle(2026, by=actor(Role.LEADER), title="2026年度", stages=plan())


def test_a_step_moves_with_its_reason_and_takes_the_years_end_with_it(actor: Actors) -> None:
    stage = CycleFactory().stages.get(kind=StageKind.BULLETIN)
    later = {"since": date(2026, 7, 1), "until": date(2026, 8, 10)}
    change_stage(stage, by=actor(Role.OFFICE), **later, reason="省里数据晚到")
    assert Cycle.objects.get().until == date(2026, 8, 10)
    entry = Event.objects.first()
    assert entry is not None
    assert entry.reason == "省里数据晚到"
    assert {change["row"].split(":")[0] for change in entry.changes} == {
        "periods.stage", "periods.cycle",
    }  # fmt: skip


def test_a_step_cannot_be_moved_before_its_predecessor(actor: Actors) -> None:
    stage = CycleFactory().stages.get(kind=StageKind.REVIEW)
    early = {"since": date(2026, 4, 1), "until": date(2026, 6, 28)}
    with pytest.raises(RefusedError, match="不能早于前一步“评定”"):
        change_stage(stage, by=actor(Role.OFFICE), **early, reason="提前")


@pytest.mark.parametrize(
    ("day", "words", "between"),
    [
        (date(2026, 4, 10), "2026年度 · 现场", False),
        (date(2026, 4, 30), "2026年度 · 评定", True),  # between two steps: the next one
        (date(2025, 12, 1), "2026年度 · 办法", True),  # before the first
    ],
)
def test_everybody_sees_where_the_year_stands(day: date, words: str, *, between: bool) -> None:
    CycleFactory()
    found = current_cycle(day)
    assert found is not None
    assert (str(found), found.is_between) == (words, between)


def test_steps_before_today_are_past_and_steps_after_it_not_begun() -> None:
    CycleFactory()
    found = current_cycle(date(2026, 4, 10))
    assert found is not None
    assert [step.standing for step in found.steps] == [
        *[Standing.DONE] * 3, Standing.NOW, *[Standing.OPEN] * 3,
    ]  # fmt: skip


def test_last_years_bulletin_comes_before_this_years_scheme() -> None:
    CycleFactory(year=2025, until=date(2026, 2, 20)).stages.filter(kind=StageKind.BULLETIN).update(
        until=date(2026, 2, 20)
    )
    CycleFactory(year=2026)
    found = current_cycle(date(2026, 2, 20))
    assert found is not None
    assert found.cycle.year == 2025
    after = current_cycle(date(2026, 2, 20) + timedelta(1))
    assert after is not None
    assert after.cycle.year == 2026


def test_without_a_year_nothing_stands_anywhere() -> None:
    assert current_cycle(date(2026, 4, 10)) is None
