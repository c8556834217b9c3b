"""Which visit is on which day, what clashes, and how often does each unit get visitors in a year?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from jixiao.core.words import short_day
from jixiao.periods.workdays import SATURDAY, MissingYearError, is_workday
from jixiao.visits.calendars import Entry, calendar_file
from jixiao.visits.models import Round, Seat, Team, Visit
from jixiao.visits.planning import Stop, clashes, hours_text
from jixiao.visits.queries.fairness import years_before
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import RoundKind, RoundState, VisitState

WEEKDAYS = "一二三四五六日"
MORE_NAMES = 12
"""So many names of items a notice gives; the rest are counted."""


def off(day: date) -> str:
    """Why nobody works on a day; empty on working days."""
    try:
        is_free = not is_workday(day)
    except MissingYearError as gap:
        return f"{gap.year}年节假日还没有录入，无法核对"
    weekend = f"周{WEEKDAYS[day.weekday()]}休息" if day.weekday() >= SATURDAY else "法定节假日"
    return weekend if is_free else ""


def planned(round_: Round) -> QuerySet[Visit]:
    """The visits of a round that take place, by day, hours and route."""
    return _by_day(round_.visits.exclude(state=VisitState.EXCUSED))


def _by_day(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    found = visits.select_related("team", "round__version_of").defer("round__version_of__document")
    return found.order_by(F("on").asc(nulls_last=True), "starts", "order", "id")


def stops(round_: Round) -> list[Stop]:
    """The round's visits as far as a plan is concerned; two queries."""
    return _stops(planned(round_))


def elsewhere(round_: Round, days: Collection[date] = ()) -> list[Stop]:
    """Visits of other rounds on the round's days, or on ``days``."""
    others = Visit.objects.exclude(round=round_).exclude(state=VisitState.EXCUSED)
    lies = Q(on__in=days) if days else Q(on__range=(round_.since, round_.until))
    running = others.exclude(round__state=RoundState.CLOSED).filter(lies)
    return _stops(running.select_related("team", "round"))


def _stops(visits: Iterable[Visit]) -> list[Stop]:
    rows = list(visits)
    people = _people(rows)
    return [_stop(row, people) for row in rows]


def _people(visits: Iterable[Visit]) -> dict[int, dict[int, str]]:
    """Team → its people with their names."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    teams = {row.team_id for row in visits if row.team_id}
    seats = Seat.objects.filter(team__in=teams)
    for team, person, name in seats.values_list("team_id", "person_id", "person__name"):
        found[team][person] = name
    return found


def _stop(visit: Visit, people: Mapping[int, Mapping[int, str]]) -> Stop:
    return Stop(
        visit=visit.pk, unit=visit.unit_id, name=visit.name, round=visit.round_id,
        round_name=visit.round.name, team=visit.team_id,
        team_name=visit.team.name if visit.team else "",
        people=frozenset(people.get(visit.team_id or 0, ())), on=visit.on,
        starts=visit.starts, ends=visit.ends, since=visit.round.since, until=visit.round.until,
    )  # fmt: skip


@dataclass(frozen=True)
class Day:
    """One day of the plan: for each team of the page the visits it makes."""

    on: date
    cells: list[tuple[Team, list[Visit]]]

    @property
    def label(self) -> str:
        """``11月2日 周一``."""
        return f"{short_day(self.on)} 周{WEEKDAYS[self.on.weekday()]}"

    @property
    def off(self) -> str:
        """Why nobody works then."""
        return off(self.on)


@dataclass(frozen=True)
class Plan:
    """The whole plan of a round; three queries."""

    round: Round
    teams: list[Team]
    days: list[Day]
    waiting: list[Visit]
    clashes: Mapping[int, list[str]]
    burdens: "Burdens"

    @property
    def clashing(self) -> list[tuple[Visit, list[str]]]:
        """Visits with what is wrong about them."""
        visits = (v for day in self.days for _, cell in day.cells for v in cell)
        return [(visit, self.clashes[visit.pk]) for visit in visits if visit.pk in self.clashes]

    @property
    def untold(self) -> list[Visit]:
        """Visits of which the units do not know the day yet."""
        return [v for day in self.days for _, cell in day.cells for v in cell if is_to_be_told(v)]


def is_to_be_told(visit: Visit) -> bool:
    """Whether the unit has to hear of its day, for the first time or because it has changed."""
    is_ready = visit.state == VisitState.PLANNED and visit.team_id and visit.on
    return bool(is_ready) and visit.told_on != visit.on


def plan(round_: Round) -> Plan:
    """Everything that the page of the plan shows."""
    both = Q(round=round_) | Q(on__isnull=False) & ~Q(round__state=RoundState.CLOSED) & Q(
        on__in=round_.visits.values("on")
    )
    rows = list(_by_day(Visit.objects.filter(both).exclude(state=VisitState.EXCUSED)))
    people = _people(rows)
    visits = [each for each in rows if each.round_id == round_.pk]
    others = [_stop(each, people) for each in rows if each.round_id != round_.pk]
    found = clashes([_stop(each, people) for each in visits], others, off=off)
    teams = sorted({each.team for each in visits if each.team}, key=lambda team: team.pk)
    for team in teams:
        team.people = list(people[team.pk].values())  # type: ignore[attr-defined]
    days = [
        Day(on, _cells(teams, list(rows)))
        for on, rows in groupby((v for v in visits if v.on), key=lambda v: v.on)
        if on
    ]
    waiting = [each for each in visits if each.on is None]
    return Plan(round_, teams, days, waiting, found, burdens(round_, visits))


def clashes_of(visit: Visit) -> list[str]:
    """What is wrong with one visit's place in the plan."""
    others = elsewhere(visit.round, [visit.on] if visit.on else ())
    return clashes(stops(visit.round), others, off=off).get(visit.pk, [])


