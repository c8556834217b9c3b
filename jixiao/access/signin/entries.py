"""Who signed in, failed, was locked out, signed out? Entries like those of every action."""

from django.http import HttpRequest

from jixiao.access.models import Account
from jixiao.audit.models import Event
from jixiao.audit.trail import name_of

SIGN_IN = "access.sign_in"
"""What entries about signing in are called."""
NOBODY = "（没有这个登录名）"
"""What was typed is not kept: people type their password into the wrong box."""


def note(
    request: HttpRequest, label: str, *, account: Account | None, action: str = SIGN_IN
) -> None:
    """Leave an entry about what was done without changing a row; ``account`` None: a wrong name."""
    Event.objects.create(
        action=action,
        label=label[:60],
        actor_id=account.pk if account else None,
        actor=account.name if account else NOBODY,
        subject=name_of(account, account.pk) if account else "",
        subject_label=str(account or NOBODY)[:200],
        changes=[],
        origin=request.META.get("REMOTE_ADDR", ""),
    )
