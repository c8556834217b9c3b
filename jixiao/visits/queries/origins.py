"""Where does a mark of a result come from: who recorded it when, how, why, and what was corrected?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from jixiao.schemes.exchange.layout import rule_keys
from jixiao.scoring.columns import data_columns, data_item
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.scheme import Item, Scheme
from jixiao.visits.models import Attachment, Correction, Finding, Record, Visit
from jixiao.visits.queries.rounds import task_book
from jixiao.visits.sheet import Credit, Gathered, Kept, Seen
from jixiao.visits.states import FileState, Method, VisitState
from jixiao.visits.tasks import COUNTED, Task

SINCE = "记录在计分以后改过；这份结果按计分时的数"


@dataclass(frozen=True)
class Amended:
    """A later change of the record."""

    change: str
    reason: str
    document: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Origin:
    """What one round has to say about a mark; ``visit`` and ``code`` are where it is shown."""

    round: str
    visit: int
    code: str
    unit: str
    source: str
    """Whom the figures come from: the team on site, an office, the platform itself."""
    who: str = ""
    at: datetime | None = None
    methods: str = ""
    reason: str = ""
    remark: str = ""
    files: tuple[str, ...] = ()
    amended: tuple[Amended, ...] = ()
    restored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One item of one unit in a result, as it was sealed at a certain time."""

    rounds: QuerySet[Any, Any] | Collection[int]
    unit: int
    scheme: Scheme
    group: str
    item: Item
    at: datetime
    sealed: Mapping[str, Mapping[str, int | None]]
    """The unit's figures in the result, by round."""

    @cached_property
    def columns(self) -> frozenset[str]:
        """The sheet columns that the item's rule reads."""
        return item_columns(self.scheme, self.item, self.group)

    def is_other(self, record: Record) -> bool:
        """Whether the result was made from other figures than the record shows today."""
        sealed = self.sealed.get(record.visit.round.code, {})
        mine = self.columns & record.values.keys()
        return any(record.values[column] != sealed.get(column) for column in mine)


def origins(asked: Asked) -> tuple[Origin, ...]:
    """Round by round where the item's figures come from; five queries at most."""
    found = _visits(asked)
    tasks = [
        (visit, task)
        for visit in found
        for task in task_book(visit.round.version_of).tasks(visit.name)
        if asked.columns & {each.column for each in task.fields}
    ]
    facts = _Facts.of(asked, found, {task.code for _, task in tasks})
    return tuple(_origin(visit, task, facts) for visit, task in tasks)


def item_columns(scheme: Scheme, item: Item, group: str) -> frozenset[str]:
    """The sheet columns that an item's rule reads in a group."""
    keys = rule_keys(item, group)
    return frozenset(name for key in keys for name in data_columns(data_item(scheme, key)))


def _visits(asked: Asked) -> list[Visit]:
    found = Visit.objects.filter(round__in=asked.rounds, unit=asked.unit)
    light = found.exclude(state=VisitState.EXCUSED).select_related("round__version_of", "team")
    order = [each.code for each in asked.scheme.rounds] or [""]
    visits = list(light.defer("round__version_of__document"))
    return sorted(visits, key=lambda each: order.index(each.round.code))


@dataclass(frozen=True)
class _Facts:
    """Everything that is known about an item in some visits."""

    records: Mapping[tuple[int, str], Record]
    amended: Mapping[int, list[Correction]]
    files: Mapping[tuple[int, str], list[str]]
    credits: Mapping[int, list[Credit]]
    others: Collection[int]
    """Records that show other figures today than the result was made from."""

    @classmethod
    def of(cls, asked: Asked, visits: Collection[Visit], codes: Collection[str]) -> "_Facts":
        by_number = {each.pk: each for each in visits}
        found = Record.objects.filter(visit__in=visits, code__in=codes).select_related("saved_by")
        records = list(found)
        for each in records:
            each.visit = by_number[each.visit_id]
        others = [each for each in records if asked.is_other(each)]
        return cls(
            {(each.visit_id, each.code): each for each in records},
            _corrections(records),
            _files(visits, codes),
            _credits([each.visit_id for each in others], asked.at),
            {each.pk for each in others},
        )


def _corrections(records: Iterable[Record]) -> dict[int, list[Correction]]:
    """Later changes; a record of the first version has none."""
    found: dict[int, list[Correction]] = defaultdict(list)
    changed = [each for each in records if each.version > 1]
    rows = Correction.objects.filter(record__in=changed).select_related("corrected_by")
    for each in rows.order_by("id") if changed else ():
        found[each.record_id].append(each)
    return found


def _files(visits: Collection[Visit], codes: Collection[str]) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    kept = Attachment.objects.filter(visit__in=visits, state=FileState.KEPT, is_dropped=False)
    for visit, code, name in kept.filter(code__in=codes).values_list("visit", "code", "name"):
        found[visit, code].append(name)
    return found


def _credits(visits: Collection[int], at: datetime) -> dict[int, list[Credit]]:
    """Points that had been given back when the result was sealed."""
    found: dict[int, list[Credit]] = defaultdict(list)
    rows = Finding.objects.filter(visit__in=visits, case__given_back_at__lte=at)
    told = rows.exclude(case__points=None).values_list("visit", "case__code", "case__points")
    for visit, code, points in told if visits else ():
        found[visit].append(Credit(code, points or 0))
    return found


def _origin(visit: Visit, task: Task, facts: _Facts) -> Origin:
    record = facts.records.get((visit.pk, task.code))
    on_site = f"现场评估，{visit.team.name}" if visit.team else "现场评估"
    source = {"": on_site, COUNTED: "系统计数"}.get(task.keeper, f"由{task.keeper}提供")
    if record is None:
        absent = "" if task.keeper == COUNTED else "，没有记录"
        return Origin(visit.round.name, visit.pk, task.code, visit.name, f"{source}{absent}")
    return Origin(
        round=visit.round.name,
        visit=visit.pk,
        code=task.code,
        unit=visit.name,
        source=source,
        who=record.saved_by.name,
        at=record.saved_at,
        methods="、".join(Method(each).label for each in record.methods.split(",") if each),
        reason=record.reason,
        remark=record.remark,
        files=tuple(facts.files.get((visit.pk, task.code), ())),
        amended=tuple(_amended(each) for each in facts.amended.get(record.pk, ())),
        restored=_restored(record, facts),
    )


def _restored(record: Record, facts: _Facts) -> tuple[str, ...]:
    """Why the result has another figure than the record: points given back, or a later correction."""
    if record.pk not in facts.others:
        return ()
    visit = record.visit
    earned = tuple(each for each in facts.credits[visit.pk] if each.code == record.code)
    if not earned:
        return (SINCE,)
    seen = Seen(visit.round.code, visit.name, "", (Kept(record.code, record.values),), earned)
    book = task_book(visit.round.version_of)
    return tuple(each.words for each in Gathered(book, {seen.key: seen}).restored)


def _amended(row: Correction) -> Amended:
    before, after = row.before.get("mark"), row.after.get("mark")
    change = f"{mark_text(before, 1)} → {mark_text(after, 1)}" if before != after else "得分不变"
    return Amended(change, row.reason, row.document, row.corrected_by.name, row.corrected_at)
