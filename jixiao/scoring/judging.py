"""Does a condition hold for each subject? One evaluator for gates, tiers and consequences."""

from dataclasses import dataclass
from typing import assert_never

from jixiao.scoring.columns import CELL, GROUP, POOL, UNIT, Columns, tags_by_unit
from jixiao.scoring.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DataTest,
    MarkTest,
    NotThat,
    RankTest,
    TagTest,
    TierTest,
    TotalTest,
)
from jixiao.scoring.dialect import Expr, all_of, any_of, where
from jixiao.scoring.exact import Exact, constant
from jixiao.scoring.intervals import Interval
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.pointing import holds
from jixiao.scoring.scheme import Item, Scheme, walk


@dataclass(frozen=True)
class Judge:
    """Compiles conditions of one scheme over the columns known so far."""

    scheme: Scheme
    columns: Columns

    def holds(self, condition: Condition) -> Expr:
        """True or false, never null: what cannot be decided for a gap does not hold."""
        return self.decides(condition).fill_null(value=False)

    def decides(self, condition: Condition) -> Expr:
        """True, false, or null where a gap leaves it open."""
        match condition:
            case AllOf() | AnyOf() | NotThat():
                return self._joined(condition)
            case DataTest():
                return self._within(f"{condition.data}", condition.within)
            case TotalTest():
                return self._within("total", condition.within)
            case MarkTest():
                return self._mark(condition)
            case RankTest() | TierTest() | TagTest():
                return self._standing(condition)
            case _:
                assert_never(condition)

    def _joined(self, condition: AllOf | AnyOf | NotThat) -> Expr:
        match condition:
            case AllOf():
                return all_of(list(map(self.decides, condition.of)))
            case AnyOf():
                return any_of(list(map(self.decides, condition.of)))
            case NotThat():
                return ~self.decides(condition.of)

    def _standing(self, condition: RankTest | TierTest | TagTest) -> Expr:
        match condition:
            case RankTest():
                return self._rank(condition)
            case TierTest():
                return self._tier(condition)
            case TagTest():
                tagged = [
                    u for u, tags in tags_by_unit(self.scheme).items() if condition.tag in tags
                ]
                return self.columns.col(UNIT).is_in(tagged)

    def _within(self, column: str, within: Interval) -> Expr:
        return holds(self.columns.get(column), SCALE, within)

    def _mark(self, condition: MarkTest) -> Expr:
        mark = self.columns.get(f"mark:{condition.item}")
        if condition.take == "points":
            return holds(mark, SCALE, condition.within)
        return holds(
            mark,
            full_by_group(self.scheme, find(self.scheme, condition.item), self.columns),
            condition.within,
        )

    def _rank(self, condition: RankTest) -> Expr:
        name, scope = ("rank", CELL) if condition.scope == "group" else ("rank_all", POOL)
        place = self.columns.col(name)
        if condition.end == "first":
            return place <= condition.count
        return place.count().over(scope) - place < condition.count

    def _tier(self, condition: TierTest) -> Expr:
        places = [i for i, tier in enumerate(self.scheme.tiers) if tier.name in condition.tiers]
        years = ["tier", *(f"tier@{back}" for back in range(1, condition.years))]
        return all_of([self.columns.col(name).is_in(places) for name in years])


def find(scheme: Scheme, code: str) -> Item:
    """The node with this code; the checker has made sure that there is one."""
    nodes = (*walk(scheme.items), *walk(scheme.adjustments))
    return next(node for node in nodes if node.code == code)


def full_by_group(scheme: Scheme, item: Item, columns: Columns) -> Exact:
    """The item's full mark in each row's group, in ten-thousandths; null where it is zero."""
    fulls = by_group([int(item.full_for(group.name) * SCALE) for group in scheme.groups], columns)
    return Exact(where(fulls.expr > 0, fulls.expr), fulls.low, fulls.high)


def by_group(values: list[int], columns: Columns) -> Exact:
    """A constant for each group as one column expression, equal constants sharing a branch."""
    group = columns.col(GROUP)
    found = constant(values[0], group).expr
    for value in sorted(set(values[1:]) - {values[0]}):
        groups = [place for place, each in enumerate(values) if each == value]
        found = where(group.is_in(groups), value, found)
    return Exact(found, min(values), max(values))
