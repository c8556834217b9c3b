"""Which rounds are held, how far has each come, and who takes part?"""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.access.actor import Place
from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.forms import ActionForm
from jixiao.visits import actions, tables
from jixiao.visits.forms.rounds import ChangeForm, ReasonForm, RoundForm, UnitsForm
from jixiao.visits.queries import rounds as queries
from jixiao.visits.queries import schedule
from jixiao.visits.queries.rounds import RoundRow, VisitRow
from jixiao.visits.views.asking import ROUNDS, may_plan, of_round, on_round


@page(Permission.VISITS_SEE)
def rounds(request: Request) -> HttpResponseBase:
    """评估轮次；单位看到到本单位的评估。"""
    if not request.actor.may(Permission.VISITS_SEE, Place()):
        own = schedule.of_units(request.actor.units())
        return tables.OWN.of(own, request).answer("visits/own.html")
    table = tables.ROUNDS.of(queries.rounds(), request)
    records = request.actor.may(Permission.VISITS_RECORD)
    context = {"standing": queries.standing(), "may_plan": may_plan(request), "records": records}
    declares = request.actor.may(Permission.TIES_DECLARE)
    return table.answer("visits/rounds.html", **context, declares=declares)


@page(Permission.VISITS_PLAN)
def round_plan(request: Request) -> HttpResponse:
    """筹备一轮评估。"""
    schemes = queries.published_schemes()
    asked = request.GET.get("scheme", "")
    chosen = next((s for s in schemes if str(s.pk) == asked), schemes[0] if schemes else None)
    context = {"schemes": schemes, "chosen": chosen, "crumbs": [ROUNDS, ("筹备", "")]}
    version = queries.published_scheme(chosen.pk) if chosen else None
    if version is None:
        return render(request, "visits/plan.html", context)
    form = RoundForm(sent(request), version=version)
    if form.is_valid() and form.run(
        lambda: actions.plan_round(version, by=request.actor, plan=form.plan())
    ):
        return redirect("round", form.result.pk) if form.result else redirect("rounds")
    return render(request, "visits/plan.html", context | {"form": form})


@page(Permission.VISITS_SEE, of=queries.round_of_page)
def round_(request: Request, row: RoundRow) -> HttpResponseBase:
    """一轮评估：状态、进度、参加的单位。"""
    plans, overview = may_plan(request), queries.overview(row)
    table = tables.visits_table(overview.options, may_plan=plans)
    return table.of(queries.visits(row), request).answer(
        "visits/round.html", overview=overview, steps=queries.steps(row), may_plan=plans,
        form=ActionForm(), **on_round(request, row, "round"),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.round_)
def round_open(request: Request, row: RoundRow) -> HttpResponse:
    """开始。"""
    return pressed(request, lambda: actions.open_round(row, by=request.actor), to=_url(row))


@page(Permission.VISITS_PLAN, of=queries.round_)
def round_close(request: Request, row: RoundRow) -> HttpResponse:
    """结束。"""
    return pressed(request, lambda: actions.close_round(row, by=request.actor), to=_url(row))


@page(Permission.VISITS_PLAN, of=queries.round_)
def round_reopen(request: Request, row: RoundRow) -> HttpResponse:
    """重新开始。"""
    form = ReasonForm(sent(request), initial={"version": row.version})
    question = Question(f"重新开始{row.name}", of_round(row), "已重新开始", "重新开始")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.reopen_round(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.round_)
def round_change(request: Request, row: RoundRow) -> HttpResponse:
    """修改名称和日期。"""
    names = ("version", "name", "since", "until", "is_double", "asks_self")
    form = ChangeForm(sent(request), initial={name: getattr(row, name) for name in names})
    question = Question("修改名称和日期", of_round(row), "已修改")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.change_round(row, by=request.actor, change=form.change(), **form.seen),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.round_)
def round_drop(request: Request, row: RoundRow) -> HttpResponse:
    """撤销还在筹备的轮次。"""
    form = ReasonForm(sent(request), initial={"version": row.version})
    crumbs = ((str(ROUNDS[0]), reverse("rounds")),)
    note = "分组和日程一起撤销；审计记录里都还查得到。"
    question = Question(f"撤销{row}", crumbs, "已撤销", "撤销", note, is_grave=True)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.drop_round(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.round_)
def round_add(request: Request, row: RoundRow) -> HttpResponse:
    """增加单位。"""
    form = UnitsForm(sent(request), units=_units_to_add(row))
    note = "" if form.known else "办法里的单位都已在本轮之中，或在机构库里对不上名称。"
    question = Question("增加参加的单位", of_round(row), "已增加", "增加", note)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.add_units(row, by=request.actor, units=form.chosen()),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.visit)
def visit_excuse(request: Request, visit: VisitRow) -> HttpResponse:
    """不参加本轮。"""
    form = ReasonForm(sent(request), initial={"version": visit.version})
    question = Question(f"{visit.name}不参加", of_round(visit.round), "已改为不参加", "不参加本轮")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.excuse_unit(visit, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.visit)
def visit_resume(request: Request, visit: VisitRow) -> HttpResponse:
    """恢复参加。"""
    note = f"原来不参加的原因：{visit.excuse}"
    question = Question(
        f"{visit.name}恢复参加", of_round(visit.round), "已恢复参加", "恢复参加", note
    )
    return ask(
        request, form=ActionForm(sent(request)), question=question,
        do=lambda: actions.resume_unit(visit, by=request.actor),
    )  # fmt: skip


def _url(round_: RoundRow) -> str:
    return reverse("round", args=[round_.pk])


def _units_to_add(round_: RoundRow) -> list[queries.UnitRow]:
    try:
        return queries.units_to_add(round_)
    except RefusedError:
        return []
