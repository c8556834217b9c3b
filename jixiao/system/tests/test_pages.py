"""What can each administrator do, see and never see?"""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from jixiao.access.action import REGISTER
from jixiao.access.actions import disable_account, open_account
from jixiao.access.actor import Actor
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Permission, Role
from jixiao.access.tests.test_signing_in import lock, sign_in
from jixiao.audit.chain import HEADS_FILE, seal_all
from jixiao.audit.models import Event
from jixiao.audit.tests.factories import EventFactory
from jixiao.audit.tests.touching import drop_triggers, execute
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
Accounts = Callable[..., Account]
Limit = Callable[[int], Any]


def text(answer: Any) -> str:  # noqa: ANN401 -- the test client's answer
    return str(answer.content.decode())


@pytest.fixture
def zhang(account: Accounts) -> Account:
    return account(Role.CADRE, key=1, name="张三")


@pytest.fixture
def system(browser_of: Browsers) -> Client:
    return browser_of(Role.SYSTEM_ADMIN)


@pytest.fixture
def security(browser_of: Browsers) -> Client:
    return browser_of(Role.SECURITY_ADMIN)


@pytest.fixture
def auditor(browser_of: Browsers) -> Client:
    return browser_of(Role.AUDIT_ADMIN, name="沈静")


def password_on(slip: str) -> str:
    return slip.split('<code class="large">')[1].split("<", maxsplit=1)[0]


def test_a_new_account_gets_a_slip_with_its_first_password_to_print(system: Client) -> None:
    slip = text(system.post("/system/accounts/open/", {"username": "zhang", "name": "张三"}))
    made = Account.objects.get(username="zhang")
    assert made.check_password(password_on(slip))
    assert made.must_change
    assert "http://testserver/" in slip
    assert password_on(slip) not in text(system.get(f"/system/accounts/{made.pk}/"))


def test_a_slip_that_is_asked_for_twice_is_not_shown_twice(system: Client) -> None:
    sent = {"username": "zhang", "name": "张三", "once": "a1"}
    system.post("/system/accounts/open/", sent)
    again = system.post("/system/accounts/open/", sent | {"username": "zhang2"}, follow=True)
    assert "已经办过" in text(again)
    assert Account.objects.filter(username__startswith="zhang").count() == 1


def test_a_name_that_is_taken_stands_beside_its_field(system: Client, zhang: Account) -> None:
    sent = {"username": zhang.username, "name": "张三"}
    assert "已有人用" in text(system.post("/system/accounts/open/", sent))


@pytest.mark.parametrize("username", ["Zhang", "z", "张三", "z z", "a" * 31, "a'--"])
def test_a_sign_in_name_is_plain(system: Client, username: str) -> None:
    system.post("/system/accounts/open/", {"username": username, "name": "张三"})
    assert not Account.objects.filter(name="张三").exists()


def test_an_account_is_disabled_and_enabled_with_a_reason(system: Client, zhang: Account) -> None:
    page = f"/system/accounts/{zhang.pk}"
    assert "请填写这一项" in text(system.post(f"{page}/disable/", {"version": zhang.version}))
    system.post(f"{page}/disable/", {"reason": "调离", "version": zhang.version})
    assert "已停用" in text(system.get("/system/accounts/"))
    zhang.refresh_from_db()
    system.post(f"{page}/enable/", {"reason": "回来", "version": zhang.version})
    assert [each.reason for each in Event.objects.all()] == ["回来", "调离"]


def test_an_account_that_another_administrator_just_changed_is_not_overruled_unseen(
    system: Client, zhang: Account, actor: Callable[..., Actor]
) -> None:
    disable_account(zhang, by=actor(Role.SYSTEM_ADMIN), reason="调离")
    sent = {"reason": "密码忘了", "version": 1}
    assert "已被他人修改" in text(system.post(f"/system/accounts/{zhang.pk}/reset/", sent))


def test_a_reset_password_comes_on_a_slip_too(system: Client, zhang: Account) -> None:
    sent = {"reason": "忘了", "version": zhang.version}
    slip = text(system.post(f"/system/accounts/{zhang.pk}/reset/", sent))
    assert sign_in(zhang.username, password_on(slip)).url == "/"


def test_a_role_is_granted_in_a_unit_and_taken_back(security: Client, zhang: Account) -> None:
    unit = UnitFactory(name="云溪镇")
    page = f"/system/grants/of/{zhang.pk}/"
    security.post(page, {"role": "liaison", "unit": str(unit.pk), "item": "ignored"})
    granted = Grant.objects.get(account=zhang, role="liaison", key=str(unit.pk))
    assert "云溪镇" in text(security.get(page))
    assert security.post(f"/system/grants/{granted.pk}/end/", {"reason": "换人"}).url == page
    assert not Grant.objects.filter(pk=granted.pk).exists()


