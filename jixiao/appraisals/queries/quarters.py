"""How far is each quarter, and which units are late, missing or contradict what is known?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, QuerySet

from jixiao.appraisals.checks import Told, contradictions
from jixiao.appraisals.models import Quarter, Report
from jixiao.appraisals.queries.known import known_of, told_by
from jixiao.appraisals.states import USUAL_DAYS, ReportState, Subject, day_after
from jixiao.org.models import Unit
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.schemes.models import SchemeVersion

QuarterRow = Quarter
"""What the pages get."""


@dataclass(frozen=True)
class UnitState:
    """One unit in a quarter."""

    unit: Unit
    report: Report | None
    told: Told | None
    contradictions: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Nothing has come, or what came was sent back."""
        return self.report is None or self.report.state == ReportState.RETURNED

    @property
    def is_late(self) -> bool:
        """It came after the deadline."""
        return self.report is not None and self.report.is_late

    @property
    def key(self) -> str:
        """The heading under which it is listed first."""
        if self.is_missing:
            return "missing"
        return "contradictory" if self.contradictions else "late" if self.is_late else "fine"


@dataclass(frozen=True)
class Standing:
    """A quarter in names of units, as a bulletin tells it."""

    quarter: Quarter
    due: tuple[str, ...]
    on_time: tuple[str, ...]
    late: tuple[str, ...]
    missing: tuple[str, ...]
    contradictory: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """A quarter unit by unit."""

    quarter: Quarter
    states: tuple[UnitState, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """Units by where they stand; a late one may contradict too and then counts under that."""
        return Counter(each.key for each in self.states)

    @cached_property
    def sums(self) -> list[tuple[str, int, int, tuple[int, ...]]]:
        """Each kind of subjects over all reports: name, due, done, grades."""
        told = [each.told for each in self.states if each.told and not each.is_missing]
        lines = [line for each in told for line in each.lines]
        return [
            (
                subject.label,
                sum(line.due for line in lines if line.kind == subject),
                sum(line.done for line in lines if line.kind == subject),
                tuple(
                    sum(line.grades[place] for line in lines if line.kind == subject)
                    for place in range(4)
                ),
            )
            for subject in Subject
        ]

    def shown(self, key: str) -> list[UnitState]:
        """The units under one heading; all where none is named, what needs somebody first."""
        order = ("missing", "contradictory", "late", "fine")
        if key in order:
            return [each for each in self.states if each.key == key]
        return sorted(self.states, key=lambda each: order.index(each.key))


def quarters() -> QuerySet[Quarter]:
    """Every quarter with the number of reports that stand."""
    return Quarter.objects.select_related("opened_by").annotate(came=Count("reports"))


def quarter(pk: int) -> Quarter | None:
    """One quarter."""
    return Quarter.objects.select_related("opened_by", "closed_by").filter(pk=pk).first()


def asked_units(quarter: Quarter) -> list[Unit]:
    """乡科级 units that are assessed and were there on the quarter's last day."""
    found = Unit.objects.assessed().exclude(group="").filter(since__lte=quarter.last)
    return [each for each in found if each.until is None or each.until > quarter.last]


def overview(pk: int) -> Overview | None:
    """A quarter unit by unit; eight queries."""
    row = quarter(pk)
    if row is None:
        return None
    units = asked_units(row)
    reports = {each.unit_id: each for each in _with_lines(row)}
    known = known_of(row, units)
    states = []
    for unit in units:
        report = reports.get(unit.pk)
        told = told_by(report) if report else None
        differing = contradictions(told, known[unit.pk]) if told else ()
        states.append(UnitState(unit, report, told, differing))
    return Overview(row, tuple(states))


def _with_lines(row: Quarter) -> QuerySet[Report]:
    found = Report.objects.filter(quarter=row).select_related("quarter", "reported_by")
    return found.prefetch_related("lines")


def standing(found: Overview) -> Standing:
    """What a bulletin says of a quarter."""

    def names(units: Sequence[UnitState]) -> tuple[str, ...]:
        return tuple(each.unit.name for each in units)

    there = [each for each in found.states if not each.is_missing]
    return Standing(
        quarter=found.quarter,
        due=names(found.states),
        on_time=names([each for each in there if not each.is_late]),
        late=names([each for each in there if each.is_late]),
        missing=names([each for each in found.states if each.is_missing]),
        contradictory=names([each for each in there if each.contradictions]),
    )


def usual_due(year: int, number: int) -> date | None:
    """The deadline that is proposed; None for a year whose holidays nobody entered."""
    try:
        return add_workdays(day_after(year, number), USUAL_DAYS - 1)
    except MissingYearError:
        return None


def data_choices(year: int) -> list[tuple[str, str]]:
    """Data items of the year's published schemes, with which reports can be compared."""
    found: dict[str, str] = {}
    for version in SchemeVersion.objects.public().filter(year=year):
        for each in version.scheme.data:
            found.setdefault(each.key, each.name or each.key)
    return list(found.items())
