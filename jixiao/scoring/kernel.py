"""What is every subject's mark for every item? Narwhals expressions over the wide sheet.

A kernel is a list of stages, a stage is a set of named columns, a column is one exact expression.
The same stages run on Polars and on PySpark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Literal

from jixiao.scoring.amounts import FULL, ZERO, Amount
from jixiao.scoring.columns import (
    CELL,
    GROUP,
    POOL,
    Columns,
    Slot,
    all_leaves,
    audience_of,
    slots,
    tree_audiences,
)
from jixiao.scoring.conditions import MarkTest, parts_of
from jixiao.scoring.dialect import Expr, all_of, any_of, where, whole
from jixiao.scoring.exact import Exact, OutOfRangeError, half_up, positive
from jixiao.scoring.inputs import periodic_keys
from jixiao.scoring.judging import Judge, by_group
from jixiao.scoring.measuring import Meter, Value
from jixiao.scoring.numbers import SCALE, step_of
from jixiao.scoring.pointing import points_of
from jixiao.scoring.scheme import Audience, Item, Scheme, leaves, walk

KEYS, MEASURES, MARKS = 0, 1, 3
"""First stages: numbers to compare by; measured quotients; (points before bounds;) then marks."""
STRIDE = 3
"""Stages a depth of prerequisites takes: own marks, marks filled from means, nodes above."""


class SchemeError(Exception):
    """A scheme that cannot be computed on this sheet; the message says which item and what to do."""


@dataclass(frozen=True)
class Builder:
    """Adds the columns of one scheme, item by item."""

    scheme: Scheme
    columns: Columns
    trace: bool
    masks: Mapping[str, Expr | None]
    depths: Mapping[str, int]
    inside: frozenset[str]
    """The codes of the items inside the total."""

    def leaf(self, item: Item) -> None:
        """The mark of a scored item, in ten-thousandths; a gap where it does not apply."""
        stage = MARKS + STRIDE * self.depths[item.code]
        mask = self.masks[item.code]
        parts = [(slot, self._slot(slot, stage)) for slot in slots(self.scheme, item)]
        mark = _by_slot(parts, self.columns)
        if mask is not None:
            mark = Exact(where(mask, mark.expr), mark.low, mark.high)
        if not any(slot.rule.missing.kind.endswith("_mean") for slot, _ in parts):
            self.columns.put(stage, f"mark:{item.code}", mark)
            return
        own = self.columns.put(stage, f"own:{item.code}", mark)
        filled = _by_slot([(slot, self._fill_mean(slot, own)) for slot, _ in parts], self.columns)
        if mask is not None:
            filled = Exact(where(mask, filled.expr), filled.low, filled.high)
        self.columns.put(stage + 1, f"mark:{item.code}", filled)

    def _slot(self, slot: Slot, stage: int) -> Exact:
        rule = slot.rule
        meter = Meter(self.scheme, self.columns, slot.name, self._slot_mask(slot))
        full = Fraction(slot.full, SCALE)
        pieces = rule.scale.pieces(full)
        value = meter.measure(rule.measure)
        if self.trace or len(pieces) > 1:
            value = self._keep(slot, value)
        factor = self.columns.get(rule.factor) if rule.factor else None
        points = points_of(value, pieces, decimals=self.scheme.decimals, factor=factor)
        if self.trace:
            points = self.columns.put(stage - 1, f"raw:{slot.name}", points)
        points = points.clip(*self._bounds(slot.item, full))
        if rule.only_if is not None:
            met = Judge(self.scheme, self.columns).holds(rule.only_if)
            kept = where(met, points.expr, 0)
            points = Exact(kept, min(points.low, 0), max(points.high, 0))
        return _fill(points, slot)

    def _slot_mask(self, slot: Slot) -> Expr | None:
        mask = self.masks[slot.item.code]
        if slot.everybody:
            return mask
        here = self.columns.col(GROUP).is_in(list(slot.groups))
        return here if mask is None else here & mask

    def _keep(self, slot: Slot, value: Value) -> Value:
        top = self.columns.put(MEASURES, f"top:{slot.name}", value.top)
        if isinstance(value.bottom, int):
            return Value(top, value.bottom)
        return Value(top, self.columns.put(MEASURES, f"bottom:{slot.name}", value.bottom))

    def _bounds(self, item: Item, full: Fraction) -> tuple[int | None, int | None]:
        """A scored item inside the total is kept in [0, full] unless it says otherwise."""
        inside = item.code in self.inside
        low = _bound(item.floor, ZERO if inside else None, full)
        high = _bound(item.cap, FULL if inside else None, full)
        return low, high

    def _fill_mean(self, slot: Slot, own: Exact) -> Exact:
        missing = slot.rule.missing
        if not missing.kind.endswith("_mean"):
            return own
        if missing.kind == "group_mean":
            known, scope = own.expr, CELL
        else:
            place = [group.name for group in self.scheme.groups].index(missing.group)
            known, scope = where(self.columns.col(GROUP) == place, own.expr), POOL
        rows = self.columns.rows
        total = Exact(known.sum().over(scope), min(own.low * rows, 0), max(own.high * rows, 0))
        count = whole(known.count().over(scope))
        some = Exact(where(count > 0, count), 1, rows)
        unit = step_of(self.scheme.decimals)
        mean = half_up(total, some * unit) * unit
        return Exact(
            where(own.expr.is_null(), mean.expr, own.expr),
            min(own.low, mean.low),
            max(own.high, mean.high),
        )

    def node(self, item: Item) -> Exact:
        """The mark of a category from its items' marks; a refused gap below makes a gap here."""
        total = reduce(Exact.__add__, map(self.part, item.items))
        if item.combine == "mean":
            total = self._mean(item, total)
        return self._node_bounds(item, total)

    def part(self, item: Item) -> Exact:
        """What an item or a category adds to what stands above it."""
        if not item.items:
            return self._contribution(item)
        node = self.node(item)
        if item.combine == "sum":
            return node
        idle = ~self._there(item)
        return Exact(where(idle, 0, node.expr), min(node.low, 0), max(node.high, 0))

    def after(self, item: Item) -> int:
        """The stage in which a node's mark can be made."""
        return MARKS + STRIDE * self.depths[item.code] + 2

    def total_part(self, item: Item) -> Exact:
        """A top node's mark as the total sees it."""
        if item.items and item.combine == "sum":
            return self._mark(item)
        return self.part(item)

    def _mean(self, item: Item, total: Exact) -> Exact:
        count = reduce(lambda a, b: a + b, [whole(self._there(each)) for each in item.items])
        some = Exact(where(count > 0, count), 1, len(item.items))
        unit = step_of(self.scheme.decimals)
        return half_up(total, some * unit) * unit

    def _there(self, item: Item) -> Expr:
        """Whether anything of an item or category has a mark, so that a mean counts it."""
        if not item.items:
            return ~self._mark(item).expr.is_null()
        return any_of([self._there(each) for each in item.items])

    def _mark(self, item: Item) -> Exact:
        return self.columns.get(f"mark:{item.code}")

    def _node_bounds(self, item: Item, total: Exact) -> Exact:
        fulls = [item.full_for(group.name) for group in self.scheme.groups]
        bounds = [(_bound(item.floor, None, full), _bound(item.cap, None, full)) for full in fulls]
        if len(set(bounds)) == 1:
            return total.clip(*bounds[0])
        lows = [low for low, _ in bounds if low is not None]
        highs = [high for _, high in bounds if high is not None]
        if lows:
            floor = by_group(lows, self.columns)
            total = Exact(
                self.columns.n.max_horizontal(total.expr, floor.expr),
                max(total.low, floor.low),
                max(total.high, floor.high),
            )
        if highs:
            cap = by_group(highs, self.columns)
            total = Exact(
                self.columns.n.min_horizontal(total.expr, cap.expr),
                min(total.low, cap.low),
                min(total.high, cap.high),
            )
        return total

    def _contribution(self, item: Item) -> Exact:
        """What an item adds to the total: nothing where it does not apply, a gap where one is refused."""
        mark = self._mark(item)
        waived = self._waived(item)
        if waived is None:
            return mark
        kept = where(mark.expr.is_null() & waived, 0, mark.expr)
        return Exact(kept, min(mark.low, 0), max(mark.high, 0))

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

    def applicable(self, item: Item) -> Exact:
        """The full mark that a row could reach in this node: items that do not apply count nothing."""
        if item.items and item.combine == "sum":
            return reduce(Exact.__add__, map(self.applicable, item.items))
        fulls = [int(item.full_for(group.name) * SCALE) for group in self.scheme.groups]
        full = by_group(fulls, self.columns)
        if item.items:
            return Exact(where(self._there(item), full.expr, 0), 0, full.high)
        waived = self._waived(item)
        if waived is None:
            return full
        gone = ~self._there(item) & waived
        return Exact(where(gone, 0, full.expr), 0, full.high)


