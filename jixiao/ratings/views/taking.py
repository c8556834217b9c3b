"""How do ballots come in: by hand of a unit or a leader, by code, and on paper?"""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import workbook
from jixiao.ratings import actions
from jixiao.ratings.actions.voting import is_own
from jixiao.ratings.forms import BallotForm, MakeCodesForm, PapersForm, ReasonForm
from jixiao.ratings.queries import polls as queries
from jixiao.ratings.queries.outcomes import counted
from jixiao.ratings.queries.polls import BatchRow, PollRow, RatedRow, RaterRow
from jixiao.ratings.states import PollKind
from jixiao.ratings.views.polls import POLLS


@page(Permission.RATINGS_VOTE, of=queries.rater)
def rating_vote(request: Request, row: RaterRow) -> HttpResponse:
    """评议。"""
    if not is_own(row, request.actor):
        raise Http404("没有要您评的这一次评议")
    is_ranking = row.poll.kind == PollKind.RANKING
    lines = queries.ballot(row.poll, without=row.unit_id)
    form = BallotForm(sent(request), lines=lines, is_ranking=is_ranking)
    if form.is_valid() and form.run(
        lambda: actions.vote(row, by=request.actor, choices=form.choices)
    ):
        messages.success(request, "票已计入。系统只记评过了，不记怎么评的")
        return redirect("polls")
    context = {"rater": row, "poll": row.poll, "form": form, "is_ranking": is_ranking}
    context["crumbs"] = [POLLS, (row.poll.name, "")]
    return render(request, "ratings/vote.html", context, status=422 if form.errors else 200)


@page(Permission.RATINGS_EDIT, of=queries.poll)
def poll_codes(request: Request, row: PollRow) -> HttpResponseBase:
    """发评议码。"""
    people = {each.pk: each for each in row.rated.all()}
    form = MakeCodesForm(sent(request), rated=[(pk, each.name) for pk, each in people.items()])
    if form.is_valid():
        count, rated = form.cleaned_data["count"], people.get(form.cleaned_data["rated"])
        if form.run(lambda: actions.make_codes(row, by=request.actor, count=count, rated=rated)):
            return code_list(request, row, codes=form.result or (), rated=rated)
    context = {"poll": row, "form": form, "crumbs": [*_crumbs(row), ("发评议码", "")]}
    return render(request, "ratings/codes.html", context, status=422 if form.errors else 200)


def code_list(
    request: Request, row: PollRow, *, codes: tuple[str, ...], rated: RatedRow | None
) -> HttpResponseBase:
    """The one and only list of new codes, to be cut up and handed out."""
    address = request.build_absolute_uri(reverse("rate"))
    rows = [
        (number, " ".join((code[:4], code[4:8], code[8:])), str(rated or "所有单位"), address,
         f"{row.closes_on:%Y-%m-%d}")
        for number, code in enumerate(codes, 1)
    ]  # fmt: skip
    headers = ("序号", "评议码（一码一票）", "评谁", "网址", "截止日期")
    return workbook(f"评议码{row.pk}", headers=headers, rows=rows)


@page(Permission.RATINGS_EDIT, of=queries.poll)
def poll_papers(request: Request, row: PollRow) -> HttpResponse:
    """录入纸质票。"""
    form = PapersForm(sent(request), lines=queries.ballot(row))
    if form.is_valid():
        papers, counts = form.cleaned_data["papers"], form.counts
        if form.run(
            lambda: actions.enter_papers(row, by=request.actor, papers=papers, counts=counts)
        ):
            return redirect("poll", row.pk)
    context = {"poll": row, "form": form, "crumbs": [*_crumbs(row), ("录入纸质票", "")]}
    return render(request, "ratings/enter.html", context, status=422 if form.errors else 200)


@page(Permission.RATINGS_EDIT, of=queries.batch)
def papers(request: Request, row: BatchRow) -> HttpResponse:
    """核对一批纸质票。"""
    if row.is_checked:
        raise Http404("这一批已经核对计入，不再单独留存")
    context = {
        "batch": row, "poll": row.poll, "lines": counted(row),
        "is_own": row.entered_by_id == request.actor.account_id,
        "crumbs": [*_crumbs(row.poll), ("核对纸质票", "")],
    }  # fmt: skip
    return render(request, "ratings/papers.html", context)


@page(Permission.RATINGS_EDIT, of=queries.batch)
def papers_check(request: Request, row: BatchRow) -> HttpResponse:
    """核对无误，计入。"""
    to = reverse("poll", args=[row.poll_id])
    return pressed(request, lambda: actions.check_papers(row, by=request.actor), to=to)


@page(Permission.RATINGS_EDIT, of=queries.batch)
def papers_drop(request: Request, row: BatchRow) -> HttpResponse:
    """退回重录。"""
    form = ReasonForm(sent(request), initial={"version": row.version})
    question = Question("退回重录", _crumbs(row.poll), "已退回", "退回")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.drop_papers(row, by=request.actor, **form.facts),
    )  # fmt: skip


def _crumbs(row: PollRow) -> tuple[tuple[str, str], ...]:
    return (("评议", reverse("polls")), (row.name, reverse("poll", args=[row.pk])))
