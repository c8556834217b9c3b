"""make bench: ratios measured side by side in one run (minimum of several turns each)."""

import gc
import time
from collections.abc import Callable

import polars as pl

from benchmarks import rivals
from benchmarks.command import measure_command
from benchmarks.workload import INPUTS, long_table, ranges, scheme, sheet
from jixiao.scoring.engine import marks

SIZES = (1_000, 100_000, 10_000_000)
TURNS = {1_000: 15, 100_000: 7, 10_000_000: 3}
RULES = scheme()


def ours(frame: pl.DataFrame) -> pl.DataFrame:
    """The kernel as it is used: column ranges, compilation, marks and totals."""
    marked, columns = marks(RULES, frame.lazy(), ranges(frame), rows=frame.height)
    names = [name for name in columns.ranges if name.startswith("mark:")]
    result: pl.DataFrame = marked.select(*names, "total").collect()
    return result


def plain_read(frame: pl.DataFrame) -> int:
    """A plain read of the same bytes from memory: every value added up."""
    return sum(frame.select(pl.col(INPUTS).sum()).row(0))


def read_and_write(frame: pl.DataFrame) -> pl.DataFrame:
    """The least any kernel can do: every value read, one value written for it."""
    return frame.select(pl.col(INPUTS) + 1)


def fastest(turns: int, **works: Callable[[], object]) -> dict[str, float]:
    """Milliseconds, the least of so many turns, the works taking turns with each other."""
    best: dict[str, float] = {}
    for _ in range(turns):
        for name, work in works.items():
            gc.collect()
            start = time.perf_counter()
            work()
            spent = (time.perf_counter() - start) * 1000
            best[name] = min(best.get(name, spent), spent)
    return best


def measure(cells: int) -> dict[str, float]:
    """All contestants on one sheet of so many cells; totals must agree first."""
    frame = sheet(cells // 30)
    long = long_table(frame)
    as_pandas, long_pandas = frame.to_pandas(), long.to_pandas()
    duck = rivals.DuckLong(long)
    totals = ours(frame)["total"].to_list()
    assert duck.totals()["total"].to_list() == totals
    assert rivals.pandas_wide(as_pandas)["total"].to_list() == totals
    assert rivals.pandas_long(long_pandas)["total"].to_list() == totals
    assert rivals.polars_by_hand(frame)["total"].to_list() == totals
    return fastest(
        TURNS[cells],
        ours=lambda: ours(frame),
        duckdb=duck.totals,
        pandas_long=lambda: rivals.pandas_long(long_pandas),
        pandas_wide=lambda: rivals.pandas_wide(as_pandas),
        polars=lambda: rivals.polars_by_hand(frame),
        read=lambda: plain_read(frame),
        rewrite=lambda: read_and_write(frame),
    )


def main() -> None:
    """Print a table of milliseconds and ratios, then the whole command."""
    print("单位：毫秒（若干轮中最小值）；倍数为对方用时÷本核用时")
    print(f"{'格数':>10} {'本核':>9} {'DuckDB长表':>14} {'pandas长表':>14} {'pandas宽表':>14} "
          f"{'手写Polars':>14} {'通读内存':>14} {'逐格加一':>14}")  # fmt: skip
    previous: tuple[int, float] | None = None
    for cells in SIZES:
        found = measure(cells)
        us = found["ours"]
        others = "".join(
            f"{found[name]:>9.1f} {found[name] / us:>4.1f}倍"
            for name in ("duckdb", "pandas_long", "pandas_wide", "polars")
        )
        floors = "".join(
            f"{found[name]:>8.1f} 本核{us / found[name]:>4.0f}倍" for name in ("read", "rewrite")
        )
        print(f"{cells:>10} {us:>9.1f} {others} {floors}")
        if previous:
            grown = us / previous[1] / (cells / previous[0])
            print(
                f"{'':>10} 格数增{cells / previous[0]:.0f}倍，用时增{us / previous[1]:.1f}倍（每格用时为原来的{grown:.2f}）"
            )
        previous = (cells, us)
    small = sheet(50)
    warm = fastest(30, ours=lambda: ours(small))["ours"]
    print(f"50个单位×30项，进程已热：{warm:.1f}毫秒（目标不超过15）")
    measure_command()


if __name__ == "__main__":
    main()
