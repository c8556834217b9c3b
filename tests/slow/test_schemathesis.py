"""Does the interface keep what its document says, whatever a program sends? Never an error of ours.

Every address is tried with generated requests, well-formed and hostile, by a token of the office's
head and of each administrator (``make test-slow``).
"""

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jixiao.access.actions import make_token, new_token
from jixiao.access.models import Account
from jixiao.access.permissions import ROLES, Permission, Role
from jixiao.access.queries import actor_of
from jixiao.api.service import document
from jixiao.api.tests.test_reads import fill
from jixiao.api.writes import SEEN
from jixiao.schemes.tests.factories import SchemeVersionFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ROWS = 3
"""So many rows there are of everything; numbers are drawn from them and one more."""
NOT_FOR_TOKENS = Permission.OWN_ACCOUNT
ADMINISTRATORS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]


def _with_known_numbers() -> dict[str, Any]:
    """The document, with the numbers of rows that are really there."""
    told: dict[str, Any] = copy.deepcopy(document())
    for part in _parts(told):
        if part.get("type") == "integer" and part.get("minimum", 1) == 1:
            part |= {"minimum": 1, "maximum": ROWS + 1}
    return told


def _parts(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every shape in what a program sends: bodies, and what stands in addresses."""
    for name, shape in told["components"]["schemas"].items():
        if name.endswith("Body"):
            shape["properties"].pop(SEEN, None)  # nearly always another number: 409
            for each in shape["properties"].values():
                yield from (each, each.get("items", {}), *each.get("anyOf", ()))
    for methods in told["paths"].values():
        for operation in methods.values():
            yield from (each["schema"] for each in operation.get("parameters", ()))


_django = WSGIHandler()
_document = json.dumps(_with_known_numbers()).encode()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The platform; its document can be had without signing in."""
    if environ["PATH_INFO"] == "/document.json":
        start_response("200 OK", [("Content-Type", "application/json")])
        return [_document]
    return _django(environ, start_response)


schema = schemathesis.openapi.from_wsgi("/document.json", app)
administration = schema.include(
    path_regex=r"^/api/(actions/access|accounts|grants|audit|me|units$)"
)


def bounded(examples: int) -> settings:
    """So many requests an address; the same ones every time."""
    return settings(
        max_examples=examples, derandomize=True, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _requests_share_the_tests_connection() -> Iterator[None]:
    """A real request ends with its connection; here the test's transaction would end with it."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def bearer(account: Callable[..., Account]) -> Callable[[Role], dict[str, str]]:
    """The header of a token with all that a role may do, in a county with something of everything."""

    def made(role: Role) -> dict[str, str]:
        SchemeVersionFactory()
        fill(ROWS)
        owner, secret = account(role), new_token()
        until = timezone.localdate() + timedelta(days=30)
        permissions = ROLES[role].permissions - {NOT_FOR_TOKENS}
        make_token(
            "试验", by=actor_of(owner), secret=secret, permissions=list(permissions), until=until
        )
        return {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}

    return made


@pytest.fixture
def head(bearer: Callable[[Role], dict[str, str]]) -> dict[str, str]:
    """The head of the office."""
    return bearer(Role.OFFICE_HEAD)


@pytest.fixture(params=ADMINISTRATORS, ids=lambda role: role.value)
def administrator(
    request: pytest.FixtureRequest, bearer: Callable[[Role], dict[str, str]]
) -> dict[str, str]:
    """Each of the three administrators."""
    return bearer(request.param)


@schema.parametrize()
@bounded(20)
def test_whatever_the_offices_program_sends_is_answered(case: Case, head: dict[str, str]) -> None:
    case.call_and_validate(headers=head, checks=CHECKS)


@administration.parametrize()
@bounded(10)
def test_whatever_an_administrators_program_sends_is_answered(
    case: Case, administrator: dict[str, str]
) -> None:
    case.call_and_validate(headers=administrator, checks=CHECKS)
