"""Which tiers are known of years before the platform, and who checked them?"""

import io
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.results import tables
from jixiao.results.actions import (
    confirm_past,
    correct_past,
    enter_past,
    reopen_past,
    withdraw_past,
)
from jixiao.results.forms import PastForm, PastReasonForm
from jixiao.results.past import write_template
from jixiao.results.queries import history
from jixiao.results.queries.history import PastRow
from jixiao.results.views.pages import RESULTS

PASTS = ("历史等次", reverse_lazy("pasts"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Permission.TIERS_SEE)
def pasts(request: Request) -> HttpResponseBase:
    """历史等次。平台以前的年度，只有等次，没有得分。"""
    table = tables.PASTS.of(history.pasts(request.actor), request)
    may_edit = request.actor.may(Permission.RESULTS_EDIT)
    return table.answer("results/pasts.html", may_edit=may_edit, crumbs=[RESULTS, ("历史等次", "")])


@page(Permission.TIERS_SEE, of=history.past)
def past(request: Request, row: PastRow) -> HttpResponse:
    """一年的历史等次。"""
    may_edit = request.actor.may(Permission.RESULTS_EDIT)
    if not row.counts and not may_edit:
        raise Http404("没有这份历史等次，或者还没有核对")
    context = {
        "past": row,
        "lists": history.tier_lists(row),
        "may_edit": may_edit,
        "is_mine": row.entered_by_id == request.actor.account_id,
        "form": ActionForm(),
        "crumbs": [PASTS, (str(row), "")],
    }
    return render(request, "results/past.html", context)


@page(Permission.RESULTS_EDIT)
def past_enter(request: Request) -> HttpResponse:
    """录入历史等次。"""
    lines = history.lines_with_tiers()
    form = PastForm(request.POST or None, request.FILES or None, lines=lines)
    return _told(request, form, do=enter_past, subject=None)


@page(Permission.RESULTS_EDIT, of=history.past)
def past_correct(request: Request, row: PastRow) -> HttpResponse:
    """更正历史等次。"""
    lines, initial = history.lines_with_tiers(), history.as_filled_in(row)
    form = PastForm(request.POST or None, request.FILES or None, lines=lines, initial=initial)
    return _told(request, form, do=correct_past, subject=row)


@page(Permission.RESULTS_EDIT, of=history.past)
def past_confirm(request: Request, row: PastRow) -> HttpResponse:
    """核对历史等次。"""
    to = reverse("past", args=[row.pk])
    return pressed(request, lambda: confirm_past(row, by=request.actor), to=to, said="已核对")


@page(Permission.RESULTS_EDIT, of=history.past)
def past_reopen(request: Request, row: PastRow) -> HttpResponse:
    """退回历史等次的核对。"""
    form = PastReasonForm(sent(request))
    crumbs = (("历史等次", reverse("pasts")), (str(row), reverse("past", args=[row.pk])))
    question = Question("退回核对", crumbs, "已退回，更正后再核对", "退回")
    do = partial(reopen_past, row, by=request.actor)
    return ask(request, form=form, question=question, do=lambda: do(**form.facts))


@page(Permission.RESULTS_EDIT, of=history.past)
def past_withdraw(request: Request, row: PastRow) -> HttpResponse:
    """撤回历史等次。"""
    form, note = PastReasonForm(sent(request)), "整份名单不再保留，审计里留有记录。"
    crumbs = (("历史等次", reverse("pasts")),)
    question = Question("撤回历史等次", crumbs, "已撤回", "撤回", note, is_grave=True)
    do = partial(withdraw_past, row, by=request.actor)
    return ask(request, form=form, question=question, do=lambda: do(**form.facts))


@page(Permission.RESULTS_EDIT)
def past_template(_request: Request) -> FileResponse:
    """下载历史等次的表，单位已经写好，只填等次。"""
    target = io.BytesIO()
    tiers = dict.fromkeys(t for each in history.lines_with_tiers().values() for t in each)
    write_template(history.units_and_groups(), list(tiers), target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename="历史等次.xlsx", content_type=XLSX)


def _told(
    request: Request, form: PastForm, *, do: Callable[..., PastRow], subject: PastRow | None
) -> HttpResponse:
    """Enter or correct a list; what is wrong stands beside it, row by row, and nothing is lost."""
    if form.is_valid() and form.run(lambda: form.told(do, subject, by=request.actor)):
        messages.success(request, "已保存，请另一位同事对照原文件核对")
        return redirect("past", form.result.pk) if form.result else redirect("pasts")
    context = {"form": form, "past": subject, "crumbs": [RESULTS, PASTS, ("录入", "")]}
    return render(request, "results/past_form.html", context, status=422 if form.errors else 200)
