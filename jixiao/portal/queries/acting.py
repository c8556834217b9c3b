"""Who is at work, as what, and what waits for this person?"""

from typing import Any

from django.db.models import Func, QuerySet, Subquery
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Permission
from jixiao.events.queries.matters import matters_waiting
from jixiao.notices.models import Opinion, Receipt
from jixiao.notices.states import OpinionState
from jixiao.org.models import Post
from jixiao.ratings.queries.polls import to_rate
from jixiao.rectification.queries.cases import cases_waiting
from jixiao.schemes.queries.versions import MAKERS, waiting


def acting(actor: Actor) -> str:
    """What the person at work is: ``县绩效办 · 副主任``, else the roles; one query."""
    held = Post.objects.on(timezone.localdate()).filter(person__account=actor.account_id)
    post = held.select_related("unit").order_by("-is_full_time", "since").first()
    if post:
        return f"{post.unit} · {post.title}"
    return "、".join(dict.fromkeys(each.role.label for each in actor.held)) or "还没有角色"


def badges(actor: Actor) -> dict[str, int]:
    """How many things wait for this person, by the route where they wait; at most one query."""
    waits: dict[str, QuerySet[Any]] = {}
    if any(map(actor.may, MAKERS)):
        waits["schemes"] = waiting(actor)
    if actor.may(Permission.OPINIONS_ANSWER):
        waits["opinions"] = Opinion.objects.filter(state=OpinionState.WAITING)
    if actor.may(Permission.NOTICES_SIGN):
        unsigned = Receipt.objects.filter(unit__in=actor.units(), acknowledged_at__isnull=True)
        waits["notices"] = unsigned.filter(notice__needs_sign=True)
    if any(map(actor.may, (Permission.RECTIFY, Permission.RECTIFICATION_REVIEW))):
        waits["cases"] = cases_waiting(actor)
    if actor.may(Permission.RATINGS_VOTE):
        waits["polls"] = to_rate(actor, timezone.localdate())
    if any(map(actor.may, (Permission.EVENTS_EDIT, Permission.EVENTS_SIGN))):
        waits["matters"] = matters_waiting(actor)
    if not waits:
        return {}
    counts = {f"{route}_count": _count(rows) for route, rows in waits.items()}
    found = Account.objects.filter(pk=actor.account_id).values(**counts).get()
    return {route: found[f"{route}_count"] or 0 for route in waits}


def _count(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values(how_many=Func("pk", function="COUNT")))
