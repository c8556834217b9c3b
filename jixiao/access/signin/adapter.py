"""How does sign-in differ from what the library does? No registration, Chinese words, entries."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest

from jixiao.access.models import Account
from jixiao.access.signin.entries import note

WITHOUT_PASSWORD = "without_password"  # noqa: S105 -- a key of the session
"""Says in the session that no password was used, so none need be changed first."""
WAYS = {
    "password": "密码",
    "totp": "动态口令",
    "webauthn": "通行密钥",
    "recovery_codes": "恢复码",
    "socialaccount": "统一身份认证",
}
MESSAGES = {
    "mfa/messages/totp_activated.txt": "动态口令已启用，下次登录要输入应用上的数字",
    "mfa/messages/totp_deactivated.txt": "动态口令已停用",
    "mfa/messages/webauthn_added.txt": "通行密钥已添加",
    "mfa/messages/webauthn_removed.txt": "通行密钥已删除",
    "mfa/messages/recovery_codes_generated.txt": "新的恢复码已生成，请打印或抄写后妥善保管",
}
"""The library's messages that are worth saying."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The library's sign-in for accounts that the system administrator opens."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "这个账号已停用，请联系系统管理员",
        "incorrect_code": "验证码不对，请看应用上现在的数字",
        "incorrect_password": "密码不对",
        "username_password_mismatch": "登录名或密码不对",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the system administrator."""
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in with a new session and leave an entry that names the ways."""
        used = get_authentication_records(request, user)
        super().login(request, user)
        if not any(each["method"] == "password" for each in used):
            request.session[WITHOUT_PASSWORD] = True
        names = dict.fromkeys(WAYS[each.get("type") or each["method"]] for each in used)
        note(request, f"登录（{'、'.join(names)}）", account=user)

    def logout(self, request: HttpRequest) -> None:
        """Sign out and leave an entry."""
        if isinstance(request.user, Account):
            note(request, "退出登录", account=request.user)
        super().logout(request)

    def is_reauthentication_required(self, **_: object) -> bool:
        """Whoever signed in minutes ago need not show again who that is."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(each["at"] > fresh for each in records)

    def add_message(self, request: HttpRequest, level: int, *told: Any, **named: Any) -> None:
        """Only what is worth saying, in Chinese."""
        template = told[0] if told else named.get("message_template", "")
        if text := named.get("message") or MESSAGES.get(template):
            messages.add_message(request, level, text)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The library's second factors in Chinese."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": "请先启用动态口令或通行密钥，再生成恢复码",
        "incorrect_code": "验证码不对，请看应用上现在的数字",
    }

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002
        """A name to start with."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"通行密钥{count + 1}"
