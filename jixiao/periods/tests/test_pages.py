"""Does everybody see the year, and does only the office plan it?"""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.access.permissions import Role
from jixiao.periods.models import Cycle, Stage
from jixiao.periods.states import StageKind
from jixiao.periods.tests.factories import CycleFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


def planned(**changed: str) -> dict[str, str]:
    sent = {"year": "2027", "title": "2027年度", "once": "a1"}
    for month, kind in enumerate(StageKind, start=1):
        sent |= {f"{kind}_since": f"2027-{month:02}-01", f"{kind}_until": f"2027-{month:02}-28"}
    return sent | changed


@pytest.mark.parametrize("role", [Role.LEADER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_everybody_sees_the_years_and_only_the_office_may_move_them(
    browser_of: Browsers, role: Role
) -> None:
    CycleFactory(until=date(2100, 1, 1))
    client = browser_of(role)
    page = client.get(reverse("cycle")).content.decode()
    assert "2026年度" in page
    assert "cycle/steps" not in page
    assert client.get(reverse("cycle_plan")).status_code == 403
    assert client.get(reverse("stage_change", args=[Stage.objects.all()[0].pk])).status_code == 403
    assert "安排新的年度" in browser_of(Role.OFFICE).get(reverse("cycle")).content.decode()


def test_the_office_plans_a_year_on_the_page(browser_of: Browsers) -> None:
    page = browser_of(Role.OFFICE).post(reverse("cycle_plan"), planned(), follow=True)
    assert "已安排" in page.content.decode()
    assert Cycle.objects.get().until == date(2027, 7, 28)


def test_the_same_form_sent_twice_plans_one_year(browser_of: Browsers) -> None:
    client = browser_of(Role.OFFICE)
    for _ in range(2):
        assert client.post(reverse("cycle_plan"), planned()).status_code == 302
    assert Cycle.objects.count() == 1


def test_a_wrong_order_is_said_beside_its_field_and_keeps_what_was_typed(
    browser_of: Browsers,
) -> None:
    wrong = planned(visit_since="2027-01-05")
    page = browser_of(Role.OFFICE).post(reverse("cycle_plan"), wrong).content.decode()
    assert "“现场”不能早于前一步“材料”" in page
    assert 'value="2027-01-05"' in page
    assert not Cycle.objects.exists()


def test_two_people_who_move_one_step_see_both_versions(browser_of: Browsers) -> None:
    CycleFactory()
    stage = Stage.objects.get(kind=StageKind.BULLETIN)
    move = reverse("stage_change", args=[stage.pk])
    sent = {"since": "2026-07-01", "reason": "省里晚", "version": "1"}
    first = {**sent, "until": "2026-08-10", "once": "a1"}
    second = {**sent, "until": "2026-08-20", "once": "a2"}
    assert browser_of(Role.OFFICE).post(move, first).status_code == 302
    page = browser_of(Role.OFFICE).post(move, second).content.decode()
    assert "已被他人修改" in page
    assert 'value="2026-08-20"' in page
    stage.refresh_from_db()
    assert stage.until == date(2026, 8, 10)


def test_a_step_that_is_not_there_is_not_found(browser_of: Browsers) -> None:
    assert browser_of(Role.OFFICE).get(reverse("stage_change", args=[999])).status_code == 404
