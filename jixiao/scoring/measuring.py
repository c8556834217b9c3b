"""How is each kind of measure computed for everybody at once?"""

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import assert_never

from jixiao.scoring.columns import Columns, data_columns, data_item, scope_column
from jixiao.scoring.dialect import Expr, any_of, dialect_of, where, whole
from jixiao.scoring.exact import Exact, Whole, constant, half_up, positive
from jixiao.scoring.measures import (
    Events,
    GivenRank,
    Growth,
    Mean,
    Measure,
    Order,
    Plain,
    Position,
    Rank,
    Ratio,
    Relative,
    Reported,
    Scope,
    Term,
    ToBest,
    ToMean,
    TopTimes,
    Votes,
)
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.ranking import place_in
from jixiao.scoring.scheme import DataItem, Scheme


@dataclass(frozen=True)
class Value:
    """The measured number as an exact quotient; ``bottom`` is positive."""

    top: Exact
    bottom: Whole


@dataclass(frozen=True)
class Meter:
    """What measuring needs to know: the scheme, the columns so far, the slot's name and mask."""

    scheme: Scheme
    columns: Columns
    name: str
    mask: Expr | None

    def measure(self, measure: Measure) -> Value:
        """The measured value of one slot; columns that others build on are put in early stages."""
        if isinstance(measure, Relative):
            return self._relative(measure)
        return self._plain(measure)

    def _plain(self, measure: Plain) -> Value:
        match measure:
            case Reported():
                return self._data(measure.data or self.name.partition("/")[0])
            case Ratio():
                common = _common_denominator((*measure.numerator, *measure.denominator))
                top = self._sum(measure.numerator, common)
                return _quotient(top, self._sum(measure.denominator, common))
            case Growth():
                value, base = self.number(measure.data), self.number(measure.base)
                return _quotient(value - base, base)
            case Mean():
                parts = [(self.number(term.data), term.factor) for term in measure.terms]
                return _weighted_mean(parts)
            case Votes():
                return self._votes(measure)
            case Events():
                return Value(self.columns.get(f"events:{self.name.partition('/')[0]}"), SCALE)
            case _:
                assert_never(measure)

    def _relative(self, measure: Relative) -> Value:
        match measure:
            case Rank():
                return self._rank(measure)
            case GivenRank():
                return self._given_rank(measure)
            case ToBest():
                return self._to_best(measure)
            case ToMean():
                return self._to_mean(measure)
            case Position():
                return self._position(measure)
            case TopTimes():
                return self._top_times(measure)
            case _:
                assert_never(measure)

    def _data(self, key: str) -> Value:
        data = data_item(self.scheme, key)
        columns = [self.columns.get(name) for name in data_columns(data)]
        return Value(columns[0], SCALE) if len(columns) == 1 else _over_periods(data, columns)

    def number(self, key: str) -> Exact:
        """A data item as one integer column of ten-thousandths."""
        return _number(self._data(key))

    def _sum(self, terms: tuple[Term, ...], common: int) -> Exact:
        parts = [self.number(term.data) * int(term.factor * common) for term in terms]
        return reduce(Exact.__add__, parts)

    def _votes(self, measure: Votes) -> Value:
        common = _common_denominator(measure.options)
        ballots = [_filled(self.number(term.data)) for term in measure.options]
        worth = [
            ballot * int(term.factor * common)
            for ballot, term in zip(ballots, measure.options, strict=True)
        ]
        return _quotient(reduce(Exact.__add__, worth), reduce(Exact.__add__, ballots) * common)

    def _key(self, of: Plain) -> Exact:
        """The number to compare by, gaps where the item does not apply, as a column of its own."""
        number = _number(self._plain(of))
        if self.mask is None and isinstance(of, Reported):
            return number
        return self.columns.put(0, f"key:{self.name}", self._masked(number))

    def _masked(self, number: Exact) -> Exact:
        """Gaps where the item does not apply, so that nobody is compared with those."""
        if self.mask is None:
            return number
        return Exact(where(self.mask, number.expr), number.low, number.high)

    def _rank(self, measure: Rank) -> Value:
        key, scope = self._key(measure.of), scope_column(measure.scope)
        place = self._place(key, measure.best, scope, dense=measure.ties == "dense")
        if measure.take == "place":
            return Value(place, 1)
        count = Exact(whole(key.expr.count().over(scope)), 1, self.columns.rows)
        alone = count.expr == 1
        top = where(alone, place.expr, count.expr - place.expr)
        bottom = where(alone, count.expr, count.expr - 1)
        return Value(
            Exact(top, 0, self.columns.rows), Exact(bottom, 1, max(self.columns.rows - 1, 1))
        )

    def _place(self, key: Exact, best: Order, scope: str, *, dense: bool = False) -> Exact:
        return Exact(
            place_in(key, scope=scope, best=best, dense=dense), 1, max(self.columns.rows, 1)
        )

    def _given_rank(self, measure: GivenRank) -> Value:
        place = self.number(measure.data)
        if measure.take == "place":
            return Value(place, SCALE)
        if measure.size == 1:
            return Value(place * 0 + 1, 1)
        size = measure.size * SCALE
        return Value(-place + size, size - SCALE)

    def _to_best(self, measure: ToBest) -> Value:
        key = self._key(measure.of)
        best = _best(key, measure.best, measure.scope)
        if measure.best == "high":
            return _quotient(key, best)
        return _quotient(best, key)

    def _to_mean(self, measure: ToMean) -> Value:
        key = self._key(measure.of)
        if measure.given:
            mean = self.number(measure.given)
            total, count = mean, constant(1, key.expr)
            value = key
        else:
            scope, rows = scope_column(measure.scope), self.columns.rows
            total = Exact(
                key.expr.sum().over(scope), min(key.low * rows, 0), max(key.high * rows, 0)
            )
            count = Exact(whole(key.expr.count().over(scope)), 1, rows)
            value = key * count
        match measure.take:
            case "ratio":
                return _quotient(value, total)
            case "excess":
                return _quotient(value - total, total)
            case "difference":
                return Value(value - total, count * SCALE)

    def _position(self, measure: Position) -> Value:
        key = self._key(measure.of)
        worst_is: Order = "low" if measure.best == "high" else "high"
        stated = [end for end in (measure.satisfied, measure.unallowed) if end is not None]
        finer = lcm(*((end * SCALE).denominator for end in stated))  # 1/3 stays exact
        key = key * finer

        def end(value: Fraction | None, best: Order) -> Exact:
            if value is None:
                return _best(key, best, measure.scope)
            return constant(int(value * SCALE * finer), key.expr)

        best, worst = end(measure.satisfied, measure.best), end(measure.unallowed, worst_is)
        sign = 1 if measure.best == "high" else -1
        span, reach = (best - worst) * sign, (key - worst) * sign
        same = span.expr == 0
        top = where(same, key.expr * 0 + 1, reach.expr)
        bottom = where(same, 1, span.expr)
        return _quotient(
            Exact(top, min(reach.low, 1), max(reach.high, 1)),
            Exact(bottom, min(span.low, 1), max(span.high, 1)),
        )

    def _top_times(self, measure: TopTimes) -> Value:
        data = data_item(self.scheme, measure.data)
        scope = scope_column(measure.scope)
        hits, there = [], []
        for index, name in enumerate(data_columns(data), start=1):
            key = self._masked(self.columns.get(name))
            place = self._place(key, measure.best, scope)
            column = self.columns.put(0, f"place:{self.name}@{index}", place)
            hits.append(whole(column.expr <= measure.top).fill_null(0))
            there.append(~column.expr.is_null())
        times = reduce(lambda a, b: a + b, hits)
        return Value(Exact(where(any_of(there), times), 0, data.times), 1)