@pytest.mark.parametrize(("role", "word"), [("liaison", "本单位"), ("group_contact", "本组")])
def test_a_role_without_its_place_is_refused_beside_the_field(
    security: Client, zhang: Account, role: str, word: str
) -> None:
    assert f"的范围是{word}" in text(
        security.post(f"/system/grants/of/{zhang.pk}/", {"role": role})
    )


def test_a_conflict_of_spheres_is_explained(security: Client, zhang: Account) -> None:
    shown = text(security.post(f"/system/grants/of/{zhang.pk}/", {"role": "audit_admin"}))
    assert "张三已是干部，不能再任审计管理员：三员分立" in shown


def test_who_has_no_role_yet_is_shown_to_whoever_grants(
    security: Client, actor: Callable[..., Actor]
) -> None:
    open_account("wang", by=actor(Role.SYSTEM_ADMIN), name="王芳", password="abc-def-2026")
    assert "1 个账号还没有角色" in text(security.get("/system/grants/")).replace("</span>", "")
    assert "王芳" in text(security.get("/system/grants/"))


def test_a_locked_name_is_shown_until_it_is_opened(security: Client, zhang: Account) -> None:
    lock(zhang)
    for _ in range(5):
        sign_in("nobody", "wrong")
    shown = text(security.get("/system/grants/locked/"))
    assert "张三" in shown
    assert "没有这个账号" in shown
    security.post(f"/system/grants/of/{zhang.pk}/unlock/")
    assert f"of/{zhang.pk}/unlock/" not in text(security.get("/system/grants/locked/"))
    assert sign_in(zhang.username).url == "/"


def test_a_lost_second_factor_is_reset_with_a_reason(security: Client, zhang: Account) -> None:
    zhang.authenticator_set.create(type="totp", data={"secret": "x"})
    assert "重置两步验证" in text(security.get(f"/system/grants/of/{zhang.pk}/"))
    security.post(f"/system/grants/of/{zhang.pk}/factor/", {"reason": "手机丢了"})
    assert not zhang.authenticator_set.exists()
    assert Event.objects.get().reason == "手机丢了"


def test_what_ended_is_kept_on_its_own_page(security: Client, zhang: Account) -> None:
    today = timezone.localdate()
    zhang.grants.update(since=today - timedelta(days=9), until=today - timedelta(days=1))
    assert "张三" in text(security.get("/system/grants/before/"))


def test_the_auditor_reads_what_a_column_said_before_and_after(
    auditor: Client, zhang: Account, actor: Callable[..., Actor]
) -> None:
    disable_account(zhang, by=actor(Role.SYSTEM_ADMIN, name="管一"), reason="调离")
    entry = Event.objects.get()
    shown = text(auditor.get(f"/system/audit/{entry.pk}/"))
    assert "管一：停用账号" in shown
    assert "调离" in shown
    assert "可以登录</th>" in shown
    assert "<del>是</del>" in shown
    assert "<ins>否</ins>" in shown


def test_an_entry_about_a_kind_of_row_that_is_no_more_is_still_read(auditor: Client) -> None:
    changes = [{"row": "gone.thing:3", "label": "旧", "before": {}, "after": {"colour": "red"}}]
    entry = EventFactory(changes=changes)
    assert "colour" in text(auditor.get(f"/system/audit/{entry.pk}/"))


def test_the_record_is_narrowed_by_day_person_and_row(auditor: Client, zhang: Account) -> None:
    EventFactory(label="甲事", actor_id=zhang.pk, subject="org.unit:3")
    EventFactory(label="乙事")
    today = timezone.localdate()
    assert auditor.get("/system/audit/", {"day": str(today)}).url == f"/system/audit/days/{today}/"
    for address in (f"people/{zhang.pk}", "rows/org.unit:3"):
        shown = text(auditor.get(f"/system/audit/{address}/"))
        assert "甲事" in shown
        assert "乙事</a>" not in shown
    yesterday = today - timedelta(days=1)
    assert "甲事" not in text(auditor.get(f"/system/audit/days/{yesterday}/"))


@pytest.mark.parametrize("address", ["days/2026-02-30", "days/x", "people/999999"])
def test_a_part_that_there_is_not_is_not_found(auditor: Client, address: str) -> None:
    assert auditor.get(f"/system/audit/{address}/").status_code == 404


