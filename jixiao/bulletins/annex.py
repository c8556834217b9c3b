"""How is a tier list laid out as the annex table of a bulletin?

The layout of the real bulletin of 2010: tiers side by side, groups inside a tier, numbered names;
a long group goes on in a second column, so that the table fits one page's width.
"""

from collections.abc import Iterator
from itertools import zip_longest

from jixiao.bulletins.standing import Standing, TierList
from jixiao.gongwen.document import Cell, Table, width

NUMERALS = "一二三四五六七八九十"
MOST_COLUMNS = 7
"""As many name columns as the type area of 156 mm holds."""


def annex_tables(
    standing: Standing, *, label: str, notes: tuple[str, ...] = ()
) -> tuple[Table, ...]:
    """The tier list as tables; ``label`` follows a tier's name, as 单位 in 先进单位.

    Tiers stand side by side where their groups fit one page's width, else one table a tier.
    """
    tiers = [(place, tier) for place, tier in enumerate(standing.tiers) if tier.names]
    if sum(len(_filled(tier)) for _, tier in tiers) <= MOST_COLUMNS:
        return (_table(tiers, label, notes),)
    last = len(tiers) - 1
    return tuple(
        _table([each], label, notes if index == last else ()) for index, each in enumerate(tiers)
    )


def _table(tiers: list[tuple[int, TierList]], label: str, notes: tuple[str, ...]) -> Table:
    height = rows_needed([len(units) for _, tier in tiers for _, units in _filled(tier)])
    top, groups, columns = [], [], []
    for place, tier in tiers:
        parts = [(group, list(_columns(units, height))) for group, units in _filled(tier)]
        span = sum(len(found) for _, found in parts)
        top.append(Cell(text=tier_heading(tier, place, label), columns=span))
        groups += [Cell(text=group, columns=len(found)) for group, found in parts]
        columns += [column for _, found in parts for column in found]
    widths = tuple(int(max(map(width, column)) * 2) + 2 for column in columns)
    rows = tuple(
        tuple(Cell(text=text, align="left") for text in row)
        for row in zip_longest(*columns, fillvalue="")
    )
    header = (tuple(top), tuple(groups))
    return Table(widths=widths, header=header, rows=rows, notes=notes, is_compact=True)


def _filled(tier: TierList) -> list[tuple[str, tuple[str, ...]]]:
    return [(group, units) for group, units in tier.groups if units]


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
