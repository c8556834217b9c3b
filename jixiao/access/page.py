"""Which pages are there, and who may open them? A view without a declared permission fails a test."""

import functools
from collections.abc import Callable
from typing import Any, Protocol, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)

from jixiao.access.actor import Actor, place_of
from jixiao.access.permissions import Permission


class Request(HttpRequest):
    """A request of somebody who is signed in: ``actor`` is known."""

    actor: Actor


class Page(Protocol):
    """A view with its declared permission; None means open to everybody, signed in or not."""

    permission: Permission | None

    def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        ...


View = Callable[..., HttpResponseBase]


def page(
    permission: Permission, *, of: Callable[..., object | None] | None = None
) -> Callable[[View], Page]:
    """Make a view a page that needs ``permission``.

    ``of`` finds the row that the address names (None: not found); the permission must reach the
    row's place, and the view gets the row instead of the address's parts.
    """

    def decorate(view: View) -> Page:
        @functools.wraps(view)
        def answer(request: Request, **kwargs: Any) -> HttpResponseBase:
            if getattr(request, "actor", None) is None:
                return _to_sign_in(request)
            if not request.actor.may(permission):
                raise PermissionDenied(f"您没有“{permission.label}”的权限")
            if of is None:
                return view(request, **kwargs)
            row = of(**kwargs)
            if row is None:
                raise Http404("没有这一条，可能已经撤销或网址不完整")
            if not request.actor.may(permission, place_of(row)):
                raise PermissionDenied("这里不在您的职责范围内")
            return view(request, row)

        answer.permission = permission  # type: ignore[attr-defined]
        return cast("Page", answer)

    return decorate


def open_page(view: View) -> Page:
    """Make a view open to everybody, signed in or not: sign-in, errors, and what is public by law."""
    view.permission = None  # type: ignore[attr-defined]
    return cast("Page", view)


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the whole page to ``url``, also when only a part of a page was asked for."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(url)
    answer = HttpResponse(status=401)
    answer["HX-Redirect"] = url
    return answer


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back to the page on which the person was; scripts are only told."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"message": "登录已过期，请重新登录"}, status=401)
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    here = urlsplit(shown)
    if request.method == "GET" and not request.headers.get("HX-Request"):
        back = request.get_full_path()
    elif here.netloc == request.get_host():
        back = urlunsplit(("", "", here.path, here.query, ""))
    else:
        back = request.path
    return go_to(request, redirect_to_login(back).url)
