"""Which runs are kept, of which units, how far has each come, and who answers for each step?"""

from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import is_choice, together
from jixiao.org.models import Unit
from jixiao.results.states import (
    AFTER_APPROVAL,
    AFTER_REVIEW,
    APPEAL_WITHIN,
    APPLY_WITHIN,
    BEFORE_STATES,
    DECIDE_WITHIN,
    OPEN,
    TOLD,
    ResultState,
    StepKind,
)
from jixiao.schemes.models import SchemeLine, SchemeVersion
from jixiao.visits.models import Round


class Subject(NamedTuple):
    """What a run is about; only runs about the same take each other's place."""

    line: int | None
    year: int
    through: str
    titles: tuple[str, ...] = ()
    """What a scheme kept elsewhere is known by."""

    def before(self) -> "Subject":
        """The same a year earlier; the year may be part of the name."""
        earlier = {title.replace(str(self.year), str(self.year - 1)) for title in self.titles}
        return self._replace(year=self.year - 1, titles=(*self.titles, *sorted(earlier)))

    def covers(self, other: "Subject") -> bool:
        """Whether it is the same, by any of its names."""
        is_named = not self.titles or bool(set(self.titles) & set(other.titles))
        return is_named and self._replace(titles=()) == other._replace(titles=())


class ResultQuerySet(models.QuerySet["SealedResult"]):
    """Filters of results."""

    def published(self) -> Self:
        """In force, or the newest of its year."""
        return self.filter(state=ResultState.PUBLISHED)

    def of(self, subject: "Subject") -> Self:
        """Runs about the same, whatever became of them."""
        found = self.filter(line=subject.line, year=subject.year, through=subject.through)
        return found if subject.line else found.filter(title__in=subject.titles)

    def told(self) -> Self:
        """Of which units know their own marks."""
        return self.filter(state__in=TOLD, notified_at__isnull=False)

    def light(self) -> Self:
        """Without the sealed bodies, for lists."""
        return self.defer("body")