def _cells(teams: Sequence[Team], rows: list[Visit]) -> list[tuple[Team, list[Visit]]]:
    """One cell a team; visits without team stand at the end."""
    cells = [(team, [each for each in rows if each.team_id == team.pk]) for team in teams]
    alone = [each for each in rows if each.team_id is None]
    return [*cells, (Team(name="没有评估组"), alone)] if alone else cells


@dataclass(frozen=True)
class Burden:
    """How many visits a unit has had in a year with this one, and by the same day of last year."""

    visit: Visit
    count: int
    before: int

    @property
    def words(self) -> str:
        """``云溪镇今年第3次，去年同期2次``."""
        return f"{self.visit.name}今年第{self.count}次，去年同期{self.before}次"


@dataclass(frozen=True)
class Burdens:
    """The county's visits of a year beside the year before."""

    year: int
    total: int
    before: int
    has_before: bool
    """Whether the books know of last year at all."""
    by_unit: list[Burden]

    @property
    def heavier(self) -> list[Burden]:
        """Units that get more visitors than last year."""
        return [each for each in self.by_unit if self.has_before and each.count > each.before]

    @property
    def words(self) -> str:
        """The total in a sentence."""
        now = f"{self.year}年度各轮共安排{self.total}次到单位"
        return f"{now}，上年{self.before}次" if self.has_before else f"{now}；上年没有记录可比"


def burdens(round_: Round, visits: Iterable[Visit]) -> Burdens:
    """Every visit counts, of whichever scheme; one query."""
    year = round_.version_of.year
    rows = Visit.objects.exclude(state=VisitState.EXCUSED).filter(
        round__version_of__year__in=(year, year - 1)
    )
    days: dict[tuple[int, int], list[date | None]] = defaultdict(list)
    for unit, of, on in rows.values_list("unit_id", "round__version_of__year", "on"):
        days[unit, of].append(on)
    total, before = (sum(len(found) for (_, of), found in days.items() if of == each)
                     for each in (year, year - 1))  # fmt: skip
    by_unit = [
        Burden(
            each,
            _by(days[each.unit_id, year], each.on),
            _by(days[each.unit_id, year - 1], years_before(each.on, 1) if each.on else None),
        )
        for each in visits
    ]
    return Burdens(year, total, before, before > 0, by_unit)


def _by(days: Iterable[date | None], day: date | None) -> int:
    """How many by a day; where there is no day yet, all of the year."""
    return sum(day is None or (each is not None and each <= day) for each in days)


def mine(account: int | None) -> QuerySet[Visit]:
    """Where somebody goes in rounds that are not over."""
    found = Visit.objects.of_assessor(account).exclude(state=VisitState.EXCUSED)
    running = found.exclude(round__state=RoundState.CLOSED)
    return running.select_related("round__version_of", "team").order_by("on", "starts", "order")


def of_units(units: Collection[int]) -> QuerySet[Visit]:
    """When who comes to these units; what a unit is told by notice is told here, spot checks not."""
    found = Visit.objects.filter(unit__in=units).exclude(state=VisitState.EXCUSED)
    is_secret = Q(round__kind=RoundKind.SPOT, state=VisitState.PLANNED)
    known = found.exclude(is_secret).exclude(round__state=RoundState.PLANNED, told_on__isnull=True)
    return known.select_related("round__version_of", "team", "unit")


def calendar(name: str, visits: Iterable[Visit]) -> bytes:
    """The visits that have a day, as a file for calendars."""
    entries = [
        Entry(
            number=each.pk,
            title=f"{each.name} {each.round.name}",
            on=each.on,
            starts=each.starts,
            ends=each.ends,
            place=each.place_note or each.name,
            about=each.team.name if each.team else "",
            changes=each.version,
        )
        for each in visits
        if each.on
    ]
    return calendar_file(name, entries, now=timezone.now())


def rows(plan: Plan) -> Iterable[list[object]]:
    """The plan as lines of a workbook."""
    for day in plan.days:
        for team, cell in day.cells:
            members = "、".join(getattr(team, "people", ()))
            for visit in cell:
                wrong = "；".join(plan.clashes.get(visit.pk, ()))
                yield [
                    day.on, f"周{WEEKDAYS[day.on.weekday()]}", hours(visit), visit.name,
                    visit.group, team.name, members, visit.place_note, wrong,
                ]  # fmt: skip
    for visit in plan.waiting:
        team_name = visit.team.name if visit.team else ""
        yield ["未定", "", "", visit.name, visit.group, team_name, "", "", ""]


HEADERS = ("日期", "星期", "时间", "单位", "组别", "评估组", "评估员", "地点", "冲突")
"""Of the workbook."""


def hours(visit: Visit) -> str:
    """``9:00—11:30``."""
    return hours_text(visit.starts, visit.ends)


def items_on_site(visit: Visit) -> str:
    """What the assessors look at, by name; a long list is cut with its number."""
    tasks = book_of(visit.round).tasks(visit.name)
    names = [each.name for each in tasks if each.is_on_site]
    shown = "、".join(names[:MORE_NAMES])
    return f"{shown}等{len(names)}项" if len(names) > MORE_NAMES else shown


def note_of(visit: Visit) -> str:
    """What a planner should know before changing a visit's day: clashes now, and how many there were."""
    [burden] = burdens(visit.round, [visit]).by_unit
    return "。".join([*clashes_of(visit), burden.words])
