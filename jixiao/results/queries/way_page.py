"""What does the page of a run's way tell: where it stands, what comes next, who moved, what was done?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Way
from jixiao.access.permissions import Permission
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.results.models import ResultStep, ResultUnit, SealedResult
from jixiao.results.moved import Moved, Stand, moved_units
from jixiao.results.queries.kept import numbers_of, reading, results
from jixiao.results.queries.reviews import Unsettled, affairs_of, unsettled
from jixiao.results.queries.ways import Stage, way_of, ways
from jixiao.results.reading import Reading
from jixiao.results.states import CURRENT, ResultState, ReviewState
from jixiao.results.table import tier_look
from jixiao.schemes.models import SchemeLine
from jixiao.scoring.numbers import mark_text


@dataclass(frozen=True)
class Standpoint:
    """Where a unit stood in one run, in words."""

    total: str
    place: int | None
    tier: str
    look: str


@dataclass(frozen=True)
class Movement:
    """A unit that stands elsewhere than in the run before."""

    unit: str
    number: int
    before: Standpoint
    after: Standpoint
    is_told: bool
    """Whether its place or tier moved, which its people are told."""


@dataclass(frozen=True)
class WayPage:
    """A run on its way."""

    kept: SealedResult
    bar: list[Stage]
    ways: list[Way[ResultState]]
    steps: list[ResultStep]
    affairs: Unsettled
    movements: tuple[Movement, ...]
    is_confirmed: bool
    may_rescore: bool
    followers: list[SealedResult]

    @property
    def told(self) -> int:
        """How many units are told because they moved."""
        return sum(each.is_told for each in self.movements)


def way_page(kept: SealedResult, actor: Actor) -> WayPage:
    """Everything on the page; six queries."""
    affairs = unsettled(timezone.localdate(), kept.subject)
    followers = list(kept.followers.light().exclude(state=ResultState.DISCARDED).order_by("pk"))
    is_current = kept.state in CURRENT and not followers
    return WayPage(
        kept=kept,
        bar=way_of(kept),
        ways=ways(kept, actor, affairs_of(affairs)),
        steps=list(kept.steps.select_related("taken_by")),
        affairs=affairs,
        movements=movements(kept),
        is_confirmed=reading(kept).is_confirmed,
        may_rescore=is_current and bool(affairs.to_score) and actor.may(Permission.RESULTS_EDIT),
        followers=followers,
    )


def movements(kept: SealedResult) -> tuple[Movement, ...]:
    """Every unit whose total, place or tier is another than in the run that this one follows."""
    if kept.follows is None:
        return ()
    before, after, numbers = reading(kept.follows), reading(kept), numbers_of(kept)
    return tuple(
        Movement(
            each.unit,
            numbers[each.unit],
            _stand(before, each.before),
            _stand(after, each.after),
            each.is_told,
        )
        for each in moved_units(before, after)
    )


def movement_of(part: ResultUnit) -> Movement | None:
    """How a unit stands against the run that its run follows; None where nothing moved."""
    follows = part.result.follows
    if follows is None:
        return None
    before, after = reading(follows), reading(part.result)
    found: Mapping[str, Moved] = {each.unit: each for each in moved_units(before, after)}
    each = found.get(part.name)
    if each is None:
        return None
    stands = _stand(before, each.before), _stand(after, each.after)
    return Movement(part.name, part.unit_id, *stands, each.is_told)


def _stand(known: Reading, stand: Stand) -> Standpoint:
    total = mark_text(stand.total, known.result.scheme.decimals)
    return Standpoint(total, stand.place, stand.tier, tier_look(known, stand.tier))


def deadline(days: object) -> tuple[date | None, str]:
    """Until when units could object if they were told today, or why that cannot be said."""
    if not str(days).isdecimal() or not 1 <= int(str(days)) <= 60:
        return None, "请填1到60的整数"
    try:
        return add_workdays(timezone.localdate(), int(str(days))), ""
    except MissingYearError as gap:
        return None, str(gap)


def kept_list(actor: Actor) -> QuerySet[SealedResult]:
    """All runs for the list, each with how many objections wait."""
    waiting = Count("units__reviews", filter=Q(units__reviews__state=ReviewState.APPLIED))
    return results(actor).annotate(waiting=waiting)


def lines() -> list[tuple[int, str]]:
    """The schemes that have runs, as options."""
    found = SchemeLine.objects.filter(results__isnull=False).distinct().order_by("name")
    return [(each.pk, each.name) for each in found]


def years() -> list[tuple[int, str]]:
    """The years that have runs, newest first, as options."""
    found = SealedResult.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, f"{year}年") for year in found]
