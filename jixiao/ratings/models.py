"""Which polls are there, who may take part, and how many votes has each option?

No row says who chose what: participation and counts share no key, no time and no order (decision 0010).
"""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.core.constraints import in_order, is_choice, together
from jixiao.org.models import Unit
from jixiao.ratings.states import BY_CODE, COUNTED, LEAST_MINIMUM, PollKind, PollState
from jixiao.schemes.models import SchemeVersion


class Poll(models.Model):
    """评议: which questions of a scheme are put to whom, until when, and how far it has come."""

    version_of = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="polls", verbose_name="办法"
    )
    round = models.CharField("轮次编码", max_length=30, blank=True)
    """The scheme's round whose sheet it fills; empty where the scheme has none."""
    kind = models.CharField("类别", max_length=10, choices=PollKind)
    name = models.CharField("名称", max_length=60)
    raters = models.CharField("谁来评", max_length=60)
    minimum = models.PositiveSmallIntegerField("最少几人")
    """Behind every figure that is shown or used."""
    ballots = models.PositiveSmallIntegerField("每个评议人几票", default=1)
    codes = models.PositiveIntegerField("发了几个评议码", default=0)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    state = models.CharField("状态", max_length=10, choices=PollState, default=PollState.PLANNED)
    planned_at = models.DateTimeField("筹备时间", default=timezone.now, editable=False)
    planned_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁筹备的"
    )
    opened_at = models.DateTimeField("开始收票时间", null=True)
    opened_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁开始的"
    )
    closed_at = models.DateTimeField("截止收票时间", null=True)
    closed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁截止的"
    )
    accepted_at = models.DateTimeField("采用时间", null=True)
    accepted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁采用的"
    )
    withdrawn_at = models.DateTimeField("作废时间", null=True)
    withdrawn_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁作废的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first; half-truths about the state are refused."""

        verbose_name = verbose_name_plural = "评议"
        ordering: ClassVar = ["-opens_on", "-id"]
        constraints: ClassVar = [
            is_choice("kind", PollKind, name="poll_kind"),
            is_choice("state", PollState, name="poll_state"),
            in_order("opens_on", "closes_on", name="poll_days"),
            together("opened_at", "opened_by", name="poll_opened"),
            together("closed_at", "closed_by", name="poll_closed"),
            together("accepted_at", "accepted_by", name="poll_accepted"),
            together("withdrawn_at", "withdrawn_by", name="poll_withdrawn"),
            models.CheckConstraint(
                condition=Q(minimum__gte=LEAST_MINIMUM, ballots__gte=1), name="poll_minimum"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="poll_name"),
            models.CheckConstraint(
                condition=Q(state=PollState.PLANNED, opened_at__isnull=True)
                | Q(state=PollState.WITHDRAWN)
                | Q(state__in=(PollState.OPEN, *COUNTED), opened_at__isnull=False),
                name="poll_state_opened",
            ),
            models.CheckConstraint(
                condition=Q(state__in=COUNTED, closed_at__isnull=False)
                | Q(state=PollState.WITHDRAWN)
                | Q(state__in=(PollState.PLANNED, PollState.OPEN), closed_at__isnull=True),
                name="poll_state_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state=PollState.ACCEPTED) | Q(accepted_at__isnull=False),
                name="poll_state_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(closed_by=F("accepted_by")),
                name="poll_two_persons",
                violation_error_message="截止和采用要由两个人办理",
            ),
            models.CheckConstraint(
                condition=Q(state=PollState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=PollState.WITHDRAWN) & Q(withdrawn_at__isnull=True),
                name="poll_state_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_by_code(self) -> bool:
        """Whether nobody knows who rates."""
        return self.kind in BY_CODE

    @property
    def needed(self) -> int:
        """Valid votes without which a figure is neither shown nor used.

        Whoever casts several ballots cannot make up for the others: so many votes need so many raters.
        """
        return self.minimum * self.ballots


class Question(models.Model):
    """What is asked about everybody rated; which item of the scheme it comes from."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="questions", verbose_name="评议")
    code = models.CharField("项目编码", max_length=30)
    name = models.CharField("项目", max_length=80)

    class Meta:
        """In the scheme's order."""

        verbose_name = verbose_name_plural = "评议项目"
        ordering: ClassVar = ["poll_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "code"], name="question_once")
        ]

    def __str__(self) -> str:
        return self.name


