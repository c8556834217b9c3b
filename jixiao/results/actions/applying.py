"""How does a unit object to its result, and how does it take that back or go on to the committee?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, unmet
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.core.uploads import SUFFIXES, checked
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.rectification.actions import MOST_FILES, Handed
from jixiao.results.models import ResultUnit, Review, ReviewFile
from jixiao.results.queries.inputs import WHOLE, item_of
from jixiao.results.queries.review_ways import Applying, conditions, to_apply
from jixiao.results.states import APPEAL, WITHDRAW, ReviewKind, ReviewState

LONGEST = {"claim": 2000, "asked": 200, "late_reason": 300}


@dataclass(frozen=True)
class Objection:
    """What somebody objects to, why, and what is asked; without a code it is the total or the tier."""

    claim: str
    asked: str
    code: str = ""


@action(Permission.REVIEW_APPLY)
def apply_review(
    part: ResultUnit, *, by: Actor, objection: Objection, files: Sequence[Handed] = ()
) -> Review:
    """申请复核。对一项得分或总分、等次有异议，在期限内提出；不因申请复核而加重扣分。"""
    _refuse("申请复核", to_apply(Applying(part, objection.code)))
    return _applied(part, objection, by=by, files=files)


@action(Permission.REVIEW_DECIDE)
def take_late_review(
    part: ResultUnit,
    *,
    by: Actor,
    objection: Objection,
    late_reason: str,
    files: Sequence[Handed] = (),
) -> Review:
    """受理逾期的复核申请。单位有正当理由的，由县绩效办写明理由代为登记，由别的同事决定。"""
    _refuse("受理", to_apply(Applying(part, objection.code, is_late=True)))
    _check(late_reason, "为什么受理", "late_reason")
    return _applied(part, objection, by=by, files=files, late_reason=late_reason)


@action(Permission.REVIEW_APPLY)
def appeal_decision(
    review: Review, *, by: Actor, claim: str, asked: str, files: Sequence[Handed] = ()
) -> Review:
    """申诉。不服复核决定的，在期限内向绩效管理委员会提出，由作出复核决定以外的人登记委员会的决定。"""
    _refuse(APPEAL.label, conditions(APPEAL, review, by=by))
    objection = Objection(claim, asked, review.code)
    return _applied(review.part, objection, by=by, files=files, first=review)


@action(Permission.REVIEW_APPLY)
def withdraw_review(review: Review, *, by: Actor) -> Review:
    """撤回申请。还没有决定的可以撤回，经过留着。"""
    _refuse(WITHDRAW.label, conditions(WITHDRAW, review, by=by))
    review.state = ReviewState.WITHDRAWN
    review.withdrawn_at, review.withdrawn_by_id = timezone.now(), by.signature()
    review.save()
    return review


def day_after(days: int) -> date:
    """The working day on which a term that begins today ends. RefusedError for an unknown year."""
    try:
        return add_workdays(timezone.localdate(), days)
    except MissingYearError as gap:
        raise RefusedError(str(gap)) from None


def _refuse(label: str, needs: tuple[Condition, ...]) -> None:
    if lacking := unmet(needs):
        raise RefusedError(f"不能{label}：{'；'.join(lacking)}")


def _check(text: str, what: str, field: str) -> None:
    if not text.strip():
        raise RefusedError(f"请写明{what}", field=field)
    if len(text.strip()) > LONGEST[field]:
        raise RefusedError(f"最多{LONGEST[field]}字", field=field)


def _applied(
    part: ResultUnit, objection: Objection, *, by: Actor, files: Sequence[Handed], **more: object
) -> Review:
    _check(objection.claim, "理由", "claim")
    _check(objection.asked, "请求", "asked")
    if len(files) > MOST_FILES:
        raise RefusedError(f"一次最多附{MOST_FILES}份材料", field="files")
    kept = [checked(each.name, content=each.content) for each in files]
    item = item_of(part, objection.code)
    made = Review(
        part=part, code=objection.code, item=item.name[:60] if item else WHOLE,
        claim=objection.claim.strip(), asked=objection.asked.strip(), applied_by_id=by.signature(),
        kind=ReviewKind.APPEAL if more.get("first") else ReviewKind.REVIEW,
        due_on=day_after(part.result.decide_workdays), **more,
    )  # fmt: skip
    made.save()
    for each in kept:
        content = ContentFile(each.content, name=f"{each.digest[-24:]}{SUFFIXES[each.media]}")
        file = ReviewFile(review=made, file=content, name=each.name, media=each.media)
        file.size, file.digest = each.size, each.digest
        file.save()
        created(file)
    return made
