"""Which grade was proposed and decided for whom, was the person told, and what did the person say?"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.grades.models.campaigns import UnitTable
from jixiao.grades.states import DECIDED, ReviewKind, ReviewState, Signature, Standing
from jixiao.org.models import Person, Unit


class Grade(models.Model):
    """One person in one appraisal. What is proposed, decided and said stays out of the audit."""

    untold = frozenset({
        "proposed", "comment", "final", "reason", "salt", "opinion", "witness", "standing",
        "signature",
    })  # fmt: skip

    table = models.ForeignKey(
        UnitTable, models.PROTECT, related_name="grades", verbose_name="单位考核表"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="grades", verbose_name="人员")
    post = models.CharField("当时的职务", max_length=110)
    """Section and title on the day of the appraisal."""
    standing = models.CharField(
        "参加情况", max_length=10, choices=Standing, default=Standing.GRADED
    )
    host = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="接收单位"
    )
    proposed = models.CharField("提出的等次", max_length=10, blank=True)
    comment = models.CharField("评语", max_length=500, blank=True)
    proposed_at = models.DateTimeField("提出时间", null=True)
    proposed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁提出"
    )
    final = models.CharField("确定的等次", max_length=10, blank=True)
    reason = models.CharField("确定的理由", max_length=500, blank=True)
    decided_at = models.DateTimeField("确定时间", null=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁确定"
    )
    salt = models.CharField("摘要的随机数", max_length=32, blank=True)
    digest = models.CharField("确定时的摘要", max_length=80, blank=True)
    """Proves later what was decided, and tells nobody who has not the row itself."""
    apply_until = models.DateField("申请复核截止", null=True)
    signature = models.CharField("签收", max_length=10, choices=Signature, default=Signature.NONE)
    is_on_paper = models.BooleanField("在纸上签的", default=False)
    opinion = models.CharField("本人意见", max_length=500, blank=True)
    witness = models.CharField("见证人和情况", max_length=200, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁签、谁登记"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """As the unit lists its people; half-truths are refused."""

        verbose_name = verbose_name_plural = "个人等次"
        ordering: ClassVar = ["table", "id"]
        constraints: ClassVar = [
            is_choice("standing", Standing, name="grade_standing"),
            is_choice("signature", Signature, name="grade_signature"),
            together("proposed_at", "proposed_by", name="grade_proposed"),
            together("decided_at", "decided_by", name="grade_decided"),
            together("signed_at", "signed_by", name="grade_signed"),
            models.UniqueConstraint(fields=["table", "person"], name="grade_once"),
            models.CheckConstraint(
                condition=Q(final="") | Q(decided_at__isnull=False) & ~Q(reason=""),
                name="grade_final",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.SECONDED, host__isnull=False)
                | ~Q(standing=Standing.SECONDED) & Q(host__isnull=True),
                name="grade_host",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=(Standing.GRADED, Standing.SECONDED, Standing.ABOVE))
                | Q(proposed="", final=""),
                name="grade_ungraded",
            ),
            models.CheckConstraint(
                condition=Q(signature=Signature.NONE, signed_at__isnull=True)
                | ~Q(signature=Signature.NONE) & Q(signed_at__isnull=False),
                name="grade_signature_date",
            ),
            models.CheckConstraint(
                condition=~Q(signature=Signature.REFUSED) | ~Q(witness=""), name="grade_refused"
            ),
            models.CheckConstraint(
                condition=~Q(signature=Signature.DISAGREES) | ~Q(opinion="") | Q(is_on_paper=True),
                name="grade_disagrees",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.table.campaign}"

    def place(self) -> Place:
        """That of the unit's table, and of the unit where the person works meanwhile."""
        there = self.host.place().units if self.host else ()
        return Place(units=(*self.table.place().units, *there))


class GradeReview(models.Model):
    """A person does not accept a grade: asked by when, decided by whom, never for the worse."""

    untold = frozenset({"claim", "decision", "before", "after"})

    grade = models.ForeignKey(
        Grade, models.PROTECT, related_name="reviews", verbose_name="个人等次"
    )
    kind = models.CharField("类别", max_length=8, choices=ReviewKind)
    claim = models.TextField("理由", max_length=2000)
    state = models.CharField("状态", max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    due_on = models.DateField("决定期限")
    applied_at = models.DateTimeField("申请时间", default=timezone.now, editable=False)
    applied_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁申请")
    before = models.CharField("原等次", max_length=10)
    after = models.CharField("改定的等次", max_length=10, blank=True)
    decision = models.TextField("决定和理由", max_length=2000, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁决定"
    )
    appeal_until = models.DateField("申诉截止", null=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first; half-truths about the decision are refused."""

        verbose_name = verbose_name_plural = "个人等次复核申诉"
        ordering: ClassVar = ["-applied_at", "-id"]
        constraints: ClassVar = [
            is_choice("kind", ReviewKind, name="greview_kind"),
            is_choice("state", ReviewState, name="greview_state"),
            together("decided_at", "decided_by", name="greview_decided"),
            models.CheckConstraint(condition=~Q(claim=""), name="greview_claim"),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False) & ~Q(decision="")
                | ~Q(state__in=DECIDED) & Q(decided_at__isnull=True),
                name="greview_state_decided",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.CHANGED) & ~Q(after="")
                | ~Q(state=ReviewState.CHANGED) & Q(after=""),
                name="greview_after",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("applied_by")),
                name="greview_two_people",
            ),
            models.UniqueConstraint(
                fields=["grade"],
                condition=Q(state=ReviewState.OPEN),
                name="greview_open_once",
                violation_error_message="您的申请正在办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade.person}{self.get_kind_display()}"

    def place(self) -> Place:
        """That of the grade."""
        return self.grade.place()
