"""Where does a page about a round stand, and how does a button of it answer?"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from jixiao.access.actor import Place
from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.org.views.asking import Crumbs
from jixiao.visits.queries.rounds import RoundRow
from jixiao.visits.states import RoundKind

Known = dict[str, Any]

ROUNDS = ("现场评估", reverse_lazy("rounds"))
"""The first of the breadcrumbs."""
TABS = {
    "round": "概况", "teams": "评估组", "schedule": "日程", "draws": "抽取",
    "round_summary": "汇总", "round_raters": "评分尺度",
}  # fmt: skip
"""The pages of a round, by route."""


def of_round(round_: RoundRow, *pages: str) -> Crumbs:
    """The way to a round, or to a page of it: ``of_round(round_, "teams")``."""
    here = ((TABS[page], reverse(page, args=[round_.pk])) for page in pages)
    return (
        (ROUNDS[0], reverse("rounds")),
        (str(round_), reverse("round", args=[round_.pk])),
        *here,
    )


def on_round(request: Request, round_: RoundRow, route: str, *way: tuple[str, str]) -> Known:
    """What each page of a round shows around it: its tabs, and the way to it or to ``way`` below it."""
    below = of_round(round_, *([] if route == "round" else [route]))
    crumbs = [*below, *way] if way else [*below[:-1], (below[-1][0], "")]
    tabs = [
        (TABS[each], reverse(each, args=[round_.pk]), each == route)
        for each in _pages(request, round_)
    ]
    return {"round": round_, "tabs": tabs, "crumbs": crumbs}


def _pages(request: Request, round_: RoundRow) -> list[str]:
    """The pages of a round that this person may open."""
    sees_marks = request.actor.may(Permission.RESULTS_SEE, Place())
    shown = {
        "draws": round_.kind == RoundKind.SPOT,
        "round_summary": sees_marks,
        "round_raters": request.actor.may(Permission.RATERS_SEE),
    }
    return [each for each in TABS if shown.get(each, True)]


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
