"""Who goes together, where, and who must not?"""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.visits import actions, tables
from jixiao.visits.forms import teams as forms
from jixiao.visits.queries import teams as queries
from jixiao.visits.queries.rounds import RoundRow, VisitRow, round_, visit
from jixiao.visits.queries.teams import SeatRow, TeamRow, TieRow
from jixiao.visits.views.asking import ROUNDS, may_plan, of_round, on_round

TIES = ("回避关系", "ties")


@page(Permission.VISITS_SEE, of=round_)
def teams(request: Request, row: RoundRow) -> HttpResponse:
    """评估组。"""
    context = {
        "found": queries.teams(row), "may_plan": may_plan(request), "form": ActionForm(),
    }  # fmt: skip
    return render(request, "visits/teams.html", context | on_round(request, row, "teams"))


@page(Permission.VISITS_PLAN, of=round_)
def team_form(request: Request, row: RoundRow) -> HttpResponse:
    """组成评估组。"""
    form = forms.TeamForm(sent(request), free=queries.free(row))
    question = Question("组成评估组", of_round(row, "teams"), "已组成", "组成")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.form_team(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.team)
def team_rename(request: Request, team: TeamRow) -> HttpResponse:
    """改名。"""
    now = {"version": team.version, "name": team.name}
    form = forms.NameForm(sent(request), initial=now)
    question = Question(f"{team.name}改名", of_round(team.round, "teams"), "已改名")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.rename_team(team, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.team)
def team_drop(request: Request, team: TeamRow) -> HttpResponse:
    """撤销评估组。"""
    to = reverse("teams", args=[team.round_id])
    return pressed(request, lambda: actions.drop_team(team, by=request.actor), to=to)


@page(Permission.VISITS_PLAN, of=queries.team)
def seat_add(request: Request, team: TeamRow) -> HttpResponse:
    """增加评估员。"""
    form = forms.SeatForm(sent(request), free=queries.free(team.round))
    question = Question(f"{team.name}增加评估员", of_round(team.round, "teams"), "已增加", "增加")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.add_seat(team, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=queries.seat)
def seat_remove(request: Request, seat: SeatRow) -> HttpResponse:
    """退出评估组。"""
    to = reverse("teams", args=[seat.team.round_id])
    return pressed(request, lambda: actions.remove_seat(seat, by=request.actor), to=to)


@page(Permission.VISITS_PLAN, of=queries.seat)
def seat_head(request: Request, seat: SeatRow) -> HttpResponse:
    """设为组长。"""
    to = reverse("teams", args=[seat.team.round_id])
    return pressed(request, lambda: actions.set_head(seat, by=request.actor), to=to)


@page(Permission.VISITS_PLAN, of=round_)
def teams_assign(request: Request, row: RoundRow) -> HttpResponse:
    """自动分组。"""
    form = forms.AssignForm(sent(request))
    note = (
        "避开回避关系；尽量不让同一人连续两年去同一单位；各组数量均衡。同样的情况总得同样的结果。"
    )
    question = Question("自动分组", of_round(row, "teams"), "已分组", "分组", note)

    def do() -> None:
        told = actions.assign_teams(row, by=request.actor, **form.facts)
        if told.nobody or told.repeated:
            messages.warning(request, str(told))

    return ask(request, form=form, question=question, do=do)


@page(Permission.VISITS_PLAN, of=visit)
def visit_team(request: Request, row: VisitRow) -> HttpResponse:
    """指定评估组。"""
    now = {"version": row.version, "team": row.team_id}
    form = forms.VisitTeamForm(sent(request), visit=row, initial=now)
    question = Question(f"{row.name}由哪个组去", of_round(row.round), "已指定")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.assign_team(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.TIES_DECLARE)
def ties(request: Request) -> HttpResponseBase:
    """回避关系。"""
    table = tables.TIES.of(queries.ties(request.actor), request)
    crumbs = [ROUNDS, ("回避关系", "")]
    return table.answer("visits/ties.html", may_plan=may_plan(request), crumbs=crumbs)


@page(Permission.TIES_DECLARE)
def tie_declare(request: Request) -> HttpResponse:
    """申报回避关系。"""
    form = forms.TieForm(sent(request), speakers=queries.speakers(request.actor))
    note = "现任和三年内任过职的单位系统自己核对，不用申报。"
    question = Question("申报回避关系", _to_ties(), "已申报，不再分到该单位", "申报", note)

    def do() -> TieRow:
        person, unit = form.cleaned_data["person"], form.cleaned_data["unit"]
        return actions.declare_tie(person, by=request.actor, unit=unit, tie=form.tie())

    return ask(request, form=form, question=question, do=do)


@page(Permission.TIES_DECLARE)
def tie_end(request: Request, pk: int) -> HttpResponse:
    """结束回避关系。"""
    tie = queries.tie(pk, request.actor)
    if tie is None:
        raise Http404("没有这个回避关系，或不是您申报的")
    form = forms.TieEndForm(sent(request), initial={"version": tie.version})
    question = Question(f"结束：{tie}", _to_ties(), "已结束", "结束")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.end_tie(tie, by=request.actor, **form.facts),
    )  # fmt: skip


def _to_ties() -> tuple[tuple[str, str], ...]:
    return ((ROUNDS[0], reverse("rounds")), (TIES[0], reverse(TIES[1])))
