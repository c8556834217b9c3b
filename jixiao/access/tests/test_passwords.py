"""How does a password come, change and grow old?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from conftest import PASSWORD
from jixiao.access.actions import change_password, first_password
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.access.queries import actor_of
from jixiao.access.tests.test_signing_in import sign_in
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError

pytestmark = pytest.mark.django_db
NEW = "xin-mima-2026"


@pytest.fixture
def zhang(account: Callable[..., Account]) -> Account:
    made = account(Role.CADRE, key=1, name="张三")
    made.must_change = True
    made.save()
    return made


def signed_in(account: Account) -> Client:
    client = Client()
    sign_in(account.username, client=client)
    return client


def send(client: Client, now: str = PASSWORD, new: str = NEW, again: str = NEW, **rest: Any) -> Any:  # noqa: ANN401
    told = {"now": now, "password": new, "again": again, **rest}
    return client.post("/security/password/", told)


@pytest.mark.parametrize("address", ["/", "/security/", "/security/totp/", "/system/roles/"])
def test_a_first_password_must_be_changed_before_anything_else(
    zhang: Account, address: str
) -> None:
    client = signed_in(zhang)
    assert client.get(address).url.startswith("/security/password/?next=")
    assert "请先把初始密码改成自己的" in client.get("/security/password/").content.decode()


def test_after_the_change_one_arrives_where_one_wanted_to_go(zhang: Account) -> None:
    client = signed_in(zhang)
    assert send(client, next="/security/?a=1").url == "/security/?a=1"
    assert client.get("/security/").status_code == 200
    assert Event.objects.filter(label="修改自己的密码", actor="张三").exists()


def test_one_may_leave_without_changing_it(zhang: Account) -> None:
    client = signed_in(zhang)
    client.post("/signout/")
    assert "_auth_user_id" not in client.session


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(zhang: Account) -> None:
    here, there = signed_in(zhang), signed_in(zhang)
    send(here)
    assert here.get("/security/").status_code == 200
    assert there.get("/security/").url == "/signin/?next=/security/"


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("kurz-1", "密码太短"),
        ("qingqingcaoyuan", "至少用上"),
        ("20261124201", "密码太简单"),
        ("password123", "常见"),
        (PASSWORD, "和现在的一样"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason(zhang: Account, new: str, why: str) -> None:
    assert why in send(signed_in(zhang), new=new, again=new).content.decode()
    zhang.refresh_from_db()
    assert zhang.check_password(PASSWORD)


def test_both_times_must_be_the_same(zhang: Account) -> None:
    assert "不一样" in send(signed_in(zhang), again="anders-2026").content.decode()


def test_guessing_the_present_password_is_locked_too_and_none_is_kept(zhang: Account) -> None:
    client = signed_in(zhang)
    answers = [send(client, now=f"falsch-{each}") for each in range(5)]
    assert [each.status_code for each in answers] == [200] * 4 + [429]
    assert AccessAttempt.objects.get().post_data == ""


def test_nobody_changes_another_ones_password(
    zhang: Account, account: Callable[..., Account]
) -> None:
    with pytest.raises(RefusedError, match="只能修改自己的密码"):
        change_password(zhang, by=actor_of(account(Role.CADRE, key=2)), password=NEW)


def test_an_old_password_must_be_changed(zhang: Account, settings: Settings) -> None:
    zhang.must_change = False
    zhang.password_on = timezone.localdate() - timedelta(days=181)
    zhang.save()
    client = signed_in(zhang)
    assert client.get("/security/").url.startswith("/security/password/")
    settings.PASSWORD_DAYS = 0
    assert client.get("/security/").status_code == 200


def test_first_passwords_are_good_passwords_that_nobody_misreads() -> None:
    for _ in range(50):
        password = first_password()
        validate_password(password)
        assert not set("il1o0") & set(password)


def test_one_kind_of_characters_is_too_few() -> None:
    for poor in ("abcdefghijkl", "ABCDEFGHIJKL", "!@#$%^&*()_+"):
        with pytest.raises(ValidationError, match="至少用上"):
            validate_password(poor)
