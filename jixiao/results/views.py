"""What was it worth, why, and who answers for it?"""

import io
import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from jixiao.access.actor import Place
from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import TYPE
from jixiao.core.forms import ActionForm
from jixiao.results import queries, tables
from jixiao.results.actions import load_result, publish_result, score_rounds
from jixiao.results.forms import ResultForm, ScoreForm
from jixiao.results.queries import KeptRow, PartRow, rounds
from jixiao.results.queries.gathering import assembled
from jixiao.results.queries.rounds import Provisional, VersionRow
from jixiao.results.table import Order
from jixiao.results.workbook import write_workbook
from jixiao.schemes.exchange.template import write_template

RESULTS = ("得分等次", reverse_lazy("results"))


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


@page(Permission.RESULTS_EDIT, of=rounds.version)
def rounds_sheet(_request: Request, version: VersionRow) -> FileResponse:
    """下载记分表。连同引自别的结果的得分和计入的事项，可以在终端重算。"""
    target = io.BytesIO()
    write_template(version.scheme, target, filled=assembled(version).sheet)
    target.seek(0)
    name = f"{version.year}年记分表.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPE)


@page(Permission.RESULTS_EDIT)
def result_publish(request: Request, pk: int) -> HttpResponse:
    """公布得分结果。"""
    kept, form = _kept(request, pk), ActionForm(request.POST or None)
    if form.is_valid() and form.run(lambda: publish_result(kept, by=request.actor)):
        messages.success(request, "已公布，各单位可以看成绩单，全县可以看等次")
    for error in form.non_field_errors() if form.is_bound else ():
        messages.error(request, str(error))
    return redirect("result", pk)


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
        "sees_matters": request.actor.may(Permission.EVENTS_SEE, part.place()),
        "crumbs": [RESULTS, (str(part.result), league), (part.name, "")],
    }
    return render(request, "results/card.html", context)


def _is_told(request: Request, part: PartRow) -> bool:
    """Whether the result is published, or this person prepares it."""
    return part.result.is_published or request.actor.may(Permission.RESULTS_EDIT)
