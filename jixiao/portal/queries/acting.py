"""Who is at work, as what, and what waits for this person?"""

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.notices.models import Opinion, Receipt
from jixiao.notices.states import OpinionState
from jixiao.org.models import Post
from jixiao.rectification.queries.cases import cases_waiting
from jixiao.schemes.queries.versions import waiting


def acting(actor: Actor) -> str:
    """What the person at work is: ``县绩效办 · 副主任``, else the roles; one query."""
    held = Post.objects.on(timezone.localdate()).filter(person__account=actor.account_id)
    post = held.select_related("unit").order_by("-is_full_time", "since").first()
    if post:
        return f"{post.unit} · {post.title}"
    return "、".join(dict.fromkeys(each.role.label for each in actor.held)) or "还没有角色"


def badges(actor: Actor) -> dict[str, int]:
    """How many things wait for this person, by the route where they wait; at most four queries."""
    found = {"schemes": waiting(actor)}
    if actor.may(Permission.OPINIONS_ANSWER):
        found["opinions"] = Opinion.objects.filter(state=OpinionState.WAITING).count()
    if actor.may(Permission.NOTICES_SIGN):
        unsigned = Receipt.objects.filter(unit__in=actor.units(), acknowledged_at__isnull=True)
        found["notices"] = unsigned.filter(notice__needs_sign=True).count()
    if actor.may(Permission.RECTIFICATION_SEE):
        found["cases"] = cases_waiting(actor)
    return found
