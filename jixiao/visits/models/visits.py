"""Which unit is visited when by whom, how far has it come, and who stands behind what was said?"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.org.models import Unit
from jixiao.rectification.models import Case
from jixiao.visits.models.rounds import Draw, Round, Team
from jixiao.visits.states import OPEN_VISITS, Manner, RoundKind, Side, VisitState


class VisitQuerySet(models.QuerySet["Visit"]):
    """Filters of visits."""

    def open(self) -> Self:
        """Not finished yet."""
        return self.filter(state__in=OPEN_VISITS)

    def of_assessor(self, account: int | None) -> Self:
        """Those to which this account goes."""
        return self.filter(team__seats__person__account=account)


class Visit(models.Model):
    """One unit in one round: planned, recorded, fed back, confirmed by both sides."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="visits", verbose_name="轮次")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits", verbose_name="单位")
    name = models.CharField("办法中的名称", max_length=60)
    group = models.CharField("办法中的组别", max_length=30)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="评估组"
    )
    draw = models.ForeignKey(
        Draw, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="哪次抽取"
    )
    on = models.DateField("日期", null=True, blank=True)
    starts = models.TimeField("开始", null=True, blank=True)
    ends = models.TimeField("结束", null=True, blank=True)
    place_note = models.CharField("地点", max_length=80, blank=True)
    order = models.PositiveIntegerField("次序", default=0)
    told_on = models.DateField("已通知单位的日期", null=True, blank=True)
    """The day that the unit was told; another than ``on``: it has to be told again."""
    host = models.CharField("单位陪同", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=VisitState, default=VisitState.PLANNED)
    excuse = models.CharField("不参加的原因", max_length=200, blank=True)
    started_at = models.DateTimeField("开始时间", null=True)
    started_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁开始的"
    )
    fed_back_at = models.DateTimeField("反馈时间", null=True)
    fed_back_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁反馈的"
    )
    closed_at = models.DateTimeField("确认时间", null=True)
    closed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁确认的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        """By day, then by the scheme's order."""

        verbose_name = verbose_name_plural = "现场评估"
        ordering: ClassVar = ["round_id", "on", "starts", "order", "id"]
        constraints: ClassVar = [
            is_choice("state", VisitState, name="visit_state"),
            together("started_at", "started_by", name="visit_started"),
            together("fed_back_at", "fed_back_by", name="visit_fed_back"),
            together("closed_at", "closed_by", name="visit_closed"),
            models.UniqueConstraint(
                fields=["round", "unit"],
                name="visit_once",
                violation_error_message="这个单位已在本轮之中",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True)
                | Q(starts__isnull=False, ends__gt=models.F("starts")),
                name="visit_hours",
                violation_error_message="结束要晚于开始",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.EXCUSED) | ~Q(excuse=""), name="visit_excuse"
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(VisitState.UNDERWAY, VisitState.FED_BACK, VisitState.CLOSED)
                )
                | Q(started_at__isnull=False),
                name="visit_state_started",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(VisitState.FED_BACK, VisitState.CLOSED))
                | Q(fed_back_at__isnull=False),
                name="visit_state_fed_back",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.CLOSED, closed_at__isnull=False)
                | ~Q(state=VisitState.CLOSED) & Q(closed_at__isnull=True),
                name="visit_state_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.round.name}"

    def place(self) -> Place:
        """That of the unit, in the group in which the scheme compares it."""
        return Place(units=self.unit.place().units, group=self.group)

    @property
    def is_secret(self) -> bool:
        """Whether the unit must not know yet: spot checks come unannounced."""
        return self.round.kind == RoundKind.SPOT and self.state == VisitState.PLANNED

    @property
    def is_open(self) -> bool:
        """Whether it is not finished yet."""
        return self.state in OPEN_VISITS


class Confirmation(models.Model):
    """Somebody of one side stood behind the feedback, or said why not."""

    untold = frozenset({"strokes", "view"})
    """Who disagrees speaks of marks."""

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="confirmations", verbose_name="现场评估"
    )
    key = models.UUIDField("编号", unique=True)
    side = models.CharField("哪一方", max_length=4, choices=Side)
    person_name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=40, blank=True)
    manner = models.CharField("方式", max_length=10, choices=Manner)
    strokes = models.JSONField("签名笔迹", default=list)
    """``[[[x, y], …], …]`` in whole units of a 600 × 200 field; empty for accounts."""
    agrees = models.BooleanField("同意", default=True)
    view = models.TextField("意见", max_length=1000, blank=True)
    is_void = models.BooleanField("已失效", default=False)
    """Records were taken back and changed after this was given."""
    confirmed_at = models.DateTimeField("确认时间")
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="在谁的账号上"
    )

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "反馈确认"
        ordering: ClassVar = ["visit_id", "id"]
        constraints: ClassVar = [
            is_choice("side", Side, name="confirmation_side"),
            is_choice("manner", Manner, name="confirmation_manner"),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(view=""),
                name="confirmation_view",
                violation_error_message="不同意的请写明意见",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.person_name}"

    def place(self) -> Place:
        """That of the visit."""
        return self.visit.place()


class Finding(models.Model):
    """A finding noted in a visit; what becomes of it is told in the room of rectification."""

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="findings", verbose_name="现场评估"
    )
    key = models.UUIDField("编号", unique=True)
    case = models.OneToOneField(Case, models.PROTECT, related_name="finding", verbose_name="问题")

    class Meta:
        """As noted."""

        verbose_name = verbose_name_plural = "现场问题"
        ordering: ClassVar = ["visit_id", "id"]

    def __str__(self) -> str:
        return str(self.case)

    def place(self) -> Place:
        """That of the visit."""
        return self.visit.place()
