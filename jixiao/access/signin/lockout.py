"""What happens after five wrong passwords or codes? The door stays shut for a while, and says so."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.access import queries
from jixiao.access.models import Account
from jixiao.access.signin.entries import note

LOCKED = "连续输错太多次，这个登录名在这台电脑上暂时锁定"
BY_CODE = "code"
"""Who tells the handler about a wrong code; a wrong password is told by Django."""


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """The library's counting; every failure is an entry, and nothing that was typed is kept."""

    def user_login_failed(
        self,
        sender: Any,  # noqa: ANN401 -- whoever sent the signal
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **rest: object,
    ) -> None:
        """Count a failure and record it; while the door is shut nothing counts."""
        if request is None or getattr(request, "axes_locked_out", False):
            return
        super().user_login_failed(sender, credentials, request, **rest)
        queries.failures(plain_username(request, credentials)).update(get_data="", post_data="")
        account = queries.account_named(credentials.get("username") or "")
        note(request, f"登录失败：{'验证码' if sender == BY_CODE else '密码'}不对", account=account)
        if getattr(request, "axes_locked_out", False):
            note(request, f"连续失败{settings.AXES_FAILURE_LIMIT}次，已锁定", account=account)


def plain_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The sign-in name in one form: whoever writes it in capitals gets no further attempts."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(typed).strip().lower()


def check_open(request: HttpRequest, account: Account) -> None:
    """ValidationError while the account is locked at this address."""
    if not AxesProxyHandler.is_allowed(request, {"username": account.username}):
        _shut(request, account)
        raise ValidationError(LOCKED)


def count_wrong_code(request: HttpRequest, account: Account) -> None:
    """A wrong code counts like a wrong password."""
    AxesProxyHandler.user_login_failed(BY_CODE, {"username": account.username}, request)


def locked_page(
    request: HttpRequest, _answer: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Until when it is locked and what to do; the same page whether the name exists or not."""
    username = plain_username(request, credentials)
    until = queries.locked_until(username, origin=request.META.get("REMOTE_ADDR", ""))
    told = {"until": until, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "access/locked.html", told, status=429)


def _shut(request: HttpRequest, account: Account) -> None:
    """The library's middleware answers with the page above."""
    request.axes_locked_out = True  # type: ignore[attr-defined]
    request.axes_credentials = {"username": account.username}  # type: ignore[attr-defined]
