"""What happens when people come, change, are appointed, relieved or leave?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.org.actions import (
    add_person,
    appoint,
    change_person,
    end_post,
    leave,
    link_account,
)
from jixiao.org.actions.facts import NewPost
from jixiao.org.models import Person
from jixiao.org.states import Rank
from jixiao.org.tests.factories import (
    DelegationFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    SectionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2024, 6, 1)
CHIEF = NewPost("镇长", DAY)


def test_a_person_is_found_by_name_pinyin_and_number(office: Actor) -> None:
    person = add_person("Q007", by=office, name="韩松", rank=Rank.STAFF)
    for words in ("韩松", "hans", "hs", "q007"):
        assert list(Person.objects.found_by(words)) == [person]


def test_two_people_may_have_one_name_but_not_one_number(office: Actor) -> None:
    add_person("Q007", by=office, name="韩松", rank=Rank.STAFF)
    add_person("Q008", by=office, name="韩松", rank=Rank.STAFF)
    with pytest.raises(RefusedError, match="Q007"):
        add_person("Q007", by=office, name="李四", rank=Rank.STAFF)


def test_a_corrected_name_is_found_at_once(office: Actor) -> None:
    person = PersonFactory(name="韩忪")
    change_person(person, by=office, name="韩松", rank=Rank.SECTION_DEPUTY)
    assert Person.objects.found_by("hansong").get().is_leading


def test_an_account_belongs_to_one_person(office: Actor, account: Callable[..., Account]) -> None:
    first, second, login = PersonFactory(), PersonFactory(), account(Role.CADRE, key=1)
    link_account(first, by=office, account=login)
    with pytest.raises(RefusedError, match="已关联"):
        link_account(second, by=office, account=login)
    link_account(first, by=office, account=None)
    assert link_account(second, by=office, account=login).account == login


def test_the_same_title_twice_in_one_unit_is_refused(office: Actor) -> None:
    unit, person = UnitFactory(), PersonFactory()
    appoint(person, by=office, unit=unit, post=CHIEF)
    with pytest.raises(RefusedError, match="已有这个职务"):
        appoint(person, by=office, unit=unit, post=CHIEF)


@pytest.mark.parametrize("since", [date(2019, 1, 1), timezone.localdate() + timedelta(days=1)])
def test_a_post_begins_while_the_unit_exists_and_not_in_the_future(
    office: Actor, since: date
) -> None:
    with pytest.raises(RefusedError) as refused:
        appoint(PersonFactory(), by=office, unit=UnitFactory(), post=NewPost("镇长", since))
    assert refused.value.field == "since"


def test_nobody_is_appointed_to_a_closed_unit(office: Actor) -> None:
    closed = UnitFactory(until=date(2023, 1, 1))
    with pytest.raises(RefusedError, match="撤销"):
        appoint(PersonFactory(), by=office, unit=closed, post=CHIEF)


def test_whoever_loses_the_last_post_loses_the_duties_there_too(office: Actor) -> None:
    duty = DutyFactory()
    end_post(duty.person.posts.get(), by=office, until=DAY, reason="调离")
    duty.refresh_from_db()
    assert duty.until == DAY


def test_whoever_keeps_a_post_below_keeps_the_duties(office: Actor) -> None:
    duty = DutyFactory()
    PostFactory(person=duty.person, unit=SectionFactory(parent=duty.unit))
    end_post(duty.person.posts.get(unit=duty.unit), by=office, until=DAY, reason="兼职取消")
    duty.refresh_from_db()
    assert duty.until is None


def test_a_post_does_not_end_before_it_began_or_twice(office: Actor) -> None:
    post = PostFactory(since=DAY)
    with pytest.raises(RefusedError, match="才开始"):
        end_post(post, by=office, until=date(2024, 5, 1), reason="调离")
    end_post(post, by=office, until=DAY, reason="调离")
    with pytest.raises(RefusedError, match="已于"):
        end_post(post, by=office, until=DAY, reason="调离")


def test_whoever_leaves_has_no_post_duty_or_delegation_left(office: Actor) -> None:
    duty = DutyFactory()
    future = timezone.localdate() + timedelta(days=9)
    DelegationFactory(unit=duty.unit, absent=duty.person, since=future, until=future)
    gone = leave(duty.person, by=office, on=DAY, reason="退休")
    assert gone.left_on == DAY
    assert not gone.posts.filter(until=None).exists()
    assert not gone.duties.filter(until=None).exists()
    assert not gone.delegations_given.exists()


def test_whoever_left_may_be_appointed_again_later_not_earlier(office: Actor) -> None:
    person = PersonFactory(left_on=DAY)
    with pytest.raises(RefusedError, match="才离开"):
        appoint(person, by=office, unit=UnitFactory(), post=CHIEF)
    appoint(person, by=office, unit=UnitFactory(), post=NewPost("镇长", date(2024, 7, 1)))
    person.refresh_from_db()
    assert person.left_on is None


def test_nobody_leaves_twice(office: Actor) -> None:
    with pytest.raises(RefusedError, match="离开"):
        leave(PersonFactory(left_on=DAY), by=office, on=DAY, reason="退休")


def test_people_are_kept_by_the_office_only(actor: Callable[..., Actor]) -> None:
    unit = UnitFactory()
    with pytest.raises(DeniedError):
        appoint(PersonFactory(), by=actor(Role.UNIT_LEAD, key=unit.pk), unit=unit, post=CHIEF)
