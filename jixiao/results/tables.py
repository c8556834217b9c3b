"""Which lists do the kept results and the earlier tiers make?"""

from django.urls import reverse

from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.results.states import ResultState

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
            "name", "结果", lambda row: link(reverse("result", args=[row.pk]), row),
            sort="year", value=str,
        ),
        Column("title", "办法", lambda row: row.title, sort="title"),
        Column(
            "state", "状态",
            lambda row: badge(row.get_state_display(), "done" if row.is_published else "open"),
            sort="state",
        ),
        Column("loaded", "录入", lambda row: row.loaded_at, sort="loaded_at"),
        Column("loader", "谁录入", lambda row: row.loaded_by.name),
        Column("published", "公布", lambda row: row.published_at, sort="published_at"),
        Column(
            "publisher", "谁公布",
            lambda row: row.published_by.name if row.published_by else None,
        ),
        Column("digest", "得分摘要", lambda row: row.outputs_digest[:19]),
    ),
    filters=(Filter("state", "状态", ResultState.choices, lookup="state"),),
    search=("title__icontains", "round_name__icontains", "outputs_digest__icontains"),
    order="-name",
    empty=("还没有录入结果", "计分后把“结果.json”录入这里，由另一位同事公布。"),
)  # fmt: skip
