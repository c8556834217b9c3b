"""Which bulletins are written, who signed them, what went out under which number?"""

from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.appraisals.models import Quarter
from jixiao.bulletins.states import (
    SENT,
    BulletinKind,
    BulletinState,
    FileKind,
    Level,
    StepKind,
)
from jixiao.bulletins.template import Template
from jixiao.core.constraints import is_choice, together
from jixiao.notices.models import Notice
from jixiao.org.models import Unit
from jixiao.results.models import SealedResult
from jixiao.results.states import AFTER_APPROVAL, ResultState

CODE = 20
"""Characters of 机关代字."""
Ground = SealedResult | Quarter
"""What a bulletin is about."""


class BulletinTemplate(models.Model):
    """How the office writes bulletins of a kind: narrative with references, no figures."""

    name = models.CharField("名称", max_length=40)
    kind = models.CharField("种类", max_length=10, choices=BulletinKind)
    content = models.TextField("内容")
    """A ``Template`` as JSON."""
    is_retired = models.BooleanField("不再使用", default=False)
    written_at = models.DateTimeField("修改时间", default=timezone.now, editable=False)
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁改的")
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """By kind, then by name."""

        verbose_name = verbose_name_plural = "通报模板"
        ordering: ClassVar = ["kind", "name", "id"]
        constraints: ClassVar = [
            is_choice("kind", BulletinKind, name="bulletin_template_kind"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(is_retired=False), name="bulletin_template_name",
                violation_error_message="已经有同名的模板，请换一个名称",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def text(self) -> Template:
        """The content as it is typed."""
        return Template.model_validate_json(self.content)


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    """Filters of bulletins."""

    def light(self) -> Self:
        """Without their texts and results' bodies, for lists."""
        return self.defer("content", "printed", "result__body").select_related("result", "quarter")

    def sent(self) -> Self:
        """What units have received, also when it was replaced or withdrawn later."""
        return self.filter(state__in=SENT)


class Bulletin(models.Model):
    """A bulletin about one run or one quarter: its figures are theirs, its words the office's."""

    untold = frozenset({"content", "printed"})

    kind = models.CharField("种类", max_length=10, choices=BulletinKind)
    result = models.ForeignKey(
        SealedResult, models.PROTECT, null=True, related_name="bulletins", verbose_name="依据的结果"
    )
    quarter = models.ForeignKey(
        Quarter, models.PROTECT, null=True, related_name="bulletins", verbose_name="依据的季报"
    )
    """A quarterly bulletin is about a quarter's reports and findings, every other about a run."""
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("标题", max_length=200)
    """As it reads, for lists; the text itself is in ``content``."""
    content = models.TextField("内容")
    """A ``Template`` as JSON."""
    printed = models.TextField("签发的文本", blank=True)
    """The document as it was signed, its figures filled in: what is known may go on changing."""
    digest = models.CharField("内容摘要", max_length=80)
    """SHA-256 of the signed document; before that of the text, the result and who may read it."""
    limit = models.PositiveIntegerField("字数上限")
    level = models.CharField("公布范围", max_length=10, choices=Level, default=Level.COUNTY)
    group = models.CharField("哪一组", max_length=30, blank=True)
    with_marks = models.BooleanField("公布得分", default=False)
    """Otherwise tiers only: neither text nor annex tells a unit's marks or place."""
    state = models.CharField(
        "状态", max_length=10, choices=BulletinState, default=BulletinState.DRAFT
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followers", verbose_name="取代哪一份"
    )
    number_code = models.CharField("机关代字", max_length=CODE, blank=True)
    number_year = models.PositiveSmallIntegerField("文号年份", null=True)
    number_serial = models.PositiveIntegerField("文号序号", null=True)
    notice = models.OneToOneField(
        Notice, models.PROTECT, null=True, related_name="bulletin", verbose_name="随哪份通知发出"
    )
    """Its receipts are the bulletin's: kept for the unit, never for a person."""
    drafted_at = models.DateTimeField("起草时间", default=timezone.now, editable=False)
    drafted_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁起草")
    approved_at = models.DateTimeField("签发时间", null=True)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁签发"
    )
    issued_at = models.DateTimeField("印发时间", null=True)
    issued_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁印发"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        """Newest first; half-truths about the state are refused."""

        verbose_name = verbose_name_plural = "通报"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            is_choice("kind", BulletinKind, name="bulletin_kind"),
            models.CheckConstraint(
                condition=Q(kind=BulletinKind.QUARTER, quarter__isnull=False, result__isnull=True)
                | ~Q(kind=BulletinKind.QUARTER) & Q(quarter__isnull=True, result__isnull=False),
                name="bulletin_ground",
            ),
            is_choice("level", Level, name="bulletin_level"),
            is_choice("state", BulletinState, name="bulletin_state"),
            together("approved_at", "approved_by", name="bulletin_approved"),
            together(
                "issued_at", "issued_by", "number_year", "number_serial", "notice",
                name="bulletin_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(BulletinState.APPROVED, *SENT))
                | Q(approved_at__isnull=False) & ~Q(printed=""),
                name="bulletin_state_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SENT, issued_at__isnull=False) & ~Q(number_code="")
                | ~Q(state__in=SENT) & Q(issued_at__isnull=True),
                name="bulletin_state_issued",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="bulletin_two_people",
                violation_error_message="起草和签发要由两个人办理",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.GROUP) | ~Q(group=""), name="bulletin_group"
            ),
            models.UniqueConstraint(
                fields=["number_code", "number_year", "number_serial"],
                condition=Q(number_serial__isnull=False),
                name="bulletin_number_once",
                violation_error_message="这个发文字号已经用过",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def ground(self) -> Ground:
        """What it is about."""
        return self.result or cast("Quarter", self.quarter)

    @property
    def is_stale(self) -> bool:
        """Whether the run it speaks of no longer stands."""
        return self.result is not None and self.result.state == ResultState.SUPERSEDED

    @property
    def is_approved(self) -> bool:
        """Whether the committee has approved what it speaks of; a quarter needs no approval."""
        return self.result is None or self.result.state in AFTER_APPROVAL

    @property
    def text(self) -> Template:
        """The content as it is typed."""
        return Template.model_validate_json(self.content)

    @property
    def number(self) -> str:
        """发文字号; empty until it is issued."""
        if self.number_serial is None:
            return ""
        return f"{self.number_code}〔{self.number_year}〕{self.number_serial}号"


class BulletinUnit(models.Model):
    """A unit to which a bulletin goes: chosen for some, all of the group or the run otherwise."""

    bulletin = models.ForeignKey(
        Bulletin, models.PROTECT, related_name="units", verbose_name="通报"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bulletins", verbose_name="单位")

    class Meta:
        """As the county lists its units."""

        verbose_name = verbose_name_plural = "通报发往单位"
        ordering: ClassVar = ["bulletin", "unit__order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "unit"], name="bulletin_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.bulletin}（{self.unit}）"


class BulletinStep(models.Model):
    """One thing done about a bulletin; nothing said before is ever cleared."""

    bulletin = models.ForeignKey(
        Bulletin, models.PROTECT, related_name="steps", verbose_name="通报"
    )
    kind = models.CharField("办理", max_length=10, choices=StepKind)
    text = models.CharField("说明", max_length=500, blank=True)
    digest = models.CharField("当时的内容摘要", max_length=80, blank=True)
    taken_at = models.DateTimeField("办理时间", default=timezone.now, editable=False)
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁办的")

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "通报办理经过"
        ordering: ClassVar = ["bulletin", "id"]
        constraints: ClassVar = [is_choice("kind", StepKind, name="bulletin_step_kind")]

    def __str__(self) -> str:
        return f"{self.bulletin}{self.get_kind_display()}"


class KeptReminder(models.Model):
    """A reminder of the consistency check that is kept as it is, with the reason why."""

    of = models.ForeignKey(Bulletin, models.PROTECT, related_name="kept", verbose_name="通报")
    key = models.CharField("提醒", max_length=40)
    reason = models.CharField("保留理由", max_length=300)
    kept_at = models.DateTimeField("保留时间", default=timezone.now, editable=False)
    kept_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁保留的")

    class Meta:
        """In order of keeping."""

        verbose_name = verbose_name_plural = "通报保留的提醒"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "key"], name="bulletin_kept_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="bulletin_kept_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.of}：{self.reason[:30]}"


class BulletinFile(models.Model):
    """The bulletin as it went out, byte for byte."""

    untold = frozenset({"content"})

    bulletin = models.ForeignKey(
        Bulletin, models.PROTECT, related_name="files", verbose_name="通报"
    )
    kind = models.CharField("格式", max_length=4, choices=FileKind)
    content = models.BinaryField("内容")
    size = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要", max_length=80)
    """SHA-256, with the algorithm named."""
    note = models.CharField("字体说明", max_length=1000, blank=True)
    """Which fonts stand in for the standard's own."""

    class Meta:
        """One of each form."""

        verbose_name = verbose_name_plural = "印发的文件"
        ordering: ClassVar = ["bulletin", "kind"]
        constraints: ClassVar = [
            is_choice("kind", FileKind, name="bulletin_file_kind"),
            models.UniqueConstraint(fields=["bulletin", "kind"], name="bulletin_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin}（{self.get_kind_display()}）"
