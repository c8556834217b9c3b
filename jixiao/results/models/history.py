"""Which results of earlier years are known by their tiers only?"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import together
from jixiao.org.models import Unit
from jixiao.schemes.models import SchemeLine


class PastResult(models.Model):
    """A list of tiers from before the platform, entered from a document; it is marked as such everywhere."""

    line = models.ForeignKey(
        SchemeLine, models.PROTECT, null=True, related_name="past", verbose_name="哪个办法"
    )
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=120)
    document = models.CharField("文号", max_length=60)
    """The bulletin it was read from."""
    entered_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁录入")
    confirmed_at = models.DateTimeField("核对时间", null=True)
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁核对"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest year first."""

        verbose_name = verbose_name_plural = "历史等次"
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            together("confirmed_at", "confirmed_by", name="past_confirmed"),
            models.UniqueConstraint(
                fields=["line", "year"],
                name="past_once",
                violation_error_message="这个办法这一年的历史等次已经录入",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="past_two_people",
                violation_error_message="录入和核对要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度{self.title}（历史录入）"

    @property
    def counts(self) -> bool:
        """Whether it was checked by a second person and counts for streaks and trends."""
        return self.confirmed_at is not None


class PastTier(models.Model):
    """The tier of one unit in an earlier year; the name is that of its day."""

    past = models.ForeignKey(
        PastResult, models.PROTECT, related_name="tiers", verbose_name="历史等次"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="past_tiers", verbose_name="单位")
    name = models.CharField("当时的名称", max_length=60)
    group = models.CharField("组别", max_length=30, blank=True)
    tier = models.CharField("等次", max_length=20)

    class Meta:
        """As entered."""

        verbose_name = verbose_name_plural = "单位历史等次"
        ordering: ClassVar = ["past", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["past", "unit"], name="past_unit_once"),
            models.CheckConstraint(condition=~Q(tier=""), name="past_tier"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.tier}（{self.past.year}）"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()
