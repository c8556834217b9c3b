"""Who did what, when, for whom and why? Entries are only ever added; the database refuses the rest."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One thing that a person did. No foreign keys: an entry outlives everything it names."""

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    action = models.CharField("动作", max_length=60, db_index=True)
    label = models.CharField("做了什么", max_length=60)
    actor_id = models.BigIntegerField("账号", null=True, db_index=True)
    actor = models.CharField("谁", max_length=80)
    acting_for = models.CharField("代谁", max_length=80, blank=True)
    subject = models.CharField("对象", max_length=60, db_index=True)
    """``room.model:number`` of the first row it changed."""
    subject_label = models.CharField("对象名称", max_length=200)
    changes = models.JSONField("改动")
    """One entry a row: {"row", "label", "before", "after"}."""
    reason = models.TextField("为什么", blank=True)
    origin = models.CharField("从哪里", max_length=120, blank=True)
    once = models.CharField("表单号", max_length=40, null=True, unique=True)
    """The form's one-time number: a form that arrives twice counts once."""

    class Meta:
        """Order of arrival."""

        verbose_name = verbose_name_plural = "审计记录"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.label} {self.subject_label}"


class Link(models.Model):
    """An entry's place in the chain. ``digest`` covers the entry, all that stands here, and the digest before it."""

    position = models.BigIntegerField("序号", primary_key=True)
    event_id = models.BigIntegerField("记录", unique=True)
    algorithm = models.CharField("算法", max_length=10)
    digest = models.CharField("链值", max_length=64)
    batch = models.BigIntegerField("批次", db_index=True)
    at = models.DateTimeField("封链时间")

    class Meta:
        """Order of the chain."""

        verbose_name = verbose_name_plural = "审计链"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"
