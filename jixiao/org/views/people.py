"""Pages of people: one person, posts, accounts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.access.asking import Crumbs, Question, ask, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.org import actions
from jixiao.org.forms import people as forms
from jixiao.org.queries import people as queries
from jixiao.org.queries.rows import Person, Post


def _of_people() -> Crumbs:
    return (("机构人员", reverse("units")), ("人员", reverse("people")))


def _of_person(person: Person) -> Crumbs:
    return (*_of_people(), (str(person), reverse("person", args=[person.pk])))


@page(Permission.UNITS_SEE, of=queries.person)
def person(request: Request, person: Person) -> HttpResponse:
    """人员。"""
    card = queries.person_card(person)
    context = {
        "card": card,
        "person": person,
        "crumbs": _of_person(person),
        "with_details": card.is_known_to(request.actor),
        "may_edit": request.actor.may(Permission.PEOPLE_EDIT),
    }
    return render(request, "org/person.html", context)


@page(Permission.PEOPLE_EDIT)
def person_add(request: Request) -> HttpResponse:
    """登记人员。"""
    form = forms.PersonForm(sent(request))
    question = Question("登记人员", _of_people(), "已登记，接着可以登记任职", submit="登记")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.add_person(
            form.cleaned_data["code"], by=request.actor, name=form.cleaned_data["name"],
            rank=form.cleaned_data["rank"],
        ),
    )  # fmt: skip


@page(Permission.PEOPLE_EDIT, of=queries.person)
def person_change(request: Request, person: Person) -> HttpResponse:
    """修改姓名或职级。"""
    now = {"name": person.name, "rank": person.rank, "version": person.version}
    form = forms.ChangePersonForm(sent(request), initial=now)
    question = Question("修改姓名或职级", _of_person(person), "已修改")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.change_person(person, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.PEOPLE_EDIT, of=queries.person)
def person_account(request: Request, person: Person) -> HttpResponse:
    """关联登录账号。"""
    name = person.account.username if person.account else ""
    form = forms.AccountForm(sent(request), initial={"account": name, "version": person.version})
    question = Question("关联登录账号", _of_person(person), "已关联")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.link_account(person, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.PEOPLE_EDIT, of=queries.person)
def person_leave(request: Request, person: Person) -> HttpResponse:
    """人员离开。"""
    form = forms.LeaveForm(sent(request), initial={"version": person.version})
    note = "任职、分工和委托都到这一天为止；账号请系统管理员停用。"
    question = Question("离开", _of_person(person), "已登记离开", "登记离开", note, is_grave=True)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.leave(person, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.PEOPLE_EDIT, of=queries.person)
def post_add(request: Request, person: Person) -> HttpResponse:
    """登记任职。"""
    form = forms.PostForm(sent(request))
    question = Question("登记任职", _of_person(person), "已登记任职", submit="登记")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.appoint(
            person, by=request.actor, unit=form.cleaned_data["unit"], post=form.post,
            reason=form.cleaned_data["reason"],
        ),
    )  # fmt: skip


@page(Permission.PEOPLE_EDIT, of=queries.post)
def post_end(request: Request, post: Post) -> HttpResponse:
    """免职。"""
    form = forms.EndForm(sent(request), initial={"version": post.version})
    note = "在这个单位没有别的职务了的，绩效分工同时结束。"
    title = f"结束{post.unit} {post.title}"
    question = Question(title, _of_person(post.person), "已结束", "结束", note)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.end_post(post, by=request.actor, **form.facts),
    )  # fmt: skip
