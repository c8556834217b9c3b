"""Which lists do assessments on site make?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jixiao.core.signs import State, badge, bar, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.core.words import short_day
from jixiao.visits.planning import hours_text
from jixiao.visits.queries.rounds import years
from jixiao.visits.queries.teams import is_over
from jixiao.visits.states import RoundKind, RoundState, TieKind, VisitState

ROUND_SHAPES: dict[RoundState, State] = {
    RoundState.PLANNED: "open",
    RoundState.OPEN: "current",
    RoundState.CLOSED: "done",
}
VISIT_SHAPES: dict[VisitState, State] = {
    VisitState.PLANNED: "open",
    VisitState.UNDERWAY: "current",
    VisitState.FED_BACK: "risk",
    VisitState.CLOSED: "done",
    VisitState.EXCUSED: "plain",
}


def visit_link(visit: Any) -> SafeString:  # noqa: ANN401 - a row
    """The unit's name, leading to its visit."""
    return link(reverse("visit", args=[visit.pk]), visit.name)


def round_state(round_: Any) -> SafeString:  # noqa: ANN401 - a row
    """Where a round stands."""
    return badge(round_.get_state_display(), ROUND_SHAPES[RoundState(round_.state)])


def visit_state(visit: Any) -> SafeString:  # noqa: ANN401 - a row
    """Where a visit stands; why, where a unit does not take part."""
    label = visit.get_state_display()
    words = f"{label}：{visit.excuse}" if visit.state == VisitState.EXCUSED else label
    return badge(words, VISIT_SHAPES[VisitState(visit.state)])


def when(visit: Any) -> str | None:  # noqa: ANN401 - a row
    """``11月2日 9:00—11:30``."""
    if visit.on is None:
        return None
    return f"{short_day(visit.on)} {hours_text(visit.starts, visit.ends)}".strip()


def _progress(row: Any) -> SafeString | None:  # noqa: ANN401 - a row
    if not row.units:
        return None
    told = f"{row.done}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{row.units}"
    return format_html("{} {}", told, bar(row.done, row.units, label=f"已确认{told}"))


ROUNDS = Table(
    name="评估轮次",
    columns=(
        Column(
            "name", "轮次", lambda row: link(reverse("round", args=[row.pk]), str(row)),
            sort="name", value=str,
        ),
        Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
        Column("scheme", "办法", lambda row: str(row.version_of)),
        Column(
            "days", "起止", lambda row: f"{short_day(row.since)}—{short_day(row.until)}",
            sort="since",
        ),
        Column(
            "done", "已确认", _progress, sort="done", value=lambda row: f"{row.done}/{row.units}"
        ),
        Column("state", "状态", round_state, sort="state"),
    ),
    filters=(
        Filter("year", "年度", years, lookup="version_of__year"),
        Filter("kind", "类别", RoundKind.choices, lookup="kind"),
        Filter("state", "状态", RoundState.choices, lookup="state"),
    ),
    search=("name__icontains", "version_of__line__name__icontains"),
    order="-days",
    empty=("还没有评估轮次", "按已发布的办法筹备半年、全年评估或平时抽查，再分组、排日程。"),
)  # fmt: skip

VISITS = Table(
    name="参加单位",
    columns=(
        Column("unit", "单位", visit_link, sort="order", value=lambda row: row.name),
        Column("group", "组别", lambda row: row.group, sort="group"),
        Column("team", "评估组", lambda row: row.team and row.team.name, sort="team__name"),
        Column("on", "日期", when, sort="on"),
        Column("state", "状态", visit_state, sort="state"),
    ),
    filters=(Filter("state", "状态", VisitState.choices, lookup="state"),),
    search=("name__icontains", "unit__search__contains"),
    order="unit",
    empty=("还没有参加的单位", "平时抽查先抽取单位；半年和全年评估在筹备时带入办法里的单位。"),
)


def visits_table(teams: Sequence[tuple[int, str]], *, may_plan: bool) -> Table:
    """The visits of one round: its teams to choose from, and for planners what can be changed."""
    filters = (*VISITS.filters, Filter("team", "评估组", teams, lookup="team"))
    columns = (*VISITS.columns, Column("do", "安排", _ways, value=lambda _: ""))
    return replace(VISITS, filters=filters, columns=columns if may_plan else VISITS.columns)


def _ways(row: Any) -> SafeString:  # noqa: ANN401 - a row
    """What planners may change of a visit."""
    routes = {
        VisitState.PLANNED: (
            ("分组", "visit_team"), ("日期", "visit_schedule"), ("不参加", "visit_excuse")
        ),
        VisitState.UNDERWAY: (("换组", "visit_team"),),
        VisitState.EXCUSED: (("恢复参加", "visit_resume"),),
    }.get(VisitState(row.state), ())  # fmt: skip
    links = ((reverse(route, args=[row.pk]), words) for words, route in routes)
    return format_html_join(" ", '<a class="button small" href="{}">{}</a>', links)


OWN = Table(
    name="到本单位的评估",
    columns=(
        Column("round", "轮次", lambda row: str(row.round), sort="round__since"),
        Column("unit", "单位", visit_link, sort="unit__order", value=lambda row: row.name),
        Column("on", "日期", when, sort="on"),
        Column("team", "评估组", lambda row: row.team and row.team.name),
        Column("state", "状态", visit_state, sort="state"),
    ),
    order="-round",
    empty=("还没有安排到本单位评估", "排定日期后，县绩效办会发通知，这里也能看到。"),
)

MINE = Table(
    name="我的现场评估",
    columns=(
        Column("unit", "单位", visit_link, sort="order", value=lambda row: row.name),
        Column("on", "日期", when, sort="on"),
        Column("place", "地点", lambda row: row.place_note),
        Column("round", "轮次", lambda row: str(row.round)),
        Column("team", "评估组", lambda row: row.team.name, sort="team__name"),
        Column("state", "状态", visit_state, sort="state"),
    ),
    filters=(Filter("state", "状态", VisitState.choices[:-1], lookup="state"),),
    search=("name__icontains", "unit__search__contains"),
    order="on",
    empty=("还没有分给您的单位", "县绩效办分组、排日程后，您要去的单位都在这里。"),
)


def _tie_end(row: Any) -> SafeString:  # noqa: ANN401 - a row
    if is_over(row, timezone.localdate()):
        return badge("已结束", "done")
    return format_html(
        '<a class="button small" href="{}">结束</a>', reverse("tie_end", args=[row.pk])
    )


TIES = Table(
    name="回避关系",
    columns=(
        Column("person", "评估员", lambda row: row.person.name, sort="person__name"),
        Column("unit", "单位", lambda row: row.unit.name, sort="unit__order"),
        Column("kind", "关系", lambda row: row.get_kind_display(), sort="kind"),
        Column("note", "说明", lambda row: row.note),
        Column("until", "到哪天为止", lambda row: row.until, sort="until"),
        Column("declared", "申报", lambda row: row.declared_at, sort="declared_at"),
        Column("by", "谁申报的", lambda row: row.declared_by.name),
        Column("end", "办理", _tie_end, value=lambda _: ""),
    ),
    filters=(Filter("kind", "关系", TieKind.choices, lookup="kind"),),
    search=("person__search__contains", "unit__search__contains"),
    order="-declared",
    empty=("还没有申报回避关系", "任职情况系统自己核对；亲属在某单位任职等，请在这里申报。"),
)
