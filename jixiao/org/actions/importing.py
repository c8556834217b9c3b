"""What happens to a workbook of units and people: handed in, confirmed in one go, or dropped?"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.core.pinyin import search_text
from jixiao.org.actions.books import check_basis, keep_versions, reindex, repath
from jixiao.org.actions.facts import Basis
from jixiao.org.actions.people import person_search
from jixiao.org.exchange import layout as plan
from jixiao.org.exchange.changes import Change, Changes, Manner
from jixiao.org.exchange.lines import County, Line
from jixiao.org.models import (
    Alias,
    Condition,
    Duty,
    OrgImport,
    Person,
    Post,
    Unit,
    UnitVersion,
)
from jixiao.org.queries.imports import preview, preview_of
from jixiao.org.states import ConditionKind, DutyRole, ImportState, Kind, Rank, State, Use
from jixiao.workbooks.problems import TableError

M = TypeVar("M", bound=Model)
KINDS, RANKS, ROLES = (
    {str(each.label): each for each in words} for words in (Kind, Rank, DutyRole)
)
WHATS, USES, STATES = (
    {str(each.label): each for each in words} for words in (ConditionKind, Use, State)
)
ALL_SHEETS = (Permission.PEOPLE_EDIT, Permission.DUTIES_EDIT, Permission.CONDITIONS_EDIT)
"""What a workbook can change besides units."""
BATCH = 500
MOST_PROBLEMS = 200
"""Whoever put right so many hands in again and is told the others."""


@action(Permission.UNITS_EDIT)
def hand_in_workbook(name: str, *, by: Actor, content: bytes) -> OrgImport:
    """上传机构人员表。先核对、预览，确认之前什么也不改。"""
    try:
        preview(content, name=name)
    except TableError as error:
        told = "\n".join(map(str, error.problems[:MOST_PROBLEMS]))
        raise RefusedError(told, field="file") from None
    digest = hashlib.sha256(content).hexdigest()
    shown = "".join(letter for letter in name if letter.isprintable())[-120:]
    handed = OrgImport(name=shown, digest=digest, handed_by=by.name)
    handed.file.save(f"{digest[:16]}.xlsx", ContentFile(content), save=False)
    handed.save()
    return handed


@action(Permission.UNITS_EDIT)
def apply_workbook(
    handed: OrgImport, *, by: Actor, fingerprint: str, basis: Basis, reason: str
) -> OrgImport:
    """导入机构人员表。按预览的改动一次写入；预览之后有人改过的，要重新预览。"""
    for permission in ALL_SHEETS:
        by.require(permission, Place())
    _check_waiting(handed)
    check_basis(basis)
    now = preview_of(handed)
    if now.fingerprint != fingerprint:
        raise RefusedError("预览之后机构人员又有改动，请核对下面重新做的预览，再确认")
    if now.changes.is_empty:
        raise RefusedError("这份表与平台里的一样，没有要导入的改动")
    try:
        _Writer(now.county, basis, reason).write(now.changes)
    except IntegrityError as error:
        raise RefusedError("有的行与平台里的记录冲突，什么也没有改；请重新预览核对") from error
    _settle(handed, by, ImportState.APPLIED)
    handed.document, handed.summary = basis.document[:80], now.changes.words[:200]
    handed.save()
    return handed


@action(Permission.UNITS_EDIT)
def drop_workbook(handed: OrgImport, *, by: Actor, reason: str = "") -> OrgImport:
    """放弃导入。上传的表留存备查，什么也不改。"""
    _check_waiting(handed)
    _settle(handed, by, ImportState.DROPPED)
    handed.save()
    return handed


def _check_waiting(handed: OrgImport) -> None:
    if handed.state != ImportState.WAITING:
        raise RefusedError(f"这份表{handed.get_state_display()}，不能再办")


def _settle(handed: OrgImport, by: Actor, state: ImportState) -> None:
    handed.state, handed.applied_at, handed.applied_by = state, timezone.now(), by.name


@dataclass
class _Writer:
    """Writes the changes of a workbook; ``units`` and ``people`` are the rows that lines name."""

    county: County
    basis: Basis
    reason: str
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def write(self, changes: Changes) -> None:
        """Sheet by sheet: whatever a line names is there before the line."""
        units = Unit.objects.select_related("parent").in_bulk()
        self.units = {each.label: units[each.number] for each in self.county.units}
        self._units(changes.of(plan.UNITS))
        self._aliases(changes.of(plan.ALIASES))
        self._people(changes.of(plan.PEOPLE))
        self._posts(changes.of(plan.POSTS))
        self._duties(changes.of(plan.DUTIES))
        self._conditions(changes.of(plan.CONDITIONS))

    # ------------------------------------------------------------------ units and their names

    def _units(self, changes: Sequence[Change]) -> None:
        waiting = [change.line for change in changes if change.manner is Manner.ADDED]
        while waiting:
            later = {line.text(plan.UNIT) for line in waiting}
            self._found([line for line in waiting if line.text(plan.PARENT) not in later])
            waiting = [line for line in waiting if line.text(plan.UNIT) not in self.units]
        for change in changes:
            if change.before is not None:
                self._alter(self.units[change.line.text(plan.UNIT)], change)

    def _found(self, lines: Sequence[Line]) -> None:
        """Units of one level, all at once."""
        last = max((unit.order for unit in self.units.values()), default=0)
        units = [
            Unit(
                **_founded(line), parent=self.units.get(line.text(plan.PARENT)), path="/",
                order=_or_last(line.count(plan.ORDER), last + place),
            )
            for place, line in enumerate(lines, start=1)
        ]  # fmt: skip
        Unit.objects.bulk_create(units, batch_size=BATCH)
        for unit in units:
            unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        Unit.objects.bulk_update(units, ["path"], batch_size=BATCH)
        self._tell(units)
        self.units |= {line.text(plan.UNIT): unit for line, unit in zip(lines, units, strict=True)}
        self._make(UnitVersion, [
            UnitVersion(
                unit=unit, name=unit.name, kind=unit.kind, group=unit.group, parent=unit.parent,
                since=unit.since, document=self.basis.document[:80], reason=self.reason[:200],
            )
            for unit in units
        ])  # fmt: skip

    def _alter(self, unit: Unit, change: Change) -> None:
        line = change.line
        watch(unit)
        unit.order = line.count(plan.ORDER) or 0
        unit.name, unit.group = line.text(plan.NAME), line.text(plan.GROUP)
        unit.kind = KINDS[line.text(plan.KIND)]
        unit.parent = self.units.get(line.text(plan.PARENT))
        if {each.header for each in change.differences} == {plan.ORDER}:
            unit.save(update_fields=["order"])
            return
        keep_versions(unit, basis=self.basis, reason=self.reason)
        repath(unit)

    def _aliases(self, changes: Sequence[Change]) -> None:
        added = [change.line for change in changes if change.manner is Manner.ADDED]
        self._make(Alias, [
            Alias(
                unit=self._unit(line), name=line.text(plan.ALIAS),
                since=line.day(plan.SINCE), until=line.day(plan.UNTIL),
            )
            for line in added
        ])  # fmt: skip
        for row, line in _altered(Alias, changes):
            self._change(row, since=line.day(plan.SINCE), until=line.day(plan.UNTIL))
        for unit in {self._unit(line) for line in added}:
            reindex(unit)

    def _unit(self, line: Line) -> Unit:
        return self.units[line.text(plan.UNIT)]

    # ------------------------------------------------------------------ people, posts, duties

    def _people(self, changes: Sequence[Change]) -> None:
        known = self.county.lines(plan.PEOPLE).values()
        rows = Person.objects.in_bulk()
        self.people = {line.text(plan.CODE): rows[line.number] for line in known}
        added = [change.line for change in changes if change.manner is Manner.ADDED]
        made = [Person(code=line.text(plan.CODE), **_person(line)) for line in added]
        self._make(Person, made)
        self.people |= {person.code: person for person in made}
        for row, line in _altered(Person, changes):
            self._change(row, **_person(line))

    def _posts(self, changes: Sequence[Change]) -> None:
        """What ends makes room for what begins."""
        for row, line in _altered(Post, changes):
            self._change(row, **_dated(line))
        added = [change.line for change in changes if change.manner is Manner.ADDED]
        self._make(Post, [
            Post(**self._whose(line), title=line.text(plan.TITLE), **_dated(line)) for line in added
        ])  # fmt: skip

    def _duties(self, changes: Sequence[Change]) -> None:
        for row, line in _altered(Duty, changes):
            self._change(row, **_dated(line), document=line.text(plan.DOCUMENT))
        added = [change.line for change in changes if change.manner is Manner.ADDED]
        self._make(Duty, [
            Duty(
                **self._whose(line), role=ROLES[line.text(plan.ROLE)], **_dated(line),
                document=line.text(plan.DOCUMENT),
            )
            for line in added
        ])  # fmt: skip

    def _whose(self, line: Line) -> dict[str, Any]:
        person, unit = self.people[line.text(plan.CODE)], self._unit(line)
        return {"person": person, "unit": unit, "since": line.day(plan.SINCE)}

    def _conditions(self, changes: Sequence[Change]) -> None:
        for row, line in _altered(Condition, changes):
            self._change(row, **_condition(line))
        added = [change.line for change in changes if change.manner is Manner.ADDED]
        self._make(Condition, [
            Condition(unit=self._unit(line), kind=WHATS[line.text(plan.WHAT)], **_condition(line))
            for line in added
        ])  # fmt: skip

    # ------------------------------------------------------------------ rows

    def _make(self, model: type[M], rows: Sequence[M]) -> None:
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        self._tell(rows)

    def _tell(self, rows: Iterable[Model]) -> None:
        for row in rows:
            created(row)

    def _change(self, row: Model, **columns: object) -> None:
        watch(row)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()


def _or_last(order: int | None, last: int) -> int:
    return last if order is None else order


def _altered(model: type[M], changes: Iterable[Change]) -> Iterator[tuple[M, Line]]:
    """The rows that change, each with what it is to say."""
    lines = {each.before.number: each.line for each in changes if each.before is not None}
    rows = model._default_manager.in_bulk(list(lines))
    return ((rows[number], line) for number, line in lines.items())


def _founded(line: Line) -> dict[str, Any]:
    name = line.text(plan.NAME)
    return {
        "name": name, "kind": KINDS[line.text(plan.KIND)], "group": line.text(plan.GROUP),
        "since": line.day(plan.FOUNDED), "search": search_text(name),
    }  # fmt: skip


def _person(line: Line) -> dict[str, Any]:
    name, code = line.text(plan.PERSON_NAME), line.text(plan.CODE)
    return {
        "name": name, "rank": RANKS[line.text(plan.RANK)], "left_on": line.day(plan.LEFT),
        "search": person_search(name, code),
    }  # fmt: skip


def _dated(line: Line) -> dict[str, Any]:
    return {"is_full_time": line.text(plan.FULL_TIME) == plan.YES, "until": line.day(plan.UNTIL)}


def _condition(line: Line) -> dict[str, Any]:
    return {
        "quantity": line.count(plan.QUANTITY) or 0, "use": USES[line.text(plan.USE)],
        "state": STATES[line.text(plan.STATE)], "seen_on": line.day(plan.SEEN),
        "note": line.text(plan.NOTE),
    }  # fmt: skip
