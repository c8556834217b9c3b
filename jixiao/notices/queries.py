"""Which opinions wait for an answer, and which units have not signed for what they were told?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.notices.models import Notice, Opinion, Receipt
from jixiao.notices.states import ANSWER_WITHIN, OpinionState
from jixiao.org.models import Post, Unit
from jixiao.periods.workdays import Span, span

OpinionRow = Opinion
NoticeRow = Notice
ReceiptRow = Receipt
"""What the pages get."""
WAITING = Q(state=OpinionState.WAITING)


@dataclass(frozen=True)
class Waiting:
    """An opinion without answer and how long it has waited."""

    opinion: Opinion
    waited: Span

    @property
    def is_late(self) -> bool:
        """Whether the answer is overdue."""
        return self.waited.days > ANSWER_WITHIN

    @staticmethod
    def of(opinion: Opinion, today: date) -> "Waiting":
        """An opinion as it stands today."""
        return Waiting(opinion, span(timezone.localdate(opinion.written_at), today))


@dataclass(frozen=True)
class Asked:
    """What a unit has to sign for, and how long it has left; a day that has begun counts."""

    receipt: Receipt
    left: Span | None

    @staticmethod
    def of(receipt: Receipt, today: date) -> "Asked":
        """A receipt as it stands today."""
        due_on = receipt.notice.due_on
        return Asked(receipt, time_left(due_on, today) if due_on else None)


def time_left(due_on: date, today: date) -> Span:
    """How long a term still runs; once it is over, at least one day less than none."""
    left = span(today, due_on)
    return Span(min(left.days, -1), left.missing) if due_on < today else left


def opinions_waiting(today: date) -> list[Waiting]:
    """Opinions without an answer, the oldest first."""
    found = _opinions().filter(WAITING).order_by("written_at", "id")
    return [Waiting.of(each, today) for each in found]


def opinions_at_hand(actor: Actor, today: date) -> tuple[list[Waiting], list[Opinion]]:
    """Opinions without an answer, the oldest first, and unseen answers to this person; one query."""
    found = _opinions().filter(WAITING | _unseen_by(actor)).order_by("written_at", "id")
    waiting = [Waiting.of(each, today) for each in found if not each.answered_at]
    return waiting, [each for each in found if each.answered_at]


def opinions_answered() -> QuerySet[Opinion]:
    """Opinions with an answer, the latest first, for the office."""
    return _opinions().exclude(state=OpinionState.WAITING).order_by("-answered_at")


def opinions_of(actor: Actor) -> QuerySet[Opinion]:
    """What somebody wrote, the latest first."""
    return _opinions().filter(written_by=actor.account_id)


def unseen_answers(actor: Actor) -> QuerySet[Opinion]:
    """Answers that their author has not confirmed to have seen."""
    return _opinions().filter(_unseen_by(actor))


def published_opinions() -> QuerySet[Opinion]:
    """Opinions with their answers that everybody may read."""
    return _opinions().filter(state=OpinionState.PUBLISHED).order_by("-published_at")


def opinion(pk: int, actor: Actor) -> Opinion | None:
    """One opinion, if it is this person's own, public, or this person answers opinions."""
    readable = Q(written_by=actor.account_id) | Q(state=OpinionState.PUBLISHED)
    if actor.may(Permission.OPINIONS_ANSWER):
        readable = Q()
    return _opinions().filter(readable, pk=pk).first()


def unit_of(actor: Actor) -> Unit | None:
    """The unit somebody speaks from: where a role is held, else where the person has a post."""
    if keys := actor.units():
        return Unit.objects.filter(pk=keys[0]).first()
    held = Post.objects.on(timezone.localdate()).filter(person__account=actor.account_id)
    post = held.select_related("unit").first()
    return post.unit if post else None


def notices_sent() -> QuerySet[Notice]:
    """All notices with how many units they went to, read them and signed for them."""
    return Notice.objects.annotate(
        to=Count("receipts"),
        read=Count("receipts__read_at"),
        signed=Count("receipts__acknowledged_at"),
    )


def notice(pk: int) -> Notice | None:
    """One notice."""
    return notices_sent().filter(pk=pk).first()


def receipts(notice: Notice) -> QuerySet[Receipt]:
    """What each unit did with a notice; ``unsigned`` for those who have not signed."""
    unsigned = ExpressionWrapper(Q(acknowledged_at__isnull=True), BooleanField())
    found = notice.receipts.select_related("unit", "notice", "acknowledged_by")
    return found.annotate(unsigned=unsigned)


def receipt(pk: int) -> Receipt | None:
    """One unit's copy of a notice."""
    return Receipt.objects.select_related("notice", "unit").filter(pk=pk).first()


def is_of_own_unit(receipt: Receipt, actor: Actor) -> bool:
    """Whether the copy belongs to a unit in which this person holds a role, or to one inside it."""
    return not set(receipt.place().units).isdisjoint(actor.units())


def receipts_of(units: Collection[int]) -> QuerySet[Receipt]:
    """Everything that these units were told, the latest first."""
    found = Receipt.objects.filter(unit__in=units).select_related("notice", "unit")
    return found.order_by("-notice__sent_at")


def open_receipts(units: Collection[int], today: date) -> list[Asked]:
    """What these units have still to sign for, the most urgent first."""
    found = receipts_of(units).filter(notice__needs_sign=True, acknowledged_at__isnull=True)
    ordered = found.order_by(F("notice__due_on").asc(nulls_last=True), "notice__sent_at")
    return [Asked.of(each, today) for each in ordered]


def late_receipts(today: date) -> list[Asked]:
    """Units that have not signed in time, the longest overdue first."""
    found = _late(today).select_related("notice", "unit").defer("notice__body", "unit__search")
    return [Asked.of(each, today) for each in found.order_by("notice__due_on", "unit__order")]


def units_late(today: date) -> int:
    """How many units have not signed in time."""
    return _late(today).values("unit").distinct().count()


def _late(today: date) -> QuerySet[Receipt]:
    return Receipt.objects.filter(acknowledged_at__isnull=True, notice__due_on__lt=today)


def _unseen_by(actor: Actor) -> Q:
    return Q(written_by=actor.account_id, answered_at__isnull=False, seen_at__isnull=True)


def _opinions() -> QuerySet[Opinion]:
    return Opinion.objects.select_related("written_by", "answered_by", "unit")