def _by_slot(parts: Iterable[tuple[Slot, Exact]], columns: Columns) -> Exact:
    first, *rest = parts
    found = first[1]
    for slot, mark in rest:
        here = columns.col(GROUP).is_in(list(slot.groups))
        low, high = min(found.low, mark.low), max(found.high, mark.high)
        found = Exact(where(here, mark.expr, found.expr), low, high)
    return found


def _fill(points: Exact, slot: Slot) -> Exact:
    fills = {"zero": 0, "full": slot.full}
    if slot.rule.missing.kind not in fills:
        return points
    value = fills[slot.rule.missing.kind]
    return Exact(points.expr.fill_null(value), min(points.low, value), max(points.high, value))


def _bound(
    stated: Amount | Literal["none"] | None, default: Amount | None, full: Fraction
) -> int | None:
    amount = default if stated is None else stated
    if amount is None or isinstance(amount, str):
        return None
    return int(amount.points(full) * SCALE)


def build(scheme: Scheme, columns: Columns, *, trace: bool = False) -> None:
    """Add a scheme's columns to those of a sheet; SchemeError when it cannot be exact.

    With ``trace`` the measured quotients and the points before bounds stay as columns.
    """
    audiences = tree_audiences((*scheme.items, *scheme.adjustments))
    masks = {code: _both(scheme, found, columns) for code, found in audiences.items()}
    meter = Meter(scheme, columns, "", None)
    for key in periodic_keys(scheme):
        columns.put(KEYS, key, meter.number(key))
    inside = frozenset(leaf.code for leaf in leaves(scheme.items))
    builder = Builder(scheme, columns, trace, masks, depths(scheme), inside)
    for item in sorted(all_leaves(scheme), key=lambda leaf: builder.depths[leaf.code]):
        try:
            builder.leaf(item)
        except OutOfRangeError as error:
            raise SchemeError(
                f"项目“{item.code} {item.name}”的数太大，{error}，超出准确计算的范围；请把数据换成更大的计量单位"
            ) from None
    for item in walk((*scheme.items, *scheme.adjustments)):
        if item.items:
            columns.put(builder.after(item), f"mark:{item.code}", builder.node(item))
    _totals(builder)


