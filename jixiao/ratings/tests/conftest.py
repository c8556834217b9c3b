"""Who acts in the tests of ratings?"""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.periods.tests.clock import set_clock
from jixiao.ratings.actions import accept_poll, close_poll, vote
from jixiao.ratings.models import Poll
from jixiao.ratings.tests.factories import (
    LAST_DAY,
    OFFICES,
    TODAY,
    TOWNS,
    choices,
    county,
    opened,
    rater_of,
)
from jixiao.schemes.models import SchemeVersion

AFTER = LAST_DAY.replace(day=LAST_DAY.day + 1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    cache.clear()


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """``go_to(AFTER)``: from now on it is that day."""
    return lambda day: set_clock(monkeypatch, day)


@pytest.fixture
def version(db: None) -> SchemeVersion:
    """A scheme that leaves marks to votes."""
    return county()


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """陆宁 of the performance office."""
    return actor(Role.OFFICE, name="陆宁")


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    """周明岚, who heads it."""
    return actor(Role.OFFICE_HEAD, name="周明岚")


@pytest.fixture
def of_unit(actor: Callable[..., Actor]) -> Callable[[str], Actor]:
    """``of_unit("云溪镇")``: the liaison of a unit."""
    return lambda name: actor(
        Role.LIAISON, key=Unit.objects.get(name=name).pk, name=f"{name}联络员"
    )


@pytest.fixture
def poll(version: SchemeVersion, office: Actor) -> Poll:
    """Townships rate offices, open."""
    return opened(version, office)


@pytest.fixture
def voted(poll: Poll, of_unit: Callable[[str], Actor]) -> Poll:
    """All four townships have rated: three are content with 财政局, one half; 交通局 hardly known."""
    for town, said in zip(TOWNS, ("满意", "满意", "满意", "基本满意"), strict=True):
        known = "满意" if town == TOWNS[0] else "不了解"
        marks = dict(zip(OFFICES, (said, "不满意", known), strict=True))
        vote(rater_of(poll, town), by=of_unit(town), choices=choices(poll, **marks))
    poll.refresh_from_db()
    return poll


@pytest.fixture
def accepted(voted: Poll, office: Actor, head: Actor) -> Poll:
    """Closed by one, accepted by another."""
    return accept_poll(close_poll(voted, by=office), by=head)
