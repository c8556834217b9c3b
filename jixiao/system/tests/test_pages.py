"""What can each administrator do, see and never see?"""

from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.access.actions import disable_account, open_account
from jixiao.access.actor import Actor
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
Accounts = Callable[..., Account]


def test_the_system_administrator_opens_an_account_and_sees_its_password_once(
    browser_of: Browsers,
) -> None:
    answer = browser_of(Role.SYSTEM_ADMIN).post(
        "/system/accounts/open/", {"username": "zhang", "name": "张三"}
    )
    made = Account.objects.get(username="zhang")
    password = next(w for w in answer.content.decode().split('<code class="large">')[1:]).split(
        "<"
    )[0]
    assert made.check_password(password)
    assert made.must_change


def test_a_name_that_is_taken_stands_beside_its_field(
    browser_of: Browsers, account: Accounts
) -> None:
    account(Role.CADRE, key=1)
    taken = Account.objects.order_by("-pk").values_list("username", flat=True)[0]
    answer = browser_of(Role.SYSTEM_ADMIN).post(
        "/system/accounts/open/", {"username": taken, "name": "张三"}
    )
    assert "已有人用" in answer.content.decode()


def test_a_disabled_account_is_shown_so(browser_of: Browsers, account: Accounts) -> None:
    one = account(Role.CADRE, key=1)
    browser = browser_of(Role.SYSTEM_ADMIN)
    browser.post(f"/system/accounts/{one.pk}/disable/", {"reason": "调离", "version": one.version})
    assert "已停用" in browser.get("/system/accounts/").content.decode()


def test_the_security_administrator_grants_a_role_in_a_unit(
    browser_of: Browsers, account: Accounts
) -> None:
    unit, one = UnitFactory(name="云溪镇"), account(Role.CADRE, key=1)
    browser = browser_of(Role.SECURITY_ADMIN)
    browser.post(f"/system/grants/of/{one.pk}/", {"role": "liaison", "unit": str(unit.pk)})
    assert Grant.objects.filter(account=one, role="liaison", key=str(unit.pk)).exists()
    assert "云溪镇" in browser.get(f"/system/grants/of/{one.pk}/").content.decode()


def test_a_role_without_its_unit_is_refused_in_words(
    browser_of: Browsers, account: Accounts
) -> None:
    one = account(Role.CADRE, key=1)
    answer = browser_of(Role.SECURITY_ADMIN).post(
        f"/system/grants/of/{one.pk}/", {"role": "liaison"}
    )
    assert "范围是本单位" in answer.content.decode()


def test_the_auditor_reads_what_a_column_said_before_and_after(
    browser_of: Browsers, actor: Callable[..., Actor]
) -> None:
    admin = actor(Role.SYSTEM_ADMIN, name="管一")
    made = open_account("zhang", by=admin, name="张三", password="abc-def-2026")
    disable_account(made, by=admin, reason="调离")
    entry = Event.objects.filter(label="停用账号").get()
    shown = browser_of(Role.AUDIT_ADMIN).get(f"/system/audit/{entry.pk}/").content.decode()
    assert "管一停用账号" in shown
    assert "可以登录" in shown
    assert "调离" in shown


@pytest.mark.parametrize(
    "role", [Role.OFFICE_HEAD, Role.LEADER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN]
)
def test_nobody_but_the_auditor_reads_the_record(browser_of: Browsers, role: Role) -> None:
    assert browser_of(role).get("/system/audit/").status_code == 403


def test_every_write_is_listed_with_who_may_do_it(browser_of: Browsers) -> None:
    shown = browser_of(Role.CADRE, key=1).get("/system/register/").content.decode()
    assert "三个管理员互斥" in shown


@pytest.mark.parametrize("rows", [3, 300])
def test_the_record_runs_a_fixed_number_of_queries(
    browser_of: Browsers, django_assert_max_num_queries: Callable[..., object], rows: int
) -> None:
    browser = browser_of(Role.AUDIT_ADMIN)
    Event.objects.bulk_create(
        Event(action="a.b", label="改", actor="某人", subject="", subject_label="", changes=[])
        for _ in range(rows)
    )
    with django_assert_max_num_queries(15):
        assert browser.get("/system/audit/").status_code == 200
