"""Which figures are asked of offices that are not on site, and what have they told?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.core.words import moment
from jixiao.schemes.exchange.layout import Ask
from jixiao.visits.datasheet import DataSheet, Line
from jixiao.visits.models import Record, Round, Visit
from jixiao.visits.queries.rounds import rounds, task_book
from jixiao.visits.states import RoundState, VisitState
from jixiao.visits.tasks import BESIDE, Task, TaskBook


@dataclass(frozen=True)
class RoundItem:
    """One item of one round: what an item's keeper is responsible for."""

    round: int
    code: str

    def place(self) -> Place:
        """The item's."""
        return Place(item=self.code)


@dataclass(frozen=True)
class DataPage:
    """One item's figures of all units, and whether they can still be told."""

    of: RoundItem
    round: Round
    task: Task
    sheet: DataSheet

    def place(self) -> Place:
        """The item's."""
        return self.of.place()

    @property
    def known(self) -> int:
        """Units of which every figure is there."""
        return sum(line.is_complete for line in self.sheet.lines)


@dataclass(frozen=True)
class Owed:
    """One item in the list of what is asked: how many units are complete."""

    round: Round
    code: str
    name: str
    keeper: str
    known: int
    units: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.known == self.units


def data_page(number: int, code: str) -> DataPage | None:
    """One item of a round, where its figures come from elsewhere; four queries."""
    round_ = rounds().filter(pk=number).exclude(state=RoundState.PLANNED).first()
    if round_ is None:
        return None
    book = task_book(round_.version_of)
    records = {each.visit_id: each for each in _records(number).filter(code=code)}
    visits = _visits(number)
    lines = tuple(_lines(book, visits, code, records))
    if not lines:
        return None
    task = lines[0].task
    name = task.name if code == BESIDE else f"{task.code} {task.name}"
    sheet = DataSheet(str(round_), book.scheme, name, lines)
    return DataPage(RoundItem(number, code), round_, task, sheet)


def data_owed(actor: Actor) -> list[Owed]:
    """What is asked in the open rounds of items that this person keeps; three queries."""
    found = list(rounds().filter(state=RoundState.OPEN))
    known: dict[tuple[int, str], set[str]] = {}
    taken = Record.objects.filter(visit__round__in=found).exclude(values={})
    for visit, code, values in taken.values_list("visit", "code", "values"):
        known[visit, code] = set(values)
    visits: dict[int, list[tuple[int, str]]] = {}
    there = Visit.objects.filter(round__in=found).exclude(state=VisitState.EXCUSED)
    for pk, round_, name in there.values_list("pk", "round", "name"):
        visits.setdefault(round_, []).append((pk, name))
    return [
        owed for each in found for owed in _owed(each, visits.get(each.pk, []), known)
        if actor.may(Permission.DATA_PROVIDE, Place(item=owed.code))
    ]  # fmt: skip


def _owed(
    round_: Round, visits: Iterable[tuple[int, str]], known: Mapping[tuple[int, str], set[str]]
) -> Iterator[Owed]:
    book = task_book(round_.version_of)
    tasks: dict[str, Task] = {}
    counts: dict[str, list[bool]] = {}
    for pk, name in visits:
        for task in book.tasks(name):
            asked = set(told_elsewhere(book, name, task))
            if asked:
                tasks.setdefault(task.code, task)
                counts.setdefault(task.code, []).append(asked <= known.get((pk, task.code), set()))
    for code, task in tasks.items():
        done = counts[code]
        yield Owed(round_, code, task.name, task.keeper, sum(done), len(done))


def told_elsewhere(book: TaskBook, unit: str, task: Task) -> dict[str, Ask]:
    """The figures of a task that its keeper tells; none of a task found out on site."""
    if task.is_on_site:
        return {}
    columns = {each.column for each in task.fields}
    asks = book.layout.asked[unit]
    return {ask.column: ask for ask in asks if ask.column in columns and not ask.data.from_result}


def _visits(round_: int) -> list[Visit]:
    found = Visit.objects.filter(round=round_).exclude(state=VisitState.EXCUSED)
    return list(found.order_by("order", "id"))


def _records(round_: int) -> QuerySet[Record]:
    return Record.objects.filter(visit__round=round_).select_related("saved_by")


def _lines(
    book: TaskBook, visits: Iterable[Visit], code: str, records: Mapping[int, Record]
) -> Iterator[Line]:
    for visit in visits:
        task = book.task(visit.name, code)
        asks = told_elsewhere(book, visit.name, task) if task else {}
        if task is None or not asks:
            continue
        record = records.get(visit.pk)
        yield Line(
            number=visit.unit_id,
            unit=visit.name,
            group=visit.group,
            task=task,
            asks=asks,
            values=record.values if record else {},
            reason=record.reason if record else "",
            base=record.version if record else 0,
            saved=f"{record.saved_by.name} {moment(record.saved_at)}" if record else "",
        )
