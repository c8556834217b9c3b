"""How are a unit's columns, versions, path and search words kept in step?"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, Q
from django.utils import timezone

from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.core.pinyin import search_text
from jixiao.org.actions.facts import Basis, NewUnit
from jixiao.org.models import Alias, Delegation, Duty, Post, Unit, UnitVersion
from jixiao.org.states import ABOVE, ASSESSED, EARLIEST, Kind

M = TypeVar("M", bound=Model)
Dated = Post | Duty | Delegation | Alias
ONE_DAY = timedelta(days=1)


def stored(row: M, *, new: bool = False) -> M:
    """Save ``row``; whatever the database would refuse is refused in the model's own words."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        where = None if field == NON_FIELD_ERRORS else field
        raise RefusedError("；".join(messages), field=where) from None
    row.save()
    if new:
        created(row)
    return row


def locked(row: M) -> M:
    """The row as it is now, held until the action is done; its changes go into the trail."""
    fresh: M = type(row)._default_manager.select_for_update().get(pk=row.pk)
    watch(fresh)
    return fresh


def check_past(day: date, *, field: str) -> None:
    """What has not happened yet is not recorded."""
    if day < EARLIEST:
        raise RefusedError(f"{day}太早了，请核对年份", field=field)
    if day > timezone.localdate():
        raise RefusedError("日期不能晚于今天，到那一天再登记", field=field)


def check_basis(basis: Basis) -> None:
    """A change of units has happened and stands in a document."""
    check_past(basis.on, field="on")
    if not basis.document.strip():
        raise RefusedError("请写明依据的文件和文号", field="document")


def check_open(unit: Unit) -> None:
    """A closed unit does not change any more."""
    if not unit.is_open:
        raise RefusedError(f"{unit}已于{unit.until}撤销，不能再变动")


def end(row: Dated, *, last: date) -> None:
    """``row`` holds until ``last``, which may not lie before it began."""
    if row.since is not None and last < row.since:
        raise RefusedError(f"“{row}”从{row.since}才开始，结束日期不能早于这一天", field="until")
    watch(row)
    row.until = last
    row.save(update_fields=["until"])


def end_or_withdraw(row: Dated, *, last: date) -> None:
    """End ``row``; one that never held for a single day is withdrawn, the audit still tells it."""
    if row.since is not None and row.since > last:
        watch(row)
        row.delete()
    else:
        end(row, last=last)


def check_place(unit: Unit) -> None:
    """A unit of this kind may belong where it is said to."""
    parent, kind = unit.parent, Kind(unit.kind)
    if kind in ASSESSED:
        if parent is not None:
            raise RefusedError(f"{kind.label}是乡科级单位，没有上级", field="parent")
        return
    if unit.group:
        raise RefusedError("只有乡科级单位才分比较组，请留空", field="group")
    if parent is None:
        raise RefusedError(f"请写明这个{kind.label}属于哪个单位", field="parent")
    check_open(parent)
    if parent.kind not in ABOVE[kind]:
        allowed = "、".join(each.label for each in ABOVE[kind])
        raise RefusedError(
            f"“{unit}”是{kind.label}，不能属于{parent.get_kind_display()}“{parent}”，可以属于：{allowed}",
            field="parent",
        )


def check_name(name: str, *, parent: Unit | None, unit: Unit | None = None) -> None:
    """Under one parent a name or alias means one unit only."""
    same = Q(name=name) | Q(aliases__name=name, aliases__until__isnull=True)
    others = Unit.objects.open().filter(same, parent=parent)
    if found := others.exclude(pk=unit.pk if unit else 0).first():
        where = f"{parent}下" if parent else "县里"
        raise RefusedError(f"{where}已有单位叫“{name}”（{found}），请换一个名称", field="name")


def open_unit(facts: NewUnit, *, parent: Unit | None, basis: Basis, reason: str) -> Unit:
    """A new unit with its first version."""
    check_name(facts.name, parent=parent)
    last = Unit.objects.order_by("-order").values_list("order", flat=True).first() or 0
    unit = Unit(
        name=facts.name, kind=facts.kind, group=facts.group, parent=parent, since=basis.on,
        order=last + 1 if facts.order is None else facts.order, search=search_text(facts.name),
        path="/",
    )  # fmt: skip
    check_place(unit)
    stored(unit)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    created(unit)
    _begin_version(unit, basis, reason)
    return unit


def keep_versions(unit: Unit, *, basis: Basis, reason: str) -> None:
    """Store the changed ``unit``: its old version ends the day before, a new one begins.

    A second change on the same day goes into that day's version.
    """
    current = current_version(unit, basis)
    check_place(unit)
    stored(unit)
    if current.since == basis.on:
        _describe(current, unit)
        current.document, current.reason = basis.document, reason
        current.save()
    else:
        current.until = basis.on - ONE_DAY
        current.save(update_fields=["until"])
        _begin_version(unit, basis, reason)
    reindex(unit)


def current_version(unit: Unit, basis: Basis) -> UnitVersion:
    """What ``unit`` was until now; a change from before that began is refused."""
    version: UnitVersion = unit.versions.select_for_update().get(until__isnull=True)
    if basis.on < version.since:
        raise RefusedError(f"{unit}现在的情况从{version.since}开始，生效日期不能更早", field="on")
    watch(version)
    return version


def close_books(unit: Unit, *, basis: Basis) -> None:
    """``unit`` exists until the day before; whatever it had is settled already."""
    version = current_version(unit, basis)
    if version.since == basis.on:
        raise RefusedError(f"{unit}从{basis.on}起才是现在的样子，撤销要晚于这一天", field="on")
    watch(unit)
    unit.until = version.until = basis.on - ONE_DAY
    unit.save(update_fields=["until"])
    version.save(update_fields=["until"])
    for alias in unit.aliases.filter(until__isnull=True):
        end_or_withdraw(alias, last=unit.until)


def repath(unit: Unit) -> None:
    """The path of ``unit`` and of everything below it follows its parent."""
    before = unit.path
    below = list(Unit.objects.below(unit).select_for_update())
    unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    for each in below:
        watch(each)
        each.path = unit.path + each.path.removeprefix(before)
    Unit.objects.bulk_update([unit, *below], ["path"])


def reindex(unit: Unit) -> None:
    """It is found by every name it has or had, and by its aliases."""
    before = unit.versions.values_list("name", flat=True)
    names = [unit.name, *before, *unit.aliases.values_list("name", flat=True)]
    unit.search = search_text(*names)
    unit.save(update_fields=["search"])


def listed(rows: Collection[object]) -> str:
    """The first few by name."""
    shown = "、".join(str(row) for row in list(rows)[:3])
    return f"{shown}等{len(rows)}" if len(rows) > 3 else shown


def _begin_version(unit: Unit, basis: Basis, reason: str) -> None:
    version = UnitVersion(unit=unit, since=basis.on, document=basis.document, reason=reason[:200])
    _describe(version, unit)
    stored(version, new=True)


def _describe(version: UnitVersion, unit: Unit) -> None:
    version.name, version.kind = unit.name, unit.kind
    version.group, version.parent = unit.group, unit.parent
