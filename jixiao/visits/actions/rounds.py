"""How does a round begin and end, and which units take part?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.visits.models import Round, Seat, Visit
from jixiao.visits.queries.rounds import lacking_to_open, scheme_units, visits_left
from jixiao.visits.states import EXCUSE, RESUME, RoundKind, RoundState


@dataclass(frozen=True)
class RoundPlan:
    """What a round is: its kind, the scheme's round it counts for, its name and days."""

    kind: RoundKind
    name: str
    since: date
    until: date
    code: str = ""
    is_double: bool = False
    asks_self: bool = False
    groups: tuple[str, ...] = ()
    """Which of the scheme's groups take part; none named: all. A spot check begins with nobody."""


@action(Permission.VISITS_PLAN)
def plan_round(scheme: SchemeVersion, *, by: Actor, plan: RoundPlan) -> Round:
    """筹备评估轮次。写明按哪一版办法、计入办法的哪一轮、起止日期和范围。"""
    _check_plan(scheme, plan)
    made = Round.objects.create(
        version_of=scheme,
        kind=plan.kind,
        code=plan.code,
        name=plan.name.strip(),
        since=plan.since,
        until=plan.until,
        is_double=plan.is_double,
        asks_self=plan.asks_self,
        planned_by_id=by.signature(),
    )
    created(made)
    if plan.kind != RoundKind.SPOT:
        _add(made, scheme_units(scheme, plan.groups))
    return made


def _check_plan(scheme: SchemeVersion, plan: RoundPlan) -> None:
    if scheme.state != State.PUBLISHED:
        raise RefusedError(f"只能按已发布的办法评估；这一版是{scheme.get_state_display()}")
    if not plan.name.strip():
        raise RefusedError("请写明这一轮的名称", field="name")
    if plan.until < plan.since:
        raise RefusedError("止日不能早于起日", field="until")
    codes = {each.code: each.name for each in scheme.scheme.rounds}
    if plan.code and plan.code not in codes:
        raise RefusedError(f"办法里没有“{plan.code}”这一轮，可选：{'、'.join(codes)}", field="code")
    others = Round.objects.filter(version_of__line=scheme.line, version_of__year=scheme.year)
    if plan.code and others.filter(code=plan.code).exists():
        raise RefusedError(f"办法的“{codes[plan.code]}”已经安排过一次", field="code")
    if others.filter(name=plan.name.strip()).exists():
        raise RefusedError("这个办法本年度已有同名的轮次", field="name")


@dataclass(frozen=True)
class RoundChange:
    """What may still be put right about a round; how marks are made only before it begins."""

    name: str
    since: date
    until: date
    is_double: bool = False
    asks_self: bool = False


@action(Permission.VISITS_PLAN)
def change_round(round_: Round, *, by: Actor, change: RoundChange) -> Round:
    """修改轮次的名称和日期。记分方式和自评只能在开始以前改。"""
    _refuse_closed(round_)
    if not change.name.strip():
        raise RefusedError("请写明这一轮的名称", field="name")
    if change.until < change.since:
        raise RefusedError("止日不能早于起日", field="until")
    same = Round.objects.filter(
        version_of__line=round_.version_of.line_id, version_of__year=round_.version_of.year
    )
    if same.filter(name=change.name.strip()).exclude(pk=round_.pk).exists():
        raise RefusedError("这个办法本年度已有同名的轮次", field="name")
    ways = (change.is_double, change.asks_self)
    if round_.is_open and ways != (round_.is_double, round_.asks_self):
        raise RefusedError("评估已经开始，记分方式和自评不能再改", field="is_double")
    round_.name, round_.since, round_.until = change.name.strip(), change.since, change.until
    round_.is_double, round_.asks_self = ways
    round_.save()
    return round_


@action(Permission.VISITS_PLAN)
def drop_round(round_: Round, *, by: Actor, reason: str) -> None:
    """撤销还在筹备的轮次。公布过抽取、通知过单位的不能撤销。"""
    if round_.state != RoundState.PLANNED:
        raise RefusedError(f"这一轮{round_.get_state_display()}，不能撤销")
    if round_.draws.exists() or round_.visits.filter(told_on__isnull=False).exists():
        raise RefusedError("已经公布过抽取或通知过单位，不能撤销")
    if not reason.strip():
        raise RefusedError("请写明为什么撤销", field="reason")
    seats = Seat.objects.filter(team__round=round_).select_related("team", "person")
    for row in (*round_.visits.all(), *seats, *round_.teams.all()):
        watch(row)
        row.delete()
    round_.delete()


