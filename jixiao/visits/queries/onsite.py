"""What does an assessor take along for the day, and who may see what was recorded?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.rectification.models import Case
from jixiao.rectification.states import OPEN, CaseState, StepKind
from jixiao.visits.models import (
    Attachment,
    Confirmation,
    Entry,
    Finding,
    Record,
    Seat,
    SelfMark,
    Visit,
)
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import EntryState, FileState, RecordState, RoundState, VisitState

M = TypeVar("M", bound=Model)
Json = dict[str, Any]
AttachmentRow = Attachment
RecordRow = Record
VisitRow = Visit
"""What pages get."""
HEADS = (EntryState.STANDING, EntryState.DIFFERING)
SEES_ALL = (Role.OFFICE, Role.OFFICE_HEAD, Role.LEADER)
TOLD = (VisitState.FED_BACK, VisitState.CLOSED)
"""From the feedback on the unit knows its marks."""


def visits_of(actor: Actor, today: date) -> list[Visit]:
    """The visits to which somebody goes and which are not closed: today's first."""
    found = (
        Visit.objects.open()
        .of_assessor(actor.account_id)
        .filter(round__state=RoundState.OPEN)
        .select_related("round", "unit", "team")
    )
    return sorted(found, key=lambda each: (each.on != today, each.on or date.max))


def visit_to_record(pk: int) -> Visit | None:
    """One visit with what its actions ask of it."""
    return Visit.objects.select_related("unit").order_by().filter(pk=pk).first()


def attachment(key: UUID) -> Attachment | None:
    """One photo or file."""
    related = "visit__unit", "visit__round"
    return Attachment.objects.select_related(*related).filter(key=key).first()


def kept_attachment(key: UUID) -> Attachment | None:
    """One photo or file that is all there."""
    found = attachment(key)
    is_kept = found is not None and found.state == FileState.KEPT and not found.is_dropped
    return found if is_kept else None


def entry_of(visit: Visit, key: UUID) -> Entry | None:
    """One version of a record of the visit."""
    found = Entry.objects.select_related("record__visit")
    return found.filter(key=key, record__visit=visit).first()


def is_chosen(entry: Entry) -> bool:
    """Whether a person chose this version."""
    return entry.state == EntryState.STANDING and entry.settled_at is not None


def case_of(visit: Visit, pk: int) -> Case | None:
    """An earlier finding of the visit's unit."""
    return Case.objects.select_related("unit").filter(pk=pk, unit=visit.unit_id).first()


def was_looked_at(case: Case, *, text: str, where: str) -> bool:
    """Whether the same was already said about it in the same visit."""
    seen = (StepKind.RECHECK, StepKind.RELAPSE)
    return case.steps.filter(kind__in=seen, text=text, where=where).exists()


def state_of(visit: Visit) -> str:
    """How far the visit is at this moment."""
    return Visit.objects.values_list("state", flat=True).get(pk=visit.pk)


def goes_there(actor: Actor, visit: Visit) -> bool:
    """Whether somebody is in the visit's team."""
    seats = Seat.objects.filter(team=visit.team_id, person__account=actor.account_id)
    return visit.team_id is not None and seats.exists()


def may_see(actor: Actor, visit: Visit) -> bool:
    """The office and leaders see all, assessors their own visits, units what they were told."""
    if actor.has_role(*SEES_ALL) or goes_there(actor, visit):
        return True
    return not actor.has_role(Role.ASSESSOR) and visit.state in TOLD


def day(actor: Actor) -> Json:
    """Everything for the day without a network; marks are whole ten-thousandths."""
    today = timezone.localdate()
    return Day(actor, today, visits_of(actor, today)).as_json()


