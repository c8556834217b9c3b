"""What stands around every page? The county, the way through the loop, who is here, how far the year is."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.periods.queries import current_cycle
from jixiao.portal import queries
from jixiao.portal.navigation import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template; ``actor`` is None on signed-out pages.

    What needs the database is asked for only when a template draws it, and once.
    """
    actor: Actor | None = getattr(request, "actor", None)
    told = {"county": settings.COUNTY, "demo": settings.DEMO, "actor": actor}
    if actor is None:
        return told
    return told | {
        "nav": cache(lambda: navigation(actor, request.path, counts=queries.badges(actor))),
        "person_title": cache(lambda: queries.acting(actor)),
        "cycle": cache(lambda: current_cycle(timezone.localdate())),
    }


def known(request: HttpRequest, desk: object) -> dict[str, Any]:
    """What a home page has found out already, so that the shell need not ask again."""
    if not isinstance(desk, queries.OfficeDesk):
        return {}
    actor: Actor = request.actor  # type: ignore[attr-defined]
    nav = navigation(actor, request.path, counts=desk.counts)
    return {"cycle": desk.cycle, "nav": nav, "answers": desk.answers}
