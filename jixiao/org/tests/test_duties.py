"""Who may answer for performance work in a unit, one at a time, and who stands in?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.org.actions import (
    assign_duty,
    check_condition,
    delegate,
    end_delegation,
    end_duty,
    record_condition,
)
from jixiao.org.actions.facts import Absence, Finding, NewDuty
from jixiao.org.models import Unit
from jixiao.org.states import ConditionKind, DutyRole, State, Use
from jixiao.org.tests.factories import (
    ConditionFactory,
    DelegationFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    SectionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2024, 6, 1)
TODAY = timezone.localdate()
LIAISON = NewDuty(DutyRole.LIAISON, DAY)


@pytest.fixture
def unit() -> Unit:
    """A unit."""
    made: Unit = UnitFactory()
    return made


def test_the_units_own_lead_names_a_liaison(actor: Callable[..., Actor], unit: Unit) -> None:
    person = PostFactory(unit=unit).person
    duty = assign_duty(unit, by=actor(Role.UNIT_LEAD, key=unit.pk), person=person, duty=LIAISON)
    assert (duty.person, duty.until) == (person, None)


@pytest.mark.parametrize("role", [Role.UNIT_LEAD, Role.LIAISON])
def test_the_lead_of_another_unit_does_not(
    actor: Callable[..., Actor], unit: Unit, role: Role
) -> None:
    person = PostFactory(unit=unit).person
    with pytest.raises(DeniedError):
        assign_duty(unit, by=actor(role, key=UnitFactory().pk), person=person, duty=LIAISON)


def test_the_lead_of_a_unit_reaches_its_sections(actor: Callable[..., Actor], unit: Unit) -> None:
    section = SectionFactory(parent=unit)
    person = PostFactory(unit=section).person
    assert assign_duty(
        section, by=actor(Role.UNIT_LEAD, key=unit.pk), person=person, duty=LIAISON
    ).pk


def test_a_second_liaison_is_refused_until_it_is_said_that_the_first_one_goes(
    office: Actor,
) -> None:
    held = DutyFactory()
    person = PostFactory(unit=held.unit).person
    with pytest.raises(RefusedError, match="接替谁") as refused:
        assign_duty(held.unit, by=office, person=person, duty=LIAISON)
    assert refused.value.field == "replaces"
    assign_duty(held.unit, by=office, person=person, duty=LIAISON, replaces=held)
    held.refresh_from_db()
    assert held.until == date(2024, 5, 31)


def test_a_slip_corrected_on_the_same_day_is_no_change_of_liaison(office: Actor) -> None:
    held = DutyFactory(since=DAY)
    person = PostFactory(unit=held.unit).person
    assign_duty(held.unit, by=office, person=person, duty=LIAISON, replaces=held)
    assert [duty.person for duty in held.unit.duties.all()] == [person]


def test_terms_do_not_overlap(office: Actor) -> None:
    held = DutyFactory(since=date(2024, 7, 1))
    person = PostFactory(unit=held.unit).person
    with pytest.raises(RefusedError, match="不能更早"):
        assign_duty(held.unit, by=office, person=person, duty=LIAISON, replaces=held)
    end_duty(held, by=office, until=date(2024, 8, 1), reason="调离")
    with pytest.raises(RefusedError, match="在这之后"):
        assign_duty(
            held.unit, by=office, person=person, duty=NewDuty(DutyRole.LIAISON, date(2024, 7, 15))
        )


def test_whoever_takes_over_says_from_whom_so_that_a_change_in_between_is_noticed(
    office: Actor,
) -> None:
    seen = DutyFactory()
    between, late = (PostFactory(unit=seen.unit).person for _ in range(2))
    assign_duty(seen.unit, by=office, person=between, duty=LIAISON, replaces=seen)
    july = NewDuty(DutyRole.LIAISON, date(2024, 7, 1))
    with pytest.raises(RefusedError, match=between.name):
        assign_duty(seen.unit, by=office, person=late, duty=july, replaces=seen)


def test_a_leading_group_has_several_members_each_once(office: Actor) -> None:
    held = DutyFactory(role=DutyRole.MEMBER)
    other = PostFactory(unit=held.unit).person
    assign_duty(held.unit, by=office, person=other, duty=NewDuty(DutyRole.MEMBER, DAY))
    with pytest.raises(RefusedError, match="已是"):
        assign_duty(held.unit, by=office, person=other, duty=NewDuty(DutyRole.MEMBER, DAY))


def test_a_stranger_to_the_unit_is_refused_somebody_of_its_section_is_not(
    office: Actor, unit: Unit
) -> None:
    with pytest.raises(RefusedError, match="登记任职"):
        assign_duty(unit, by=office, person=PostFactory().person, duty=LIAISON)
    below = PostFactory(unit=SectionFactory(parent=unit)).person
    assert assign_duty(unit, by=office, person=below, duty=LIAISON).pk


def test_a_duty_does_not_begin_before_its_unit_or_in_the_future(office: Actor, unit: Unit) -> None:
    person = PostFactory(unit=unit).person
    for since in (date(2019, 1, 1), TODAY + timedelta(days=1)):
        with pytest.raises(RefusedError):
            assign_duty(unit, by=office, person=person, duty=NewDuty(DutyRole.LEAD, since))


def test_a_duty_ends_once(office: Actor) -> None:
    duty = end_duty(DutyFactory(), by=office, until=DAY, reason="调离")
    with pytest.raises(RefusedError, match="已于"):
        end_duty(duty, by=office, until=DAY, reason="调离")


def absence(*, days: int = 5) -> Absence:
    return Absence(TODAY, TODAY + timedelta(days=days), "外出学习")


def test_somebody_stands_in_while_the_liaison_is_away_and_until_they_are_back(
    office: Actor,
) -> None:
    duty = DutyFactory()
    deputy = PostFactory(unit=duty.unit).person
    made = delegate(duty.unit, by=office, absent=duty.person, deputy=deputy, absence=absence())
    with pytest.raises(RefusedError, match="已有委托"):
        delegate(duty.unit, by=office, absent=duty.person, deputy=deputy, absence=absence())
    end_delegation(made, by=office, reason="提前返回")
    assert not duty.unit.delegations.exists()


def test_a_delegation_that_ran_for_a_while_ends_yesterday(office: Actor) -> None:
    made = DelegationFactory(since=TODAY - timedelta(days=3))
    ended = end_delegation(made, by=office, reason="提前返回")
    assert ended.until == TODAY - timedelta(days=1)
    with pytest.raises(RefusedError, match="已于"):
        end_delegation(ended, by=office, reason="提前返回")


def test_only_duties_are_delegated_to_people_of_the_unit_and_not_for_the_past(
    office: Actor,
) -> None:
    duty = DutyFactory()
    mate, stranger = PostFactory(unit=duty.unit).person, PersonFactory()
    for absent, deputy, away in (
        (mate, duty.person, absence()),
        (duty.person, stranger, absence()),
        (duty.person, mate, Absence(DAY, DAY, "学习")),
    ):
        with pytest.raises(RefusedError):
            delegate(duty.unit, by=office, absent=absent, deputy=deputy, absence=away)
    with pytest.raises(RefusedError, match="本人"):
        delegate(duty.unit, by=office, absent=duty.person, deputy=duty.person, absence=absence())


def test_the_units_liaison_records_its_conditions_and_checks_them_again(
    actor: Callable[..., Actor], unit: Unit
) -> None:
    liaison = actor(Role.LIAISON, key=unit.pk)
    found = Finding(ConditionKind.COMPUTER, DAY, quantity=2, use=Use.SHARED)
    condition = record_condition(unit, by=liaison, finding=found)
    with pytest.raises(RefusedError, match="已经登记过"):
        record_condition(unit, by=liaison, finding=found)
    worn = Finding(ConditionKind.COMPUTER, date(2024, 9, 1), quantity=1, state=State.WORN)
    check_condition(condition, by=liaison, finding=worn)
    condition.refresh_from_db()
    assert (condition.quantity, condition.use, condition.state) == (1, Use.OWN, State.WORN)


def test_an_older_finding_does_not_overwrite_a_newer_one(office: Actor) -> None:
    condition = ConditionFactory(seen_on=date(2024, 9, 1))
    with pytest.raises(RefusedError, match="更近"):
        check_condition(condition, by=office, finding=Finding(ConditionKind.OFFICE, DAY))


def test_another_units_conditions_are_not_touched(actor: Callable[..., Actor]) -> None:
    condition = ConditionFactory()
    stranger = actor(Role.LIAISON, key=UnitFactory().pk)
    with pytest.raises(DeniedError):
        check_condition(condition, by=stranger, finding=Finding(ConditionKind.OFFICE, DAY))
