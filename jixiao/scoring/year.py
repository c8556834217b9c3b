"""How do rounds become the year's marks?

Scored items: the weighted mean of the rounds in which there is a mark, in ten-thousandths. Bonus and
penalty items: the sum of all rounds, unweighted, bounded once. Categories and the total are added
up again from these, so that every level of the tree agrees; the total is rounded last. A subject
that lacks a round which is not optional, or has a refused gap in one, has no total.
"""

from collections.abc import Container
from itertools import product
from math import lcm

from jixiao.scoring.columns import BASE, CELL, GROUP, POOL, ROUND, UNIT, Columns, slots
from jixiao.scoring.dialect import Expr, Frame, where, whole
from jixiao.scoring.exact import Exact, constant, half_up, positive
from jixiao.scoring.inputs import history_years, standing_keys
from jixiao.scoring.numbers import step_of
from jixiao.scoring.scheme import Item, Scheme, leaves, walk
from jixiao.scoring.tree import Tree, bound_of

GAP, MUSTS = "gap", "musts"
"""Whether any round has a gap for a total · how many rounds that are not optional there are."""


def year(scheme: Scheme, frame: Frame, columns: Columns) -> Frame:
    """One row a subject with the year's item marks and the latest round's inputs; tree stages added."""
    common = lcm(*(each.weight.denominator for each in scheme.rounds))
    weights = [int(each.weight * common) for each in scheme.rounds]
    parts = _parts(scheme, weights, columns)
    aggregates = [
        columns.col(name).max() if "@@" in name or name == GAP else columns.col(name).sum()
        for name in parts
    ]
    grouped = frame.with_columns(**parts).group_by(UNIT, GROUP, BASE).agg(*aggregates)
    cell = columns.col(BASE) * len(scheme.groups) + columns.col(GROUP)
    settled = _settled(scheme, columns, most=sum(weights))
    put_tree(scheme, columns)
    keys = {CELL: cell, POOL: columns.col(BASE)}
    return grouped.with_columns(**settled, **keys).select(UNIT, GROUP, GAP, MUSTS, *keys, *settled)


def _parts(scheme: Scheme, weights: list[int], columns: Columns) -> dict[str, Expr]:
    """What is summed over the rounds (``*`` ``/`` ``+``), and what the latest round says (``@@``)."""
    weight = constant(weights[0], columns.col(ROUND)).expr
    for place, value in enumerate(weights[1:], start=1):
        weight = where(columns.col(ROUND) == place, value, weight)
    musts = [place for place, each in enumerate(scheme.rounds) if not each.optional]
    parts = {
        GAP: whole(columns.col("total").is_null()),
        MUSTS: whole(columns.col(ROUND).is_in(musts)),
    }
    for item in leaves(scheme.items):
        mark = columns.col(f"mark:{item.code}")
        parts[f"{item.code}*"] = mark * weight
        parts[f"{item.code}/"] = where(~mark.is_null(), weight)
    for item in leaves(scheme.adjustments):
        mark = columns.col(f"mark:{item.code}")
        parts[f"{item.code}+"] = mark
        parts[f"{item.code}#"] = whole(~mark.is_null())
    for name, place in product(year_inputs(scheme, columns.ranges), range(len(weights))):
        parts[f"{name}@@{place}"] = where(columns.col(ROUND) == place, columns.col(name))
    return parts


def _settled(scheme: Scheme, columns: Columns, *, most: int) -> dict[str, Expr]:
    found = {}
    for item in leaves(scheme.items):
        low, high = columns.ranges[f"mark:{item.code}"]
        top = Exact(columns.col(f"{item.code}*"), min(low, 0) * most, max(high, 0) * most)
        bottom = positive(Exact(columns.col(f"{item.code}/"), 0, most))
        found[f"mark:{item.code}"] = half_up(top, bottom).expr
    for item in leaves(scheme.adjustments):
        found[f"mark:{item.code}"] = _added_up(scheme, columns, item)
    latest = range(len(scheme.rounds) - 1, -1, -1)
    for name in year_inputs(scheme, columns.ranges):
        found[name] = columns.n.coalesce(*[columns.col(f"{name}@@{place}") for place in latest])
    return found


def _added_up(scheme: Scheme, columns: Columns, item: Item) -> Expr:
    """All rounds' marks of a bonus or penalty item, within its bounds for the year."""
    name, rounds = f"mark:{item.code}", len(scheme.rounds)
    low, high = columns.ranges[name]
    total = Exact(columns.col(f"{item.code}+"), min(low, 0) * rounds, max(high, 0) * rounds)
    for slot in slots(scheme, item):
        full = item.full_for(scheme.groups[slot.groups[0]].name)
        bounded = total.clip(bound_of(item.floor, None, full), bound_of(item.cap, None, full))
        here = columns.col(GROUP).is_in(list(slot.groups))
        ends = (min(total.low, bounded.low), max(total.high, bounded.high))
        total = Exact(where(here, bounded.expr, total.expr), *ends)
    columns.ranges[name] = (total.low, total.high)
    return where(columns.col(f"{item.code}#") > 0, total.expr)


def put_tree(scheme: Scheme, columns: Columns) -> None:
    """The categories and totals of the year, from the year's item marks."""
    tree, stage = Tree.of(scheme, columns), len(columns.stages)
    for item in walk((*scheme.items, *scheme.adjustments)):
        if item.items:
            columns.put(stage, f"mark:{item.code}", tree.node(item))
    tree.put_totals(stage + 1)
    step, total = step_of(scheme.decimals), columns.get("total")
    rounded = half_up(total, step) * step
    musts = sum(not each.optional for each in scheme.rounds)
    is_whole = (columns.col(GAP) == 0) & (columns.col(MUSTS) == musts)
    whole_year = where(is_whole, rounded.expr)
    columns.put(len(columns.stages), "total", Exact(whole_year, rounded.low, rounded.high))


def year_inputs(scheme: Scheme, known: Container[str]) -> list[str]:
    """What the year is told beside its marks: data of gates and ties, tiers of earlier years."""
    history = {f"tier@{back}" for back in range(1, history_years(scheme) + 1)}
    return sorted(name for name in standing_keys(scheme) | history if name in known)
