"""The county on one page: tiers by group, who moved, and what needs a leader's eye."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jixiao.notices.queries import Waiting, opinions_waiting, units_late
from jixiao.portal.queries.office import Vacancy, vacancies
from jixiao.results.league import Standing, Summary, boundary_units, summary
from jixiao.results.models import SealedResult
from jixiao.results.queries import latest_result, numbers_of, reading, year_before
from jixiao.results.reading import Reading
from jixiao.results.table import places, tier_look
from jixiao.scoring.numbers import mark_text
from jixiao.visits.queries.today import OnSite, on_site

MOVERS = 5
"""So many risers and so many fallers are named."""


@dataclass(frozen=True)
class GroupTiers:
    """How one group did."""

    name: str
    size: int
    counts: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]
    """Each tier with its look and its units, by name and number."""
    mean: str


@dataclass(frozen=True)
class Mover:
    """A unit that rose or fell within its group."""

    unit: str
    number: int
    group: str
    before: int
    now: int
    tier: str
    look: str

    @property
    def climbed(self) -> int:
        """Places gained; negative when lost."""
        return self.before - self.now


@dataclass(frozen=True)
class Flag:
    """A unit that stands at a line or was moved by a gate, and why."""

    unit: str
    number: int
    words: str


@dataclass(frozen=True)
class CountySheet:
    """The county leader's page."""

    kept: SealedResult | None
    summary: Summary | None
    groups: tuple[GroupTiers, ...]
    risers: tuple[Mover, ...]
    fallers: tuple[Mover, ...]
    boundary: tuple[Flag, ...]
    gates: tuple[Flag, ...]
    vacancies: list[Vacancy]
    overdue: list[Waiting]
    late_units: int
    on_site: OnSite

    @property
    def flags(self) -> int:
        """How many lines need a leader's eye."""
        county = (self.overdue, self.late_units, self.vacancies)
        return len(self.boundary) + len(self.gates) + sum(map(bool, county))

    @property
    def look(self) -> str:
        """The flags are red only when something is late."""
        return "late" if self.overdue or self.late_units else "risk"


def county_sheet(today: date) -> CountySheet:
    """Everything on the county leader's page; nine queries."""
    kept = latest_result()
    known = reading(kept) if kept else None
    numbers = numbers_of(kept) if kept else {}
    movers = _movers(kept, known, numbers) if kept and known else []
    return CountySheet(
        kept=kept,
        summary=known.summary if known else None,
        groups=_groups(known, numbers) if known else (),
        risers=tuple(each for each in movers if each.climbed > 0)[:MOVERS],
        fallers=tuple(each for each in reversed(movers) if each.climbed < 0)[:MOVERS],
        boundary=_boundary(known, numbers) if known else (),
        gates=_gates(known, numbers) if known else (),
        vacancies=vacancies(today),
        overdue=[each for each in opinions_waiting(today) if each.is_late],
        late_units=units_late(today),
        on_site=on_site(today),
    )


def _groups(known: Reading, numbers: Mapping[str, int]) -> tuple[GroupTiers, ...]:
    names = [tier.name for tier in known.result.scheme.tiers]
    found = []
    for group in known.leagues:
        told = summary(known.result, group.standings)
        counts = tuple(
            (name, tier_look(known, name), _units_in(group.standings, name, numbers))
            for name in names
        )
        mean = mark_text(told.mean, known.result.scheme.decimals)
        found.append(GroupTiers(group.name, told.units, counts, mean))
    return tuple(found)


def _units_in(
    standings: Iterable[Standing], tier: str, numbers: Mapping[str, int]
) -> tuple[tuple[str, int], ...]:
    return tuple((each.unit, numbers[each.unit]) for each in standings if each.tier == tier)


def _movers(kept: SealedResult, known: Reading, numbers: Mapping[str, int]) -> list[Mover]:
    """Units by places gained against the year before, the greatest gain first."""
    past = year_before(kept)
    if past is None:
        return []
    before = places(reading(past), numbers_of(past))
    movers = [
        Mover(
            each.unit, numbers[each.unit], each.group, before[numbers[each.unit]], each.place,
            each.tier, tier_look(known, each.tier),
        )
        for each in known.standings.values()
        if each.place is not None and numbers[each.unit] in before
    ]  # fmt: skip
    return sorted(movers, key=lambda mover: -mover.climbed)


def _boundary(known: Reading, numbers: Mapping[str, int]) -> tuple[Flag, ...]:
    decimals = known.result.scheme.decimals
    return tuple(
        Flag(
            each.unit,
            numbers[each.unit],
            "；".join(line.words(decimals) for line in each.near(known.margin)),
        )
        for each in boundary_units(known.leagues, known.margin)
    )


def _gates(known: Reading, numbers: Mapping[str, int]) -> tuple[Flag, ...]:
    return tuple(
        Flag(
            each.unit,
            numbers[each.unit],
            _gate_words(each),
        )
        for each in known.standings.values()
        if each.gates
    )


def _gate_words(standing: Standing) -> str:
    names = "、".join(gate.name for gate in standing.gates)
    if not standing.moved:
        return f"触发“{names}”，等次不变（{standing.tier}）"
    return f"触发“{names}”，按得分{standing.before or '无等次'}，定为{standing.tier or '无等次'}"
