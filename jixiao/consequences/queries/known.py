"""What does the county know beside a sealed result: earlier tiers, findings, its own rules?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from django.db.models import Q, QuerySet
from django.utils import timezone

from jixiao.consequences.drawing import Known
from jixiao.consequences.models import Measure
from jixiao.consequences.states import MeasureState
from jixiao.rectification.models import Case
from jixiao.rectification.states import CaseState, StepKind
from jixiao.results.models import PastTier, ResultUnit, SealedResult
from jixiao.results.queries import numbers_of, published, reading
from jixiao.schemes.models import SchemeLine, SchemeVersion
from jixiao.schemes.states import IN_FORCE
from jixiao.scoring.scheme import Scheme

MeasureRow: TypeAlias = Measure
"""What the pages get."""
FURTHEST = 10
"""Years back at most, as the scheme language has it."""
OVER = (StepKind.VERIFY, StepKind.RECHECK, StepKind.WITHDRAW)
"""Steps after which a finding is no longer open; any other opens it again or leaves it so."""


def known_beside(result: SealedResult, *, day: date) -> Known:
    """Earlier tiers and findings of the result's units; about five queries and one a year back."""
    numbers = numbers_of(result)
    names = {number: name for name, number in numbers.items()}
    tiers, entered = _earlier(result, names)
    history = {
        name: tuple(tiers.get((number, back), "") for back in range(1, FURTHEST + 1))
        for name, number in numbers.items()
    }
    return Known(_counts(result.year, names, day), history, entered)


def _earlier(
    result: SealedResult, names: Mapping[int, str]
) -> tuple[dict[tuple[int, int], str], frozenset[tuple[str, int]]]:
    """Tiers by unit and years back; a result of the platform goes before a list entered as history."""
    tiers: dict[tuple[int, int], str] = {}
    entered = set()
    past = PastTier.objects.filter(
        past__line=result.line, past__year__lt=result.year, past__confirmed_at__isnull=False
    )
    for each in past.filter(unit__in=names).select_related("past"):
        back = result.year - each.past.year
        tiers[each.unit_id, back] = each.tier
        entered.add((names[each.unit_id], back))
    for kept in in_force_before(result):
        told = reading(kept).result
        for part in ResultUnit.objects.filter(result=kept, unit__in=names):
            tiers[part.unit_id, result.year - kept.year] = told.tier_of(part.name)
            entered.discard((names[part.unit_id], result.year - kept.year))
    return tiers, frozenset(entered)


def in_force_before(result: SealedResult) -> Iterator[SealedResult]:
    """The published result of each earlier year by the same scheme, as far back as is asked for."""
    found = published().filter(line=result.line, year__lt=result.year)
    seen = set()
    for each in found.filter(year__gte=result.year - FURTHEST, through=""):
        if each.year not in seen:
            seen.add(each.year)
            yield each


def _counts(year: int, names: Mapping[int, str], day: date) -> dict[str, dict[str, int]]:
    """How many findings of the year each unit had on ``day``, by what became of them until then."""
    found = Case.objects.filter(year=year, unit__in=names, told_at__date__lte=day)
    found = found.exclude(state=CaseState.WITHDRAWN).prefetch_related("steps")
    counts: dict[str, Counter[str]] = {name: Counter() for name in names.values()}
    for case in found:
        counts[names[case.unit_id]].update(_kinds(case, day))
    return {name: dict(each) for name, each in counts.items()}


def _kinds(case: Case, day: date) -> Iterator[str]:
    steps = sorted(case.steps.all(), key=lambda each: each.pk)
    done = [each.kind for each in steps if timezone.localdate(each.taken_at) <= day]
    closers = [kind for kind in done if kind in (*OVER, StepKind.RELAPSE, StepKind.SEND_BACK)]
    is_open = not closers or closers[-1] not in OVER
    yield "问题总数"
    if is_open:
        yield "未整改问题"
        if case.due_on and case.due_on < day:
            yield "逾期未整改"
    if StepKind.RELAPSE in done:
        yield "反弹问题"
    if case.repeats_id:
        yield "重复问题"
    if case.points:
        yield "预扣分问题"


# ── The county's own rules ─────────────────────────────────────────────────────────────────


def measures() -> QuerySet[Measure]:
    """Every rule of the county."""
    return Measure.objects.select_related("line", "written_by", "approved_by", "ended_by")


def measure(pk: int) -> Measure | None:
    """One of them."""
    return measures().filter(pk=pk).first()


def measures_for(result: SealedResult) -> list[Measure]:
    """The rules in force for a result: known before its year was over, by the same scheme."""
    last = date(result.year, 12, 31)
    found = Measure.objects.filter(state=MeasureState.IN_FORCE, line=result.line, since__lte=last)
    return list(found.filter(Q(until=None) | Q(until__gte=last)).order_by("since", "id"))


def newest_scheme(line: SchemeLine | None) -> Scheme | None:
    """The scheme against which a rule is tried before it is kept: the newest published version."""
    if line is None:
        kept = published().filter(line=None).first()
        return reading(kept).result.scheme if kept else None
    version = SchemeVersion.objects.filter(line=line, state__in=IN_FORCE).first()
    return version.scheme if version else None


def lines() -> list[tuple[int | str, str]]:
    """The schemes that a rule may go with, as options."""
    found = SchemeLine.objects.values_list("pk", "name")
    return [("", "平台外计分、录入的结果"), *found]


def line(pk: int | None) -> SchemeLine | None:
    """One scheme over the years."""
    return SchemeLine.objects.filter(pk=pk).first() if pk else None
