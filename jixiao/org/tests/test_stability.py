"""Do the figures say how steady people are, and in what conditions they work?"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jixiao.org.models import Unit
from jixiao.org.queries.stability import condition_summary, conditions, stability, summary
from jixiao.org.queries.units import unit_card
from jixiao.org.states import ConditionKind, DutyRole, Kind, State, Use
from jixiao.org.tests.factories import ConditionFactory, DutyFactory, SectionFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def unit() -> Unit:
    """Three liaisons in a year and a half, the last one since 100 days; one lead since long."""
    made: Unit = UnitFactory()
    for since, until in ((ago(500), ago(301)), (ago(300), ago(101)), (ago(100), None)):
        DutyFactory(unit=made, since=since, until=until)
    DutyFactory(unit=made, role=DutyRole.LEAD, since=ago(1000), is_full_time=True)
    return made


def test_taking_over_within_a_year_counts(unit: Unit) -> None:
    row = stability(TODAY).get()
    assert (row.liaison_changes, row.lead_changes) == (2, 0)
    assert (row.part_time, row.in_duty, row.liaison_since) == (1, 2, ago(100))
    figures = unit_card(unit).figures(TODAY)
    assert (figures.liaison_changes, figures.lead_changes) == (2, 0)
    assert (figures.part_time, figures.in_duty, figures.days) == (1, 2, 199)


def test_the_first_liaison_of_a_unit_took_over_from_nobody() -> None:
    duty = DutyFactory(since=ago(100))
    assert stability(TODAY).get().liaison_changes == 0
    assert unit_card(duty.unit).figures(TODAY).liaison_changes == 0


def test_what_began_more_than_a_year_ago_does_not_count(unit: Unit) -> None:
    later = TODAY + timedelta(days=200)
    assert stability(later).get().liaison_changes == 1
    assert unit_card(unit).figures(later).liaison_changes == 1


@pytest.mark.usefixtures("unit")
def test_vacancies_are_told_by_duty() -> None:
    DutyFactory(role=DutyRole.HEAD, unit=UnitFactory())
    found = summary(TODAY)
    assert found.without == {"head": 1, "lead": 1, "liaison": 1}
    assert (found.restless, found.liaison_days, found.part_time_share) == (1, 100, "67%")


def test_units_that_are_not_compared_and_sections_do_not_count(unit: Unit) -> None:
    UnitFactory(kind=Kind.DEPARTMENT, group="")
    SectionFactory(parent=unit)
    UnitFactory(until=date(2023, 1, 1))
    assert [row.pk for row in stability(TODAY)] == [unit.pk]
    assert condition_summary() == {"shared": 0, "worn": 0, "recorded": 0, "unrecorded": 1}


def test_shared_and_worn_things_are_counted_by_unit(unit: Unit) -> None:
    ConditionFactory(unit=unit, kind=ConditionKind.OFFICE, use=Use.SHARED)
    ConditionFactory(unit=unit, kind=ConditionKind.SIGNBOARD, state=State.WORN)
    ConditionFactory(unit=unit, kind=ConditionKind.CABINET, state=State.LACKING)
    row = conditions().get()
    assert (row.shared, row.worn, len(row.found)) == (1, 2, 3)
    assert condition_summary() == {"shared": 1, "worn": 1, "recorded": 1, "unrecorded": 0}


def test_conditions_nobody_looked_at_for_a_year_are_missing(unit: Unit) -> None:
    for kind in ConditionKind:
        ConditionFactory(unit=unit, kind=kind, seen_on=ago(10))
    unit.conditions.filter(kind=ConditionKind.OFFICE).update(seen_on=ago(400))
    told = [each.what for each in unit_card(unit).missing(TODAY)]
    assert told == ["没有领导小组组长", "超过一年没有核对：办公室"]


def test_a_county_without_units_has_figures_too() -> None:
    assert (summary(TODAY).part_time_share, summary(TODAY).liaison_days) == ("—", None)
