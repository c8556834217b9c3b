"""Which lists were drawn from which run, whom do they concern, and what changed against the list before?"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import ROLES, Extent, Permission
from jixiao.consequences.comparing import Change, changes
from jixiao.consequences.models import ListedUnit, Listing, PersonalDecision
from jixiao.consequences.queries.ground import (
    LAWFUL,
    decisions_on,
    grounds,
    lists_like,
    newer_run,
    runs_like,
)
from jixiao.consequences.states import OPEN, DecisionState, Purpose
from jixiao.org.models import Unit
from jixiao.results.models import ResultUnit, SealedResult

ListingRow: TypeAlias = Listing
ResultRow: TypeAlias = SealedResult
UnitRow: TypeAlias = Unit
"""What the pages get."""
COUNTY = Place()
USUAL_SHARE = Decimal("0.2")
"""公务员考核规定：优秀人数一般不超过应参加人数的百分之二十，提高到百分之二十五须经主管部门同意."""


@dataclass(frozen=True)
class Card:
    """One list at a glance."""

    listing: Listing
    units: int
    places: int | None
    waiting: int
    flagged: int
    decided: int


@dataclass(frozen=True)
class Overview:
    """What follows from one run."""

    result: SealedResult
    cards: tuple[Card, ...]
    is_lawful: bool
    newer: SealedResult | None
    others: tuple[SealedResult, ...]
    """Approved runs of other years and schemes, the newest first."""

    @property
    def is_stale(self) -> bool:
        """Whether the lists stand on a run that holds no longer."""
        return any(each.listing.result_id != self.result.pk for each in self.cards)


def lawful_runs() -> QuerySet[SealedResult]:
    """Runs that may be acted upon, the newest first."""
    found = SealedResult.objects.light().filter(state__in=LAWFUL)
    return found.order_by("-year", "-pk")


def run(pk: int) -> SealedResult | None:
    """A run from which lists were or may be drawn."""
    found = SealedResult.objects.light().filter(pk=pk)
    return found.filter(Q(state__in=LAWFUL) | Q(listings__isnull=False)).distinct().first()


def overview(result: SealedResult) -> Overview:
    """The cards of a run's lists; five queries."""
    return Overview(
        result=result,
        cards=tuple(cards(result, _matters(result))),
        is_lawful=result.state in LAWFUL,
        newer=newer_run(result),
        others=tuple(lawful_runs().exclude(pk=result.pk)[:20]),
    )


def cards(
    result: SealedResult, matters: Mapping[str, tuple[int, int, int]] = MappingProxyType({})
) -> Iterator[Card]:
    """The lists in force, with what rests on each; two queries."""
    listings = list(lists_like(result))
    sums = _sums(listings)
    for each in listings:
        yield Card(each, *sums.get(each.pk, (0, None)), *matters.get(each.name, (0, 0, 0)))


def _sums(listings: Collection[Listing]) -> Mapping[int, tuple[int, int | None]]:
    found = ListedUnit.objects.filter(listing__in=listings).order_by().values("listing")
    counted = found.annotate(units=Count("pk"), places=Sum("places"))
    return {each["listing"]: (each["units"], each["places"]) for each in counted}


def _matters(result: SealedResult) -> Mapping[str, tuple[int, int, int]]:
    """By the list's name: waiting, flagged and decided matters of people."""
    runs = runs_like(result).values("pk")
    found = PersonalDecision.objects.filter(entry__listing__result__in=runs, state__in=OPEN)
    counted = (
        found.order_by()
        .values("entry__listing__name")
        .annotate(
            waiting=Count("pk", filter=Q(state=DecisionState.WAITING)),
            flagged=Count("pk", filter=Q(flagged_at__isnull=False)),
            decided=Count("pk", filter=Q(decided_at__isnull=False)),
        )
    )
    return {
        each["entry__listing__name"]: (each["waiting"], each["flagged"], each["decided"])
        for each in counted
    }


# ── One list ───────────────────────────────────────────────────────────────────────────────


def listings() -> QuerySet[Listing]:
    """Every list, the newest year first."""
    return Listing.objects.select_related("result").defer("result__body")


