"""How does each person come to know the grade, and what did the person say to it?"""

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.grades.actions.filling import is_own
from jixiao.grades.actions.steps import checked, said, take_step
from jixiao.grades.models import Grade, UnitTable
from jixiao.grades.queries.mine import apply_until, is_told
from jixiao.grades.states import NOTIFY, OUT, Signature, StepKind


@action(Permission.GRADES_EDIT)
def notify_people(table: UnitTable, *, by: Actor) -> UnitTable:
    """书面告知本人。每人一份通知书，写明等次、依据和救济权利；从今天起计算申请复核的期限。"""
    checked(NOTIFY, table, by=by)
    today = timezone.localdate()
    for grade in table.grades.exclude(standing__in=OUT).select_related("person"):
        until = apply_until(table.campaign, grade.final, today)
        if until is not None:
            watch(grade)
            grade.apply_until = until
            grade.save()
    table.notified_at, table.notified_by_id = timezone.now(), by.signature()
    take_step(table, StepKind.NOTIFY, by=by)
    table.state = NOTIFY.target
    table.save()
    return table


@action(Permission.GRADES_OWN)
def sign_grade(grade: Grade, *, by: Actor, agrees: bool, opinion: str = "") -> Grade:
    """签署意见。只签本人的；不同意的写明意见，签字不等于放弃复核。"""
    require_own(grade, by)
    _refuse_untold(grade)
    signature = Signature.AGREES if agrees else Signature.DISAGREES
    if not agrees:
        said(opinion, "不同意的意见", field="opinion")
    return _signed(grade, signature, opinion, by=by)


@action(Permission.GRADES_EDIT)
def witness_grade(
    grade: Grade, *, by: Actor, signature: Signature, opinion: str = "", witness: str = ""
) -> Grade:
    """登记纸上签收。本人在通知书上签的照录；拒绝签字的写明两名见证人和情况，不影响告知。"""
    by.require(Permission.GRADES_EDIT, grade.table.place())
    if is_own(grade, by):
        raise RefusedError("本人的请用自己的账号签署，或由他人登记")
    _refuse_untold(grade)
    if signature == Signature.NONE:
        raise RefusedError("请选签收情况", field="signature")
    if signature == Signature.REFUSED:
        said(witness, "两名见证人和情况", field="witness")
    grade.is_on_paper, grade.witness = True, witness.strip()
    return _signed(grade, signature, opinion, by=by)


def require_own(grade: Grade, by: Actor) -> None:
    """DeniedError unless it is the person's own grade."""
    if not is_own(grade, by):
        raise DeniedError("只能办理本人的")


def _refuse_untold(grade: Grade) -> None:
    if not is_told(grade):
        raise RefusedError("还没有书面告知，告知后再签")
    if grade.signature != Signature.NONE:
        raise RefusedError(f"已经签过：{grade.get_signature_display()}")


def _signed(grade: Grade, signature: Signature, opinion: str, *, by: Actor) -> Grade:
    grade.signature, grade.opinion = signature, opinion.strip()
    grade.signed_at, grade.signed_by_id = timezone.now(), by.signature()
    grade.save()
    return grade
