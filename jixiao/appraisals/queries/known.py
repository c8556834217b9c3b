"""What does the platform know of units in a quarter, without asking them?"""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Q

from jixiao.appraisals.checks import Known, Line, Told
from jixiao.appraisals.models import Quarter, Report
from jixiao.appraisals.states import GRADES, Subject
from jixiao.org.models import Post, Unit
from jixiao.org.states import LEADING_RANKS, Kind
from jixiao.rectification.models import Case
from jixiao.scoring.numbers import SCALE
from jixiao.visits.models import Record

KINDS = {
    Kind.SECTION: Subject.SECTIONS, Kind.SUBORDINATE: Subject.BELOW, Kind.VILLAGE: Subject.BELOW
}  # fmt: skip


def known_of(quarter: Quarter, units: Collection[Unit]) -> Mapping[int, Known]:
    """By unit's number; four queries, whatever the number of units."""
    due = _due(quarter, units)
    seen = _on_site(quarter, [unit.pk for unit in units])
    findings = _findings(quarter, [unit.pk for unit in units])
    return {
        unit.pk: Known(
            due=due[unit.pk],
            due_on_site=seen.get((unit.pk, quarter.due_column)),
            done_on_site=seen.get((unit.pk, quarter.done_column)),
            findings=findings[unit.pk],
        )
        for unit in units
    }


def _due(quarter: Quarter, units: Collection[Unit]) -> dict[int, dict[Subject, int]]:
    """Leaders by rank and post, sections and what is below by the unit tree, on the last day."""
    numbers = {unit.pk for unit in units}
    found: dict[int, dict[Subject, int]] = {number: dict.fromkeys(Subject, 0) for number in numbers}
    there = Unit.objects.filter(kind__in=KINDS, since__lte=quarter.last)
    there = there.filter(Q(until__isnull=True) | Q(until__gt=quarter.last))
    for path, kind in there.values_list("path", "kind"):
        top = int(path.split("/")[1])
        if top in numbers:
            found[top][KINDS[Kind(kind)]] += 1
    posts = Post.objects.on(quarter.last).filter(unit__in=numbers, person__rank__in=LEADING_RANKS)
    for unit, _ in set(posts.values_list("unit", "person")):
        found[unit][Subject.LEADERS] += 1
    return found


def _on_site(quarter: Quarter, units: Collection[int]) -> dict[tuple[int, str], int]:
    """Whole numbers that assessors recorded in the quarter, the latest one last."""
    columns = [name for name in (quarter.due_column, quarter.done_column) if name]
    if not columns:
        return {}
    has = Q()
    for name in columns:
        has |= Q(values__has_key=name)
    rows = Record.objects.filter(
        has, visit__unit__in=units, visit__on__range=(quarter.first, quarter.last)
    )
    return {
        (unit, name): values[name] // SCALE
        for unit, values in rows.order_by("visit__on", "id").values_list("visit__unit", "values")
        for name in columns
        if values.get(name) is not None
    }


def _findings(quarter: Quarter, units: Collection[int]) -> Counter[int]:
    rows = Case.objects.known().filter(
        unit__in=units, told_at__date__range=(quarter.first, quarter.last)
    )
    return Counter(rows.values_list("unit", flat=True))


def told_by(report: Report) -> Told:
    """A stored report as plain data; its lines are fetched with it."""
    kept = {each.kind: each for each in report.lines.all()}
    lines = [
        Line(each, row.due, row.done, _grades(row)) if (row := kept.get(each)) else nothing(each)
        for each in Subject
    ]
    return Told(tuple(lines), report.months, report.problems, report.measures, report.note)


def nothing(kind: Subject, due: int = 0) -> Line:
    """A kind of which nobody was appraised."""
    return Line(kind, due, 0, (0, 0, 0, 0))


def _grades(line: object) -> tuple[int, int, int, int]:
    top, good, fair, poor = (int(getattr(line, name)) for name, _ in GRADES)
    return top, good, fair, poor
