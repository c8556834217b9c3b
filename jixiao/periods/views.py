"""Where does the year stand, and who plans it?"""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.periods import queries
from jixiao.periods.actions import change_stage, plan_cycle
from jixiao.periods.forms import CycleForm, StageForm
from jixiao.periods.queries import StageRow

CYCLE = ("周期", reverse_lazy("cycle"))


@page(Permission.HOME)
def cycle(request: Request) -> HttpResponse:
    """周期。各年度的七个步骤。"""
    today = timezone.localdate()
    context = {
        "now": queries.current_cycle(today),
        "cycles": queries.cycles(today),
        "may_edit": request.actor.may(Permission.CYCLES_EDIT),
    }
    return render(request, "periods/cycle.html", context)


@page(Permission.CYCLES_EDIT)
def cycle_plan(request: Request) -> HttpResponse:
    """安排新的年度。"""
    form = CycleForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: plan_cycle(form.cleaned_data["year"], by=request.actor, **form.facts)
    ):
        messages.success(request, "已安排，各单位在首页看到新的周期")
        return redirect("cycle")
    context = {"form": form, "crumbs": [CYCLE, ("安排新的年度", "")]}
    return render(request, "periods/plan.html", context)


@page(Permission.CYCLES_EDIT, of=queries.stage)
def stage_change(request: Request, stage: StageRow) -> HttpResponse:
    """调整一个步骤的日期。"""
    now = {**model_to_dict(stage), "version": stage.version}
    form = StageForm(request.POST or None, initial=now)
    if form.is_valid() and form.run(lambda: change_stage(stage, by=request.actor, **form.facts)):
        messages.success(request, f"“{stage.get_kind_display()}”的日期已调整")
        return redirect("cycle")
    context = {"form": form, "stage": stage, "crumbs": [CYCLE, (str(stage), "")]}
    return render(request, "periods/stage.html", context)
