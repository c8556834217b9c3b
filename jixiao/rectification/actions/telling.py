"""How does a unit come to know a finding, and by when must it be put right?"""

from collections.abc import Sequence

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.audit.trail import created, watch
from jixiao.periods.workdays import add_workdays
from jixiao.rectification.models import Case, CaseStep
from jixiao.rectification.states import CaseState, StepKind


def tell_cases(cases: Sequence[Case], *, by: Actor) -> None:
    """Tell noted findings of one unit inside the caller's action: from today the deadline runs.

    MissingYearError before anything is written, where a deadline falls into a year without holidays.
    """
    today = timezone.localdate()
    due = {case.pk: add_workdays(today, case.workdays) for case in cases}
    earlier = _earlier(cases)
    for case in cases:
        watch(case)
        case.due_on, case.state = due[case.pk], CaseState.TOLD
        case.told_at, case.told_by_id = timezone.now(), by.signature()
        case.repeats = earlier.get(case.code)
        case.save()
        step = CaseStep(case=case, kind=StepKind.TOLD, text=case.opinion, due_on=case.due_on)
        step.taken_by_id = by.signature()
        step.save()
        created(step)


def _earlier(cases: Sequence[Case]) -> dict[str, Case]:
    """By item, the newest finding that the unit was told of before."""
    units = {each.unit_id for each in cases}
    codes = {each.code for each in cases} - {""}
    known = Case.objects.known().filter(unit__in=units, code__in=codes).order_by("told_at", "pk")
    return {each.code: each for each in known}
