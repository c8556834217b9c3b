"""Which unit objects to what, who decided it, and which marks did that add?"""

from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.results.models.runs import ResultUnit, SealedResult
from jixiao.results.states import DECIDED, UPHELD, ReviewKind, ReviewState
from jixiao.scoring.numbers import SCALE, number_text


class Review(models.Model):
    """An objection of a unit to an item, or to its total or tier, in one result."""

    untold = frozenset({"claim", "asked", "decision"})

    part = models.ForeignKey(
        ResultUnit, models.PROTECT, related_name="reviews", verbose_name="哪份成绩单"
    )
    kind = models.CharField("类别", max_length=8, choices=ReviewKind, default=ReviewKind.REVIEW)
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="appeals", verbose_name="不服哪个复核决定"
    )
    code = models.CharField("项目编码", max_length=20, blank=True)
    """Empty: the total or the tier."""
    item = models.CharField("项目", max_length=60)
    claim = models.TextField("理由", max_length=2000)
    asked = models.CharField("请求", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=ReviewState, default=ReviewState.APPLIED
    )
    late_reason = models.CharField("逾期受理的理由", max_length=300, blank=True)
    applied_at = models.DateTimeField("申请时间", default=timezone.now, editable=False)
    applied_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁申请的"
    )
    due_on = models.DateField("决定期限")
    decision = models.TextField("决定和理由", max_length=2000, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁决定的"
    )
    appeal_until = models.DateField("申诉截止", null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁撤回的"
    )
    led_to = models.ForeignKey(
        SealedResult, models.PROTECT, null=True, related_name="came_from", verbose_name="重算的结果"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first; half-truths about the decision are refused."""

        verbose_name = verbose_name_plural = "复核申诉"
        ordering: ClassVar = ["-applied_at", "-id"]
        constraints: ClassVar = [
            is_choice("kind", ReviewKind, name="review_kind"),
            is_choice("state", ReviewState, name="review_state"),
            together("decided_at", "decided_by", name="review_decided"),
            together("withdrawn_at", "withdrawn_by", name="review_withdrawn"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=ReviewState.WITHDRAWN) & Q(withdrawn_at__isnull=True),
                name="review_state_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("applied_by")),
                name="review_two_people",
                violation_error_message="申请、受理和决定要由两个人办理",
            ),
            models.CheckConstraint(condition=~Q(claim="") & ~Q(asked=""), name="review_claim"),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False) & ~Q(decision="")
                | ~Q(state__in=DECIDED) & Q(decided_at__isnull=True),
                name="review_state_decided",
            ),
            models.CheckConstraint(
                condition=Q(led_to__isnull=True) | Q(state__in=UPHELD), name="review_state_led_to"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.APPEAL, first__isnull=False)
                | Q(kind=ReviewKind.REVIEW, first__isnull=True),
                name="review_kind_first",
            ),
            models.UniqueConstraint(
                fields=["part", "code"],
                condition=Q(state=ReviewState.APPLIED),
                name="review_open_once",
                violation_error_message="这一项的复核申请正在办理",
            ),
            models.UniqueConstraint(
                fields=["first"],
                condition=~Q(state=ReviewState.WITHDRAWN),
                name="review_appeal_once",
                violation_error_message="对这个复核决定已经申诉过",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part.name} {self.item} {self.get_kind_display()}"

    def place(self) -> Place:
        """That of the unit's part."""
        return self.part.place()

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == ReviewState.APPLIED


class ReviewFile(models.Model):
    """What a unit hands in with its objection; never required."""

    review = models.ForeignKey(
        Review, models.PROTECT, related_name="files", verbose_name="复核申诉"
    )
    file = models.FileField("文件", upload_to="复核/")
    name = models.CharField("文件名", max_length=120)
    media = models.CharField("类型", max_length=80)
    size = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要", max_length=80)
    """SHA-256, with the algorithm named."""

    class Meta:
        """As handed in."""

        verbose_name = verbose_name_plural = "复核材料"
        ordering: ClassVar = ["review_id", "id"]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        """That of the objection."""
        return self.review.place()


class Amendment(models.Model):
    """A value of the sheet that a granted objection puts in the place of another; the sheet itself stays."""

    untold = frozenset({"before", "after"})

    review = models.ForeignKey(
        Review, models.PROTECT, related_name="amendments", verbose_name="复核申诉"
    )
    round = models.CharField("轮次", max_length=20, blank=True)
    column = models.CharField("记分表的列", max_length=60)
    before = models.BigIntegerField("更正前", null=True)
    after = models.BigIntegerField("更正后")
    """Ten-thousandths, as everywhere in the sheet."""

    class Meta:
        """As decided."""

        verbose_name = verbose_name_plural = "复核更正"
        ordering: ClassVar = ["review_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "round", "column"], name="amendment_once")
        ]

    def __str__(self) -> str:
        return f"{self.review} {self.column}"

    @property
    def before_words(self) -> str:
        """The figure that was."""
        return _words(self.before)

    @property
    def after_words(self) -> str:
        """The figure that is."""
        return _words(self.after)

    def place(self) -> Place:
        """That of the objection."""
        return self.review.place()


def _words(value: int | None) -> str:
    return "空" if value is None else number_text(Fraction(value, SCALE))
