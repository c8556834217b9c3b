"""What do the county's schemes ask of a unit this year, beside last year and next year's drafts?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.core.cache import cache

from jixiao.schemes.burden import burden
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.queries.versions import documents
from jixiao.schemes.states import IN_FORCE, OPEN
from jixiao.scoring.numbers import half_up, number_text
from jixiao.scoring.scheme import Scheme

HEAVIEST = 3
"""So many items are named."""


@dataclass(frozen=True)
class Weight:
    """What is kept of a scheme's burden: the hours, and the items that take longest."""

    minutes: Fraction
    heaviest: tuple[tuple[str, Fraction], ...]


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


def load_card(versions: Iterable[SchemeVersion], year: int) -> LoadCard | None:
    """The burden of ``year``; None without a published scheme; one query for texts not yet known."""
    labels = {year - 1: "去年", year: "今年", year + 1: "明年草稿"}
    last = {
        each: _in_year(versions, each, states=OPEN if each > year else IN_FORCE) for each in labels
    }
    if not last[year]:
        return None
    weights = _weights({digest for digests in last.values() for digest in digests})
    years = [
        YearLoad(labels[each], sum((weights[one].minutes for one in digests), Fraction(0)))
        for each, digests in last.items()
        if digests
    ]
    # A year of which only schemes without own questions are known says nothing about its load.
    years = [each for each in years if each.minutes or each.label == labels[year]]
    return LoadCard(tuple(years), _change(years), _heaviest(weights[one] for one in last[year]))


def _in_year(versions: Iterable[SchemeVersion], year: int, *, states: Iterable[str]) -> list[str]:
    """The digest of the last version of each scheme in a year."""
    last = {each.line_id: each for each in versions if each.year == year and each.state in states}
    return [each.digest for each in last.values()]


def _weights(digests: Collection[str]) -> dict[str, Weight]:
    """By digest; worked out once, for a digest never means another text."""
    keys = {f"weight:{digest}": digest for digest in digests}
    known = {keys[key]: weight for key, weight in cache.get_many(keys).items()}
    new = {digest: _weight(each) for digest, each in documents(set(digests) - set(known)).items()}
    cache.set_many({f"weight:{digest}": weight for digest, weight in new.items()}, timeout=None)
    return known | new


def _weight(scheme: Scheme) -> Weight:
    whole = burden(scheme)
    loads = sorted(whole.loads, key=lambda load: -load.minutes)
    return Weight(whole.minutes, tuple((each.item.name, each.minutes) for each in loads[:HEAVIEST]))


def _change(years: list[YearLoad]) -> int | None:
    if len(years) < 2 or not years[-2].minutes:
        return None
    return int(half_up((years[-1].minutes / years[-2].minutes - 1) * 100))


def _heaviest(weights: Iterable[Weight]) -> tuple[tuple[str, str], ...]:
    items = [item for each in weights for item in each.heaviest if item[1]]
    items.sort(key=lambda item: -item[1])
    return tuple(
        (name, number_text(half_up(minutes / 60, 1))) for name, minutes in items[:HEAVIEST]
    )
