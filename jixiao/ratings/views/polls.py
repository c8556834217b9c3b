"""Which polls are there, how far is each, and what came out?"""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.org.queries.units import groups
from jixiao.ratings import actions, tables
from jixiao.ratings.forms import ExtendForm, PlanForm, ReasonForm, proposed
from jixiao.ratings.queries import figures, outcomes
from jixiao.ratings.queries import polls as queries
from jixiao.ratings.queries.figures import Setting
from jixiao.ratings.queries.polls import PollRow, RatedRow
from jixiao.ratings.queries.ways import ways
from jixiao.ratings.states import COUNTED, PollState

POLLS = ("评议", reverse_lazy("polls"))


@page(Permission.RATINGS_SEE)
def polls(request: Request) -> HttpResponseBase:
    """评议。"""
    is_all = queries.sees_all(request.actor)
    table = (
        tables.POLLS.of(queries.polls(), request)
        if is_all
        else tables.RESULTS.of(queries.rated_of(request.actor), request)
    )
    return table.answer(
        "ratings/polls.html",
        to_rate=queries.to_rate(request.actor, timezone.localdate()),
        may_plan=request.actor.may(Permission.RATINGS_EDIT),
        is_all=is_all,
        taking=queries.open_count() if is_all else 0,
    )


@page(Permission.RATINGS_EDIT)
def poll_plan(request: Request) -> HttpResponse:
    """办法里还没有安排的评议。"""
    context = {"owed": figures.owed_now(), "crumbs": [POLLS, ("筹备评议", "")]}
    return render(request, "ratings/plan.html", context)


@page(Permission.RATINGS_EDIT, of=figures.setting)
def poll_new(request: Request, row: Setting) -> HttpResponse:
    """筹备一次评议。"""
    code = row.round_code(request.GET.get("round", ""))
    initial = proposed(row.question, title=row.title(code), groups=groups())
    form = PlanForm(
        sent(request), initial=initial, asked=row.asked, groups=groups(),
        leaders=queries.leader_options(),
    )  # fmt: skip
    crumbs = (("评议", reverse("polls")), ("筹备评议", reverse("poll_plan")))
    question = Question("筹备一次评议", crumbs, "已筹备，到评议里开始收票", "筹备", row.words(code))
    return ask(
        request, form=form, question=question,
        do=lambda: actions.plan_poll(row.version, by=request.actor, plan=form.plan(code)),
    )  # fmt: skip


@page(Permission.RATINGS_SEE, of=queries.poll)
def poll(request: Request, row: PollRow) -> HttpResponse:
    """一次评议。"""
    context = {
        "poll": row, "way": queries.way(row), "progress": queries.progress(row),
        "weights": queries.weights(row), "results": outcomes.results(row),
        "ways": ways(row, request.actor), "is_counted": row.state in COUNTED,
        "may_edit": request.actor.may(Permission.RATINGS_EDIT),
        "may_send_codes": row.state in (PollState.PLANNED, PollState.OPEN),
        "address": request.build_absolute_uri(reverse("rate")),
        "crumbs": [POLLS, (row.name, "")],
    }  # fmt: skip
    return render(request, "ratings/poll.html", context)


@page(Permission.RATINGS_SEE, of=queries.rated)
def rating_result(request: Request, row: RatedRow) -> HttpResponse:
    """评一个单位的票数和得分算法。"""
    is_all = queries.sees_all(request.actor)
    if row.poll.state not in (COUNTED if is_all else (PollState.ACCEPTED,)):
        raise Http404("评议还没有出结果")
    outcome = outcomes.outcomes(row.poll, row)[0]
    context = {
        "rated": row, "poll": row.poll, "outcome": outcome, "is_all": is_all,
        "marks": outcomes.marked(row.poll, [outcome]).get(row.pk, []),
        "crumbs": [POLLS, (f"{row.poll} · {row}", "")],
    }  # fmt: skip
    return render(request, "ratings/result.html", context)


# ── Moving on ──────────────────────────────────────────────────────────────────────────────


@page(Permission.RATINGS_EDIT, of=queries.poll)
def poll_open(request: Request, row: PollRow) -> HttpResponse:
    """开始收票。"""
    return _moved(request, row, actions.open_poll)


@page(Permission.RATINGS_EDIT, of=queries.poll)
def poll_close(request: Request, row: PollRow) -> HttpResponse:
    """截止收票。"""
    return _moved(request, row, actions.close_poll)


@page(Permission.RATINGS_EDIT, of=queries.poll)
def poll_accept(request: Request, row: PollRow) -> HttpResponse:
    """采用票数。"""
    return _moved(request, row, actions.accept_poll)


@page(Permission.RATINGS_EDIT, of=queries.poll)
def poll_extend(request: Request, row: PollRow) -> HttpResponse:
    """改截止日。"""
    initial = {"version": row.version, "closes_on": row.closes_on}
    form = ExtendForm(sent(request), initial=initial)
    question = Question("改截止日", _crumbs(row), "已改截止日")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.extend_poll(row, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.RATINGS_EDIT, of=queries.poll)
def poll_withdraw(request: Request, row: PollRow) -> HttpResponse:
    """作废评议。"""
    form = ReasonForm(sent(request), initial={"version": row.version})
    note = "作废以后票数不再使用，不能恢复；可以另办一次。"
    question = Question("作废评议", _crumbs(row), "已作废", "作废", note, is_grave=True)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.withdraw_poll(row, by=request.actor, **form.facts),
    )  # fmt: skip


def _moved(request: Request, row: PollRow, do: Callable[..., PollRow]) -> HttpResponse:
    return pressed(request, lambda: do(row, by=request.actor), to=reverse("poll", args=[row.pk]))


def _crumbs(row: PollRow) -> tuple[tuple[str, str], ...]:
    return (("评议", reverse("polls")), (row.name, reverse("poll", args=[row.pk])))
