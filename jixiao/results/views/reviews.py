"""Who objects to what, until when is it decided, and how?"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.asking import pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.results import actions, queries, tables
from jixiao.results.forms import ApplyForm, ClaimForm, DecideForm, LateForm
from jixiao.results.queries import PartRow
from jixiao.results.queries import reviews as objections
from jixiao.results.queries.review_page import led_on, review_page
from jixiao.results.queries.review_ways import items_of
from jixiao.results.queries.reviews import ReviewFileRow, ReviewRow
from jixiao.results.views.pages import RESULTS

REVIEWS = ("复核申诉", reverse_lazy("reviews"))


@page(Permission.REVIEWS_SEE)
def reviews(request: Request) -> HttpResponseBase:
    """复核申诉。"""
    today = timezone.localdate()
    table = tables.REVIEWS.of(objections.reviews(request.actor, today), request)
    tally = objections.tally(request.actor, today)
    may_edit = request.actor.may(Permission.RESULTS_EDIT)
    return table.answer("results/reviews.html", tally=tally, may_edit=may_edit)


@page(Permission.REVIEWS_SEE, of=objections.review)
def review(request: Request, row: ReviewRow) -> HttpResponse:
    """一件复核申诉。"""
    return render(request, "results/review.html", whole(row, request.actor))


@page(Permission.REVIEWS_SEE, of=objections.review_file)
def review_file(_request: Request, row: ReviewFileRow) -> FileResponse:
    """下载复核材料。"""
    return FileResponse(
        row.file.open(), as_attachment=True, filename=row.name, content_type=row.media
    )


@page(Permission.REVIEW_APPLY, of=queries.unit_in)
def review_apply(request: Request, part: PartRow) -> HttpResponse:
    """申请复核。"""
    if not queries.may_read(part, request.actor):
        raise Http404("没有这份成绩单，或者还没有告知")
    said = "已收到申请；决定后通知本单位，在这里看理由和依据"
    return _applied(request, part, actions.apply_review, (ApplyForm, said))


@page(Permission.REVIEW_DECIDE, of=queries.unit_in)
def review_take(request: Request, part: PartRow) -> HttpResponse:
    """受理逾期的复核申请。"""
    said = "已受理，请另一位同事决定"
    return _applied(request, part, actions.take_late_review, (LateForm, said))


@page(Permission.REVIEW_APPLY, of=objections.review)
def review_appeal(request: Request, row: ReviewRow) -> HttpResponse:
    """申诉。"""
    form = ClaimForm(sent(request), request.FILES or None, auto_id="appeal_%s")
    do = actions.appeal_decision
    return _answered(request, row, form, do=lambda: do(row, by=request.actor, **form.facts))


@page(Permission.REVIEW_APPLY, of=objections.review)
def review_withdraw(request: Request, row: ReviewRow) -> HttpResponse:
    """撤回申请。"""
    to = reverse("review", args=[row.pk])
    return pressed(
        request, lambda: actions.withdraw_review(row, by=request.actor), to=to, said="已撤回"
    )


@page(Permission.REVIEW_DECIDE, of=objections.review)
def review_decide(request: Request, row: ReviewRow) -> HttpResponse:
    """作出复核决定。"""
    return _decided(request, row, actions.decide_review, "decide")


@page(Permission.RESULTS_APPROVE, of=objections.review)
def review_register(request: Request, row: ReviewRow) -> HttpResponse:
    """登记申诉决定。"""
    return _decided(request, row, actions.register_appeal, "register")


def _applied(
    request: Request, part: PartRow, do: Callable[..., ReviewRow], how: tuple[type[ApplyForm], str]
) -> HttpResponse:
    """The form of an objection, and to its page when it is made."""
    made, said = how
    code = request.GET.get("code", "")
    form = made(sent(request), request.FILES or None, items=items_of(part), initial={"code": code})
    if form.is_valid() and form.run(lambda: do(part, by=request.actor, **form.facts)):
        messages.success(request, said)
        return redirect("review", form.result.pk) if form.result else redirect("reviews")
    context = {"form": form, "part": part, "is_late": made is LateForm, **_around(part)}
    return render(request, "results/apply.html", context, status=422 if form.errors else 200)


def _around(part: PartRow) -> dict[str, Any]:
    """Where an objection comes from, and until when it can be made."""
    card = reverse("result_unit", args=[part.result_id, part.unit_id])
    right = objections.right_of(part, timezone.localdate())
    crumbs = [RESULTS, (f"{part.name}成绩单", card), ("申请复核", "")]
    return {"right": right, "back": card, "crumbs": crumbs}


def _decided(
    request: Request, row: ReviewRow, do: Callable[..., ReviewRow], name: str
) -> HttpResponse:
    inputs = queries.inputs_of(row.part, row.code)
    form = DecideForm(sent(request), inputs=inputs, auto_id=f"{name}_%s")
    return _answered(request, row, form, do=lambda: do(row, by=request.actor, **form.facts))


def _answered(
    request: Request, row: ReviewRow, form: ActionForm, *, do: Callable[[], object]
) -> HttpResponse:
    """To the objection as it stands now; with its form again where something was refused."""
    if request.method != "POST":
        return redirect("review", row.pk)
    if form.is_valid() and form.run(do):
        messages.success(request, "已办理")
        return redirect("review", getattr(form.result, "pk", row.pk))
    name = str(form.auto_id).removesuffix("_%s")
    context = whole(objections.review(row.pk) or row, request.actor, refused={name: form})
    for error in form.non_field_errors() if name not in context["offered"] else ():
        messages.error(request, str(error))
    return render(request, "results/review.html", context, status=422)


def whole(
    row: ReviewRow,
    actor: Actor,
    *,
    refused: Mapping[str, ActionForm] = MappingProxyType({}),
) -> dict[str, Any]:
    """The page of an objection; ``refused`` is the form of a move that did not succeed."""
    shown = review_page(row, actor, timezone.localdate())
    inputs, at = shown.inputs, {"version": row.version}
    forms: dict[str, ActionForm] = {
        "decide": DecideForm(inputs=inputs, initial=at, auto_id="decide_%s"),
        "register": DecideForm(inputs=inputs, initial=at, auto_id="register_%s"),
        "appeal": ClaimForm(auto_id="appeal_%s"),
        "withdraw": ActionForm(auto_id="withdraw_%s"),
    }
    return {
        "shown": shown, "review": row, "forms": forms | dict(refused), "refused": set(refused),
        "offered": {each.move.name for each in shown.ways if each.is_open},
        "moved": led_on(row), "may_way": actor.may(Permission.RESULTS_EDIT),
        "sees_visits": actor.may(Permission.VISITS_SEE, row.place()),
        "crumbs": [RESULTS, REVIEWS, (f"{row.part.name} {row.item}", "")],
    }  # fmt: skip
