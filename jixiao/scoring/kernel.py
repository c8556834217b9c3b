"""What is every subject's mark for every item? Narwhals expressions over the wide sheet.

A kernel is a list of stages, a stage is a set of named columns, a column is one exact expression.
The same stages run on Polars and on PySpark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.scoring.amounts import FULL, ZERO
from jixiao.scoring.columns import (
    CELL,
    GROUP,
    POOL,
    Columns,
    Slot,
    all_leaves,
    slots,
)
from jixiao.scoring.conditions import MarkTest, parts_of
from jixiao.scoring.dialect import Expr, where, whole
from jixiao.scoring.exact import Exact, OutOfRangeError, half_up
from jixiao.scoring.inputs import periodic_keys
from jixiao.scoring.judging import Judge
from jixiao.scoring.measuring import Meter, Value
from jixiao.scoring.numbers import SCALE, step_of
from jixiao.scoring.pointing import points_of
from jixiao.scoring.scheme import Item, Scheme, SchemeError, leaves, walk
from jixiao.scoring.tree import Tree, bound_of

KEYS, MEASURES, MARKS = 0, 1, 3
"""First stages: numbers to compare by; measured quotients; (points before bounds;) then marks."""
STRIDE = 3
"""Stages a depth of prerequisites takes: own marks, marks filled from means, nodes above."""


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
            met = Judge(self.scheme, self.columns).decides(rule.only_if)
            if self.trace:
                self.columns.put(stage, f"met:{slot.name}", Exact(whole(met), 0, 1))
            kept = where(~met, 0, where(met, points.expr))  # an open question is a gap, not a zero
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
        low = bound_of(item.floor, ZERO if inside else None, full)
        high = bound_of(item.cap, FULL if inside else None, full)
        return low, high

    def after(self, item: Item) -> int:
        """The stage in which a category's mark can be made."""
        return MARKS + STRIDE * self.depths[item.code] + 2

    def _fill_mean(self, slot: Slot, own: Exact) -> Exact:
        missing = slot.rule.missing
        if not missing.kind.endswith("_mean"):
            return own
        if missing.kind in ("group_mean", "all_mean"):
            known, scope = own.expr, CELL if missing.kind == "group_mean" else POOL
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


def build(scheme: Scheme, columns: Columns, *, trace: bool = False) -> None:
    """Add a scheme's columns to those of a sheet; SchemeError when it cannot be exact.

    With ``trace`` the measured quotients and the points before bounds stay as columns.
    """
    meter = Meter(scheme, columns, "", None)
    for key in periodic_keys(scheme):
        columns.put(KEYS, key, meter.number(key))
    inside = frozenset(leaf.code for leaf in leaves(scheme.items))
    tree = Tree.of(scheme, columns)
    builder = Builder(scheme, columns, trace, tree.masks, depths(scheme), inside)
    for item in sorted(all_leaves(scheme), key=lambda leaf: builder.depths[leaf.code]):
        try:
            builder.leaf(item)
        except OutOfRangeError as error:
            raise SchemeError(f"项目“{item.code} {item.name}”的数太大，{error}") from None
    for item in walk((*scheme.items, *scheme.adjustments)):
        if item.items:
            columns.put(builder.after(item), f"mark:{item.code}", tree.node(item))
    tree.put_totals(len(columns.stages))


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
