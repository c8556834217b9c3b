"""How is a confirmed record put right, for everybody to see?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.notices.actions import Letter, send_notice
from jixiao.scoring.sheet import digest
from jixiao.visits.models import Correction, Entry, Record, Visit
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import RecordState, VisitState
from jixiao.visits.tasks import Task

LONGEST = 500


@dataclass(frozen=True)
class Corrected:
    """What the record says from now on; figures in ten-thousandths by sheet column."""

    values: Mapping[str, int | None]
    reason_of_mark: str = ""


@action(Permission.VISITS_CORRECT)
def correct_record(
    record: Record,
    *,
    by: Actor,
    corrected: Corrected,
    reason: str,
    document: str = "",
) -> Correction:
    """更正已确认的记录。由没有参加记录和确认的同事办理，写明原因，前后都留着，单位收到通知。"""
    visit = record.visit
    _refuse(record, reason=reason, document=document, by=by)
    known = {name: value for name, value in corrected.values.items() if value is not None}
    task = _checked(record, known, corrected.reason_of_mark)
    watch(record)
    before = _said(record)
    record.values, record.mark = known, task.mark(known)
    record.reason, record.state = corrected.reason_of_mark.strip(), RecordState.STANDING
    record.digest = digest([record.methods, known, record.reason, record.remark])
    if _said(record) == before:
        raise RefusedError("和现在的记录一样，没有要更正的")
    record.save()
    made = Correction.objects.create(
        record=record, before=before, after=_said(record), reason=reason.strip(),
        document=document.strip(), corrected_by_id=by.signature(),
    )  # fmt: skip
    _tell(visit, by=by)
    return made


def _refuse(record: Record, *, reason: str, document: str, by: Actor) -> None:
    visit = record.visit
    if visit.state != VisitState.CLOSED:
        raise RefusedError(f"{visit.name}{visit.get_state_display()}，还没有双方确认，不用办更正")
    if by.account_id in _hands(visit):
        raise RefusedError("您参加过这次评估的记录或确认，请由另一位同事更正")
    if not reason.strip():
        raise RefusedError("请写明为什么更正", field="reason")
    for name, text, most in (("reason", reason, LONGEST), ("document", document, 80)):
        if len(text.strip()) > most:
            raise RefusedError(f"最多{most}字", field=name)


def _hands(visit: Visit) -> set[int]:
    """Everybody who recorded or confirmed something of this visit."""
    entered = Entry.objects.filter(record__visit=visit).values_list("received_by_id", flat=True)
    saved = visit.records.values_list("saved_by_id", flat=True)
    stood = visit.confirmations.values_list("confirmed_by_id", flat=True)
    return {*entered, *saved, *stood}


def _checked(record: Record, known: Mapping[str, int], reason_of_mark: str) -> Task:
    """The record's task, where the new figures can stand."""
    visit = record.visit
    task = book_of(visit.round).task(visit.name, record.code)
    if task is None:
        raise RefusedError(f"办法对{visit.name}没有“{record.code}”这一项")
    if len(reason_of_mark.strip()) > LONGEST:
        raise RefusedError(f"最多{LONGEST}字", field="reason_of_mark")
    lacking = task.lacking(known, methods=record.methods, reason=reason_of_mark)
    if lacking:
        raise RefusedError("；".join(lacking))
    return task


def _said(record: Record) -> dict[str, Any]:
    return {"values": record.values, "mark": record.mark, "reason": record.reason}


def _tell(visit: Visit, *, by: Actor) -> None:
    """The unit hears that something was put right, not what: notices are read by more people."""
    body = f"{visit.round}对本单位的现场记录更正了1项，请到现场评估页查看更正前后和原因。"
    letter = Letter(title=f"{visit.round}现场记录有更正", body=body)
    send_notice(letter, by=replace(by, once=None), units=[visit.unit])
