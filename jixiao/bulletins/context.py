"""What may a bulletin speak of beside the tiers? Marks, last year, rounds, findings, objections, reports.

Plain data: the terminal fills in a sealed file alone, the online room what its queries find. What
is None is not known; what is empty is known to be nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jixiao.results.result import Marks, Result


@dataclass(frozen=True)
class Earlier:
    """The result of the year before, seen from this year's units; history knows tiers only."""

    year: int
    tiers: Mapping[str, str]
    """By this year's names."""
    result: Result | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """This year's names of units → what that result calls them."""

    def marks(self, unit: str) -> Marks | None:
        """What a unit of this year had then; None where it is not known."""
        if self.result is None or unit not in self.names:
            return None
        return self.result.year.get(self.names[unit])


def earlier(now: Result, before: Result, names: Mapping[str, str] | None = None) -> Earlier:
    """Last year's result; without ``names`` units are known by name and by this year's aliases."""
    units = [unit for group in now.scheme.groups for unit in group.units]
    known = names or {
        unit.name: then
        for unit in units
        for then in [each for each in (unit.name, *unit.aliases) if each in before.year][:1]
    }
    tiers = {unit: before.tier_of(then) for unit, then in known.items() if then in before.year}
    period = before.scheme.period
    return Earlier(period.end.year if period else 0, tiers, before, known)


@dataclass(frozen=True)
class Held:
    """A round of assessment that was held: when, where, by how many, how."""

    code: str
    name: str
    since: date
    until: date
    units: frozenset[str]
    """Where a team has been."""
    fed_back: frozenset[str]
    """Where both sides have met over what was recorded."""
    teams: int
    assessors: frozenset[str]
    methods: frozenset[str] = frozenset()
    """听汇报、看现场、查资料."""
    records: int = 0


@dataclass(frozen=True)
class Trouble:
    """Something that was found wrong in a unit and told to it."""

    unit: str
    item: str
    code: str
    theme: str
    fact: str
    is_done: bool = False
    """Put right, and verified by somebody else."""
    in_time: bool = False
    """Its proof was handed in before the deadline."""
    is_late: bool = False
    """Still owed by the unit after its deadline."""
    is_repeated: bool = False


@dataclass(frozen=True)
class Objection:
    """What a unit objected to, and whether it was upheld."""

    unit: str
    item: str
    is_appeal: bool = False
    is_decided: bool = False
    is_upheld: bool = False


@dataclass(frozen=True)
class Reports:
    """Which units owed a report of the quarter, and what became of it."""

    due: tuple[str, ...]
    on_time: tuple[str, ...]
    late: tuple[str, ...]
    missing: tuple[str, ...]
    contradictory: tuple[str, ...]
    quarter: str = ""
    """``2026年第三季度``."""


@dataclass(frozen=True)
class Context:
    """Everything that the references of one bulletin may be answered from."""

    result: Result | None = None
    name: str = ""
    """What the assessment is called: 年终评估, 半年评估."""
    before: Earlier | None = None
    rounds: tuple[Held, ...] | None = None
    findings: tuple[Trouble, ...] | None = None
    reviews: tuple[Objection, ...] | None = None
    reports: Reports | None = None
