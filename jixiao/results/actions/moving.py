"""How does a result come from its first computing to being published? Two people at each step that matters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.core.words import day
from jixiao.notices.actions import Letter, send_notice
from jixiao.org.models import Unit
from jixiao.results.actions.applying import day_after
from jixiao.results.models import ResultStep, SealedResult
from jixiao.results.moved import moved_units
from jixiao.results.queries.kept import reading
from jixiao.results.queries.ways import missing
from jixiao.results.states import (
    ADOPT,
    APPROVE,
    BACKWARD,
    CURRENT,
    DISCARD,
    NOTIFY,
    PUBLISH,
    REVIEW,
    REVOKE,
    SEND_BACK,
    SUPERSEDE,
    ResultState,
    StepKind,
)

LONGEST_TERM = 60
"""Working days; nobody waits a quarter of a year for a mark."""


@dataclass(frozen=True)
class Approval:
    """Which meeting of the committee approved it, on which day, by which document."""

    meeting: str
    met_on: date
    document: str = ""


@dataclass(frozen=True)
class Terms:
    """Working days to apply for a review, to decide on it, and to appeal."""

    apply: int
    decide: int
    appeal: int


@action(Permission.RESULTS_APPROVE)
def review_result(result: SealedResult, *, by: Actor, note: str = "") -> SealedResult:
    """审核得分结果。由计分人以外的人核对后通过，再告知各单位。"""
    _go(result, REVIEW, by=by, text=note)
    result.reviewed_at, result.reviewed_by_id = timezone.now(), by.signature()
    result.save()
    return result


@action(Permission.RESULTS_APPROVE)
def send_back_result(result: SealedResult, *, by: Actor, reason: str) -> SealedResult:
    """退回重算。写明哪里不对；审核过的记录留在经过里。"""
    _go(result, SEND_BACK, by=by, text=reason)
    result.save()
    return result


@action(Permission.RESULTS_EDIT)
def notify_units(result: SealedResult, *, by: Actor, terms: Terms | None = None) -> SealedResult:
    """告知各单位得分结果。写明申请复核的权利和期限；因复核重算的，告知名次或等次有变动的单位。"""
    _go(result, NOTIFY, by=by, text="")
    if terms:
        _check_terms(terms)
        result.apply_workdays, result.decide_workdays = terms.apply, terms.decide
        result.appeal_workdays = terms.appeal
    result.notified_at, result.notified_by_id = timezone.now(), by.signature()
    result.apply_until = day_after(result.apply_workdays)
    letter = _letter(result)
    if result.follows and result.follows.apply_until:
        result.apply_until = max(result.apply_until, result.follows.apply_until)
    result.save()
    if units := list(units_to_tell(result)):
        send_notice(letter, by=replace(by, once=None), units=units)
    not_in_force = [each for each in _replaced(result) if not each.is_published]
    _supersede(not_in_force, result, by=by)
    return result


@action(Permission.RESULTS_APPROVE)
def approve_result(result: SealedResult, *, by: Actor, approval: Approval) -> SealedResult:
    """登记审定。复核期满、复核申诉都办结后，登记绩效管理委员会审定的会议、日期和文件。"""
    _go(result, APPROVE, by=by, text=_approval_words(approval))
    return _approved(result, approval, by=by)


@action(Permission.RESULTS_APPROVE)
def revoke_approval(result: SealedResult, *, by: Actor, reason: str) -> SealedResult:
    """撤回审定。公布以前发现有误时用，写明原因。"""
    _go(result, REVOKE, by=by, text=reason)
    result.save()
    return result


@action(Permission.RESULTS_APPROVE)
def adopt_result(result: SealedResult, *, by: Actor, approval: Approval) -> SealedResult:
    """登记平台外的审定。以前年度已经告知、审定的结果，凭审定文件录入，不再重走复核期。"""
    if not approval.document.strip():
        raise RefusedError("请写明审定文件的文号", field="document")
    _go(result, ADOPT, by=by, text=_approval_words(approval))
    now, who = timezone.now(), by.signature()
    result.reviewed_at, result.reviewed_by_id = now, who
    result.notified_at, result.notified_by_id, result.apply_until = now, who, approval.met_on
    return _approved(result, approval, by=by)


@action(Permission.RESULTS_EDIT)
def publish_result(result: SealedResult, *, by: Actor) -> SealedResult:
    """公布得分结果。由登记审定以外的人公布；全县看到等次，上一次的结果随之被取代。"""
    _go(result, PUBLISH, by=by, text="")
    result.published_at, result.published_by_id = timezone.now(), by.signature()
    result.save()
    _supersede(_replaced(result), result, by=by)
    return result


@action(Permission.RESULTS_EDIT)
def discard_result(result: SealedResult, *, by: Actor, reason: str) -> SealedResult:
    """作废没有告知的结果。写明原因，结果仍然留存；成立的复核等下一次重算。"""
    _go(result, DISCARD, by=by, text=reason)
    for each in result.came_from.all():
        watch(each)
        each.led_to = None
        each.save(update_fields=["led_to"])
    result.save()
    return result


def units_to_tell(result: SealedResult) -> Iterable[Unit]:
    """All units of a first run; of a later one those whose place or tier moved."""
    parts = result.units.select_related("unit")
    if result.follows is None:
        return [each.unit for each in parts]
    found = moved_units(reading(result.follows), reading(result))
    told = {each.unit for each in found if each.is_told}
    return [each.unit for each in parts if each.name in told]


def _check_terms(terms: Terms) -> None:
    for field in ("apply", "decide", "appeal"):
        if not 1 <= getattr(terms, field) <= LONGEST_TERM:
            raise RefusedError(f"工作日在1到{LONGEST_TERM}之间", field=field)


def _go(result: SealedResult, move: Move[ResultState], *, by: Actor, text: str) -> None:
    """Move on, or say what is still missing; what leads back needs a reason."""
    if found := missing(move, result, by=by):
        raise RefusedError(f"还不能{move.label}：{'；'.join(found)}")
    if move in BACKWARD and not text.strip():
        raise RefusedError("请写明原因", field="reason")
    result.state = move.target
    _step(result, StepKind(move.name), text.strip(), by=by)


def _step(result: SealedResult, kind: StepKind, text: str, *, by: Actor) -> None:
    step = ResultStep.objects.create(
        result=result, kind=kind, text=text, taken_by_id=by.signature()
    )
    created(step)


def _approved(result: SealedResult, approval: Approval, *, by: Actor) -> SealedResult:
    if not approval.meeting.strip():
        raise RefusedError("请写明审定的会议", field="meeting")
    if approval.met_on > timezone.localdate():
        raise RefusedError("会议日期不能晚于今天", field="met_on")
    result.approved_at, result.approved_by_id = timezone.now(), by.signature()
    result.meeting, result.met_on = approval.meeting.strip(), approval.met_on
    result.document = approval.document.strip()
    result.save()
    return result


def _approval_words(approval: Approval) -> str:
    number = f"（{approval.document}）" if approval.document else ""
    return f"{day(approval.met_on)} {approval.meeting}{number}"


def _letter(result: SealedResult) -> Letter:
    """杭州市绩效管理条例第二十五条：结果要告知单位，并告知申请复核的权利."""
    is_again = (
        f"因{result.reason}，得分重新计算，贵单位的名次或等次有变动，变动前后列在成绩单上。"
        if result.follows
        else ""
    )
    until = result.apply_until or timezone.localdate()
    return Letter(
        title=f"{result}得分结果告知",
        body=(
            f"{is_again}贵单位{result}的得分、等次和每一分的来由已在平台“得分等次”中列出。"
            f"如有异议，可以在{day(until)}（含当日，共{result.apply_workdays}个工作日）以前，"
            f"在成绩单上对任何一项申请复核；复核在{result.decide_workdays}个工作日内作出决定，"
            "不因申请复核而加重扣分。逾期不申请的，按本结果报请审定。"
        ),
        due_on=until,
    )


def _replaced(result: SealedResult) -> list[SealedResult]:
    """What else units were told about the same scheme, year and stage."""
    same = SealedResult.objects.light().of(result.subject).filter(state__in=CURRENT)
    return list(same.exclude(pk=result.pk))


def _supersede(older: Iterable[SealedResult], newer: SealedResult, *, by: Actor) -> None:
    for each in older:
        watch(each)
        each.state = SUPERSEDE.target
        each.save(update_fields=["state"])
        _step(each, StepKind.SUPERSEDE, f"由第{newer.pk}号结果取代", by=by)
