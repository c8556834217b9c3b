"""Every address × every role × own and foreign place × signed out: does each open as declared?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode
from pytest_django import DjangoDbBlocker

from jixiao.access.action import REGISTER, Registered
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.api.writes import route
from jixiao.audit.models import Event
from tests.matrix import ASKS_FOR_TOKEN, ROUTES, TO_SIGN_IN, WRITES, Route
from tests.matrix_world import Side, World, body_of

NOT_TAKEN = 405
"""An address of the interface for programs that is only read."""
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def patterns(found: "list[Any] | None" = None) -> Iterator[URLPattern]:
    """Every address of the platform."""
    for each in get_resolver().url_patterns if found is None else found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


PATTERNS = {str(each.name): each for each in patterns()}
pytestmark = pytest.mark.django_db
ACTIONS = {route(entry): entry for entry in REGISTER.values()}
"""The interface for programs: the name of an address and its action."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001
    """One world for all addresses; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def test_every_address_is_declared_and_nothing_else_is() -> None:
    pages = PATTERNS.keys() - ACTIONS.keys()
    assert (sorted(pages - ROUTES.keys()), sorted(ROUTES.keys() - pages)) == ([], [])


def test_every_write_of_programs_is_declared_and_nothing_else_is() -> None:
    assert (sorted(REGISTER.keys() - WRITES.keys()), sorted(WRITES.keys() - REGISTER.keys())) == (
        [],
        [],
    )


@pytest.mark.parametrize("name", PATTERNS)
def test_every_view_says_which_permission_it_needs(name: str) -> None:
    assert hasattr(PATTERNS[name].callback, "permission")


@pytest.mark.parametrize("name", sorted(ROUTES.keys() & PATTERNS.keys()))
def test_a_page_opens_to_those_declared_and_to_nobody_else(world: World, name: str) -> None:
    declared, wrong = ROUTES[name], []
    asked: dict[tuple[Role, str], bool] = {}
    for role, side, allowed in cases(world, declared):
        address = address_of(name, side, world.accounts[role])
        if (role, address) in asked:
            # The place makes no difference to this address, so it must make none to who may.
            assert asked[role, address] is allowed
            continue
        asked[role, address] = allowed
        with undone():
            answer = let_in if allowed else kept_out
            wrong += [
                f"{role} {words(side)}: {each}"
                for each in answer(world.browser(role), address, declared)
            ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(WRITES.keys() & REGISTER.keys()))
def test_an_action_is_open_to_those_declared_and_to_nobody_else(world: World, name: str) -> None:
    wrong = []
    for role, side, allowed in cases(world, WRITES[name]):
        body = body_of(REGISTER[name], side)
        with undone():
            status = write(world.browser(role), REGISTER[name], body, may=allowed)
        if status not in (WRITES[name].opens if allowed else WRITES[name].shut):
            wrong.append(f"{role} {words(side)}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(ROUTES.keys() & PATTERNS.keys()))
def test_a_signed_out_browser_is_sent_to_sign_in(world: World, name: str) -> None:
    declared, permission = ROUTES[name], PATTERNS[name].callback.permission
    address = address_of(name, world.own, world.accounts[Role.CADRE])
    with undone():
        client = world.browser(None)
        answers = [client.get(address)]
        answers += [unwritten(client, address)] if permission else []
    assert {each.status_code for each in answers} - {NOT_TAKEN} == {declared.outside}
    if permission and declared.outside == TO_SIGN_IN:
        assert all(each.url.startswith("/signin/?next=") for each in answers)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_a_signed_out_program_is_asked_for_its_token(world: World, name: str) -> None:
    body = body_of(ACTIONS[name], world.own)
    with undone():
        assert write(world.browser(None), ACTIONS[name], body, may=False) == ASKS_FOR_TOKEN


def address_of(name: str, side: Side, who: Account) -> str:
    """The address of a route with a row of this side."""
    told = dict(ROUTES[name].arguments(side, who))
    asked = urlencode(told.pop("?", {}))
    return f"{reverse(name, kwargs=told)}?{asked}"


def cases(world: World, declared: Route) -> Iterator[tuple[Role, Side, bool]]:
    """Every role at home and elsewhere, and whether it is to be let in there."""
    for role in Role:
        yield role, world.own, role in declared.own
        yield role, world.foreign, role in declared.foreign


def words(side: Side) -> str:
    return "own" if side.is_own else "foreign"


def let_in(browser: Client, address: str, declared: Route) -> list[int]:
    """The status, when it is not what those get who may."""
    answer = browser.get(address) if declared.method == "GET" else browser.post(address)
    if answer.streaming:
        b"".join(answer)  # a download is read to its end, as browsers do
    return [answer.status_code] if answer.status_code not in declared.opens else []


def kept_out(browser: Client, address: str, declared: Route) -> list[int]:
    """The statuses, when neither way is shut; nothing is written."""
    asked, sent = browser.get(address), unwritten(browser, address)
    found = [(asked.status_code, declared.shut), (sent.status_code, (*declared.shut, NOT_TAKEN))]
    return [status for status, expected in found if status not in expected]


def unwritten(browser: Client, address: str) -> Any:  # noqa: ANN401 -- the test client's answer
    """A form sent there; nothing but the session is written."""
    with CaptureQueriesContext(connection) as captured:
        answer = browser.post(address)
    assert written(captured) == [], address
    return answer


def written(captured: CaptureQueriesContext) -> list[str]:
    statements = [each["sql"] for each in captured.captured_queries]
    return [
        each for each in statements if each.startswith(WRITING) and "django_session" not in each
    ]


def write(browser: Client, entry: Registered, body: dict[str, Any], *, may: bool) -> int:
    """An action called as programs do; whoever may not leaves no entry and changes nothing."""
    before = Event.objects.count()
    with CaptureQueriesContext(connection) as captured:
        answer = browser.post(reverse(route(entry)), body, content_type="application/json")
    if not may:
        assert (Event.objects.count(), written(captured)) == (before, [])
    return answer.status_code


@contextmanager
def undone() -> Iterator[None]:
    """What happens here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
