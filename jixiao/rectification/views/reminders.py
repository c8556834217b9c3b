"""Which reminders are out, what do they say, and what did units answer?"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import VersionedForm
from jixiao.core.papers import paper
from jixiao.gongwen.document import DocumentError
from jixiao.rectification import actions, tables
from jixiao.rectification.forms import ReasonForm, ReminderForm, ReplyForm
from jixiao.rectification.letter import printed
from jixiao.rectification.queries import cases as of_cases
from jixiao.rectification.queries import reminders as queries
from jixiao.rectification.queries.reminders import ReminderRow
from jixiao.rectification.states import ReminderState
from jixiao.rectification.views.cases import CASES

REMINDERS = ("督促通知单", reverse_lazy("reminders"))


@page(Permission.RECTIFICATION_SEE)
def reminders(request: Request) -> HttpResponseBase:
    """督促通知单。"""
    today = timezone.localdate()
    table = tables.REMINDERS.of(queries.reminders(request.actor, today), request)
    return table.answer(
        "rectification/reminders.html",
        standing=queries.reminders_standing(request.actor, today),
        may_send=request.actor.may(Permission.REMINDERS_SEND),
    )


@page(Permission.REMINDERS_SEND)
def reminder_send(request: Request) -> HttpResponse:
    """发督促通知单。"""
    form = ReminderForm(
        request.POST or None, units=queries.units_to_choose(), initial=_proposed(request)
    )
    if form.is_valid() and (row := queries.unit(form.cleaned_data["unit"])):
        case = of_cases.case(form.cleaned_data["case"] or 0)
        said = form.letter()
        if form.run(lambda: actions.send_reminder(row, by=request.actor, letter=said, case=case)):
            messages.success(request, f"已发给{row}，单位在首页看到")
            return redirect("reminder", form.result.pk) if form.result else redirect("reminders")
    context = {"form": form, "crumbs": [CASES, REMINDERS, ("发督促通知单", "")]}
    return render(request, "rectification/send.html", context)


def _proposed(request: Request) -> dict[str, object]:
    """The next number; from a finding also whom it goes to and what about."""
    known: dict[str, object] = {"number": queries.next_number(timezone.localdate())}
    asked = request.GET.get("case", "")
    row = of_cases.case(int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    if row is None or row.told_at is None:
        return known
    facts = f"{row.source}发现：{row.fact}\n整改期限为{row.due_on:%Y年%m月%d日}，目前{row.get_state_display()}。"
    return known | {
        "unit": row.unit_id, "case": row.pk, "subject": f"{row.item}问题整改", "facts": facts
    }  # fmt: skip


@page(Permission.RECTIFICATION_SEE, of=queries.reminder)
def reminder(request: Request, row: ReminderRow) -> HttpResponse:
    """一份督促通知单和它的回复。"""
    return _shown(request, row)


@page(Permission.RECTIFY, of=queries.reminder)
def reminder_reply(request: Request, row: ReminderRow) -> HttpResponse:
    """回复督促通知单。"""
    return _done(request, row, actions.reply_reminder, ReplyForm)


@page(Permission.REMINDERS_SEND, of=queries.reminder)
def reminder_return(request: Request, row: ReminderRow) -> HttpResponse:
    """退回回复。"""
    return _done(request, row, actions.send_back_reply, ReasonForm)


@page(Permission.REMINDERS_SEND, of=queries.reminder)
def reminder_settle(request: Request, row: ReminderRow) -> HttpResponse:
    """督促办结。"""
    return _done(request, row, actions.settle_reminder, VersionedForm)


@page(Permission.RECTIFICATION_SEE, of=queries.reminder)
def reminder_paper(request: Request, row: ReminderRow) -> HttpResponse:
    """下载公文。"""
    document = printed(queries.told_of(row), office=settings.OFFICE)
    try:
        return paper(document, name=row.number, form=request.GET.get("form", "pdf"))
    except DocumentError as error:
        messages.error(request, f"印不出来：{error}")
        return redirect("reminder", row.pk)


def _done(
    request: Request,
    row: ReminderRow,
    do: Callable[..., ReminderRow],
    kind: type[VersionedForm],
) -> HttpResponse:
    if request.method != "POST":
        return redirect("reminder", row.pk)
    form = kind(request.POST, auto_id=f"{do.__name__}_%s")
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, "已办理")
        return redirect("reminder", row.pk)
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return _shown(request, queries.reminder(row.pk) or row, {do.__name__: form})


def _shown(
    request: Request, row: ReminderRow, refused: dict[str, VersionedForm] | None = None
) -> HttpResponse:
    actor, known = request.actor, refused or {}
    context = {
        "reminder": row, "forms": _forms(row) | known, "refused": set(known),
        "due": tables.reminder_due(row), "is_own": actor.may(Permission.RECTIFY, row.place()),
        "may_reply": row.state == ReminderState.SENT,
        "may_settle": row.state == ReminderState.REPLIED and actor.may(Permission.REMINDERS_SEND),
        "crumbs": [CASES, REMINDERS, (row.number, "")],
    }  # fmt: skip
    return render(request, "rectification/reminder.html", context)


def _forms(row: ReminderRow) -> dict[str, VersionedForm]:
    """The form of every action, empty."""
    initial = {"version": row.version}
    return {
        name: kind(initial=initial, auto_id=f"{name}_%s")
        for name, kind in (
            ("reply_reminder", ReplyForm),
            ("send_back_reply", ReasonForm),
            ("settle_reminder", VersionedForm),
        )
    }
