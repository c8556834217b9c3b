"""What does the unit itself think it deserves? Optional, once, never with files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.visits.models import SelfMark, Visit
from jixiao.visits.queries.self_marks import self_marks_shut, self_tasks
from jixiao.visits.tasks import Task

LONGEST_NOTE = 300


@dataclass(frozen=True)
class OwnView:
    """What the unit says of one item: figures of its sheet columns, and words where it wants."""

    code: str
    values: Mapping[str, int | None]
    note: str = ""

    @property
    def known(self) -> dict[str, int]:
        """The figures that are there."""
        return {name: value for name, value in self.values.items() if value is not None}


@action(Permission.SELF_MARK)
def give_self_marks(visit: Visit, *, by: Actor, views: Sequence[OwnView]) -> Visit:
    """填报本单位自评。逐项都可以不填，已有数据的不再问；反馈以前可以改。"""
    if shut := self_marks_shut(visit):
        raise RefusedError(shut)
    tasks = {each.code: each for each in self_tasks(visit)}
    before = {each.code: each for each in visit.self_marks.all()}
    for view in views:
        _check(tasks, view)
        _keep(visit, tasks[view.code], view, before.get(view.code), by=by)
    return visit


def _check(tasks: Mapping[str, Task], view: OwnView) -> None:
    task = tasks.get(view.code)
    if task is None:
        raise RefusedError(f"“{view.code}”不在自评之列")
    found = [fault for each in task.fields if (fault := _fault(each.column, task, view))]
    if strange := set(view.values) - {each.column for each in task.fields}:
        found.append(f"没有“{'、'.join(sorted(strange))}”")
    if len(view.note.strip()) > LONGEST_NOTE:
        found.append(f"说明最多{LONGEST_NOTE}字")
    if found:
        raise RefusedError(f"{task.code} {task.name}：{'；'.join(found)}")


def _fault(column: str, task: Task, view: OwnView) -> str:
    """What is wrong with a figure; none at all is no fault here."""
    value = view.values.get(column)
    field = next(each for each in task.fields if each.column == column)
    return "" if value is None else field.fault(value)


def _keep(visit: Visit, task: Task, view: OwnView, row: SelfMark | None, *, by: Actor) -> None:
    said = (view.known, task.mark(view.known), view.note.strip())
    if row is None and (view.known or said[2]):
        row = SelfMark(visit=visit, code=task.code)
    elif row is None or (row.values, row.mark, row.note) == said:
        return
    else:
        watch(row)
    row.values, row.mark, row.note = said
    row.given_at, row.given_by_id = timezone.now(), by.signature()
    is_new = row.pk is None
    row.save()
    if is_new:
        created(row)
