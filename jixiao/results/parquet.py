"""How does a result look as a table for other programs? One row a unit, whole ten-thousandths."""

from pathlib import Path

import polars as pl

from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.scheme import walk


def table(result: Result) -> pl.DataFrame:
    """One row a unit in sheet order; marks are int64 ten-thousandths, gaps are null.

    ``total`` is the year's; ``total@h1`` and ``mark_2.1@h1`` are a round's. ``tier_by_marks`` is the
    tier before gates. Which code is which item stands in the file's metadata.
    """
    units = list(result.year)
    columns = [
        pl.Series("unit", units, pl.String),
        pl.Series("group", [result.group_of(unit) for unit in units], pl.String),
        pl.Series("tier", [result.tier_of(unit) or None for unit in units], pl.String),
        pl.Series("tier_by_marks", [_tier_by_marks(result, unit) for unit in units], pl.String),
    ]
    for code, rows in {"": result.year, **{k: v for k, v in result.rounds.items() if k}}.items():
        found = [rows.get(unit, {}) for unit in units]
        for name, source in _names(result, code).items():
            label = f"{name}@{code}" if code else name
            columns.append(pl.Series(label, [row.get(source) for row in found], pl.Int64))
    return pl.DataFrame(columns)


def write_parquet(result: Result, path: Path) -> None:
    """Write the table with the seal's digests; the same result gives the same bytes."""
    nodes = walk((*result.scheme.items, *result.scheme.adjustments))
    digests = result.as_json()["digests"]
    metadata = {
        "title": result.scheme.title,
        "engine": result.engine,
        "scale": str(SCALE),
        **{f"digest_{name}": value for name, value in digests.items()},
        **{f"mark_{item.code}": item.name for item in nodes},
        **{f"round_{each.code}": each.name for each in result.scheme.rounds},
    }
    table(result).write_parquet(path, compression="zstd", statistics=True, metadata=metadata)


def _tier_by_marks(result: Result, unit: str) -> str | None:
    place = result.year[unit].get("tier0")
    return None if place is None else result.scheme.tiers[place].name


def _names(result: Result, round_code: str) -> dict[str, str]:
    """Our column name → the engine's; places belong to the year only."""
    places = {} if round_code else {"rank": "rank", "rank_all": "rank_all"}
    nodes = walk((*result.scheme.items, *result.scheme.adjustments))
    adjust = {"adjust": "adjust"} if result.scheme.adjustments else {}
    marks = {f"mark_{item.code}": f"mark:{item.code}" for item in nodes}
    return {**places, "total": "total", "main": "main", **adjust, **marks}
