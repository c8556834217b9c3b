"""What was seen at one unit, what was deducted, why, and do both sides stand behind it?"""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.asking import pressed
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.visits import actions
from jixiao.visits.forms.feedback import UnitViewForm, UnsignedForm, WhyForm
from jixiao.visits.queries.mine import my_days, visits_of
from jixiao.visits.queries.rounds import VisitRow
from jixiao.visits.queries.rounds import visit as find_visit
from jixiao.visits.queries.sight import seat_name
from jixiao.visits.queries.steps import condition, steps
from jixiao.visits.queries.visit_page import Book, visit_book
from jixiao.visits.states import Manner, Side
from jixiao.visits.tables import MINE
from jixiao.visits.views.asking import ROUNDS, of_round


@page(Permission.VISITS_RECORD)
def my_visits(request: Request) -> HttpResponseBase:
    """我的现场评估。今天去哪里，后面去哪里。"""
    days = my_days(request.actor, timezone.localdate())
    crumbs = [ROUNDS, ("我的现场评估", "")]
    table = MINE.of(visits_of(request.actor), request)
    return table.answer("visits/mine.html", days=days, crumbs=crumbs)


@page(Permission.VISITS_SEE, of=find_visit)
def visit(request: Request, row: VisitRow) -> HttpResponse:
    """一个单位的现场评估。看到了什么，扣了哪些分，为什么，认不认。"""
    return shown(request, row)


@page(Permission.VISITS_RECORD, of=find_visit)
def visit_feed_back(request: Request, row: VisitRow) -> HttpResponse:
    """与单位当面反馈。"""
    require_member(request, row)
    return pressed(
        request,
        lambda: actions.feed_back(row, by=request.actor),
        to=reverse("visit", args=[row.pk]),
        said="已反馈，请双方确认",
    )


@page(Permission.VISITS_RECORD, of=find_visit)
def visit_take_back(request: Request, row: VisitRow) -> HttpResponse:
    """退回修改记录。"""
    require_member(request, row)
    form = WhyForm(request.POST or None)
    if form.is_valid() and form.run(lambda: actions.take_back(row, by=request.actor, **form.facts)):
        messages.success(request, "已退回，给出的确认已失效；改完再反馈")
        return redirect("visit", row.pk)
    return render(
        request, "visits/take_back.html", {"form": form, **known(request, row, "退回修改")}
    )


@page(Permission.VISITS_RECORD, of=find_visit)
def visit_confirm(request: Request, row: VisitRow) -> HttpResponse:
    """评估员用本人账号确认。"""
    name = require_member(request, row)
    signed = actions.Signed(uuid4(), Side.TEAM, name, Manner.ACCOUNT)
    return pressed(
        request,
        lambda: actions.confirm(row, by=request.actor, signed=signed),
        to=reverse("visit", args=[row.pk]),
        said="已确认",
    )


@page(Permission.VISITS_CONFIRM, of=find_visit)
def visit_agree(request: Request, row: VisitRow) -> HttpResponse:
    """代表本单位确认。"""
    form = UnitViewForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: actions.confirm_for_unit(row, by=request.actor, **form.facts)
    ):
        messages.success(request, "已代表本单位确认，意见已记录在案")
        return redirect("visit", row.pk)
    return shown(request, row, view_form=form)


@page(Permission.VISITS_RECORD, of=find_visit)
def visit_close(request: Request, row: VisitRow) -> HttpResponse:
    """办结。"""
    require_member(request, row)
    return pressed(
        request,
        lambda: actions.close_visit(row, by=request.actor),
        to=reverse("visit", args=[row.pk]),
        said="已办结",
    )


@page(Permission.VISITS_PLAN, of=find_visit)
def visit_unsigned(request: Request, row: VisitRow) -> HttpResponse:
    """单位未签字办结。"""
    form = UnsignedForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: actions.close_unsigned(row, by=request.actor, **form.facts)
    ):
        messages.success(request, "已办结，写明单位未签字和见证人")
        return redirect("visit", row.pk)
    return render(
        request, "visits/unsigned.html", {"form": form, **known(request, row, "未签字办结")}
    )


def shown(request: Request, row: VisitRow, **more: Any) -> HttpResponse:
    """The visit's page, as far as this person may see it."""
    book = book_of(request, row)
    template = "visits/visit.html" if book.shows_marks else "visits/expected.html"
    context = {"book": book, "steps": steps(book), "condition": condition(book)}
    context |= {"form": ActionForm(), "view_form": UnitViewForm(), **_allowed(request, book)}
    return render(request, template, {**context, **known(request, row, ""), **more})


def _allowed(request: Request, book: Book) -> dict[str, bool]:
    """What this person can do with the visit."""
    actor, place = request.actor, book.visit.place()
    has_confirmed = book.has_confirmed(actor)
    return {
        "may_agree": actor.may(Permission.VISITS_CONFIRM, place) and not has_confirmed,
        "may_plan": actor.may(Permission.VISITS_PLAN, place),
        "may_self_mark": actor.may(Permission.SELF_MARK, place),
        "has_confirmed": has_confirmed,
    }


def book_of(request: Request, row: VisitRow) -> Book:
    """Everything of a visit that this person may see."""
    book = visit_book(row, request.actor)
    if book is None:
        raise PermissionDenied(f"您不在负责{row.name}的评估组里")
    return book


def require_member(request: Request, row: VisitRow) -> str:
    """The name under which this person goes there; nobody else comes in."""
    name = seat_name(row, request.actor)
    if not name:
        raise PermissionDenied(f"您不在负责{row.name}的评估组里")
    return name


def known(request: Request, row: VisitRow, here: str) -> dict[str, Any]:
    """The visit, and where one is."""
    sees_rounds = request.actor.may(Permission.VISITS_SEE, Place())
    way, name = (
        (of_round(row.round), row.name) if sees_rounds else ((ROUNDS,), f"{row.round} {row.name}")
    )
    below = ((name, reverse("visit", args=[row.pk])), (here, "")) if here else ((name, ""),)
    return {"visit": row, "crumbs": [*way, *below]}
