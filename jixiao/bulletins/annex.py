"""How is a tier list laid out as the annex table of a bulletin?

The layout of the real bulletin of 2010: tiers side by side, groups inside a tier, numbered names;
a long group goes on in a second column, so that the table fits one page's width.
"""

from collections.abc import Iterator
from itertools import zip_longest

from jixiao.bulletins.standing import Standing, TierList
from jixiao.gongwen.document import Cell, Table

NUMERALS = "一二三四五六七八九十"
MOST_COLUMNS = 7
"""As many name columns as the type area of 156 mm holds."""


def annex_table(standing: Standing, *, label: str, notes: tuple[str, ...] = ()) -> Table:
    """The tier list as a table; ``label`` follows a tier's name, as 单位 in 先进单位."""
    tiers = [tier for tier in standing.tiers if tier.names]
    height = rows_needed([len(units) for tier in tiers for _, units in tier.groups if units])
    top, groups, columns = [], [], []
    for place, tier in enumerate(tiers):
        parts = [(group, list(_columns(units, height))) for group, units in tier.groups if units]
        span = sum(len(found) for _, found in parts)
        top.append(Cell(text=tier_heading(tier, place, label), columns=span))
        groups += [Cell(text=group, columns=len(found)) for group, found in parts]
        columns += [column for _, found in parts for column in found]
    widths = tuple(max((len(text) for text in column), default=4) * 2 + 1 for column in columns)
    rows = tuple(
        tuple(Cell(text=text, align="left") for text in row)
        for row in zip_longest(*columns, fillvalue="")
    )
    return Table(widths=widths, header=(tuple(top), tuple(groups)), rows=rows, notes=notes)


def tier_heading(tier: TierList, place: int, label: str) -> str:
    """``一、先进单位（16个）``."""
    return f"{NUMERALS[place]}、{tier.name}{label}（{len(tier.names)}个）"


def rows_needed(counts: list[int]) -> int:
    """The fewest rows with which all groups fit into the columns of one page's width."""
    most = max(MOST_COLUMNS, len(counts))
    height = 1
    while sum(-(-count // height) for count in counts) > most:
        height += 1
    return height


def _columns(units: tuple[str, ...], height: int) -> Iterator[list[str]]:
    numbered = [f"{number}、{padded(unit)}" for number, unit in enumerate(units, start=1)]
    return (numbered[start : start + height] for start in range(0, len(numbered), height))


def padded(name: str) -> str:
    """A name of two characters is spread to the width of three: ``中  行``."""
    return f"{name[0]}  {name[1]}" if len(name) == 2 else name
