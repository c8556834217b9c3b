"""On which day is each unit visited, and who tells it?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.core.words import day as day_words
from jixiao.notices.actions import Letter, send_notice
from jixiao.periods.workdays import MissingYearError, is_workday
from jixiao.visits.actions.teams import refuse_closed
from jixiao.visits.models import Round, Visit
from jixiao.visits.planning import SLOTS, Stop, fill
from jixiao.visits.queries.schedule import (
    elsewhere,
    hours,
    is_to_be_told,
    items_on_site,
    planned,
    stops,
)
from jixiao.visits.states import RoundKind, RoundState, VisitState

ONE_DAY = timedelta(days=1)
SIMPLE = (
    "评估组查阅资料、看现场、听情况，当天当面反馈，双方确认。\n"
    "不需要迎送和陪同，不制作展板、汇报片和新材料，不彩排，不安排宴请；"
    "平时的资料原样备查，缺什么如实说明即可。"
)


@dataclass(frozen=True)
class DayPlan:
    """From when until when, and how many units a team visits a day."""

    since: date
    until: date
    a_day: int = 2
    afresh: bool = False
    """Also those that have a day already."""


@action(Permission.VISITS_PLAN)
def plan_days(round_: Round, *, by: Actor, plan: DayPlan) -> Round:
    """自动排日程。各组按办法里的次序逐个工作日排，避开别的轮次和同一天到同一单位。"""
    refuse_closed(round_)
    if plan.a_day not in SLOTS:
        raise RefusedError(f"每天可以排{min(SLOTS)}到{max(SLOTS)}个单位", field="a_day")
    visits = {v.pk: v for v in planned(round_).filter(state=VisitState.PLANNED)}
    if not any(v.team_id for v in visits.values()):
        raise RefusedError("还没有分组，先给单位指定评估组")
    mine = stops(round_)
    waiting = [s for s in mine if s.visit in visits and s.team and (plan.afresh or not s.on)]
    fixed = [s for s in mine if s not in waiting]
    placed, left = fill(
        sorted(waiting, key=lambda s: visits[s.visit].order),
        [*fixed, *elsewhere(round_, _workdays(round_, plan))],
        days=_workdays(round_, plan),
        slots=SLOTS[plan.a_day],
    )
    if left:
        raise RefusedError(_too_few(left), field="until")
    for number, (on, (starts, ends)) in placed.items():
        _move(visits[number], Slot(on, starts, ends, visits[number].place_note))
    return round_


def _workdays(round_: Round, plan: DayPlan) -> list[date]:
    """The working days that are asked for; all of them lie in the round."""
    if plan.until < plan.since:
        raise RefusedError("止日不能早于起日", field="until")
    if plan.since < round_.since or plan.until > round_.until:
        bounds = f"{day_words(round_.since)}—{day_words(round_.until)}"
        raise RefusedError(f"要在本轮日期{bounds}之内", field="since")
    days = [plan.since + ONE_DAY * n for n in range((plan.until - plan.since).days + 1)]
    try:
        return [day for day in days if is_workday(day)]
    except MissingYearError as gap:
        raise RefusedError(str(gap), field="since") from gap


def _too_few(left: list[Stop]) -> str:
    names = "、".join(each.name for each in left[:8])
    return f"还有{len(left)}个单位排不下（{names}{'等' if len(left) > 8 else ''}）；请延长日期、每天多排或增加评估组"


@dataclass(frozen=True)
class Slot:
    """When and where."""

    on: date | None
    starts: time | None = None
    ends: time | None = None
    place_note: str = ""


@action(Permission.VISITS_PLAN)
def schedule_visit(visit: Visit, *, by: Actor, slot: Slot) -> Visit:
    """安排一个单位的日期、时间和地点。冲突会在日程上标出。"""
    refuse_closed(visit.round)
    if visit.state != VisitState.PLANNED:
        raise RefusedError(f"{visit.name}{visit.get_state_display()}，日期不能再改")
    if slot.on is None and (slot.starts or slot.ends):
        raise RefusedError("先写日期", field="on")
    if slot.ends and (not slot.starts or slot.ends <= slot.starts):
        raise RefusedError("结束要晚于开始", field="ends")
    return _move(visit, slot)


def _move(visit: Visit, slot: Slot) -> Visit:
    watch(visit)
    visit.on, visit.starts, visit.ends = slot.on, slot.starts, slot.ends
    visit.place_note = slot.place_note.strip()
    visit.save(update_fields=["on", "starts", "ends", "place_note"])
    return visit


@action(Permission.VISITS_PLAN)
def announce_visits(round_: Round, *, by: Actor) -> int:
    """通知各单位评估日期。一个单位一份，写明不需要接待；日期没有变的不重复通知。"""
    if round_.kind == RoundKind.SPOT:
        raise RefusedError("平时抽查不提前通知单位")
    if round_.state == RoundState.CLOSED:
        raise RefusedError("这一轮已经结束")
    visits = [each for each in planned(round_).select_related("unit") if is_to_be_told(each)]
    if not visits:
        raise RefusedError("没有要通知的单位：还没有排日期，或都已经通知过")
    _tell(visits, round_, by=replace(by, once=None))
    return len(visits)


def _tell(visits: Iterable[Visit], round_: Round, *, by: Actor) -> None:
    for visit in visits:
        watch(visit)
        visit.round = round_
        send_notice(_letter(visit), by=by, units=[visit.unit])
        visit.told_on = visit.on
        visit.save(update_fields=["told_on"])


def _letter(visit: Visit) -> Letter:
    when = " ".join(filter(None, (day_words(visit.on), hours(visit))))
    changed = f"（原定{day_words(visit.told_on)}，现改期）" if visit.told_on else ""
    team = visit.team.name if visit.team else ""
    body = (
        f"{visit.round}定于{when}到{visit.name}现场评估{changed}，由{team}进行。\n"
        f"看的内容：{items_on_site(visit)}。\n{SIMPLE}"
    )
    title = f"{visit.round.name}：{day_words(visit.on)}到{visit.name}{'（改期）' if visit.told_on else ''}"
    return Letter(title=title[:80], body=body, needs_sign=False)
