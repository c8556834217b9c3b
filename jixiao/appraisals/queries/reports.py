"""What does a unit report, with what is it filled in before, and what is still owed?"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from jixiao.access.actor import Place
from jixiao.appraisals.checks import Known, Told, contradictions
from jixiao.appraisals.models import Quarter, Report, ReportReturn
from jixiao.appraisals.queries.known import known_of, nothing, told_by
from jixiao.appraisals.queries.quarters import asked_units
from jixiao.appraisals.states import QUARTERS, QuarterState, ReportState, Subject
from jixiao.org.models import Unit


@dataclass(frozen=True)
class ReportPage:
    """One unit's page of a quarter."""

    quarter: Quarter
    unit: Unit
    report: Report | None
    told: Told
    known: Known
    before: Report | None
    """The quarter before."""

    @property
    def contradictions(self) -> tuple[str, ...]:
        """What does not fit what is known, once something was reported."""
        return contradictions(self.told, self.known) if self.report else ()

    def place(self) -> Place:
        """That of the unit."""
        return self.unit.place()

    @property
    def last_return(self) -> ReportReturn | None:
        """Why it was sent back last; one query."""
        rows = ReportReturn.objects.filter(report=self.report).select_related("returned_by")
        return rows.last()

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("quarter_report", args=[self.quarter.pk, self.unit.pk])

    @property
    def is_returned(self) -> bool:
        """Whether the office sent it back."""
        return self.report is not None and self.report.state == ReportState.RETURNED


def report_page(pk: int, unit: int) -> ReportPage | None:
    """What a unit reported, or what can be filled in without asking; ten queries.

    None where the quarter does not ask this unit.
    """
    row = Quarter.objects.filter(pk=pk).first()
    asked = [each for each in asked_units(row) if each.pk == unit] if row else []
    return _page(row, asked[0]) if row and asked else None


def _page(row: Quarter, unit: Unit) -> ReportPage:
    year, number = (row.year, row.number - 1) if row.number > 1 else (row.year - 1, QUARTERS)
    last = Q(quarter__year=year, quarter__number=number)
    found = Report.objects.filter(last | Q(quarter=row), unit=unit)
    found = found.select_related("quarter", "reported_by").prefetch_related("lines")
    reports = {each.quarter_id == row.pk: each for each in found}
    report, before = reports.get(True), reports.get(False)
    known = known_of(row, [unit])[unit.pk]
    told = told_by(report) if report else proposed(known)
    return ReportPage(row, unit, report, told, known, before)


def proposed(known: Known) -> Told:
    """What the form says before anybody typed: how many there are; how they did nobody knows."""
    lines = tuple(nothing(each, known.due.get(each, 0)) for each in Subject)
    return Told(lines)


def reports_of_units(units: Collection[int]) -> QuerySet[Report]:
    """What these units reported."""
    return Report.objects.filter(unit__in=units).select_related("quarter", "unit")


def due_now(unit: int) -> list[Quarter]:
    """Open quarters that this unit still owes, the oldest first; one query."""
    there = Report.objects.filter(unit=unit, state=ReportState.REPORTED)
    found = Quarter.objects.filter(state=QuarterState.OPEN).order_by("due_on")
    return list(found.exclude(pk__in=there.values("quarter")))
