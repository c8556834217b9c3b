"""Who is calling? A scoped token, or the session of the person at the screen."""

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from jixiao.access.actor import Actor
from jixiao.access.queries import actor_of_token


class Token(HttpBearer):
    """``Authorization: Bearer …``: a token made under 登录安全, with a part of its owner's rights."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The owner at work, with the rights that the token carries."""
        once = request.headers.get("Idempotency-Key")
        found: Actor | None = actor_of_token(
            token, origin=request.META.get("REMOTE_ADDR", ""), once=once
        )
        if found is not None:
            request.actor = found  # type: ignore[attr-defined]
        return found


class Session(APIKeyCookie):
    """The signed-in browser; writing needs the CSRF token as every form does."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002 - ninja's signature
        """Whoever is signed in."""
        actor: Actor | None = getattr(request, "actor", None)
        return actor
