"""Which issued bulletins may somebody read, which may everybody, and which units have read them?"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import ROLES, Extent, Permission
from jixiao.bulletins.compose import text_of
from jixiao.bulletins.models import Bulletin, BulletinFile, BulletinUnit
from jixiao.bulletins.paper import Paper, paper
from jixiao.bulletins.queries.drafts import signed
from jixiao.bulletins.states import SENT, BulletinState, Level
from jixiao.notices.models import Receipt
from jixiao.notices.queries import receipts

FileRow = BulletinFile
"""What the pages get."""


def issued(actor: Actor) -> QuerySet[Bulletin]:
    """The issued bulletins that this person may read, the newest first."""
    found = Bulletin.objects.light().sent().select_related("approved_by")
    return found.filter(_within(actor)).order_by("-issued_at", "-id")


def _within(actor: Actor) -> Q:
    """County and public ones for all; of units and groups for those concerned and who sees all marks."""
    if actor.may(Permission.RESULTS_SEE, Place()):
        return Q()
    addressed = BulletinUnit.objects.filter(unit__in=_units(actor))
    groups = [each.key for each in actor.held if ROLES[each.role].extent == Extent.GROUP]
    concerned = Q(level__in=(Level.UNIT, Level.GROUP), pk__in=addressed.values("bulletin"))
    of_group = Q(level=Level.GROUP, group__in=[each for each in groups if each])
    return Q(level__in=(Level.COUNTY, Level.PUBLIC)) | concerned | of_group


def _units(actor: Actor) -> Collection[int]:
    """The units in which a role is held that reads bulletins."""
    return [
        int(each.key)
        for each in actor.held
        if ROLES[each.role].extent == Extent.UNIT
        and Permission.BULLETINS_SEE in ROLES[each.role].permissions
    ]


def issued_bulletin(pk: int, actor: Actor) -> Bulletin | None:
    """One of them."""
    return issued(actor).filter(pk=pk).first()


def public_bulletins() -> QuerySet[Bulletin]:
    """What everybody may read without signing in; nothing that was replaced or withdrawn."""
    found = Bulletin.objects.light().filter(level=Level.PUBLIC, state=BulletinState.ISSUED)
    return found.order_by("-issued_at", "-id")


def public_bulletin(pk: int) -> Bulletin | None:
    """One of them."""
    return public_bulletins().filter(pk=pk).first()


def file_of(row: Bulletin, kind: str) -> BulletinFile | None:
    """The bulletin as it went out, in one form."""
    return BulletinFile.objects.filter(bulletin=row, kind=kind).first()


def files_of(row: Bulletin) -> list[BulletinFile]:
    """Both forms, without their bytes."""
    return list(row.files.defer("content"))


def page_of(row: Bulletin) -> Paper:
    """The issued text as a page."""
    return paper(signed(row))


def text_of_issued(row: Bulletin) -> str:
    """The issued text, a line a paragraph."""
    return text_of(signed(row))


@dataclass(frozen=True)
class Reading:
    """How many units have a bulletin, have opened it, have signed for it, and who has not."""

    sent: int
    read: int
    signed: int
    unread: tuple[str, ...]


def reading_of(row: Bulletin) -> Reading | None:
    """Receipts of the units; None before it is issued. Two queries."""
    if row.notice is None:
        return None
    told = row.notice.receipts.aggregate(
        sent=Count("pk"), read=Count("read_at"), signed=Count("acknowledged_at")
    )
    unread = receipts(row.notice).filter(acknowledged_at__isnull=True)
    return Reading(**told, unread=tuple(each.unit.name for each in unread))


def own_receipt(row: Bulletin, actor: Actor) -> Receipt | None:
    """The copy of the unit from which this person reads, the first not yet signed for."""
    if row.notice_id is None or row.state not in SENT:
        return None
    found = Receipt.objects.filter(notice=row.notice_id, unit__in=_units(actor))
    return found.select_related("unit", "notice").order_by("-acknowledged_at", "id").first()


def to_sign_off(actor: Actor) -> int:
    """How many bulletins wait for this person's signature; one query."""
    if not actor.may(Permission.BULLETINS_APPROVE):
        return 0
    waiting = Bulletin.objects.filter(state=BulletinState.SUBMITTED)
    return waiting.exclude(drafted_by=actor.account_id).count()
