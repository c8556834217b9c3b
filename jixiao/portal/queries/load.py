"""What do the county's schemes ask of a unit this year, beside last year and next year's drafts?"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from jixiao.schemes.burden import Burden, burden
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import IN_FORCE, OPEN
from jixiao.scoring.numbers import half_up, number_text

HEAVIEST = 3
"""So many items are named."""


@dataclass(frozen=True)
class YearLoad:
    """The hours that a year's schemes ask of an average unit."""

    label: str
    minutes: Fraction

    @property
    def hours(self) -> str:
        """With one decimal."""
        return number_text(half_up(self.minutes / 60, 1))

    @property
    def length(self) -> int:
        """The bar's, in minutes."""
        return int(self.minutes)


@dataclass(frozen=True)
class LoadCard:
    """The years that are known, and what takes longest this year."""

    years: tuple[YearLoad, ...]
    change: int | None
    """Percent more (below zero: less) in the last of ``years`` than in the one before."""
    heaviest: tuple[tuple[str, str], ...]

    @property
    def scale(self) -> int:
        """The longest bar."""
        return max(each.length for each in self.years)


def load_card(year: int) -> LoadCard | None:
    """The burden of ``year``; None without a published scheme; one query, one more for each new text."""
    versions = list(
        SchemeVersion.objects.light()
        .filter(year__in=(year - 1, year, year + 1), state__in=(*IN_FORCE, *OPEN))
        .order_by("effective_on", "number")
    )
    labels = {year - 1: "去年", year: "今年", year + 1: "明年草稿"}
    found = {
        each: _in_year(versions, each, states=OPEN if each > year else IN_FORCE) for each in labels
    }
    if not found[year]:
        return None
    years = [
        YearLoad(labels[each], sum((one.minutes for one in loads), Fraction(0)))
        for each, loads in found.items()
        if loads
    ]
    return LoadCard(tuple(years), _change(years), _heaviest(found[year]))


def _in_year(
    versions: Iterable[SchemeVersion], year: int, *, states: Iterable[str]
) -> list[Burden]:
    """The last version of each scheme in a year."""
    last = {each.line_id: each for each in versions if each.year == year and each.state in states}
    return [_burden(each.digest) for each in last.values()]


@lru_cache(maxsize=32)
def _burden(digest: str) -> Burden:
    """Worked out once in each process: a digest never means another text."""
    version = SchemeVersion.objects.filter(digest=digest).order_by("pk")[0]
    return burden(version.scheme)


def _change(years: list[YearLoad]) -> int | None:
    if len(years) < 2 or not years[-2].minutes:
        return None
    return int(half_up((years[-1].minutes / years[-2].minutes - 1) * 100))


def _heaviest(loads: Iterable[Burden]) -> tuple[tuple[str, str], ...]:
    items = [load for each in loads for load in each.loads if load.minutes]
    items.sort(key=lambda load: -load.minutes)
    return tuple(
        (load.item.name, number_text(half_up(load.minutes / 60, 1))) for load in items[:HEAVIEST]
    )
