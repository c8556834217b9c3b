"""Which lists do findings and reminders make?"""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from jixiao.core.signs import State as Shape
from jixiao.core.signs import badge, due, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.core.words import short_day
from jixiao.notices.queries import time_left
from jixiao.org.queries.units import groups
from jixiao.rectification.queries.cases import years
from jixiao.rectification.states import OWED_BY_UNIT, CaseState, ReminderState

YES = (("True", "是"),)
SHAPES: dict[str, Shape] = {
    CaseState.NOTED: "open", CaseState.TOLD: "open", CaseState.PLANNED: "current",
    CaseState.PROVEN: "current", CaseState.VERIFIED: "done", CaseState.CLOSED: "done",
    CaseState.WITHDRAWN: "plain",
}  # fmt: skip
ANSWERED: dict[str, Shape] = {
    ReminderState.SENT: "open", ReminderState.REPLIED: "current", ReminderState.SETTLED: "done",
}  # fmt: skip


def case_state(case: Any) -> SafeString:  # noqa: ANN401 - a row
    """Where it stands; repeated ones are marked."""
    shown = badge(case.get_state_display(), SHAPES[case.state])
    return (
        format_html("<span>{} {}</span>", shown, badge("重复", "risk"))
        if case.repeats_id
        else shown
    )


def case_due(case: Any) -> SafeString | date | None:  # noqa: ANN401 - a row
    """How long the unit has left while it is its turn; else the day."""
    if case.due_on is None or case.state not in OWED_BY_UNIT:
        return None if case.due_on is None else case.due_on
    left = time_left(case.due_on, timezone.localdate())
    return due(left.days, left.unit)


def reminder_due(reminder: Any) -> SafeString:  # noqa: ANN401 - a row
    """How long a reply still has, or where the reminder stands."""
    if reminder.state != ReminderState.SENT:
        return badge(reminder.get_state_display(), ANSWERED[reminder.state])
    left = time_left(reminder.due_on, timezone.localdate())
    return due(left.days, left.unit)


CASES = Table(
    name="问题",
    columns=(
        Column(
            "fact", "问题",
            lambda row: link(reverse("case", args=[row.pk]), Truncator(row.fact).chars(36)),
            value=lambda row: row.fact,
        ),
        Column("unit", "单位", lambda row: row.unit.name, sort="unit__order"),
        Column("group", "组别", lambda row: row.unit.group, sort="unit__group"),
        Column("item", "项目", lambda row: f"{row.code} {row.item}".strip(), sort="code"),
        Column("theme", "归类", lambda row: row.theme, sort="theme"),
        Column("source", "来源", lambda row: row.source, sort="source"),
        Column(
            "found", "发现", lambda row: short_day(row.found_at), sort="found_at",
            value=lambda row: timezone.localdate(row.found_at),
        ),
        Column(
            "due", "期限", case_due, sort="due_on",
            value=lambda row: row.due_on,
        ),
        Column("state", "状态", case_state, sort="state"),
    ),
    filters=(
        Filter("state", "状态", CaseState.choices, lookup="state"),
        Filter("late", "逾期", YES, lookup="late"),
        Filter("again", "重复", YES, lookup="again"),
        Filter("group", "组别", groups, lookup="unit__group"),
        Filter("year", "年度", years, lookup="year"),
    ),
    search=(
        "fact__icontains", "item__icontains", "theme__icontains", "source__icontains",
        "unit__search__contains",
    ),
    empty=("还没有问题", "现场评估或日常检查发现的问题，反馈后在这里一条条整改、核实、销号。"),
)  # fmt: skip


REMINDERS = Table(
    name="督促通知单",
    columns=(
        Column(
            "number", "编号", lambda row: link(reverse("reminder", args=[row.pk]), row.number),
            sort="sent_at", value=lambda row: row.number,
        ),
        Column("subject", "事由", lambda row: row.subject),
        Column("unit", "单位", lambda row: row.unit.name, sort="unit__order"),
        Column("sent", "发出", lambda row: row.sent_at, sort="sent_at"),
        Column("due", "回复期限", lambda row: row.due_on, sort="due_on"),
        Column("state", "状态", reminder_due, sort="state",
               value=lambda row: row.get_state_display()),
    ),
    filters=(
        Filter("state", "状态", ReminderState.choices, lookup="state"),
        Filter("late", "逾期", YES, lookup="late"),
        Filter("group", "组别", groups, lookup="unit__group"),
    ),
    search=("number__icontains", "subject__icontains", "unit__search__contains"),
    order="-sent",
    empty=("还没有督促通知单", "逾期不整改、该做的没做，由县绩效办发督促通知单，单位十个工作日内回复。"),
)  # fmt: skip
