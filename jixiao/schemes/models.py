"""Which schemes has the county, in which versions, and in which state is each?

A version holds its scheme as one document; there is no second model of a scheme.
"""

from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.schemes.editing import from_text
from jixiao.schemes.states import IN_FORCE, OPEN, State
from jixiao.scoring.scheme import Scheme

AFTER_SUBMITTING = (State.SUBMITTED, State.APPROVED, *IN_FORCE)
AFTER_APPROVING = (State.APPROVED, *IN_FORCE)
CLOSED = (State.SUPERSEDED, State.DISCARDED)


class SchemeLine(models.Model):
    """A scheme that lives over the years, such as the appraisal of the county's units."""

    name = models.CharField("名称", max_length=60, unique=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """By name."""

        verbose_name = verbose_name_plural = "办法"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class VersionQuerySet(models.QuerySet["SchemeVersion"]):
    """Filters of versions."""

    def open(self) -> Self:
        """Still being made."""
        return self.filter(state__in=OPEN)

    def public(self) -> Self:
        """Published at some time: everybody may read them."""
        return self.filter(state__in=IN_FORCE)

    def light(self) -> Self:
        """Without the documents, for lists."""
        return self.defer("document", "changed").select_related("line")


class SchemeVersion(models.Model):
    """One version of a scheme for one year: its document, and how far it has come."""

    untold = frozenset({"document"})

    line = models.ForeignKey(
        SchemeLine, models.PROTECT, related_name="versions", verbose_name="办法"
    )
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("第几版")
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    document = models.TextField("办法全文")
    """Canonical JSON; the audit tells its digest and what changed in words."""
    digest = models.CharField("摘要", max_length=80)
    changed = models.TextField("改了什么", blank=True)
    """The last change of the document in words."""
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followers", verbose_name="依据哪一版"
    )
    reason = models.CharField("修订原因", max_length=300, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    effective_on = models.DateField("施行日期", null=True)
    drafted_at = models.DateTimeField("起草时间", default=timezone.now, editable=False)
    drafted_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁起草的"
    )
    submitted_at = models.DateTimeField("送审时间", null=True)
    submitted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁送审的"
    )
    approved_at = models.DateTimeField("审定时间", null=True)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁审定的"
    )
    published_at = models.DateTimeField("发布时间", null=True)
    published_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁发布的"
    )
    closed_at = models.DateTimeField("取代或作废时间", null=True)
    closed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁取代或作废的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        """Newest year first; half-truths about the state are refused."""

        verbose_name = verbose_name_plural = "办法版本"
        ordering: ClassVar = ["-year", "line", "-number"]
        constraints: ClassVar = [
            is_choice("state", State, name="scheme_state"),
            models.UniqueConstraint(fields=["line", "year", "number"], name="scheme_number_once"),
            models.UniqueConstraint(
                fields=["line", "year"],
                condition=Q(state__in=OPEN),
                name="scheme_open_once",
                violation_error_message="这个办法本年度已有一份没有办完的稿子",
            ),
            models.UniqueConstraint(
                fields=["line", "document_number"],
                condition=~Q(document_number=""),
                name="scheme_document_once",
                violation_error_message="这个文号已用在这个办法的另一版上",
            ),
            together("submitted_at", "submitted_by", name="scheme_submitted"),
            together("approved_at", "approved_by", name="scheme_approved"),
            together("published_at", "published_by", name="scheme_published"),
            together("closed_at", "closed_by", name="scheme_closed"),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_SUBMITTING) | Q(submitted_at__isnull=False),
                name="scheme_state_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_APPROVING)
                | Q(approved_at__isnull=False) & ~Q(document_number=""),
                name="scheme_state_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_FORCE, published_at__isnull=False)
                & Q(effective_on__isnull=False)
                | ~Q(state__in=IN_FORCE) & Q(published_at__isnull=True),
                name="scheme_state_published",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | ~Q(state__in=CLOSED) & Q(closed_at__isnull=True),
                name="scheme_state_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_APPROVING) | ~Q(submitted_by=models.F("approved_by")),
                name="scheme_two_persons",
                violation_error_message="送审和审定要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}（{self.year}年度第{self.number}版）"

    @cached_property
    def scheme(self) -> Scheme:
        """The document as a scheme."""
        return from_text(self.document)

    @property
    def is_amendment(self) -> bool:
        """Whether it changes rules already in force in its year."""
        base = self.based_on
        return base is not None and base.year == self.year and base.is_public

    @property
    def is_draft(self) -> bool:
        """Whether it may be edited."""
        return self.state == State.DRAFT

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.state in IN_FORCE


class SchemeReturn(models.Model):
    """A version sent back: what was submitted by whom, and why it was not right yet."""

    untold = frozenset({"document"})

    of = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="returns", verbose_name="办法版本"
    )
    submitted_at = models.DateTimeField("送审时间")
    submitted_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁送审的"
    )
    returned_at = models.DateTimeField("退回时间", default=timezone.now, editable=False)
    returned_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁退回的"
    )
    reason = models.CharField("退回理由", max_length=500)
    document = models.TextField("退回的全文")
    digest = models.CharField("摘要", max_length=80)

    class Meta:
        """Latest first."""

        verbose_name = verbose_name_plural = "办法退回"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="scheme_return_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.of}退回"


class KeptRemark(models.Model):
    """A reminder of the health check that is kept as it is, with the reason why."""

    of = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="kept", verbose_name="办法版本"
    )
    key = models.CharField("提醒", max_length=120)
    reason = models.CharField("保留理由", max_length=300)
    kept_at = models.DateTimeField("保留时间", default=timezone.now, editable=False)
    kept_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁保留的")

    class Meta:
        """In order of keeping."""

        verbose_name = verbose_name_plural = "保留的提醒"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "key"], name="kept_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="kept_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.of}：{self.reason[:30]}"
