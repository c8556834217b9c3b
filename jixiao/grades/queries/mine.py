"""Which grades did I get over the years, what may I do about each, and what follows from them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.words import day
from jixiao.grades.hints import Hint, hints
from jixiao.grades.letter import Told
from jixiao.grades.models import Campaign, Grade, GradeReview
from jixiao.grades.states import (
    OUT,
    CampaignKind,
    Category,
    ReviewKind,
    ReviewState,
    Signature,
    Standing,
    TableState,
)

GradeRow = Grade
ReviewRow = GradeReview
"""What the pages get."""
TOLD = (TableState.NOTIFIED, TableState.CLOSED)


def told() -> Q:
    """Grades that their people may know."""
    above = Q(standing=Standing.ABOVE, final="")
    return Q(table__state__in=TOLD) & ~Q(standing__in=OUT) & ~above


def is_told(grade: Grade) -> bool:
    """Whether the person may know it: the unit has told, and what comes from above has come."""
    if grade.standing == Standing.ABOVE and not grade.final:
        return False
    return grade.table.state in TOLD and grade.standing not in OUT


def mine(actor: Actor) -> QuerySet[Grade]:
    """What this person was told of, newest first, with the cases about it."""
    found = Grade.objects.filter(told(), person__account=actor.account_id)
    shown = found.exclude(person__account=None).select_related(
        "table__campaign", "table__unit", "decided_by", "person"
    )
    cases = Prefetch("reviews", GradeReview.objects.select_related("decided_by"))
    return shown.prefetch_related(cases).order_by("-table__campaign__on", "-pk")


def unsigned(actor: Actor) -> int:
    """How many of the own grades wait for a signature; one query."""
    return mine(actor).filter(signature=Signature.NONE).count()


def own_hints(rows: Sequence[Grade]) -> tuple[Hint, ...]:
    """What one's own annual grades may lead to; what is grave is told by a person, not by a page."""
    annual = [each for each in rows if each.table.campaign.kind == CampaignKind.ANNUAL]
    if not annual:
        return ()
    newest = annual[0].table.campaign
    years = {each.table.campaign.year: each.final for each in annual}
    is_civil = newest.category == Category.CIVIL
    found = hints(years, newest.grades, is_civil=is_civil, until=newest.year)
    return tuple(each for each in found if not each.is_grave)


def grade(pk: int) -> Grade | None:
    """One person's grade with everything about it."""
    found = Grade.objects.select_related(
        "table__campaign", "table__unit", "person", "host", "decided_by", "proposed_by", "signed_by"
    )
    return found.filter(pk=pk).first()


def reviews_of(grade: Grade) -> list[GradeReview]:
    """The cases about a grade, newest first."""
    return list(grade.reviews.select_related("applied_by", "decided_by"))


def is_own(grade: Grade, actor: Actor) -> bool:
    """Whether it is the reader's."""
    return actor.account_id is not None and grade.person.account_id == actor.account_id


def may_see(grade: Grade, actor: Actor) -> bool:
    """The person once told, the unit, the receiving unit, and the departments in charge."""
    if is_own(grade, actor):
        return is_told(grade)
    return actor.may(Permission.GRADES_SEE, grade.place())


def apply_until(campaign: Campaign, final: str, told_on: date) -> date | None:
    """Until when a review may be asked for; None where the rules give no such right."""
    is_last = final == campaign.grades[-1]
    days = campaign.review_days if is_last else campaign.other_days
    return told_on + timedelta(days) if final and days else None


def next_review(grade: Grade) -> tuple[ReviewKind | None, str]:
    """What the person may ask for now and until when; else None and why not."""
    if not grade.final or not is_told(grade):
        return None, "告知等次以后才能申请"
    last = grade.reviews.exclude(state=ReviewState.WITHDRAWN).first()
    if last is None:
        return _within(ReviewKind.REVIEW, grade.apply_until)
    if last.state == ReviewState.OPEN:
        return None, "您的申请正在办理"
    if last.kind == ReviewKind.APPEAL:
        return None, "申诉已经作出决定"
    return _within(ReviewKind.APPEAL, last.appeal_until)


def _within(kind: ReviewKind, until: date | None) -> tuple[ReviewKind | None, str]:
    if until is None:
        return None, "这一等次没有复核程序；有不同意见的，签署意见时写明"
    if timezone.localdate() > until:
        return None, f"申请{kind.label}的期限{day(until)}已过"
    return kind, day(until)


@dataclass(frozen=True)
class MyPage:
    """One's own grades, and what they may lead to."""

    rows: list[Grade]
    hints: tuple[Hint, ...]

    @property
    def waiting(self) -> list[Grade]:
        """Those that wait for a signature."""
        return [each for each in self.rows if each.signature == Signature.NONE]


def my_page(actor: Actor) -> MyPage:
    """The page of one's own grades; two queries."""
    rows = list(mine(actor))
    return MyPage(rows, own_hints(rows))


def told_of(grade: Grade) -> Told:
    """What stands in the letter to a person."""
    campaign, table = grade.table.campaign, grade.table
    local = timezone.localdate(table.notified_at) if table.notified_at else timezone.localdate()
    standing = Standing(grade.standing)
    ground = str(standing.label).partition("：")[2]
    return Told(
        unit=table.unit.name, name=grade.person.name, campaign=str(campaign),
        grade=grade.final, ground=ground, reason=grade.reason or grade.comment,
        document=table.document, told_on=local, apply_until=grade.apply_until,
        decide_days=campaign.decide_days, appeal_days=campaign.appeal_days,
    )  # fmt: skip
