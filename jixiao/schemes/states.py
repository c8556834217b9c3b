"""Through which states does a scheme go, and who may move it on?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class State(TextChoices):
    """Where a version stands."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "送审"
    APPROVED = "approved", "审定"
    PUBLISHED = "published", "发布"
    SUPERSEDED = "superseded", "被取代"
    DISCARDED = "discarded", "作废"


OPEN = (State.DRAFT, State.SUBMITTED, State.APPROVED)
"""Still being made; a scheme has one such version a year at most."""
IN_FORCE = (State.PUBLISHED, State.SUPERSEDED)
"""Was in force on some day; its text never changes again."""
WAY = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.PUBLISHED)
"""The way that every scheme goes."""


SUBMIT = Move("submit", "送审", (State.DRAFT,), State.SUBMITTED, Permission.SCHEMES_EDIT)
SEND_BACK = Move(
    "send_back", "退回修改", (State.SUBMITTED, State.APPROVED), State.DRAFT,
    Permission.SCHEMES_APPROVE,
)  # fmt: skip
APPROVE = Move("approve", "审定", (State.SUBMITTED,), State.APPROVED, Permission.SCHEMES_APPROVE)
PUBLISH = Move("publish", "发布", (State.APPROVED,), State.PUBLISHED, Permission.SCHEMES_APPROVE)
SUPERSEDE = Move(
    "supersede", "被取代", (State.PUBLISHED,), State.SUPERSEDED, Permission.SCHEMES_APPROVE
)
DISCARD = Move("discard", "作废草稿", (State.DRAFT,), State.DISCARDED, Permission.SCHEMES_EDIT)

MOVES = (SUBMIT, APPROVE, PUBLISH, SEND_BACK, DISCARD)
"""What people can do; a version is superseded when its successor is published."""
