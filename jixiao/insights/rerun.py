"""What would an earlier year's figures give under another scheme?

Items for which the earlier sheet has no figures at all are left out and the rest is scaled up to the
full mark, so that a new item moves nobody; units that only one of the two knows are left out too.
"""

from dataclasses import dataclass, replace

from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.scoring.columns import all_leaves, data_columns, data_item
from jixiao.scoring.events import Event
from jixiao.scoring.inputs import item_keys, rules_of
from jixiao.scoring.scheme import Item, Missing, Rule, Scheme, SchemeError
from jixiao.scoring.sheet import Sheet

NOT_APPLICABLE = Missing(kind="not_applicable")


@dataclass(frozen=True)
class Rerun:
    """The earlier sheet under another scheme, and the items that had no figures."""

    result: Result
    left_out: tuple[Item, ...]


def rerun(scheme: Scheme, sheet: Sheet) -> Rerun:
    """Apply a scheme to an earlier year's sheet; SchemeError says why it cannot be."""
    known = {unit.name for group in scheme.groups for unit in group.units}
    codes = {each.code for each in scheme.rounds} or {""}
    rows = tuple(row for row in sheet.rows if row.unit in known and row.round in codes)
    if not rows:
        raise SchemeError("这份记分表里没有这个办法的单位，或者轮次不同，不能试算")
    fitting = replace(sheet, rows=rows, events=_events(scheme, sheet, known))
    left_out = tuple(item for item in all_leaves(scheme) if not _has_figures(scheme, item, fitting))
    if left_out:
        gone = {item.code for item in left_out}
        scheme = scheme.model_copy(
            update={
                "items": tuple(_without(item, gone) for item in scheme.items),
                "adjustments": tuple(_without(item, gone) for item in scheme.adjustments),
                "not_applicable": "rescale",
            }
        )
    return Rerun(evaluate(scheme, fitting), left_out)


def _events(scheme: Scheme, sheet: Sheet, known: set[str]) -> tuple[Event, ...]:
    codes = {item.code for item in all_leaves(scheme) if item.events}
    return tuple(each for each in sheet.events if each.unit in known and each.item in codes)


def _has_figures(scheme: Scheme, item: Item, sheet: Sheet) -> bool:
    keys = item_keys(item)
    columns = [data_columns(data_item(scheme, key)) for key in keys]
    filled = {name for row in sheet.rows for name, value in row.values.items() if value is not None}
    return all(any(name in filled for name in names) for names in columns)


def _without(item: Item, gone: set[str]) -> Item:
    """The item with a gap that counts for nothing where it has no figures."""
    if item.items:
        return item.model_copy(update={"items": tuple(_without(each, gone) for each in item.items)})
    if item.code not in gone:
        return item
    variants = tuple(each.model_copy(update={"rule": _idle(each.rule)}) for each in item.variants)
    return item.model_copy(update={"rule": _idle(rules_of(item)[0]), "variants": variants})


def _idle(rule: Rule) -> Rule:
    return rule.model_copy(update={"missing": NOT_APPLICABLE})
