"""Who was told what by when, and what do people say in return?"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.notices.states import OpinionKind, OpinionState
from jixiao.org.models import Unit


class Opinion(models.Model):
    """What somebody complains of, suggests or asks, and the office's answer to it."""

    kind = models.CharField("类别", max_length=10, choices=OpinionKind)
    text = models.TextField("内容", max_length=2000)
    page = models.CharField("从哪一页写的", max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    hides_name = models.BooleanField("公开时隐去姓名和单位", default=True)
    state = models.CharField(
        "状态", max_length=10, choices=OpinionState, default=OpinionState.WAITING
    )
    written_at = models.DateTimeField("提出时间", default=timezone.now, editable=False)
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁提的")
    answer = models.TextField("答复", max_length=2000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁答的"
    )
    seen_at = models.DateTimeField("本人看到答复的时间", null=True)
    published_at = models.DateTimeField("公开时间", null=True)
    published_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁公开的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "意见建议"
        ordering: ClassVar = ["-written_at", "-id"]
        constraints: ClassVar = [
            is_choice("kind", OpinionKind, name="opinion_kind"),
            is_choice("state", OpinionState, name="opinion_state"),
            together("answered_at", "answered_by", name="opinion_answered"),
            together("published_at", "published_by", name="opinion_published"),
            models.CheckConstraint(
                condition=Q(state=OpinionState.WAITING, answered_at=None, answer="", seen_at=None)
                | ~Q(state=OpinionState.WAITING) & Q(answered_at__isnull=False) & ~Q(answer=""),
                name="opinion_state_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state=OpinionState.PUBLISHED) | Q(published_at__isnull=False),
                name="opinion_state_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text[:30]}"

    @property
    def author(self) -> str:
        """The author as everybody may read it."""
        if self.hides_name:
            return "不署名"
        return f"{self.unit} {self.written_by.name}" if self.unit else self.written_by.name


class Notice(models.Model):
    """Something that units are told or asked."""

    title = models.CharField("标题", max_length=80)
    body = models.TextField("正文", max_length=5000)
    due_on = models.DateField("期限", null=True, blank=True)
    needs_sign = models.BooleanField("需要签收", default=True)
    sent_at = models.DateTimeField("发出时间", default=timezone.now, editable=False)
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁发的")
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "通知"
        ordering: ClassVar = ["-sent_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(needs_sign=True),
                name="notice_due",
                violation_error_message="有期限的通知需要签收",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """What one unit did with a notice: read it, signed for it. Kept for the unit, never for a person's rank."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="receipts", verbose_name="通知")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="receipts", verbose_name="单位")
    read_at = models.DateTimeField("阅读时间", null=True)
    read_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁读的"
    )
    acknowledged_at = models.DateTimeField("签收时间", null=True)
    acknowledged_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁签收的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """As the county lists its units."""

        verbose_name = verbose_name_plural = "通知回执"
        ordering: ClassVar = ["notice", "unit__order", "id"]
        constraints: ClassVar = [
            together("read_at", "read_by", name="receipt_read"),
            together("acknowledged_at", "acknowledged_by", name="receipt_acknowledged"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(read_at__lte=F("acknowledged_at")),
                name="receipt_read_first",
            ),
            models.UniqueConstraint(fields=["notice", "unit"], name="receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice}（{self.unit}）"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()