@dataclass(frozen=True)
class Day:
    """The visits that somebody takes along; as many queries for one visit as for a hundred."""

    actor: Actor
    today: date
    visits: list[Visit]

    def as_json(self) -> Json:
        """Plain data for a page without network."""
        return {
            "who": {"account": self.actor.account_id, "name": self.actor.name},
            "today": self.today,
            "loaded": timezone.now(),
            "visits": [self._visit(each) for each in self.visits],
        }

    def _visit(self, visit: Visit) -> Json:
        return {
            "visit": visit.pk,
            "name": visit.name,
            "group": visit.group,
            "state": visit.state,
            "on": visit.on,
            "starts": visit.starts and f"{visit.starts:%H:%M}",
            "place": visit.place_note,
            "host": visit.host,
            "round": visit.round.name,
            "year": visit.round.since.year,
            "is_double": visit.round.is_double,
            "asks_self": visit.round.asks_self,
            "team": visit.team.name if visit.team else "",
            "members": self._members[visit.team_id],
            "tasks": [each.as_json() for each in book_of(visit.round).tasks(visit.name)],
            "records": self._records[visit.pk],
            "self_marks": self._self_marks[visit.pk],
            "findings": self._findings[visit.pk],
            "earlier": self._earlier[visit.unit_id],
            "files": self._files[visit.pk],
            "confirmations": self._confirmations[visit.pk],
        }

    @cached_property
    def _members(self) -> Mapping[Any, list[Json]]:
        seats = Seat.objects.filter(team__in={each.team_id for each in self.visits})
        return _by(
            seats.select_related("person"),
            lambda each: each.team_id,
            lambda each: {
                "name": each.person.name,
                "is_head": each.is_head,
                "is_me": each.person.account_id == self.actor.account_id,
            },
        )

    @cached_property
    def _records(self) -> Mapping[Any, list[Json]]:
        found = Record.objects.filter(visit__in=self.visits).exclude(state=RecordState.BLANK)
        rows = list(found.select_related("saved_by"))
        told = dict(zip(rows, records_json(rows), strict=True))
        doubled = {each.pk for each in self.visits if each.round.is_double}
        own = self._own_records if doubled else frozenset()
        shown = (each for each in rows if each.visit_id not in doubled or each.pk in own)
        return _by(shown, lambda each: each.visit_id, told.__getitem__)

    @cached_property
    def _own_records(self) -> frozenset[int]:
        """Who marks alone sees the other's entry only after making one."""
        mine = Entry.objects.filter(record__visit__in=self.visits)
        own = mine.filter(received_by=self.actor.account_id)
        return frozenset(own.values_list("record_id", flat=True))

    @cached_property
    def _self_marks(self) -> Mapping[Any, list[Json]]:
        return _by(
            SelfMark.objects.filter(visit__in=self.visits),
            lambda each: each.visit_id,
            lambda each: {
                "code": each.code, "values": each.values, "mark": each.mark, "note": each.note,
            },
        )  # fmt: skip

    @cached_property
    def _findings(self) -> Mapping[Any, list[Json]]:
        found = Finding.objects.filter(visit__in=self.visits).select_related("case")
        noted = found.exclude(case__state=CaseState.WITHDRAWN)
        return _by(noted, lambda each: each.visit_id, _finding)

    @cached_property
    def _confirmations(self) -> Mapping[Any, list[Json]]:
        return _by(
            Confirmation.objects.filter(visit__in=self.visits, is_void=False),
            lambda each: each.visit_id,
            lambda each: {
                "side": each.side, "person_name": each.person_name, "agrees": each.agrees,
                "view": each.view, "manner": each.manner,
            },
        )  # fmt: skip

    @cached_property
    def _earlier(self) -> Mapping[Any, list[Json]]:
        units = {each.unit_id for each in self.visits}
        states = (*OPEN, CaseState.VERIFIED)
        found = Case.objects.filter(unit__in=units, state__in=states)
        return _by(found, lambda each: each.unit_id, _case)

    @cached_property
    def _files(self) -> Mapping[Any, list[Json]]:
        found = Attachment.objects.filter(visit__in=self.visits, is_dropped=False)
        return _by(
            found,
            lambda each: each.visit_id,
            lambda each: {
                "key": each.key, "code": each.code, "name": each.name, "size": each.size,
                "received": each.received, "state": each.state,
            },
        )  # fmt: skip


def records_json(records: Iterable[Record], *, me: Actor | None = None) -> list[Json]:
    """Records as they stand, with every version of those that differ; one query if any does.

    ``me``: whose name need not be looked up.
    """
    rows = list(records)
    differing = [each.pk for each in rows if each.state == RecordState.DIFFERING]
    heads: Mapping[Any, list[Json]] = {}
    if differing:
        found = Entry.objects.filter(record__in=differing, state__in=HEADS)
        heads = _by(found.select_related("received_by"), lambda each: each.record_id, _head)
    return [
        {
            "code": each.code, "version": each.version, "state": each.state,
            "methods": each.methods, "values": each.values, "mark": each.mark,
            "reason": each.reason, "remark": each.remark, "at": each.saved_at,
            "by": _saved_by(each, me), "heads": heads.get(each.pk, []),
        }
        for each in rows
    ]  # fmt: skip


def _saved_by(record: Record, me: Actor | None) -> str:
    if me is not None and me.account_id == record.saved_by_id:
        return me.name
    return record.saved_by.name


def _head(entry: Entry) -> Json:
    return {
        "key": entry.key, "methods": entry.methods, "values": entry.values, "mark": entry.mark,
        "reason": entry.reason, "remark": entry.remark, "at": entry.made_at,
        "by": entry.received_by.name, "device": entry.device,
    }  # fmt: skip


def _finding(row: Finding) -> Json:
    case = row.case
    return {
        "key": row.key, "code": case.code, "fact": case.fact, "evidence": case.evidence,
        "cause": case.cause, "opinion": case.opinion, "workdays": case.workdays,
        "theme": case.theme, "points": case.points,
    }  # fmt: skip


def _case(case: Case) -> Json:
    return {
        "case": case.pk, "code": case.code, "item": case.item, "fact": case.fact,
        "opinion": case.opinion, "source": case.source, "state": case.state,
        "state_words": case.get_state_display(), "due": case.due_on,
        "may_recheck": case.state == CaseState.VERIFIED,
    }  # fmt: skip


def _by(
    rows: "Iterable[M] | QuerySet[M]", key: Callable[[M], object], told: Callable[[M], Json]
) -> Mapping[Any, list[Json]]:
    found: dict[object, list[Json]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(told(row))
    return found