def test_the_record_is_found_by_action_and_words_and_leaves_as_a_workbook(auditor: Client) -> None:
    EventFactory(label="停用账号", action="access.disable_account", reason="调离清岚县")
    EventFactory(label="登录", action="access.sign_in", reason="")
    asked = {"action": "access.disable_account", "q": "清岚县", "export": "xlsx"}
    content = b"".join(auditor.get("/system/audit/", asked).streaming_content)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert [cell.value for cell in sheet["A"]] == ["做了什么", "停用账号"]


def test_the_whole_record_leaves_as_lines_with_its_chain_and_that_is_recorded(
    auditor: Client,
) -> None:
    EventFactory.create_batch(3)
    seal_all(settings.DATA / HEADS_FILE)
    content = b"".join(auditor.get("/system/audit/export/").streaming_content)
    told = [json.loads(line) for line in content.decode().splitlines()]
    assert [each["position"] for each in told] == [1, 2, 3, None]
    assert told[3]["entry"]["subject_label"].startswith("全部审计记录")
    assert told[3]["entry"]["actor"] == "沈静"


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.SYSTEM_ADMIN, "accounts/"), (Role.SECURITY_ADMIN, "grants/"),
        (Role.SECURITY_ADMIN, "grants/before/"), (Role.AUDIT_ADMIN, "audit/"),
    ],
)  # fmt: skip
def test_lists_of_people_and_of_what_they_did_leave_an_entry_when_taken_along(
    browser_of: Callable[..., Client], role: Role, address: str
) -> None:
    client = browser_of(role, name="沈静")
    client.get(f"/system/{address}")
    client.get(f"/system/{address}", {"export": "xlsx"})
    entry = Event.objects.get()
    assert (entry.actor, entry.label, entry.origin) == ("沈静", "导出", "127.0.0.1")
    assert entry.subject_label.endswith(".xlsx")


@pytest.fixture
def _no_heads() -> None:
    (settings.DATA / HEADS_FILE).unlink(missing_ok=True)


@pytest.mark.usefixtures("_no_heads")
def test_a_verification_tells_and_records_what_it_found(auditor: Client) -> None:
    EventFactory.create_batch(3)
    seal_all(settings.DATA / HEADS_FILE)
    assert "没有发现改动" in text(auditor.post("/system/audit/verify/"))
    drop_triggers()
    execute("UPDATE audit_event SET reason = '改'  WHERE action = 'access.disable_account'")
    assert "发现 3 处问题" in text(auditor.post("/system/audit/verify/"))
    labels = list(Event.objects.filter(action="audit.verify").values_list("label", flat=True))
    assert labels == ["核验审计记录：发现3处问题", "核验审计记录：3条完整"]


def test_looking_at_the_page_verifies_nothing(auditor: Client) -> None:
    auditor.get("/system/audit/verify/")
    assert not Event.objects.exists()


def test_every_write_is_listed_with_who_may_do_it(browser_of: Browsers) -> None:
    shown = text(browser_of(Role.CADRE, key=1).get("/system/register/"))
    assert all(entry.sentence in shown for entry in REGISTER.values())


def test_the_table_of_roles_is_the_table_that_is_obeyed(browser_of: Browsers) -> None:
    shown = text(browser_of(Role.CADRE, key=1).get("/system/roles/"))
    allowed = sum(len(rule.permissions) for rule in ROLES.values())
    assert shown.count('aria-label="可以"') == allowed
    assert all(each.label in shown for each in (*Permission, *Role))


@pytest.mark.parametrize("rows", [3, 120])
def test_lists_ask_as_many_questions_for_many_rows_as_for_few(
    system: Client, security: Client, auditor: Client,
    django_assert_max_num_queries: Limit, rows: int,
) -> None:  # fmt: skip
    made = [Account(username=f"many{each}", name=f"人{each}") for each in range(rows)]
    Account.objects.bulk_create(made)
    Grant.objects.bulk_create(Grant(account=each, role="leader", extent="county") for each in made)
    EventFactory.create_batch(rows)
    pages = [
        (system, "/system/accounts/"), (security, "/system/grants/"),
        (security, "/system/grants/locked/"), (auditor, "/system/audit/"),
        (auditor, "/system/roles/"), (auditor, "/system/register/"),
    ]  # fmt: skip
    for browser, address in pages:
        with django_assert_max_num_queries(15):
            assert browser.get(address).status_code == 200, address