def _number(value: Value) -> Exact:
    """The value in ten-thousandths, rounded half-up where it does not end there."""
    if value.bottom == SCALE:
        return value.top
    return half_up(value.top * SCALE, value.bottom)


def _quotient(top: Exact, bottom: Exact) -> Value:
    return Value(top, positive(bottom))


def _best(key: Exact, best: Order, scope: Scope) -> Exact:
    column = scope_column(scope)
    found = key.expr.max() if best == "high" else key.expr.min()
    return Exact(found.over(column), key.low, key.high)


def _common_denominator(terms: tuple[Term, ...]) -> int:
    """One denominator for all factors, so that sums of both sides of a quotient stay integers."""
    return lcm(*(term.factor.denominator for term in terms))


def _filled(column: Exact) -> Exact:
    return Exact(column.expr.fill_null(0), min(column.low, 0), max(column.high, 0))


def _weighted_mean(parts: list[tuple[Exact, Fraction]]) -> Value:
    """Σ weight × value ÷ Σ weight over those that are there."""
    common = lcm(*(weight.denominator for _, weight in parts))
    tops, weights = [], []
    for column, weight in parts:
        there = Exact(whole(~column.expr.is_null()), 0, 1)
        tops.append(_filled(column) * int(weight * common))
        weights.append(there * int(weight * common))
    return _quotient(reduce(Exact.__add__, tops), reduce(Exact.__add__, weights) * SCALE)


def _over_periods(data: DataItem, columns: list[Exact]) -> Value:
    low, high = min(c.low for c in columns), max(c.high for c in columns)
    n = dialect_of(columns[0].expr)
    match data.take:
        case "mean":
            weights = data.weights or (Fraction(1),) * len(columns)
            return _weighted_mean(list(zip(columns, weights, strict=True)))
        case "sum":
            there = any_of([~c.expr.is_null() for c in columns])
            total = reduce(Exact.__add__, map(_filled, columns))
            return Value(Exact(where(there, total.expr), total.low, total.high), SCALE)
        case "last":
            latest = n.coalesce(*[c.expr for c in reversed(columns)])
            return Value(Exact(latest, low, high), SCALE)
        case "highest":
            return Value(Exact(n.max_horizontal(*[c.expr for c in columns]), low, high), SCALE)
