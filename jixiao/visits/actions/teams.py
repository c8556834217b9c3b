"""How are teams formed, who sits in them, and who says that they must not go somewhere?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.org.models import Person, Unit
from jixiao.visits.models import Round, Seat, Team, Tie
from jixiao.visits.planning import LEAST
from jixiao.visits.queries.facts import SETTLED, bars_of, candidates
from jixiao.visits.states import OPEN_VISITS, RoundState, TieKind


@action(Permission.VISITS_PLAN)
def form_team(round_: Round, *, by: Actor, name: str, people: Sequence[Person] = ()) -> Team:
    """组成评估组。每组至少两名评估员，第一名为组长；可以抽调别的单位的人。"""
    refuse_closed(round_)
    team = Team(round=round_)
    _name(team, name)
    team.save()
    created(team)
    for place, person in enumerate(dict.fromkeys(people)):
        created(_seat(team, person, is_head=place == 0))
    return team


@action(Permission.VISITS_PLAN)
def rename_team(team: Team, *, by: Actor, name: str) -> Team:
    """给评估组改名。"""
    refuse_closed(team.round)
    _name(team, name)
    team.save()
    return team


@action(Permission.VISITS_PLAN)
def drop_team(team: Team, *, by: Actor) -> None:
    """撤销评估组。没有分到单位的才能撤。"""
    refuse_closed(team.round)
    if team.visits.exists():
        raise RefusedError(f"{team.name}还有单位，先把单位分给别的组")
    for seat in team.seats.all():
        watch(seat)
        seat.delete()
    team.delete()


@action(Permission.VISITS_PLAN)
def add_seat(team: Team, *, by: Actor, person: Person) -> Seat:
    """增加评估员。与本组所去单位有回避关系的不能进这个组。"""
    refuse_closed(team.round)
    units = Unit.objects.filter(visits__in=team.visits.exclude(state__in=SETTLED))
    if bars := bars_of(team.round, person, units):
        raise RefusedError(f"要回避，不能进{team.name}：{'；'.join(bars)}", field="person")
    return _seat(team, person, is_head=not team.seats.exists())


@action(Permission.VISITS_PLAN)
def remove_seat(seat: Seat, *, by: Actor) -> None:
    """评估员退出评估组。评估已经开始的，组里要留下至少两人。"""
    team = seat.team
    refuse_closed(team.round)
    busy = team.round.is_open and team.visits.filter(state__in=OPEN_VISITS).exists()
    if busy and team.seats.count() <= LEAST:
        raise RefusedError(f"评估已经开始，{team.name}至少要{LEAST}人，请先补一人")
    was_head = seat.is_head
    seat.delete()
    if was_head and (next_head := team.seats.first()):
        watch(next_head)
        next_head.is_head = True
        next_head.save()


@action(Permission.VISITS_PLAN)
def set_head(seat: Seat, *, by: Actor) -> Seat:
    """确定组长。原来的组长改为组员。"""
    refuse_closed(seat.team.round)
    for other in seat.team.seats.filter(is_head=True).exclude(pk=seat.pk):
        watch(other)
        other.is_head = False
        other.save()
    seat.is_head = True
    seat.save()
    return seat


def _name(team: Team, name: str) -> None:
    team.name = name.strip()
    if not team.name:
        raise RefusedError("请写组名", field="name")
    if team.round.teams.filter(name=team.name).exclude(pk=team.pk).exists():
        raise RefusedError("本轮已有同名的评估组", field="name")


def _seat(team: Team, person: Person, *, is_head: bool) -> Seat:
    if not candidates().filter(pk=person.pk).exists():
        raise RefusedError(f"{person}没有评估员的角色，不能现场记录", field="person")
    other = Seat.objects.filter(team__round=team.round_id, person=person).select_related("team")
    if there := other.first():
        raise RefusedError(f"{person}已在{there.team}", field="person")
    return Seat.objects.create(team=team, person=person, is_head=is_head)


def refuse_closed(round_: Round) -> None:
    """RefusedError once a round is over."""
    if round_.state == RoundState.CLOSED:
        raise RefusedError("这一轮已经结束")


@dataclass(frozen=True)
class NewTie:
    """What somebody has to do with a unit, and until when it counts."""

    kind: TieKind
    note: str = ""
    until: date | None = None


@action(Permission.TIES_DECLARE)
def declare_tie(person: Person, *, by: Actor, unit: Unit, tie: NewTie) -> Tie:
    """申报回避关系。申报以后不再分到该单位；已经分到的，由县绩效办改派。"""
    _own_or_office(person, by)
    if tie.until and tie.until < timezone.localdate():
        raise RefusedError("止日不能早于今天", field="until")
    if tie.kind == TieKind.OTHER and not tie.note.strip():
        raise RefusedError("请说明是什么关系", field="note")
    now = Tie.objects.filter(person=person, unit=unit, kind=tie.kind, until__isnull=True)
    if now.exists():
        raise RefusedError("这个关系已经申报过", field="unit")
    return Tie.objects.create(
        person=person,
        unit=unit,
        kind=tie.kind,
        note=tie.note.strip(),
        until=tie.until,
        declared_by_id=by.signature(),
    )


@action(Permission.TIES_DECLARE)
def end_tie(tie: Tie, *, by: Actor, until: date, reason: str) -> Tie:
    """结束回避关系。写明原因，例如亲属已调离。"""
    _own_or_office(tie.person, by)
    if tie.until is not None and tie.until <= until:
        raise RefusedError(f"这个关系到{tie.until:%Y-%m-%d}已经结束", field="until")
    if until > timezone.localdate():
        raise RefusedError("不能晚于今天", field="until")
    if not reason.strip():
        raise RefusedError("请写明原因", field="reason")
    tie.until = until
    tie.save()
    return tie


def _own_or_office(person: Person, by: Actor) -> None:
    """Assessors speak for themselves; the office for anybody."""
    is_own = by.account_id is not None and person.account_id == by.account_id
    if not is_own and not by.may(Permission.VISITS_PLAN):
        raise DeniedError("回避关系由本人申报，或由县绩效办登记")
