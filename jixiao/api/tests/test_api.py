"""Can programs do what the screens do, and no more?"""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.access.action import REGISTER
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


def post(browser: Client, name: str, **body: object) -> "tuple[int, dict[str, object]]":
    """Call an action."""
    answer = browser.post(f"/api/actions/{name}", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_every_action_has_an_address(browser_of: Browsers) -> None:
    paths = browser_of(Role.OFFICE).get("/api/openapi.json").json()["paths"]
    assert {f"/api/actions/{name.replace('.', '/')}" for name in REGISTER} <= set(paths)


def test_a_unit_is_found_by_the_initials_of_its_name(browser_of: Browsers) -> None:
    UnitFactory(name="云溪镇")
    UnitFactory(name="双井镇")
    found = browser_of(Role.CADRE, key=1).get("/api/units?q=yxz").json()
    assert [unit["name"] for unit in found["items"]] == ["云溪镇"]


def test_an_action_by_program_leaves_the_same_entry(browser_of: Browsers) -> None:
    status, done = post(
        browser_of(Role.SYSTEM_ADMIN), "access/open_account",
        username="zhang", name="张三", password="abc-def-2026",
    )  # fmt: skip
    assert status == 200
    assert done["name"] == "张三（zhang）"
    assert Event.objects.get().label == "开设账号"


def test_without_the_permission_it_is_403_and_nothing_happens(browser_of: Browsers) -> None:
    status, told = post(
        browser_of(Role.OFFICE), "access/open_account",
        username="zhang", name="张三", password="abc-def-2026",
    )  # fmt: skip
    assert status == 403
    assert "权限" in str(told["message"])
    assert not Account.objects.filter(username="zhang").exists()


def test_a_refusal_names_the_field(browser_of: Browsers) -> None:
    browser = browser_of(Role.SYSTEM_ADMIN)
    body = {"username": "zhang", "name": "张三", "password": "abc-def-2026"}
    post(browser, "access/open_account", **body)
    status, told = post(browser, "access/open_account", **body)
    assert (status, told["field"]) == (422, "username")


def test_a_row_that_is_not_there_is_said_by_its_number(browser_of: Browsers) -> None:
    status, told = post(
        browser_of(Role.SYSTEM_ADMIN), "access/disable_account", account=99, reason="调离"
    )
    assert (status, told["message"]) == (422, "没有编号为 99 的账号")


def test_a_signed_out_program_gets_401() -> None:
    assert Client().get("/api/units").status_code == 401


def test_a_list_runs_as_many_queries_for_many_units_as_for_few(
    browser_of: Browsers, django_assert_max_num_queries: Callable[..., object]
) -> None:
    UnitFactory.create_batch(120)
    browser = browser_of(Role.OFFICE)
    with django_assert_max_num_queries(6):
        assert browser.get("/api/units?limit=100").json()["count"] == Unit.objects.count()
