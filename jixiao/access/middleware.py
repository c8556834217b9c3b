"""Who is asking, and what must they do first? Every request gets its actor, with today's roles."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.page import go_to
from jixiao.access.queries import actor_of, lacks_second_factor
from jixiao.access.signin.adapter import WITHOUT_PASSWORD

STAY = 60
"""Seconds after which being at work is noted again, so that an idle session ends and a busy one not."""
LEAVING = {"account_logout", "account_inactive"}
CHANGING = LEAVING | {"account_change_password"}
SETTING_UP = CHANGING | {
    "account_security", "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_view_recovery_codes",
}  # fmt: skip
"""What is open to whoever has to set up a second factor first."""


class ActorMiddleware:
    """Put ``request.actor`` (None when signed out) on every request and keep busy sessions alive."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request for its actor."""
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """First things first: a new password, then a second factor where the role asks for one."""
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        name = getattr(request.resolver_match, "url_name", None)
        if actor is None or name in LEAVING:
            return None
        here = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        if name not in CHANGING and _needs_new_password(request):
            return go_to(request, f"{reverse('account_change_password')}?{here}")
        if name not in SETTING_UP and lacks_second_factor(actor):
            return go_to(request, reverse("account_security"))
        return None


def _actor(request: HttpRequest) -> Actor | None:
    account = request.user
    if not isinstance(account, Account):
        if SESSION_KEY in request.session:
            request.session.flush()  # of an account that was disabled meanwhile
        return None
    now = int(time.time())
    if now - request.session.get("seen", 0) > STAY:
        request.session["seen"] = now
    once = request.POST.get("once") if request.method == "POST" else None
    return actor_of(account, origin=request.META.get("REMOTE_ADDR", ""), once=once or None)


def _needs_new_password(request: HttpRequest) -> bool:
    account: Any = request.user
    return bool(account.needs_new_password) and not request.session.get(WITHOUT_PASSWORD)
