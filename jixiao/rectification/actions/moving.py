"""How does a finding go from being told to being closed, step by step, nothing ever cleared?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone
from pydantic import Base64Bytes

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.core.uploads import SUFFIXES, checked
from jixiao.periods.workdays import MissingYearError, add_workdays, is_workday, workdays_between
from jixiao.rectification.models import Case, CaseStep, Proof
from jixiao.rectification.queries.ways import missing
from jixiao.rectification.states import (
    EXTEND,
    PLAN,
    PROVE,
    RECHECK,
    RELAPSE,
    RETURN_WITHIN,
    SEND_BACK,
    VERIFY,
    WITHDRAW,
    CaseState,
    StepKind,
)

MOST_FILES = 5


@dataclass(frozen=True)
class Handed:
    """A file as a unit hands it in; programs send the content as Base64."""

    name: str
    content: Base64Bytes


@action(Permission.RECTIFY)
def report_plan(case: Case, *, by: Actor, text: str) -> Case:
    """报整改方案。写明怎么改、谁负责、什么时候改完。"""
    _refuse(PLAN, case, by)
    _step(case, StepKind.PLAN, by=by, text=_said(text, "整改方案"))
    return _go(case, PLAN.target)


@action(Permission.RECTIFY)
def report_proof(case: Case, *, by: Actor, text: str, files: Sequence[Handed] = ()) -> Case:
    """报整改结果。写明改了什么、现在怎样；材料有就附，不强求。"""
    _refuse(PROVE, case, by)
    if len(files) > MOST_FILES:
        raise RefusedError(f"一次最多附{MOST_FILES}份材料", field="files")
    kept = [checked(each.name, content=each.content) for each in files]
    step = _step(case, StepKind.PROOF, by=by, text=_said(text, "整改结果"))
    for each in kept:
        created(
            Proof.objects.create(
                step=step,
                file=ContentFile(each.content, name=f"{each.digest[-24:]}{SUFFIXES[each.media]}"),
                name=each.name,
                media=each.media,
                size=each.size,
                digest=each.digest,
            )
        )
    return _go(case, PROVE.target)


@action(Permission.RECTIFICATION_REVIEW)
def send_back(case: Case, *, by: Actor, reason: str) -> Case:
    """退回整改。写明还缺什么；等待核实的时间不算单位的，从退回起接着计期限。"""
    _refuse(SEND_BACK, case, by)
    _step(case, StepKind.SEND_BACK, by=by, text=_said(reason, "退回的理由", "reason"))
    handed = case.steps.filter(kind__in=(StepKind.PLAN, StepKind.PROOF)).last()
    if case.due_on and handed:
        case.due_on = renewed(case.due_on, handed_on=timezone.localdate(handed.taken_at))
    case.turn += 1
    return _go(case, SEND_BACK.target)


def renewed(due_on: date, *, handed_on: date) -> date:
    """A deadline that was kept goes on from today with what was left of it, and at least a few days."""
    if handed_on > due_on:
        return due_on
    today = timezone.localdate()
    try:
        left = workdays_between(handed_on, due_on)
        return max(due_on, add_workdays(today, max(left, RETURN_WITHIN)))
    except MissingYearError as gap:
        raise RefusedError(str(gap)) from None


@action(Permission.RECTIFICATION_REVIEW)
def verify(case: Case, *, by: Actor, text: str = "") -> Case:
    """核实整改到位。由发现人以外的人核实；按期报结果的，预扣分随之恢复。"""
    _refuse(VERIFY, case, by)
    _step(case, StepKind.VERIFY, by=by, text=text.strip())
    if case.points and not case.given_back_at and was_timely(case):
        case.given_back_at, case.given_back_by_id = timezone.now(), by.signature()
    return _go(case, VERIFY.target)


def was_timely(case: Case) -> bool:
    """Whether the result that is being judged was handed in on or before the day it was due."""
    proof = case.steps.filter(kind=StepKind.PROOF).last()
    due_on = proof.due_on if proof else None
    return due_on is not None and timezone.localdate(proof.taken_at) <= due_on  # type: ignore[union-attr]


@action(Permission.RECTIFICATION_REVIEW)
def recheck(case: Case, *, by: Actor, text: str, where: str) -> Case:
    """复查有效，销号。在下一轮评估中再看一次成效，写明哪一次、看到什么。"""
    _refuse(RECHECK, case, by)
    seen = _said(text, "看到的情况")
    _step(case, StepKind.RECHECK, by=by, text=seen, where=_said(where, "在哪一次复查", "where"))
    case.closed_at, case.closed_by_id = timezone.now(), by.signature()
    return _go(case, RECHECK.target)


@action(Permission.RECTIFICATION_REVIEW)
def relapse(case: Case, *, by: Actor, text: str, where: str, due_on: date) -> Case:
    """复查反弹，重新整改。写明哪一次、看到什么、新的期限；已恢复的分不再收回，反弹另记。"""
    _refuse(RELAPSE, case, by)
    seen, at = _said(text, "看到的情况"), _said(where, "在哪一次复查", "where")
    _check_day(due_on, after=timezone.localdate())
    case.turn, case.due_on = case.turn + 1, due_on
    case.closed_at = case.closed_by = None
    _step(case, StepKind.RELAPSE, by=by, text=seen, where=at)
    return _go(case, RELAPSE.target)


@action(Permission.RECTIFICATION_EXTEND)
def extend(case: Case, *, by: Actor, due_on: date, reason: str) -> Case:
    """同意延期。单位在期限前提出、确有理由的，由县绩效办定新期限；原期限留在经过里。"""
    _refuse(EXTEND, case, by)
    _check_day(due_on, after=case.due_on or timezone.localdate())
    _step(case, StepKind.EXTEND, by=by, text=_said(reason, "延期的理由", "reason"))
    case.due_on = due_on
    case.save()
    return case


@action(Permission.RECTIFICATION_REVIEW)
def withdraw(case: Case, *, by: Actor, reason: str) -> Case:
    """撤回问题。提错了的，由发现人或县绩效办写明理由撤回，经过仍然留着。"""
    _refuse(WITHDRAW, case, by)
    _step(case, StepKind.WITHDRAW, by=by, text=_said(reason, "撤回的理由", "reason"))
    return _go(case, WITHDRAW.target)


def _refuse(move: Move[CaseState], case: Case, by: Actor) -> None:
    if lacking := missing(move, case, by=by):
        raise RefusedError(f"不能{move.label}：{'；'.join(lacking)}")


def _said(text: str, what: str, field: str = "text") -> str:
    if not text.strip():
        raise RefusedError(f"请写明{what}", field=field)
    return text.strip()


def _check_day(day: date, *, after: date) -> None:
    if day <= after:
        raise RefusedError(f"新期限要晚于{after:%Y-%m-%d}", field="due_on")
    try:
        works = is_workday(day)
    except MissingYearError as gap:
        raise RefusedError(str(gap), field="due_on") from None
    if not works:
        raise RefusedError(f"{day:%Y-%m-%d} 放假，请改为工作日", field="due_on")


def _step(case: Case, kind: StepKind, *, by: Actor, text: str, where: str = "") -> CaseStep:
    """Say what is done, in the turn and under the deadline that hold now."""
    step = CaseStep.objects.create(
        case=case, kind=kind, turn=case.turn, text=text, where=where, due_on=case.due_on,
        taken_at=timezone.now(), taken_by_id=by.signature(),
    )  # fmt: skip
    created(step)
    return step


def _go(case: Case, state: CaseState) -> Case:
    case.state = state
    case.save()
    return case
