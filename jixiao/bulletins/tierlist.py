"""What if only the published tiers are known? A tier list: unit, group, tier."""

from pathlib import Path

from jixiao.bulletins.standing import Standing, TierList
from jixiao.scoring.names import squash
from jixiao.workbooks.cells import as_text
from jixiao.workbooks.grid import Record, read_grid
from jixiao.workbooks.problems import Fault, Problem, raise_errors
from jixiao.workbooks.reading import read_tables

UNIT = "单位"
HEADERS = (UNIT, "组别", "等次")


def read_tier_list(path: Path) -> Standing:
    """Tiers and groups in the order they first appear; TableError with every problem."""
    grid = read_grid(read_tables(path)[0], required=HEADERS)
    problems = list(grid.problems)
    rows = [found for record in grid.records if (found := _row(record, problems))]
    for record, row in zip(grid.records, rows, strict=False):
        same = [other for other in rows if squash(other[0]) == squash(row[0])]
        if len(same) > 1:
            problems.append(record.problem(UNIT, fault=Fault(f"“{row[0]}”列了{len(same)}次")))
    raise_errors(problems)
    groups = dict.fromkeys(group for _, group, _ in rows)
    return Standing(
        tuple(
            TierList(
                tier,
                tuple(
                    (group, tuple(unit for unit, g, t in rows if (g, t) == (group, tier)))
                    for group in groups
                ),
            )
            for tier in dict.fromkeys(tier for _, _, tier in rows)
        )
    )


def _row(record: Record, problems: list[Problem]) -> tuple[str, str, str] | None:
    values = [record.read(header, convert=as_text, into=problems) for header in HEADERS]
    for header, value in zip(HEADERS, values, strict=True):
        if value is None and header in record.cells:
            problems.append(record.problem(header, fault=Fault("没有填", "请补上")))
    unit, group, tier = (value or "" for value in values)
    return (unit, group, tier) if unit and group and tier else None
