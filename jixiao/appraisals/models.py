"""Which quarters were units asked about, and what did each report of its own appraisal?"""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.appraisals.states import (
    MONTHS,
    QUARTERS,
    QuarterState,
    ReportState,
    Subject,
    day_after,
    first_day,
)
from jixiao.core.constraints import is_choice, together
from jixiao.org.models import Unit


class Quarter(models.Model):
    """A quarter whose internal appraisal the units report, once, by a day."""

    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("第几季度")
    due_on = models.DateField("报送期限")
    due_column = models.CharField("现场记录的应评数", max_length=60, blank=True)
    done_column = models.CharField("现场记录的已评数", max_length=60, blank=True)
    """Data items of the year's scheme with which reports on sections are compared."""
    state = models.CharField("状态", max_length=8, choices=QuarterState, default=QuarterState.OPEN)
    opened_at = models.DateTimeField("布置时间", default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁布置的"
    )
    closed_at = models.DateTimeField("截止时间", null=True)
    closed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁截止的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "内部绩效季度"
        ordering: ClassVar = ["-year", "-number"]
        constraints: ClassVar = [
            is_choice("state", QuarterState, name="quarter_state"),
            together("closed_at", "closed_by", name="quarter_closed"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=QUARTERS), name="quarter_number"
            ),
            models.CheckConstraint(
                condition=Q(state=QuarterState.CLOSED, closed_at__isnull=False)
                | Q(state=QuarterState.OPEN, closed_at__isnull=True),
                name="quarter_state_closed",
            ),
            models.UniqueConstraint(
                fields=["year", "number"],
                name="quarter_once",
                violation_error_message="这个季度已经布置过",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    @property
    def is_open(self) -> bool:
        """Whether units may report."""
        return self.state == QuarterState.OPEN

    @property
    def first(self) -> date:
        """Its first day."""
        return first_day(self.year, self.number)

    @property
    def last(self) -> date:
        """Its last day."""
        return day_after(self.year, self.number) - timedelta(days=1)


class Report(models.Model):
    """What a unit reports of a quarter: counts only, no names."""

    quarter = models.ForeignKey(
        Quarter, models.PROTECT, related_name="reports", verbose_name="季度"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports", verbose_name="单位")
    months = models.PositiveSmallIntegerField("自查并公示的月数", default=0)
    problems = models.TextField("自查发现的问题", max_length=1000, blank=True)
    measures = models.TextField("怎么改", max_length=1000, blank=True)
    note = models.TextField("说明", max_length=500, blank=True)
    """Why figures differ from what the platform knows."""
    state = models.CharField(
        "状态", max_length=10, choices=ReportState, default=ReportState.REPORTED
    )
    first_at = models.DateTimeField("首次报送时间", default=timezone.now, editable=False)
    reported_at = models.DateTimeField("报送时间", default=timezone.now)
    reported_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁报的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """As the county lists its units."""

        verbose_name = verbose_name_plural = "内部绩效季报"
        ordering: ClassVar = ["quarter", "unit__order", "id"]
        constraints: ClassVar = [
            is_choice("state", ReportState, name="report_state"),
            models.CheckConstraint(condition=Q(months__lte=MONTHS), name="report_months"),
            models.UniqueConstraint(fields=["quarter", "unit"], name="report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}{self.quarter}内部绩效"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()

    @property
    def is_late(self) -> bool:
        """Whether it first came after the deadline."""
        return timezone.localdate(self.first_at) > self.quarter.due_on


class ReportLine(models.Model):
    """One kind of subjects: how many there are, how many were appraised, and how that went."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="lines", verbose_name="季报")
    kind = models.CharField("责任主体", max_length=10, choices=Subject)
    due = models.PositiveIntegerField("应评")
    done = models.PositiveIntegerField("已评")
    top = models.PositiveIntegerField("好", default=0)
    good = models.PositiveIntegerField("较好", default=0)
    fair = models.PositiveIntegerField("一般", default=0)
    poor = models.PositiveIntegerField("较差", default=0)

    class Meta:
        """In the order of the form."""

        verbose_name = verbose_name_plural = "季报各类主体"
        ordering: ClassVar = ["report", "id"]
        constraints: ClassVar = [
            is_choice("kind", Subject, name="report_line_subject"),
            models.UniqueConstraint(fields=["report", "kind"], name="report_line_once"),
            models.CheckConstraint(condition=Q(done__lte=F("due")), name="report_line_done"),
            models.CheckConstraint(
                condition=Q(done=F("top") + F("good") + F("fair") + F("poor")),
                name="report_line_grades",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.get_kind_display()}"

    def place(self) -> Place:
        """That of the report."""
        return self.report.place()


class ReportReturn(models.Model):
    """A report sent back, and why; what was reported then stays in the audit."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="returns", verbose_name="季报")
    reason = models.CharField("退回理由", max_length=300)
    returned_at = models.DateTimeField("退回时间", default=timezone.now, editable=False)
    returned_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁退回的"
    )

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "季报退回"
        ordering: ClassVar = ["report", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="report_return_reason")
        ]

    def __str__(self) -> str:
        return f"{self.report}退回"

    def place(self) -> Place:
        """That of the report."""
        return self.report.place()
