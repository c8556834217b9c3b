"""Where do the example county's assessors go? The annual round half through, a spot check promised."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from jixiao.access.actor import Actor
from jixiao.org.models import Person
from jixiao.periods.workdays import add_workdays, is_workday
from jixiao.rectification.models import Case
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.models import SchemeVersion
from jixiao.visits import actions
from jixiao.visits.actions import DayPlan, DrawPlan, Entered, Noted, RoundPlan, Signed
from jixiao.visits.models import Confirmation, Entry, Record, Round, Visit
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import Manner, Method, RoundKind, Side
from jixiao.visits.tasks import Task

Values = Mapping[str, int | None]
COUNTY_TIME = ZoneInfo("Asia/Shanghai")
ROUND = "全年"
"""The scheme's round that is under way."""
TEAMS = ("甲组", "乙组", "丙组")
PAST_DAYS, AHEAD = 5, 9
"""Working days that lie behind, and days ahead until the round ends."""
HALF_WAY = 8
"""Items recorded so far where a team is at work today."""
NAME = [[[60, 60], [180, 140], [240, 50]], [[300, 40], [310, 150], [420, 150]]]
"""A signature drawn on the assessor's tablet."""

REASONS = {
    "1.1": "分管人调整后没有及时发文明确", "1.2": "年内联络员变动超过一次", "1.3": "公示版面破损，资料与别的科室混放",
    "2.1": "内部办法没有写到科室，部分条款照抄上年", "2.2": "部分科室没有开展月自查", "2.3": "季考核各科室得分相同，看不出差别",
    "2.4": "考评结果没有用到年终评先", "3.1": "部分目标没有按时录入", "3.2": "过程更新只写“正在推进”，没有数",
    "4.1": "材料迟报", "5.1": "缺三季度考评汇总原件", "5.2": "卷内缺目录",
}  # fmt: skip
FINDINGS = {
    "2.2": ("月自查没有覆盖到全部科室", "从下月起各科室逐月自查并公示", "内部考评流于形式"),
    "5.1": ("考评资料缺原件，目录与卷内不符", "补齐原件，重新核对目录，明确专人保管", "档案不齐"),
    "3.2": ("网上过程更新没有数据", "按月更新完成数和存在问题", "过程更新不实"),
}
"""Fact, opinion and heading of what is found where an item lost a third of its points."""
LOST = 3
DISAGREES = "缺的两份原件在审计组，归还后补上；请予考虑。"


@dataclass(frozen=True)
class Hands:
    """Who acts: the office, its head, and who confirms for each unit."""

    office: Actor
    head: Actor
    units: Mapping[int, Actor]


def load_example(
    county: Path, *, hands: Hands, assessors: Sequence[tuple[Person, Actor]], today: date
) -> None:
    """The annual round with its teams, days and records as of today; then a draw whose seed is secret."""
    begun = _workdays_back(today, PAST_DAYS)
    scheme = SchemeVersion.objects.public().filter(year=today.year).latest("number")
    round_ = _planned(scheme, hands, assessors, begun, today)
    people = {person.pk: actor for person, actor in assessors}
    sheet = _sheet(county)
    for visit in round_.visits.filter(on__lte=today).select_related("team", "unit", "round"):
        team = [people[each.person_id] for each in visit.team.seats.all()] if visit.team else []
        if visit.on is not None and visit.on < today:
            _through(visit, team, hands, sheet[visit.name])
        elif visit.starts == time(9):
            _record(visit, team[0], sheet[visit.name], most=HALF_WAY)
    _spot_check(scheme, hands, today)


def _workdays_back(day: date, count: int) -> date:
    while count:
        day -= timedelta(1)
        count -= is_workday(day)
    return day


def _sheet(county: Path) -> dict[str, Values]:
    """The figures of 清岚县's own mark sheet for this round, by unit."""
    scheme, _ = read_scheme(county / "办法.yaml")
    found, _ = read_marksheet(scheme, county / "记分表.xlsx", imports={})
    return {row.unit: row.values for row in found.rows if row.round == ROUND}


