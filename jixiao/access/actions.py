"""What can be done with accounts and roles? Two administrators share it, a third one watches."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import get_random_string

from jixiao.access.action import action
from jixiao.access.actor import Actor, spheres
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Extent, Permission, Role
from jixiao.core.errors import RefusedError

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody confuses on paper."""


def first_password() -> str:
    """A password for the first sign-in, which must be changed there."""
    return "-".join(get_random_string(4, LEGIBLE) for _ in range(3))


@action(Permission.ACCOUNTS_EDIT)
def open_account(username: str, *, by: Actor, name: str, password: str) -> Account:
    """开设账号。登录名不能重复；初始密码首次登录须改。"""
    if Account.objects.filter(username__iexact=username).exists():
        raise RefusedError(f"登录名“{username}”已有人用，请换一个", field="username")
    account = Account(username=username, name=name)
    account.set_password(password)
    account.save()
    return account


@action(Permission.ACCOUNTS_EDIT)
def disable_account(account: Account, *, by: Actor, reason: str) -> Account:
    """停用账号。停用后不能登录，记录都在。"""
    if account.pk == by.account_id:
        raise RefusedError("不能停用自己的账号，请另一位系统管理员办理")
    account.is_active = False
    account.save()
    return account


@action(Permission.ACCOUNTS_EDIT)
def enable_account(account: Account, *, by: Actor, reason: str) -> Account:
    """恢复账号。停用的账号重新可以登录。"""
    account.is_active = True
    account.save()
    return account


@action(Permission.ACCOUNTS_EDIT)
def reset_password(account: Account, *, by: Actor, password: str, reason: str) -> Account:
    """重置密码。本人首次登录须改。"""
    account.set_password(password)
    account.must_change = True
    account.save()
    return account


@action(Permission.OWN_ACCOUNT)
def change_password(account: Account, *, by: Actor, password: str) -> Account:
    """修改自己的密码。"""
    if account.pk != by.account_id:
        raise RefusedError("只能修改自己的密码")
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise RefusedError("；".join(error.messages), field="password") from None
    account.set_password(password)
    account.must_change = False
    account.save()
    return account


@action(Permission.GRANTS_EDIT)
def grant_role(
    account: Account, *, by: Actor, role: Role, key: str = "", document: str = ""
) -> Grant:
    """授予角色。三个管理员互斥，也不能兼任何业务角色；不能给自己授权。"""
    if account.pk == by.account_id:
        raise RefusedError("不能给自己授权，请另一位安全管理员办理")
    today = timezone.localdate()
    held = [Role(each) for each in account.grants.on(today).values_list("role", flat=True)]
    if len(spheres([*held, role])) > 1:
        others = "、".join(sorted({each.label for each in held}))
        raise RefusedError(
            f"{account.name}已是{others}，不能再任{role.label}：三员分立", field="role"
        )
    extent = ROLES[role].extent
    if (extent == Extent.COUNTY) != (key == ""):
        raise RefusedError(f"“{role.label}”的范围是{extent.label}，请核对", field="key")
    if account.grants.filter(role=role, key=key, until__isnull=True).exists():
        raise RefusedError(f"{account.name}已有这个角色", field="role")
    return Grant.objects.create(
        account=account, role=role, extent=extent, key=key, since=today, document=document
    )


@action(Permission.GRANTS_EDIT)
def end_grant(grant: Grant, *, by: Actor, reason: str, until: date | None = None) -> Grant:
    """收回角色。从次日起不再有效；当天授予的当天收回。"""
    if grant.account_id == by.account_id:
        raise RefusedError("不能收回自己的角色，请另一位安全管理员办理")
    yesterday = timezone.localdate() - timedelta(days=1)
    if grant.since > yesterday:
        grant.delete()
        return grant
    grant.until = until or yesterday
    grant.save()
    return grant
