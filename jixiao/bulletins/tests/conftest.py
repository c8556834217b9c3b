"""Who writes, signs and reads bulletins in tests, and about which result?"""

from collections.abc import Callable

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.bulletins.actions import (
    Numbered,
    issue_bulletin,
    sign_off_bulletin,
    submit_bulletin,
)
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries import grounds
from jixiao.bulletins.tests.factories import BulletinFactory
from jixiao.results.models import SealedResult
from jixiao.results.tests.conftest import Keep, keep
from jixiao.results.tests.county import county

__all__ = ["keep"]


@pytest.fixture(autouse=True)
def _nothing_is_in_mind() -> None:
    """Runs of different tests have the same numbers."""
    grounds._known_around.cache_clear()


@pytest.fixture
def result(keep: Keep) -> SealedResult:
    """The county's published year."""
    return keep(county())


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """陆宁 of the performance office, who writes."""
    return actor(Role.OFFICE, name="陆宁")


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    """周明岚, who signs."""
    return actor(Role.OFFICE_HEAD, name="周明岚")


@pytest.fixture
def draft(result: SealedResult, office: Actor) -> Bulletin:
    """A bulletin that 陆宁 has written."""
    made: Bulletin = BulletinFactory(result=result, drafted_by_id=office.account_id)
    return made


@pytest.fixture
def issue(office: Actor, head: Actor) -> Callable[..., Bulletin]:
    """``issue(draft, serial=3)``: submitted, signed by another, issued."""

    def make(row: Bulletin, *, serial: int = 1) -> Bulletin:
        row = sign_off_bulletin(submit_bulletin(row, by=office), by=head)
        return issue_bulletin(row, by=office, number=Numbered("清绩委", serial))

    return make
