"""The table for other programs."""

from pathlib import Path

import polars as pl

from jixiao.results.parquet import table, write_parquet
from jixiao.results.tests.county import county, run, scheme_data


def test_one_row_a_unit_with_whole_ten_thousandths() -> None:
    found = table(county())
    assert found["unit"].to_list() == list(county().year)
    assert found["total"].to_list() == [row["total"] for row in county().year.values()]
    assert found["total"].dtype == pl.Int64


def test_tiers_are_names_before_and_after_gates() -> None:
    row = table(county()).row(by_predicate=pl.col("unit") == "高新园区", named=True)
    assert (row["group"], row["tier_by_marks"], row["tier"]) == ("乡镇园区", "先进", "达标")


def test_each_rounds_marks_stand_beside_the_years() -> None:
    row = table(county()).row(0, named=True)
    assert row["mark_2.1@h1"] == county().rounds["h1"]["云溪镇"]["mark:2.1"]
    assert row["mark_2.1"] == county().year["云溪镇"]["mark:2.1"]


def test_a_gap_is_null_and_no_rounds_no_columns() -> None:
    data = scheme_data() | {"rounds": [], "tiers": [], "gates": [], "consequences": []}
    data["items"][0]["items"][0]["audience"] = {"groups": ["县直部门"]}
    found = table(run(data))
    assert found["mark_1.1"].null_count() == 16
    assert found["tier"].null_count() == 40
    assert not [name for name in found.columns if "@" in name]


def test_the_file_says_what_its_columns_are_and_how_to_check_them(tmp_path: Path) -> None:
    write_parquet(county(), tmp_path / "结果.parquet")
    said = pl.read_parquet_metadata(tmp_path / "结果.parquet")
    assert (said["mark_2.1"], said["round_h1"], said["scale"]) == ("内部绩效方案", "半年", "10000")
    assert said["digest_outputs"] == county().outputs_digest
    assert pl.read_parquet(tmp_path / "结果.parquet").equals(table(county()))


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("一", "二"):
        write_parquet(run(scheme_data()), tmp_path / name)
    assert (tmp_path / "一").read_bytes() == (tmp_path / "二").read_bytes()
