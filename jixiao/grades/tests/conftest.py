"""Who acts in the tests of grades?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.access.queries import actor_of
from jixiao.grades.actions import (
    CampaignPlan,
    Filled,
    approve_table,
    fill_table,
    notify_people,
    open_campaign,
    publicize_table,
    submit_table,
)
from jixiao.grades.models import Grade, UnitTable
from jixiao.grades.states import CampaignKind, Category
from jixiao.org.models import Person, Unit
from jixiao.org.states import Rank
from jixiao.org.tests.factories import PersonFactory, PostFactory, UnitFactory
from jixiao.periods.tests.clock import set_clock
from jixiao.results.tests.conftest import keep

TODAY = date(2026, 12, 14)
"""A Monday without holidays near."""
AFTER_NOTICE = date(2026, 12, 22)
PEOPLE = 13

__all__ = ["keep"]
Lay = Callable[..., UnitTable]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """``go_to(date(2026, 12, 22))``: from now on it is that day."""
    return lambda day: set_clock(monkeypatch, day)


@pytest.fixture
def unit(db: None) -> Unit:
    """云溪镇 with a leading cadre and thirteen others."""
    made = UnitFactory(name="云溪镇", group="乡镇")
    head = PersonFactory(name="邓桂英", rank=Rank.SECTION_HEAD)
    PostFactory(person=head, unit=made, title="党委书记")
    for number in range(PEOPLE):
        PostFactory(person=PersonFactory(name=f"干部{number}"), unit=made)
    return made


@pytest.fixture
def personnel(actor: Callable[..., Actor]) -> Actor:
    """孟人事 of the personnel department."""
    return actor(Role.PERSONNEL, name="孟人事")


@pytest.fixture
def other(actor: Callable[..., Actor]) -> Actor:
    """齐人事, a second one."""
    return actor(Role.PERSONNEL, name="齐人事")


@pytest.fixture
def lead(actor: Callable[..., Actor], unit: Unit) -> Actor:
    """姜洋, who leads the work in the unit and is not in its list."""
    return actor(Role.UNIT_LEAD, key=unit.pk, name="姜洋")


def plan(**changes: object) -> CampaignPlan:
    """The annual appraisal of civil servants at 15%."""
    told: dict[str, object] = {
        "year": 2026, "kind": CampaignKind.ANNUAL, "period": "全年", "category": Category.CIVIL,
        "on": TODAY, "due_on": date(2026, 12, 31), "share": 1_500, "most": 2_000, "cap": 2_500,
    }  # fmt: skip
    return CampaignPlan(**(told | changes))  # type: ignore[arg-type]


@pytest.fixture
def lay(personnel: Actor, unit: Unit) -> Lay:
    """``lay(share=2_000)``: an appraisal is laid out; gives the unit's table."""

    def made(**changes: object) -> UnitTable:
        campaign = open_campaign(plan(**changes), by=personnel)
        return fresh(campaign.tables.get(unit=unit))

    return made


def fresh(table: UnitTable) -> UnitTable:
    """The table as it is now."""
    return UnitTable.objects.select_related("campaign", "unit").get(pk=table.pk)


def own_rows(table: UnitTable) -> list[Grade]:
    """The rows that the unit fills in."""
    return list(table.grades.exclude(standing="above").select_related("person"))


def fill(table: UnitTable, by: Actor, *values: str, rest: str = "称职") -> UnitTable:
    """The first rows get ``values``, the others ``rest``."""
    rows = [
        Filled(each.pk, values[place] if place < len(values) else rest)
        for place, each in enumerate(own_rows(table))
    ]
    fill_table(table, by=by, rows=rows)
    return fresh(table)


@pytest.fixture
def told(
    lay: Lay, lead: Actor, personnel: Actor, go_to: Callable[[date], None]
) -> Callable[..., UnitTable]:
    """``told("优秀", "不称职")``: the whole way until everybody was told."""

    def made(*values: str, **changes: object) -> UnitTable:
        table = submit_table(fill(lay(**changes), lead, *values), by=lead)
        if "优秀" in values:
            publicize_table(fresh(table), by=personnel)
            go_to(AFTER_NOTICE)
        approve_table(fresh(table), by=personnel, document="局党组会议")
        notify_people(fresh(table), by=lead)
        return fresh(table)

    return made


def give_account(person: Person, account: Callable[..., Account], unit: Unit) -> Actor:
    """The person signs in as a cadre of the unit."""
    person.account = account(Role.CADRE, key=unit.pk, name=person.name)
    person.save()
    return actor_of(person.account)
