"""Which items tell units apart, and which only cost everybody work? Exact counts, no correlation."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, half_up, mark_text, number_text
from jixiao.scoring.scheme import Group, Item, leaves

CROWDED = Fraction(9, 10)
"""More than this share of units at the full mark (or at zero), and the item separates nobody."""
FLAT = Fraction(1, 20)
"""Best and worst of every group closer than this share of the full mark: everybody is alike."""


@dataclass(frozen=True)
class ItemStatistics:
    """How one scored item was marked over the year, in the groups that are ranked."""

    code: str
    number: str
    name: str
    units: int
    """Units with a mark."""
    mean: Fraction
    """Mean of mark ÷ full mark."""
    full: int
    zero: int
    """Units with the full mark, and with zero."""
    spread: Fraction
    """Best minus worst rate in the group where it is widest."""
    low: int
    high: int
    """Lowest and highest mark, in ten-thousandths."""

    @property
    def full_share(self) -> Fraction:
        """The share of units with the full mark."""
        return Fraction(self.full, self.units)

    @property
    def zero_share(self) -> Fraction:
        """The share of units without any mark."""
        return Fraction(self.zero, self.units)

    @property
    def separates(self) -> bool:
        """Whether the item tells units apart; with one unit there is nothing to tell apart."""
        crowded = max(self.full_share, self.zero_share) > CROWDED
        return self.units < 2 or not (crowded or self.spread <= FLAT)

    def why(self, decimals: int) -> str:
        """Why it does not tell units apart; empty where it does."""
        if self.separates:
            return ""
        if self.spread == 0:
            return self._all_alike(decimals)
        if self.full_share > CROWDED:
            return f"{self.units}个单位中{self.full}个得满分，拉不开差距"
        if self.zero_share > CROWDED:
            return f"{self.units}个单位中{self.zero}个得零分，拉不开差距"
        return f"同组最高与最低只差满分的{percent(self.spread)}，拉不开差距"

    def _all_alike(self, decimals: int) -> str:
        if self.full == self.units:
            return f"{self.units}个单位全部得满分，没有区分度"
        if self.low == self.high:
            mark = mark_text(self.low, decimals)
            return f"{self.units}个单位都得{mark}分，没有区分度"
        return "同组各单位得分都一样，没有区分度"


def percent(share: Fraction) -> str:
    """A share in percent with at most one decimal: ``92.5%``."""
    return f"{number_text(half_up(share * 100, 1))}%"


def item_statistics(result: Result) -> tuple[ItemStatistics, ...]:
    """Every scored item inside the total that somebody has a mark for, in scheme order."""
    return tuple(
        found for item in leaves(result.scheme.items) if (found := _statistics(result, item))
    )


def _statistics(result: Result, item: Item) -> ItemStatistics | None:
    groups = [list(_marks(result, item, group)) for group in result.scheme.groups if group.ranked]
    every = [each for group in groups for each in group]
    if not every:
        return None
    rates = [[Fraction(mark, full) for mark, full in group] for group in groups if group]
    return ItemStatistics(
        code=item.code,
        number=item.number or item.code,
        name=item.name,
        units=len(every),
        mean=sum((rate for group in rates for rate in group), Fraction(0)) / len(every),
        full=sum(mark >= full for mark, full in every),
        zero=sum(mark == 0 for mark, _ in every),
        spread=max(max(group) - min(group) for group in rates),
        low=min(mark for mark, _ in every),
        high=max(mark for mark, _ in every),
    )


def _marks(result: Result, item: Item, group: Group) -> Iterator[tuple[int, int]]:
    """Mark and full mark of the group's units; an item worth nothing here has no rate."""
    full = int(item.full_for(group.name) * SCALE)
    for unit in group.units:
        mark = result.year.get(unit.name, {}).get(f"mark:{item.code}")
        if mark is not None and full > 0:
            yield mark, full
