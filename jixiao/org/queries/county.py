"""What does the record of units and people say now, as the lines of its workbook?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from jixiao.org.exchange import layout as plan
from jixiao.org.exchange.layout import BY_NAME, NO, YES
from jixiao.org.exchange.lines import County, KnownUnit, Line, full_name, plain
from jixiao.org.models import Alias, Condition, Duty, Person, Post, Unit, UnitVersion
from jixiao.org.states import ConditionKind, DutyRole, Kind, Rank, State, Use

Labels = Mapping[int, str]
"""Full names by number."""


def county_now() -> County:
    """Every open unit with all its lines, and everybody; eight queries."""
    units = _in_tree_order(Unit.objects.open())
    labels = _labels(units)
    people = [
        _line(plan.PEOPLE, each.pk, {
            plan.CODE: each.code, plan.PERSON_NAME: each.name,
            plan.RANK: str(Rank(each.rank).label), plan.LEFT: each.left_on,
        })
        for each in Person.objects.all()
    ]  # fmt: skip
    names = {line.values[plan.CODE]: line.values[plan.PERSON_NAME] for line in people}
    sheets = (
        (plan.UNITS, [_unit(each, labels) for each in units]),
        (plan.ALIASES, _aliases(labels)),
        (plan.PEOPLE, people),
        (plan.POSTS, _posts(labels, names)),
        (plan.DUTIES, _duties(labels, names)),
        (plan.CONDITIONS, _conditions(labels)),
    )
    return County(
        {name: {line.key: line for line in lines} for name, lines in sheets},
        _known(units, labels),
    )


def known_units() -> tuple[KnownUnit, ...]:
    """The open units with everything they go by; three queries."""
    units = _in_tree_order(Unit.objects.open())
    return _known(units, _labels(units))


def _in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Every unit below its parent, in the county's order."""
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)

    def below(parent: int | None) -> list[Unit]:
        return [each for unit in children[parent] for each in (unit, *below(unit.pk))]

    return below(None)


def _labels(units: Iterable[Unit]) -> dict[int, str]:
    labels: dict[int, str] = {}
    for unit in units:
        above = labels[unit.parent_id] if unit.parent_id else ""
        labels[unit.pk] = full_name(above, plain(unit.name))
    return labels


def _known(units: Iterable[Unit], labels: Labels) -> tuple[KnownUnit, ...]:
    names = defaultdict(list)
    for pk, name in Alias.objects.filter(unit__in=labels).values_list("unit", "name"):
        names[pk].append(name)
    for pk, name in UnitVersion.objects.filter(unit__in=labels).values_list("unit", "name"):
        names[pk].append(name)
    return tuple(
        KnownUnit(unit.pk, labels[unit.pk], tuple(sorted({unit.name, *names[unit.pk]})))
        for unit in units
    )


def _line(sheet: str, number: int, values: dict[str, Any]) -> Line:
    """A line; an empty text is a gap."""
    told = {
        header: (plain(value) or None) if isinstance(value, str) else value
        for header, value in values.items()
    }
    return Line(BY_NAME[sheet], told, number)


def _unit(unit: Unit, labels: Labels) -> Line:
    return _line(plan.UNITS, unit.pk, {
        plan.UNIT: labels[unit.pk], plan.NAME: unit.name, plan.KIND: str(Kind(unit.kind).label),
        plan.GROUP: unit.group, plan.ORDER: unit.order, plan.FOUNDED: unit.since,
        plan.PARENT: labels[unit.parent_id] if unit.parent_id else None,
    })  # fmt: skip


def _aliases(labels: Labels) -> list[Line]:
    rows = Alias.objects.filter(unit__until__isnull=True).order_by("unit__order", "unit", "name")
    return [
        _line(plan.ALIASES, row.pk, {
            plan.UNIT: labels[row.unit_id], plan.ALIAS: row.name,
            plan.SINCE: row.since, plan.UNTIL: row.until,
        })
        for row in rows
    ]  # fmt: skip


def _yes(truth: bool) -> str:  # noqa: FBT001 - a column's value
    return YES if truth else NO


def _posts(labels: Labels, names: Mapping[Any, Any]) -> list[Line]:
    rows = Post.objects.filter(unit__until__isnull=True).order_by(
        "unit__order", "unit", "since", "id"
    )
    found = rows.values_list(
        "pk", "person__code", "unit", "title", "is_full_time", "since", "until"
    )
    return [
        _line(plan.POSTS, pk, {
            plan.CODE: code, plan.PERSON_NAME: names[plain(code)], plan.UNIT: labels[unit],
            plan.TITLE: title, plan.FULL_TIME: _yes(full), plan.SINCE: since, plan.UNTIL: until,
        })
        for pk, code, unit, title, full, since, until in found
    ]  # fmt: skip


def _duties(labels: Labels, names: Mapping[Any, Any]) -> list[Line]:
    rows = Duty.objects.filter(unit__until__isnull=True).order_by("unit__order", "unit", "id")
    return [
        _line(plan.DUTIES, row.pk, {
            plan.UNIT: labels[row.unit_id], plan.ROLE: str(DutyRole(row.role).label),
            plan.CODE: row.person.code, plan.PERSON_NAME: names[plain(row.person.code)],
            plan.FULL_TIME: _yes(row.is_full_time), plan.SINCE: row.since,
            plan.UNTIL: row.until, plan.DOCUMENT: row.document,
        })
        for row in rows.select_related("person")
    ]  # fmt: skip


def _conditions(labels: Labels) -> list[Line]:
    rows = Condition.objects.filter(unit__until__isnull=True)
    return [
        _line(plan.CONDITIONS, row.pk, {
            plan.UNIT: labels[row.unit_id], plan.WHAT: str(ConditionKind(row.kind).label),
            plan.QUANTITY: row.quantity, plan.USE: str(Use(row.use).label),
            plan.STATE: str(State(row.state).label), plan.SEEN: row.seen_on, plan.NOTE: row.note,
        })
        for row in rows.order_by("unit__order", "unit", "id")
    ]  # fmt: skip
