"""Who gets in, who is kept out, and what does the record say about it?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from conftest import PASSWORD
from jixiao.access.actions import disable_account, enable_account, reset_password, unlock_account
from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError

pytestmark = pytest.mark.django_db
Accounts = Callable[..., Account]
Actors = Callable[..., Actor]


def sign_in(
    username: str, password: str = PASSWORD, *, client: Client | None = None, **rest: Any
) -> Any:  # noqa: ANN401
    """What the browser gets."""
    return (client or Client()).post("/signin/", {"login": username, "password": password, **rest})


def labels() -> list[str]:
    """What the record says, oldest first."""
    return list(Event.objects.order_by("id").values_list("label", flat=True))


@pytest.fixture
def zhang(account: Accounts) -> Account:
    return account(Role.CADRE, key=1, name="张三")


def test_whoever_signs_in_goes_home_and_is_recorded(zhang: Account) -> None:
    answer = sign_in(zhang.username)
    assert answer.url == "/"
    entry = Event.objects.get()
    assert (entry.label, entry.actor, entry.actor_id) == ("登录（密码）", "张三", zhang.pk)
    assert (entry.subject, entry.origin) == (f"access.account:{zhang.pk}", "127.0.0.1")


def test_the_sign_in_name_counts_in_any_case(zhang: Account) -> None:
    assert sign_in(zhang.username.upper()).url == "/"


def test_whoever_was_on_the_way_to_a_page_arrives_there(zhang: Account) -> None:
    assert Client().get("/security/?a=1").url == "/signin/?next=/security/%3Fa%3D1"
    assert sign_in(zhang.username, next="/security/?a=1").url == "/security/?a=1"


def test_nobody_is_led_to_a_strange_place(zhang: Account) -> None:
    assert sign_in(zhang.username, next="https://evil.example/").url == "/"


def test_a_form_sent_after_the_session_ended_leads_back_to_the_page_it_stood_on() -> None:
    answer = Client().post(
        "/security/tokens/3/revoke/", headers={"referer": "http://testserver/security/?x=1"}
    )
    assert answer.url == "/signin/?next=/security/%3Fx%3D1"


def test_a_part_of_a_page_asks_the_whole_page_to_sign_in() -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/security/?q=2"}
    answer = Client().get("/security/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/signin/?next=/security/%3Fq%3D2")


def test_a_strange_page_that_refers_here_is_not_where_one_is_led() -> None:
    answer = Client().post(
        "/security/tokens/3/revoke/", headers={"referer": "https://evil.example/x"}
    )
    assert answer.url == "/signin/?next=/security/tokens/3/revoke/"


def test_signing_in_changes_the_session_so_that_a_planted_one_is_worthless(zhang: Account) -> None:
    client = Client()
    client.get("/signin/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(zhang.username, client=client)
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_signing_out_ends_the_session_and_is_recorded(zhang: Account) -> None:
    client = Client()
    sign_in(zhang.username, client=client)
    key = client.cookies["sessionid"].value
    client.post("/signout/")
    assert not Session.objects.filter(pk=key).exists()
    assert labels() == ["登录（密码）", "退出登录"]


def test_a_link_does_not_sign_anybody_out(zhang: Account) -> None:
    client = Client()
    sign_in(zhang.username, client=client)
    assert client.get("/signout/").status_code == 200
    assert "_auth_user_id" in client.session


def test_a_wrong_password_is_recorded_without_what_was_typed(zhang: Account) -> None:
    shown = sign_in(zhang.username, "geheim-1234").content.decode()
    assert "登录名或密码不对" in shown
    entry = Event.objects.get()
    assert (entry.label, entry.actor) == ("登录失败：密码不对", "张三")
    attempt = AccessAttempt.objects.get()
    assert (attempt.post_data, attempt.get_data) == ("", "")


def test_a_name_that_does_not_exist_looks_the_same_and_is_not_kept() -> None:
    assert "登录名或密码不对" in sign_in("mein-passwort").content.decode()
    entry = Event.objects.get()
    assert (entry.actor, entry.actor_id) == ("（没有这个登录名）", None)
    assert "mein-passwort" not in str(entry.__dict__)


@pytest.mark.parametrize("username", ["exists", "missing"])
def test_the_fifth_failure_shuts_the_door_and_the_page_says_until_when(
    zhang: Account, username: str
) -> None:
    name = zhang.username if username == "exists" else "nobody"
    answers = [sign_in(name, f"wrong-{each}") for each in range(5)]
    assert [each.status_code for each in answers] == [200] * 4 + [429]
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    shown = answers[-1].content.decode()
    assert f"锁定到 <strong>{until:%H:%M}</strong>" in shown
    assert "安全管理员" in shown
    assert labels() == ["登录失败：密码不对"] * 5 + ["连续失败5次，已锁定"]


def test_while_it_is_shut_even_the_right_password_is_refused_and_nothing_is_added(
    zhang: Account,
) -> None:
    lock(zhang)
    before = labels()
    assert sign_in(zhang.username).status_code == 429
    assert sign_in(zhang.username.upper()).status_code == 429
    assert labels() == before


def test_the_lock_opens_after_a_quarter_of_an_hour_also_when_somebody_keeps_trying(
    zhang: Account,
) -> None:
    lock(zhang)
    sign_in(zhang.username, "again-wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(zhang.username).url == "/"


def test_another_computer_is_not_locked_out_with_it(zhang: Account) -> None:
    lock(zhang)
    assert sign_in(zhang.username, client=Client(REMOTE_ADDR="10.0.0.9")).url == "/"


def test_capitals_bring_no_further_attempts(zhang: Account) -> None:
    for each in range(5):
        sign_in(zhang.username.upper() if each % 2 else zhang.username, "wrong")
    assert sign_in(zhang.username).status_code == 429


def test_the_security_administrator_opens_the_lock(zhang: Account, actor: Actors) -> None:
    lock(zhang)
    unlock_account(zhang, by=actor(Role.SECURITY_ADMIN, name="安全员"))
    entry = Event.objects.first()
    assert entry
    assert (entry.label, entry.actor, entry.subject_label) == ("解除锁定", "安全员", str(zhang))
    assert sign_in(zhang.username).url == "/"


def test_what_is_not_locked_cannot_be_unlocked(zhang: Account, actor: Actors) -> None:
    with pytest.raises(RefusedError, match="没有被锁定"):
        unlock_account(zhang, by=actor(Role.SECURITY_ADMIN))


def test_a_success_forgets_the_failures_before(zhang: Account) -> None:
    for _ in range(4):
        sign_in(zhang.username, "wrong")
    sign_in(zhang.username)
    assert sign_in(zhang.username, "wrong").status_code == 200


def test_nobody_counts_sign_ins(zhang: Account) -> None:
    sign_in(zhang.username)
    assert not AccessLog.objects.exists()


def lock(account: Account) -> None:
    for _ in range(5):
        sign_in(account.username, "wrong")


def test_a_disabled_account_is_told_so_after_the_right_password_only(
    zhang: Account, actor: Actors
) -> None:
    disable_account(zhang, by=actor(Role.SYSTEM_ADMIN), reason="调离")
    assert sign_in(zhang.username).url == "/signin/disabled/"
    assert "登录名或密码不对" in sign_in(zhang.username, "wrong").content.decode()


def test_a_disabled_accounts_running_session_stops_at_once_and_for_good(
    zhang: Account, actor: Actors
) -> None:
    client, sleeping = Client(), Client()
    for each in (client, sleeping):
        sign_in(zhang.username, client=each)
    admin = actor(Role.SYSTEM_ADMIN)
    disable_account(zhang, by=admin, reason="调离")
    assert client.get("/security/").status_code == 302
    assert not client.session.keys(), "nothing is left of it"
    enable_account(zhang, by=admin, reason="回来")
    assert sleeping.get("/security/").status_code == 302


def test_a_reset_password_ends_every_session_and_must_be_changed(
    zhang: Account, actor: Actors
) -> None:
    client = Client()
    sign_in(zhang.username, client=client)
    reset_password(zhang, by=actor(Role.SYSTEM_ADMIN), password="neu-2026-abc", reason="忘了")
    assert client.get("/security/").url == "/signin/?next=/security/"
    sign_in(zhang.username, "neu-2026-abc", client=client)
    assert client.get("/security/").url.startswith("/security/password/")


def test_an_idle_session_ends_and_a_busy_one_goes_on(zhang: Account) -> None:
    client = Client()
    sign_in(zhang.username, client=client)
    client.get("/security/")
    stored = Session.objects.get(pk=client.cookies["sessionid"].value)
    left = (stored.expire_date - timezone.now()).total_seconds()
    assert 29 * 60 < left <= 30 * 60
    session = client.session
    session["seen"] -= 120
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    client.get("/security/")
    stored.refresh_from_db()
    assert (stored.expire_date - timezone.now()).total_seconds() > 29 * 60


def test_closing_the_browser_is_leaving(zhang: Account) -> None:
    client = Client()
    sign_in(zhang.username, client=client)
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)
