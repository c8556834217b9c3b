"""Where does a page about a round stand, and how does a button of it answer?"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.org.views.asking import Crumbs
from jixiao.visits.queries.rounds import RoundRow

ROUNDS = ("现场评估", reverse_lazy("rounds"))
"""The first of the breadcrumbs."""
TABS = {"round": "概况", "teams": "评估组", "schedule": "日程", "draws": "抽取"}


def of_round(round_: RoundRow, *pages: str) -> Crumbs:
    """The way to a round, or to a page of it: ``of_round(round_, "teams")``."""
    here = ((TABS[page], reverse(page, args=[round_.pk])) for page in pages)
    return (
        (ROUNDS[0], reverse("rounds")),
        (str(round_), reverse("round", args=[round_.pk])),
        *here,
    )


def may_plan(request: Request) -> bool:
    """Whether this person plans rounds."""
    return request.actor.may(Permission.VISITS_PLAN)


def pressed(request: Request, do: Callable[[], object], *, to: str) -> HttpResponse:
    """A button was pressed: do it, say how it went, and go on; what came of it says itself in words."""
    if request.method == "POST":
        form = ActionForm(request.POST)
        if form.is_valid() and form.run(do):
            messages.success(request, "已办理")
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect(to)
