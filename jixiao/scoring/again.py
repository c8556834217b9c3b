"""What would a year's marks come to if some were others? Totals, places, tiers and gates once more.

The items' marks are taken as they are given, not worked out from figures. Every case is a pool of its
own, so one run of the engine answers hundreds of them.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from jixiao.scoring.columns import BASE, CELL, GROUP, POOL, ROUND, UNIT, Columns, all_leaves
from jixiao.scoring.dialect import dialect_of
from jixiao.scoring.engine import run
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import ranges_of
from jixiao.scoring.standing import stand
from jixiao.scoring.year import GAP, MUSTS, put_tree, year_inputs

Known = Mapping[str, int | None]
"""One unit's year: marks of items and what gates look at, in ten-thousandths."""
KEPT = ("total", "rank", "tier0", "tier")


def restand(
    scheme: Scheme, year: Mapping[str, Known], cases: Sequence[Mapping[str, Known]]
) -> list[dict[str, Known]]:
    """Where every unit stands in each case; a case names the units and marks that are others."""
    frame = _frame(scheme, year, cases)
    columns = Columns(ranges_of(frame), max(frame.height, 1), dialect_of(frame.lazy()))
    put_tree(scheme, columns)
    stand(scheme, columns)
    kept = [name for name in KEPT if name in columns.ranges]
    rows = run(frame.lazy(), columns.stages).select(POOL, UNIT, *kept).collect()
    found: list[dict[str, Known]] = [{} for _ in cases]
    for row in rows.iter_rows(named=True):
        found[row[POOL]][row[UNIT]] = {name: row[name] for name in kept}
    return found


def _frame(
    scheme: Scheme, year: Mapping[str, Known], cases: Sequence[Mapping[str, Known]]
) -> pl.DataFrame:
    """One row a case and unit."""
    places = {unit.name: i for i, group in enumerate(scheme.groups) for unit in group.units}
    told = next(iter(year.values()), {})
    names = [f"mark:{item.code}" for item in all_leaves(scheme)] + year_inputs(scheme, told)
    rows = [(n, unit) for n in range(len(cases)) for unit in year]
    known = [{**year[unit], **cases[n].get(unit, {})} for n, unit in rows]
    musts, groups = sum(not each.optional for each in scheme.rounds), len(scheme.groups)
    numbers: dict[str, list[int | None]] = {
        GROUP: [places[unit] for _, unit in rows],
        ROUND: [0] * len(rows),
        POOL: [n for n, _ in rows],
        BASE: [n for n, _ in rows],
        CELL: [n * groups + places[unit] for n, unit in rows],
        GAP: [int(each["total"] is None) for each in known],
        MUSTS: [musts] * len(rows),
        **{name: [each.get(name) for each in known] for name in names},
    }
    found = {name: pl.Series(name, values, pl.Int64) for name, values in numbers.items()}
    return pl.DataFrame({UNIT: pl.Series(UNIT, [unit for _, unit in rows], pl.String), **found})
