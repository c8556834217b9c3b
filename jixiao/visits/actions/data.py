"""How do figures that nobody finds on site come in from those who keep them?"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.visits.actions.records import HEADS, Book, Entered, enter
from jixiao.visits.models import Entry, Record, Round, Visit
from jixiao.visits.queries.data import RoundItem
from jixiao.visits.queries.rounds import task_book
from jixiao.visits.states import VisitState

DEVICE = "报数"
MOST_WORDS = 200
SHOWN = 10
"""So many units of a refusal are named."""


@dataclass(frozen=True)
class Provided:
    """The figures of one unit, by sheet column; ``base`` is the record's version that was seen."""

    unit_id: int
    values: Mapping[str, int | None]
    reason: str = ""
    base: int = 0
    source: str = ""
    """The document or table that the figures come from, where they were not counted here."""


@action(Permission.DATA_PROVIDE)
def provide_data(item: RoundItem, *, by: Actor, rows: Sequence[Provided]) -> int:
    """提供评分数据。由项目责任单位按项目报各单位的数；可以分几次报，本轮结束前都可以更正。"""
    round_ = Round.objects.select_for_update().filter(pk=item.round).first()
    if round_ is None or not round_.is_open:
        raise RefusedError("这一轮没有在进行，现在不能报数")
    books = _books(round_, item.code, [each.unit_id for each in rows])
    refused = [said for each in rows if (said := _taken(books, item.code, each, by=by))]
    if refused:
        more = f"；另有{len(refused) - SHOWN}个单位" if len(refused) > SHOWN else ""
        raise RefusedError(f"{'；'.join(refused[:SHOWN])}{more}")
    return len(rows)


def _books(round_: Round, code: str, units: Sequence[int]) -> dict[int, Book]:
    """What is known about the item by unit; three queries for all of them."""
    visits = list(Visit.objects.filter(round=round_, unit__in=units))
    records = {each.visit_id: each for each in Record.objects.filter(visit__in=visits, code=code)}
    heads: dict[int, list[Entry]] = {}
    for head in Entry.objects.filter(record__in=records.values(), state__in=HEADS):
        heads.setdefault(head.record_id, []).append(head)
    tasks = task_book(round_.version_of)
    found = {}
    for visit in visits:
        visit.round = round_
        record, task = records.get(visit.pk), tasks.task(visit.name, code)
        found[visit.unit_id] = Book(
            visit,
            {code: task} if task else {},
            {code: record} if record else {},
            {code: heads.get(record.pk, [])} if record else {},
            {},
        )
    return found


def _taken(books: Mapping[int, Book], code: str, row: Provided, *, by: Actor) -> str:
    """What keeps a unit's figures from being taken; empty when they are."""
    book = books.get(row.unit_id)
    if book is None:
        return f"编号{row.unit_id}的单位不在这一轮"
    name, task, record = book.visit.name, book.tasks.get(code), book.records.get(code)
    if task is None or task.is_on_site:
        return f"{name}的这一项由评估组在现场记录，不在这里报数"
    if book.visit.state == VisitState.EXCUSED:
        return f"{name}不参加本轮"
    if row.base != (record.version if record else 0):
        return f"{name}的数刚被别人改过，请对照现在的数再报"
    sent = Entered(
        uuid.uuid4(), code, row.values, reason=row.reason, remark=row.source.strip()[:MOST_WORDS],
        base=row.base, made_at=timezone.now(),
    )  # fmt: skip
    told = enter(book, sent, by=by, device=DEVICE)
    return "" if told.state == "standing" else f"{name}：{told.message or '没有采用，请刷新后再报'}"
