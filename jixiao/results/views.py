"""What was it worth, why, and who answers for it?"""

import io
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from jixiao.access.actor import Place
from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.results import queries, tables
from jixiao.results.actions import (
    confirm_past,
    correct_past,
    enter_past,
    load_result,
    publish_result,
    reopen_past,
    score_rounds,
    withdraw_past,
)
from jixiao.results.forms import AmountsForm, PastForm, ReasonForm, ResultForm, ScoreForm
from jixiao.results.past import write_template
from jixiao.results.queries import KeptRow, PartRow, analysis, history, rounds
from jixiao.results.queries.history import PastRow
from jixiao.results.queries.rounds import Provisional
from jixiao.results.table import Order
from jixiao.results.workbook import write_workbook

RESULTS = ("得分等次", reverse_lazy("results"))
PASTS = ("历史等次", reverse_lazy("pasts"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Permission.TIERS_SEE)
def results(request: Request) -> HttpResponse:
    """得分等次。最近公布的结果。"""
    kept = queries.latest_result() or queries.results(request.actor).first()
    if kept is None:
        context = {"may_edit": request.actor.may(Permission.RESULTS_EDIT)}
        return render(request, "results/none.html", context)
    return _league(request, kept)


@page(Permission.TIERS_SEE)
def result(request: Request, pk: int) -> HttpResponse:
    """一份结果的得分等次。"""
    return _league(request, _kept(request, pk))


@page(Permission.RESULTS_SEE)
@recorded
def result_workbook(request: Request, pk: int) -> HttpResponseBase:
    """整份结果导出 Excel；看得到全县得分的人才能导出。"""
    kept = _kept(request, pk)
    if not request.actor.may(Permission.RESULTS_SEE, Place()):
        raise Http404("只有看得到全县得分的人才能导出")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "得分表.xlsx"
        write_workbook(queries.reading(kept).result, path)
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{kept}得分表.xlsx")


@page(Permission.RESULTS_SEE)
def result_analysis(request: Request, pk: int) -> HttpResponse:
    """结果稳不稳。看得到全县得分的人在审定以前看：谁的等次悬在一项、一人、一个权重上。"""
    kept = _kept(request, pk)
    if not request.actor.may(Permission.RESULTS_SEE, Place()):
        raise Http404("只有看得到全县得分的人才能看")
    form = AmountsForm({**AmountsForm.USUAL, **request.GET.dict()})
    shown = analysis.analysis(kept, request.actor, **form.amounts)
    crumbs = [RESULTS, (str(kept), reverse("result", args=[pk])), ("稳不稳", "")]
    context = {"shown": shown, "form": form, "crumbs": crumbs}
    return render(request, "results/analysis.html", context)


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
    form = ReasonForm(sent(request))
    crumbs = (("历史等次", reverse("pasts")), (str(row), reverse("past", args=[row.pk])))
    question = Question("退回核对", crumbs, "已退回，更正后再核对", "退回")
    do = partial(reopen_past, row, by=request.actor)
    return ask(request, form=form, question=question, do=lambda: do(**form.facts))


@page(Permission.RESULTS_EDIT, of=history.past)
def past_withdraw(request: Request, row: PastRow) -> HttpResponse:
    """撤回历史等次。"""
    form, note = ReasonForm(sent(request)), "整份名单不再保留，审计里留有记录。"
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


@page(Permission.RESULTS_SEE, of=queries.unit_in)
def result_unit(request: Request, part: PartRow) -> HttpResponse:
    """一个单位的成绩单。"""
    return _card(request, part)


@page(Permission.RESULTS_SEE)
def result_item(request: Request, pk: int, unit: int, code: str) -> HttpResponse:
    """为什么是这个分。"""
    part = queries.unit_in(pk, unit)
    if part is None or not request.actor.may(Permission.RESULTS_SEE, part.place()):
        raise Http404("没有这一项，或者不在您的职责范围内")
    return _card(request, part, code)


@page(Permission.RESULTS_EDIT)
def results_kept(request: Request) -> HttpResponseBase:
    """录入和公布。"""
    return tables.KEPT.of(queries.results(request.actor), request).answer("results/kept.html")


@page(Permission.RESULTS_EDIT)
def result_load(request: Request) -> HttpResponse:
    """录入得分结果。"""
    form = ResultForm(request.POST or None, request.FILES or None)
    if form.is_valid() and form.run(
        lambda: load_result(form.cleaned_data["file"].read(), by=request.actor, **form.facts)
    ):
        messages.success(request, "已录入并重算一致，请另一位同事核对后公布")
        return redirect("results_kept")
    return render(request, "results/load.html", {"form": form, "crumbs": [RESULTS, ("录入", "")]})


@page(Permission.RESULTS_EDIT, of=rounds.provisional)
def rounds_score(request: Request, shown: Provisional) -> HttpResponse:
    """评估轮次计分。先看截至今日算得怎样，再计分封存。"""
    form = ScoreForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: score_rounds(shown.version, by=request.actor, **form.facts)
    ):
        messages.success(request, "已计分并封存，请另一位同事核对后公布")
        return redirect("results_kept")
    context = {"shown": shown, "form": form, "crumbs": [RESULTS, ("评估轮次计分", "")]}
    status = 422 if form.errors else 200
    return render(request, "results/rounds.html", context, status=status)


