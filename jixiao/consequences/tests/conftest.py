"""Who acts in the tests of consequences, on which result?"""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.consequences.actions import MeasureText, approve_measure, draw_up, write_measure
from jixiao.consequences.models import ListedUnit, Listing, Measure
from jixiao.consequences.states import Purpose
from jixiao.org.models import Person, Unit
from jixiao.org.states import DutyRole
from jixiao.org.tests.factories import DutyFactory, PersonFactory
from jixiao.results.models import SealedResult
from jixiao.results.result import Result
from jixiao.results.tests import conftest as of_results
from jixiao.results.tests.county import UNITS, run, scheme_data

keep = of_results.keep
LAST = "东岭乡"
"""The only unit without a tier to be proud of."""


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """陆宁 of the performance office, who draws up."""
    return actor(Role.OFFICE, name="陆宁")


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    """周明岚, who heads it."""
    return actor(Role.OFFICE_HEAD, name="周明岚")


@pytest.fixture
def personnel(actor: Callable[..., Actor]) -> Actor:
    """孟人事, who decides."""
    return actor(Role.PERSONNEL, name="孟人事")


@pytest.fixture
def kept(keep: of_results.Keep) -> SealedResult:
    """The county's published year."""
    return keep(result_of())


@pytest.fixture
def rule(office: Actor, head: Actor) -> Callable[..., Measure]:
    """``rule(Purpose.HONOUR, "{方法: 等次, 等次: [先进]}")``: in force by two people's hands."""

    def made(
        kind: Purpose, when: str, *, name: str = "试行措施", since: date = date(2026, 1, 1)
    ) -> Measure:
        text = f"规则:\n  方法: 措施\n  名称: {name}\n  条件: {when}\n  依据: 第三条\n"
        written = MeasureText(kind, text, "清绩委〔2026〕5号", since)
        return approve_measure(write_measure(written, by=office), by=head)

    return made


@pytest.fixture
def drawn(kept: SealedResult, office: Actor) -> SealedResult:
    """The year with its lists."""
    return draw_up(kept, by=office)


@pytest.fixture
def lead(kept: SealedResult) -> Person:
    """Who answered for performance work in the last unit."""
    person = PersonFactory(name="林分管")
    unit = Unit.objects.get(name=LAST)
    DutyFactory(unit=unit, person=person, role=DutyRole.LEAD, since=date(2025, 5, 1))
    return person


@pytest.fixture
def entry(drawn: SealedResult) -> ListedUnit:
    """The last unit on the list of those whose head is to be talked to."""
    assert drawn
    return entries("约谈主要负责人")[LAST]


def result_of(change: Callable[[dict[str, Any]], object] | None = None) -> Result:
    """The county's year, by its scheme or by another."""
    data = deepcopy(scheme_data())
    if change:
        change(data)
    return run(data, UNITS)


def entries(name: str) -> dict[str, ListedUnit]:
    """The units on the list of this name in force, by name."""
    listing = Listing.objects.in_force().get(name=name)
    return {each.part.name: each for each in listing.entries.select_related("part__unit")}
