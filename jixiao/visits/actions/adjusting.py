"""How are teams' scales levelled: openly, by the office head only, on a stated basis, and reversibly?"""

from collections.abc import Sequence

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.sheet import digest
from jixiao.visits.models import Adjustment, Correction, Record, Round, Team
from jixiao.visits.queries.adjusting import Change, clipped, planned_changes
from jixiao.visits.queries.raters import Shift
from jixiao.visits.queries.rounds import task_book, visits_left
from jixiao.visits.sheet import mark_field
from jixiao.visits.states import RoundState
from jixiao.visits.tasks import Task

LONGEST = 80
"""Characters of a document's name in a correction."""


@action(Permission.RATERS_ADJUST)
def adopt_adjustment(
    round_: Round, *, by: Actor, basis: str, shifts: Sequence[Shift]
) -> Adjustment:
    """采用尺度调整。写明依据；每一条记录的变动都留更正，可以整体撤销。"""
    if round_.state == RoundState.PLANNED:
        raise RefusedError("这一轮还没有开始")
    if left := visits_left(round_):
        raise RefusedError(f"还有{len(left)}个单位没有双方确认，全部确认以后才能调整")
    if not basis.strip():
        raise RefusedError("请写明依据，如哪次会议、哪份文件", field="basis")
    if round_.adjustments.filter(revoked_at=None).exists():
        raise RefusedError("本轮已有一次尺度调整，要改请先撤销")
    teams = {each.pk: each for each in Team.objects.filter(round=round_)}
    if strangers := [each.team for each in shifts if each.team not in teams]:
        raise RefusedError(f"本轮没有编号为{strangers[0]}的评估组")
    changes = planned_changes(round_, shifts)
    if not changes:
        raise RefusedError("这样调整，哪个分也不会变")
    told = [_told(each, teams[each.team].name, changes) for each in shifts if each.shift]
    made = Adjustment.objects.create(
        round=round_, basis=basis.strip(), shifts=told, adopted_by_id=by.signature()
    )
    for each in changes:
        _adjust(each, made, team=teams[each.team].name, by=by)
    return made


def _told(each: Shift, name: str, changes: Sequence[Change]) -> dict[str, str | int]:
    rows = sum((one.team, one.task.code) == (each.team, each.code) for one in changes)
    return {
        "team": each.team, "name": name, "code": each.code, "shift": each.shift, "rows": rows
    }  # fmt: skip


def _adjust(change: Change, made: Adjustment, *, team: str, by: Actor) -> None:
    """One record, with a correction that says everything."""
    record, shift = change.record, change.after - change.before
    sign = "加" if shift > 0 else "减"
    said = f"尺度调整：{team}{change.task.name}{sign}{mark_text(abs(shift), 1)}分"
    watch(record)
    values = {**record.values, change.column: change.after}
    needs_reason = change.after < change.task.full and not record.reason
    reason = f"{said}，依据：{made.basis}" if needs_reason else record.reason
    _correct(record, change.task, values=values, reason=reason, as_=_correction(made, said, by))


@action(Permission.RATERS_ADJUST)
def revoke_adjustment(adjustment: Adjustment, *, by: Actor, reason: str) -> Adjustment:
    """撤销尺度调整。写明原因；各条记录恢复到调整以前，之后另有更正的，只去掉调整的部分。"""
    if adjustment.revoked_at is not None:
        raise RefusedError("这次调整已经撤销")
    if not reason.strip():
        raise RefusedError("请写明为什么撤销", field="reason")
    book = task_book(adjustment.round.version_of)
    rows = adjustment.corrections.select_related("record__visit").order_by("id")
    for each in rows:
        task = book.task(each.record.visit.name, each.record.code)
        if task is not None:
            _undo(each, task, _correction(adjustment, f"撤销尺度调整：{reason.strip()}", by))
    adjustment.revoked_at, adjustment.revoked_by_id = timezone.now(), by.signature()
    adjustment.save()
    return adjustment


def _undo(done: Correction, task: Task, correction: Correction) -> None:
    """Back to what the record said, or less by what the adjustment added where it says more since."""
    record, field = done.record, mark_field(task)
    watch(record)
    if record.values == done.after["values"]:
        values, reason = done.before["values"], done.before["reason"]
    else:
        column = field.column if field else ""
        shift = done.after["values"][column] - done.before["values"][column]
        values = {**record.values, column: clipped(task, record.values[column] - shift)}
        reason = record.reason
    _correct(record, task, values=values, reason=reason, as_=correction)


def _correction(made: Adjustment, reason: str, by: Actor) -> Correction:
    return Correction(
        reason=reason[:500], document=made.basis[:LONGEST], adjustment=made,
        corrected_by_id=by.signature(),
    )  # fmt: skip


def _correct(
    record: Record, task: Task, *, values: dict[str, int], reason: str, as_: Correction
) -> None:
    """Change a record and leave the correction beside it."""
    as_.record, as_.before = record, _said(record)
    record.values, record.mark, record.reason = values, task.mark(values), reason[:500]
    record.digest = digest([record.methods, values, record.reason, record.remark])
    record.save()
    as_.after = _said(record)
    as_.save()
    created(as_)


def _said(record: Record) -> dict[str, object]:
    return {"values": record.values, "mark": record.mark, "reason": record.reason}
