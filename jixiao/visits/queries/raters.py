"""How do the teams and assessors of a round mark, compared with each other?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from jixiao.scoring.numbers import mark_text
from jixiao.visits.models import Adjustment, Entry, Record, Round, SelfMark, Visit
from jixiao.visits.queries.rounds import rounds, task_book
from jixiao.visits.queries.summary import team_words
from jixiao.visits.raters import (
    Alone,
    Given,
    ItemSpread,
    Pair,
    Scale,
    SelfGap,
    is_judged,
    item_distances,
    item_spreads,
    pairs,
    scales,
    self_gaps,
    shifts,
)
from jixiao.visits.sheet import mark_field
from jixiao.visits.states import RecordState, VisitState
from jixiao.visits.tasks import Task, TaskBook

LATE = "双方反馈以后"
"""How the reason of an entry begins that came too late to be used."""


@dataclass(frozen=True)
class Shift:
    """So many ten-thousandths of a point more or less for one item of one team."""

    team: int
    code: str
    shift: int


@dataclass(frozen=True)
class Distance:
    """How far two assessors are apart on an item."""

    code: str
    name: str
    marks: int
    far: str


@dataclass(frozen=True)
class Raters:
    """The scales of a round, worked out from its records."""

    round: Round
    book: TaskBook
    teams: Mapping[int, str]
    people: Mapping[int, str]
    given: tuple[Given, ...]
    """What assessors judged, by team."""
    known: tuple[Given, ...]
    """Marks by figures from elsewhere: how good the units are, whoever visits them."""
    alone: tuple[Alone, ...]
    by_person: tuple[Given, ...]
    adjustment: Adjustment | None

    @cached_property
    def team_scales(self) -> list[tuple[str, Scale]]:
        """Every team against the others, the strictest first."""
        return _strictest_first(scales(self.given, known=self.known), self.teams)

    @property
    def told(self) -> str:
        """The strictest and the most lenient team; empty where they mark alike, or nothing is known."""
        known = [each for each in self.team_scales if each[1].is_unlike]
        ends = [known[0], known[-1]] if len(known) > 1 else known
        return "，".join(f"{name.partition('（')[0]}{each.severity_text}" for name, each in ends)

    @cached_property
    def person_scales(self) -> list[tuple[str, Scale]]:
        """Every assessor against the others, where each marks alone."""
        return _strictest_first(scales(self.by_person), self.people)

    @cached_property
    def items(self) -> list[tuple[str, ItemSpread]]:
        """How each item was marked."""
        return [(self.name_of(each.code), each) for each in item_spreads(self.given)]

    @property
    def dull(self) -> int:
        """Items that do not tell units apart."""
        return sum(each.is_dull for _, each in self.items)

    @cached_property
    def pairs(self) -> list[tuple[str, Pair]]:
        """How far two assessors agree."""
        names = self.people
        return [(f"{names[p.first]}、{names[p.second]}", p) for p in pairs(self.alone)]

    @cached_property
    def distances(self) -> list[Distance]:
        """The items on which they are furthest apart."""
        return [
            Distance(code, self.name_of(code), count, mark_text(int(far), 1))
            for code, count, far in item_distances(self.alone)
            if far
        ]

    @cached_property
    def self_gaps(self) -> list[tuple[str, list[SelfGap]]]:
        """Own marks against reviewed ones, by group, item and unit."""
        ways: tuple[tuple[str, Callable[[Given], str]], ...] = (
            ("组别", lambda each: each.group),
            ("项目", lambda each: f"{each.code} {self.name_of(each.code)}"),
            ("单位", lambda each: each.unit),
        )
        return [(name, found) for name, by in ways if (found := self_gaps(self.given, by=by))]

    @cached_property
    def proposed(self) -> list[Shift]:
        """What would level the teams' means, item by item."""
        wanted = [each for each in self.given if self.is_adjustable(each.code)]
        found = shifts(wanted, decimals=self.book.scheme.decimals)
        return [Shift(team, code, shift) for (team, code), shift in sorted(found.items())]

    @property
    def shifts_told(self) -> list[tuple[str, str, str, int]]:
        """The adopted shifts: team, item, points, records."""
        told = self.adjustment.shifts if self.adjustment else []
        return [
            (
                each["name"], f"{each['code']} {self.name_of(each['code'])}",
                mark_text(each["shift"], 1), each["rows"],
            )
            for each in told
        ]  # fmt: skip

    def is_adjustable(self, code: str) -> bool:
        """Whether the item's mark is given by people and not by choosing a grade."""
        return mark_field(self._tasks[code]) is not None

    def name_of(self, code: str) -> str:
        """What an item is called."""
        return self._tasks[code].name

    @cached_property
    def _tasks(self) -> Mapping[str, Task]:
        units = self.book.layout.groups
        return {task.code: task for unit in units for task in self.book.tasks(unit)}


