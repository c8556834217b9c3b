"""How often does the office's home page ask the database on its busiest day, with every card full?"""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.notices.tests.factories import OpinionFactory, ReceiptFactory
from jixiao.org.models import Unit
from jixiao.org.tests.factories import DelegationFactory, PersonFactory, PostFactory, UnitFactory
from jixiao.periods.tests.factories import CycleFactory
from jixiao.results.actions import load_result
from jixiao.results.result import to_bytes
from jixiao.results.tests.county import county
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeLineFactory, SchemeVersionFactory, scheme
from jixiao.visits.states import RoundState
from jixiao.visits.tests.factories import RoundFactory, VisitFactory

pytestmark = pytest.mark.django_db
FIRST, EVERY = 15, 15
"""The first visit is noted in the session, and a new server has read no scheme yet."""
CARDS = (
    "您正在代林小雨办理", "件事等您决定", "等您办下一步", "份等您办", "还有", "号通知", "缺分管人",
    "今日现场", "现场评估已完成", "办法要基层花的时间", "去年", "明年草稿", "您提的意见已答复", "云溪镇 · 副主任",
)  # fmt: skip
Accounts, Actors = Callable[..., Account], Callable[..., Actor]


@pytest.fixture
def head(account: Accounts) -> Account:
    return account(Role.OFFICE_HEAD, name="周明岚")


def fill(units: list[Unit], head: Account, loader: Actor) -> None:
    """Something in every card, more where there are more units."""
    CycleFactory(year=timezone.localdate().year, until=date(2100, 1, 1))
    for unit in units:
        ReceiptFactory(unit=unit, notice__due=-3)
        OpinionFactory(unit=unit, waited=40)
    round_ = RoundFactory(state=RoundState.OPEN)
    for unit in units:
        VisitFactory(round=round_, unit=unit, on=timezone.localdate())
    OpinionFactory(written_by=head, answered=True)
    load_result(to_bytes(county()), by=loader, year=2026, round_name="年终评估")
    year = timezone.localdate().year
    states = {year - 1: State.PUBLISHED, year: State.PUBLISHED, year + 1: State.SUBMITTED}
    for number, line in enumerate(SchemeLineFactory.create_batch(12)):
        for each, state in states.items():
            of = scheme(title=f"办法{number}-{each}")
            SchemeVersionFactory(line=line, year=each, state=state, of=of)


def stand_in(client: Client, head: Account, *, unit: Unit, away: Account) -> None:
    """The head of the office works for a liaison who is away."""
    deputy = PersonFactory(name=head.name, account=head)
    PostFactory(person=deputy, unit=unit, title="副主任")
    absent = PersonFactory(name="林小雨", account=away)
    delegation = DelegationFactory(unit=unit, absent=absent, deputy=deputy)
    client.post(f"/standing-in/{delegation.pk}/")


def visit(client: Client) -> tuple[str, int]:
    """The page, and how many queries it took; beginning and ending a transaction asks nothing."""
    with CaptureQueriesContext(connection) as caught:
        page = client.get("/").content.decode()
    asked = [
        each
        for each in caught
        if not each["sql"].startswith(("BEGIN", "COMMIT", "SAVE", "RELEASE"))
    ]
    return page, len(asked)


@pytest.mark.parametrize("count", [70, 700])
def test_with_every_card_full_it_asks_as_seldom_for_700_units_as_for_70(
    head: Account, account: Accounts, actor: Actors, count: int
) -> None:
    result_units = [each.name for group in county().scheme.groups for each in group.units]
    names = [*result_units, *(f"第{number}单位" for number in range(len(result_units), count))]
    units = [UnitFactory(name=name) for name in names]
    fill(units, head, actor(Role.OFFICE))
    client, town = Client(), next(each for each in units if each.name == "云溪镇")
    client.force_login(head, backend="allauth.account.auth_backends.AuthenticationBackend")
    cache.clear()
    assert visit(client)[1] <= FIRST
    stand_in(client, head, unit=town, away=account(Role.LIAISON, key=town.pk))
    visit(client)  # says that the standing in began
    page, every = visit(client)
    assert [words for words in CARDS if words not in page] == []
    assert every <= EVERY
