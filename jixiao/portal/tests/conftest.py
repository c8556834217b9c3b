"""A county with a published year, in which everybody has something to see."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.org.states import DutyRole
from jixiao.org.tests.factories import DutyFactory, UnitFactory
from jixiao.results.actions import load_result
from jixiao.results.result import Result, to_bytes
from jixiao.results.tests.conftest import published
from jixiao.results.tests.county import county

PUBLISHED = county()


@dataclass(frozen=True)
class County:
    """The units by name."""

    units: dict[str, Unit]
    actor: Callable[..., Actor]

    def unit(self, name: str) -> Unit:
        """One of them."""
        return self.units[name]

    def publish(self, result: Result = PUBLISHED, *, year: int = 2026) -> None:
        """Load a result and let another person publish it."""
        kept = load_result(
            to_bytes(result), by=self.actor(Role.OFFICE), year=year, round_name="年终评估"
        )
        published(kept, self.actor)


@pytest.fixture
def qinglan(actor: Callable[..., Actor]) -> County:
    """Forty units, each with a lead and a liaison."""
    units = {
        unit.name: UnitFactory(name=unit.name, group=group.name)
        for group in PUBLISHED.scheme.groups
        for unit in group.units
    }
    for unit in units.values():
        DutyFactory(unit=unit, role=DutyRole.LEAD)
        DutyFactory(unit=unit, role=DutyRole.LIAISON)
    return County(units, actor)
