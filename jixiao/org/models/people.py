"""Who works where, who answers for performance work in each unit, and who stands in for whom?"""

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import in_order, is_choice
from jixiao.org.models.units import Unit
from jixiao.org.states import LEADING_RANKS, SINGLE, DutyRole, Rank

R = TypeVar("R", bound=models.Model)


class DatedQuerySet(models.QuerySet[R]):
    """Filters of rows that hold from a day until a day."""

    def on(self, day: date) -> Self:
        """Rows in force on ``day``."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class PersonQuerySet(models.QuerySet["Person"]):
    """Filters of people."""

    def found_by(self, words: str) -> Self:
        """People whose name, pinyin or initials contain every word."""
        found = self
        for word in words.lower().split():
            found = found.filter(search__contains=word)
        return found.order_by(Length("name"), "name", "id")


class Person(models.Model):
    """Somebody who works for the county. Only what the work needs is kept: name, rank, posts."""

    name = models.CharField("姓名", max_length=40)
    code = models.CharField("人员编号", max_length=30, unique=True)
    """Tells people of one name apart; never an identity card's number."""
    rank = models.CharField("职级", max_length=16, choices=Rank)
    account = models.OneToOneField(
        Account, models.PROTECT, null=True, blank=True, related_name="person", verbose_name="账号"
    )
    search = models.TextField("检索词", editable=False)
    left_on = models.DateField("离开日期", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        """By number."""

        verbose_name = verbose_name_plural = "人员"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [is_choice("rank", Rank, name="person_rank")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_leading(self) -> bool:
        """副科级以上."""
        return self.rank in LEADING_RANKS


class Post(models.Model):
    """A job of a person in a unit, from a day until a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("职务", max_length=40)
    is_full_time = models.BooleanField("专职", default=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = DatedQuerySet["Post"].as_manager()

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "任职"
        ordering: ClassVar = ["unit", "-since", "id"]
        constraints: ClassVar = [
            in_order("since", "until", name="post_days"),
            models.UniqueConstraint(
                fields=["person", "unit", "title"],
                condition=Q(until__isnull=True),
                name="post_once",
                violation_error_message="此人在该单位已有这个职务",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "title", "since"],
                name="post_day_once",
                violation_error_message="此人的这个职务从同一天起已有一条记录",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.title}"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()


class Duty(models.Model):
    """Who answers for performance work in a unit: leading group, 分管人, 联络员."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="duties", verbose_name="人员")
    role = models.CharField("分工", max_length=10, choices=DutyRole)
    is_full_time = models.BooleanField("专职", default=False)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    document = models.CharField("依据", max_length=80, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = DatedQuerySet["Duty"].as_manager()

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "绩效分工"
        ordering: ClassVar = ["unit", "role", "-since"]
        constraints: ClassVar = [
            is_choice("role", DutyRole, name="duty_role"),
            in_order("since", "until", name="duty_days"),
            models.UniqueConstraint(
                fields=["unit", "role"],
                condition=Q(until__isnull=True, role__in=SINGLE),
                name="duty_single",
                violation_error_message="组长、分管人、联络员同一时间只能有一人，请先结束原来的",
            ),
            models.UniqueConstraint(
                fields=["unit", "person", "role"],
                condition=Q(until__isnull=True),
                name="duty_once",
                violation_error_message="此人已承担这项分工",
            ),
            models.UniqueConstraint(
                fields=["unit", "person", "role", "since"],
                name="duty_day_once",
                violation_error_message="此人的这项分工从同一天起已有一条记录",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()} {self.person}"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()


class Delegation(models.Model):
    """Somebody stands in for somebody away in a unit's duties, from a day until a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="delegations", verbose_name="单位")
    absent = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_given", verbose_name="委托人"
    )
    deputy = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_taken", verbose_name="受托人"
    )
    since = models.DateField("起")
    until = models.DateField("止")
    reason = models.CharField("原因", max_length=200)
    document = models.CharField("依据", max_length=80, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = DatedQuerySet["Delegation"].as_manager()

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "委托"
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            in_order("since", "until", name="delegation_days"),
            models.CheckConstraint(
                condition=~Q(absent=models.F("deputy")),
                name="delegation_two",
                violation_error_message="不能委托给本人",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy}代{self.absent}"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()