class Option(models.Model):
    """One answer; its votes fill a column of the sheet, or none where they are not valid votes."""

    question = models.ForeignKey(
        Question, models.PROTECT, related_name="options", verbose_name="评议项目"
    )
    label = models.CharField("选项", max_length=60)
    column = models.CharField("数据列", max_length=60, blank=True)

    class Meta:
        """In the scheme's order; for a ranking, the first place first."""

        verbose_name = verbose_name_plural = "选项"
        ordering: ClassVar = ["question_id", "id"]

    def __str__(self) -> str:
        return self.label


class Rated(models.Model):
    """A unit (or person) that is rated, as the scheme calls it."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="rated", verbose_name="评议")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    name = models.CharField("办法里的名称", max_length=60)
    group = models.CharField("组别", max_length=60)

    class Meta:
        """In the scheme's order."""

        verbose_name = verbose_name_plural = "评议对象"
        ordering: ClassVar = ["poll_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "name"], name="rated_once")
        ]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        """That of the unit; whoever is no unit belongs to the county."""
        return self.unit.place() if self.unit else Place()


class Tally(models.Model):
    """How many votes an option has for somebody; all rows are there before the first ballot."""

    rated = models.ForeignKey(
        Rated, models.PROTECT, related_name="tallies", verbose_name="评议对象"
    )
    option = models.ForeignKey(Option, models.PROTECT, related_name="tallies", verbose_name="选项")
    votes = models.PositiveIntegerField("票数", default=0)

    class Meta:
        """By whom and what."""

        verbose_name = verbose_name_plural = "票数"
        ordering: ClassVar = ["rated_id", "option_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rated", "option"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.rated} {self.option}"


class Rater(models.Model):
    """A unit or a leader who may rate, and how often it has; never what, never when."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="rater_rows", verbose_name="评议")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="领导"
    )
    cast = models.PositiveSmallIntegerField("已投几票", default=0)
    allowed = models.PositiveSmallIntegerField("可投几票", default=1)

    class Meta:
        """All there before the first ballot, so that their order tells nothing."""

        verbose_name = verbose_name_plural = "评议人"
        ordering: ClassVar = ["poll_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cast__lte=F("allowed")), name="rater_cast"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True, account__isnull=False)
                | Q(unit__isnull=False, account__isnull=True),
                name="rater_who",
            ),
            models.UniqueConstraint(fields=["poll", "unit"], name="rater_unit_once"),
            models.UniqueConstraint(fields=["poll", "account"], name="rater_account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit or (self.account and self.account.name)}"

    @property
    def left(self) -> int:
        """How many ballots are not cast yet."""
        return self.allowed - self.cast

    def place(self) -> Place:
        """That of the unit; leaders belong to the county."""
        return self.unit.place() if self.unit else Place()


class OneTimeCode(models.Model):
    """A code with which somebody unknown casts one ballot; only its digest is kept."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="code_rows", verbose_name="评议")
    rated = models.ForeignKey(
        Rated, models.PROTECT, null=True, related_name="+", verbose_name="只评谁"
    )
    digest = models.CharField("摘要", max_length=64, unique=True)
    is_used = models.BooleanField("用过", default=False)

    class Meta:
        """In the order of their digests, which tells nothing."""

        verbose_name = verbose_name_plural = "评议码"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.poll}的评议码"


class PaperBatch(models.Model):
    """Paper questionnaires counted by one person; another adds them to the counts."""

    untold = frozenset({"counts"})

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="batches", verbose_name="评议")
    papers = models.PositiveIntegerField("几张")
    counts = models.JSONField("各项票数", default=list)
    """Pairs of a tally's number and its votes; emptied once they are added, the papers are the proof."""
    entered_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁录入的"
    )
    checked_at = models.DateTimeField("核对时间", null=True)
    checked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁核对的"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """In the order of entering."""

        verbose_name = verbose_name_plural = "纸质票"
        ordering: ClassVar = ["poll_id", "id"]
        constraints: ClassVar = [
            together("checked_at", "checked_by", name="batch_checked"),
            models.CheckConstraint(condition=Q(papers__gt=0), name="batch_papers"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
                name="batch_two_persons",
                violation_error_message="录入和核对要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll}的纸质票{self.papers}张"

    @cached_property
    def is_checked(self) -> bool:
        """Whether they are counted."""
        return self.checked_at is not None
