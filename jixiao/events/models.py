"""Which matters earn or cost a unit points, what proves each, and who objected?"""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import in_order, is_choice, together
from jixiao.events.states import AFTER_CHECK, LIVE, OVER, MatterState, StepKind
from jixiao.org.models import Unit
from jixiao.schemes.models import SchemeVersion


class MatterQuerySet(models.QuerySet["Matter"]):
    """Filters of matters."""

    def live(self) -> Self:
        """Counts, or may still come to count."""
        return self.filter(state__in=LIVE)

    def of_year(self, version: SchemeVersion) -> Self:
        """Of the same scheme and year, by whichever version they were entered."""
        return self.filter(version_of__line=version.line_id, version_of__year=version.year)

    def told(self) -> Self:
        """Each with how many objections to it wait for an answer."""
        waits = models.Count("objections", filter=Q(objections__answered_at__isnull=True))
        return self.annotate(unanswered=waits)


class Matter(models.Model):
    """One matter of one unit for a bonus or penalty item of a published scheme."""

    version_of = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="matters", verbose_name="办法版本"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="matters", verbose_name="单位")
    code = models.CharField("项目编码", max_length=20)
    item = models.CharField("项目", max_length=60)
    matter = models.CharField("事项", max_length=120)
    level = models.CharField("级别", max_length=120)
    grade = models.CharField("等次", max_length=60, blank=True)
    times = models.DecimalField("次数", max_digits=8, decimal_places=2, default=Decimal(1))
    share = models.DecimalField("分担比例", max_digits=5, decimal_places=4, default=Decimal(1))
    on = models.DateField("日期", null=True)
    document = models.CharField("文号", max_length=80, blank=True)
    round = models.CharField("轮次", max_length=20, blank=True)
    """The code of the scheme's round it counts in; empty: the unit's first."""
    is_penalty = models.BooleanField("扣分", default=False)
    state = models.CharField(
        "状态", max_length=10, choices=MatterState, default=MatterState.APPLIED
    )
    applied_at = models.DateTimeField("申报时间", default=timezone.now, editable=False)
    applied_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁申报、登记"
    )
    checked_at = models.DateTimeField("核对时间", null=True)
    checked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁核对"
    )
    notice_from = models.DateField("公示起", null=True)
    notice_until = models.DateField("公示止", null=True)
    notice_days = models.PositiveSmallIntegerField("公示天数", default=0)
    """As the scheme counts them: days, or working days."""
    noticed_at = models.DateTimeField("公示时间", null=True)
    noticed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁公示"
    )
    signer = models.CharField("签批人", max_length=40, blank=True)
    signed_on = models.DateField("签批日期", null=True)
    sign_document = models.CharField("签批件", max_length=80, blank=True)
    """Where the signature is on paper."""
    signed_at = models.DateTimeField("签批登记时间", null=True)
    signed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁签批、登记签批"
    )
    restored_at = models.DateTimeField("整改到位时间", null=True)
    restored_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁认定整改到位"
    )
    reason = models.TextField("不计的理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        """Newest first; half-truths about the state are refused."""

        verbose_name = verbose_name_plural = "加扣分事项"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            is_choice("state", MatterState, name="matter_state"),
            together("checked_at", "checked_by", name="matter_checked"),
            together(
                "noticed_at", "noticed_by", "notice_from", "notice_until", name="matter_noticed"
            ),
            in_order("notice_from", "notice_until", name="matter_notice_days"),
            together("signed_at", "signed_by", "signed_on", name="matter_signed"),
            together("restored_at", "restored_by", name="matter_restored"),
            models.CheckConstraint(
                condition=~Q(matter="") & ~Q(level="") & ~Q(code=""), name="matter_said"
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1, times__gt=0),
                name="matter_portions",
                violation_error_message="次数要大于0，分担比例在0到1之间",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AFTER_CHECK, checked_at__isnull=False)
                | Q(state=MatterState.APPLIED, checked_at__isnull=True)
                | Q(state__in=OVER),
                name="matter_state_checked",
            ),
            models.CheckConstraint(
                condition=~Q(state=MatterState.NOTICED) | Q(noticed_at__isnull=False),
                name="matter_state_noticed",
            ),
            models.CheckConstraint(
                condition=~Q(state=MatterState.SIGNED) | Q(signed_at__isnull=False),
                name="matter_state_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signer="")
                | Q(signed_at__isnull=False) & ~Q(signer=""),
                name="matter_signer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | ~Q(reason=""), name="matter_state_over"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("applied_by")),
                name="matter_two_check",
                violation_error_message="申报和核对要由两个人办理",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("checked_by")),
                name="matter_two_sign",
                violation_error_message="核对和签批要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.matter}"

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()

    @property
    def label(self) -> str:
        """``国家部委`` or ``省委省政府 第二等次``."""
        return f"{self.level} {self.grade}".strip()


class MatterStep(models.Model):
    """One thing done about a matter; nothing said before is ever cleared."""

    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="steps", verbose_name="加扣分事项"
    )
    kind = models.CharField("办理", max_length=10, choices=StepKind)
    text = models.TextField("说明", max_length=500, blank=True)
    taken_at = models.DateTimeField("办理时间", default=timezone.now, editable=False)
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁办的")

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "加扣分经过"
        ordering: ClassVar = ["matter_id", "id"]
        constraints: ClassVar = [is_choice("kind", StepKind, name="matter_step_kind")]

    def __str__(self) -> str:
        return f"{self.matter} {self.get_kind_display()}"

    def place(self) -> Place:
        """That of the matter."""
        return self.matter.place()


class Evidence(models.Model):
    """A file handed in with a matter; never required."""

    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="files", verbose_name="加扣分事项"
    )
    file = models.FileField("文件", upload_to="加扣分/")
    name = models.CharField("文件名", max_length=120)
    media = models.CharField("类型", max_length=80)
    size = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要", max_length=80)
    """SHA-256, with the algorithm named."""

    class Meta:
        """As handed in."""

        verbose_name = verbose_name_plural = "加扣分材料"
        ordering: ClassVar = ["matter_id", "id"]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        """That of the matter."""
        return self.matter.place()


class Objection(models.Model):
    """What somebody said against a matter under notice, in a name or under a seal, and the answer."""

    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="objections", verbose_name="加扣分事项"
    )
    who = models.CharField("署名或盖章单位", max_length=60)
    text = models.TextField("异议", max_length=500)
    raised_at = models.DateTimeField("提出时间", default=timezone.now, editable=False)
    raised_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁提出、登记"
    )
    answer = models.TextField("答复", max_length=500, blank=True)
    is_upheld = models.BooleanField("异议成立", default=False)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁答复"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "公示异议"
        ordering: ClassVar = ["matter_id", "id"]
        constraints: ClassVar = [
            together("answered_at", "answered_by", name="objection_answered"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(who=""), name="objection_said"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", is_upheld=False)
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="objection_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"对“{self.matter.matter}”的异议"

    def place(self) -> Place:
        """That of the matter."""
        return self.matter.place()