def listing(pk: int) -> Listing | None:
    """One list, also a superseded one."""
    found = Listing.objects.select_related(
        "result", "drawn_by", "measure", "replaced_by", "amount_by"
    )
    return found.defer("result__body").filter(pk=pk).first()


def entries(row: Listing) -> QuerySet[ListedUnit]:
    """Its units, each with how many matters of people rest on it."""
    found = ListedUnit.objects.filter(listing=row).select_related("part__unit", "listing")
    of_unit = decisions_on(row.name, row.result).filter(entry__part__unit=OuterRef("part__unit"))
    counted = of_unit.order_by().values("entry__part__unit").annotate(n=Count("pk")).values("n")
    return found.annotate(people_concerned=Subquery(counted))


def gives_places(row: Listing) -> bool:
    """Whether its shares are turned into places."""
    return ListedUnit.objects.filter(listing=row, places__isnull=False).exists()


@dataclass(frozen=True)
class Moved:
    """A unit whose place on a list changed against the list before."""

    name: str
    change: Change


def moved(row: Listing) -> tuple[Listing | None, list[Moved]]:
    """The list that this one replaced, and what changed; four queries."""
    old = Listing.objects.filter(replaced_by=row).select_related("result").first()
    if old is None:
        return None, []
    parts = ResultUnit.objects.filter(result__in=[old.result_id, row.result_id])
    names = dict(parts.order_by("result_id").values_list("unit", "name"))
    found = changes(grounds(old), grounds(row))
    return old, [Moved(names[each.unit], each) for each in found]


def above_usual(row: Listing) -> int:
    """How many units have a quota that needs the leave of the civil service's own office."""
    if row.kind != Purpose.QUOTA:
        return 0
    return ListedUnit.objects.filter(listing=row, rate__gt=USUAL_SHARE).count()


# ── What follows for a unit ────────────────────────────────────────────────────────────────


def unit(pk: int) -> Unit | None:
    """One unit."""
    return Unit.objects.filter(pk=pk).first()


@dataclass(frozen=True)
class OwnConsequences:
    """What follows for one unit from the newest run."""

    entries: tuple[ListedUnit, ...]
    year: int | None
    others: int
    """Lists of that year on which it does not stand."""


def own_consequences(row: Unit) -> OwnConsequences:
    """The unit's entries on the lists in force of the newest year; two queries."""
    lists = Listing.objects.in_force().filter(result__state__in=LAWFUL)
    found = within_lists(ListedUnit.objects.filter(part__unit=row)).order_by(
        "-listing__result__year"
    )
    told = list(found.order_by("-listing__result__year", "listing_id"))
    if not told:
        return OwnConsequences((), None, 0)
    year = told[0].listing.result.year
    own = tuple(each for each in told if each.listing.result.year == year)
    count = lists.filter(result__units__unit=row, result__year=year).distinct().count()
    return OwnConsequences(own, year, max(0, count - len(own)))


def within_lists(found: QuerySet[ListedUnit]) -> QuerySet[ListedUnit]:
    """Only entries of lists that may be acted upon."""
    lists = Listing.objects.in_force().filter(result__state__in=LAWFUL)
    told = found.filter(listing__in=lists).select_related("listing__result", "part__unit")
    return told.defer("listing__result__body")


def entries_in_reach(actor: Actor) -> QuerySet[ListedUnit]:
    """What follows for the units for which this person answers."""
    found = within_lists(ListedUnit.objects.all())
    if sees_all(actor):
        return found
    keys: dict[Extent, list[str]] = {Extent.UNIT: [], Extent.GROUP: []}
    for held in actor.held:
        rule = ROLES[held.role]
        if Permission.CONSEQUENCES_SEE in rule.permissions and rule.extent in keys and held.key:
            keys[rule.extent].append(held.key)
    return found.filter(
        Q(part__unit__in=[int(each) for each in keys[Extent.UNIT]])
        | Q(part__group__in=keys[Extent.GROUP])
    )


def sees_all(actor: Actor) -> bool:
    """Whether this person reads the lists of the whole county."""
    return actor.may(Permission.CONSEQUENCES_SEE, COUNTY)
