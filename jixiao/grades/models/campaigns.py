"""Which appraisals are held by what parameters, and how far has each unit's table come?"""

from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.grades.quota import Limits
from jixiao.grades.states import (
    AFTER_APPROVAL,
    AFTER_SUBMISSION,
    APPEAL_DAYS,
    APPEAL_DECIDE_DAYS,
    DECIDE_DAYS,
    GOOD_LEAST,
    NOTICE_WORKDAYS,
    REVIEW_DAYS,
    CampaignKind,
    Category,
    Rounding,
    RoutineRule,
    StepKind,
    TableState,
    grades_of,
)
from jixiao.org.models import Unit
from jixiao.results.models import SealedResult
from jixiao.scoring.numbers import SCALE, percent_text


class Campaign(models.Model):
    """One appraisal of one kind of staff: what for, by when, and by which parameters."""

    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("考核类别", max_length=10, choices=CampaignKind)
    period = models.CharField("考核期", max_length=20)
    """``全年``, ``第三季度``, the name of a special task."""
    category = models.CharField("人员类别", max_length=6, choices=Category)
    on = models.DateField("人员基准日")
    """Whoever holds a post that day is in the table of that post's unit."""
    due_on = models.DateField("报送期限")
    document = models.CharField("依据文件", max_length=60, blank=True)
    share = models.PositiveIntegerField("一般比例")
    most = models.PositiveIntegerField("未经批准的上限")
    cap = models.PositiveIntegerField("经批准的上限")
    """Ten-thousandths."""
    rate_name = models.CharField("按单位等次定比例的事项", max_length=60, blank=True)
    """The consequence of the scheme that turns a unit's tier into a share; empty: the usual share."""
    rounding = models.CharField("取整", max_length=8, choices=Rounding, default=Rounding.FLOOR)
    counts_ungraded = models.BooleanField("不定等次的人计入基数", default=True)
    notice_workdays = models.PositiveSmallIntegerField("公示工作日", default=NOTICE_WORKDAYS)
    routine_rule = models.CharField(
        "平时考核的作用", max_length=5, choices=RoutineRule, default=RoutineRule.WARN
    )
    good_least = models.PositiveSmallIntegerField("至少几次好", default=GOOD_LEAST)
    review_days = models.PositiveSmallIntegerField("最低等次申请复核天数", default=REVIEW_DAYS)
    other_days = models.PositiveSmallIntegerField("其他等次申请复核天数", default=0)
    decide_days = models.PositiveSmallIntegerField("复核决定天数", default=DECIDE_DAYS)
    appeal_days = models.PositiveSmallIntegerField("申诉天数", default=APPEAL_DAYS)
    appeal_decide_days = models.PositiveSmallIntegerField(
        "申诉决定天数", default=APPEAL_DECIDE_DAYS
    )
    opened_at = models.DateTimeField("布置时间", default=timezone.now, editable=False)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁布置")
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "个人考核"
        ordering: ClassVar = ["-year", "-on", "-id"]
        constraints: ClassVar = [
            is_choice("kind", CampaignKind, name="campaign_kind"),
            is_choice("category", Category, name="campaign_category"),
            is_choice("rounding", Rounding, name="campaign_rounding"),
            is_choice("routine_rule", RoutineRule, name="campaign_routine_rule"),
            models.UniqueConstraint(
                fields=["year", "kind", "period", "category"],
                name="campaign_once",
                violation_error_message="这一期的考核已经布置过",
            ),
            models.CheckConstraint(
                condition=Q(share__lte=F("most"), most__lte=F("cap"), cap__lte=SCALE),
                name="campaign_shares",
                violation_error_message="一般比例不高于未经批准的上限，后者不高于经批准的上限",
            ),
        ]

    def __str__(self) -> str:
        whole = "年度" if self.kind == CampaignKind.ANNUAL else f"年{self.period}"
        kind = "考核" if whole == "年度" else self.get_kind_display()
        return f"{self.year}{whole}{self.get_category_display()}{kind}"

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades, best first."""
        return grades_of(self.kind, self.category)

    @property
    def is_annual(self) -> bool:
        """Whether the law's terms of review and the consequences hold."""
        return self.kind == CampaignKind.ANNUAL

    @property
    def limits(self) -> Limits:
        """The shares as exact numbers."""
        usual, most, cap = (Fraction(each, SCALE) for each in (self.share, self.most, self.cap))
        return Limits(usual, most, cap, self.rounding)

    @property
    def share_words(self) -> tuple[str, ...]:
        """The three shares in percent."""
        limits = self.limits
        return tuple(map(percent_text, (limits.usual, limits.most, limits.cap)))


