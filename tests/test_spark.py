"""One kernel, two engines: PySpark and Polars agree in every cell on 100,000 subjects."""

from pathlib import Path

import polars as pl
import pytest

from jixiao.scoring.engine import marks, standings
from jixiao.scoring.scheme import Scheme

SUBJECTS = 100_000
TIERS = [
    {"name": "先进", "within": "≥50", "quota": {"share": "30%"}},
    {"name": "达标", "within": "[30,50)"},
    {"name": "未达标"},
]


@pytest.mark.spark
def test_both_engines_agree_in_every_cell(tmp_path: Path) -> None:
    work = pytest.importorskip("benchmarks.workload", reason="没有安装 numpy（make test-spark）")
    spark = pytest.importorskip(
        "jixiao.results.spark", reason="没有安装 PySpark（make test-spark）"
    )
    rules = Scheme.model_validate({**work.scheme().model_dump(mode="json"), "tiers": TIERS})
    frame = work.sheet(SUBJECTS).with_columns(pool=pl.col("unit") % 90)
    frame.write_parquet(tmp_path / "sheet.parquet")
    session = spark.local_session()
    spark.score_parquet(
        rules, tmp_path / "sheet.parquet", tmp_path / "result.parquet", spark=session
    )
    session.stop()
    marked, columns = marks(rules, frame.lazy(), work.ranges(frame), rows=frame.height)
    ours = standings(rules, marked, columns).collect().sort("unit")
    theirs = pl.read_parquet(tmp_path / "result.parquet" / "*.parquet").sort("unit")
    names = [name for name in theirs.columns if name not in ("unit", "group")]
    assert len(names) > 60
    assert theirs.height == SUBJECTS
    for name in names:
        assert theirs[name].cast(pl.Int64).equals(ours[name].cast(pl.Int64)), name
