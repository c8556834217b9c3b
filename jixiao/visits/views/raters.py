"""Pages about scales: how teams and assessors mark, and the open adjustment of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.visits.actions.adjusting import adopt_adjustment, revoke_adjustment
from jixiao.visits.forms.raters import AdjustForm, RevokeForm
from jixiao.visits.queries import adjusting
from jixiao.visits.queries.adjusting import AdjustmentRow
from jixiao.visits.queries.raters import Raters, raters
from jixiao.visits.views.asking import of_round, on_round


@page(Permission.RATERS_SEE, of=raters)
def round_raters(request: Request, shown: Raters) -> HttpResponse:
    """评分尺度。各组宽严、拉不拉得开分、两人记分是否一致、自评与评估差多少。"""
    context = {
        "shown": shown,
        "may_adjust": request.actor.may(Permission.RATERS_ADJUST),
        **on_round(request, shown.round, "round_raters"),
    }
    return render(request, "visits/raters.html", context)


@page(Permission.RATERS_ADJUST, of=raters)
def round_adjust(request: Request, shown: Raters) -> HttpResponse:
    """尺度调整。先看每个单位的前后对照，再决定采用不采用。"""
    form = AdjustForm(request.POST or None, shown=shown)
    is_adopted = request.method == "POST" and "adopt" in request.POST and form.is_valid()
    if is_adopted and form.run(
        lambda: adopt_adjustment(
            shown.round, by=request.actor, basis=form.cleaned_data["basis"], shifts=form.shifts
        )
    ):
        messages.success(request, "已采用，每一条变动都留了更正，可以整体撤销")
        return redirect("round_raters", shown.round.pk)
    return _adjusting(request, shown, form)


@page(Permission.RATERS_ADJUST, of=adjusting.adjustment)
def adjustment_revoke(request: Request, row: AdjustmentRow) -> HttpResponse:
    """撤销尺度调整。"""
    form = RevokeForm(request.POST or None, initial={"version": row.version})
    back = reverse("round_raters", args=[row.round_id])
    if form.is_valid() and form.run(lambda: revoke_adjustment(row, by=request.actor, **form.facts)):
        messages.success(request, "已撤销，各条记录恢复到调整以前")
        return redirect(back)
    crumbs = [*of_round(row.round, "round_raters"), ("撤销尺度调整", "")]
    context = {"row": row, "form": form, "back": back, "crumbs": crumbs}
    return render(request, "visits/revoke.html", context, status=422 if form.errors else 200)


def _adjusting(request: Request, shown: Raters, form: AdjustForm) -> HttpResponse:
    """The proposal with what it would do to every unit."""
    shifts = form.shifts if not form.is_bound or form.is_valid() else []
    changes = adjusting.planned_changes(shown.round, shifts)
    found = adjusting.moved(shown.round.pk, changes)
    context = {
        "shown": shown,
        "form": form,
        "found": found,
        "changed": [each for each in found if each.changes],
        "moved": sum(each.has_moved for each in found),
        "crumbs": [*of_round(shown.round, "round_raters"), ("尺度调整", "")],
    }
    return render(request, "visits/adjust.html", context, status=422 if form.errors else 200)
