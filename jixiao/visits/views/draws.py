"""How is a draw promised, made, and shown to everybody?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.access.asking import Question, ask, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.visits import actions, lots
from jixiao.visits.forms.draws import DrawForm, PromiseForm
from jixiao.visits.queries import draws as queries
from jixiao.visits.queries.draws import DrawRow
from jixiao.visits.queries.rounds import RoundRow, round_
from jixiao.visits.views.asking import may_plan, of_round, on_round


@page(Permission.VISITS_SEE, of=round_)
def draws(request: Request, row: RoundRow) -> HttpResponse:
    """一轮抽查的各次抽取。"""
    context = {
        "draws": queries.draws(row), "may_plan": may_plan(request), "steps": lots.STEPS,
    }  # fmt: skip
    return render(request, "visits/draws.html", context | on_round(request, row, "draws"))


@page(Permission.VISITS_PLAN, of=round_)
def draw_commit(request: Request, row: RoundRow) -> HttpResponse:
    """公布范围和种子摘要。"""
    form = PromiseForm(sent(request), pool=queries.pool(row))
    note = "提交后立即公布范围、个数和种子摘要；再由另一位同事当场抽取。"
    question = Question(
        "公布抽取范围", of_round(row, "draws"), "已公布，等另一人抽取", "公布", note
    )
    return ask(
        request, form=form, question=question,
        do=lambda: actions.commit_draw(row, by=request.actor, draw=form.draw()),
    )  # fmt: skip


@page(Permission.VISITS_SEE, of=queries.draw)
def draw(request: Request, row: DrawRow) -> HttpResponse:
    """一次抽取：承诺、过程、结果，怎样自己重算。"""
    context = {
        "draw": row, "sizes": queries.sizes(row),
        "out": queries.left_out(row), "drawn": queries.ranking(row), "steps": lots.STEPS,
        "listing": lots.LISTING, "may_draw": queries.may_draw(row, request.actor),
        **on_round(request, row.round, "draws", (row.name, "")),
    }  # fmt: skip
    return render(request, "visits/draw.html", context)


@page(Permission.VISITS_PLAN, of=queries.draw)
def draw_do(request: Request, row: DrawRow) -> HttpResponse:
    """当场抽取。"""
    form = DrawForm(sent(request), initial={"version": row.version})
    here = (row.name, reverse("draw", args=[row.pk]))
    note = "请见证人当场报一个数，照报的填。抽一次就定，不能重抽。"
    question = Question(
        "当场抽取", (*of_round(row.round, "draws"), here), "已抽取，种子已公开", "抽取", note
    )
    return ask(
        request, form=form, question=question,
        do=lambda: actions.draw_units(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.VISITS_SEE, of=queries.draw)
def draw_file(_request: Request, row: DrawRow) -> HttpResponse:
    """公开的抽取记录，任何人可以重算。"""
    answer = HttpResponse(queries.published(row), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="draw-{row.pk}.json"'
    return answer
