"""How does a frame of inputs become a frame of results? The whole run, on any engine.

frame of inputs → marks of each round → the year → places, tiers, gates, consequences.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from math import lcm

from jixiao.scoring.columns import BASE, CELL, GROUP, POOL, ROUND, UNIT, Columns
from jixiao.scoring.dialect import Expr, Frame, dialect_of, where, whole
from jixiao.scoring.exact import Exact, constant, half_up, positive
from jixiao.scoring.inputs import history_years, standing_keys
from jixiao.scoring.kernel import build
from jixiao.scoring.numbers import step_of
from jixiao.scoring.scheme import Scheme, walk
from jixiao.scoring.standing import stand


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
    columns = Columns(dict(ranges), rows, dialect_of(frame))
    build(scheme, columns, trace=trace)
    base = whole(columns.col(POOL))
    pool = base * len(scheme.rounds) + columns.col(ROUND) if scheme.rounds else base
    cell = pool * len(scheme.groups) + columns.col(GROUP)
    frame = frame.with_columns(**{BASE: base, POOL: pool, CELL: cell})
    return run(frame, columns.stages), columns


def run(frame: Frame, stages: Sequence[Mapping[str, Expr]]) -> Frame:
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
    inputs = sorted(_year_inputs(scheme) & set(columns.ranges))
    parts = _weighed(mark_names(scheme, columns), weights, columns)
    for name, place in product(inputs, range(len(weights))):
        parts[f"{name}@@{place}"] = where(columns.col(ROUND) == place, columns.col(name))
    gap = whole(columns.col("total").is_null())
    sums = [columns.col(name).sum() for name in parts if "@@" not in name]
    latest = [columns.col(name).max() for name in parts if "@@" in name]
    grouped = (
        frame.with_columns(**parts, gap=gap)
        .group_by(UNIT, GROUP, BASE)
        .agg(*sums, *latest, columns.col("gap").max())
    )
    settled = _settle_year(scheme, columns, inputs, most=sum(weights))
    cell = columns.col(BASE) * len(scheme.groups) + columns.col(GROUP)
    return grouped.with_columns(**settled, **{CELL: cell, POOL: columns.col(BASE)})


def _weighed(names: list[str], weights: list[int], columns: Columns) -> dict[str, Expr]:
    """For each mark: mark × weight, and the weight where there is a mark."""
    weight = constant(weights[0], columns.col(ROUND)).expr
    for place, value in enumerate(weights[1:], start=1):
        weight = where(columns.col(ROUND) == place, value, weight)
    parts = {}
    for name in names:
        mark = columns.col(name)
        parts[f"{name}*"] = mark * weight
        parts[f"{name}/"] = where(~mark.is_null(), weight)
    return parts


def _settle_year(
    scheme: Scheme, columns: Columns, inputs: list[str], *, most: int
) -> dict[str, Expr]:
    step = step_of(scheme.decimals)
    found = {}
    for name in mark_names(scheme, columns):
        low, high = columns.ranges[name]
        top = Exact(columns.col(f"{name}*"), min(low, 0) * most, max(high, 0) * most)
        bottom = positive(Exact(columns.col(f"{name}/"), 0, most))
        found[name] = (half_up(top, bottom * step) * step).expr
    found["total"] = where(columns.col("gap") == 0, found["total"])
    places = range(len(scheme.rounds) - 1, -1, -1)
    for name in inputs:
        found[name] = columns.n.coalesce(*[columns.col(f"{name}@@{place}") for place in places])
    return found


def mark_names(scheme: Scheme, columns: Columns) -> list[str]:
    """The columns that hold marks: items, categories, main, adjust and total."""
    nodes = [f"mark:{item.code}" for item in walk((*scheme.items, *scheme.adjustments))]
    return [*nodes, *(name for name in ("main", "adjust", "total") if name in columns.ranges)]


def _year_inputs(scheme: Scheme) -> set[str]:
    history = {f"tier@{back}" for back in range(1, history_years(scheme) + 1)}
    return standing_keys(scheme) | history
