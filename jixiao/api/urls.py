"""Which addresses do programs use? All under /api/, each with its declared permission."""

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from jixiao.access.action import REGISTER
from jixiao.api import views
from jixiao.api.errors import problem
from jixiao.api.reads import PERMISSIONS
from jixiao.api.service import api
from jixiao.api.writes import route

_NEEDED = {route(each): each.permission for each in REGISTER.values()} | PERMISSIONS
"""The permission of every address by its name."""


def _told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A wrong method is answered by a sentence as well."""

    @functools.wraps(view)
    def answer(request: HttpRequest, **named: object) -> HttpResponse:
        response = view(request, **named)
        if response.status_code != 405:
            return response
        told = problem(api, request, status=405, message="这个地址不能这样用：读用 GET，写用 POST")
        told["Allow"] = response["Allow"]
        return told

    return answer


def _declared(pattern: URLPattern) -> URLPattern:
    """Say on the view which permission it needs, as every page does."""
    pattern.callback = _told(pattern.callback)
    pattern.callback.permission = _NEEDED[pattern.name or ""]  # type: ignore[attr-defined]
    return pattern


_patterns, _, _ = api.urls
urlpatterns = [
    path("", views.reference, name="api_reference"),
    path("openapi.json", views.openapi, name="api_openapi"),
    *(
        _declared(each)
        for each in _patterns
        if isinstance(each, URLPattern) and each.name != "api-root"
    ),
    path("<path:rest>", views.unknown, name="api_unknown"),
]