class SealedResult(models.Model):
    """A run: a scheme applied to a sheet, sealed; nothing of it is ever changed, a newer one supersedes it."""

    untold = frozenset({"body"})

    line = models.ForeignKey(
        SchemeLine, models.PROTECT, null=True, related_name="results", verbose_name="哪个办法"
    )
    """Results of one scheme are compared over the years; none for files of schemes kept elsewhere."""
    scheme_version = models.ForeignKey(
        SchemeVersion, models.PROTECT, null=True, related_name="results", verbose_name="办法版本"
    )
    """The frozen version it was scored by, where it was scored here."""
    year = models.PositiveSmallIntegerField("年度")
    round_name = models.CharField("评估名称", max_length=30)
    through = models.CharField("算到哪一轮", max_length=20, blank=True)
    """The code of the last round taken in; empty for the whole year."""
    title = models.CharField("办法名称", max_length=120)
    state = models.CharField("状态", max_length=10, choices=ResultState, default=ResultState.DRAFT)
    scheme_digest = models.CharField("办法摘要", max_length=80)
    sheet_digest = models.CharField("记分表摘要", max_length=80)
    outputs_digest = models.CharField("得分摘要", max_length=80)
    seal = models.CharField("封条", max_length=80)
    engine = models.CharField("计算程序", max_length=20)
    body = models.BinaryField("封存的结果")
    """The sealed file, compressed."""
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followers", verbose_name="接替哪一次"
    )
    """The run that this one takes the place of, such as after a granted review."""
    reason = models.CharField("为何重算", max_length=300, blank=True)
    loaded_at = models.DateTimeField("计分时间", default=timezone.now, editable=False)
    loaded_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁计分、录入"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True)
    reviewed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁审核"
    )
    notified_at = models.DateTimeField("告知时间", null=True)
    notified_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁告知"
    )
    apply_workdays = models.PositiveSmallIntegerField("申请复核工作日", default=APPLY_WITHIN)
    decide_workdays = models.PositiveSmallIntegerField("复核决定工作日", default=DECIDE_WITHIN)
    appeal_workdays = models.PositiveSmallIntegerField("申诉工作日", default=APPEAL_WITHIN)
    apply_until = models.DateField("申请复核截止", null=True)
    approved_at = models.DateTimeField("登记审定时间", null=True)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁登记审定"
    )
    meeting = models.CharField("审定会议", max_length=80, blank=True)
    met_on = models.DateField("会议日期", null=True)
    document = models.CharField("审定文件", max_length=60, blank=True)
    published_at = models.DateTimeField("公布时间", null=True)
    published_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁公布"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        """Newest year first, then the latest made."""

        verbose_name = verbose_name_plural = "得分结果"
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            is_choice("state", ResultState, name="result_state"),
            models.UniqueConstraint(
                fields=["seal"],
                condition=~Q(state=ResultState.DISCARDED),
                name="result_seal_once",
                violation_error_message="这份结果已经录入过",
            ),
            models.CheckConstraint(
                condition=Q(follows=None) | ~Q(reason=""),
                name="result_follows_reason",
                violation_error_message="请写明为何重算",
            ),
            together("reviewed_at", "reviewed_by", name="result_reviewed"),
            together("notified_at", "notified_by", "apply_until", name="result_notified"),
            together("approved_at", "approved_by", "met_on", name="result_approved"),
            together("published_at", "published_by", name="result_published"),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_REVIEW) | Q(reviewed_at__isnull=False),
                name="result_state_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_APPROVAL)
                | Q(notified_at__isnull=False, approved_at__isnull=False) & ~Q(meeting=""),
                name="result_state_approved",
            ),
            models.CheckConstraint(
                condition=Q(state=ResultState.PUBLISHED, published_at__isnull=False)
                | Q(state=ResultState.SUPERSEDED)
                | Q(state__in=(*OPEN, ResultState.DISCARDED), published_at__isnull=True),
                name="result_state_date",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("loaded_by")),
                name="result_two_review",
                violation_error_message="计分和审核要由两个人办理",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("loaded_by")),
                name="result_two_approve",
                violation_error_message="计分和登记审定要由两个人办理",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None)
                | Q(meeting=BEFORE_STATES)
                | ~Q(published_by=F("approved_by")),
                name="result_two_people",
                violation_error_message="登记审定和公布要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.round_name}"

    @property
    def number(self) -> str:
        """How people tell the runs of a year apart."""
        return f"第{self.pk}号"

    @property
    def subject(self) -> Subject:
        """What it is about: runs of another scheme, year or stage are never compared with it."""
        titles = () if self.line_id else (self.title,)
        return Subject(self.line_id, self.year, self.through, titles)

    @property
    def is_published(self) -> bool:
        """Whether everybody may see its tiers."""
        return self.state == ResultState.PUBLISHED

    @property
    def is_told(self) -> bool:
        """Whether its units may see their own marks."""
        return self.notified_at is not None and self.state in TOLD


class ResultStep(models.Model):
    """One thing done about a result; nothing said before is ever cleared."""

    result = models.ForeignKey(
        SealedResult, models.PROTECT, related_name="steps", verbose_name="结果"
    )
    kind = models.CharField("办理", max_length=10, choices=StepKind)
    text = models.CharField("说明", max_length=500, blank=True)
    taken_at = models.DateTimeField("办理时间", default=timezone.now, editable=False)
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁办的")

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "结果办理经过"
        ordering: ClassVar = ["result", "id"]
        constraints: ClassVar = [is_choice("kind", StepKind, name="result_step_kind")]

    def __str__(self) -> str:
        return f"{self.result}{self.get_kind_display()}"


class ResultUnit(models.Model):
    """Which unit of the county a name in a result is; the result keeps the name of its day."""

    result = models.ForeignKey(
        SealedResult, models.PROTECT, related_name="units", verbose_name="结果"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="results", verbose_name="单位")
    name = models.CharField("结果中的名称", max_length=60)
    group = models.CharField("结果中的组别", max_length=30)

    class Meta:
        """In the scheme's order."""

        verbose_name = verbose_name_plural = "结果中的单位"
        ordering: ClassVar = ["result", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["result", "unit"], name="result_unit_once"),
            models.UniqueConstraint(fields=["result", "name"], name="result_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.result}）"

    def place(self) -> Place:
        """That of the unit, in the group in which the result compared it."""
        return Place(units=self.unit.place().units, group=self.group)


class ResultRound(models.Model):
    """A round whose records the result was made from: the way back from a mark to who gave it."""

    result = models.ForeignKey(
        SealedResult, models.PROTECT, related_name="rounds", verbose_name="结果"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="results", verbose_name="评估轮次"
    )

    class Meta:
        """In the scheme's order."""

        verbose_name = verbose_name_plural = "结果取自哪些轮次"
        ordering: ClassVar = ["result", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["result", "round"], name="result_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.result}取自{self.round}"
