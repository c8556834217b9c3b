"""How does something seen on site become a record, also when two devices say different things?

Every entry is kept. A record's *heads* are the entries that nobody replaced: one head, and it
stands; heads that differ, and a person decides. A device replaces what it has seen, and its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from jixiao.access.action import action
from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.scoring.sheet import digest
from jixiao.visits.models import Entry, Record, Seat, Visit
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import EDITABLE, START, EntryState, Method, RecordState, VisitState
from jixiao.visits.tasks import Task

HEADS = (EntryState.STANDING, EntryState.DIFFERING)
LATE = "双方反馈以后才同步到，没有采用；确需采用的，请办理更正"
EXCUSED = "单位已改为不参加本轮，没有采用"
LARGEST = 10**15
"""Ten-thousandths; no county counts further."""
Figure: TypeAlias = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Words: TypeAlias = Annotated[str, Field(max_length=500)]
Code: TypeAlias = Annotated[str, Field(max_length=20)]


@dataclass(frozen=True)
class Entered:
    """What somebody entered for one item, as the device sends it; ``key`` is made by the device."""

    key: UUID
    code: Code
    values: Mapping[str, Figure | None]
    methods: tuple[Method, ...] = ()
    reason: Words = ""
    remark: Words = ""
    base: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    made_at: datetime | None = None

    @property
    def methods_text(self) -> str:
        """As they are stored."""
        return ",".join(each.value for each in Method if each in self.methods)

    @property
    def known(self) -> dict[str, int]:
        """The values that are there."""
        return {name: value for name, value in self.values.items() if value is not None}

    @property
    def digest(self) -> str:
        """Of what it says, whoever says it."""
        return digest([self.methods_text, self.known, self.reason.strip(), self.remark.strip()])


@dataclass(frozen=True)
class Outcome:
    """What became of one entry; the record's version is known when the action is through."""

    key: UUID
    state: Literal["standing", "differing", "refused", "late"]
    record: Record | None = None
    message: str = ""


class Outcomes(list[Outcome]):
    """What became of several entries, in their order."""

    def __str__(self) -> str:
        told = {
            "standing": "已记",
            "differing": "两份不一致",
            "late": "未采用",
            "refused": "没有收下",
        }
        counts = {words: sum(each.state == state for each in self) for state, words in told.items()}
        return "，".join(f"{words}{count}条" for words, count in counts.items() if count)


@action(Permission.VISITS_RECORD)
def save_entries(visit: Visit, *, by: Actor, device: str, entries: Sequence[Entered]) -> Outcomes:
    """现场记录。逐项记下方法、数值或得分和理由；同一条送两次只算一次，两份不一致的都留下由人裁定。"""
    require_seat(visit, by)
    book = Book.of(visit, entries)
    if visit.state == VisitState.PLANNED and entries:
        _check_round(visit)
        visit.started_at, visit.started_by_id = timezone.now(), by.signature()
        visit.state = START.target
        visit.save()
    return Outcomes(_received(book, each, by=by, device=device) for each in entries)


def require_seat(visit: Visit, by: Actor) -> None:
    """DeniedError unless ``by`` goes to this unit."""
    if by.terminal:
        return
    seats = Seat.objects.filter(team=visit.team_id, person__account=by.account_id)
    if visit.team_id is None or not seats.exists():
        raise DeniedError(f"您不在负责{visit.name}的评估组里")


def _check_round(visit: Visit) -> None:
    if not visit.round.is_open:
        raise RefusedError(f"{visit.round}{visit.round.get_state_display()}，现在不能记录")


@dataclass(frozen=True)
class Book:
    """What is known about a visit before new entries are taken in; three queries."""

    visit: Visit
    tasks: Mapping[str, Task]
    records: dict[str, Record]
    heads: dict[str, list[Entry]]
    known: dict[UUID, Entry]

    @classmethod
    def of(cls, visit: Visit, entries: Iterable[Entered]) -> "Book":
        """Everything that the entries may touch."""
        sent = list(entries)
        records = visit.records.filter(code__in={each.code for each in sent}).order_by()
        found = {each.code: each for each in records}
        codes = {each.pk: each.code for each in found.values()}
        heads: dict[str, list[Entry]] = {}
        for each in Entry.objects.filter(record__in=codes, state__in=HEADS).order_by("id"):
            heads.setdefault(codes[each.record_id], []).append(each)
        before = Entry.objects.filter(key__in=[each.key for each in sent]).order_by()
        known = {each.key: each for each in before}
        tasks = book_of(visit.round).tasks(visit.name)
        return cls(visit, {each.code: each for each in tasks}, found, heads, known)


def _received(book: Book, sent: Entered, *, by: Actor, device: str) -> Outcome:
    """One entry from the assessors' own hands."""
    task = book.tasks.get(sent.code)
    if sent.key not in book.known and task is not None and not task.is_on_site:
        return Outcome(sent.key, "refused", message=f"这一项由{task.keeper}提供数据，不在现场记录")
    return enter(book, sent, by=by, device=device)


def enter(book: Book, sent: Entered, *, by: Actor, device: str) -> Outcome:
    """Take in one entry, whoever sends it: refused with what is lacking, known, late, or kept."""
    if before := book.known.get(sent.key):
        return _told(before, book.records.get(sent.code))
    task = book.tasks.get(sent.code)
    if task is None:
        return Outcome(
            sent.key, "refused", message=f"办法对{book.visit.name}没有“{sent.code}”这一项"
        )
    lacking = task.lacking(sent.values, methods=sent.methods_text, reason=sent.reason)
    if lacking:
        return Outcome(sent.key, "refused", message="；".join(lacking))
    record = book.records.get(sent.code)
    if not _takes(book.visit, task):
        return _late(book, record, sent, by=by, device=device)
    if record is None:
        record = _begin(book, task, sent, by=by)
        entry = _kept(book, record, sent, by=by, device=device)
        book.heads[record.code] = [entry]
        return Outcome(entry.key, "standing", record)
    watch(record)
    return _settled_by_itself(book, record, _kept(book, record, sent, by=by, device=device))


