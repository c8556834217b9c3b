"""Does a deputy work knowingly for somebody away, with their roles, as long as it holds?"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.actions import grant_role
from jixiao.access.actor import Actor
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import Permission, Role
from jixiao.audit.models import Event
from jixiao.org.models import Delegation, Unit
from jixiao.org.tests.factories import DelegationFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


class Town(NamedTuple):
    """A unit whose liaison is away, and the browser of the deputy."""

    unit: Unit
    delegation: Delegation
    deputy: Client


@pytest.fixture
def town(account: Callable[..., Account], browser_of: Callable[..., Client]) -> Town:
    unit, other = UnitFactory(name="云溪镇"), UnitFactory(name="双井镇")
    away = account(Role.LIAISON, key=unit.pk, name="林小雨")
    Grant.objects.create(account=away, role=Role.LIAISON, extent="unit", key=str(other.pk))
    deputy = browser_of(Role.CADRE, key=unit.pk, name="周明")
    deputy_account = Account.objects.get(pk=deputy.session["_auth_user_id"])
    delegation = DelegationFactory(
        unit=unit,
        absent=PersonFactory(name="林小雨", account=away),
        deputy=PersonFactory(name="周明", account=deputy_account),
    )
    return Town(unit, delegation, deputy)


def actor_of(town: Town) -> Actor:
    """Who the server takes this browser for."""
    actor: Actor = town.deputy.get("/standing-in/").wsgi_request.actor
    return actor


def begin(town: Town) -> int:
    return town.deputy.post(f"/standing-in/{town.delegation.pk}/").status_code


def test_without_a_click_one_works_for_oneself(town: Town) -> None:
    actor = actor_of(town)
    assert actor.acting_for == ""
    assert not actor.may(Permission.DUTIES_EDIT, town.unit.place())


def test_standing_in_brings_the_roles_of_that_unit_and_no_others(town: Town) -> None:
    begin(town)
    actor = actor_of(town)
    assert (actor.name, actor.acting_for) == ("周明", "林小雨")
    assert actor.may(Permission.DUTIES_EDIT, town.unit.place())
    assert not actor.may(Permission.DUTIES_EDIT, Unit.objects.get(name="双井镇").place())


def test_what_is_done_meanwhile_names_both(town: Town) -> None:
    begin(town)
    sent = {"name": "取数", "permissions": ["units_see"], "until": str(timezone.localdate())}
    town.deputy.post("/security/tokens/new/", sent)
    entry = Event.objects.get(action="access.make_token")
    assert (entry.actor, entry.acting_for) == ("周明", "林小雨")


def test_every_page_says_so_and_offers_to_end_it(town: Town) -> None:
    begin(town)
    assert "您正在代林小雨办理" in town.deputy.get("/standing-in/").content.decode()
    town.deputy.post("/standing-in/end/")
    assert actor_of(town).acting_for == ""


def test_beginning_and_ending_are_recorded(town: Town) -> None:
    begin(town)
    town.deputy.post("/standing-in/end/")
    told = list(Event.objects.order_by("id").values_list("actor", "label"))
    assert told == [("周明", "开始代林小雨办理"), ("周明", "结束代办")]


def test_it_ends_with_the_delegation(town: Town) -> None:
    begin(town)
    yesterday = timezone.localdate() - timedelta(days=1)
    Delegation.objects.update(until=yesterday)
    assert actor_of(town).acting_for == ""
    assert begin(town) == 404


def test_it_ends_when_the_absent_person_loses_the_role(town: Town) -> None:
    begin(town)
    Grant.objects.filter(role=Role.LIAISON).delete()
    assert actor_of(town).acting_for == ""


def test_nobody_takes_a_delegation_given_to_another(
    town: Town, browser_of: Callable[..., Client]
) -> None:
    stranger = browser_of(Role.CADRE, key=town.unit.pk)
    assert stranger.post(f"/standing-in/{town.delegation.pk}/").status_code == 404


def test_a_link_begins_nothing(town: Town) -> None:
    town.deputy.get(f"/standing-in/{town.delegation.pk}/")
    assert actor_of(town).acting_for == ""
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_an_administrator_stands_in_for_nobody(
    town: Town, role: Role, actor: Callable[..., Actor]
) -> None:
    deputy = town.delegation.deputy.account
    deputy.grants.all().delete()
    grant_role(deputy, by=actor(Role.SECURITY_ADMIN), role=role)
    assert begin(town) == 404


def test_one_who_stands_in_already_and_becomes_an_administrator_is_stopped(town: Town) -> None:
    begin(town)
    deputy = town.delegation.deputy.account
    deputy.grants.all().delete()
    Grant.objects.create(account=deputy, role=Role.AUDIT_ADMIN, extent="county")
    assert actor_of(town).acting_for == ""


def test_it_costs_nothing_while_nobody_stands_in(
    town: Town, django_assert_num_queries: Callable[..., object]
) -> None:
    town.deputy.get("/standing-in/end/")
    with django_assert_num_queries(3):  # session, account, grants
        town.deputy.get("/standing-in/end/")
