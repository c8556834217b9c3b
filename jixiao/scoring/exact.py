"""How does a column compute exactly, on any engine, and prove that it fits 64 bits?

An ``Exact`` is a Narwhals expression over integers together with the range its values can take.
Every operation widens the range and refuses when it could leave int64, so nothing wraps silently.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd

from jixiao.scoring.dialect import Expr, dialect_of, where, whole
from jixiao.scoring.scheme import SchemeError

LIMIT = 2**62
"""No intermediate may pass this: int64 with room for one addition."""

DIVIDEND_LIMIT = 2**53
"""Below this ``//`` is exact on every engine; Spark's goes through doubles (docs/decisions/0003)."""

QUOTIENT_LIMIT = 2**51
"""Above, a float guess of a smaller quotient is wrong by at most one, which a correction repairs."""


class OutOfRangeError(SchemeError):
    """An intermediate product could leave 64-bit integers."""

    def __init__(self, size: int) -> None:
        super().__init__(
            f"中间结果可能达到{Decimal(size):.1e}，超出准确计算的范围；请把数据换成更大的计量单位"
        )


@dataclass(frozen=True)
class Exact:
    """An integer expression whose values lie in ``[low, high]`` (nulls aside)."""

    expr: Expr
    low: int
    high: int

    def __post_init__(self) -> None:
        if max(abs(self.low), abs(self.high)) > LIMIT:
            raise OutOfRangeError(max(abs(self.low), abs(self.high)))

    def __add__(self, other: "Exact | int") -> "Exact":
        if isinstance(other, int):
            return (
                self
                if other == 0
                else Exact(self.expr + other, self.low + other, self.high + other)
            )
        return Exact(self.expr + other.expr, self.low + other.low, self.high + other.high)

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
        low = low if low is not None and self.low < low else None
        high = high if high is not None and self.high > high else None
        if low is None and high is None:
            return self
        ends = [self.low, self.high]
        if low is not None:
            ends = [max(end, low) for end in ends]
        if high is not None:
            ends = [min(end, high) for end in ends]
        return Exact(self.expr.clip(low, high), ends[0], ends[1])


Whole = Exact | int


def constant(value: int, like: Expr) -> Exact:
    """A number every row shares, in the dialect of another expression."""
    n = dialect_of(like)
    return Exact(n.lit(value, n.Int64()), value, value)


def positive(value: Exact) -> Exact:
    """The value where it is above zero, null elsewhere: a denominator that may be divided by."""
    if value.low > 0:
        return value
    return Exact(where(value.expr > 0, value.expr), 1, max(value.high, 1))


def floor_div(top: Exact, bottom: Whole) -> Exact:
    """⌊top ÷ bottom⌋ for a positive ``bottom``, the same on every engine."""
    if bottom == 1:
        return top
    expr = bottom if isinstance(bottom, int) else bottom.expr
    sides = (bottom, bottom) if isinstance(bottom, int) else (bottom.low, bottom.high)
    ends = [end // side for end in (top.low, top.high) for side in sides]
    if max(-top.low, top.high, sides[1]) < DIVIDEND_LIMIT:
        return Exact(top.expr // expr, min(ends), max(ends))
    if max(map(abs, ends)) > QUOTIENT_LIMIT:
        raise OutOfRangeError(max(map(abs, ends)))
    guess = whole((top.expr / expr).floor())
    rest = top.expr - guess * expr
    quotient = guess + whole(rest >= expr) - whole(rest < 0)
    return Exact(quotient, min(ends), max(ends))


def half_up(top: Exact, bottom: Whole) -> Exact:
    """top ÷ bottom rounded half-up by magnitude (GB/T 8170 3.2), ``bottom`` positive.

    ⌊(2a+b)÷2b⌋ rounds halves upward; one less below zero makes it by magnitude.
    """
    if bottom == 1:
        return top
    if isinstance(bottom, int):
        is_odd = bottom % 2 == 1  # an odd divisor leaves no exact halves
        return floor_div((top if is_odd else _away(top)) + bottom // 2, bottom)
    return floor_div(_away(top * 2) + bottom, bottom * 2)


def _away(top: Exact) -> Exact:
    if top.low >= 0:
        return top
    return Exact(top.expr - whole(top.expr < 0), top.low - 1, top.high)


def affine(top: Exact, bottom: Whole, *, base: Fraction, slope: Fraction) -> tuple[Exact, Whole]:
    """base + slope × (top ÷ bottom) as one quotient of integers in lowest constant terms."""
    common = base.denominator * slope.denominator // gcd(base.denominator, slope.denominator)
    a, b = int(base * common), int(slope * common)
    if isinstance(bottom, int):
        shrink = gcd(gcd(a * bottom, b), common * bottom)
        return top * (b // shrink) + a * bottom // shrink, common * bottom // shrink
    return top * b + bottom * a, bottom * common
