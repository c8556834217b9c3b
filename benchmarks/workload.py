"""What is measured: 30 items of six kinds, wide sheets with marks of one decimal, three groups."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from jixiao.scoring.scheme import Scheme

EACH = range(5)
INPUTS = [f"{kind}{i}" for kind in ("rank", "best", "mean", "case", "band") for i in EACH]
INPUTS += [f"ratio{i}{side}" for i in EACH for side in ("a", "t")]
GROUPS = 3


def reported(data: str) -> dict[str, object]:
    """A measure that takes one column."""
    return {"kind": "reported", "data": data}


def rules() -> list[tuple[str, str, dict[str, object], dict[str, object]]]:
    """Code, points, measure, scale of the 30 items."""
    below = {"per": "1%", "points": "0.1"}
    bands = [{"within": "≥90", "points": "2"}, {"within": "[80,90)", "points": "1.6"}]
    found = []
    for i in EACH:
        ratio = {
            "kind": "ratio",
            "numerator": [{"data": f"ratio{i}a"}],
            "denominator": [{"data": f"ratio{i}t"}],
        }
        found += [
            (f"rank{i}", "5", {"kind": "rank", "of": reported(f"rank{i}")}, _scale("per_place", each="2%")),
            (f"best{i}", "4", {"kind": "to_best", "of": reported(f"best{i}")}, _scale("proportional")),
            (f"ratio{i}", "3", ratio, _scale("proportional")),
            (f"case{i}", "3", reported(""), _scale("deduct", each="0.5")),
            (f"mean{i}", "3", {"kind": "to_mean", "of": reported(f"mean{i}")}, _scale("steps", below=below)),
            (f"band{i}", "2", reported(""), _scale("bands", bands=bands)),
        ]  # fmt: skip
    return found


def _scale(kind: str, **settings: object) -> dict[str, object]:
    return {"kind": kind, **settings}


def scheme(units: int = 0) -> Scheme:
    """The scheme; ``units`` names that many units so that whole runs can be made."""
    items = [
        {"code": code, "name": code, "points": points, "rule": {"measure": measure, "scale": scale}}
        for code, points, measure, scale in rules()
    ]
    groups = [
        {"name": f"组{g}", "units": [{"name": f"单位{u}"} for u in range(g, units, GROUPS)]}
        for g in range(GROUPS)
    ]
    return Scheme.model_validate(
        {"title": "基准办法", "full": "100", "groups": groups, "items": items}
    )


def sheet(subjects: int) -> pl.DataFrame:
    """A synthetic sheet: values 0.0 to 100.0 with one decimal, cases 0 to 7, targets above zero."""
    chance = np.random.default_rng(20100220)
    columns: dict[str, np.ndarray] = {
        name: chance.integers(0, 1001, subjects) * 1000 for name in INPUTS
    }
    for i in EACH:
        columns[f"case{i}"] = chance.integers(0, 8, subjects) * 10_000
        columns[f"ratio{i}t"] = chance.integers(1, 1001, subjects) * 1000
    return pl.DataFrame(
        {
            "unit": pl.int_range(subjects, eager=True),
            "group": np.sort(chance.integers(0, GROUPS, subjects)),
            "pool": np.zeros(subjects, dtype=np.int64),
            **columns,
        }
    )


def ranges(frame: pl.DataFrame) -> Mapping[str, tuple[int, int]]:
    """What the sheet reader knows of every column: its least and greatest value."""
    ends = frame.select(
        *[pl.col(name).min().alias(f"{name}<") for name in INPUTS],
        *[pl.col(name).max().alias(f"{name}>") for name in INPUTS],
    ).row(0, named=True)
    return {name: (ends[f"{name}<"], ends[f"{name}>"]) for name in INPUTS}


def long_table(frame: pl.DataFrame) -> pl.DataFrame:
    """The same values as one row a subject and item, with the target beside the value."""
    keys = ["unit", "group"]
    plain = [name for name in INPUTS if not name.startswith("ratio")]
    base = frame.select(*keys, *plain).unpivot(index=keys, variable_name="item")
    ratios = [
        frame.select(
            *keys,
            item=pl.lit(f"ratio{i}"),
            value=pl.col(f"ratio{i}a"),
            target=pl.col(f"ratio{i}t"),
        )
        for i in EACH
    ]
    return pl.concat([base.with_columns(target=pl.lit(None, pl.Int64)), *ratios])
