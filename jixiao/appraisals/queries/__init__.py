"""Which quarters are asked about, who reported, and what does not fit?"""

from jixiao.appraisals.queries.known import known_of
from jixiao.appraisals.queries.quarters import (
    Overview,
    QuarterRow,
    Standing,
    data_choices,
    overview,
    quarter,
    quarters,
    standing,
    usual_due,
)
from jixiao.appraisals.queries.reports import (
    ReportPage,
    due_now,
    proposed,
    report_page,
    reports_of_units,
)

__all__ = [
    "Overview",
    "QuarterRow",
    "ReportPage",
    "Standing",
    "data_choices",
    "due_now",
    "known_of",
    "overview",
    "proposed",
    "quarter",
    "quarters",
    "report_page",
    "reports_of_units",
    "standing",
    "usual_due",
]
