"""Which lists do runs, objections and earlier tiers make?"""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jixiao.core.signs import State as Shape
from jixiao.core.signs import badge, due, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.notices.queries import time_left
from jixiao.results.queries.inputs import WHOLE
from jixiao.results.queries.way_page import lines, years
from jixiao.results.states import ResultState, ReviewKind, ReviewState

SHAPES: dict[str, Shape] = {
    ResultState.DRAFT: "open", ResultState.REVIEWED: "current", ResultState.NOTIFIED: "current",
    ResultState.APPROVED: "current", ResultState.PUBLISHED: "done",
    ResultState.SUPERSEDED: "plain", ResultState.DISCARDED: "plain",
}  # fmt: skip
DECIDED: dict[str, Shape] = {
    ReviewState.APPLIED: "current", ReviewState.GRANTED: "done", ReviewState.PARTLY: "done",
    ReviewState.REJECTED: "plain", ReviewState.WITHDRAWN: "plain",
}  # fmt: skip
YES = (("True", "是"),)


def _waiting(row: Any) -> SafeString | None:  # noqa: ANN401 - a row
    """How many objections wait, as a link to them."""
    if not row.waiting:
        return None
    return link(f"{reverse('reviews')}?state=applied", f"{row.waiting} 件")


def review_state(row: Any) -> SafeString:  # noqa: ANN401 - a row
    """Where an objection stands; late ones that were taken are marked."""
    shown = badge(row.get_state_display(), DECIDED[row.state])
    if not row.late_reason:
        return shown
    return format_html("<span>{} {}</span>", shown, badge("逾期受理", "risk"))


def review_due(row: Any) -> SafeString | date | None:  # noqa: ANN401 - a row
    """How long a decision may still take; else when it was made."""
    if row.state != ReviewState.APPLIED:
        return timezone.localdate(row.decided_at) if row.decided_at else None
    left = time_left(row.due_on, timezone.localdate())
    return due(left.days, left.unit)


PASTS = Table(
    name="历史等次",
    columns=(
        Column("year", "年度", lambda row: str(row.year), sort="year"),
        Column(
            "title", "名称", lambda row: link(reverse("past", args=[row.pk]), row.title), sort="title",
            value=lambda row: row.title,
        ),
        Column("line", "办法", lambda row: row.line),
        Column("document", "照录自", lambda row: row.document),
        Column("units", "单位", lambda row: row.units, sort="units"),
        Column(
            "state", "核对",
            lambda row: badge("历史录入，已核对", "done") if row.counts else badge("等待核对", "open"),
            value=lambda row: "已核对" if row.counts else "等待核对",
        ),
        Column("entered", "谁录入", lambda row: row.entered_by.name),
        Column(
            "confirmed", "谁核对", lambda row: row.confirmed_by.name if row.confirmed_by else None
        ),
    ),
    search=("title__icontains", "document__icontains"),
    order="-year",
    empty=("还没有历史等次", "平台以前的年度，把当年通报的等次照录进来，连续年数才算得上。"),
)  # fmt: skip
KEPT = Table(
    name="得分结果",
    columns=(
        Column(
            "name", "结果", lambda row: link(reverse("result_way", args=[row.pk]), row),
            sort="year", value=str,
        ),
        Column("number", "编号", lambda row: row.number, sort="pk"),
        Column("title", "办法", lambda row: row.line or row.title, sort="title"),
        Column(
            "state", "状态", lambda row: badge(row.get_state_display(), SHAPES[row.state]),
            sort="state", value=lambda row: row.get_state_display(),
        ),
        Column("reviews", "待决复核", _waiting, value=lambda row: row.waiting),
        Column("loaded", "计分", lambda row: row.loaded_at, sort="loaded_at"),
        Column("loader", "谁计分", lambda row: row.loaded_by.name),
        Column("published", "公布", lambda row: row.published_at, sort="published_at"),
        Column("digest", "得分摘要", lambda row: row.outputs_digest[:19]),
    ),
    filters=(
        Filter("state", "状态", ResultState.choices, lookup="state"),
        Filter("line", "办法", lines, lookup="line"),
        Filter("year", "年度", years, lookup="year"),
    ),
    search=("title__icontains", "round_name__icontains", "outputs_digest__icontains"),
    order="-name",
    empty=("还没有结果", "评估轮次结束后在办法页计分，或把计分得到的“结果.json”录入这里。"),
)  # fmt: skip


REVIEWS = Table(
    name="复核申诉",
    columns=(
        Column(
            "item", "对什么",
            lambda row: link(
                reverse("review", args=[row.pk]), f"{row.code} {row.item}".strip() or WHOLE
            ),
            sort="code", value=lambda row: f"{row.code} {row.item}".strip(),
        ),
        Column("unit", "单位", lambda row: row.part.name, sort="part__unit__order"),
        Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
        Column("result", "哪次结果", lambda row: str(row.part.result), sort="part__result__year"),
        Column("asked", "请求", lambda row: row.asked),
        Column("applied", "申请", lambda row: row.applied_at, sort="applied_at"),
        Column("due", "期限或决定", review_due, sort="due_on", value=lambda row: row.due_on),
        Column(
            "state", "状态", review_state, sort="state",
            value=lambda row: row.get_state_display(),
        ),
    ),
    filters=(
        Filter("state", "状态", ReviewState.choices, lookup="state"),
        Filter("kind", "类别", ReviewKind.choices, lookup="kind"),
        Filter("late", "超过决定期限", YES, lookup="late"),
        Filter("year", "年度", years, lookup="part__result__year"),
    ),
    search=("item__icontains", "code__icontains", "asked__icontains", "part__name__icontains"),
    empty=("还没有复核申诉", "单位收到告知后，对任何一项可以在成绩单上申请复核。"),
)  # fmt: skip
