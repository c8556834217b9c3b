"""What is known around a run or a quarter: rounds, what they found, objections, reports, last year?"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from jixiao.appraisals.models import Quarter
from jixiao.appraisals.queries import overview, standing
from jixiao.bulletins.context import Context, Earlier, Held, Objection, Reports, Trouble, earlier
from jixiao.rectification.models import Case, CaseStep
from jixiao.rectification.states import OWED_BY_UNIT, CaseState
from jixiao.rectification.states import StepKind as CaseStepKind
from jixiao.results.models import PastTier, ResultUnit, Review, SealedResult
from jixiao.results.queries import reading, year_before
from jixiao.results.states import DECIDED, UPHELD, ReviewKind, ReviewState
from jixiao.visits.models import Record, Round, Seat, Visit
from jixiao.visits.states import Method, RoundState, VisitState

BEEN = (VisitState.FED_BACK, VisitState.CLOSED)
"""The team was there and has told what it recorded."""
DONE = (CaseState.VERIFIED, CaseState.CLOSED)
Names = Mapping[int, str]
"""Units' numbers → what the run calls them."""


def context_of(kept: SealedResult) -> Context:
    """Everything a bulletin about this run may refer to; ten queries, whatever the rows."""
    before = year_before(kept)
    wanted = [kept.pk, *([before.pk] if before else [])]
    parts: dict[int, dict[int, str]] = defaultdict(dict)
    for run, unit, name in ResultUnit.objects.filter(result__in=wanted).values_list(
        "result", "unit", "name"
    ):
        parts[run][unit] = name
    names, today = parts[kept.pk], timezone.localdate()
    rounds = _rounds(kept)
    until = max((each.until for each in rounds), default=None) if kept.through else None
    return Context(
        result=reading(kept).result,
        name=kept.round_name,
        before=_earlier(kept, before, names, parts[before.pk] if before else {}),
        rounds=_held(rounds, names),
        findings=_findings(_cases_of(kept, until), names, today),
        reviews=_reviews(kept, names),
    )


def context_of_quarter(quarter: Quarter) -> Context:
    """What a quarter's bulletin may refer to: who reported, where teams were, what they found then."""
    known = Case.objects.known()
    told = known.filter(found_at__date__gte=quarter.first, found_at__date__lte=quarter.last)
    held = Round.objects.exclude(state=RoundState.PLANNED)
    held = held.filter(since__lte=quarter.last, until__gte=quarter.first).order_by("since", "id")
    return Context(
        name=str(quarter),
        rounds=_held(list(held), {}),
        findings=_findings(told, {}, timezone.localdate()),
        reports=_reports(quarter),
    )


def _reports(quarter: Quarter) -> Reports | None:
    """What units reported of it."""
    shown = overview(quarter.pk)
    if shown is None:
        return None
    told = standing(shown)
    return Reports(
        told.due, told.on_time, told.late, told.missing, told.contradictory, str(quarter)
    )


def _earlier(
    kept: SealedResult, before: SealedResult | None, names: Names, then: Names
) -> Earlier | None:
    """By the units' numbers, so that a new name is the same unit; tiers from history where no run is."""
    if before is not None:
        same = {name: then[unit] for unit, name in names.items() if unit in then}
        return earlier(reading(kept).result, reading(before).result, same)
    rows = PastTier.objects.filter(past__year=kept.year - 1, past__confirmed_at__isnull=False)
    rows = rows.filter(Q(past__line=kept.line_id) | Q(past__line=None))
    tiers = {names[unit]: tier for unit, tier in rows.values_list("unit", "tier") if unit in names}
    return Earlier(kept.year - 1, tiers) if tiers else None


def _rounds(kept: SealedResult) -> Sequence[Round]:
    """Those the run was made from, and the year's others by the same scheme, such as spot checks."""
    of = Q(results__result=kept)
    if kept.line_id is not None:
        of |= Q(version_of__line=kept.line_id, version_of__year=kept.year)
    found = Round.objects.filter(of).exclude(state=RoundState.PLANNED).distinct()
    rows = list(
        found.annotate(taken=Count("results", filter=Q(results__result=kept))).order_by(
            "since", "id"
        )
    )
    if not kept.through:
        return rows
    last = max((each.until for each in rows if each.taken), default=None)
    return [each for each in rows if last is None or each.until <= last]


