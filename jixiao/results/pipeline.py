"""How does a result come about? Frozen scheme → sheet → marks → tiers → sealed result."""

from collections.abc import Mapping

import polars as pl

from jixiao import __version__
from jixiao.results.result import Marks, Result
from jixiao.scoring.columns import BASE, CELL, GROUP, POOL, ROUND, UNIT
from jixiao.scoring.engine import marks, standings
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Sheet, ranges_of, to_frame
from jixiao.scoring.year import GAP, MUSTS

BOOKKEEPING = (UNIT, GROUP, POOL, ROUND, CELL, BASE, GAP, MUSTS)


def evaluate(scheme: Scheme, sheet: Sheet) -> Result:
    """Apply a scheme to a sheet. No clock, no settings, no chance: the same in, the same out."""
    frame = to_frame(scheme, sheet)
    marked, columns = marks(scheme, frame.lazy(), ranges_of(frame), rows=frame.height, trace=True)
    rows = marked.collect()
    year = pl.DataFrame(standings(scheme, rows.lazy(), columns).collect())
    codes = [each.code for each in scheme.rounds] or [""]
    rounds = {
        code: _by_unit(rows.filter(pl.col(ROUND) == place), frame)
        for place, code in enumerate(codes)
    }
    return Result(scheme, sheet, __version__, _by_unit(year, frame), rounds)


def _by_unit(rows: pl.DataFrame, sheet: pl.DataFrame) -> Mapping[str, Marks]:
    order = {unit: place for place, unit in enumerate(dict.fromkeys(sheet[UNIT]))}
    kept = [name for name in rows.columns if name not in BOOKKEEPING]
    found = {row[UNIT]: {name: row[name] for name in kept} for row in rows.iter_rows(named=True)}
    return dict(sorted(found.items(), key=lambda each: order[each[0]]))
