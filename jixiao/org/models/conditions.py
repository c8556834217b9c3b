"""In what conditions does a unit's performance work happen? What the source bulletin complains of."""

from typing import ClassVar

from django.db import models

from jixiao.access.actor import Place
from jixiao.core.constraints import is_choice
from jixiao.org.models.units import Unit
from jixiao.org.states import ConditionKind, State, Use


class Condition(models.Model):
    """An office, signboard, notice board, computer or cabinet: how many, its own or shared, how kept."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="conditions", verbose_name="单位")
    kind = models.CharField("种类", max_length=14, choices=ConditionKind)
    quantity = models.PositiveSmallIntegerField("数量", default=1)
    use = models.CharField("使用", max_length=8, choices=Use, default=Use.OWN)
    state = models.CharField("状况", max_length=8, choices=State, default=State.GOOD)
    seen_on = models.DateField("核对日期")
    note = models.CharField("说明", max_length=200, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """One line a unit and kind."""

        verbose_name = verbose_name_plural = "办公条件"
        ordering: ClassVar = ["unit", "kind"]
        constraints: ClassVar = [
            is_choice("kind", ConditionKind, name="condition_kind"),
            is_choice("use", Use, name="condition_use"),
            is_choice("state", State, name="condition_state"),
            models.UniqueConstraint(fields=["unit", "kind"], name="condition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()
