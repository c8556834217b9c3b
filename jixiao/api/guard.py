"""Who is calling? A scoped token, or the session of the person at the screen."""

import hashlib

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from jixiao.access.actor import Actor
from jixiao.access.queries import actor_of_token

ONCE = 40
"""Letters of a one-time number in the record."""


class Token(HttpBearer):
    """``Authorization: Bearer …``: a token made under 登录安全, with a part of its owner's rights."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The owner at work, with the rights that the token carries."""
        key = request.headers.get("Idempotency-Key")
        once = _once(token, key) if key else None
        found: Actor | None = actor_of_token(
            token, origin=request.META.get("REMOTE_ADDR", ""), once=once
        )
        if found is not None:
            request.actor = found  # type: ignore[attr-defined]
        return found


def _once(token: str, key: str) -> str:
    """The key as it is kept: of one length, and no other program's."""
    told = f"{token} {key}".encode("utf-8", "replace")
    return hashlib.sha256(told).hexdigest()[:ONCE]


class Session(APIKeyCookie):
    """The signed-in browser; writing needs the CSRF token as every form does."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002 - ninja's signature
        """Whoever is signed in."""
        actor: Actor | None = getattr(request, "actor", None)
        return actor
