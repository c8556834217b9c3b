"""Where does a page about a round stand, and how does a button of it answer?"""

from typing import Any

from django.urls import reverse, reverse_lazy

from jixiao.access.actor import Place
from jixiao.access.asking import Crumbs
from jixiao.access.page import Request
from jixiao.access.permissions import Permission
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
    sees_marks = request.actor.may(Permission.ROUNDS_SUM_SEE, Place())
    shown = {
        "draws": round_.kind == RoundKind.SPOT,
        "round_summary": sees_marks,
        "round_raters": request.actor.may(Permission.RATERS_SEE),
    }
    return [each for each in TABS if shown.get(each, True)]


def may_plan(request: Request) -> bool:
    """Whether this person plans rounds."""
    return request.actor.may(Permission.VISITS_PLAN)
