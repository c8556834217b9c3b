"""Can programs do what the screens do, and no more?"""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.action import REGISTER
from jixiao.access.actions import make_token, new_token
from jixiao.access.models import Account
from jixiao.access.permissions import Permission, Role
from jixiao.access.queries import actor_of
from jixiao.audit.models import Event
from jixiao.org.models import Person, Unit
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


def post(browser: Client, action: str, **body: object) -> "tuple[int, dict[str, object]]":
    """Call an action."""
    answer = browser.post(
        f"/api/actions/{action}", json.dumps(body), content_type="application/json"
    )
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
    with django_assert_max_num_queries(12):
        assert browser.get("/api/units?limit=100").json()["count"] == Unit.objects.count()


def test_a_token_does_what_it_was_made_for_and_no_more(account: Callable[..., Account]) -> None:
    owner = account(Role.OFFICE)
    secret = new_token()
    until = timezone.localdate() + timedelta(days=30)
    make_token(
        "抽取单位",
        by=actor_of(owner),
        secret=secret,
        permissions=[Permission.UNITS_SEE],
        until=until,
    )
    bearer = {"authorization": f"Bearer {secret}"}
    assert Client().get("/api/units", headers=bearer).status_code == 200
    assert Client().get("/api/imports", headers=bearer).status_code == 403
    assert Client().get("/api/units", headers={"authorization": "Bearer x"}).status_code == 401


def test_a_key_sent_twice_counts_once(account: Callable[..., Account]) -> None:
    owner = account(Role.OFFICE)
    secret = new_token()
    until = timezone.localdate() + timedelta(days=30)
    make_token(
        "登记", by=actor_of(owner), secret=secret, permissions=[Permission.PEOPLE_EDIT], until=until
    )
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "k1"}
    body = json.dumps({"code": "R1", "name": "张三", "rank": "staff"})
    answers = [
        Client().post(
            "/api/actions/org/add_person", body, content_type="application/json", headers=headers
        )
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [200, 409]
    assert Person.objects.filter(code="R1").count() == 1


def test_a_version_that_was_overtaken_is_409(browser_of: Browsers) -> None:
    browser, unit = browser_of(Role.OFFICE), UnitFactory(name="云溪镇")
    basis = {"on": "2026-01-05", "document": "云政〔2026〕1号"}
    body = {"unit": unit.pk, "basis": basis, "reason": "撤乡设镇", "seen_version": 1}
    assert post(browser, "org/rename_unit", **body, name="云溪街道")[0] == 200
    assert post(browser, "org/rename_unit", **body, name="云溪新区")[0] == 409