@action(Permission.VISITS_PLAN)
def add_units(round_: Round, *, by: Actor, units: Sequence[Unit]) -> Round:
    """增加参加本轮的单位。只能是办法里的参评单位。"""
    _refuse_closed(round_)
    if round_.kind == RoundKind.SPOT:
        raise RefusedError("平时抽查的单位由抽取产生，不能指定")
    known = {unit.pk: (unit, name, group) for unit, name, group in scheme_units(round_.version_of)}
    strangers = [unit.name for unit in units if unit.pk not in known]
    if strangers:
        raise RefusedError(f"办法里没有这些单位：{'、'.join(strangers)}", field="units")
    there = set(round_.visits.values_list("unit_id", flat=True))
    _add(round_, [known[unit.pk] for unit in units if unit.pk not in there])
    return round_


def _add(round_: Round, units: Sequence[tuple[Unit, str, str]]) -> None:
    first = round_.visits.count()
    rows = [
        Visit(round=round_, unit=unit, name=name, group=group, order=first + place)
        for place, (unit, name, group) in enumerate(units)
    ]
    for row in Visit.objects.bulk_create(rows):
        created(row)


@action(Permission.VISITS_PLAN)
def open_round(round_: Round, *, by: Actor) -> Round:
    """开始评估。办法从此对这一轮冻结，评估组可以记录。"""
    if round_.state != RoundState.PLANNED:
        raise RefusedError(f"这一轮{round_.get_state_display()}，不能再开始")
    if lacking := lacking_to_open(round_):
        raise RefusedError(f"还不能开始，先要：{'；'.join(lacking)}")
    round_.digest = round_.version_of.digest
    round_.opened_at, round_.opened_by_id = timezone.now(), by.signature()
    return _go(round_, RoundState.OPEN)


@action(Permission.VISITS_PLAN)
def close_round(round_: Round, *, by: Actor) -> Round:
    """结束本轮。所有单位都已双方确认或写明不参加，才能结束。"""
    if round_.state != RoundState.OPEN:
        raise RefusedError(f"这一轮{round_.get_state_display()}，不能结束")
    if left := visits_left(round_):
        raise RefusedError(f"还有{len(left)}个单位没有双方确认：{'、'.join(left[:10])}")
    round_.closed_at, round_.closed_by_id = timezone.now(), by.signature()
    return _go(round_, RoundState.CLOSED)


@action(Permission.VISITS_PLAN)
def reopen_round(round_: Round, *, by: Actor, reason: str) -> Round:
    """重新开始本轮。有单位漏评等情况，写明原因。"""
    if round_.state != RoundState.CLOSED:
        raise RefusedError("这一轮没有结束")
    if not reason.strip():
        raise RefusedError("请写明为什么重新开始", field="reason")
    round_.closed_at = round_.closed_by = None
    return _go(round_, RoundState.OPEN)


@action(Permission.VISITS_PLAN)
def excuse_unit(visit: Visit, *, by: Actor, reason: str) -> Visit:
    """单位不参加本轮。写明原因，例如机构调整；还没有记录的才可以。"""
    if visit.state not in EXCUSE.origin:
        raise RefusedError(f"{visit.name}{visit.get_state_display()}，不能改为不参加")
    if not reason.strip():
        raise RefusedError("请写明为什么不参加", field="reason")
    visit.excuse, visit.state = reason.strip(), EXCUSE.target
    visit.save()
    return visit


@action(Permission.VISITS_PLAN)
def resume_unit(visit: Visit, *, by: Actor) -> Visit:
    """恢复参加本轮。"""
    if visit.state not in RESUME.origin:
        raise RefusedError(f"{visit.name}{visit.get_state_display()}，没有不参加")
    _refuse_closed(visit.round)
    visit.state = RESUME.target
    visit.save()
    return visit


def _refuse_closed(round_: Round) -> None:
    if round_.state == RoundState.CLOSED:
        raise RefusedError("这一轮已经结束")


def _go(round_: Round, state: RoundState) -> Round:
    round_.state = state
    round_.save()
    return round_
