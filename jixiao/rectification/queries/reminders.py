"""Which reminders wait for a reply or for the office, and which are late?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.notices.queries import time_left
from jixiao.org.models import Unit
from jixiao.periods.workdays import Span
from jixiao.rectification.letter import NUMBER, Told
from jixiao.rectification.models import Case, Reminder
from jixiao.rectification.queries.cases import reach
from jixiao.rectification.states import ReminderState

ReminderRow = Reminder
USUAL_CODE = "绩督"


def reminders(actor: Actor, today: date) -> QuerySet[Reminder]:
    """The reminders that this person may read, each with whether its reply is late."""
    found = Reminder.objects.filter(reach(actor).within()).select_related("unit", "sent_by")
    return found.annotate(late=ExpressionWrapper(is_late(today), BooleanField()))


def is_late(today: date) -> Q:
    """Without reply, and the day is over."""
    return Q(state=ReminderState.SENT, due_on__lt=today)


def reminder(pk: int) -> Reminder | None:
    """One reminder with its replies."""
    found = Reminder.objects.select_related("unit", "case", "sent_by", "settled_by")
    return (
        found.prefetch_related("replies__replied_by", "replies__sent_back_by").filter(pk=pk).first()
    )


@dataclass(frozen=True)
class Standing:
    """How many reminders wait for a reply, how many of them too long, how many for the office."""

    sent: int
    late: int
    replied: int


def reminders_standing(actor: Actor, today: date) -> Standing:
    """The sentence above the list; one query."""
    return Standing(
        **reminders(actor, today)
        .order_by()
        .aggregate(
            sent=Count("pk", filter=Q(state=ReminderState.SENT)),
            late=Count("pk", filter=is_late(today)),
            replied=Count("pk", filter=Q(state=ReminderState.REPLIED)),
        )
    )


@dataclass(frozen=True)
class Awaited:
    """A reminder that waits for its unit, and how long it has left."""

    reminder: Reminder
    left: Span

    @property
    def is_replied(self) -> bool:
        """Whether it is the office's turn."""
        return self.reminder.state == ReminderState.REPLIED


def open_reminders(units: Collection[int], today: date) -> list[Awaited]:
    """What these units still have to reply to, the most urgent first; one query."""
    found = Reminder.objects.filter(state=ReminderState.SENT, unit__in=units).order_by("due_on")
    return [Awaited(each, time_left(each.due_on, today)) for each in found]


def reminders_to_deal_with(today: date) -> list[Awaited]:
    """For the office: replies that wait for it, and reminders without reply in time; one query."""
    wanted = Q(state=ReminderState.REPLIED) | is_late(today)
    found = Reminder.objects.filter(wanted).select_related("unit").defer("unit__search")
    return [Awaited(each, time_left(each.due_on, today)) for each in found.order_by("due_on")]


def told_of(reminder: Reminder) -> Told:
    """What its document says."""
    return Told(
        number=reminder.number,
        unit=reminder.unit.name,
        subject=reminder.subject,
        facts=reminder.facts,
        asked=reminder.asked,
        due_on=reminder.due_on,
        sent_on=timezone.localdate(reminder.sent_at),
    )


def next_number(today: date) -> str:
    """The number after the last one of this year, with the same code."""
    last = Reminder.objects.order_by("-sent_at", "-id").first()
    found = NUMBER.match(last.number) if last else None
    code = found["code"] if found else USUAL_CODE
    used = Reminder.objects.filter(number__startswith=f"{code}〔{today.year}〕")
    serials = [NUMBER.match(number) for number in used.values_list("number", flat=True)]
    highest = max((int(each["serial"]) for each in serials if each), default=0)
    return f"{code}〔{today.year}〕{highest + 1}号"


def units_to_choose() -> list[tuple[str, list[tuple[int, str]]]]:
    """The assessed units by group, as options."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for unit in Unit.objects.open().assessed().exclude(group="").only("name", "group"):
        groups.setdefault(unit.group, []).append((unit.pk, unit.name))
    return list(groups.items())


def unit(pk: int) -> Unit | None:
    """One unit."""
    return Unit.objects.filter(pk=pk).first()


def reminders_of(case: Case) -> QuerySet[Reminder]:
    """The reminders about one finding."""
    return Reminder.objects.filter(case=case)
