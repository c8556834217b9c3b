"""Who acts in the tests of matters?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.events.actions import Said, apply_matter
from jixiao.events.models import Matter
from jixiao.events.tests.factories import AdjustedFactory
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.periods.tests.clock import set_clock
from jixiao.schemes.models import SchemeVersion

TODAY = date(2026, 3, 4)
"""A Wednesday without holidays near."""
AWARD = Said(
    "加1", "平安建设先进集体", "国家部委", document="部发〔2026〕8号", on=date(2026, 2, 20)
)
BLAME = Said("扣1", "迟报统计数据", "数据采集不严", document="县督〔2026〕3号")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """``go_to(date(2026, 3, 10))``: from now on it is that day."""
    return lambda day: set_clock(monkeypatch, day)


@pytest.fixture
def version(db: None) -> SchemeVersion:
    """The published scheme with the Changde table; its units are in the books."""
    for name, group in (("云溪镇", "乡镇"), ("河口镇", "乡镇"), ("财政局", "部门")):
        UnitFactory(name=name, group=group)
    return AdjustedFactory()


@pytest.fixture
def unit(version: SchemeVersion) -> Unit:
    """云溪镇."""
    return Unit.objects.get(name="云溪镇")


@pytest.fixture
def liaison(actor: Callable[..., Actor], unit: Unit) -> Actor:
    """韩松, who answers for the unit."""
    return actor(Role.LIAISON, key=unit.pk, name="韩松")


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """陆宁 of the performance office."""
    return actor(Role.OFFICE, name="陆宁")


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    """周明岚, head of the office."""
    return actor(Role.OFFICE_HEAD, name="周明岚")


@pytest.fixture
def leader(actor: Callable[..., Actor]) -> Actor:
    """宋远, the county's leader."""
    return actor(Role.LEADER, name="宋远")


@pytest.fixture
def award(unit: Unit, liaison: Actor, version: SchemeVersion) -> Matter:
    """The unit applies for an award's bonus."""
    return apply_matter(unit, by=liaison, scheme=version, said=AWARD)
