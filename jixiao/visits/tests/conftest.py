"""Who goes where in these tests? 何雨 and 郑启 assess 云溪镇."""

from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.org.tests.factories import PersonFactory
from jixiao.visits.models import Visit
from jixiao.visits.tests.factories import RoundFactory, TeamFactory, VisitFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def he(actor: Callable[..., Actor]) -> Actor:
    """何雨, an assessor."""
    return actor(Role.ASSESSOR, name="何雨")


@pytest.fixture
def zheng(actor: Callable[..., Actor]) -> Actor:
    """郑启, an assessor."""
    return actor(Role.ASSESSOR, name="郑启")


@pytest.fixture
def visit(he: Actor, zheng: Actor) -> Visit:
    """云溪镇, to which both go."""
    people = [
        PersonFactory(name=each.name, account=Account.objects.get(pk=each.account_id))
        for each in (he, zheng)
    ]
    round_ = RoundFactory()
    return VisitFactory(round=round_, team=TeamFactory(round=round_, people=people))


@pytest.fixture
def tablet(he: Actor) -> Client:
    """The browser of 何雨."""
    return signed_in(he)


def signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id), backend=BACKEND)
    return client
