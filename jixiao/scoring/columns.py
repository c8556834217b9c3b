"""Which columns does a run compute, in which order, and how large can each one get?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

import narwhals as nw

from jixiao.scoring.dialect import Expr
from jixiao.scoring.exact import Exact
from jixiao.scoring.measures import Scope
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.scheme import Audience, DataItem, Item, Rule, Scheme, leaves

UNIT, GROUP, POOL, CELL, ROUND, BASE = "unit", "group", "pool", "cell", "round", "base"
"""Who · which group (its place in the scheme) · who is compared at all · pool and group as one ·
which round (its place in the scheme; absent where there is only one)."""


@dataclass
class Columns:
    """The columns known so far with their ranges, and the stages that make them."""

    ranges: dict[str, tuple[int, int]]
    rows: int
    n: ModuleType = nw
    """The dialect all expressions of this run are written in."""
    stages: list[dict[str, Expr]] = field(default_factory=list)

    def col(self, name: str) -> Expr:
        """A column of the frame by name."""
        found: Expr = self.n.col(name)
        return found

    def get(self, name: str) -> Exact:
        """A known column; an input nobody filled in is all gaps."""
        low, high = self.ranges.get(name, (0, 0))
        return Exact(self.col(name), low, high)

    def put(self, stage: int, name: str, value: Exact) -> Exact:
        """Make ``value`` a column of its own in a stage, to be used by later stages."""
        while len(self.stages) <= stage:
            self.stages.append({})
        self.stages[stage][name] = value.expr
        self.ranges[name] = (value.low, value.high)
        return self.get(name)


@dataclass(frozen=True)
class Slot:
    """One rule of one item, in force for some groups: the unit of compilation."""

    item: Item
    name: str
    groups: tuple[int, ...]
    rule: Rule
    full: int
    everybody: bool


def slots(scheme: Scheme, item: Item) -> tuple[Slot, ...]:
    """The item's rules with the groups (by place) each one governs; equal rules share a slot."""
    found: dict[tuple[Rule, int], list[int]] = {}
    for place, group in enumerate(scheme.groups):
        full = int(item.full_for(group.name) * SCALE)
        found.setdefault((item.rule_for(group.name), full), []).append(place)
    single = len(found) == 1
    return tuple(
        Slot(
            item, item.code if single else f"{item.code}/{index}", tuple(places), rule, full, single
        )
        for index, ((rule, full), places) in enumerate(found.items(), start=1)
    )


def data_item(scheme: Scheme, key: str) -> DataItem:
    """The declared data item, or a plain one for an item's own mark."""
    return next((data for data in scheme.data if data.key == key), DataItem(key=key))


def data_columns(data: DataItem) -> tuple[str, ...]:
    """The sheet columns of a data item: one, or one a period (``键@1`` …)."""
    if data.times == 1:
        return (data.key,)
    return tuple(f"{data.key}@{index}" for index in range(1, data.times + 1))


def scope_column(scope: Scope) -> str:
    """The column whose equal values are compared with each other."""
    return CELL if scope == "group" else POOL


def audience_of(scheme: Scheme, audience: Audience, columns: Columns) -> Expr | None:
    """A mask of the units an item applies to; ``None`` when it applies to everybody."""
    if not (audience.groups or audience.units or audience.tags):
        return None
    names = set(audience.units)
    for group in scheme.groups:
        if group.name in audience.groups:
            names |= {unit.name for unit in group.units}
        names |= {unit.name for unit in group.units if set(unit.tags) & set(audience.tags)}
    groups = [place for place, group in enumerate(scheme.groups) if group.name in audience.groups]
    return columns.col(GROUP).is_in(groups) | columns.col(UNIT).is_in(sorted(names))


def applies_to(scheme: Scheme, audience: Audience, *, group: str, unit: str) -> bool:
    """The same answer as ``audience_of`` for one unit, in plain Python."""
    if not (audience.groups or audience.units or audience.tags):
        return True
    if group in audience.groups or unit in audience.units:
        return True
    if not audience.tags:
        return False
    return bool(set(tags_by_unit(scheme).get(unit, ())) & set(audience.tags))


def tags_by_unit(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """Every unit's tags."""
    return {unit.name: unit.tags for group in scheme.groups for unit in group.units}


def tree_audiences(
    items: Iterable[Item], above: tuple[Audience, ...] = ()
) -> dict[str, tuple[Audience, ...]]:
    """For every node, the audiences that must all hold: its own and those above it."""
    found: dict[str, tuple[Audience, ...]] = {}
    for item in items:
        here = (*above, item.audience) if item.audience != Audience() else above
        found[item.code] = here
        found |= tree_audiences(item.items, here)
    return found


def all_leaves(scheme: Scheme) -> tuple[Item, ...]:
    """Every scored item, bonus and penalty items last."""
    return (*leaves(scheme.items), *leaves(scheme.adjustments))
