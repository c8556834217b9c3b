"""Which lists do quarters and reports make?"""

from django.urls import reverse

from jixiao.appraisals.states import ReportState
from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Table

QUARTERS = Table(
    name="内部绩效季报",
    columns=(
        Column("quarter", "季度", lambda row: link(reverse("quarter", args=[row.pk]), row), value=str),
        Column("due", "期限", lambda row: row.due_on, sort="due_on"),
        Column("came", "已报单位", lambda row: row.came, align="right"),
        Column(
            "state", "状态",
            lambda row: badge(row.get_state_display(), "current" if row.is_open else "done"),
        ),
        Column("opener", "谁布置的", lambda row: row.opened_by.name),
    ),
    empty=("还没有布置过季报", "季度结束后布置一次，各单位一页报完。"),
)  # fmt: skip

OURS = Table(
    name="本单位内部绩效季报",
    columns=(
        Column(
            "quarter", "季度",
            lambda row: link(reverse("quarter_report", args=[row.quarter_id, row.unit_id]), row.quarter),
            value=lambda row: str(row.quarter),
        ),
        Column("unit", "单位", lambda row: row.unit.name),
        Column(
            "state", "状态",
            lambda row: badge(
                row.get_state_display(), "late" if row.state == ReportState.RETURNED else "done"
            ),
        ),
        Column("reported", "报送", lambda row: row.reported_at, sort="reported_at"),
    ),
    empty=("还没有报过", "县绩效办布置后，这里和通知里都能看到。"),
)  # fmt: skip
