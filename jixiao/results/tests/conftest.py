"""A county whose units are known and whose year is published, in one line."""

from collections.abc import Callable
from typing import Protocol

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.results.actions import load_result, publish_result
from jixiao.results.models import SealedResult
from jixiao.results.result import Result, to_bytes


class Keep(Protocol):
    """``keep(result)``: units founded, result loaded and published."""

    def __call__(
        self, result: Result, *, year: int = 2026, is_published: bool = True
    ) -> SealedResult:
        """The stored result."""
        ...


@pytest.fixture
def keep(actor: Callable[..., Actor]) -> Keep:
    def kept(result: Result, *, year: int = 2026, is_published: bool = True) -> SealedResult:
        there = set(Unit.objects.values_list("name", flat=True))
        for group in result.scheme.groups:
            for unit in group.units:
                if unit.name not in there:
                    UnitFactory(name=unit.name, group=group.name)
        made = load_result(
            to_bytes(result), by=actor(Role.OFFICE), year=year, round_name="年终评估"
        )
        return publish_result(made, by=actor(Role.OFFICE_HEAD)) if is_published else made

    return kept
