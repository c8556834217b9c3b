"""Which blank cells does the scheme not allow?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jixiao.schemes.exchange.layout import Layout, rule_keys
from jixiao.scoring.columns import data_columns, data_item
from jixiao.scoring.measures import Mean
from jixiao.scoring.scheme import Item, Scheme


@dataclass(frozen=True)
class Need:
    """Columns that a rule needs: every one of them, or any one."""

    columns: tuple[str, ...]
    is_any: bool = False


def needs(layout: Layout, unit: str) -> tuple[Need, ...]:
    """What the unit's items cannot do without: those whose rule refuses gaps."""
    group = layout.groups[unit].name
    found = [need for item in layout.items[unit] for need in _needs(layout.scheme, item, group)]
    return tuple(dict.fromkeys(found))


def needed_columns(layout: Layout, unit: str) -> frozenset[str]:
    """Every column that must not stay blank, or not all of them."""
    return frozenset(column for need in needs(layout, unit) for column in need.columns)


def _needs(scheme: Scheme, item: Item, group: str) -> Iterator[Need]:
    rule = item.rule_for(group)
    if rule.missing.kind != "refuse":
        return
    inner = getattr(rule.measure, "of", rule.measure)
    pooled = [term.data for term in inner.terms] if isinstance(inner, Mean) else []
    if pooled:  # a mean takes those that are there
        columns = (name for key in pooled for name in data_columns(data_item(scheme, key)))
        yield Need(tuple(columns), is_any=True)
    for key in rule_keys(item, group):
        if key not in pooled:
            data = data_item(scheme, key)
            yield Need(data_columns(data), is_any=bool(data.from_result))


def lacking(need: Need, *, blank: Mapping[str, object], reached: int) -> tuple[str, ...]:
    """The blank columns to complain about.

    ``reached`` is the last period for which anybody has filled in anything: later ones are still
    to come, but the first must always be there.
    """
    missing = [column for column in need.columns if column in blank]
    if need.is_any:
        return tuple(missing[:1]) if len(missing) == len(need.columns) else ()
    return tuple(column for column in missing if period_of(column) <= max(reached, 1))


def period_of(column: str) -> int:
    """The period of a sheet column, 1 where there is only one (``键@3`` is the third)."""
    _, _, number = column.partition("@")
    return int(number) if number else 1
