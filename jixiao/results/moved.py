"""Whose mark, place or tier differs between two runs of the same year?"""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.results.reading import Reading


@dataclass(frozen=True)
class Stand:
    """Where a unit stands in one run; the total in ten-thousandths."""

    total: int | None
    place: int | None
    tier: str


@dataclass(frozen=True)
class Moved:
    """A unit that stands elsewhere now."""

    unit: str
    before: Stand
    after: Stand

    @property
    def is_told(self) -> bool:
        """Whether its place or tier moved, which its people must be told; a mark alone only shows."""
        return (self.before.place, self.before.tier) != (self.after.place, self.after.tier)


def moved_units(before: Reading, after: Reading) -> tuple[Moved, ...]:
    """Every unit whose total, place or tier is another, in the order of the new run."""
    return tuple(_moved(before, after))


def _moved(before: Reading, after: Reading) -> Iterator[Moved]:
    for unit in after.standings:
        old, new = _stand(before, unit), _stand(after, unit)
        if old != new:
            yield Moved(unit, old, new)


def _stand(reading: Reading, unit: str) -> Stand:
    marks = reading.result.year.get(unit)
    if marks is None:
        return Stand(None, None, "")
    return Stand(marks["total"], marks["rank"], reading.result.tier_of(unit))