def raters(number: int) -> Raters | None:
    """The scales of one round; eight queries at most."""
    round_ = rounds().filter(pk=number).first()
    if round_ is None:
        return None
    book = task_book(round_.version_of)
    there = Visit.objects.filter(round=round_, team__isnull=False)
    visits = {each.pk: each for each in there.exclude(state=VisitState.EXCUSED)}
    marked = list(_marked(book, visits))
    alone = tuple(_alone(visits)) if round_.is_double else ()
    judged = [given for task, given in marked if is_judged(task)]
    return Raters(
        round=round_,
        book=book,
        teams=team_words([number]),
        people=_people(number) if round_.is_double else {},
        given=tuple(judged),
        known=tuple(given for task, given in marked if not task.is_on_site),
        alone=alone,
        by_person=tuple(_by_person(book, visits, alone)),
        adjustment=round_.adjustments.filter(revoked_at=None).select_related("adopted_by").first(),
    )


def _marked(book: TaskBook, visits: Mapping[int, Visit]) -> Iterator[tuple[Task, Given]]:
    """Every mark that the unit's own figures decide, with the unit's own."""
    own = {
        (visit, code): mark
        for visit, code, mark in SelfMark.objects.filter(visit__in=visits).values_list(
            "visit", "code", "mark"
        )
    }
    rows = Record.objects.filter(visit__in=visits, state=RecordState.STANDING, mark__isnull=False)
    for pk, code, mark in rows.values_list("visit", "code", "mark"):
        visit = visits[pk]
        task = book.task(visit.name, code)
        if task is None or task.full <= 0:
            continue
        yield task, _given(visit.team_id or 0, visit, task, mark or 0, own.get((pk, code)))


def _given(rater: int, visit: Visit, task: Task, mark: int, own: int | None = None) -> Given:
    return Given(rater, visit.name, visit.group, task.code, task.full, mark, own)


def _alone(visits: Mapping[int, Visit]) -> Iterator[Alone]:
    """What each person said last before the two looked at each other's marks."""
    rows = Entry.objects.filter(record__visit__in=visits, mark__isnull=False).order_by("id")
    entries = [
        each for each in rows.select_related("record") if not each.settled_why.startswith(LATE)
    ]
    settled: dict[int, object] = {}
    for each in entries:
        if each.settled_at is not None:
            settled.setdefault(each.record_id, each.settled_at)
    last = {}
    for each in entries:
        when = settled.get(each.record_id)
        if when is None or each.received_at <= when:  # type: ignore[operator]
            last[each.record_id, each.received_by_id] = each
    for each in last.values():
        yield Alone(
            each.received_by_id, visits[each.record.visit_id].name, each.record.code, each.mark or 0
        )


def _by_person(
    book: TaskBook, visits: Mapping[int, Visit], alone: Iterable[Alone]
) -> Iterator[Given]:
    by_name = {each.name: each for each in visits.values()}
    for each in alone:
        task = book.task(each.unit, each.code)
        if task is not None and is_judged(task):
            yield _given(each.rater, by_name[each.unit], task, each.mark)


def _people(round_: int) -> dict[int, str]:
    rows = Entry.objects.filter(record__visit__round=round_).order_by()
    return dict(rows.values_list("received_by", "received_by__name").distinct())


def _strictest_first(found: list[Scale], names: Mapping[int, str]) -> list[tuple[str, Scale]]:
    ordered = sorted(found, key=lambda each: (each.severity is None, each.severity or 0))
    return [(names.get(each.rater, ""), each) for each in ordered]
