"""Which results are kept, of which units, and who answers for loading and publishing them?"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.org.models import Unit
from jixiao.results.states import ResultState
from jixiao.visits.models import Round


class SealedResult(models.Model):
    """A sealed result as it was loaded; nothing of it is ever changed, a newer one supersedes it."""

    untold = frozenset({"body"})

    year = models.PositiveSmallIntegerField("年度")
    round_name = models.CharField("评估名称", max_length=30)
    title = models.CharField("办法", max_length=120)
    state = models.CharField("状态", max_length=10, choices=ResultState, default=ResultState.LOADED)
    scheme_digest = models.CharField("办法摘要", max_length=80)
    sheet_digest = models.CharField("记分表摘要", max_length=80)
    outputs_digest = models.CharField("得分摘要", max_length=80)
    seal = models.CharField(
        "封条", max_length=80, unique=True, error_messages={"unique": "这份结果已经录入过"}
    )
    engine = models.CharField("计算程序", max_length=20)
    body = models.BinaryField("封存的结果")
    """The file as it was handed in, compressed."""
    loaded_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)
    loaded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁录入")
    published_at = models.DateTimeField("公布时间", null=True)
    published_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁公布"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest year first, then the latest loaded."""

        verbose_name = verbose_name_plural = "得分结果"
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            is_choice("state", ResultState, name="result_state"),
            together("published_at", "published_by", name="result_published"),
            models.CheckConstraint(
                condition=Q(state=ResultState.LOADED, published_at=None)
                | Q(state=ResultState.PUBLISHED, published_at__isnull=False),
                name="result_state_date",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("loaded_by")),
                name="result_two_people",
                violation_error_message="录入和公布要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.round_name}"

    @property
    def is_published(self) -> bool:
        """Whether the units may see it."""
        return self.state == ResultState.PUBLISHED


class ResultUnit(models.Model):
    """Which unit of the county a name in a result is; the result keeps the name of its day."""

    result = models.ForeignKey(
        SealedResult, models.PROTECT, related_name="units", verbose_name="结果"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="results", verbose_name="单位")
    name = models.CharField("结果中的名称", max_length=60)
    group = models.CharField("结果中的组别", max_length=30)

    class Meta:
        """In the scheme's order."""

        verbose_name = verbose_name_plural = "结果中的单位"
        ordering: ClassVar = ["result", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["result", "unit"], name="result_unit_once"),
            models.UniqueConstraint(fields=["result", "name"], name="result_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.result}）"

    def place(self) -> Place:
        """That of the unit, in the group in which the result compared it."""
        return Place(units=self.unit.place().units, group=self.group)


class ResultRound(models.Model):
    """A round whose records the result was made from: the way back from a mark to who gave it."""

    result = models.ForeignKey(
        SealedResult, models.PROTECT, related_name="rounds", verbose_name="结果"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="results", verbose_name="评估轮次"
    )

    class Meta:
        """In the scheme's order."""

        verbose_name = verbose_name_plural = "结果取自哪些轮次"
        ordering: ClassVar = ["result", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["result", "round"], name="result_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.result}取自{self.round}"
