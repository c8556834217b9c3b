"""Which list do appraisals make?"""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.grades.states import CampaignKind, Category


def _progress(row: Any) -> SafeString:  # noqa: ANN401 - a row
    """How far it is."""
    if row.closed == row.units:
        return badge("已办结", "done")
    return badge("办理中" if row.handed == row.units else "填报中", "current")


CAMPAIGNS = Table(
    name="个人考核",
    columns=(
        Column(
            "name", "考核", lambda row: link(reverse("grade_campaign", args=[row.pk]), row),
            sort="on", value=str,
        ),
        Column("category", "人员", lambda row: row.get_category_display(), sort="category"),
        Column("due", "报送期限", lambda row: row.due_on, sort="due_on"),
        Column("handed", "已报送", lambda row: f"{row.handed} / {row.units} 个单位", align="right"),
        Column("closed", "已办结", lambda row: f"{row.closed} / {row.units}", align="right"),
        Column("state", "状态", _progress,
               value=lambda row: "已办结" if row.closed == row.units else "办理中"),
    ),
    filters=(
        Filter("kind", "类别", CampaignKind.choices, lookup="kind"),
        Filter("category", "人员", Category.choices, lookup="category"),
    ),
    search=("period__icontains", "document__icontains"),
    order="-name",
    empty=("还没有个人考核", "由组织人社部门布置；名单从机构人员库取，单位只填等次。"),
)  # fmt: skip
