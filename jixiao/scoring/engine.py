"""How does a frame of inputs become a frame of results? The whole run, on any engine.

frame of inputs → marks of each round → the year → places, tiers, gates, consequences.
"""

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any

import narwhals as nw

from jixiao.scoring.columns import CELL, GROUP, POOL, ROUND, UNIT, Columns
from jixiao.scoring.exact import Exact, half_up, positive
from jixiao.scoring.inputs import history_years, standing_keys
from jixiao.scoring.kernel import build
from jixiao.scoring.numbers import step_of
from jixiao.scoring.scheme import Scheme, walk
from jixiao.scoring.standing import stand

Frame = nw.LazyFrame[Any]


def marks(
    scheme: Scheme,
    frame: Frame,
    ranges: Mapping[str, tuple[int, int]],
    *,
    rows: int,
    trace: bool = False,
) -> tuple[Frame, Columns]:
    """Every item's mark and the total for each row (a subject, in a round), lazily.

    ``frame`` has ``unit``, ``group`` (place in the scheme), ``pool`` (who is compared at all),
    ``round`` where the scheme has rounds, and int64 inputs in ten-thousandths inside ``ranges``.
    Columns named in ``ranges`` but absent from the frame are an error of the caller.
    """
    columns = build(scheme, ranges, rows=rows, trace=trace)
    pool = nw.col(POOL).cast(nw.Int64())
    if scheme.rounds:
        pool = pool * len(scheme.rounds) + nw.col(ROUND)
    frame = frame.with_columns(pool.alias(POOL), base=nw.col(POOL))
    cell = nw.col(POOL) * len(scheme.groups) + nw.col(GROUP)
    return run(frame.with_columns(cell.alias(CELL)), columns.stages), columns


def run(frame: Frame, stages: Sequence[Mapping[str, nw.Expr]]) -> Frame:
    """Apply the stages in order."""
    for stage in stages:
        if stage:
            frame = frame.with_columns(**stage)
    return frame


def standings(scheme: Scheme, frame: Frame, columns: Columns) -> Frame:
    """The year's marks, then places, tiers, gates and consequences: one row a subject."""
    if scheme.rounds:
        frame = _year(scheme, frame, columns)
    before = len(columns.stages)
    stand(scheme, columns)
    return run(frame, columns.stages[before:])


def _year(scheme: Scheme, frame: Frame, columns: Columns) -> Frame:
    """Each mark is the weighted mean of its rounds, rounded once; inputs are the latest round's.

    A round counts where it has a mark, so that an item that is looked at once a year stays whole;
    a refused gap in any round leaves the total a gap.
    """
    common = lcm(*(each.weight.denominator for each in scheme.rounds))
    weights = [int(each.weight * common) for each in scheme.rounds]
    names = mark_names(scheme, columns)
    inputs = sorted(_year_inputs(scheme) & set(columns.ranges))
    weight = _by_round(weights)
    frame = frame.with_columns(
        **{f"{name}*": nw.col(name) * weight for name in names},
        **{f"{name}/": nw.when(~nw.col(name).is_null()).then(weight) for name in names},
        **{
            f"{name}@@{place}": nw.when(nw.col(ROUND) == place).then(nw.col(name))
            for name in inputs
            for place in range(len(weights))
        },
        gap=nw.col("total").is_null().cast(nw.Int64()),
    )
    sums = [nw.col(f"{name}{sign}").sum() for name in names for sign in "*/"]
    latest = [nw.col(f"{name}@@{place}").max() for name in inputs for place in range(len(weights))]
    grouped = frame.group_by(UNIT, GROUP, "base").agg(*sums, *latest, nw.col("gap").max())
    return _settle_year(scheme, grouped, columns, inputs).rename({"base": POOL})


def _settle_year(scheme: Scheme, grouped: Frame, columns: Columns, inputs: list[str]) -> Frame:
    unit = step_of(scheme.decimals)
    common = lcm(*(each.weight.denominator for each in scheme.rounds))
    most = sum(int(each.weight * common) for each in scheme.rounds)
    found = {}
    for name in mark_names(scheme, columns):
        low, high = columns.ranges[name]
        top = Exact(nw.col(f"{name}*"), min(low, 0) * most, max(high, 0) * most)
        bottom = positive(Exact(nw.col(f"{name}/"), 0, most))
        found[name] = (half_up(top, bottom * unit) * unit).expr
    found["total"] = nw.when(nw.col("gap") == 0).then(found["total"])
    places = range(len(scheme.rounds) - 1, -1, -1)
    for name in inputs:
        found[name] = nw.coalesce(*[nw.col(f"{name}@@{place}") for place in places])
    cell = nw.col("base").cast(nw.Int64()) * len(scheme.groups) + nw.col(GROUP)
    return grouped.with_columns(**found, cell=cell)


def _by_round(values: list[int]) -> nw.Expr:
    expr: nw.Expr = nw.lit(values[0], nw.Int64())
    for place, value in enumerate(values[1:], start=1):
        expr = nw.when(nw.col(ROUND) == place).then(nw.lit(value, nw.Int64())).otherwise(expr)
    return expr


def mark_names(scheme: Scheme, columns: Columns) -> list[str]:
    """The columns that hold marks: items, categories, main, adjust and total."""
    nodes = [f"mark:{item.code}" for item in walk((*scheme.items, *scheme.adjustments))]
    return [*nodes, *(name for name in ("main", "adjust", "total") if name in columns.ranges)]


def _year_inputs(scheme: Scheme) -> set[str]:
    history = {f"tier@{back}" for back in range(1, history_years(scheme) + 1)}
    return standing_keys(scheme) | history
