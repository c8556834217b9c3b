"""People who appear in tests: an actor or a signed-in browser of any role, in one line."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Role
from jixiao.access.queries import actor_of
from jixiao.audit.tests.touching import drop_triggers
from jixiao.periods import workdays

PASSWORD = "qing-lan-2026"
_numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is made once for a file, or for all browser tests, is made by one worker only."""
    for each in items:
        path = each.path.as_posix()
        each.add_marker(pytest.mark.xdist_group("browser" if "/tests/e2e/" in path else path))


@pytest.fixture
def account(db: None) -> Callable[..., Account]:
    """``account(Role.LIAISON, key=unit.pk)``: an account that holds a role."""

    def make(role: Role, *, key: object = "", name: str = "") -> Account:
        number = next(_numbers)
        made = Account(username=f"user{number}", name=name or f"{role.label}{number}")
        made.must_change = False
        made.set_password(PASSWORD)
        made.save()
        Grant.objects.create(account=made, role=role, extent=ROLES[role].extent, key=str(key))
        return made

    return make


@pytest.fixture
def actor(account: Callable[..., Account]) -> Callable[..., Actor]:
    """``actor(Role.OFFICE)``: somebody at work."""
    return lambda role, **where: actor_of(account(role, **where))


@pytest.fixture
def browser_of(account: Callable[..., Account]) -> Callable[..., Client]:
    """``browser_of(Role.LIAISON, key=unit.pk)``: a signed-in browser."""

    def make(role: Role, **where: object) -> Client:
        client = Client()
        client.force_login(
            account(role, **where), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return make


@pytest.fixture(autouse=True)
def _next_years_holidays_are_known() -> Iterator[None]:
    """Deadlines a month ahead can be set on every day of the year; where a gap matters a test makes it."""
    known, year = workdays.arrangements(), timezone.localdate().year
    plain = {next_year: workdays.Year(frozenset(), frozenset()) for next_year in (year, year + 1)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workdays, "arrangements", lambda: {**plain, **known})
        yield


@pytest.fixture(autouse=True)
def _committing_tests_can_be_cleaned_up(request: pytest.FixtureRequest) -> None:
    """Tests that commit run last; the record's triggers would keep their tables from being emptied."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if commits or (marker and marker.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
        drop_triggers()
