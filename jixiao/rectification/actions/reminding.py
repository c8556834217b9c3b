"""How is a unit reminded in writing, and when is its reply enough? (督促通知单)"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.rectification.actions.moving import renewed
from jixiao.rectification.actions.raising import MOST_DAYS
from jixiao.rectification.models import Case, Reminder, Reply
from jixiao.rectification.states import REPLY_WITHIN, ReminderState

NUMBER = re.compile(r"^(?P<code>\S{1,12})〔(?P<year>20\d\d)〕(?P<serial>[1-9]\d{0,3})号$")
"""机关代字〔年份〕序号号."""
NEEDED = (("subject", "事由"), ("facts", "情况"), ("asked", "要求"))


@dataclass(frozen=True)
class ReminderLetter:
    """What a reminder says and asks, and within how many working days a reply is due."""

    number: str
    subject: str
    facts: str
    asked: str
    days: int = REPLY_WITHIN


@action(Permission.REMINDERS_SEND)
def send_reminder(
    unit: Unit, *, by: Actor, letter: ReminderLetter, case: Case | None = None
) -> Reminder:
    """发督促通知单。写明编号、事由、情况和要求，单位在期限内回复。"""
    _check(unit, letter, case)
    return Reminder.objects.create(
        unit=unit,
        case=case,
        number=letter.number.strip(),
        subject=letter.subject.strip(),
        facts=letter.facts.strip(),
        asked=letter.asked.strip(),
        due_on=_due_on(letter.days),
        sent_at=timezone.now(),
        sent_by_id=by.signature(),
    )


def _check(unit: Unit, letter: ReminderLetter, case: Case | None) -> None:
    if not unit.is_open or not unit.group:
        raise RefusedError(f"{unit}不在参评单位之中", field="unit")
    if not NUMBER.match(letter.number.strip()):
        raise RefusedError("编号写成“绩督〔2026〕3号”的样子", field="number")
    if Reminder.objects.filter(number=letter.number.strip()).exists():
        raise RefusedError(f"{letter.number.strip()}已经用过，请换一个编号", field="number")
    for name, label in NEEDED:
        if not getattr(letter, name).strip():
            raise RefusedError(f"请写明{label}", field=name)
    if not 1 <= letter.days <= MOST_DAYS:
        raise RefusedError(f"回复期限为1至{MOST_DAYS}个工作日", field="days")
    if case and (case.unit_id != unit.pk or not case.told_at):
        raise RefusedError("督促的问题要是这个单位的，并且已经反馈给单位", field="case")


def _due_on(days: int) -> date:
    try:
        return add_workdays(timezone.localdate(), days)
    except MissingYearError as gap:
        raise RefusedError(f"{gap}；或把期限改短", field="days") from None


@action(Permission.RECTIFY)
def reply_reminder(reminder: Reminder, *, by: Actor, text: str) -> Reminder:
    """回复督促通知单。说明情况、处理意见和处理结果。"""
    if reminder.state != ReminderState.SENT:
        raise RefusedError(f"这份通知单{reminder.get_state_display()}，不用再回复")
    if not text.strip():
        raise RefusedError("请写明情况、处理意见和处理结果", field="text")
    created(
        Reply.objects.create(
            reminder=reminder,
            text=text.strip(),
            replied_at=timezone.now(),
            replied_by_id=by.signature(),
        )
    )
    return _go(reminder, ReminderState.REPLIED)


@action(Permission.REMINDERS_SEND)
def send_back_reply(reminder: Reminder, *, by: Actor, reason: str) -> Reminder:
    """退回回复。写明还缺什么，单位再回复；按期回复的，期限从退回起接着计。"""
    _refuse_unanswered(reminder)
    if not reason.strip():
        raise RefusedError("请写明退回的理由", field="reason")
    reply = reminder.replies.latest("id")
    watch(reply)
    reply.sent_back = reason.strip()
    reply.sent_back_at, reply.sent_back_by_id = timezone.now(), by.signature()
    reply.save()
    replied_on = timezone.localdate(reply.replied_at)
    reminder.due_on = renewed(reminder.due_on, handed_on=replied_on)
    return _go(reminder, ReminderState.SENT)


@action(Permission.REMINDERS_SEND)
def settle_reminder(reminder: Reminder, *, by: Actor) -> Reminder:
    """督促办结。回复说清楚了，事情办到了。"""
    _refuse_unanswered(reminder)
    reminder.settled_at, reminder.settled_by_id = timezone.now(), by.signature()
    return _go(reminder, ReminderState.SETTLED)


def _refuse_unanswered(reminder: Reminder) -> None:
    if reminder.state != ReminderState.REPLIED:
        raise RefusedError(f"这份通知单{reminder.get_state_display()}，单位回复后才能办理")


def _go(reminder: Reminder, state: ReminderState) -> Reminder:
    reminder.state = state
    reminder.save()
    return reminder
