"""Which addresses do programs use? All under /api/, each with its declared permission."""

from django.urls import URLPattern, path

from jixiao.access.action import REGISTER
from jixiao.api import views
from jixiao.api.reads import PERMISSIONS
from jixiao.api.service import api
from jixiao.api.writes import route


def _declared(pattern: URLPattern) -> URLPattern:
    """Say on the view which permission it needs, as every page does."""
    name = pattern.name or ""
    known = {route(each): each.permission for each in REGISTER.values()}
    pattern.callback.permission = PERMISSIONS.get(name) or known[name]  # type: ignore[attr-defined]
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
]
