"""What was it worth, why, and who answers for it?"""

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.actor import Actor, Place
from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.results import queries
from jixiao.results.forms import AmountsForm
from jixiao.results.queries import KeptRow, PartRow, analysis
from jixiao.results.queries import reviews as objections
from jixiao.results.queries.way_page import movement_of
from jixiao.results.table import Order
from jixiao.results.workbook import write_workbook

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
        "others": queries.others_in_force(kept),
        "may_edit": request.actor.may(Permission.RESULTS_EDIT),
        "may_export": request.actor.may(Permission.RESULTS_SEE, Place()),
        "bar": queries.way_of(kept),
        "remarks": analysis.remarks(kept) if shown.sees_marks else 0,
        "crumbs": [RESULTS, (str(kept), "")],
    }
    template = "results/league.html" if shown.sees_marks else "results/tiers.html"
    return render(request, template, context)


def _card(request: Request, part: PartRow, code: str | None = None) -> HttpResponse:
    drawn = queries.card_page(part, code=code) if queries.may_read(part, request.actor) else None
    if drawn is None:
        raise Http404("没有这份成绩单，或者还没有告知")
    context = {
        "shown": drawn,
        "came_from": request.GET.get("at", ""),
        **_beside(part, request.actor),
    }
    return render(request, "results/card.html", context)


def _beside(part: PartRow, actor: Actor) -> dict[str, Any]:
    """What stands around a card: the right of review, what moved, what this person may do."""
    place, league = part.place(), reverse("result", args=[part.result_id])
    return {
        "right": objections.right_of(part, timezone.localdate()),
        "reviews": objections.reviews_of(part),
        "moved": movement_of(part),
        "sees_visits": actor.may(Permission.VISITS_SEE, place),
        "may_apply": actor.may(Permission.REVIEW_APPLY, place),
        "may_take": actor.may(Permission.REVIEW_DECIDE, place),
        "sees_matters": actor.may(Permission.EVENTS_SEE, place),
        "crumbs": [RESULTS, (str(part.result), league), (part.name, "")],
    }
