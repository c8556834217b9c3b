"""Which rounds are there, which units take part, and what is missing before one can begin or end?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from jixiao.core.errors import RefusedError
from jixiao.core.signs import State as Shape
from jixiao.core.words import moment, number, short_day
from jixiao.org.models import Unit
from jixiao.org.queries.naming import units_named
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.visits.models import Round, Visit
from jixiao.visits.planning import LEAST
from jixiao.visits.queries.facts import Facts, visits_of
from jixiao.visits.states import OPEN_VISITS, RoundState, VisitState
from jixiao.visits.tasks import TaskBook
from jixiao.workbooks.problems import Fault

RoundRow = Round
UnitRow = Unit
VisitRow = Visit
"""What the pages get."""
BEGUN = (VisitState.UNDERWAY, VisitState.FED_BACK)
BOOKS_IN_MIND = 8
"""Schemes whose tasks a process keeps worked out."""


def rounds() -> QuerySet[Round]:
    """Every round with how many visits it has and how many are closed."""
    return (
        Round.objects.select_related("version_of__line")
        .defer("version_of__document", "version_of__changed")
        .annotate(
            units=Count("visits", filter=~Q(visits__state=VisitState.EXCUSED)),
            done=Count("visits", filter=Q(visits__state=VisitState.CLOSED)),
        )
    )


def round_(pk: int) -> Round | None:
    """One round."""
    people = ("planned_by", "opened_by", "closed_by")
    return rounds().select_related("version_of__line", *people).filter(pk=pk).first()


def visit(pk: int) -> Visit | None:
    """One visit with what its pages say of it."""
    return (
        Visit.objects.select_related("round__version_of__line", "unit", "team")
        .defer("round__version_of__document", "round__version_of__changed")
        .filter(pk=pk)
        .first()
    )


def task_book(version: SchemeVersion) -> TaskBook:
    """What a published scheme asks about each unit; worked out once a process."""
    return _task_book(version.pk, version.digest)


def book_of(round_: Round) -> TaskBook:
    """What a round asks: once it is open its scheme stands still, so nothing of it is read again."""
    if round_.digest:
        return _task_book(round_.version_of_id, round_.digest)
    return task_book(round_.version_of)


@lru_cache(maxsize=BOOKS_IN_MIND)
def _task_book(pk: int, _digest: str) -> TaskBook:
    return TaskBook.of(SchemeVersion.objects.get(pk=pk).scheme)


def scheme_units(
    version: SchemeVersion, groups: Collection[str] = ()
) -> list[tuple[Unit, str, str]]:
    """The scheme's units as the county knows them, with the scheme's names and groups.

    RefusedError names those that the books do not know.
    """
    wanted = [
        (unit.name, group.name)
        for group in version.scheme.groups
        if group.name in groups or not groups
        for unit in group.units
    ]
    found = units_named([name for name, _ in wanted])
    strangers = [str(each) for each in found if isinstance(each, Fault)]
    if strangers:
        raise RefusedError(f"办法里的单位在机构库里对不上：{'；'.join(strangers[:10])}")
    return [
        (unit, name, group)
        for unit, (name, group) in zip(found, wanted, strict=True)
        if isinstance(unit, Unit)
    ]


def lacking_to_open(round_: Round) -> list[str]:
    """What a round needs before it can begin; two queries."""
    return _lacking(round_, Facts.of(round_), visits_of(round_))


def _lacking(round_: Round, facts: Facts, rows: Collection[Visit]) -> list[str]:
    found = []
    if round_.version_of.state != State.PUBLISHED:
        found.append("办法已被新的一版取代，请按新的一版重新筹备")
    taking_part = [each for each in rows if each.state != VisitState.EXCUSED]
    book = book_of(round_)
    visited = [each for each in taking_part if asks_on_site(book, each.name)]
    if alone := sum(each.team_id is None for each in visited):
        found.append(f"给{alone}个单位指定评估组")
    if not taking_part:
        found.append("确定参加的单位")
    if names := facts.short:
        found.append(f"{'、'.join(names)}至少要{LEAST}名评估员")
    if names := facts.without_role:
        found.append(f"{'、'.join(names)}没有评估员的角色，请换人或请安全管理员授予")
    if bars := facts.conflicts(rows):
        found.append(f"解决{len(bars)}处回避：{'、'.join(visit.name for visit, _ in bars[:10])}")
    return found


def asks_on_site(book: TaskBook, unit: str) -> bool:
    """Whether anything is found out there; else figures are told, and nobody goes."""
    known = unit in book.layout.asked
    return not known or any(task.is_on_site for task in book.tasks(unit))


def visits_left(round_: Round) -> list[str]:
    """The units that keep a round from ending."""
    return _left(round_, round_.visits.open())


def _left(round_: Round, rows: Iterable[Visit]) -> list[str]:
    book = book_of(round_)
    return [each.name for each in rows if asks_on_site(book, each.name)]


@dataclass(frozen=True)
class Step:
    """One state of a round, as the state bar shows it."""

    label: str
    state: Shape
    when: str


def steps(round_: Round) -> list[Step]:
    """How far a round has come, when and by whose hands."""
    came = {
        RoundState.PLANNED: (round_.planned_at, round_.planned_by),
        RoundState.OPEN: (round_.opened_at, round_.opened_by),
        RoundState.CLOSED: (round_.closed_at, round_.closed_by),
    }
    at = list(came).index(RoundState(round_.state))
    return [
        Step(state.label, _shape(place - at), f"{moment(when)} {who.name}" if when and who else "")
        for place, (state, (when, who)) in enumerate(came.items())
    ]


def _shape(ahead: int) -> Shape:
    return "done" if ahead < 0 else "current" if ahead == 0 else "open"


@dataclass
class Progress:
    """How far a part of a round has come."""

    label: str
    units: int = 0
    done: int = 0
    underway: int = 0

    def count(self, visit: Visit) -> None:
        """One more."""
        self.units += 1
        self.done += visit.state == VisitState.CLOSED
        self.underway += visit.state in BEGUN


@dataclass(frozen=True)
class Weighed:
    """One round of the scheme, what it counts in the year's mark, and the assessment made for it."""

    name: str
    weight: str
    optional: bool
    assessment: Round | None