@page(Permission.RESULTS_EDIT)
def result_publish(request: Request, pk: int) -> HttpResponse:
    """公布得分结果。"""
    kept, form = _kept(request, pk), ActionForm(request.POST or None)
    if form.is_valid() and form.run(lambda: publish_result(kept, by=request.actor)):
        messages.success(request, "已公布，各单位可以看成绩单，全县可以看等次")
    for error in form.non_field_errors() if form.is_bound else ():
        messages.error(request, str(error))
    return redirect("result", pk)


def _told(
    request: Request, form: PastForm, *, do: Callable[..., PastRow], subject: PastRow | None
) -> HttpResponse:
    """Enter or correct a list; what is wrong stands beside it, row by row, and nothing is lost."""
    if form.is_valid() and form.run(lambda: form.told(do, subject, by=request.actor)):
        messages.success(request, "已保存，请另一位同事对照原文件核对")
        return redirect("past", form.result.pk) if form.result else redirect("pasts")
    context = {"form": form, "past": subject, "crumbs": [RESULTS, PASTS, ("录入", "")]}
    return render(request, "results/past_form.html", context, status=422 if form.errors else 200)


def _kept(request: Request, pk: int) -> KeptRow:
    kept = queries.result(pk, request.actor)
    if kept is None:
        raise Http404("没有这份结果，或者还没有公布")
    return kept


def _league(request: Request, kept: KeptRow) -> HttpResponse:
    asked = {key: request.GET.get(key, "") for key in ("group", "page")}
    order: Order = "gap" if request.GET.get("order") == "gap" else "total"
    shown = queries.league_page(kept, request.actor, order=order, **asked)
    context = {
        "league": shown,
        "may_publish": request.actor.may(Permission.RESULTS_EDIT),
        "may_export": request.actor.may(Permission.RESULTS_SEE, Place()),
        "remarks": analysis.remarks(kept) if shown.sees_marks else 0,
        "form": ActionForm(),
        "crumbs": [RESULTS, (str(kept), "")],
    }
    template = "results/league.html" if shown.sees_marks else "results/tiers.html"
    return render(request, template, context)


def _card(request: Request, part: PartRow, code: str | None = None) -> HttpResponse:
    drawn = queries.card_page(part, code=code) if _is_told(request, part) else None
    if drawn is None:
        raise Http404("没有这份成绩单，或者还没有公布")
    league = reverse("result", args=[part.result_id])
    context = {
        "shown": drawn,
        "came_from": request.GET.get("at", ""),
        "sees_visits": request.actor.may(Permission.VISITS_SEE, part.place()),
        "crumbs": [RESULTS, (str(part.result), league), (part.name, "")],
    }
    return render(request, "results/card.html", context)


def _is_told(request: Request, part: PartRow) -> bool:
    """Whether the result is published, or this person prepares it."""
    return part.result.is_published or request.actor.may(Permission.RESULTS_EDIT)
