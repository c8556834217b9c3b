"""Who is asking? Every request gets its actor, with the roles held today, in one query."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jixiao.access.actor import Actor
from jixiao.access.queries import actor_of

STAY = 60
"""Seconds after which being at work is noted again, so that an idle session ends and a busy one not."""


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put ``request.actor`` (None when signed out) on every request and keep busy sessions alive."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _actor(request: HttpRequest) -> Actor | None:
    account = request.user
    if not account.is_authenticated:
        return None
    now = int(time.time())
    if now - request.session.get("seen", 0) > STAY:
        request.session["seen"] = now
    once = request.POST.get("once") if request.method == "POST" else None
    return actor_of(account, origin=request.META.get("REMOTE_ADDR", ""), once=once or None)