class UnitTable(models.Model):
    """One unit's table in an appraisal: its places as they were when handed in, and its way."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="tables", verbose_name="哪次考核"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grade_tables", verbose_name="单位")
    state = models.CharField("状态", max_length=10, choices=TableState, default=TableState.DRAFTING)
    raised = models.PositiveIntegerField("经批准的比例", null=True)
    raised_document = models.CharField("批准提高比例的文号", max_length=60, blank=True)
    base = models.PositiveSmallIntegerField("报送时应参加人数", null=True)
    rate = models.CharField("报送时比例", max_length=20, blank=True)
    basis = models.CharField("报送时比例的由来", max_length=300, blank=True)
    places = models.PositiveSmallIntegerField("报送时名额", null=True)
    result = models.ForeignKey(
        SealedResult, models.PROTECT, null=True, related_name="+", verbose_name="名额取自哪次结果"
    )
    submitted_at = models.DateTimeField("报送时间", null=True)
    submitted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁报送"
    )
    notice_from = models.DateField("公示起", null=True)
    notice_until = models.DateField("公示止", null=True)
    approved_at = models.DateTimeField("审定时间", null=True)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁审定"
    )
    document = models.CharField("审定依据", max_length=60, blank=True)
    notified_at = models.DateTimeField("告知时间", null=True)
    notified_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁告知"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """In the order of units; half-truths about the state are refused."""

        verbose_name = verbose_name_plural = "单位考核表"
        ordering: ClassVar = ["campaign", "unit__order", "unit_id"]
        constraints: ClassVar = [
            is_choice("state", TableState, name="gtable_state"),
            together("submitted_at", "submitted_by", name="gtable_submitted"),
            together("approved_at", "approved_by", name="gtable_approved"),
            together("notified_at", "notified_by", name="gtable_notified"),
            together("notice_from", "notice_until", name="gtable_notice"),
            models.UniqueConstraint(fields=["campaign", "unit"], name="gtable_once"),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_SUBMISSION)
                | Q(submitted_at__isnull=False, base__isnull=False, places__isnull=False),
                name="gtable_state_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state=TableState.PUBLIC) | Q(notice_until__isnull=False),
                name="gtable_state_public",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AFTER_APPROVAL, approved_at__isnull=False)
                | ~Q(state__in=AFTER_APPROVAL) & Q(approved_at__isnull=True),
                name="gtable_state_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                name="gtable_two_people",
                violation_error_message="报送和审定要由两个人办理",
            ),
            models.CheckConstraint(
                condition=Q(raised__isnull=True, raised_document="")
                | Q(raised__isnull=False) & ~Q(raised_document=""),
                name="gtable_raised",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.campaign}"

    def place(self) -> Place:
        """That of the unit; its group has no say in people's grades."""
        return Place(units=self.unit.place().units)


class TableStep(models.Model):
    """One thing done about a table; nothing said before is ever cleared."""

    table = models.ForeignKey(
        UnitTable, models.PROTECT, related_name="steps", verbose_name="单位考核表"
    )
    kind = models.CharField("办理", max_length=10, choices=StepKind)
    text = models.CharField("说明", max_length=500, blank=True)
    taken_at = models.DateTimeField("办理时间", default=timezone.now, editable=False)
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁办的")

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "考核表办理经过"
        ordering: ClassVar = ["table", "id"]
        constraints: ClassVar = [is_choice("kind", StepKind, name="gstep_kind")]

    def __str__(self) -> str:
        return f"{self.table}{self.get_kind_display()}"

    def place(self) -> Place:
        """That of the table."""
        return self.table.place()


class Objection(models.Model):
    """What somebody in the unit said during the notice; who said it is known to those who look into it."""

    untold = frozenset({"text", "finding"})

    table = models.ForeignKey(
        UnitTable, models.PROTECT, related_name="objections", verbose_name="单位考核表"
    )
    text = models.TextField("反映的情况", max_length=1000)
    said_at = models.DateTimeField("反映时间", default=timezone.now, editable=False)
    said_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁反映")
    finding = models.TextField("核实情况", max_length=1000, blank=True)
    settled_at = models.DateTimeField("核实时间", null=True)
    settled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁核实"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "公示期反映"
        ordering: ClassVar = ["table", "id"]
        constraints: ClassVar = [
            together("settled_at", "settled_by", name="objection_settled"),
            models.CheckConstraint(condition=~Q(text=""), name="objection_text"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | ~Q(finding=""), name="objection_finding"
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("said_by")),
                name="objection_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}公示期反映"

    def place(self) -> Place:
        """That of the table."""
        return self.table.place()
