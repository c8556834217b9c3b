"""Which lists do polls and their results make?"""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from jixiao.core.signs import State as Shape
from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.ratings.states import PollKind, PollState

SHAPES: dict[str, Shape] = {
    PollState.PLANNED: "open", PollState.OPEN: "current", PollState.CLOSED: "done",
    PollState.ACCEPTED: "done", PollState.WITHDRAWN: "plain",
}  # fmt: skip


def state(poll: Any) -> SafeString:  # noqa: ANN401 - a row
    """Where it stands."""
    return badge(poll.get_state_display(), SHAPES[poll.state])


def took_part(poll: Any) -> str:  # noqa: ANN401 - a row
    """``12 / 14``; of those nobody knows, how many codes came back."""
    if poll.is_by_code:
        return f"评议码 {poll.used} / {poll.codes}"
    return f"{poll.took_part} / {poll.named}"


POLLS = Table(
    name="评议",
    columns=(
        Column("name", "评议", lambda row: link(reverse("poll", args=[row.pk]), row.name),
               sort="name", value=lambda row: row.name),
        Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
        Column("raters", "谁来评", lambda row: row.raters, sort="raters"),
        Column("opens", "开始", lambda row: row.opens_on, sort="opens_on"),
        Column("closes", "截止", lambda row: row.closes_on, sort="closes_on"),
        Column("took_part", "已参加", took_part),
        Column("state", "状态", state, sort="state", value=lambda row: row.get_state_display()),
    ),
    filters=(
        Filter("state", "状态", PollState.choices, lookup="state"),
        Filter("kind", "类别", PollKind.choices, lookup="kind"),
    ),
    search=("name__icontains", "raters__icontains"),
    order="-opens",
    empty=("还没有评议", "办法里由票数计分的项目，在“筹备评议”里安排谁来评、什么时候评。"),
)  # fmt: skip


RESULTS = Table(
    name="评议结果",
    columns=(
        Column("poll", "评议", lambda row: link(reverse("rating_result", args=[row.pk]), row.poll.name),
               value=lambda row: row.poll.name),
        Column("name", "单位", lambda row: row.name, sort="name"),
        Column("group", "组别", lambda row: row.group, sort="group"),
        Column("closes", "截止", lambda row: row.poll.closes_on, sort="poll__closes_on"),
    ),
    search=("name__icontains", "poll__name__icontains"),
    order="-closes",
    empty=("还没有评本单位的结果", "评议截止、另一人采用票数以后，本单位的票数和得分算法在这里。"),
)  # fmt: skip
