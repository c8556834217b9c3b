"""On which ground do lists and decisions stand, and is it still lawful? Read by actions and pages alike."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from jixiao.consequences.comparing import Ground
from jixiao.consequences.models import ListedUnit, Listing, PersonalDecision
from jixiao.consequences.states import OPEN
from jixiao.results.models import SealedResult
from jixiao.results.states import ResultState

LAWFUL = (ResultState.APPROVED, ResultState.PUBLISHED)
"""Only what the committee has approved may be acted upon."""


def runs_like(result: SealedResult) -> QuerySet[SealedResult]:
    """All runs of the same scheme, year and stage."""
    found = SealedResult.objects.light().filter(year=result.year, through=result.through)
    if result.line_id:
        return found.filter(line=result.line_id)
    return found.filter(line=None, title=result.title)


def newer_run(result: SealedResult) -> SealedResult | None:
    """A later run of the same that was approved, which is to be acted upon instead."""
    return runs_like(result).filter(state__in=LAWFUL, pk__gt=result.pk).order_by("-pk").first()


def lists_like(result: SealedResult) -> QuerySet[Listing]:
    """The lists in force that were drawn from this run or one like it."""
    found = Listing.objects.in_force().filter(result__in=runs_like(result).values("pk"))
    return found.select_related("result", "drawn_by", "measure")


def decisions_on(name: str, result: SealedResult) -> QuerySet[PersonalDecision]:
    """Open decisions on a list of this name, from this run or one like it."""
    runs = runs_like(result).values("pk")
    found = PersonalDecision.objects.filter(
        entry__listing__name=name, entry__listing__result__in=runs, state__in=OPEN
    )
    return found.select_related("entry__listing", "entry__part", "person")


def ground_of(entry: ListedUnit) -> Ground:
    """The ground that an entry is."""
    listing = entry.listing
    basis = f"，依据{listing.basis}" if listing.basis else ""
    return Ground(f"{listing.words}{basis}", entry.reason, entry.rate, entry.places)


def grounds(listing: Listing) -> Mapping[int, Ground]:
    """By unit; one query."""
    entries = listing.entries.select_related("part")
    return {each.part.unit_id: ground_of(_with(each, listing)) for each in entries}


def _with(entry: ListedUnit, listing: Listing) -> ListedUnit:
    entry.listing = listing
    return entry


def entry_now(decision: PersonalDecision) -> ListedUnit | None:
    """Where the unit stands on the list in force now; None when it is not on it any more."""
    entry = decision.entry
    lists = lists_like(entry.listing.result).filter(name=entry.listing.name)
    found = ListedUnit.objects.select_related("listing__result", "part__unit")
    return found.filter(listing__in=lists, part__unit=entry.part.unit_id).first()


def stale_lists() -> QuerySet[Listing]:
    """Lists in force that wait to be drawn up again: their run stands no longer, or a newer one is approved."""
    later = SealedResult.objects.filter(
        state__in=LAWFUL, year=OuterRef("result__year"), through=OuterRef("result__through"),
        pk__gt=OuterRef("result"),
    )  # fmt: skip
    same_line = later.filter(line=OuterRef("result__line"))
    same_title = later.filter(line=None, title=OuterRef("result__title"))
    is_stale = ~Q(result__state__in=LAWFUL) | Q(Exists(same_line))
    is_stale |= Q(Exists(same_title), result__line=None)
    return Listing.objects.in_force().filter(is_stale).select_related("result")


def waits_for_lists() -> Exists:
    """Of a decision: whether the list on which it stands, or the one that took its place, is stale."""
    run = "entry__listing__result__"
    same = stale_lists().filter(
        name=OuterRef("entry__listing__name"), result__year=OuterRef(f"{run}year"),
        result__through=OuterRef(f"{run}through"),
    )  # fmt: skip
    by_line = Q(result__line=OuterRef(f"{run}line"))
    by_title = Q(result__line=None, result__title=OuterRef(f"{run}title"))
    return Exists(same.filter(by_line | by_title))
