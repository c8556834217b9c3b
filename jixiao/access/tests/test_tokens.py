"""Can a program do what its owner allowed it, for as long, and nothing else?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.actions import (
    change_password,
    disable_account,
    make_token,
    new_token,
    reset_password,
    revoke_token,
)  # fmt: skip
from jixiao.access.actor import Actor, DeniedError, Place
from jixiao.access.models import Account, Token
from jixiao.access.permissions import Permission, Role
from jixiao.access.queries import account as account_row
from jixiao.access.queries import actor_of, actor_of_token
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError

pytestmark = pytest.mark.django_db
SECRET = new_token()
TODAY = timezone.localdate


@pytest.fixture
def zhang(account: Callable[..., Account]) -> Account:
    return account(Role.LIAISON, key=7, name="张三")


def make(owner: Account, *permissions: Permission, **rest: Any) -> Token:
    told = {"secret": SECRET, "until": TODAY() + timedelta(days=30), **rest}
    asked = permissions or (Permission.UNITS_SEE, Permission.DUTIES_EDIT)
    return make_token("报表系统", by=actor_of(owner), permissions=asked, **told)


def test_a_program_works_as_its_owner_and_the_record_says_by_which_token(zhang: Account) -> None:
    make(zhang)
    found = actor_of_token(SECRET, origin="10.0.0.7", once="a")
    assert found is not None
    assert (found.name, found.account_id, found.once) == ("张三", zhang.pk, "a")
    assert found.origin == "10.0.0.7 接口令牌“报表系统”"


def test_it_may_do_no_more_than_was_ticked_and_nowhere_else(zhang: Account) -> None:
    make(zhang)
    found = actor_of_token(SECRET)
    assert found is not None
    assert found.may(Permission.DUTIES_EDIT, Place(units=(7,)))
    assert not found.may(Permission.DUTIES_EDIT, Place(units=(8,)))
    assert not found.may(Permission.CONDITIONS_EDIT, Place(units=(7,)))
    assert not found.may(Permission.HOME)


def test_what_the_owner_lost_the_token_lost(zhang: Account) -> None:
    make(zhang)
    zhang.grants.all().delete()
    found = actor_of_token(SECRET)
    assert found is not None
    assert not found.may(Permission.UNITS_SEE)


def test_nobody_gives_a_token_what_they_may_not_do(zhang: Account) -> None:
    with pytest.raises(DeniedError):
        make(zhang, Permission.UNITS_EDIT)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"secret": "kurz"}, "40个随机字符"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "从今天起"),
        ({"until": timezone.localdate() + timedelta(days=400)}, "最长一年"),
    ],
)
def test_what_a_token_must_be(zhang: Account, told: dict[str, Any], why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        make(zhang, **told)


def test_a_token_never_manages_how_one_signs_in(zhang: Account) -> None:
    with pytest.raises(RefusedError, match="只能由本人管理"):
        make(zhang, Permission.OWN_ACCOUNT)


def test_a_token_cannot_make_another(zhang: Account) -> None:
    make(zhang)
    found = actor_of_token(SECRET)
    assert found is not None
    with pytest.raises(DeniedError):
        make_token(
            "再来", by=found, secret=new_token(), permissions=[Permission.UNITS_SEE], until=TODAY()
        )


@pytest.mark.parametrize(
    "secret",
    ["", "jx_", SECRET[:-1], f"{SECRET} ", "\ud800"],
    ids=["empty", "prefix", "cut", "longer", "surrogate"],
)
def test_a_wrong_token_opens_nothing(zhang: Account, secret: str) -> None:
    make(zhang)
    assert actor_of_token(secret) is None


def test_it_opens_nothing_before_or_after_its_time(zhang: Account) -> None:
    made = make(zhang)
    for since, until in ((1, 3), (-3, -1)):
        made.since, made.until = (TODAY() + timedelta(days=each) for each in (since, until))
        made.save()
        assert actor_of_token(SECRET) is None


def test_revoked_it_opens_nothing_and_the_record_says_so(zhang: Account) -> None:
    made = make(zhang)
    revoke_token(made, by=actor_of(zhang))
    assert actor_of_token(SECRET) is None
    assert [each.label for each in Event.objects.all()] == ["作废接口令牌", "生成接口令牌"]
    with pytest.raises(RefusedError, match="已经作废"):
        revoke_token(made, by=actor_of(zhang))


def test_only_its_owner_revokes_it(zhang: Account, actor: Callable[..., Actor]) -> None:
    with pytest.raises(RefusedError, match="只能作废自己的令牌"):
        revoke_token(make(zhang), by=actor(Role.SYSTEM_ADMIN))


def test_a_disabled_or_reset_account_has_no_programs(
    zhang: Account, actor: Callable[..., Actor]
) -> None:
    make(zhang)
    admin = actor(Role.SYSTEM_ADMIN)
    reset_password(zhang, by=admin, password="neu-2026-abc", reason="可能泄露")
    assert actor_of_token(SECRET) is None
    changed = change_password(zhang, by=actor_of(zhang), password="noch-neuer-2026")
    assert actor_of_token(SECRET) is not None
    disable_account(changed, by=admin, reason="调离")
    assert actor_of_token(SECRET) is None


def test_the_day_of_its_last_use_is_kept_and_no_more(
    zhang: Account, django_assert_num_queries: Callable[..., Any]
) -> None:
    made = make(zhang)
    assert made.last_used_on is None
    with django_assert_num_queries(3):
        actor_of_token(SECRET)
    with django_assert_num_queries(2):
        actor_of_token(SECRET)
    made.refresh_from_db()
    assert made.last_used_on == TODAY()


def test_neither_the_database_nor_the_record_has_the_secret(zhang: Account) -> None:
    made = make(zhang)
    assert SECRET not in str(made.__dict__)
    assert Event.objects.get().changes[0]["after"]["digest"] == "（不记录内容）"


@pytest.mark.usefixtures("zhang")
def test_the_page_shows_a_new_token_once(browser_of: Callable[..., Client]) -> None:
    browser = browser_of(Role.LIAISON, key=7)
    until = TODAY() + timedelta(days=90)
    told = {"name": "取数", "permissions": ["units_see"], "until": str(until), "once": "a1"}
    shown = browser.post("/security/tokens/new/", told).content.decode()
    secret = shown.split('class="secret">')[1].split("<")[0]
    assert actor_of_token(secret) is not None
    assert secret not in browser.get("/security/").content.decode()
    made = Token.objects.get()
    assert browser.post(f"/security/tokens/{made.pk}/revoke/").url == "/security/"
    assert actor_of_token(secret) is None


def test_the_form_offers_what_one_may_do(browser_of: Callable[..., Client]) -> None:
    shown = browser_of(Role.CADRE, key=7).get("/security/tokens/new/").content.decode()
    assert "看单位" in shown
    assert "开设、停用账号" not in shown
    assert "管理自己的登录方式" not in shown


@pytest.mark.usefixtures("zhang")
def test_the_security_page_asks_a_fixed_number_of_questions(
    browser_of: Callable[..., Client], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser = browser_of(Role.LIAISON, key=7)
    owner = account_row(int(browser.session["_auth_user_id"]))
    assert owner is not None
    for _ in range(12):
        make(owner, secret=new_token())
    with django_assert_max_num_queries(15):
        browser.get("/security/")
