"""Which lists do opinions and notices make?"""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from jixiao.core.signs import State, badge, due, link, sign
from jixiao.core.tables import Column, Filter, Table
from jixiao.core.words import moment, short_day
from jixiao.notices.queries import time_left
from jixiao.notices.states import OpinionKind, OpinionState

SHAPES: dict[OpinionState, State] = {
    OpinionState.WAITING: "open",
    OpinionState.ANSWERED: "done",
    OpinionState.PUBLISHED: "done",
}


def opinion_link(opinion: Any) -> SafeString:  # noqa: ANN401 - a row
    """The beginning of an opinion, leading to the whole."""
    return link(reverse("opinion", args=[opinion.pk]), Truncator(opinion.text).chars(40))


ANSWERED = Table(
    name="已答复的意见",
    columns=(
        Column("text", "内容", opinion_link, value=lambda row: row.text),
        Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
        Column("who", "提出人", lambda row: f"{row.unit or ''} {row.written_by.name}".strip()),
        Column("written", "提出", lambda row: row.written_at, sort="written_at"),
        Column("answered", "答复", lambda row: row.answered_at, sort="answered_at"),
        Column("by", "谁答的", lambda row: row.answered_by.name),
        Column("state", "状态", lambda row: badge(row.get_state_display(), "done"), sort="state"),
    ),
    filters=(
        Filter("kind", "类别", OpinionKind.choices, lookup="kind"),
        Filter("state", "状态", OpinionState.choices[1:], lookup="state"),
    ),
    search=("text__icontains", "answer__icontains", "written_by__name__icontains"),
    order="-answered",
    empty=("还没有答复过的意见", "答复以后在这里查找、公开和导出。"),
)

PUBLISHED = Table(
    name="公开的意见和答复",
    columns=(
        Column("text", "意见", opinion_link, value=lambda row: row.text),
        Column("answer", "答复", lambda row: row.answer),
        Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
        Column("author", "提出人", lambda row: row.author),
        Column("answered", "答复日期", lambda row: short_day(row.answered_at), sort="answered_at"),
    ),
    filters=(Filter("kind", "类别", OpinionKind.choices, lookup="kind"),),
    search=("text__icontains", "answer__icontains"),
    order="-answered",
    empty=("还没有公开的意见", "有代表性的意见答复后，由县绩效办公开，大家都能看到。"),
)

MINE = Table(
    name="我提的意见",
    columns=(
        Column("text", "内容", opinion_link, value=lambda row: row.text),
        Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
        Column("written", "提出", lambda row: row.written_at, sort="written_at"),
        Column(
            "state", "状态",
            lambda row: badge(row.get_state_display(), SHAPES[OpinionState(row.state)]),
            sort="state",
        ),
    ),
    order="-written",
    empty=("您还没有提过意见", "投诉、建议、问题都可以提，县绩效办十个工作日内答复。"),
)  # fmt: skip

SENT = Table(
    name="通知",
    columns=(
        Column(
            "title", "标题", lambda row: link(reverse("notice", args=[row.pk]), row.title),
            sort="title", value=lambda row: row.title,
        ),
        Column("sent", "发出", lambda row: row.sent_at, sort="sent_at"),
        Column("due", "期限", lambda row: row.due_on, sort="due_on"),
        Column("to", "发给", lambda row: f"{row.to} 个单位", sort="to", align="right"),
        Column("read", "已读", lambda row: row.read, sort="read", align="right"),
        Column(
            "signed", "已签收", lambda row: row.signed if row.needs_sign else "不需要",
            sort="signed", align="right",
        ),
    ),
    search=("title__icontains", "body__icontains"),
    order="-sent",
    empty=("还没有发过通知", "通知发给单位，要签收的到期会提示。"),
)  # fmt: skip


def receipt_state(receipt: Any) -> SafeString:  # noqa: ANN401 - a row
    """Signed, read, due or late, with its shape."""
    if receipt.acknowledged_at:
        return sign(f"{moment(receipt.acknowledged_at)} 签收", "done")
    if not receipt.notice.needs_sign:
        return sign("已读", "done") if receipt.read_at else sign("未读", "open")
    if not receipt.notice.due_on:
        return badge("待签收", "open")
    left = time_left(receipt.notice.due_on, timezone.localdate())
    return due(left.days, left.unit)


RECEIVED = Table(
    name="收到的通知",
    columns=(
        Column(
            "title", "标题",
            lambda row: link(reverse("receipt", args=[row.pk]), row.notice.title),
            sort="notice__title", value=lambda row: row.notice.title,
        ),
        Column("unit", "单位", lambda row: row.unit.name, sort="unit__order"),
        Column("sent", "发出", lambda row: row.notice.sent_at, sort="notice__sent_at"),
        Column("due", "期限", lambda row: row.notice.due_on, sort="notice__due_on"),
        Column("state", "状态", receipt_state),
    ),
    search=("notice__title__icontains", "notice__body__icontains"),
    order="-sent",
    empty=("还没有收到通知", "县绩效办发给本单位的通知都在这里。"),
)  # fmt: skip

RECEIPTS = Table(
    name="签收情况",
    columns=(
        Column("unit", "单位", lambda row: row.unit.name, sort="unit__order"),
        Column("group", "组别", lambda row: row.unit.group, sort="unit__group"),
        Column("read", "阅读", lambda row: row.read_at, sort="read_at"),
        Column("signed", "签收", receipt_state, sort="acknowledged_at"),
        Column(
            "by", "签收人", lambda row: row.acknowledged_by.name if row.acknowledged_by else None
        ),
    ),
    filters=(
        Filter(
            "signed", "签收", (("True", "未签收"), ("False", "已签收")),
            lookup="unsigned",
        ),
    ),
    search=("unit__search__contains",),
    order="unit",
    empty=("没有发给任何单位", ""),
)  # fmt: skip
