"""How is a unit told of findings: the deadline, and whether the same was found before?"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.rectification.models import Case, CaseStep
from jixiao.rectification.states import CaseState, StepKind


def tell_cases(cases: Sequence[Case], *, by: Actor) -> None:
    """Noted findings become known to their units; the working days count from today."""
    today, now = timezone.localdate(), timezone.now()
    for case in cases:
        watch(case)
        _refuse_untellable(case)
        case.due_on = due_in(case.workdays, since=today)
        case.repeats = repeat_of(case.unit, code=case.code, before=case.found_at)
        case.state = CaseState.TOLD
        case.told_at, case.told_by_id = now, by.signature()
        case.save()
        created(
            CaseStep.objects.create(
                case=case, kind=StepKind.TOLD, due_on=case.due_on, taken_by_id=by.signature()
            )
        )


def _refuse_untellable(case: Case) -> None:
    if case.state != CaseState.NOTED:
        raise RefusedError(f"“{case.fact[:20]}”已经反馈过")
    if not case.opinion.strip():
        raise RefusedError(f"“{case.fact[:20]}”还没有写整改意见，写明才能反馈", field="opinion")


def due_in(days: int, *, since: date) -> date:
    """The day on which so many working days are over. RefusedError where the year is not known."""
    try:
        return add_workdays(since, days)
    except MissingYearError as gap:
        raise RefusedError(f"{gap}；或把期限改短", field="workdays") from None


def repeat_of(unit: Unit, *, code: str, before: datetime) -> Case | None:
    """The latest finding on the same item of the same unit that the unit already knew of."""
    if not code:
        return None
    known = Case.objects.known().filter(unit=unit, code=code, found_at__lt=before)
    return known.order_by("-found_at", "-id").first()
