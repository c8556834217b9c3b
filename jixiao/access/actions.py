"""What can be done with accounts, roles and keys? Two administrators share it, a third one watches."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from jixiao.access import queries
from jixiao.access.action import action
from jixiao.access.actor import Actor, spheres
from jixiao.access.models import Account, Grant, Token
from jixiao.access.permissions import ROLES, Extent, Permission, Role, Sphere
from jixiao.core.errors import RefusedError

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody confuses on paper."""
TOKEN_LENGTH = 40
TOKEN_DAYS = 366
FIRST = {
    "xtgly": Role.SYSTEM_ADMIN,
    "aqgly": Role.SECURITY_ADMIN,
    "sjgly": Role.AUDIT_ADMIN,
}
"""Sign-in names of the first three: the initials of what they are."""


def first_password() -> str:
    """A password for the first sign-in, which must be changed there."""
    return "-".join(get_random_string(4, LEGIBLE) for _ in range(3))


def new_token() -> str:
    """The secret of a key for programs."""
    return f"jx_{get_random_string(TOKEN_LENGTH)}"


@action(Permission.ACCOUNTS_EDIT)
def open_account(username: str, *, by: Actor, name: str, password: str | None) -> Account:
    """开设账号。登录名不能重复；初始密码首次登录须改。"""
    if queries.account_named(username):
        raise RefusedError(f"登录名“{username}”已有人用，请换一个", field="username")
    account = Account(username=username, name=name)
    account.set_password(password)
    account.save()
    return account


@action(Permission.ACCOUNTS_EDIT)
def disable_account(account: Account, *, by: Actor, reason: str) -> Account:
    """停用账号。停用后不能登录，正在使用的立即退出，记录都在。"""
    if account.pk == by.account_id:
        raise RefusedError("不能停用自己的账号，请另一位系统管理员办理")
    for held in account.grants.on(timezone.localdate()):
        _check_not_last(held, "停用")
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
    """重置密码。正在使用的立即退出，本人首次登录须改。"""
    if account.pk == by.account_id:
        raise RefusedError("自己的密码请在“登录安全”里修改")
    account.set_password(password)
    account.must_change = True
    account.password_on = timezone.localdate()
    account.save()
    return account


@action(Permission.OWN_ACCOUNT)
def change_password(account: Account, *, by: Actor, password: str) -> Account:
    """修改自己的密码。其他地方正在使用的立即退出。"""
    if account.pk != by.account_id:
        raise RefusedError("只能修改自己的密码")
    if account.check_password(password):
        raise RefusedError("新密码和现在的一样，请换一个", field="password")
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise RefusedError("；".join(error.messages), field="password") from None
    account.set_password(password)
    account.must_change = False
    account.password_on = timezone.localdate()
    account.save()
    return account


@action(Permission.GRANTS_EDIT)
def unlock_account(account: Account, *, by: Actor, reason: str = "") -> Account:
    """解除锁定。连续输错密码被锁的，马上可以再试。"""
    count, _ = queries.failures(account.username).delete()
    if not count:
        raise RefusedError(f"{account.name}没有被锁定，不用解除")
    return account


@action(Permission.GRANTS_EDIT)
def reset_second_factor(account: Account, *, by: Actor, reason: str) -> Account:
    """重置两步验证。手机或密钥丢失的，去掉全部动态口令、通行密钥和恢复码，由本人重新设置。"""
    if account.pk == by.account_id:
        raise RefusedError("不能重置自己的两步验证，请另一位安全管理员办理")
    found = list(Authenticator.objects.filter(user=account))
    if not found:
        raise RefusedError(f"{account.name}没有设置两步验证，不用重置")
    for each in found:
        each.delete()
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
def end_grant(grant: Grant, *, by: Actor, reason: str) -> Grant:
    """收回角色。立即不再有效，到前一天为止的记录都在；当天授予的撤销。"""
    if grant.account_id == by.account_id:
        raise RefusedError("不能收回自己的角色，请另一位安全管理员办理")
    _check_not_last(grant, "收回")
    yesterday = timezone.localdate() - timedelta(days=1)
    if grant.since > yesterday:
        grant.delete()
        return grant
    grant.until = yesterday
    grant.save()
    return grant


@action(Permission.OWN_ACCOUNT)
def make_token(
    name: str, *, by: Actor, secret: str, permissions: Collection[Permission], until: date
) -> Token:
    """生成接口令牌。程序凭它办本人能办的一部分事；令牌只显示一次。"""
    today = timezone.localdate()
    if len(secret) < TOKEN_LENGTH:
        raise RefusedError(f"令牌至少要{TOKEN_LENGTH}个随机字符", field="secret")
    if not today <= until <= today + timedelta(days=TOKEN_DAYS):
        raise RefusedError("有效期从今天起，最长一年", field="until")
    if not permissions or Permission.OWN_ACCOUNT in permissions:
        raise RefusedError("请勾选令牌可以做的事；登录方式只能由本人管理", field="permissions")
    for permission in permissions:
        by.require(permission, None)
    return Token.objects.create(
        account_id=by.signature(), name=name, digest=queries.token_digest(secret),
        permissions=sorted(permissions), until=until,
    )  # fmt: skip


@action(Permission.OWN_ACCOUNT)
def revoke_token(token: Token, *, by: Actor) -> Token:
    """作废接口令牌。立即失效，用它的程序从此被拒绝。"""
    if token.account_id != by.account_id:
        raise RefusedError("只能作废自己的令牌")
    if token.revoked_at:
        raise RefusedError("这个令牌已经作废")
    token.revoked_at, token.revoked_by_id = timezone.now(), by.signature()
    token.save()
    return token


@dataclass(frozen=True)
class Opened:
    """An account that was opened, with its first password for the sheet that is handed over."""

    username: str
    role: str
    password: str


def first_administrators(*, by: Actor) -> list[Opened]:
    """The three administrators of a fresh installation; refused once there is any account."""
    with transaction.atomic():
        if Account.objects.exists():
            raise RefusedError("已经有账号了；新的管理员由系统管理员开设账号、安全管理员授权")
        return [_opened(username, role, by) for username, role in FIRST.items()]


def _opened(username: str, role: Role, by: Actor) -> Opened:
    password = first_password()
    account = open_account(username, by=by, name=role.label, password=password)
    grant_role(account, by=by, role=role)
    return Opened(username, role.label, password)


def _check_not_last(grant: Grant, doing: str) -> None:
    """Without its last administrator nobody could ever do that administrator's work again."""
    role = Role(grant.role)
    if ROLES[role].sphere == Sphere.BUSINESS or not grant.account.is_active:
        return
    others = Grant.objects.on(timezone.localdate()).filter(role=role, account__is_active=True)
    if not others.exclude(account=grant.account_id).exists():
        raise RefusedError(f"{grant.account.name}是最后一位{role.label}，请先另设一位，再{doing}")
