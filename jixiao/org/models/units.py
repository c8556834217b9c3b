"""Which units are there, what are they called, where do they belong, and what were they before?"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from jixiao.access.actor import Place
from jixiao.core.constraints import in_order, is_choice
from jixiao.org.states import ASSESSED, Kind, Manner


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters of units."""

    def open(self) -> Self:
        """Units that still exist."""
        return self.filter(until__isnull=True)

    def assessed(self) -> Self:
        """乡科级 units."""
        return self.filter(kind__in=ASSESSED)

    def below(self, unit: "Unit") -> Self:
        """Everything that belongs to ``unit``, at any depth."""
        return self.filter(path__startswith=unit.path).exclude(pk=unit.pk)

    def found_by(self, words: str) -> Self:
        """Units whose name, alias, pinyin or initials contain every word, best match first."""
        found = self
        for word in words.lower().split():
            found = found.filter(search__contains=word)
        return found.order_by(Length("name"), "path")


class Unit(models.Model):
    """A unit as it is today; what it was on another day is told by its versions."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    group = models.CharField("比较组", max_length=30, blank=True)
    """Within which units it is compared, as the schemes call it; empty below 乡科级."""
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField("路径", max_length=120, editable=False, db_index=True)
    """``/3/15/``: the numbers from the top down to itself."""
    order = models.PositiveIntegerField("次序", default=0)
    since = models.DateField("设立")
    until = models.DateField("撤销", null=True, blank=True)
    search = models.TextField("检索词", editable=False)
    """Names now and before, aliases, pinyin and initials in lower case."""
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        """Order of the county's own lists."""

        verbose_name = verbose_name_plural = "单位"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            is_choice("kind", Kind, name="unit_kind"),
            in_order("since", "until", name="unit_days"),
            models.UniqueConstraint(
                fields=["name", "parent"],
                condition=Q(until__isnull=True),
                name="unit_name_once",
                violation_error_message="同一上级下已有同名单位",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(until__isnull=True, parent__isnull=True),
                name="unit_top_name_once",
                violation_error_message="已有同名的乡科级单位",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ASSESSED, parent__isnull=True)
                | ~Q(kind__in=ASSESSED) & Q(parent__isnull=False),
                name="unit_parent",
                violation_error_message="乡科级单位没有上级；内设机构、下属单位和村要写明上级",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        """Itself and everything above it, and its group."""
        return Place(
            units=tuple(int(part) for part in self.path.split("/") if part), group=self.group
        )

    @property
    def is_open(self) -> bool:
        """Whether it still exists."""
        return self.until is None


class UnitVersion(models.Model):
    """What a unit was called and where it belonged, from one day until another."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions", verbose_name="单位")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    group = models.CharField("比较组", max_length=30, blank=True)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级"
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    document = models.CharField("依据", max_length=80, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "单位沿革"
        ordering: ClassVar = ["unit", "-since", "-id"]
        constraints: ClassVar = [
            is_choice("kind", Kind, name="version_kind"),
            in_order("since", "until", name="version_days"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until__isnull=True), name="version_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.since}起）"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()

    def covers(self, day: date) -> bool:
        """Whether this was so on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)


class Alias(models.Model):
    """Another name under which a unit appears in tables and texts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aliases", verbose_name="单位")
    name = models.CharField("别名", max_length=60)
    since = models.DateField("起", null=True, blank=True)
    until = models.DateField("止", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """By name."""

        verbose_name = verbose_name_plural = "单位别名"
        ordering: ClassVar = ["unit", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="alias_once",
                violation_error_message="这个单位已有这个别名",
            ),
            in_order("since", "until", name="alias_days"),
        ]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()


class Reorganization(models.Model):
    """Units that became other units: a merger, a split or a closure, by which document."""

    manner = models.CharField("方式", max_length=10, choices=Manner)
    on = models.DateField("生效日期")
    document = models.CharField("依据", max_length=80)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "机构变动"
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [is_choice("manner", Manner, name="reorganization_manner")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_manner_display()}"


class Succession(models.Model):
    """One unit that went into another; a closed unit without successor has ``after`` empty."""

    reorganization = models.ForeignKey(
        Reorganization, models.PROTECT, related_name="successions", verbose_name="机构变动"
    )
    before = models.ForeignKey(
        Unit, models.PROTECT, related_name="went_into", verbose_name="原单位"
    )
    after = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="came_from", verbose_name="承接单位"
    )

    class Meta:
        """As entered."""

        verbose_name = verbose_name_plural = "承接关系"
        ordering: ClassVar = ["reorganization", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reorganization", "before", "after"], name="succession_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after or '（无）'}"
