"""What stands around every page? The county, the way through the loop, who is here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from jixiao.portal.navigation import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template; ``actor`` is None on signed-out pages."""
    actor = getattr(request, "actor", None)
    return {
        "county": settings.COUNTY,
        "demo": settings.DEMO,
        "actor": actor,
        "nav": navigation(actor, request.path) if actor else [],
    }
