"""Which earlier years are known by their tiers only, and which tiers has a unit had over the years?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.org.models import Unit, UnitVersion
from jixiao.results.alarms import Before, before_of
from jixiao.results.models import PastResult, PastTier, ResultUnit, SealedResult
from jixiao.results.past import as_lines
from jixiao.results.queries.kept import parts_of, published, reading, units_named
from jixiao.results.table import tier_look
from jixiao.schemes.models import SchemeLine, SchemeVersion
from jixiao.schemes.states import IN_FORCE

PastRow = PastResult
"""What the pages get."""
SHOWN_YEARS = 8


@dataclass(frozen=True)
class YearTier:
    """A unit's tier in one year; of a year entered as history nothing else is known."""

    year: int
    tier: str
    look: str
    is_past: bool
    is_this: bool = False


@dataclass(frozen=True)
class PastTierList:
    """The units of one tier of an earlier year, as the document had them."""

    tier: str
    units: tuple[PastTier, ...]


def pasts(actor: Actor) -> QuerySet[PastResult]:
    """The earlier years that this person may see: checked ones, for the office the others too."""
    found = PastResult.objects.select_related("line", "entered_by", "confirmed_by")
    counted = found.annotate(units=Count("tiers"))
    if actor.may(Permission.RESULTS_EDIT):
        return counted
    return counted.exclude(confirmed_at=None)


def past(pk: int) -> PastResult | None:
    """One earlier year."""
    return (
        PastResult.objects.select_related("line", "entered_by", "confirmed_by")
        .filter(pk=pk)
        .first()
    )


def tier_lists(row: PastResult) -> tuple[PastTierList, ...]:
    """The tiers with their units, in the order in which they were entered; one query."""
    found: dict[str, list[PastTier]] = {}
    for each in row.tiers.all():
        found.setdefault(each.tier, []).append(each)
    return tuple(PastTierList(tier, tuple(units)) for tier, units in found.items())


def as_filled_in(row: PastResult) -> dict[str, object]:
    """A list as the form has it; one query."""
    told = [(each.name, each.group, each.tier) for each in row.tiers.all()]
    heads = {name: getattr(row, name) for name in ("line", "year", "title", "document")}
    return {**heads, "text": as_lines(told)}


def lines_with_tiers() -> dict[SchemeLine, list[str]]:
    """The county's schemes, each with the tiers of its newest version in force; two queries."""
    found: dict[int, list[str]] = {}
    versions = SchemeVersion.objects.filter(state__in=IN_FORCE).order_by("year", "number")
    for each in versions:
        found[each.line_id] = [tier.name for tier in each.scheme.tiers]
    return {line: found.get(line.pk, []) for line in SchemeLine.objects.all()}


def units_and_groups() -> list[tuple[str, str]]:
    """The units that are compared, with their groups."""
    rows = Unit.objects.open().assessed().exclude(group="")
    return list(rows.values_list("name", "group"))


def units_in_year(names: Collection[str], year: int) -> Mapping[str, Unit]:
    """Units by what they were called in that year, else by any name they have or had; four queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    then = UnitVersion.objects.filter(name__in=names, since__lte=last).filter(
        Q(until=None) | Q(until__gte=first)
    )
    of_then = {each.name: each.unit for each in then.select_related("unit").order_by("since")}
    return {**units_named([name for name in names if name not in of_then]), **of_then}


# ---------------------------------------------------------------------- over the years


def past_tiers(
    years: Iterable[int], line: int | None, units: Collection[int] | None = None
) -> dict[tuple[int, int], str]:
    """Checked tiers of earlier years by year and unit: of this scheme, else of none in particular."""
    found = PastTier.objects.filter(past__year__in=list(years), past__confirmed_at__isnull=False)
    if units is not None:
        found = found.filter(unit__in=units)
    mine = found.filter(Q(past__line=line) | Q(past__line=None))
    told = mine.order_by(F("past__line").asc(nulls_first=True), "past_id")
    return {
        (year, unit): tier for year, unit, tier in told.values_list("past__year", "unit", "tier")
    }


def years_of(part: ResultUnit) -> tuple[YearTier, ...]:
    """The unit's tiers as far as they are known, the oldest first; two queries."""
    kept = part.result
    sealed: dict[int, ResultUnit] = {}
    for each in parts_of([part.unit_id]).filter(result__year__lte=kept.year):
        if each.result.line_id in (kept.line_id, None):
            sealed.setdefault(each.result.year, each)
    sealed[kept.year] = part
    span = range(kept.year - SHOWN_YEARS, kept.year)
    told = past_tiers(span, kept.line_id, [part.unit_id])
    now = reading(kept)
    found = [
        YearTier(year, tier, tier_look(now, tier), is_past=True)
        for (year, _), tier in told.items()
        if year not in sealed
    ]
    for year, each in sealed.items():
        known = reading(each.result)
        tier = known.standings[each.name].tier
        found.append(
            YearTier(year, tier, tier_look(known, tier), is_past=False, is_this=each is part)
        )
    return tuple(sorted(found, key=lambda each: each.year)[-SHOWN_YEARS:])


def year_before_of(kept: SealedResult, last: SealedResult | None) -> Before | None:
    """What is known of the year before: its marks, or its tiers where it was entered as history."""
    if last is not None:
        return before_of(reading(last), last.year)
    found: dict[str, int] = {}
    for tier in past_tiers([kept.year - 1], kept.line_id).values():
        found[tier] = found.get(tier, 0) + 1
    return Before(kept.year - 1, found) if found else None


def is_sealed(line: SchemeLine | None, year: int) -> bool:
    """Whether a published result of this scheme and year is kept, which history must not double."""
    return published().filter(line=line, year=year).exists()