def _planned(
    scheme: SchemeVersion,
    hands: Hands,
    assessors: Sequence[tuple[Person, Actor]],
    begun: date,
    today: date,
) -> Round:
    """The round with three teams of two, shared out and on the calendar, open."""
    until = today + timedelta(AHEAD)
    plan = RoundPlan(RoundKind.ANNUAL, "全年评估", begun, until, ROUND, asks_self=True)
    round_ = actions.plan_round(scheme, by=hands.office, plan=plan)
    people = [person for person, _ in assessors]
    for place, name in enumerate(TEAMS):
        pair = people[2 * place : 2 * place + 2]
        actions.form_team(round_, by=hands.office, name=name, people=pair)
    actions.assign_teams(round_, by=hands.office)
    actions.plan_days(round_, by=hands.office, plan=DayPlan(begun, until))
    return actions.open_round(round_, by=hands.office)


def _through(visit: Visit, team: Sequence[Actor], hands: Hands, values: Values) -> None:
    """Recorded, fed back, confirmed by both sides; then its times are put on its day."""
    lost = _record(visit, team[0], values)
    for task in lost[:1]:
        fact, opinion, theme = FINDINGS[task.code]
        noted = Noted(uuid.uuid4(), task.code, fact, opinion=opinion, theme=theme)
        actions.note_finding(visit, by=team[0], finding=noted)
    actions.feed_back(visit, by=team[0])
    for each in team:
        signed = Signed(uuid.uuid4(), Side.TEAM, each.name, Manner.ACCOUNT)
        actions.confirm(visit, by=each, signed=signed)
    says = DISAGREES if lost and visit.pk % 7 == 0 else ""
    if unit := hands.units.get(visit.unit_id):
        actions.confirm_for_unit(visit, by=unit, agrees=not says, view=says)
    else:
        drawn = Signed(uuid.uuid4(), Side.UNIT, "单位负责人", Manner.SIGNATURE, strokes=NAME)
        actions.confirm(visit, by=team[0], signed=drawn)
    _put_on_its_day(visit)


def _record(visit: Visit, by: Actor, values: Values, *, most: int | None = None) -> list[Task]:
    """The items of the sheet, as one assessor enters them; those that lost a third and can be mended."""
    tasks = [each for each in book_of(visit.round).tasks(visit.name) if each.is_on_site][:most]
    entries = list(_entries(tasks, values))
    actions.save_entries(visit, by=by, device="平板", entries=entries)
    return [each for each in tasks if each.code in FINDINGS and _is_low(each, values)]


def _entries(tasks: Sequence[Task], values: Values) -> Iterator[Entered]:
    for task in tasks:
        known = {each.column: values.get(each.column) for each in task.fields}
        reason = REASONS.get(task.code, "与办法要求有差距") if task.is_deduction(known) else ""
        methods = (Method.LOOK,) if task.code == "1.3" else (Method.HEAR, Method.READ)
        yield Entered(uuid.uuid4(), task.code, known, methods, reason)


def _is_low(task: Task, values: Values) -> bool:
    mark = task.mark(values)
    return mark is not None and (task.full - mark) * LOST >= task.full


def _put_on_its_day(visit: Visit) -> None:
    """What was entered just now counts as done on the visit's own day."""
    day = visit.on or date.min
    hours = {
        name: datetime.combine(day, time(*at), tzinfo=COUNTY_TIME) for name, at in TIMES.items()
    }
    Visit.objects.filter(pk=visit.pk).update(
        started_at=hours["start"], fed_back_at=hours["feed_back"], closed_at=hours["close"]
    )
    Record.objects.filter(visit=visit).update(saved_at=hours["record"])
    entries = Entry.objects.filter(record__visit=visit)
    entries.update(made_at=hours["record"], received_at=hours["record"])
    Confirmation.objects.filter(visit=visit).update(confirmed_at=hours["close"])
    for each in Case.objects.filter(finding__visit=visit):
        due_on = add_workdays(day, each.workdays)
        told = {"found_at": hours["record"], "told_at": hours["close"], "due_on": due_on}
        Case.objects.filter(pk=each.pk).update(**told)


TIMES = {"start": (9, 10), "record": (10, 20), "feed_back": (11, 15), "close": (11, 40)}


def _spot_check(scheme: SchemeVersion, hands: Hands, today: date) -> None:
    """Whose seed's digest is out; the head of the office draws."""
    plan = RoundPlan(
        RoundKind.SPOT, "四季度抽查", today + timedelta(10), today + timedelta(20), "抽查"
    )
    round_ = actions.plan_round(scheme, by=hands.office, plan=plan)
    counts = {"乡镇": 3, "园区": 1, "部门": 5}
    actions.commit_draw(round_, by=hands.office, draw=DrawPlan("四季度抽查", counts))
