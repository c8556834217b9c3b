"""Do the three administrators keep each other in check?"""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from jixiao.access.actions import (
    FIRST,
    disable_account,
    end_grant,
    first_administrators,
    grant_role,
    open_account,
    reset_password,
)  # fmt: skip
from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Permission, Role, Sphere
from jixiao.access.queries import actor_of, holders
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError

pytestmark = pytest.mark.django_db
Accounts = Callable[..., Account]
Actors = Callable[..., Actor]
TERMINAL = Actor("命令行", terminal=True, origin="命令行")
ADMINISTRATORS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]
MARKS = {Permission.RESULTS_SEE, Permission.RESULTS_EDIT}


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_no_administrator_reads_or_enters_marks(role: Role) -> None:
    assert not MARKS & ROLES[role].permissions


def test_opening_granting_and_reading_the_record_are_three_spheres() -> None:
    needed = (Permission.ACCOUNTS_EDIT, Permission.GRANTS_EDIT, Permission.AUDIT_SEE)
    spheres = [
        {ROLES[role].sphere for role in Role if permission in ROLES[role].permissions}
        for permission in needed
    ]
    assert spheres == [{Sphere.SYSTEM}, {Sphere.SECURITY}, {Sphere.AUDIT}]


@pytest.mark.parametrize(("first", "second"), list(permutations([*ADMINISTRATORS, Role.OFFICE], 2)))
def test_one_account_never_holds_roles_of_two_spheres(
    account: Accounts, actor: Actors, first: Role, second: Role
) -> None:
    one = account(first)
    with pytest.raises(RefusedError, match="三员分立"):
        grant_role(one, by=actor(Role.SECURITY_ADMIN), role=second)


def test_after_a_role_ended_another_sphere_is_possible(account: Accounts, actor: Actors) -> None:
    one, security = account(Role.OFFICE), actor(Role.SECURITY_ADMIN)
    end_grant(one.grants.get(), by=security, reason="转岗")
    assert grant_role(one, by=security, role=Role.AUDIT_ADMIN).role == Role.AUDIT_ADMIN


def test_nobody_grants_to_or_takes_from_oneself(account: Accounts) -> None:
    security = account(Role.SECURITY_ADMIN)
    with pytest.raises(RefusedError, match="不能给自己授权"):
        grant_role(security, by=actor_of(security), role=Role.OFFICE)
    with pytest.raises(RefusedError, match="不能收回自己的角色"):
        end_grant(security.grants.get(), by=actor_of(security), reason="x")


@pytest.mark.parametrize("key", ["", "乡镇"])
def test_a_role_has_the_extent_that_belongs_to_it(
    account: Accounts, actor: Actors, key: str
) -> None:
    role = Role.LIAISON if not key else Role.LEADER
    with pytest.raises(RefusedError, match="的范围是"):
        grant_role(account(Role.CADRE, key=1), by=actor(Role.SECURITY_ADMIN), role=role, key=key)


def test_a_role_is_granted_once(account: Accounts, actor: Actors) -> None:
    with pytest.raises(RefusedError, match="已有这个角色"):
        grant_role(
            account(Role.CADRE, key=1), by=actor(Role.SECURITY_ADMIN), role=Role.CADRE, key="1"
        )


def test_a_role_that_ends_stays_in_the_books_until_yesterday(
    account: Accounts, actor: Actors
) -> None:
    held = account(Role.OFFICE).grants.get()
    held.since -= timedelta(days=9)
    held.save()
    end_grant(held, by=actor(Role.SECURITY_ADMIN), reason="转岗")
    held.refresh_from_db()
    assert held.until == timezone.localdate() - timedelta(days=1)
    assert not actor_of(held.account).held


def test_a_role_granted_and_taken_on_one_day_is_told_by_the_record(
    account: Accounts, actor: Actors
) -> None:
    held = account(Role.OFFICE).grants.get()
    end_grant(held, by=actor(Role.SECURITY_ADMIN), reason="授错了")
    entry = Event.objects.get()
    assert not Grant.objects.filter(pk=held.pk).exists()
    assert (entry.label, entry.subject) == ("收回角色", f"access.grant:{held.pk}")
    assert entry.changes[0]["before"]["role"] == "office"
    assert entry.changes[0]["after"] == {}


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_last_administrator_of_a_kind_cannot_be_removed(
    account: Accounts, actor: Actors, role: Role
) -> None:
    last, system = account(role), actor(Role.SYSTEM_ADMIN)
    with pytest.raises(RefusedError, match="最后一位"):
        disable_account(last, by=system, reason="x")
    account(role)
    assert not disable_account(last, by=system, reason="有两位了").is_active


def test_the_last_auditor_keeps_the_role(account: Accounts, actor: Actors) -> None:
    with pytest.raises(RefusedError, match="最后一位审计管理员"):
        end_grant(account(Role.AUDIT_ADMIN).grants.get(), by=actor(Role.SECURITY_ADMIN), reason="x")


def test_nobody_disables_or_resets_oneself(account: Accounts) -> None:
    admin = account(Role.SYSTEM_ADMIN)
    for do in (
        lambda: disable_account(admin, by=actor_of(admin), reason="x"),
        lambda: reset_password(admin, by=actor_of(admin), password="neu-2026-abc", reason="x"),
    ):
        with pytest.raises(RefusedError, match="自己"):
            do()


def test_who_opens_accounts_cannot_give_them_roles(actor: Actors) -> None:
    made = open_account("zhang", by=actor(Role.SYSTEM_ADMIN), name="张三", password="abc-def-2026")
    with pytest.raises(DeniedError):
        grant_role(made, by=actor(Role.SYSTEM_ADMIN), role=Role.OFFICE)


def test_holders_of_a_permission_are_those_who_may_sign_in(
    account: Accounts, actor: Actors
) -> None:
    one, other = account(Role.OFFICE), account(Role.OFFICE_HEAD)
    disable_account(other, by=actor(Role.SYSTEM_ADMIN), reason="调离")
    assert list(holders(Permission.SCHEMES_EDIT)) == [one]


def test_a_fresh_installation_gets_its_three_administrators() -> None:
    opened = first_administrators(by=TERMINAL)
    assert [each.role for each in opened] == ["系统管理员", "安全管理员", "审计管理员"]
    for each in opened:
        account = Account.objects.get(username=each.username)
        assert account.check_password(each.password)
        assert account.must_change
        assert [held.role for held in account.grants.all()] == [FIRST[each.username]]
    assert Event.objects.filter(actor="命令行").count() == 6


def test_with_any_account_there_no_first_ones_are_made(account: Accounts) -> None:
    account(Role.CADRE, key=1)
    with pytest.raises(RefusedError, match="已经有账号了"):
        first_administrators(by=TERMINAL)
    assert Account.objects.count() == 1
