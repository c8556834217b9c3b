"""Does the second step keep strangers with the password out, and let the owner back in?"""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from jixiao.access.actions import reset_second_factor
from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.access.tests.test_signing_in import labels, sign_in
from jixiao.core.errors import RefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_code_was_used_before() -> None:
    cache.clear()


@pytest.fixture
def zhang(account: Callable[..., Account]) -> Account:
    return account(Role.CADRE, key=1, name="张三")


def code_now(secret: str) -> str:
    """What the app shows at this moment (RFC 6238, 30 seconds, six digits)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client: Client) -> str:
    """Set up the app as a person does: take the secret off the page, send back a number."""
    shown = client.get("/security/totp/").content.decode()
    secret = shown.split("手工输入密钥：<code>")[1].split("</code>")[0]
    assert client.post("/security/totp/", {"code": code_now(secret)}).url == "/security/codes/"
    cache.clear()
    return secret


@pytest.fixture
def protected(zhang: Account) -> tuple[Account, str]:
    """An account with the app set up, and its secret."""
    client = Client()
    sign_in(zhang.username, client=client)
    return zhang, set_up(client)


def test_setting_up_shows_codes_for_paper_and_is_recorded(zhang: Account) -> None:
    client = Client()
    sign_in(zhang.username, client=client)
    set_up(client)
    assert client.get("/security/codes/").content.decode().count("<li><code>") == 10
    assert set(labels()[1:]) == {"增加登录方式：动态口令", "增加登录方式：恢复码"}


def test_a_wrong_number_sets_up_nothing(zhang: Account) -> None:
    client = Client()
    sign_in(zhang.username, client=client)
    client.get("/security/totp/")
    assert "验证码不对" in client.post("/security/totp/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_the_password_alone_no_longer_opens(protected: tuple[Account, str]) -> None:
    client = Client()
    assert sign_in(protected[0].username, client=client).url == "/signin/code/"
    assert client.get("/security/").url == "/signin/?next=/security/"
    assert "_auth_user_id" not in client.session


def test_password_and_code_open_and_the_record_names_both(protected: tuple[Account, str]) -> None:
    account, secret = protected
    client = Client()
    sign_in(account.username, client=client, next="/security/")
    assert client.post("/signin/code/", {"code": code_now(secret)}).url == "/security/"
    assert labels()[-1] == "登录（密码、动态口令）"


def test_a_code_counts_once(protected: tuple[Account, str]) -> None:
    account, secret = protected
    code = code_now(secret)
    for expected in (302, 200):
        client = Client()
        sign_in(account.username, client=client)
        assert client.post("/signin/code/", {"code": code}).status_code == expected


def test_guessing_codes_is_locked_like_guessing_passwords(protected: tuple[Account, str]) -> None:
    account, secret = protected
    client = Client()
    sign_in(account.username, client=client)
    answers = [client.post("/signin/code/", {"code": "000000"}) for _ in range(5)]
    assert [each.status_code for each in answers] == [200] * 4 + [429]
    assert labels()[-2:] == ["登录失败：验证码不对", "连续失败5次，已锁定"]
    assert client.post("/signin/code/", {"code": code_now(secret)}).status_code == 429
    assert sign_in(account.username).status_code == 429


def test_a_recovery_code_opens_once(protected: tuple[Account, str]) -> None:
    account, _ = protected
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client = Client()
    sign_in(account.username, client=client)
    assert client.post("/signin/code/", {"code": codes[0]}).status_code == 302
    assert labels()[-1] == "登录（密码、恢复码）"
    again = Client()
    sign_in(account.username, client=again)
    assert again.post("/signin/code/", {"code": codes[0]}).status_code == 200


def test_whoever_signed_in_long_ago_shows_again_who_that_is(protected: tuple[Account, str]) -> None:
    account, secret = protected
    client = Client()
    sign_in(account.username, client=client)
    client.post("/signin/code/", {"code": code_now(secret)})
    grow_old(client)
    answer = client.post("/security/totp/off/")
    assert answer.url.startswith("/security/confirm/?next=")
    confirmed = client.post(
        answer.url, {"password": "qing-lan-2026", "next": "/security/totp/off/"}
    )
    assert confirmed.url == "/security/"
    assert not Authenticator.objects.exists(), "what was asked for before the question is done"
    assert "去掉登录方式：动态口令" in labels()


def test_a_wrong_password_at_that_question_counts_too(protected: tuple[Account, str]) -> None:
    account, secret = protected
    client = Client()
    sign_in(account.username, client=client)
    client.post("/signin/code/", {"code": code_now(secret)})
    grow_old(client)
    answers = [client.post("/security/confirm/", {"password": "falsch"}) for _ in range(5)]
    assert answers[-1].status_code == 429


def grow_old(client: Client) -> None:
    """The sign-in of this browser was eleven minutes ago."""
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 660
    session.save()


def test_new_recovery_codes_replace_the_old_ones(protected: tuple[Account, str]) -> None:
    account, secret = protected
    client = Client()
    sign_in(account.username, client=client)
    client.post("/signin/code/", {"code": code_now(secret)})
    before = client.get("/security/codes/").content
    client.post("/security/codes/new/")
    assert client.get("/security/codes/").content != before


def test_the_security_administrator_helps_who_lost_the_phone(
    protected: tuple[Account, str], actor: Callable[..., Actor]
) -> None:
    account, _ = protected
    security = actor(Role.SECURITY_ADMIN)
    reset_second_factor(account, by=security, reason="手机丢了")
    assert sign_in(account.username).url == "/"
    with pytest.raises(RefusedError, match="没有设置两步验证"):
        reset_second_factor(account, by=security, reason="再来")


def test_the_system_administrator_who_resets_passwords_cannot_take_the_second_factor_away(
    protected: tuple[Account, str], actor: Callable[..., Actor]
) -> None:
    with pytest.raises(RefusedError, match="权限"):
        reset_second_factor(protected[0], by=actor(Role.SYSTEM_ADMIN), reason="x")


@pytest.fixture
def required(settings: Settings) -> None:
    settings.MFA_REQUIRED = ["system_admin", "security_admin", "audit_admin"]


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
@pytest.mark.parametrize("address", ["/", "/system/roles/", "/security/tokens/new/"])
def test_an_administrator_reaches_only_the_security_page_until_it_is_set_up(
    browser_of: Callable[..., Client], role: Role, address: str
) -> None:
    browser = browser_of(role)
    assert browser.get(address).url == "/security/"
    assert browser.post(address).url == "/security/"
    assert "请先设置两步验证" in browser.get("/security/").content.decode()


@pytest.mark.usefixtures("required")
def test_with_it_set_up_the_administrator_works(account: Callable[..., Account]) -> None:
    admin, client = account(Role.AUDIT_ADMIN), Client()
    sign_in(admin.username, client=client)
    assert client.get("/system/audit/").url == "/security/"
    set_up(client)
    assert client.get("/security/codes/").status_code == 200
    assert client.get("/system/audit/").status_code == 200


@pytest.mark.usefixtures("required")
def test_others_are_not_held_up(browser_of: Callable[..., Client]) -> None:
    assert browser_of(Role.CADRE, key=1).get("/security/").status_code == 200


@pytest.mark.usefixtures("protected")
def test_another_ones_keys_are_not_found(browser_of: Callable[..., Client]) -> None:
    number = Authenticator.objects.get(type="totp").pk
    browser = browser_of(Role.CADRE, key=1)
    browser.post("/signin/", {"login": "x", "password": "y"})
    for address in (f"/security/passkeys/{number}/", f"/security/passkeys/{number}/remove/"):
        assert browser.post(address).status_code in (302, 404)
    assert Authenticator.objects.filter(type="totp").exists()
