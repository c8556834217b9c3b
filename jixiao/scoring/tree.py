"""How do items' marks add up to categories and a total?

The same sums serve a round's marks and the year's: they only read the ``mark:`` columns of the
scored items.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Literal

from jixiao.scoring.amounts import Amount
from jixiao.scoring.columns import GROUP, Columns, audience_of, slots, tree_audiences
from jixiao.scoring.dialect import Expr, all_of, where, whole
from jixiao.scoring.exact import Exact, half_up, positive
from jixiao.scoring.judging import by_group
from jixiao.scoring.numbers import SCALE, step_of
from jixiao.scoring.scheme import Audience, Item, Scheme


@dataclass(frozen=True)
class Tree:
    """The sums of one scheme over columns that hold its items' marks."""

    scheme: Scheme
    columns: Columns
    masks: Mapping[str, Expr | None]
    """Of every node: to which rows it applies; None when to all."""

    @classmethod
    def of(cls, scheme: Scheme, columns: Columns) -> "Tree":
        """The tree of a scheme."""
        audiences = tree_audiences((*scheme.items, *scheme.adjustments))
        masks = {code: _both(scheme, found, columns) for code, found in audiences.items()}
        return cls(scheme, columns, masks)

    def node(self, item: Item) -> Exact:
        """A category's mark; a gap where nothing inside applies or a gap inside was refused."""
        total = reduce(Exact.__add__, map(self.part, item.items))
        if item.combine == "mean":
            total = self._mean(item, total)
        total = self._bounded(item, total)
        idle = self._idle(item)
        if idle is None:
            return total
        return Exact(where(~idle, total.expr), total.low, total.high)

    def part(self, item: Item) -> Exact:
        """What an item or category adds to what stands above it: nothing where it does not apply."""
        mark = self.node(item) if item.items else self._mark(item)
        idle = self._idle(item)
        if idle is None:
            return mark
        return Exact(where(idle, 0, mark.expr), min(mark.low, 0), max(mark.high, 0))

    def put_totals(self, stage: int) -> None:
        """main: the items inside the total; adjust: bonus and penalty; total: their sum."""
        scheme, columns = self.scheme, self.columns
        main = reduce(Exact.__add__, map(self._top, scheme.items))
        if scheme.not_applicable == "rescale":
            main = self._rescaled(main, stage)
            stage += 1
        columns.put(stage, "main", main)
        if not scheme.adjustments:
            columns.put(stage, "total", main)
            return
        adjust = reduce(Exact.__add__, map(self._top, scheme.adjustments))
        adjust = adjust.clip(_scaled(scheme.adjust_low), _scaled(scheme.adjust_high))
        columns.put(stage, "adjust", adjust)
        columns.put(stage, "total", main + adjust)

    def _top(self, item: Item) -> Exact:
        mark, idle = self._mark(item), self._idle(item)
        if idle is None:
            return mark
        return Exact(where(idle, 0, mark.expr), min(mark.low, 0), max(mark.high, 0))

    def _rescaled(self, main: Exact, stage: int) -> Exact:
        reach = reduce(Exact.__add__, map(self._applicable, self.scheme.items))
        reachable = self.columns.put(stage, "reachable", positive(reach))
        step = step_of(self.scheme.decimals)
        full = by_group(
            [_whole(self.scheme.full_for(g.name)) for g in self.scheme.groups], self.columns
        )
        return half_up(main * full, reachable * step) * step

    def _mark(self, item: Item) -> Exact:
        return self.columns.get(f"mark:{item.code}")

    def _mean(self, item: Item, total: Exact) -> Exact:
        idle = [self._idle(each) for each in item.items]
        there = [Exact(whole(~each), 0, 1) for each in idle if each is not None]
        step, always = step_of(self.scheme.decimals), len(idle) - len(there)
        if not there:
            return half_up(total, always * step) * step
        count = positive(reduce(Exact.__add__, there) + always)
        return half_up(total, count * step) * step

    def _bounded(self, item: Item, total: Exact) -> Exact:
        fulls = [item.full_for(group.name) for group in self.scheme.groups]
        found = [(bound_of(item.floor, None, f), bound_of(item.cap, None, f)) for f in fulls]
        if len(set(found)) == 1:
            return total.clip(*found[0])
        n = self.columns.n
        if found[0][0] is not None:
            floor = by_group([low or 0 for low, _ in found], self.columns)
            ends = (max(total.low, floor.low), max(total.high, floor.high))
            total = Exact(n.max_horizontal(total.expr, floor.expr), *ends)
        if found[0][1] is not None:
            cap = by_group([high or 0 for _, high in found], self.columns)
            ends = (min(total.low, cap.low), min(total.high, cap.high))
            total = Exact(n.min_horizontal(total.expr, cap.expr), *ends)
        return total

    def _idle(self, item: Item) -> Expr | None:
        """Where a node has nothing to say: it does not apply. None when it always has."""
        if not item.items:
            waived = self._waived(item)
            return None if waived is None else self._mark(item).expr.is_null() & waived
        inner = [self._idle(each) for each in item.items]
        known = [each for each in inner if each is not None]
        return all_of(known) if len(known) == len(inner) else None

    def _waived(self, item: Item) -> Expr | None:
        """Where a gap is no gap: the item does not apply, or the rule lets it drop out."""
        mask = self.masks[item.code]
        waiving = [
            place
            for slot in slots(self.scheme, item)
            if slot.rule.missing.kind == "not_applicable"
            for place in slot.groups
        ]
        if not waiving:
            return None if mask is None else ~mask
        waived = self.columns.col(GROUP).is_in(waiving)
        return waived if mask is None else waived | ~mask

    def _applicable(self, item: Item) -> Exact:
        """The full mark a row could reach in this node: what does not apply counts nothing."""
        if item.items and item.combine == "sum":
            return reduce(Exact.__add__, map(self._applicable, item.items))
        fulls = [_whole(item.full_for(group.name)) for group in self.scheme.groups]
        full, idle = by_group(fulls, self.columns), self._idle(item)
        return full if idle is None else Exact(where(idle, 0, full.expr), 0, full.high)


def bound_of(
    stated: Amount | Literal["none"] | None, default: Amount | None, full: Fraction
) -> int | None:
    """A floor or cap in ten-thousandths, None for no bound."""
    amount = default if stated is None else stated
    if amount is None or isinstance(amount, str):
        return None
    return _whole(amount.points(full))


def _whole(value: Fraction) -> int:
    return int(value * SCALE)


def _scaled(value: Fraction | None) -> int | None:
    return None if value is None else _whole(value)


def _both(scheme: Scheme, audiences: Iterable[Audience], columns: Columns) -> Expr | None:
    found = [audience_of(scheme, each, columns) for each in audiences]
    masks = [mask for mask in found if mask is not None]
    return all_of(masks) if masks else None
