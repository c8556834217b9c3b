"""What is an item worth by the unit's own figures alone?

On site nobody waits for the others' figures: where no rank, mean or best of the group comes in, the
mark is known at once, the same on paper, on a tablet and in the engine. A formula is plain data, so
that a page without network works it out from the same numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

from jixiao.scoring.amounts import FULL, ZERO
from jixiao.scoring.columns import data_item
from jixiao.scoring.measures import Growth, Measure, Ratio, Reported, Term
from jixiao.scoring.numbers import SCALE, half_up, scaled
from jixiao.scoring.scales import Piece
from jixiao.scoring.scheme import Item, Scheme
from jixiao.scoring.tree import bound_of

Sum: TypeAlias = tuple[tuple[str, int], ...]
"""Columns of the sheet with whole factors."""


@dataclass(frozen=True)
class Formula:
    """``top ÷ bottom`` measured, ``pieces`` tell its points, rounded once, then kept within bounds."""

    top: Sum
    bottom: Sum
    """Empty: the measured number is ``top`` itself, in ten-thousandths."""
    pieces: tuple[Piece, ...]
    decimals: int
    low: int | None
    high: int | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return tuple(dict.fromkeys(name for name, _ in (*self.top, *self.bottom)))

    def measured(self, values: Mapping[str, int | None]) -> Fraction | None:
        """The measured number; None where a figure is missing or the denominator is not positive."""
        if any(values.get(name) is None for name in self.columns):
            return None
        top = _added(self.top, values)
        bottom = _added(self.bottom, values) if self.bottom else SCALE
        return Fraction(top, bottom) if bottom > 0 else None

    def mark(self, values: Mapping[str, int | None]) -> int | None:
        """The mark in ten-thousandths, as the engine gives it; None for a gap."""
        value = self.measured(values)
        if value is None:
            return None
        piece = next(each for each in self.pieces if value in each.within)
        points = scaled(half_up(piece.points(value), self.decimals))
        points = points if self.low is None else max(points, self.low)
        return points if self.high is None else min(points, self.high)

    def as_json(self) -> dict[str, Any]:
        """Plain data of whole numbers; fractions are pairs."""
        return {
            "top": self.top, "bottom": self.bottom, "decimals": self.decimals,
            "low": self.low, "high": self.high, "pieces": [_piece(each) for each in self.pieces],
        }  # fmt: skip


def formula(scheme: Scheme, item: Item, group: str) -> Formula | None:
    """How a scored item's mark follows from a unit's own figures in a group; None: it takes others'.

    Rules with a factor, a prerequisite, events or figures of several periods are left to the engine.
    """
    rule = item.rule_for(group)
    sums = _sums(item, rule.measure)
    if sums is None or rule.factor or rule.only_if is not None or item.events is not None:
        return None
    top, bottom = sums
    if any(data_item(scheme, name).times > 1 for name, _ in (*top, *bottom)):
        return None
    full = item.full_for(group)
    inside = _is_inside(scheme.items, item.code)
    return Formula(
        top,
        bottom,
        rule.scale.pieces(full),
        scheme.decimals,
        bound_of(item.floor, ZERO if inside else None, full),
        bound_of(item.cap, FULL if inside else None, full),
    )


def _sums(item: Item, measure: Measure) -> tuple[Sum, Sum] | None:
    match measure:
        case Reported():
            return ((measure.data or item.code, 1),), ()
        case Ratio():
            common = lcm(
                *(term.factor.denominator for term in (*measure.numerator, *measure.denominator))
            )
            return _whole(measure.numerator, common), _whole(measure.denominator, common)
        case Growth():
            return ((measure.data, 1), (measure.base, -1)), ((measure.base, 1),)
        case _:
            return None


def _whole(terms: Iterable[Term], common: int) -> Sum:
    return tuple((term.data, int(term.factor * common)) for term in terms)


def _added(sum_: Sum, values: Mapping[str, int | None]) -> int:
    return sum((values[name] or 0) * factor for name, factor in sum_)


def _is_inside(items: Iterable[Item], code: str) -> bool:
    return any(each.code == code or _is_inside(each.items, code) for each in items)


def _piece(piece: Piece) -> dict[str, Any]:
    within = piece.within
    return {
        "low": _pair(within.low), "high": _pair(within.high),
        "low_closed": within.low_closed, "high_closed": within.high_closed,
        "base": _pair(piece.base), "slope": _pair(piece.slope), "origin": _pair(piece.origin),
        "whole": _pair(piece.whole),
    }  # fmt: skip


def _pair(value: Fraction | None) -> tuple[int, int] | None:
    return None if value is None else (value.numerator, value.denominator)
