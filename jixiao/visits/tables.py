"""Which lists do assessments on site make?"""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from jixiao.core.signs import State, badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.visits.states import VisitState

SHAPES: dict[VisitState, State] = {
    VisitState.PLANNED: "open",
    VisitState.UNDERWAY: "current",
    VisitState.FED_BACK: "risk",
    VisitState.CLOSED: "done",
    VisitState.EXCUSED: "plain",
}


def visit_state(row: Any) -> SafeString:  # noqa: ANN401 - a row
    """How far a visit has come, with its shape."""
    return badge(row.get_state_display(), SHAPES[VisitState(row.state)])


def hours(row: Any) -> str:  # noqa: ANN401 - a row
    """From when to when: 09:00–11:30."""
    known = [f"{each:%H:%M}" for each in (row.starts, row.ends) if each]
    return "–".join(known)


MINE = Table(
    name="我的现场评估",
    columns=(
        Column(
            "unit", "单位", lambda row: link(reverse("visit", args=[row.pk]), row.name),
            sort="name", value=lambda row: row.name,
        ),
        Column("group", "组别", lambda row: row.group, sort="group"),
        Column("on", "日期", lambda row: row.on, sort="on"),
        Column("hours", "时间", hours),
        Column("team", "评估组", lambda row: row.team.name, sort="team__name"),
        Column("round", "轮次", lambda row: str(row.round), sort="round__name"),
        Column("state", "状态", visit_state, sort="state"),
    ),
    filters=(Filter("state", "状态", VisitState.choices[:4], lookup="state"),),
    search=("name__icontains",),
    order="on",
    empty=("还没有安排您去评估的单位", "县绩效办把您编入评估组、排好日程以后，在这里看到。"),
)  # fmt: skip
