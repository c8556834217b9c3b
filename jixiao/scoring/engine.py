"""How does a frame of inputs become a frame of results? The whole run, on any engine.

frame of inputs → marks of each round → the year → places, tiers, gates, consequences.
"""

from collections.abc import Mapping, Sequence

from jixiao.scoring.columns import BASE, CELL, GROUP, POOL, ROUND, Columns
from jixiao.scoring.dialect import Expr, Frame, dialect_of, whole
from jixiao.scoring.kernel import build
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.standing import stand
from jixiao.scoring.year import year


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
    before = len(columns.stages)
    if scheme.rounds:
        frame = year(scheme, frame, columns)
    stand(scheme, columns)
    return run(frame, columns.stages[before:])