def _held(rounds: Collection[Round], names: Names) -> tuple[Held, ...]:
    been: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    teams: dict[int, set[int]] = defaultdict(set)
    visits = Visit.objects.filter(round__in=rounds, state__in=BEEN)
    for run, unit, name, team, state in visits.values_list(
        "round", "unit", "name", "team", "state"
    ):
        been[run].append((unit, names.get(unit, name), state))
        teams[run].add(team)
    people: dict[int, set[str]] = defaultdict(set)
    for run, team, person in Seat.objects.filter(team__round__in=rounds).values_list(
        "team__round", "team", "person"
    ):
        if team in teams[run]:
            people[run].add(str(person))
    methods, records = _methods(rounds)
    return tuple(
        Held(
            code=each.code,
            name=each.name,
            since=each.since,
            until=each.until,
            units=frozenset(name for _, name, _ in been[each.pk]),
            fed_back=frozenset(n for _, n, state in been[each.pk] if state == VisitState.CLOSED),
            teams=len(teams[each.pk]),
            assessors=frozenset(people[each.pk]),
            methods=frozenset(methods[each.pk]),
            records=records[each.pk],
        )
        for each in rounds
        if been[each.pk]
    )


def _methods(rounds: Collection[Round]) -> tuple[dict[int, set[str]], dict[int, int]]:
    """Which methods were used, and how many items were recorded, by round."""
    methods: dict[int, set[str]] = defaultdict(set)
    records: dict[int, int] = defaultdict(int)
    rows = Record.objects.filter(visit__round__in=rounds, visit__state__in=BEEN).order_by()
    counted = rows.values_list("visit__round", "methods").annotate(Count("pk"))
    for run, used, count in counted:
        methods[run] |= {Method(each).label for each in used.split(",") if each}
        records[run] += count
    return methods, records


def _cases_of(kept: SealedResult, until: date | None) -> QuerySet[Case]:
    """What units were told of in the year; for a part of the year, up to the end of its rounds."""
    found: QuerySet[Case] = Case.objects.known().filter(year=kept.year)
    return found if until is None else found.filter(found_at__date__lte=until)


def _findings(cases: QuerySet[Case], names: Names, today: date) -> tuple[Trouble, ...]:
    proofs = CaseStep.objects.filter(case=OuterRef("pk"), kind=CaseStepKind.PROOF).order_by("-id")
    found = cases.annotate(proven=Subquery(proofs.values("taken_at")[:1]))
    rows = found.select_related("unit").order_by("unit__order", "id")
    return tuple(_trouble(each, names, today) for each in rows)


def _trouble(case: Case, names: Names, today: date) -> Trouble:
    proven, due = case.proven, case.due_on  # type: ignore[attr-defined]
    return Trouble(
        unit=names.get(case.unit_id, case.unit.name),
        item=case.item,
        code=case.code,
        theme=case.theme,
        fact=case.fact,
        is_done=case.state in DONE,
        in_time=bool(proven and due and timezone.localdate(proven) <= due),
        is_late=bool(case.state in OWED_BY_UNIT and due and due < today),
        is_repeated=case.repeats_id is not None,
    )


def _reviews(kept: SealedResult, names: Names) -> tuple[Objection, ...]:
    """Objections to this run and to those it took the place of."""
    of = Q(part__result=kept) | Q(part__result=kept.follows_id)
    if kept.line_id is not None:
        of |= Q(
            part__result__line=kept.line_id,
            part__result__year=kept.year,
            part__result__through=kept.through,
        )
    rows = Review.objects.filter(of).exclude(state=ReviewState.WITHDRAWN).order_by("id")
    return tuple(
        Objection(
            names.get(unit, name),
            item,
            kind == ReviewKind.APPEAL,
            state in DECIDED,
            state in UPHELD,
        )
        for unit, name, item, kind, state in rows.values_list(
            "part__unit", "part__name", "item", "kind", "state"
        )
    )