def _both(scheme: Scheme, audiences: Iterable[Audience], columns: Columns) -> Expr | None:
    found = [audience_of(scheme, each, columns) for each in audiences]
    masks = [mask for mask in found if mask is not None]
    return all_of(masks) if masks else None


def _totals(builder: Builder) -> None:
    """main: the items inside the total; adjust: bonus and penalty; total: their sum."""
    scheme, columns = builder.scheme, builder.columns
    stage = max(map(builder.after, (*scheme.items, *scheme.adjustments))) + 1
    main = reduce(Exact.__add__, [builder.total_part(item) for item in scheme.items])
    if scheme.not_applicable == "rescale":
        reach = reduce(Exact.__add__, map(builder.applicable, scheme.items))
        reachable = columns.put(stage, "reachable", positive(reach))
        unit = step_of(scheme.decimals)
        main = half_up(main * int(scheme.full * SCALE), reachable * unit) * unit
        stage += 1
    parts = [builder.total_part(item) for item in scheme.adjustments]
    adjust = reduce(Exact.__add__, parts) if parts else None
    if adjust is not None:
        adjust = adjust.clip(_scaled(scheme.adjust_low), _scaled(scheme.adjust_high))
        columns.put(stage, "adjust", adjust)
    total = main if adjust is None else main + adjust
    columns.put(stage, "main", main)
    columns.put(stage, "total", total)


def _scaled(value: Fraction | None) -> int | None:
    return None if value is None else int(value * SCALE)


def depths(scheme: Scheme) -> dict[str, int]:
    """How many prerequisites deep each node lies (C26, C62); SchemeError names a circle."""
    nodes = {item.code: item for item in walk((*scheme.items, *scheme.adjustments))}
    found: dict[str, int] = {}

    def depth(code: str, path: tuple[str, ...]) -> int:
        if code in path:
            circle = " → ".join([*path[path.index(code) :], code])
            raise SchemeError(f"项目之间循环引用：{circle}；请去掉其中一处前提")
        if code not in found:
            below = [depth(child, (*path, code)) for child in prerequisites(nodes[code])]
            inner = [depth(child.code, (*path, code)) for child in nodes[code].items]
            found[code] = max([*(each + 1 for each in below), *inner, 0])
        return found[code]

    for code in nodes:
        depth(code, ())
    return found


def prerequisites(item: Item) -> tuple[str, ...]:
    """The items whose marks must be known before this one's."""
    rules = [rule for rule in (item.rule, *(each.rule for each in item.variants)) if rule]
    tests = [part for rule in rules if rule.only_if for part in parts_of(rule.only_if)]
    return tuple(test.item for test in tests if isinstance(test, MarkTest))
