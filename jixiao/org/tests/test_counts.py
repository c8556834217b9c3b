"""Do pages cost the same whether the county has 70 units or 700?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.core.pinyin import search_text
from jixiao.org import models
from jixiao.org.queries.people import find
from jixiao.org.queries.stability import summary
from jixiao.org.queries.units import unit_names_on
from jixiao.org.states import ConditionKind, DutyRole, Kind
from jixiao.org.tests.factories import (
    APPOINTED,
    FOUNDED,
    AliasFactory,
    ConditionFactory,
    DelegationFactory,
    DutyFactory,
    PersonFactory,
    SectionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
MOST = 15
LISTS = (
    "units", "units_below", "units_closed", "unit_tree", "units_on", "people", "stability",
    "conditions", "reorganizations", "org_imports",
)  # fmt: skip


def grow(count: int) -> None:
    """The county grows to ``count`` units, each with a section, three people, duties, conditions."""
    start = models.Unit.objects.assessed().count()
    tops = _units([f"第{n}镇" for n in range(start, count)], Kind.TOWNSHIP, [None] * count)
    _units([f"第{n}科" for n in range(start, count)], Kind.SECTION, tops)
    people = models.Person.objects.bulk_create(
        models.Person(name=f"人{n}", code=f"C{n}", rank="staff", search=search_text(f"人{n}"))
        for n in range(3 * start, 3 * count)
    )
    staff = list(zip(people, [unit for unit in tops for _ in range(3)], strict=True))
    models.Post.objects.bulk_create(
        models.Post(person=person, unit=unit, title="干事", since=APPOINTED)
        for person, unit in staff
    )
    roles = (DutyRole.HEAD, DutyRole.LEAD, DutyRole.LIAISON)
    models.Duty.objects.bulk_create(
        models.Duty(unit=unit, person=person, role=roles[n % 3], since=APPOINTED)
        for n, (person, unit) in enumerate(staff)
    )
    models.Condition.objects.bulk_create(
        models.Condition(unit=unit, kind=kind, seen_on=APPOINTED)
        for unit in tops
        for kind in ConditionKind
    )


def _units(
    names: list[str], kind: Kind, parents: list[models.Unit] | list[None]
) -> list[models.Unit]:
    rows = models.Unit.objects.bulk_create(
        models.Unit(
            name=name, kind=kind, group="" if parent else "乡镇", parent=parent, since=FOUNDED,
            search=search_text(name), path="/",
        )
        for name, parent in zip(names, parents, strict=False)
    )  # fmt: skip
    for row in rows:
        row.path = f"{row.parent.path if row.parent else '/'}{row.pk}/"
    models.Unit.objects.bulk_update(rows, ["path"], batch_size=200)
    models.UnitVersion.objects.bulk_create(
        models.UnitVersion(unit=row, name=row.name, kind=kind, parent=row.parent, since=FOUNDED)
        for row in rows
    )
    return rows


def queries(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(url).status_code == 200
    return len(caught)


def test_every_list_and_card_takes_the_same_few_statements_at_70_and_700_units(
    browser_of: Callable[..., Client],
) -> None:
    browser, unit = browser_of(Role.OFFICE), UnitFactory(name="云溪镇")
    person = models.Person.objects.create(name="韩松", code="P1", rank="staff", search="hs")
    models.Post.objects.create(person=person, unit=unit, title="干事", since=APPOINTED)
    urls = [reverse(name) for name in LISTS]
    urls += [reverse("unit", args=[unit.pk]), reverse("person", args=[person.pk])]
    urls += [reverse("unit_people", args=[unit.pk]), reverse("unit_history", args=[unit.pk])]
    urls += [reverse("unit_found")]
    browser.get(urls[0])
    counts = []
    for size in (70, 700):
        grow(size)
        counts.append({url: queries(browser, url) for url in urls})
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= MOST, counts[1]


def fill(unit: models.Unit, deputy: Account, away: Account, *, count: int) -> models.Delegation:
    """So many of everything that a unit's card shows; the liaison is away."""
    AliasFactory.create_batch(count, unit=unit)
    SectionFactory.create_batch(count, parent=unit)
    DutyFactory.create_batch(count, unit=unit, until=APPOINTED + timedelta(days=9))
    for kind in ConditionKind:
        ConditionFactory(unit=unit, kind=kind)
    people = PersonFactory(account=away), PersonFactory(account=deputy)
    DelegationFactory.create_batch(count, unit=unit)
    found: models.Delegation = DelegationFactory(unit=unit, absent=people[0], deputy=people[1])
    return found


@pytest.mark.parametrize("count", [2, 30])
def test_a_full_card_seen_by_a_head_who_stands_in_for_the_liaison_stays_below_the_limit(
    account: Callable[..., Account], count: int
) -> None:
    unit, browser, head = UnitFactory(name="云溪镇"), Client(), account(Role.OFFICE_HEAD)
    away = account(Role.LIAISON, key=unit.pk)
    delegation = fill(unit, head, away, count=count)
    browser.force_login(head, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.post(f"/standing-in/{delegation.pk}/")
    browser.get("/")
    assert queries(browser, reverse("unit", args=[unit.pk])) <= MOST


def test_the_tree_of_2000_units_is_one_small_page(browser_of: Callable[..., Client]) -> None:
    grow(1_000)
    browser = browser_of(Role.OFFICE)
    browser.get("/help/")
    assert queries(browser, reverse("unit_tree")) <= 8
    page = browser.get(reverse("unit_tree"), headers={"Accept-Encoding": "gzip"})
    assert page.content.startswith(b"\x1f\x8b")
    assert len(page.content) < 60_000


def test_searching_costs_four_statements_and_shows_twenty(
    django_assert_max_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    grow(70)
    with django_assert_max_num_queries(4):
        found = find("ｄｉ")
    assert (len(found.units), found.people) == (20, [])
    with django_assert_max_num_queries(4):
        assert [person.name for person in find("r7").people[:1]] == ["人7"]
    assert find("  ").units == []


def test_names_of_a_day_cost_one_statement(
    django_assert_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    grow(70)
    with django_assert_num_queries(1):
        assert len(unit_names_on(timezone.localdate())) == 140
    assert unit_names_on(FOUNDED - timedelta(days=1)) == {}


def test_the_countys_figures_cost_one_statement(
    django_assert_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    grow(70)
    with django_assert_num_queries(1):
        assert summary(timezone.localdate()).in_duty == 210
