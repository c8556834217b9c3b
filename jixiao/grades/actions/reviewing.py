"""What if somebody does not accept a grade? Terms of the law, another person, never a heavier result."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.grades.actions.deciding import decide
from jixiao.grades.actions.steps import said
from jixiao.grades.actions.telling import require_own
from jixiao.grades.models import Grade, GradeReview, Objection, UnitTable
from jixiao.grades.queries.mine import next_review
from jixiao.grades.queries.notices import may_read_notice
from jixiao.grades.queries.tables import facts
from jixiao.grades.states import DECIDED, ReviewKind, ReviewState, TableState


@action(Permission.GRADES_OWN)
def apply_review(grade: Grade, *, by: Actor, claim: str, is_direct: bool = False) -> GradeReview:
    """申请复核、申诉。只为本人的等次；可以先复核，也可以直接申诉；不因申请加重处理。"""
    require_own(grade, by)
    kind, until = next_review(grade)
    if kind is None:
        raise RefusedError(until)
    kind = ReviewKind.APPEAL if is_direct else kind
    campaign = grade.table.campaign
    days = campaign.decide_days if kind == ReviewKind.REVIEW else campaign.appeal_decide_days
    return GradeReview.objects.create(
        grade=grade, kind=kind, claim=said(claim, "理由", field="claim"), before=grade.final,
        due_on=timezone.localdate() + timedelta(days),
        applied_at=timezone.now(), applied_by_id=by.signature(),
    )  # fmt: skip


@action(Permission.GRADES_OWN)
def withdraw_review(review: GradeReview, *, by: Actor) -> GradeReview:
    """撤回申请。决定作出以前，本人可以撤回。"""
    require_own(review.grade, by)
    if review.state != ReviewState.OPEN:
        raise RefusedError(f"这件申请{review.get_state_display()}，不能撤回")
    review.state = ReviewState.WITHDRAWN
    review.save()
    return review


@dataclass(frozen=True)
class Ruling:
    """What is decided: the grade stays (empty) or becomes a better one, and why."""

    decision: str
    after: str = ""


@action(Permission.GRADES_APPROVE)
def decide_review(review: GradeReview, *, by: Actor, ruling: Ruling) -> GradeReview:
    """决定复核申诉。由没有定过这个等次的人决定，写明理由；只能维持或改为更好的等次。"""
    grade = review.grade
    if review.state != ReviewState.OPEN:
        raise RefusedError(f"这件申请{review.get_state_display()}")
    if by.signature() in _judges(grade):
        raise RefusedError("您定过这个等次或决定过复核，请其他人决定")
    if by.account_id == review.applied_by_id:
        raise DeniedError("不能决定本人的申请")
    review.decision = said(ruling.decision, "决定的理由", field="decision")
    review.state = ReviewState.CHANGED if ruling.after else ReviewState.KEPT
    if ruling.after:
        _better(grade, ruling.after)
        review.after = ruling.after
        watch(grade)
        decide(
            grade, ruling.after, f"{review.get_kind_display()}决定：{review.decision}"[:500], by=by
        )
    review.decided_at, review.decided_by_id = timezone.now(), by.signature()
    if review.kind == ReviewKind.REVIEW:
        review.appeal_until = timezone.localdate() + timedelta(grade.table.campaign.appeal_days)
    review.save()
    return review


def _judges(grade: Grade) -> set[int | None]:
    """Who has already decided about this grade."""
    earlier = grade.reviews.filter(state__in=DECIDED).values_list("decided_by", flat=True)
    return {grade.decided_by_id, grade.table.approved_by_id, *earlier} - {None}


def _better(grade: Grade, after: str) -> None:
    names = grade.table.campaign.grades
    if after not in names or names.index(after) >= names.index(grade.final):
        raise RefusedError("改定的等次要比原来的好；不改的请选维持", field="after")
    found = facts(grade.table)
    if after == names[0] and found.chosen >= found.quota_now.places:
        words = f"{after}没有名额了：{found.quota_now.words}；要先批准提高比例"
        raise RefusedError(words, field="after")


@action(Permission.GRADES_OWN)
def object_grades(table: UnitTable, *, by: Actor, text: str) -> Objection:
    """公示期反映情况。本单位的人都可以反映，是谁反映的只有审定部门知道。"""
    if not may_read_notice(table, by):
        raise DeniedError("只有本单位的人看得到公示")
    if table.state != TableState.PUBLIC:
        raise RefusedError("现在不在公示期")
    return Objection.objects.create(
        table=table, text=said(text, "反映的情况", field="text"),
        said_at=timezone.now(), said_by_id=by.signature(),
    )  # fmt: skip


@action(Permission.GRADES_APPROVE)
def settle_objection(objection: Objection, *, by: Actor, finding: str) -> Objection:
    """核实公示期反映。由反映人以外的人核实，写明核实到的情况。"""
    if objection.settled_at:
        raise RefusedError("已经核实过")
    if objection.said_by_id == by.account_id:
        raise RefusedError("不能核实自己反映的情况，请其他人核实")
    objection.finding = said(finding, "核实情况", field="finding")
    objection.settled_at, objection.settled_by_id = timezone.now(), by.signature()
    objection.save()
    return objection
