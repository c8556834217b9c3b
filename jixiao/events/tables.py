"""Which list do matters make?"""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jixiao.core.signs import State as Shape
from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.core.words import short_day
from jixiao.events.queries.matters import years
from jixiao.events.states import MatterState
from jixiao.org.queries.units import groups

SIGNS = (("False", "加分"), ("True", "扣分"))


def counted(row: Any) -> SafeString:  # noqa: ANN401 - a row
    """Whether it counts today, and if not, why or what is missing."""
    shape: Shape = "done" if row.worth.counts else "open"
    if row.state in (MatterState.REJECTED, MatterState.WITHDRAWN):
        return format_html(
            "{} <small>{}</small>", badge(row.get_state_display(), "plain"), row.reason
        )
    words = row.worth.settled.reason or row.worth.still
    if row.worth.counts:
        return badge("计入", shape)
    return format_html("{} <small>{}</small>", badge("还不计", shape), words)


def _points(row: Any) -> str:  # noqa: ANN401 - a row
    over = row.state in (MatterState.REJECTED, MatterState.WITHDRAWN)
    return "—" if over else row.worth.points


MATTERS = Table(
    name="加扣分事项",
    columns=(
        Column(
            "matter", "事项", lambda row: link(reverse("matter", args=[row.pk]), row.matter),
            sort="matter", value=lambda row: row.matter,
        ),
        Column("unit", "单位", lambda row: row.unit.name, sort="unit__order"),
        Column("item", "项目", lambda row: f"{row.code} {row.item}", sort="code"),
        Column("level", "级别", lambda row: row.label, sort="level"),
        Column("points", "分值", _points, align="right"),
        Column("document", "文号", lambda row: row.document or "—", sort="document"),
        Column(
            "on", "日期", lambda row: short_day(row.on), sort="on", value=lambda row: row.on
        ),
        Column("state", "状态", lambda row: row.get_state_display(), sort="state"),
        Column(
            "counted", "计不计", counted,
            value=lambda row: "计入" if row.worth.counts else row.worth.settled.reason or row.worth.still,
        ),
    ),
    filters=(
        Filter("state", "状态", MatterState.choices, lookup="state"),
        Filter("sign", "加扣", SIGNS, lookup="is_penalty"),
        Filter("group", "组别", groups, lookup="unit__group"),
        Filter("year", "年度", years, lookup="version_of__year"),
    ),
    search=("matter__icontains", "document__icontains", "level__icontains", "unit__search__contains"),
    empty=("还没有加扣分事项", "单位申报加分、县绩效办登记扣分，办法要的文号、公示、签批齐了才计。"),
)  # fmt: skip
