"""Who acts in the tests of rectification?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.periods.tests.clock import set_clock

TODAY = date(2026, 11, 11)
"""A Wednesday without holidays near."""


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """``go_to(date(2026, 11, 20))``: from now on it is that day."""
    return lambda day: set_clock(monkeypatch, day)


@pytest.fixture
def unit(db: None) -> Unit:
    """云溪镇."""
    return UnitFactory(name="云溪镇", group="乡镇")


@pytest.fixture
def liaison(actor: Callable[..., Actor], unit: Unit) -> Actor:
    """韩松, who answers for the unit."""
    return actor(Role.LIAISON, key=unit.pk, name="韩松")


@pytest.fixture
def finder(actor: Callable[..., Actor]) -> Actor:
    """何雨, an assessor, who found it."""
    return actor(Role.ASSESSOR, name="何雨")


@pytest.fixture
def other(actor: Callable[..., Actor]) -> Actor:
    """郑启, another assessor."""
    return actor(Role.ASSESSOR, name="郑启")


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """陆宁 of the performance office."""
    return actor(Role.OFFICE, name="陆宁")
