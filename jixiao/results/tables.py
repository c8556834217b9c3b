"""Which list do the kept results make?"""

from django.urls import reverse

from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.results.states import ResultState

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
