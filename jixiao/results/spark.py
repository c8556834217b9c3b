"""How is a province or the nation scored? The same kernel on PySpark, from Parquet to Parquet.

Needs the extra ``spark``. The source has ``unit``, ``group`` (place in the scheme), ``pool`` (which
county: subjects are compared only inside one) and the inputs as int64 in ten-thousandths.
"""

import os
import sys
from pathlib import Path

import narwhals as nw
from pyspark.sql import SparkSession

from jixiao.scoring.columns import GROUP, POOL, UNIT
from jixiao.scoring.engine import marks, standings
from jixiao.scoring.scheme import Scheme

BOOKKEEPING = (UNIT, GROUP, POOL)


def local_session(*, cores: int = 2) -> SparkSession:
    """A session on this machine alone, bound to loopback, refusing silent overflow (ANSI)."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{cores}]").appName("jixiao")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.shuffle.partitions": str(2 * cores),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session


def score_parquet(scheme: Scheme, source: Path, target: Path, *, spark: SparkSession) -> None:
    """Score a sheet of any size: every mark, total, place and tier of each subject to ``target``."""
    frame = nw.from_native(spark.read.parquet(str(source)))
    inputs = [name for name in frame.collect_schema().names() if name not in BOOKKEEPING]
    ends = frame.select(
        *[nw.col(name).min().alias(f"{name}<") for name in inputs],
        *[nw.col(name).max().alias(f"{name}>") for name in inputs],
        nw.len().alias("rows"),
    ).collect()
    found = dict(zip(ends.columns, ends.row(0), strict=True))
    ranges = {name: (int(found[f"{name}<"]), int(found[f"{name}>"])) for name in inputs}
    marked, columns = marks(scheme, frame, ranges, rows=int(found["rows"]))
    stood = standings(scheme, marked, columns)
    names = [name for name in columns.ranges if name not in inputs]
    stood.select(UNIT, GROUP, *names).to_native().write.mode("overwrite").parquet(str(target))
