"""What follows from the totals? The oracle's conditions, places, tiers, gates and rulings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from jixiao.scoring.conditions import Condition, RankTest, TierTest
from jixiao.scoring.consequences import Rate
from jixiao.scoring.intervals import Interval
from jixiao.scoring.scheme import Group, Quota, Scheme, Tier, Unit, walk
from jixiao.scoring.sheet import Sheet
from jixiao.scoring.tests.oracle_measures import Value, quotient, rounded, taken

ROUNDING: dict[str, Callable[[Fraction], int]] = {
    "floor": floor,
    "ceil": ceil,
    "half_up": lambda value: int(rounded(value, 0) or 0),
}


# ------------------------------------------------------------------ conditions


@dataclass(frozen=True)
class Facts:
    """What is known of a unit when a condition is asked."""

    unit: Unit
    data: Callable[[str], Value]
    group: str = ""
    mark: Callable[[str, str], Value] = lambda *_: None
    total: Value = None
    place: Mapping[str, int | None] = field(default_factory=dict)
    size: Mapping[str, int] = field(default_factory=dict)
    tiers: tuple[str, ...] = ()


Open = bool | None
"""Yes, no, or open because of a gap."""


def holds(condition: Condition, *, facts: Facts) -> bool:
    """What a gap leaves open does not hold."""
    return decided(condition, facts=facts) is True


def decided(condition: Condition, *, facts: Facts) -> Open:
    return TESTS[condition.kind](condition, facts)


def inside(value: Value, within: Interval) -> Open:
    return None if value is None else value in within


def places_first(test: RankTest, facts: Facts) -> Open:
    place = facts.place.get(test.scope)
    if place is None:
        return None
    return (
        place <= test.count if test.end == "first" else place > facts.size[test.scope] - test.count
    )


def stays_in(test: TierTest, facts: Facts) -> Open:
    years = [*facts.tiers, *[""] * test.years][: test.years]
    return every([tier in test.tiers if tier else None for tier in years])


def every(answers: list[Open]) -> Open:
    """One no decides; otherwise a gap leaves it open."""
    return False if False in answers else None if None in answers else True


def opposite(answer: Open) -> Open:
    return None if answer is None else not answer


def each_of(condition: Any, facts: Facts) -> list[Open]:  # noqa: ANN401 - 同时、任一
    return [decided(part, facts=facts) for part in condition.of]


TESTS: dict[str, Callable[[Any, Facts], Open]] = {
    "data": lambda test, facts: inside(facts.data(test.data), test.within),
    "mark": lambda test, facts: inside(facts.mark(test.item, test.take), test.within),
    "total": lambda test, facts: inside(facts.total, test.within),
    "rank": places_first,
    "tier": stays_in,
    "tag": lambda test, facts: test.tag in facts.unit.tags,
    "all": lambda test, facts: every(each_of(test, facts)),
    "any": lambda test, facts: opposite(every([opposite(x) for x in each_of(test, facts)])),
    "not": lambda test, facts: opposite(decided(test.of, facts=facts)),
}


Share = tuple[Value, int | None]
"""A rate and the places it makes of a unit's people."""

# ------------------------------------------------------------------ the year's facts


@dataclass(frozen=True)
class Year:
    """Everybody's marks of the year, before anything is made of them."""

    scheme: Scheme
    sheet: Sheet
    marks: Mapping[str, dict[str, Value]]

    def group(self, unit: str) -> Group:
        groups = self.scheme.groups
        return next(g for g in groups if unit in {each.name for each in g.units})

    def unit(self, name: str) -> Unit:
        return next(each for each in self.group(name).units if each.name == name)

    def data(self, unit: str, key: str) -> Value:
        """The latest round's number that is present."""
        codes = [each.code for each in self.scheme.rounds] or [""]
        rows = {row.round: row for row in self.sheet.rows if row.unit == unit}
        found = [taken(self.scheme, rows[code], key=key) for code in codes if code in rows]
        present = [rounded(value, 4) for value in found if value is not None]
        return present[-1] if present else None

    def mark(self, unit: str, code: str, *, take: str = "points") -> Value:
        value = self.marks[unit][f"mark:{code}"]
        if take == "points":
            return value
        items = walk((*self.scheme.items, *self.scheme.adjustments))
        item = next(each for each in items if each.code == code)
        return quotient(value, item.full_for(self.group(unit).name))

    def facts(self, unit: str) -> Facts:
        return Facts(
            self.unit(unit),
            lambda key: self.data(unit, key),
            self.group(unit).name,
            lambda code, take: self.mark(unit, code, take=take),
        )


