"""What does each of the three administrators watch? Never a mark."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from jixiao.access.models import Account, Grant
from jixiao.access.queries import locks
from jixiao.audit.chain import waiting
from jixiao.audit.models import Event, Link

LATELY = timedelta(days=30)
"""What is new on the desk of an administrator."""
SHOWN = 8


@dataclass(frozen=True)
class AuditDesk:
    """Is the record sealed, and when was it verified last?"""

    sealed: int
    waiting: int
    sealed_at: datetime | None
    verified: Event | None


@dataclass(frozen=True)
class SystemDesk:
    """Which accounts are there, and which were opened or disabled lately?"""

    active: int
    disabled: int
    changes: list[Event]


@dataclass(frozen=True)
class SecurityDesk:
    """Which roles were granted or taken back lately, and who is locked out?"""

    grants: int
    changes: list[Event]
    locked: list[str]


def audit_desk() -> AuditDesk:
    """The auditor's three lines; three queries."""
    links = Link.objects.aggregate(last=Max("position"), at=Max("at"))
    return AuditDesk(
        sealed=links["last"] or 0,
        waiting=waiting().count(),
        sealed_at=links["at"],
        verified=Event.objects.filter(action="audit.verify").first(),
    )


def system_desk() -> SystemDesk:
    """The system administrator's lines; three queries."""
    return SystemDesk(
        active=Account.objects.filter(is_active=True).count(),
        disabled=Account.objects.filter(is_active=False).count(),
        changes=_lately("access.open_account", "access.disable_account", "access.enable_account"),
    )


def security_desk(today: date) -> SecurityDesk:
    """The security administrator's lines; four queries."""
    return SecurityDesk(
        grants=Grant.objects.on(today).count(),
        changes=_lately("access.grant_role", "access.end_grant"),
        locked=sorted({each.username for each in locks()}),
    )


def _lately(*actions: str) -> list[Event]:
    since = timezone.now() - LATELY
    return list(Event.objects.filter(action__in=actions, at__gte=since)[:SHOWN])
