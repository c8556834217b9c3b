"""Who must not assess which unit, and who was there last time? Computed from facts, told in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

Pair = tuple[int, int]
"""A person and a unit."""


@dataclass(frozen=True)
class Held:
    """A post, or a tie somebody declared, in a unit."""

    person: int
    unit: int
    path: str
    """``/3/15/``: the numbers of the units from the top down to this one."""
    words: str

    @property
    def reaches(self) -> frozenset[int]:
        """The unit itself and everything above it."""
        return numbers(self.path)


@dataclass(frozen=True)
class Fairness:
    """What keeps which assessor from which unit, and who was there in the last year's round."""

    names: Mapping[int, str]
    reasons: Mapping[Pair, str]
    before: frozenset[Pair]

    def bars(self, people: Iterable[int], unit: int) -> list[str]:
        """Why these people must not go to a unit; nothing where they may."""
        return [
            f"{self.names[person]}{self.reasons[person, unit]}"
            for person in people
            if (person, unit) in self.reasons
        ]

    def repeats(self, people: Iterable[int], unit: int) -> list[str]:
        """Which of these people assessed the unit in the last year's round of this kind."""
        return [self.names[person] for person in people if (person, unit) in self.before]


def reasons_of(
    held: Iterable[Held], paths: Mapping[int, str], became: Mapping[int, frozenset[int]]
) -> dict[Pair, str]:
    """Person and unit → why not: posts and ties in the unit, in what belongs to it, or above it.

    ``became``: closed unit → the units it went into; who was in the one was in the others.
    """
    above = {unit: numbers(path) for unit, path in paths.items()}
    found: dict[Pair, str] = {}
    for each in held:
        reached = each.reaches.union(*(became.get(unit, frozenset()) for unit in each.reaches))
        for unit, path in above.items():
            if unit in reached or each.unit in path:
                found.setdefault((each.person, unit), each.words)
    return found


def successors(steps: Iterable[Pair]) -> dict[int, frozenset[int]]:
    """Closed unit → the units it went into, at any remove."""
    direct: dict[int, set[int]] = defaultdict(set)
    for before, after in steps:
        direct[before].add(after)
    return {unit: _all_after(unit, direct) for unit in list(direct)}


def _all_after(unit: int, direct: Mapping[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    waiting = set(direct.get(unit, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting |= direct.get(each, set())
    return frozenset(found)


def numbers(path: str) -> frozenset[int]:
    """The units of a path."""
    return frozenset(int(part) for part in path.split("/") if part)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