class Standing(NamedTuple):
    """The year's marks; by unit the places, tiers and flags; by rate and unit what it comes to."""

    columns: dict[str, dict[str, Value]]
    flags: dict[str, dict[str, int | None]]
    shares: dict[int, dict[str, Share]]


def standings(year: Year) -> Standing:
    """Everything that follows from the year's marks."""
    totals = {unit: final_total(year, unit=unit) for unit in year.marks}
    found = {unit: place_facts(year, totals, unit=unit) for unit in totals}
    first = tiers_before_gates(year, found)
    final = {unit: after_gates(year, tier=first[unit], facts=found[unit]) for unit in found}
    knowing = {unit: with_tiers(year, tier=final[unit], facts=found[unit]) for unit in found}
    flags = {}
    for unit, facts in knowing.items():
        places = {"rank": facts.place["group"], "rank_all": facts.place["all"]}
        tiers = {"tier0": first[unit], "tier": final[unit]} if year.scheme.tiers else {}
        flags[unit] = {**places, **tiers, **gates(year, facts=facts), **rulings(year, facts=facts)}
    columns = {unit: {**year.marks[unit], "total": totals[unit]} for unit in totals}
    rates = {i: x for i, x in enumerate(year.scheme.consequences) if isinstance(x, Rate)}
    shares = {
        i: {unit: share(year, rate, facts=facts) for unit, facts in knowing.items()}
        for i, rate in rates.items()
    }
    return Standing(columns, flags, shares)


def final_total(year: Year, *, unit: str) -> Value:
    """A closed gate of the strongest kind leaves nothing, whatever there was."""
    total = year.marks[unit]["total"]
    facts = replace(year.facts(unit), total=total)
    gates = [gate for gate in year.scheme.gates if gate.effect == "zero"]
    closed = any(holds(gate.when, facts=facts) for gate in gates)
    return Fraction(0) if closed else total


# ------------------------------------------------------------------ places


def place_facts(year: Year, totals: Mapping[str, Value], *, unit: str) -> Facts:
    ranked = [each for each in totals if totals[each] is not None and year.group(each).ranked]
    own = [each for each in ranked if year.group(each) == year.group(unit)]
    scopes = {"group": own, "all": ranked}
    return replace(
        year.facts(unit),
        total=totals[unit],
        place={s: place_of(year, totals, unit=unit, among=x) for s, x in scopes.items()},
        size={scope: len(units) for scope, units in scopes.items()},
    )


def place_of(year: Year, totals: Mapping[str, Value], *, unit: str, among: list[str]) -> int | None:
    if unit not in among:
        return None
    keys = {each: sort_key(year, totals[each], unit=each) for each in among}
    return 1 + sum(key < keys[unit] for key in keys.values())


def sort_key(year: Year, total: Value, *, unit: str) -> tuple[Any, ...]:
    """Smaller goes first: the higher total, then the ties in order, gaps last."""
    key: list[Any] = [-(total or 0)]
    for tie in year.scheme.ties:
        value = year.mark(unit, tie.item) if tie.item else year.data(unit, tie.data)
        key.append((value is None, (-1 if tie.best == "high" else 1) * (value or 0)))
    return tuple(key)


# ------------------------------------------------------------------ tiers and gates


def tiers_before_gates(year: Year, found: Mapping[str, Facts]) -> dict[str, int | None]:
    """The first tier that fits and has room; the last one for those whom none takes."""
    given: dict[str, int | None] = dict.fromkeys(found)
    if not year.scheme.tiers:
        return given
    waiting = [unit for unit, facts in found.items() if facts.place["group"] is not None]
    for index, tier in enumerate(year.scheme.tiers):
        fitting = [u for u in waiting if fits(year, tier, facts=found[u])]
        for unit in [u for u in fitting if has_room(tier.quota, found, unit=u, fitting=fitting)]:
            given[unit] = index
            waiting.remove(unit)
    return {**given, **{unit: len(year.scheme.tiers) - 1 for unit in waiting}}


