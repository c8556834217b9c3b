"""Which years are managed, and when does each step of a year take place?"""

from typing import ClassVar

from django.db import models

from jixiao.core.constraints import in_order, is_choice
from jixiao.periods.states import StageKind


class Cycle(models.Model):
    """One year of performance management, from its first step to its last."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    title = models.CharField("名称", max_length=40)
    since = models.DateField("起")
    until = models.DateField("止")
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "年度周期"
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [in_order("since", "until", name="cycle_days")]

    def __str__(self) -> str:
        return self.title


class Stage(models.Model):
    """One step of a year: which, from when until when."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="stages", verbose_name="周期")
    kind = models.CharField("步骤", max_length=10, choices=StageKind)
    since = models.DateField("起")
    until = models.DateField("止")
    note = models.CharField("说明", max_length=100, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """In time."""

        verbose_name = verbose_name_plural = "周期步骤"
        ordering: ClassVar = ["cycle", "since", "id"]
        constraints: ClassVar = [
            is_choice("kind", StageKind, name="stage_kind"),
            in_order("since", "until", name="stage_days"),
            models.UniqueConstraint(
                fields=["cycle", "kind"],
                name="stage_once",
                violation_error_message="这个周期已有这一步",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.get_kind_display()}"