@dataclass(frozen=True)
class Overview:
    """What the page of a round tells beside its visits; two queries."""

    round: Round
    lacking: list[str]
    left: list[str]
    conflicts: int
    """Ties of assigned teams, also those declared after the round was opened."""
    teams: list[Progress]
    days: list[Progress]
    weighed: list[Weighed]
    options: list[tuple[int, str]]
    """The teams, to choose from."""

    @property
    def units(self) -> int:
        """How many take part."""
        return sum(each.units for each in self.teams)

    @property
    def done(self) -> int:
        """How many have confirmed."""
        return sum(each.done for each in self.teams)


def overview(round_: Round) -> Overview:
    """The whole page, of a round from ``round_of_page``."""
    facts, rows = Facts.of(round_), visits_of(round_)
    is_planned = round_.state == RoundState.PLANNED
    teams = {team: Progress(name) for team, name in facts.teams.items()}
    days = {each.on: Progress(short_day(each.on)) for each in sorted(rows, key=_day) if each.on}
    alone, undated = Progress("未分组"), Progress("未定日期")
    for each in rows:
        if each.state != VisitState.EXCUSED:
            teams.get(each.team_id or 0, alone).count(each)
            (days[each.on] if each.on else undated).count(each)
    return Overview(
        round_,
        _lacking(round_, facts, rows) if is_planned else [],
        _left(round_, [each for each in rows if each.state in OPEN_VISITS])
        if round_.is_open
        else [],
        0 if is_planned else len(facts.conflicts(rows)),
        [*teams.values(), *([alone] if alone.units else [])],
        [*(each for each in days.values() if each.units), *([undated] if undated.units else [])],
        weighed(round_),
        list(facts.teams.items()),
    )


def _day(visit: Visit) -> date:
    return visit.on or date.max


def round_of_page(pk: int) -> Round | None:
    """One round with its scheme and the ``siblings`` held by the same scheme; one query."""
    of = Round.objects.filter(pk=pk)
    same = Round.objects.filter(
        version_of__line__in=of.values("version_of__line"),
        version_of__year__in=of.values("version_of__year"),
    )
    people = ("planned_by", "opened_by", "closed_by")
    found = list(same.select_related("version_of__line", *people))
    row = next((each for each in found if each.pk == pk), None)
    if row is not None:
        row.siblings = found  # type: ignore[attr-defined]
    return row


def weighed(round_: Round) -> list[Weighed]:
    """The scheme's own rounds with their weights; empty where the year is one round."""
    made = {each.code: each for each in round_.siblings if each.code}  # type: ignore[attr-defined]
    return [
        Weighed(each.name, number(_decimal(each.weight)), each.optional, made.get(each.code))
        for each in round_.version_of.scheme.rounds
    ]


def _decimal(weight: Fraction) -> Decimal:
    return Decimal(weight.numerator) / Decimal(weight.denominator)


def standing() -> list[tuple[str, int]]:
    """How many rounds stand where, for the heading of the list."""
    counts = dict(Round.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(state.label, counts[state]) for state in RoundState if counts.get(state)]


def years() -> list[tuple[int, str]]:
    """The years that have rounds, newest first."""
    found = set(Round.objects.order_by().values_list("version_of__year", flat=True))
    return [(year, f"{year}年度") for year in sorted(found, reverse=True)]


def published_schemes() -> list[SchemeVersion]:
    """By which schemes a round can be held, the newest year first."""
    return list(SchemeVersion.objects.light().filter(state=State.PUBLISHED))


def published_scheme(pk: int) -> SchemeVersion | None:
    """One of them with its document."""
    found = SchemeVersion.objects.select_related("line").filter(state=State.PUBLISHED)
    return found.filter(pk=pk).first()


def visits(round_: Round) -> QuerySet[Visit]:
    """The visits of a round for its list, by route."""
    return round_.visits.select_related("team", "unit").order_by("order", "id")


def units_to_add(round_: Round) -> list[Unit]:
    """The scheme's units that do not take part yet."""
    there = set(round_.visits.values_list("unit_id", flat=True))
    return [unit for unit, _, _ in scheme_units(round_.version_of) if unit.pk not in there]
