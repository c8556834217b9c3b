"""How is a finding noted on site, changed and taken back, before the unit is told of it?"""

from dataclasses import dataclass
from typing import Annotated, TypeAlias
from uuid import UUID

from pydantic import Field

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.rectification.models import Case
from jixiao.rectification.states import USUAL_DAYS, CaseState
from jixiao.visits.actions.records import LARGEST, require_seat
from jixiao.visits.models import Finding, Visit
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import EDITABLE
from jixiao.visits.tasks import Task

LONGEST_TERM = 250
"""Working days of a year."""
Words: TypeAlias = Annotated[str, Field(max_length=500)]


@dataclass(frozen=True)
class Noted:
    """A finding as the device sends it; the same key again changes it, ``is_removed`` takes it back."""

    key: UUID
    code: Annotated[str, Field(max_length=20)]
    fact: Annotated[str, Field(max_length=1000)]
    evidence: Words = ""
    cause: Words = ""
    opinion: Words = ""
    workdays: Annotated[int, Field(ge=1, le=LONGEST_TERM)] = USUAL_DAYS
    theme: Annotated[str, Field(max_length=20)] = ""
    points: Annotated[int, Field(gt=0, le=LARGEST)] | None = None
    is_removed: bool = False


@action(Permission.VISITS_RECORD)
def note_finding(visit: Visit, *, by: Actor, finding: Noted) -> Finding:
    """记下现场问题。写明事实，可以写依据、原因、整改意见和期限；双方反馈以前可以改、可以去掉。"""
    require_seat(visit, by)
    known = Finding.objects.select_related("case").filter(key=finding.key).first()
    if known is not None and known.visit_id != visit.pk:
        raise RefusedError("这个问题记在别的单位名下")
    if known is not None and _says(known.case, finding):
        return known
    if visit.state not in EDITABLE:
        raise RefusedError("已经与单位当面反馈，要改请先退回修改记录")
    task = book_of(visit.round).task(visit.name, finding.code)
    if task is None:
        raise RefusedError(f"办法对{visit.name}没有“{finding.code}”这一项")
    if not finding.fact.strip():
        raise RefusedError("请写明事实", field="fact")
    if known is None:
        return _begin(visit, task, finding, by=by)
    watch(known.case)
    _say(known.case, task, finding)
    known.case.save()
    return known


def _begin(visit: Visit, task: Task, finding: Noted, *, by: Actor) -> Finding:
    case = Case(
        unit_id=visit.unit_id,
        year=visit.round.since.year,
        source=str(visit.round)[:60],
        found_by_id=by.signature(),
    )
    _say(case, task, finding)
    case.save()
    created(case)
    return Finding.objects.create(visit=visit, key=finding.key, case=case)


def _say(case: Case, task: Task, finding: Noted) -> None:
    case.code, case.item = finding.code, task.name[:60]
    for name, value in _said(finding).items():
        setattr(case, name, value)


def _says(case: Case, finding: Noted) -> bool:
    """Whether everything is already as sent, also where it was told since: an answer not heard."""
    is_there = (case.state == CaseState.WITHDRAWN) == finding.is_removed
    said = {name: value for name, value in _said(finding).items() if name != "state"}
    return is_there and all(getattr(case, name) == value for name, value in said.items())


def _said(finding: Noted) -> dict[str, object]:
    return {
        "fact": finding.fact.strip(),
        "evidence": finding.evidence.strip(),
        "cause": finding.cause.strip(),
        "opinion": finding.opinion.strip(),
        "theme": finding.theme.strip(),
        "workdays": finding.workdays,
        "points": finding.points,
        "state": CaseState.WITHDRAWN if finding.is_removed else CaseState.NOTED,
    }
