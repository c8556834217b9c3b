"""Which grades are mine, what may I say to them, and what does the unit record about each person?"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from jixiao.access.actor import Actor
from jixiao.access.asking import Crumbs, Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import VersionedForm
from jixiao.core.papers import paper
from jixiao.gongwen.document import DocumentError
from jixiao.grades import actions
from jixiao.grades.forms import (
    ClaimForm,
    RulingForm,
    SecondedForm,
    SecondForm,
    SignForm,
    WitnessForm,
)
from jixiao.grades.letter import printed
from jixiao.grades.queries import campaigns as of_campaigns
from jixiao.grades.queries import mine as queries
from jixiao.grades.queries import reviews as of_reviews
from jixiao.grades.queries.mine import GradeRow, ReviewRow
from jixiao.grades.queries.notices import notices_here
from jixiao.grades.states import OWN, Signature, TableState
from jixiao.grades.views.campaigns import GRADES
from jixiao.grades.views.tables import crumbs
from jixiao.org.queries.units import unit as unit_of

MINE = ("我的考核", reverse_lazy("my_grades"))


@page(Permission.GRADES_OWN)
def my_grades(request: Request) -> HttpResponse:
    """我的考核。"""
    context = {
        "shown": queries.my_page(request.actor), "notices": notices_here(request.actor),
        "sees_others": request.actor.may(Permission.GRADES_SEE),
    }  # fmt: skip
    return render(request, "grades/mine.html", context)


@page(Permission.GRADES_OWN, of=queries.grade)
def grade(request: Request, row: GradeRow) -> HttpResponse:
    """一个人的一次考核。"""
    actor = request.actor
    if not queries.may_see(row, actor):
        raise PermissionDenied("个人等次只有本人、本单位和主管部门看得到")
    context = {**_card(row, actor), "crumbs": _way(request, row)}
    return render(request, "grades/grade.html", context)


def _card(row: GradeRow, actor: Actor) -> dict[str, Any]:
    """What this reader may know and do about a grade."""
    is_own, kind = queries.is_own(row, actor), queries.next_review(row)
    may_edit = actor.may(Permission.GRADES_EDIT, row.table.place()) and not is_own
    is_host = row.host is not None and actor.may(Permission.GRADES_EDIT, row.host.place())
    is_open = row.table.state == TableState.DRAFTING
    return {
        "grade": row, "is_own": is_own, "is_told": queries.is_told(row), "review": kind,
        "reviews": queries.reviews_of(row), "is_unsigned": row.signature == Signature.NONE,
        "may_witness": may_edit and queries.is_told(row), "may_decide": actor.may(Permission.GRADES_APPROVE),
        "may_second": may_edit and is_open and row.standing in OWN,
        "may_propose": is_host and is_open and not is_own,
    }  # fmt: skip


def _way(request: Request, row: GradeRow) -> Crumbs:
    """From one's own list, or from the unit's table."""
    here = (f"{row.person} {row.table.campaign}", reverse("grade", args=[row.pk]))
    if queries.is_own(row, request.actor):
        return (str(MINE[0]), str(MINE[1])), here
    if request.actor.may(Permission.GRADES_SEE, row.table.place()):
        return (*crumbs(row.table), here)
    return (str(GRADES[0]), str(GRADES[1])), here


@page(Permission.GRADES_OWN, of=queries.grade)
def grade_letter(request: Request, row: GradeRow) -> HttpResponse:
    """下载结果通知书。"""
    if not queries.may_see(row, request.actor):
        raise PermissionDenied("通知书只有本人、本单位和主管部门看得到")
    if not queries.is_told(row):
        raise Http404("还没有这份通知书")
    document = printed(queries.told_of(row))
    try:
        return paper(document, name=str(row), form=request.GET.get("form", "pdf"))
    except DocumentError as error:
        messages.error(request, f"印不出来：{error}")
        return redirect("grade", row.pk)


@page(Permission.GRADES_OWN, of=queries.grade)
def grade_sign(request: Request, row: GradeRow) -> HttpResponse:
    """签署意见。"""
    _own(request, row)
    note = "签字表示收到；有不同意见的写明，不影响申请复核。"
    return _asked(
        request, row, SignForm(sent(request), initial=_seen(row)), actions.sign_grade, note
    )


@page(Permission.GRADES_OWN, of=queries.grade)
def grade_review(request: Request, row: GradeRow) -> HttpResponse:
    """申请复核、申诉。"""
    _own(request, row)
    form = ClaimForm(sent(request), initial=_seen(row))
    kind, until = queries.next_review(row)
    note = f"{until}前可以申请{kind.label}；不因申请加重处理，期间不停止执行。" if kind else until
    return _asked(request, row, form, actions.apply_review, note)


@page(Permission.GRADES_EDIT, of=queries.grade)
def grade_witness(request: Request, row: GradeRow) -> HttpResponse:
    """登记纸上签收。"""
    form = WitnessForm(sent(request), initial=_seen(row))
    note = f"{row.person}在纸质通知书上签的，照录在这里；没有账号的人都这样办。"
    return _asked(request, row, form, actions.witness_grade, note)


@page(Permission.GRADES_EDIT, of=queries.grade)
def grade_second(request: Request, row: GradeRow) -> HttpResponse:
    """登记挂职、抽调、援派。"""
    form = SecondForm(sent(request), initial=_seen(row), units=of_campaigns.units_to_choose())

    def do(grade: GradeRow, *, by: Any, host: int, version: int) -> object:  # noqa: ANN401
        """登记挂职、抽调、援派。"""
        return actions.second_person(grade, by=by, host=unit_of(host), version=version)  # type: ignore[arg-type, call-arg]

    note = f"{row.person}的等次由接收单位提出，名额用本单位的。"
    return _asked(request, row, form, do, note)


@page(Permission.GRADES_EDIT, of=queries.grade)
def grade_propose(request: Request, row: GradeRow) -> HttpResponse:
    """接收单位提出等次。"""
    grades = row.table.campaign.grades
    form = SecondedForm(sent(request), initial=_seen(row), grades=grades)
    note = f"{row.person}由{row.table.unit}派来，等次由接收单位提出，名额用{row.table.unit}的。"
    return _asked(request, row, form, actions.grade_seconded, note)


@page(Permission.GRADES_OWN, of=of_reviews.review)
def grade_withdraw(request: Request, row: ReviewRow) -> HttpResponse:
    """撤回申请。"""
    _own(request, row.grade)
    do = actions.withdraw_review
    to = reverse("grade", args=[row.grade_id])
    return pressed(request, lambda: do(row, by=request.actor), to=to, said="已撤回")


@page(Permission.GRADES_APPROVE, of=of_reviews.review)
def grade_decide(request: Request, row: ReviewRow) -> HttpResponse:
    """决定复核申诉。"""
    better = of_reviews.better_than(row)
    form = RulingForm(sent(request), initial={"version": row.version}, better=better)
    note = f"原等次：{row.before}。理由：{row.claim}"
    question = Question(
        "决定复核申诉", _way(request, row.grade), "已决定", "决定", note, is_grave=True
    )
    version = {"version": row.version}

    def do() -> object:
        return actions.decide_review(row, by=request.actor, ruling=form.ruling(), **version)

    return ask(request, form=form, question=question, do=do)


def _own(request: Request, row: GradeRow) -> None:
    if not queries.is_own(row, request.actor) or not queries.is_told(row):
        raise PermissionDenied("只能办理本人的")


def _seen(row: GradeRow) -> dict[str, int]:
    return {"version": row.version}


def _asked(
    request: Request, row: GradeRow, form: VersionedForm, do: Callable[..., object], note: str,
) -> HttpResponse:  # fmt: skip
    """A form about one person's grade, on a page of its own."""
    name = (do.__doc__ or "").split("。")[0]
    question = Question(name, _way(request, row), "已办理", name, note)
    return ask(
        request, form=form, question=question, do=lambda: do(row, by=request.actor, **form.facts)
    )
