"""Which list do schemes make?"""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from jixiao.core.signs import State as Shape
from jixiao.core.signs import link, sign
from jixiao.core.tables import Column, Filter, Table
from jixiao.schemes.states import State

SHAPES: dict[State, Shape] = {
    State.DRAFT: "open",
    State.SUBMITTED: "current",
    State.APPROVED: "current",
    State.PUBLISHED: "done",
    State.SUPERSEDED: "plain",
    State.DISCARDED: "plain",
}
NEXT: dict[State, str] = {
    State.DRAFT: "改好后送审 · 县绩效办",
    State.SUBMITTED: "审定 · 送审人以外的县绩效办负责人",
    State.APPROVED: "发布 · 县绩效办负责人",
    State.PUBLISHED: "按此执行",
    State.SUPERSEDED: "已由后一版取代",
    State.DISCARDED: "不再办理",
}
"""What comes next, and who has to do it."""


def state_sign(version: Any) -> SafeString:  # noqa: ANN401 - a row
    """The state with its shape."""
    return sign(version.get_state_display(), SHAPES[State(version.state)])


def _name(version: Any) -> SafeString:  # noqa: ANN401 - a row
    return link(reverse("scheme", args=[version.pk]), version.line.name)


SCHEMES = Table(
    name="办法",
    columns=(
        Column("name", "办法", _name, sort="line__name", value=lambda row: row.line.name),
        Column("year", "年度", lambda row: str(row.year), sort="year"),
        Column("number", "第几版", lambda row: f"第{row.number}版", sort="number"),
        Column("state", "状态", state_sign, sort="state"),
        Column("document", "文号", lambda row: row.document_number or None, sort="document_number"),
        Column("effective", "施行", lambda row: row.effective_on, sort="effective_on"),
        Column("next", "下一步 · 谁来办", lambda row: NEXT[State(row.state)]),
    ),
    filters=(Filter("state", "状态", State.choices, lookup="state"),),
    search=("line__name__icontains", "document_number__icontains", "year__icontains"),
    order="-year",
    empty=("还没有办法", "县绩效办起草、送审、审定、发布后，办法在这里公开。"),
)
