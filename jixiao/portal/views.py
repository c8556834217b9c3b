"""Pages that need several rooms: home, search, help."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.notices.queries import unseen_answers
from jixiao.org.queries.people import find
from jixiao.portal.desks import desk_of
from jixiao.portal.guide import KEYS, LOOP, roles
from jixiao.portal.shell import known


@page(Permission.HOME)
def home(request: Request) -> HttpResponse:
    """首页。先答这个角色最先要问的。"""
    actor, today = request.actor, timezone.localdate()
    page = desk_of(actor)
    desk = page.tell(actor, today)
    context = {"desk": desk, "today": today, "answers": unseen_answers(actor)}
    return render(request, page.template, {**context, **known(request, desk)})


@page(Permission.HOME)
def search(request: Request) -> HttpResponse:
    """搜索单位和人员。名称、别名、拼音、简拼都可以。"""
    words = request.GET.get("q", "")[:80]
    may_look = request.actor.may(Permission.UNITS_SEE)
    context = {"q": words, "may_look": may_look, "found": find(words if may_look else "")}
    template = "portal/suggest.html" if request.headers.get("HX-Request") else "portal/search.html"
    return render(request, template, context)


@page(Permission.HOME)
def help_page(request: Request) -> HttpResponse:
    """帮助。一年怎么走、谁做什么、按什么键。"""
    return render(request, "portal/help.html", {"loop": LOOP, "roles": roles(), "keys": KEYS})