def _takes(visit: Visit, task: Task) -> bool:
    """Whether records can still be made: on site until the feedback, from elsewhere while the round is open."""
    if task.is_on_site:
        return visit.state in EDITABLE
    return visit.round.is_open and visit.state != VisitState.EXCUSED


def _told(entry: Entry, record: Record | None) -> Outcome:
    """The answer that the device did not hear the first time."""
    if entry.state == EntryState.DROPPED and entry.settled_why in (LATE, EXCUSED):
        return Outcome(entry.key, "late", record, entry.settled_why)
    is_open = entry.state == EntryState.DIFFERING
    return Outcome(entry.key, "differing" if is_open else "standing", record)


def _begin(book: Book, task: Task, sent: Entered, *, by: Actor) -> Record:
    record = Record(visit=book.visit, code=sent.code)
    _say(record, sent, task, by=by)
    record.save()
    created(record)
    book.records[sent.code] = record
    return record


def _say(record: Record, sent: Entered, task: Task, *, by: Actor) -> None:
    record.methods, record.values, record.mark = (
        sent.methods_text,
        sent.known,
        task.mark(sent.known),
    )
    record.reason, record.remark = sent.reason.strip(), sent.remark.strip()
    record.digest = sent.digest
    record.saved_at, record.saved_by_id = timezone.now(), by.signature()


def _kept(book: Book, record: Record, sent: Entered, *, by: Actor, device: str) -> Entry:
    entry = book.known[sent.key] = Entry.objects.create(
        key=sent.key,
        record=record,
        base=sent.base,
        methods=sent.methods_text,
        values=sent.known,
        mark=book.tasks[sent.code].mark(sent.known),
        reason=sent.reason.strip(),
        remark=sent.remark.strip(),
        digest=sent.digest,
        device=device[:40],
        made_at=sent.made_at or timezone.now(),
        received_by_id=by.signature(),
    )
    return entry


def _settled_by_itself(book: Book, record: Record, entry: Entry) -> Outcome:
    """The new entry replaces what its device had seen, and its own; what is left may differ."""
    heads = book.heads.get(record.code, [])
    replaced = [each for each in heads if _replaces(book, record, entry, each)]
    left = [each for each in heads if each not in replaced]
    _mark(replaced, EntryState.REPLACED)
    is_same = all(each.digest == entry.digest for each in left)
    state = EntryState.STANDING if is_same else EntryState.DIFFERING
    _mark([*left, entry], state)
    book.heads[record.code] = [*left, entry]
    record.state = RecordState.STANDING if is_same else RecordState.DIFFERING
    if is_same:
        _take(record, entry)
    record.save()
    return Outcome(entry.key, "standing" if is_same else "differing", record)


def _replaces(book: Book, record: Record, entry: Entry, head: Entry) -> bool:
    is_own = head.received_by_id == entry.received_by_id
    if book.visit.round.is_double and book.tasks[record.code].is_on_site:
        return is_own
    has_seen = entry.base == record.version and record.state == RecordState.STANDING
    return has_seen or (is_own and head.device == entry.device)


def _mark(entries: Iterable[Entry], state: EntryState) -> None:
    for each in entries:
        if each.state != state:
            each.state = state
            each.save(update_fields=["state"])


def _take(record: Record, entry: Entry) -> None:
    """The record says what the entry says."""
    record.methods, record.values, record.mark = entry.methods, entry.values, entry.mark
    record.reason, record.remark, record.digest = entry.reason, entry.remark, entry.digest
    record.saved_at, record.saved_by_id = entry.received_at, entry.received_by_id


def _late(book: Book, record: Record | None, sent: Entered, *, by: Actor, device: str) -> Outcome:
    """Kept, but not used: both sides have already looked each other in the face."""
    if record is not None and record.digest == sent.digest:
        return Outcome(sent.key, "standing", record)
    if record is None:
        record = Record(visit=book.visit, code=sent.code, state=RecordState.BLANK)
        record.saved_by_id = by.signature()
        record.save()
        created(record)
        book.records[sent.code] = record
    entry = _kept(book, record, sent, by=by, device=device)
    is_excused = book.visit.state == VisitState.EXCUSED
    entry.state, entry.settled_why = EntryState.DROPPED, EXCUSED if is_excused else LATE
    entry.settled_at, entry.settled_by_id = timezone.now(), by.signature()
    entry.save()
    return Outcome(sent.key, "late", record, entry.settled_why)


@action(Permission.VISITS_RECORD)
def settle_record(record: Record, *, by: Actor, entry: Entry, reason: str) -> Record:
    """裁定不一致的记录。两份都看过以后选定一份，写明理由；没选的一份也留着。"""
    require_seat(record.visit, by)
    heads = list(record.entries.filter(state__in=HEADS))
    if record.state != RecordState.DIFFERING or entry not in heads:
        raise RefusedError("这一项没有等待裁定的记录，请刷新页面")
    if record.visit.state not in EDITABLE:
        raise RefusedError("已经与单位当面反馈，要改请先退回修改记录")
    if not reason.strip():
        raise RefusedError("请写明为什么选这一份", field="reason")
    for each in heads:
        is_chosen = each == entry
        each.state = EntryState.STANDING if is_chosen else EntryState.DROPPED
        each.settled_at, each.settled_by_id = timezone.now(), by.signature()
        each.settled_why = reason.strip()
        each.save()
    record.state = RecordState.STANDING
    _take(record, entry)
    record.save()
    return record
