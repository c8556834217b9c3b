"""Which rounds are held, by which teams, who must not go where, and how were units drawn?"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import in_order, is_choice, together
from jixiao.org.models import Person, Unit
from jixiao.schemes.models import SchemeVersion
from jixiao.visits.states import DrawState, RoundKind, RoundState, TieKind


class Round(models.Model):
    """One assessment of the year by a frozen version of a scheme."""

    version_of = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="assessments", verbose_name="办法版本"
    )
    kind = models.CharField("类别", max_length=10, choices=RoundKind)
    code = models.CharField("办法中的轮次", max_length=20, blank=True)
    """The scheme's own round that the marks go into; empty: findings only, or a scheme of one round."""
    name = models.CharField("名称", max_length=40)
    since = models.DateField("起")
    until = models.DateField("止")
    digest = models.CharField("办法摘要", max_length=80, blank=True)
    """Of the scheme as it was when the round was opened."""
    is_double = models.BooleanField("两人分别记分", default=False)
    """Each assessor marks alone; where they differ a person decides. Else records are made together."""
    asks_self = models.BooleanField("请单位自评", default=False)
    state = models.CharField("状态", max_length=8, choices=RoundState, default=RoundState.PLANNED)
    planned_at = models.DateTimeField("筹备时间", default=timezone.now, editable=False)
    planned_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁筹备的"
    )
    opened_at = models.DateTimeField("开始时间", null=True)
    opened_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁开始的"
    )
    closed_at = models.DateTimeField("结束时间", null=True)
    closed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁结束的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "评估轮次"
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            is_choice("kind", RoundKind, name="round_kind"),
            is_choice("state", RoundState, name="round_state"),
            in_order("since", "until", name="round_days"),
            together("opened_at", "opened_by", name="round_opened"),
            together("closed_at", "closed_by", name="round_closed"),
            models.CheckConstraint(
                condition=Q(state=RoundState.PLANNED, opened_at__isnull=True, digest="")
                | ~Q(state=RoundState.PLANNED) & Q(opened_at__isnull=False) & ~Q(digest=""),
                name="round_state_opened",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.CLOSED, closed_at__isnull=False)
                | ~Q(state=RoundState.CLOSED) & Q(closed_at__isnull=True),
                name="round_state_closed",
            ),
            models.UniqueConstraint(
                fields=["version_of", "name"],
                name="round_name_once",
                violation_error_message="这个办法已有同名的轮次",
            ),
            models.UniqueConstraint(
                fields=["version_of", "code"],
                condition=~Q(code=""),
                name="round_code_once",
                violation_error_message="办法的这一轮已经安排过",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_of.year}年度{self.name}"

    @property
    def is_open(self) -> bool:
        """Whether visits are under way."""
        return self.state == RoundState.OPEN


class Team(models.Model):
    """Assessors who go together; two at least."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="teams", verbose_name="轮次")
    name = models.CharField("名称", max_length=20)
    members = models.ManyToManyField(
        Person, through="Seat", related_name="teams", verbose_name="评估员"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """As formed."""

        verbose_name = verbose_name_plural = "评估组"
        ordering: ClassVar = ["round_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="team_name_once",
                violation_error_message="本轮已有同名的评估组",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """An assessor in a team."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="seats", verbose_name="评估组")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name="评估员")
    is_head = models.BooleanField("组长", default=False)

    class Meta:
        """The head first."""

        verbose_name = verbose_name_plural = "评估组成员"
        ordering: ClassVar = ["team_id", "-is_head", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "person"],
                name="seat_once",
                violation_error_message="此人已在这个评估组",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.person}"


class Tie(models.Model):
    """A declared tie of an assessor to a unit; posts in the books count without being declared."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ties", verbose_name="评估员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ties", verbose_name="单位")
    kind = models.CharField("关系", max_length=10, choices=TieKind)
    note = models.CharField("说明", max_length=200, blank=True)
    until = models.DateField("到哪天为止", null=True, blank=True)
    declared_at = models.DateTimeField("申报时间", default=timezone.now, editable=False)
    declared_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁申报的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """By assessor."""

        verbose_name = verbose_name_plural = "回避关系"
        ordering: ClassVar = ["person_id", "unit_id", "id"]
        constraints: ClassVar = [
            is_choice("kind", TieKind, name="tie_kind"),
            models.UniqueConstraint(
                fields=["person", "unit", "kind"],
                condition=Q(until__isnull=True),
                name="tie_once",
                violation_error_message="这个关系已经申报过",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.unit}"


class Draw(models.Model):
    """Units drawn at random: the seed's digest is public before, the seed after; anyone can repeat it."""

    untold = frozenset({"seed"})

    round = models.ForeignKey(Round, models.PROTECT, related_name="draws", verbose_name="轮次")
    name = models.CharField("名称", max_length=40)
    pool = models.JSONField("抽取范围")
    """``[{"unit": 3, "name": "云溪镇", "group": "乡镇"}, …]`` in the scheme's order."""
    counts = models.JSONField("各组抽几个")
    """``{"乡镇": 4, …}``."""
    seed = models.CharField("种子", max_length=64)
    """Secret until the draw."""
    commitment = models.CharField("种子摘要", max_length=80)
    word = models.CharField("现场报数", max_length=40, blank=True)
    """Said aloud at the draw by a witness, so that nobody could try out seeds beforehand."""
    witness = models.CharField("见证人", max_length=40, blank=True)
    drawn = models.JSONField("抽中", default=list)
    """Numbers of the units drawn."""
    state = models.CharField("状态", max_length=10, choices=DrawState, default=DrawState.COMMITTED)
    committed_at = models.DateTimeField("公布摘要时间", default=timezone.now, editable=False)
    committed_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁公布的"
    )
    drawn_at = models.DateTimeField("抽取时间", null=True)
    drawn_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁抽取的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "抽查抽取"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            is_choice("state", DrawState, name="draw_state"),
            together("drawn_at", "drawn_by", name="draw_drawn"),
            models.CheckConstraint(
                condition=Q(state=DrawState.COMMITTED, drawn_at__isnull=True)
                | Q(state=DrawState.DRAWN, drawn_at__isnull=False) & ~Q(word=""),
                name="draw_state_drawn",
            ),
            models.CheckConstraint(
                condition=Q(drawn_by__isnull=True) | ~Q(drawn_by=F("committed_by")),
                name="draw_two_people",
                violation_error_message="公布摘要和抽取要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Adjustment(models.Model):
    """An explicit change of scale for teams that marked more strictly or more leniently than others."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="adjustments", verbose_name="轮次"
    )
    basis = models.CharField("依据", max_length=200)
    shifts = models.JSONField("各组调整")
    """``[{"team": 3, "name": "甲组", "code": "1.1", "shift": -2500, "rows": 12}, …]``, ten-thousandths."""
    adopted_at = models.DateTimeField("采用时间", default=timezone.now, editable=False)
    adopted_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁采用的"
    )
    revoked_at = models.DateTimeField("撤销时间", null=True)
    revoked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁撤销的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "尺度调整"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            together("revoked_at", "revoked_by", name="adjustment_revoked"),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(revoked_at__isnull=True),
                name="adjustment_once",
                violation_error_message="本轮已有一次尺度调整，要改请先撤销",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}尺度调整"

    def place(self) -> Place:
        """The county."""
        return Place()
