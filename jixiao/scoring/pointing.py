"""How does a measured quotient become points, exactly and for everybody at once?"""

from fractions import Fraction

from jixiao.scoring.dialect import Expr, all_of, where
from jixiao.scoring.exact import Exact, Whole, affine, constant, floor_div, half_up
from jixiao.scoring.intervals import Interval
from jixiao.scoring.measuring import Value
from jixiao.scoring.numbers import SCALE, step_of
from jixiao.scoring.numbers import half_up as round_half_up
from jixiao.scoring.scales import Piece


def points_of(
    value: Value, pieces: tuple[Piece, ...], *, decimals: int, factor: Exact | None
) -> Exact:
    """Points in ten-thousandths, rounded once to ``decimals``; gaps stay gaps."""
    parts = [_piece_points(value, piece, decimals, factor) for piece in pieces]
    if len(parts) == 1:
        return _keep_gaps(value, parts[0], flat=pieces[0].slope == 0)
    chain = parts[-1].expr
    for piece, part in zip(reversed(pieces[:-1]), reversed(parts[:-1]), strict=True):
        test = holds(value.top, value.bottom, piece.within)
        chain = where(test, part.expr, chain)
    low, high = min(part.low for part in parts), max(part.high for part in parts)
    return _keep_gaps(value, Exact(chain, low, high), flat=True)


def _keep_gaps(value: Value, points: Exact, *, flat: bool) -> Exact:
    """A chain of constants would turn a gap into its last branch; a slope passes gaps on by itself."""
    if not flat:
        return points
    there = ~value.top.expr.is_null()
    if isinstance(value.bottom, Exact):
        there = there & ~value.bottom.expr.is_null()
    return Exact(where(there, points.expr), points.low, points.high)


def holds(top: Exact, bottom: Whole, within: Interval) -> Expr:
    """Whether top ÷ bottom lies in the range, by cross-multiplication: no division, no rounding."""
    tests: list[Expr] = []
    if within.low is not None:
        left, right = _sides(top, bottom, within.low)
        tests.append(left >= right if within.low_closed else left > right)
    if within.high is not None:
        left, right = _sides(top, bottom, within.high)
        tests.append(left <= right if within.high_closed else left < right)
    # Any number at all lies in an open range, but a gap is no number.
    known = [top.expr == top.expr]  # true, or null for a gap
    if isinstance(bottom, Exact):
        known.append(bottom.expr == bottom.expr)
    return all_of(tests or known)


def _sides(top: Exact, bottom: Whole, bound: Fraction) -> tuple[Expr, Expr | int]:
    if isinstance(bottom, int):
        edge = bound * bottom
        return (top * edge.denominator).expr, edge.numerator
    return (top * bound.denominator).expr, (bottom * bound.numerator).expr


def _piece_points(value: Value, piece: Piece, decimals: int, factor: Exact | None) -> Exact:
    top, bottom, base, slope = value.top, value.bottom, piece.base, piece.slope
    if slope == 0 and factor is None:
        return constant(int(round_half_up(base, decimals) * SCALE), top.expr)
    if slope != 0 and piece.whole is not None:
        top, bottom = _whole_steps(value, piece), 1
        slope = slope * piece.whole
    else:
        base = base - slope * piece.origin
    unit = 10**decimals
    top, bottom = affine(top, bottom, base=base * unit, slope=slope * unit)
    if factor is not None:
        top, bottom = top * factor, bottom * SCALE
    return half_up(top, bottom) * step_of(decimals)


def _whole_steps(value: Value, piece: Piece) -> Exact:
    """Signed number of whole steps from the origin, counted towards the value."""
    assert piece.whole is not None  # noqa: S101 - the caller asked for whole steps
    per_step = Fraction(1) / piece.whole
    top, bottom = affine(value.top, value.bottom, base=-piece.origin * per_step, slope=per_step)
    upward = piece.within.low is not None
    distance = top if upward else -top
    inside = Exact(distance.expr.clip(0, None), 0, max(distance.high, 0))
    steps = floor_div(inside, bottom)
    return steps if upward else -steps
