"""What was found wrong where, what has been done about it, and which reminders wait for a reply?"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.org.models import Unit
from jixiao.rectification.states import (
    KNOWN,
    OPEN,
    OWED_BY_UNIT,
    CaseState,
    ReminderState,
    StepKind,
)


class CaseQuerySet(models.QuerySet["Case"]):
    """Filters of findings."""

    def open(self) -> Self:
        """Told and not yet put right."""
        return self.filter(state__in=OPEN)

    def known(self) -> Self:
        """What units were told of."""
        return self.filter(state__in=KNOWN)

    def owed(self) -> Self:
        """Wait for the unit."""
        return self.filter(state__in=OWED_BY_UNIT)


class Case(models.Model):
    """A finding and its way to being put right: item, fact, evidence, cause, opinion, deadline."""

    untold = frozenset({"points"})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    source = models.CharField("来源", max_length=60)
    """Where it was found, such as ``2026年度全年评估``."""
    code = models.CharField("项目编码", max_length=20, blank=True)
    item = models.CharField("项目", max_length=60)
    theme = models.CharField("归类", max_length=20, blank=True)
    """Common findings of several units go under one heading in the bulletin."""
    fact = models.TextField("事实", max_length=1000)
    evidence = models.TextField("依据", max_length=500, blank=True)
    cause = models.TextField("原因", max_length=500, blank=True)
    opinion = models.TextField("整改意见", max_length=500, blank=True)
    workdays = models.PositiveSmallIntegerField("整改工作日")
    due_on = models.DateField("期限", null=True)
    points = models.BigIntegerField("预扣分", null=True)
    """Ten-thousandths, positive; given back when put right in time, where the scheme says so."""
    given_back_at = models.DateTimeField("恢复时间", null=True)
    given_back_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁恢复的"
    )
    state = models.CharField("状态", max_length=10, choices=CaseState, default=CaseState.NOTED)
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="repeated", verbose_name="重复哪一条"
    )
    """The finding on the same item of the same unit that came before."""
    turn = models.PositiveSmallIntegerField("第几轮整改", default=1)
    found_at = models.DateTimeField("发现时间", default=timezone.now, editable=False)
    found_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁发现的")
    told_at = models.DateTimeField("反馈时间", null=True)
    told_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁反馈的"
    )
    closed_at = models.DateTimeField("销号时间", null=True)
    closed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁销号的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        """Newest first; half-truths about the state are refused."""

        verbose_name = verbose_name_plural = "问题"
        ordering: ClassVar = ["-found_at", "-id"]
        constraints: ClassVar = [
            is_choice("state", CaseState, name="case_state"),
            together("told_at", "told_by", name="case_told"),
            together("closed_at", "closed_by", name="case_closed"),
            together("given_back_at", "given_back_by", name="case_given_back"),
            models.CheckConstraint(condition=~Q(fact=""), name="case_fact"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gt=0), name="case_points"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=KNOWN)
                | Q(told_at__isnull=False, due_on__isnull=False) & ~Q(opinion=""),
                name="case_state_told",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED) | Q(closed_at__isnull=False),
                name="case_state_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.item}：{self.fact[:30]}"

    def place(self) -> Place:
        """That of the unit, and the item."""
        return Place(self.unit.place().units, self.unit.group, self.code)


class CaseStep(models.Model):
    """One thing done about a finding; nothing said before is ever cleared."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name="问题")
    kind = models.CharField("办理", max_length=10, choices=StepKind)
    turn = models.PositiveSmallIntegerField("第几轮整改", default=1)
    text = models.TextField("说明", max_length=2000, blank=True)
    where = models.CharField("哪一次", max_length=60, blank=True)
    """The visit in which it was looked at again."""
    due_on = models.DateField("当时的期限", null=True)
    taken_at = models.DateTimeField("办理时间", default=timezone.now, editable=False)
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁办的")

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "整改经过"
        ordering: ClassVar = ["case_id", "id"]
        constraints: ClassVar = [is_choice("kind", StepKind, name="step_kind")]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    def place(self) -> Place:
        """That of the finding."""
        return self.case.place()


class Proof(models.Model):
    """A file that a unit hands in with what it did; never required."""

    step = models.ForeignKey(CaseStep, models.PROTECT, related_name="files", verbose_name="办理")
    file = models.FileField("文件", upload_to="整改/")
    name = models.CharField("文件名", max_length=120)
    media = models.CharField("类型", max_length=80)
    size = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要", max_length=80)
    """SHA-256, with the algorithm named."""

    class Meta:
        """As handed in."""

        verbose_name = verbose_name_plural = "整改材料"
        ordering: ClassVar = ["step_id", "id"]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        """That of the finding."""
        return self.step.case.place()


class Reminder(models.Model):
    """督促通知单: what a unit is behind with, and by when it must say what it does about it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders", verbose_name="单位")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="reminders", verbose_name="哪个问题"
    )
    number = models.CharField("编号", max_length=40, unique=True)
    subject = models.CharField("事由", max_length=80)
    facts = models.TextField("情况", max_length=2000)
    asked = models.TextField("要求", max_length=1000)
    due_on = models.DateField("回复期限")
    state = models.CharField(
        "状态", max_length=10, choices=ReminderState, default=ReminderState.SENT
    )
    sent_at = models.DateTimeField("发出时间", default=timezone.now, editable=False)
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁发的")
    settled_at = models.DateTimeField("办结时间", null=True)
    settled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁办结的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "督促通知单"
        ordering: ClassVar = ["-sent_at", "-id"]
        constraints: ClassVar = [
            is_choice("state", ReminderState, name="reminder_state"),
            together("settled_at", "settled_by", name="reminder_settled"),
            models.CheckConstraint(
                condition=Q(state=ReminderState.SETTLED, settled_at__isnull=False)
                | ~Q(state=ReminderState.SETTLED) & Q(settled_at__isnull=True),
                name="reminder_state_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()


class Reply(models.Model):
    """What a unit answered to a reminder, and where it was not enough, why."""

    reminder = models.ForeignKey(
        Reminder, models.PROTECT, related_name="replies", verbose_name="督促通知单"
    )
    text = models.TextField("回复", max_length=2000)
    replied_at = models.DateTimeField("回复时间", default=timezone.now, editable=False)
    replied_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁回复的"
    )
    sent_back = models.CharField("退回理由", max_length=500, blank=True)
    sent_back_at = models.DateTimeField("退回时间", null=True)
    sent_back_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁退回的"
    )

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "督促回复"
        ordering: ClassVar = ["reminder_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_text"),
            together("sent_back_at", "sent_back_by", name="reply_sent_back"),
        ]

    def __str__(self) -> str:
        return f"{self.reminder}的回复"

    def place(self) -> Place:
        """That of the unit."""
        return self.reminder.place()