def fits(year: Year, tier: Tier, *, facts: Facts) -> bool:
    """The upper end needs no look: whoever is above it had a better tier in reach."""
    low = tier.within or Interval()
    reaches = inside(facts.total, Interval(low=low.low, low_closed=low.low_closed))
    allowed = tier.when is None or holds(tier.when, facts=facts)
    return reaches is True and allowed and not barred(year, tier, facts=facts)


def barred(year: Year, tier: Tier, *, facts: Facts) -> bool:
    """Barred from a tier is barred from every better one."""
    names = [each.name for each in year.scheme.tiers]
    here = names.index(tier.name)
    bars = [gate for gate in year.scheme.gates if gate.effect == "bar"]
    return any(here <= names.index(g.tier) and holds(g.when, facts=facts) for g in bars)


def has_room(
    quota: Quota | None, found: Mapping[str, Facts], *, unit: str, fitting: list[str]
) -> bool:
    """The first so many by place among those who fit."""
    if quota is None:
        return True
    scope = quota.scope
    mine = found[unit].place[scope]
    peers = [u for u in fitting if scope == "all" or found[u].group == found[unit].group]
    ahead = sum(found[u].place[scope] < mine for u in peers)
    level = sum(found[u].place[scope] == mine for u in peers)
    room = room_of(quota, size=found[unit].size[scope])
    return ahead + (1 if quota.ties == "include" else level) <= room


def room_of(quota: Quota, *, size: int) -> int:
    if quota.count is not None:
        return quota.count
    return ROUNDING[quota.rounding]((quota.share or 0) * size)


def after_gates(year: Year, *, tier: int | None, facts: Facts) -> int | None:
    """直接评为、降等、评为末等，依次."""
    if tier is None:
        return None
    names = [each.name for each in year.scheme.tiers]
    closed = [gate for gate in year.scheme.gates if holds(gate.when, facts=facts)]
    tier = min([tier, *(names.index(gate.tier) for gate in closed if gate.effect == "set")])
    tier += sum(gate.steps for gate in closed if gate.effect == "down")
    lowest = any(gate.effect == "lowest" for gate in closed)
    return len(names) - 1 if lowest else min(tier, len(names) - 1)


# ------------------------------------------------------------------ what follows


def with_tiers(year: Year, *, tier: int | None, facts: Facts) -> Facts:
    """The tier of this year, an empty name for none, and those of the years before."""
    now = "" if tier is None else year.scheme.tiers[tier].name
    return replace(facts, tiers=(now, *year.sheet.history.get(facts.unit.name, ())))


def gates(year: Year, *, facts: Facts) -> dict[str, int | None]:
    """``gate:i``: which gates are closed, an honour's too."""
    rows = enumerate(year.scheme.gates)
    return {f"gate:{i}": int(holds(gate.when, facts=facts)) for i, gate in rows}


def rulings(year: Year, *, facts: Facts) -> dict[str, int | None]:
    """``ruling:i`` for measures, ``add:i:j`` for the additions of a rate."""
    flags: dict[str, int | None] = {}
    for i, each in enumerate(year.scheme.consequences):
        if each.kind == "ruling":
            flags[f"ruling:{i}"] = int(holds(each.when, facts=facts))
        else:
            rows = enumerate(each.additions)
            flags |= {f"add:{i}:{j}": int(holds(row.when, facts=facts)) for j, row in rows}
    return flags


def share(year: Year, rate: Rate, *, facts: Facts) -> Share:
    """The tier's rate and its additions, at most the cap; places are counted from the people."""
    value = rate.by_tier.get(facts.tiers[0], rate.untiered)
    value += sum(row.add for row in rate.additions if holds(row.when, facts=facts))
    value = value if rate.cap is None else min(value, rate.cap)
    people = year.data(facts.unit.name, rate.people) if rate.people else None
    return value, None if people is None else places(rate, people, value)


def places(rate: Rate, people: Fraction, value: Fraction) -> int:
    """Rounded as the rate says; whole people within the cap, none of whom there are not."""
    found = ROUNDING[rate.rounding](people * value)
    while found > 0 and (found > people or (rate.cap is not None and found > people * rate.cap)):
        found -= 1
    return max(0, found)
