"""Which lists do bulletins make?"""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jixiao.bulletins.states import BulletinKind, BulletinState, Level
from jixiao.core.signs import State as Shape
from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.core.words import short_day

SHAPES: dict[str, Shape] = {
    BulletinState.DRAFT: "open", BulletinState.SUBMITTED: "current",
    BulletinState.APPROVED: "current", BulletinState.ISSUED: "done",
    BulletinState.SUPERSEDED: "plain", BulletinState.WITHDRAWN: "risk",
    BulletinState.DISCARDED: "plain",
}  # fmt: skip


def bulletin_state(row: Any) -> SafeString:  # noqa: ANN401 - a row
    """Where it stands; loudly where the run it speaks of no longer stands."""
    shown = badge(row.get_state_display(), SHAPES[row.state])
    open_states = (BulletinState.DRAFT, BulletinState.SUBMITTED, BulletinState.APPROVED)
    if row.is_stale and row.state in (*open_states, BulletinState.ISSUED):
        return format_html("<span>{} {}</span>", shown, badge("结果已被取代", "late"))
    return shown


AT_WORK = Table(
    name="通报",
    columns=(
        Column(
            "title", "标题", lambda row: link(reverse("bulletin", args=[row.pk]), row.title),
            value=lambda row: row.title,
        ),
        Column("kind", "种类", lambda row: row.get_kind_display(), sort="kind"),
        Column("result", "依据", lambda row: str(row.ground), sort="year"),
        Column("level", "公布范围", lambda row: row.get_level_display(), sort="level"),
        Column("number", "文号", lambda row: row.number, sort="number_serial"),
        Column("drafted", "起草", lambda row: f"{row.drafted_by.name} {short_day(row.drafted_at)}"),
        Column(
            "state", "状态", bulletin_state, sort="state",
            value=lambda row: row.get_state_display(),
        ),
    ),
    filters=(
        Filter("state", "状态", BulletinState.choices, lookup="state"),
        Filter("kind", "种类", BulletinKind.choices, lookup="kind"),
    ),
    search=("title__icontains", "number_code__icontains"),
    empty=("还没有通报", "选一次审定的得分结果（季度通报选季度）和一个模板，起草通报；数字和名单从中取。"),
)  # fmt: skip

ISSUED = Table(
    name="印发的通报",
    columns=(
        Column(
            "title", "标题", lambda row: link(reverse("bulletin_read", args=[row.pk]), row.title),
            value=lambda row: row.title,
        ),
        Column("number", "文号", lambda row: row.number),
        Column("kind", "种类", lambda row: row.get_kind_display(), sort="kind"),
        Column("level", "公布范围", lambda row: row.get_level_display(), sort="level"),
        Column("issued", "印发", lambda row: row.issued_at, sort="issued_at"),
        Column(
            "state", "状态", bulletin_state, sort="state",
            value=lambda row: row.get_state_display(),
        ),
    ),
    filters=(
        Filter("kind", "种类", BulletinKind.choices, lookup="kind"),
        Filter("level", "公布范围", Level.choices, lookup="level"),
    ),
    search=("title__icontains", "number_code__icontains"),
    empty=("还没有印发的通报", "印发以后在这里阅读。"),
)  # fmt: skip

TEMPLATES = Table(
    name="通报模板",
    columns=(
        Column(
            "name", "名称",
            lambda row: link(reverse("bulletin_template", args=[row.pk]), row.name),
            sort="name", value=lambda row: row.name,
        ),
        Column("kind", "种类", lambda row: row.get_kind_display(), sort="kind"),
        Column("written", "修改", lambda row: row.written_at, sort="written_at"),
        Column("by", "谁改的", lambda row: row.written_by.name),
    ),
    search=("name__icontains",),
    empty=("还没有本机关的模板", "新设一个，从随平台的模板起，改成本机关的文字。"),
)  # fmt: skip
