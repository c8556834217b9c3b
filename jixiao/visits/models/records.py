"""What was recorded for which item, by whom, in which versions, and what was corrected later?"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.visits.models.rounds import Adjustment
from jixiao.visits.models.visits import Visit
from jixiao.visits.states import EntryState, FileState, RecordState

SECRET = frozenset({"values", "mark", "reason", "remark"})
"""The audit tells the digest of these: its administrators must not read marks."""


class Record(models.Model):
    """What stands for one item of one visit: method, values or mark, reason."""

    untold = SECRET

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="records", verbose_name="现场评估"
    )
    code = models.CharField("项目编码", max_length=20)
    """A scored item, or ``-`` for what the scheme asks of the unit beside its items."""
    methods = models.CharField("方法", max_length=20, blank=True)
    """``hear,look,read``."""
    values = models.JSONField("数值", default=dict)
    """By sheet column, in ten-thousandths."""
    mark = models.BigIntegerField("得分", null=True)
    """Ten-thousandths, where the unit's own figures decide it; ranks are known when all are in."""
    reason = models.CharField("扣分理由", max_length=500, blank=True)
    remark = models.CharField("备注", max_length=500, blank=True)
    digest = models.CharField("摘要", max_length=80)
    """Of methods, values, reason and remark."""
    state = models.CharField(
        "状态", max_length=10, choices=RecordState, default=RecordState.STANDING
    )
    saved_at = models.DateTimeField("记录时间", default=timezone.now, editable=False)
    saved_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁记的")
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """By item."""

        verbose_name = verbose_name_plural = "现场记录"
        ordering: ClassVar = ["visit_id", "id"]
        constraints: ClassVar = [
            is_choice("state", RecordState, name="record_state"),
            models.UniqueConstraint(fields=["visit", "code"], name="record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.code}"

    def place(self) -> Place:
        """That of the visit, and the item."""
        of = self.visit.place()
        return Place(of.units, of.group, self.code)


class Entry(models.Model):
    """Something that was entered for a record, from one device; kept whatever became of it."""

    untold = SECRET

    key = models.UUIDField("编号", unique=True)
    """Made by the device: the same entry sent twice counts once."""
    record = models.ForeignKey(
        Record, models.PROTECT, related_name="entries", verbose_name="现场记录"
    )
    base = models.PositiveIntegerField("所见版本", default=0)
    """The record's version that the device knew; 0 for none."""
    methods = models.CharField("方法", max_length=20, blank=True)
    values = models.JSONField("数值", default=dict)
    mark = models.BigIntegerField("得分", null=True)
    reason = models.CharField("扣分理由", max_length=500, blank=True)
    remark = models.CharField("备注", max_length=500, blank=True)
    digest = models.CharField("摘要", max_length=80)
    device = models.CharField("设备", max_length=40)
    made_at = models.DateTimeField("设备上的时间")
    state = models.CharField("状态", max_length=10, choices=EntryState, default=EntryState.STANDING)
    received_at = models.DateTimeField("收到时间", default=timezone.now, editable=False)
    received_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁记的"
    )
    settled_at = models.DateTimeField("裁定时间", null=True)
    settled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁裁定的"
    )
    settled_why = models.CharField("裁定理由", max_length=300, blank=True)

    class Meta:
        """In the order of arriving."""

        verbose_name = verbose_name_plural = "记录过程"
        ordering: ClassVar = ["record_id", "id"]
        constraints: ClassVar = [
            is_choice("state", EntryState, name="entry_state"),
            together("settled_at", "settled_by", name="entry_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.received_at:%H:%M}"

    def place(self) -> Place:
        """That of the record."""
        return self.record.place()


class Attachment(models.Model):
    """A photo or file to an item, always by somebody's own act; it arrives in pieces."""

    key = models.UUIDField("编号", unique=True)
    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="attachments", verbose_name="现场评估"
    )
    code = models.CharField("项目编码", max_length=20)
    name = models.CharField("文件名", max_length=120)
    media = models.CharField("类型", max_length=80, blank=True)
    size = models.PositiveIntegerField("大小")
    received = models.PositiveIntegerField("已收到", default=0)
    digest = models.CharField("摘要", max_length=80)
    """SHA-256 with the algorithm named, as the device said; checked when the last piece is in."""
    file = models.FileField("文件", upload_to="现场/", blank=True)
    state = models.CharField("状态", max_length=10, choices=FileState, default=FileState.RECEIVING)
    is_dropped = models.BooleanField("已去掉", default=False)
    added_at = models.DateTimeField("添加时间", default=timezone.now, editable=False)
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁添加的")

    class Meta:
        """As added."""

        verbose_name = verbose_name_plural = "现场附件"
        ordering: ClassVar = ["visit_id", "id"]
        constraints: ClassVar = [
            is_choice("state", FileState, name="attachment_state"),
            models.CheckConstraint(
                condition=Q(received__lte=models.F("size")), name="attachment_received"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        """That of the visit."""
        return self.visit.place()


class SelfMark(models.Model):
    """What the unit itself thinks an item is worth."""

    untold = frozenset({"values", "mark", "note"})

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="self_marks", verbose_name="现场评估"
    )
    code = models.CharField("项目编码", max_length=20)
    values = models.JSONField("数值", default=dict)
    mark = models.BigIntegerField("自评得分", null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    given_at = models.DateTimeField("自评时间", default=timezone.now, editable=False)
    given_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁填的")
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """By item."""

        verbose_name = verbose_name_plural = "自评"
        ordering: ClassVar = ["visit_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "code"], name="self_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.code} 自评"

    def place(self) -> Place:
        """That of the visit."""
        return self.visit.place()


class Correction(models.Model):
    """A later change of a confirmed record: visible, with its reason; the record shows the last one."""

    untold = frozenset({"before", "after"})

    record = models.ForeignKey(
        Record, models.PROTECT, related_name="corrections", verbose_name="现场记录"
    )
    before = models.JSONField("更正前")
    """``{"values": …, "mark": …, "reason": …}``."""
    after = models.JSONField("更正后")
    reason = models.CharField("更正原因", max_length=500)
    document = models.CharField("依据", max_length=80, blank=True)
    adjustment = models.ForeignKey(
        Adjustment, models.PROTECT, null=True, related_name="corrections", verbose_name="尺度调整"
    )
    corrected_at = models.DateTimeField("更正时间", default=timezone.now, editable=False)
    corrected_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁更正的"
    )

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "记录更正"
        ordering: ClassVar = ["record_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_reason")
        ]

    def __str__(self) -> str:
        return f"{self.record} 更正"

    def place(self) -> Place:
        """That of the record."""
        return self.record.place()
