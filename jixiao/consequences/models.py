"""By which rules do consequences follow, which units are on which list and why, what was decided about whom?"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.models import Account
from jixiao.consequences.states import (
    DECIDED,
    OPEN,
    DecisionState,
    ListingState,
    MeasureState,
    Purpose,
    StepKind,
)
from jixiao.core.constraints import in_order, is_choice, together
from jixiao.org.models import Person
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.schemes.models import SchemeLine


class Measure(models.Model):
    """A county's own rule beside a scheme: a consequence of the scheme language, its document, its day."""

    line = models.ForeignKey(
        SchemeLine, models.PROTECT, null=True, related_name="measures", verbose_name="哪个办法"
    )
    """None: results of schemes that are kept elsewhere."""
    kind = models.CharField("类别", max_length=12, choices=Purpose)
    name = models.CharField("名称", max_length=60)
    rule = models.TextField("规则", max_length=8000)
    """One consequence as canonical JSON of the scheme language."""
    document = models.CharField("文号", max_length=60)
    since = models.DateField("施行日期")
    until = models.DateField("施行到", null=True)
    state = models.CharField(
        "状态", max_length=10, choices=MeasureState, default=MeasureState.DRAFT
    )
    written_at = models.DateTimeField("起草时间", default=timezone.now, editable=False)
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁起草")
    approved_at = models.DateTimeField("批准时间", null=True)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁核准"
    )
    ended_at = models.DateTimeField("停止时间", null=True)
    ended_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁停止"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Those in force first."""

        verbose_name = verbose_name_plural = "结果运用规定"
        ordering: ClassVar = ["-state", "-since", "-id"]
        constraints: ClassVar = [
            is_choice("kind", Purpose, name="measure_kind"),
            is_choice("state", MeasureState, name="measure_state"),
            in_order("since", "until", name="measure_days"),
            together("approved_at", "approved_by", name="measure_approved"),
            together("ended_at", "ended_by", name="measure_ended"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(rule="") & ~Q(document=""), name="measure_whole"
            ),
            models.CheckConstraint(
                condition=~Q(state=MeasureState.IN_FORCE) | Q(approved_at__isnull=False),
                name="measure_state_approved",
            ),
            models.CheckConstraint(
                condition=Q(state=MeasureState.ENDED, ended_at__isnull=False)
                | ~Q(state=MeasureState.ENDED) & Q(ended_at__isnull=True),
                name="measure_state_ended",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="measure_two_people",
                violation_error_message="起草和核准要由两个人办理",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListingQuerySet(models.QuerySet["Listing"]):
    """Filters of lists."""

    def in_force(self) -> Self:
        """Not yet replaced by a newer one."""
        return self.filter(state=ListingState.IN_FORCE)


class Listing(models.Model):
    """A list drawn from an approved run for one consequence; rule and basis are frozen with it."""

    result = models.ForeignKey(
        SealedResult, models.PROTECT, related_name="listings", verbose_name="结果"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, related_name="listings", verbose_name="结果运用规定"
    )
    """None: the consequence stands in the scheme itself."""
    kind = models.CharField("类别", max_length=12, choices=Purpose)
    name = models.CharField("名称", max_length=60)
    words = models.TextField("条件")
    """The rule as a sentence."""
    basis = models.CharField("依据", max_length=300, blank=True)
    counted_on = models.DateField("问题数到哪天")
    state = models.CharField(
        "状态", max_length=10, choices=ListingState, default=ListingState.IN_FORCE
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces", verbose_name="被哪份取代"
    )
    drawn_at = models.DateTimeField("开列时间", default=timezone.now, editable=False)
    drawn_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁开列")
    amount = models.DecimalField("每系数金额（元）", max_digits=12, decimal_places=2, null=True)
    """Never there unless the county enters it by a document of its own."""
    amount_document = models.CharField("金额依据文号", max_length=60, blank=True)
    amount_at = models.DateTimeField("录入金额时间", null=True)
    amount_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁录入金额"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        """Newest first, in the order of the rules."""

        verbose_name = verbose_name_plural = "结果运用名单"
        ordering: ClassVar = ["-result__year", "-result_id", "id"]
        constraints: ClassVar = [
            is_choice("kind", Purpose, name="listing_kind"),
            is_choice("state", ListingState, name="listing_state"),
            together("amount", "amount_at", "amount_by", name="listing_amount"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True)
                | Q(kind=Purpose.COEFFICIENT, amount__gt=0) & ~Q(amount_document=""),
                name="listing_amount_document",
                violation_error_message="金额大于0，写明文号，只用于奖金系数",
            ),
            models.UniqueConstraint(
                fields=["result", "name"],
                condition=Q(state=ListingState.IN_FORCE),
                name="listing_once",
                violation_error_message="这次结果的这份名单已经开列",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(state=ListingState.SUPERSEDED),
                name="listing_replaced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result.year}年度{self.name}"


class ListedUnit(models.Model):
    """A unit on a list, why it is there, and where the list gives figures, which."""

    untold = frozenset({"reason"})

    listing = models.ForeignKey(
        Listing, models.PROTECT, related_name="entries", verbose_name="名单"
    )
    part = models.ForeignKey(
        ResultUnit, models.PROTECT, related_name="entries", verbose_name="哪份成绩单"
    )
    reason = models.TextField("理由")
    rate = models.DecimalField("比例或系数", max_digits=14, decimal_places=8, null=True)
    people = models.DecimalField("人数", max_digits=12, decimal_places=4, null=True)
    places = models.PositiveIntegerField("名额", null=True)

    class Meta:
        """In the scheme's order."""

        verbose_name = verbose_name_plural = "结果运用名单中的单位"
        ordering: ClassVar = ["listing", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["listing", "part"], name="entry_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="entry_reason"),
            models.CheckConstraint(
                condition=Q(places=None)
                | Q(rate__isnull=False, people__isnull=False, places__lte=F("people")),
                name="entry_places",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part.name} {self.listing}"

    def place(self) -> Place:
        """That of the unit's part in the result."""
        return self.part.place()


class PersonalDecision(models.Model):
    """What is proposed about a person on the ground of a list, and what a person decided."""

    untold = frozenset({"proposal", "reason", "before", "after"})

    entry = models.ForeignKey(
        ListedUnit, models.PROTECT, related_name="decisions", verbose_name="依据哪一条"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="consequences", verbose_name="人员"
    )
    post = models.CharField("职务和分工", max_length=120)
    """As it was when proposed."""
    proposal = models.CharField("拟如何", max_length=300)
    proposed_at = models.DateTimeField("提出时间", default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name="谁提出"
    )
    state = models.CharField(
        "状态", max_length=10, choices=DecisionState, default=DecisionState.WAITING
    )
    reason = models.TextField("决定的理由", max_length=1000, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁决定"
    )
    flagged_at = models.DateTimeField("依据变动时间", null=True)
    flagged_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁开列了新名单"
    )
    before = models.TextField("原来的依据", blank=True)
    after = models.TextField("现在的依据", blank=True)
    told_at = models.DateTimeField("告知本人时间", null=True)
    told_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="谁告知"
    )
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """The longest waiting first."""

        verbose_name = verbose_name_plural = "涉及个人的决定"
        ordering: ClassVar = ["proposed_at", "id"]
        constraints: ClassVar = [
            is_choice("state", DecisionState, name="decision_state"),
            together("decided_at", "decided_by", name="decision_decided"),
            together("flagged_at", "flagged_by", name="decision_flagged"),
            together("told_at", "told_by", name="decision_told"),
            models.CheckConstraint(condition=~Q(proposal=""), name="decision_proposal"),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False) & ~Q(reason="")
                | ~Q(state__in=DECIDED) & Q(decided_at__isnull=True),
                name="decision_state_decided",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(decided_at__isnull=False),
                name="decision_state_told",
            ),
            models.CheckConstraint(
                condition=Q(flagged_at__isnull=True) | ~Q(before="") & ~Q(after=""),
                name="decision_flag_words",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="decision_two_people",
                violation_error_message="提出和决定要由两个人办理",
            ),
            models.UniqueConstraint(
                fields=["entry", "person"],
                condition=Q(state__in=OPEN),
                name="decision_once",
                violation_error_message="依据这一条，此人的事项已经提出",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.entry.listing.name}"

    def place(self) -> Place:
        """That of the unit on whose ground it was proposed."""
        return self.entry.place()

    @property
    def is_flagged(self) -> bool:
        """Whether its ground has changed since."""
        return self.flagged_at is not None


class DecisionStep(models.Model):
    """One thing done about a person's matter; nothing said before is ever cleared."""

    untold = frozenset({"text"})

    decision = models.ForeignKey(
        PersonalDecision, models.PROTECT, related_name="steps", verbose_name="涉及个人的决定"
    )
    kind = models.CharField("办理", max_length=10, choices=StepKind)
    text = models.TextField("说明", max_length=2000, blank=True)
    taken_at = models.DateTimeField("办理时间", default=timezone.now, editable=False)
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="谁办的")

    class Meta:
        """In the order of happening."""

        verbose_name = verbose_name_plural = "涉及个人的决定办理经过"
        ordering: ClassVar = ["decision_id", "id"]
        constraints: ClassVar = [is_choice("kind", StepKind, name="decision_step_kind")]

    def __str__(self) -> str:
        return f"{self.decision} {self.get_kind_display()}"

    def place(self) -> Place:
        """That of the decision."""
        return self.decision.place()
