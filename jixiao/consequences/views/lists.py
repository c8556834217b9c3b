"""What follows from a run, for whom, and why?"""

from typing import TypeAlias, cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from jixiao.access.asking import Question, ask, sent
from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.consequences import actions, tables
from jixiao.consequences.forms import AmountForm, DrawForm
from jixiao.consequences.queries import lists as queries
from jixiao.consequences.queries.lists import ListingRow, ResultRow, UnitRow
from jixiao.consequences.views.papers import list_document
from jixiao.core.papers import paper
from jixiao.gongwen.document import DocumentError

Crumb: TypeAlias = tuple[str, str]
CONSEQUENCES: Crumb = ("结果运用", cast("str", reverse_lazy("consequences")))


@page(Permission.CONSEQUENCES_SEE)
def consequences(request: Request) -> HttpResponseBase:
    """结果运用。全县的看最近一次审定的结果，单位看本单位的。"""
    if queries.sees_all(request.actor):
        newest = queries.lawful_runs().first()
        return _overview(request, newest) if newest else render(request, "consequences/none.html")
    units = request.actor.units()
    if len(units) == 1:
        return redirect("unit_consequences", units[0])
    table = tables.OWN.of(queries.entries_in_reach(request.actor), request)
    return table.answer("consequences/own.html")


@page(Permission.CONSEQUENCES_SEE, of=queries.run)
def consequences_of(request: Request, row: ResultRow) -> HttpResponse:
    """一次结果的结果运用。"""
    return _overview(request, row)


@page(Permission.CONSEQUENCES_EDIT, of=queries.run)
def consequences_draw(request: Request, row: ResultRow) -> HttpResponse:
    """开列结果运用名单。"""
    form = DrawForm(sent(request), initial={"counted_on": row.met_on})
    question = Question(
        title="开列结果运用名单",
        crumbs=(CONSEQUENCES, (str(row), reverse("consequences_of", args=[row.pk]))),
        done="已开列，依据变动的个人决定已标出",
        submit="开列",
        note="按这次审定的结果、办法和施行的规定开列，每个单位写明理由。已有的名单留存备查，已作的个人决定不会自动改变。",
    )
    return ask(
        request, form=form, question=question,
        do=lambda: actions.draw_up(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.CONSEQUENCES_SEE, of=queries.listing)
@recorded
def listing(request: Request, row: ListingRow) -> HttpResponseBase:
    """一份名单和每个单位的理由。"""
    may_edit = request.actor.may(Permission.CONSEQUENCES_EDIT)
    shape = {"may_propose": may_edit, "has_places": queries.gives_places(row)}
    table = tables.entries_table(row.kind, **shape).of(queries.entries(row), request)
    before, moved = queries.moved(row)
    run = reverse("consequences_of", args=[row.result_id])
    return table.answer(
        "consequences/listing.html", listing=row, before=before, moved=moved, may_edit=may_edit,
        above=queries.above_usual(row), crumbs=[CONSEQUENCES, (str(row.result), run), (row.name, "")],
    )  # fmt: skip


@page(Permission.CONSEQUENCES_SEE, of=queries.listing)
@recorded
def listing_paper(request: Request, row: ListingRow) -> HttpResponse:
    """下载名单公文。"""
    try:
        document = list_document(row, list(queries.entries(row)))
        return paper(document, name=str(row), form=request.GET.get("form", "pdf"))
    except DocumentError as error:
        messages.error(request, f"印不出来：{error}")
        return redirect("listing", row.pk)


@page(Permission.CONSEQUENCES_EDIT, of=queries.listing)
def listing_amount(request: Request, row: ListingRow) -> HttpResponse:
    """录入每系数金额。"""
    form = AmountForm(sent(request), initial={"version": row.version, "amount": row.amount})
    question = Question(
        title="录入每系数金额",
        crumbs=(CONSEQUENCES, (str(row), reverse("listing", args=[row.pk]))),
        done="已录入",
        note="平台只算系数。金额由县里按规定确定、凭文件录入；不录入，名单上就没有金额。",
    )
    return ask(
        request, form=form, question=question,
        do=lambda: actions.set_amount(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.CONSEQUENCES_SEE, of=queries.unit)
def unit_consequences(request: Request, row: UnitRow) -> HttpResponse:
    """一个单位适用什么、为什么。"""
    context = {
        "unit": row, "own": queries.own_consequences(row),
        "crumbs": [CONSEQUENCES, (row.name, "")],
    }  # fmt: skip
    return render(request, "consequences/unit.html", context)


def _overview(request: Request, row: ResultRow) -> HttpResponse:
    context = {
        "shown": queries.overview(row),
        "may_edit": request.actor.may(Permission.CONSEQUENCES_EDIT),
        "may_decide": request.actor.may(Permission.CONSEQUENCES_DECIDE),
    }
    return render(request, "consequences/overview.html", context)
