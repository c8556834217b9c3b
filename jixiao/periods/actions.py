"""What can be done with the years? They are planned, and a step's days may change for a stated reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.periods.models import Cycle, Stage
from jixiao.periods.states import StageKind


@dataclass(frozen=True)
class Planned:
    """One step as it is planned."""

    kind: StageKind
    since: date
    until: date
    note: str = ""


@action(Permission.CYCLES_EDIT)
def plan_cycle(year: int, *, by: Actor, title: str, stages: Sequence[Planned]) -> Cycle:
    """安排年度周期。七个步骤各有起止日期，先后不能颠倒。"""
    if Cycle.objects.filter(year=year).exists():
        raise RefusedError(f"{year}年度已经安排过，请直接调整它的步骤", field="year")
    if {each.kind for each in stages} != set(StageKind):
        raise RefusedError("七个步骤都要写明起止日期")
    _refuse_disorder(stages)
    cycle = Cycle.objects.create(
        year=year,
        title=title,
        since=min(each.since for each in stages),
        until=max(each.until for each in stages),
    )
    created(cycle)
    for each in stages:
        made = Stage.objects.create(
            cycle=cycle, kind=each.kind, since=each.since, until=each.until, note=each.note
        )
        created(made)
    return cycle


@action(Permission.CYCLES_EDIT)
def change_stage(stage: Stage, *, by: Actor, since: date, until: date, reason: str) -> Stage:
    """调整步骤日期。要写明原因，各单位在周期页看到新的日期和原因。"""
    others = stage.cycle.stages.exclude(pk=stage.pk)
    plan = [Planned(StageKind(each.kind), each.since, each.until) for each in others]
    _refuse_disorder([*plan, Planned(StageKind(stage.kind), since, until)])
    stage.since, stage.until, stage.note = since, until, reason
    stage.save()
    cycle = stage.cycle
    watch(cycle)
    cycle.since = min(stage.since, *(each.since for each in plan))
    cycle.until = max(stage.until, *(each.until for each in plan))
    cycle.save()
    return stage


def _refuse_disorder(stages: Iterable[Planned]) -> None:
    """Each step ends after it begins, and none begins before the one that precedes it."""
    before: Planned | None = None
    for each in sorted(stages, key=lambda planned: planned.kind.position):
        if each.until < each.since:
            raise RefusedError(f"“{each.kind.label}”的止日不能早于起日", field=f"{each.kind}_until")
        if before and each.since < before.since:
            raise RefusedError(
                f"“{each.kind.label}”不能早于前一步“{before.kind.label}”（{before.since}起）",
                field=f"{each.kind}_since",
            )
        before = each
