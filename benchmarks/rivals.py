"""The same scheme by other hands: exact integers everywhere, totals must agree to the last digit."""

import duckdb
import pandas as pd
import polars as pl

from benchmarks.workload import EACH

SQL = """
with measured as (
  select unit, group_no, regexp_replace(item, '[0-9]', '') as kind, value, target,
         rank() over w as place, max(value) over g as best,
         sum(value) over g as total, count(value) over g as size
  from marks
  window w as (partition by item, group_no order by value desc),
         g as (partition by item, group_no)
), pointed as (
  select unit, case kind
    when 'rank' then greatest(0, 50000 - 1000 * (place - 1))
    when 'best' then ((800 * value + best) // (2 * best)) * 100
    when 'ratio' then least(30000, ((600 * value + target) // (2 * target)) * 100)
    when 'case' then greatest(0, 30000 - value // 2)
    when 'mean' then case when value * size >= total then 30000
         else greatest(0, (2 * (1000 * value * size - 700 * total) + total) // (2 * total)) * 100 end
    when 'band' then case when value >= 900000 then 20000 when value >= 800000 then 16000 else 0 end
  end as points
  from measured
)
select unit, sum(points)::bigint as total from pointed group by unit order by unit
"""


class DuckLong:
    """(a) with the table loaded beforehand, so that only the query is timed."""

    def __init__(self, marks: pl.DataFrame) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set enable_progress_bar = false")
        self.connection.register("source", marks.rename({"group": "group_no"}).to_arrow())
        self.connection.execute("create table marks as select * from source")

    def totals(self) -> pl.DataFrame:
        """unit, total."""
        return pl.DataFrame(self.connection.sql(SQL).to_arrow_table())


def pandas_long(marks: pd.DataFrame) -> pd.DataFrame:
    """(b) straightforward pandas over the long table."""
    frame = marks.assign(kind=marks["item"].str.replace(r"\d", "", regex=True))
    groups = frame.groupby(["item", "group"])["value"]
    place = groups.rank("min", ascending=False).astype("int64")
    best, total = groups.transform("max"), groups.transform("sum")
    size, value = groups.transform("count"), frame["value"]
    target = frame["target"].fillna(1).astype("int64")
    points = pd.Series(0, index=frame.index)
    is_kind = {kind: frame["kind"] == kind for kind in frame["kind"].unique()}
    points[is_kind["rank"]] = (50000 - 1000 * (place - 1)).clip(lower=0)
    points[is_kind["best"]] = (800 * value + best) // (2 * best) * 100
    points[is_kind["ratio"]] = ((600 * value + target) // (2 * target) * 100).clip(upper=30000)
    points[is_kind["case"]] = (30000 - value // 2).clip(lower=0)
    near = ((2 * (1000 * value * size - 700 * total) + total) // (2 * total)).clip(lower=0) * 100
    points[is_kind["mean"]] = near.where(value * size < total, 30000)
    band = pd.Series(0, index=frame.index).mask(value >= 800_000, 16000)
    points[is_kind["band"]] = band.mask(value >= 900_000, 20000)
    return points.groupby(frame["unit"]).sum().rename("total").reset_index()


def pandas_wide(frame: pd.DataFrame) -> pd.DataFrame:
    """(b) straightforward pandas over the wide sheet, which flatters it."""
    group = frame["group"]
    total = pd.Series(0, index=frame.index)
    for i in EACH:
        place = frame[f"rank{i}"].groupby(group).rank("min", ascending=False).astype("int64")
        total += (50000 - 1000 * (place - 1)).clip(lower=0)
        best = frame[f"best{i}"].groupby(group).transform("max")
        total += (800 * frame[f"best{i}"] + best) // (2 * best) * 100
        done, target = frame[f"ratio{i}a"], frame[f"ratio{i}t"]
        total += ((600 * done + target) // (2 * target) * 100).clip(upper=30000)
        total += (30000 - frame[f"case{i}"] // 2).clip(lower=0)
        value = frame[f"mean{i}"]
        size, whole = value.groupby(group).transform("count"), value.groupby(group).transform("sum")
        near = ((2 * (1000 * value * size - 700 * whole) + whole) // (2 * whole)).clip(
            lower=0
        ) * 100
        total += near.where(value * size < whole, 30000)
        band = pd.Series(0, index=frame.index).mask(frame[f"band{i}"] >= 800_000, 16000)
        total += band.mask(frame[f"band{i}"] >= 900_000, 20000)
    return pd.DataFrame({"unit": frame["unit"], "total": total})


def polars_by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """(c) hand-written Polars without our layer: 30 points and the total."""
    points = [each for i in EACH for each in _by_hand(i)]
    named = [each.alias(f"p{n}") for n, each in enumerate(points)]
    names = [f"p{n}" for n in range(len(points))]
    marked = frame.lazy().with_columns(named)
    return marked.select(*names, total=pl.sum_horizontal(names)).collect()


def _by_hand(i: int) -> list[pl.Expr]:
    rank, best, mean = pl.col(f"rank{i}"), pl.col(f"best{i}"), pl.col(f"mean{i}")
    done, target, band = pl.col(f"ratio{i}a"), pl.col(f"ratio{i}t"), pl.col(f"band{i}")
    top = best.max().over("group")
    place = rank.rank("min", descending=True).over("group").cast(pl.Int64)
    size, whole = mean.count().over("group").cast(pl.Int64), mean.sum().over("group")
    near = (1000 * mean * size - 700 * whole + whole // 2) // whole * 100
    return [
        (50000 - 1000 * (place - 1)).clip(0, None),
        (400 * best + top // 2) // top * 100,
        ((300 * done + target // 2) // target * 100).clip(None, 30000),
        (30000 - pl.col(f"case{i}") // 2).clip(0, None),
        pl.when(mean * size >= whole).then(30000).otherwise(near.clip(0, None)),
        pl.when(band >= 900_000).then(20000).when(band >= 800_000).then(16000).otherwise(0),
    ]
