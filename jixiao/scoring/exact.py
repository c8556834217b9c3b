"""How does a column compute exactly, on any engine, and prove that it fits 64 bits?

An ``Exact`` is a Narwhals expression over integers together with the range its values can take.
Every operation widens the range and refuses when it could leave int64, so nothing wraps silently.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import narwhals as nw

LIMIT = 2**62
"""Half of int64: leaves room for the doubling inside half-up division."""

QUOTIENT_LIMIT = 2**51
"""A float guess of a quotient below this is wrong by at most one, which the correction repairs."""


class OutOfRangeError(Exception):
    """An intermediate product could leave 64-bit integers; the message says how large it may get."""


@dataclass(frozen=True)
class Exact:
    """An integer expression whose values lie in ``[low, high]`` (nulls aside)."""

    expr: nw.Expr
    low: int
    high: int

    def __post_init__(self) -> None:
        if max(abs(self.low), abs(self.high)) > LIMIT:
            raise OutOfRangeError(f"中间结果可能达到{max(abs(self.low), abs(self.high)):.1e}")

    def __add__(self, other: "Exact | int") -> "Exact":
        right = constant(other)
        if isinstance(other, int):
            return (
                self
                if other == 0
                else Exact(self.expr + other, self.low + other, self.high + other)
            )
        return Exact(self.expr + right.expr, self.low + right.low, self.high + right.high)

    def __neg__(self) -> "Exact":
        return Exact(-self.expr, -self.high, -self.low)

    def __sub__(self, other: "Exact | int") -> "Exact":
        return self + (-other)

    def __mul__(self, other: "Exact | int") -> "Exact":
        if isinstance(other, int):
            if other == 1:
                return self
            ends = (self.low * other, self.high * other)
            return Exact(self.expr * other, min(ends), max(ends))
        ends4 = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Exact(self.expr * other.expr, min(ends4), max(ends4))

    def clip(self, low: int | None, high: int | None) -> "Exact":
        """Bounded below and above; a bound that cannot bite costs nothing."""
        found = self
        if low is not None and found.low < low:
            found = Exact(found.expr.clip(low, None), low, max(found.high, low))
        if high is not None and found.high > high:
            found = Exact(found.expr.clip(None, high), min(found.low, high), high)
        return found


Whole = Exact | int


def constant(value: Whole) -> Exact:
    """A number every row shares."""
    return value if isinstance(value, Exact) else Exact(nw.lit(value, nw.Int64()), value, value)


def positive(value: Exact) -> Exact:
    """The value where it is above zero, null elsewhere: a denominator that may be divided by."""
    if value.low > 0:
        return value
    if value.high < 1:
        return Exact(nw.when(value.expr > 0).then(value.expr), 1, 1)
    return Exact(nw.when(value.expr > 0).then(value.expr), 1, value.high)


def floor_div(top: Exact, bottom: Whole) -> Exact:
    """⌊top ÷ bottom⌋ for a non-negative ``top`` and a positive ``bottom``.

    Float guess, then integer correction: engines differ in ``//``, all agree on this.
    """
    if bottom == 1:
        return top
    low = 1 if isinstance(bottom, int) else bottom.low
    divisor = bottom if isinstance(bottom, int) else bottom.expr
    least = bottom if isinstance(bottom, int) else low
    high = top.high // least
    if high > QUOTIENT_LIMIT:
        raise OutOfRangeError(f"商可能达到{high:.1e}")
    guess = (top.expr / divisor).floor().cast(nw.Int64())
    rest = top.expr - guess * divisor
    quotient = guess + (rest >= divisor).cast(nw.Int64()) - (rest < 0).cast(nw.Int64())
    return Exact(quotient, 0, high)


def half_up(top: Exact, bottom: Whole) -> Exact:
    """top ÷ bottom rounded half-up by magnitude (GB/T 8170 3.2), ``bottom`` positive."""
    if bottom == 1:
        return top
    if top.low >= 0:
        return _half_up_of_positive(top, bottom)
    if top.high <= 0:
        return -_half_up_of_positive(-top, bottom)
    size = Exact(top.expr.abs(), 0, max(-top.low, top.high))
    rounded = _half_up_of_positive(size, bottom)
    signed = nw.when(top.expr < 0).then(-rounded.expr).otherwise(rounded.expr)
    return Exact(signed, -rounded.high, rounded.high)


def _half_up_of_positive(top: Exact, bottom: Whole) -> Exact:
    if isinstance(bottom, int) and bottom % 2 == 0:
        return floor_div(top + bottom // 2, bottom)
    return floor_div(top * 2 + bottom, bottom * 2)


def affine(top: Exact, bottom: Whole, *, base: Fraction, slope: Fraction) -> tuple[Exact, Whole]:
    """base + slope × (top ÷ bottom) as one quotient of integers in lowest constant terms."""
    common = base.denominator * slope.denominator // gcd(base.denominator, slope.denominator)
    a, b = int(base * common), int(slope * common)
    if isinstance(bottom, int):
        shrink = gcd(gcd(a * bottom, b), common * bottom)
        return top * (b // shrink) + a * bottom // shrink, common * bottom // shrink
    return top * b + bottom * a, bottom * common
