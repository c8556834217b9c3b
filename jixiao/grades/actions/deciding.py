"""How does the personnel department decide: noticed, approved by a second person, or sent back?"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.grades.actions.steps import checked, keep_quota, said, take_step
from jixiao.grades.models import Campaign, Grade, UnitTable
from jixiao.grades.queries.mine import apply_until
from jixiao.grades.states import (
    APPROVE,
    CLOSE,
    KEEP,
    OWN,
    PUBLICIZE,
    RAISE,
    SEND_BACK,
    Signature,
    Standing,
    StepKind,
)
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.scoring.numbers import SCALE, percent_text

SHOWN = 5


@action(Permission.GRADES_APPROVE)
def publicize_table(table: UnitTable, *, by: Actor) -> UnitTable:
    """同意公示。拟定最高等次的人选在本单位公示，公示期内谁都可以反映情况，期满再审定。"""
    checked(PUBLICIZE, table, by=by)
    today = timezone.localdate()
    try:
        until = add_workdays(today, table.campaign.notice_workdays)
    except MissingYearError as gap:
        raise RefusedError(str(gap)) from None
    table.notice_from, table.notice_until = today, until
    take_step(table, StepKind.PUBLICIZE, by=by, text=f"公示到{until:%Y-%m-%d}")
    table.state = PUBLICIZE.target
    table.save()
    return table


@action(Permission.GRADES_APPROVE)
def approve_table(table: UnitTable, *, by: Actor, document: str) -> UnitTable:
    """审定等次。由报送人以外的人逐人核对后审定，写明会议或文号；每个人的等次从此有人负责。"""
    found = checked(APPROVE, table, by=by)
    basis = said(document, "审定依据：哪次会议、哪份文件", field="document")
    for row in found.rows:
        if row.grade.standing in OWN:
            watch(row.grade)
            reason = row.grade.comment or f"单位提出，{basis}审定"
            decide(row.grade, row.grade.proposed, reason, by=by)
    keep_quota(table, found.quota_now)
    table.document, table.approved_at = basis, timezone.now()
    table.approved_by_id = by.signature()
    take_step(table, StepKind.APPROVE, by=by, text=f"{basis}；{found.quota_now.words}")
    table.state = APPROVE.target
    table.save()
    return table


def decide(grade: Grade, final: str, reason: str, *, by: Actor) -> None:
    """A person decides one person's grade; the digest proves later what it was. Watched already."""
    grade.final, grade.reason = final, reason
    grade.decided_at, grade.decided_by_id = timezone.now(), by.signature()
    grade.salt = secrets.token_hex(16)
    grade.digest = digest_of(grade)
    grade.save()


def digest_of(grade: Grade) -> str:
    """Of person, appraisal, grade, reason and who decided, with the row's own salt."""
    told = [grade.person_id, grade.table_id, grade.final, grade.reason, grade.decided_by_id]
    body = json.dumps([grade.salt, *told], ensure_ascii=False)
    return f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"


@action(Permission.GRADES_APPROVE)
def send_back_table(table: UnitTable, *, by: Actor, reason: str) -> UnitTable:
    """退回单位。写明为什么，单位改后再报送；已填的内容都留着。"""
    checked(SEND_BACK, table, by=by)
    take_step(table, StepKind.SEND_BACK, by=by, text=said(reason, "退回的理由", field="reason"))
    table.notice_from = table.notice_until = None
    table.state = SEND_BACK.target
    table.save()
    return table


@action(Permission.GRADES_APPROVE)
def raise_share(table: UnitTable, *, by: Actor, share: int, document: str) -> UnitTable:
    """批准提高比例。按规定可以提高的单位，写明批准文号；不超过经批准的上限。"""
    checked(RAISE, table, by=by)
    if not 0 < share <= table.campaign.cap:
        most = percent_text(table.campaign.limits.cap)
        raise RefusedError(f"比例要大于0，不超过{most}", field="share")
    table.raised, table.raised_document = share, said(document, "批准文号", field="document")
    words = f"{percent_text(Fraction(share, SCALE))}（{table.raised_document}）"
    take_step(table, StepKind.RAISE, by=by, text=words)
    table.save()
    return table


@action(Permission.GRADES_APPROVE)
def keep_basis(table: UnitTable, *, by: Actor, reason: str) -> UnitTable:
    """看过名额变化，等次不变。单位等次后来变了、名额也变了的，由人看过，写明为什么不动。"""
    found = checked(KEEP, table, by=by)
    text = f"{found.moved}；{said(reason, '理由', field='reason')}"[:500]
    take_step(table, StepKind.KEEP, by=by, text=text)
    keep_quota(table, found.quota_now)
    table.save()
    return table


@action(Permission.GRADES_APPROVE)
def close_table(table: UnitTable, *, by: Actor) -> UnitTable:
    """办结归档。每个人都签收、复核申诉都办完以后办结。"""
    checked(CLOSE, table, by=by)
    take_step(table, StepKind.CLOSE, by=by)
    table.state = CLOSE.target
    table.save()
    return table


@dataclass(frozen=True)
class FromAbove:
    """What the organization department decided about one person."""

    grade_id: int
    value: str
    comment: str = ""


@action(Permission.GRADES_APPROVE)
def take_from_above(
    campaign: Campaign, *, by: Actor, rows: Sequence[FromAbove], document: str
) -> Campaign:
    """导入组织部门确定的等次。县管干部由组织部门考核，平台只存结果，写明文号。"""
    basis = said(document, "组织部门的文号", field="document")
    above = Grade.objects.filter(table__campaign=campaign, standing=Standing.ABOVE)
    known = {
        each.pk: each for each in above.select_related("person", "table__campaign", "table__unit")
    }
    refused = [words for row in rows if (words := _fault(known, campaign, row, by=by))]
    if refused:
        raise RefusedError("；".join(refused[:SHOWN]))
    for row in rows:
        grade = known[row.grade_id]
        watch(grade)
        if grade.table.notified_at:
            grade.apply_until = apply_until(campaign, row.value, timezone.localdate())
        decide(grade, row.value, row.comment or basis, by=by)
    return campaign


def _fault(known: dict[int, Grade], campaign: Campaign, row: FromAbove, *, by: Actor) -> str:
    grade = known.get(row.grade_id)
    if grade is None:
        return f"编号{row.grade_id}不是由组织部门确定的"
    if by.account_id is not None and grade.person.account_id == by.account_id:
        return f"{grade.person}是您本人，请其他人导入"
    if grade.signature != Signature.NONE:
        return f"{grade.person}已经签收，不能再导入"
    return "" if row.value in campaign.grades else f"{grade.person}：没有“{row.value[:20]}”这一等次"
