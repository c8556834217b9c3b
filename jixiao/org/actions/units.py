"""What happens to one unit: founded, renamed, moved, reclassified, known by another name."""

from datetime import date

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.org.actions.books import (
    check_basis,
    check_name,
    check_open,
    check_past,
    end,
    keep_versions,
    open_unit,
    reindex,
    repath,
    stored,
)
from jixiao.org.actions.facts import Basis, Class, NewUnit
from jixiao.org.models import Alias, Unit
from jixiao.org.states import ASSESSED, Kind


@action(Permission.UNITS_EDIT)
def found_unit(
    parent: Unit | None, *, by: Actor, facts: NewUnit, basis: Basis, reason: str
) -> Unit:
    """设立单位。乡科级单位没有上级，内设机构、下属单位和村要写明上级。"""
    check_basis(basis)
    return open_unit(facts, parent=parent, basis=basis, reason=reason)


@action(Permission.UNITS_EDIT)
def rename_unit(unit: Unit, *, by: Actor, name: str, basis: Basis, reason: str) -> Unit:
    """单位更名。以前的名称留在沿革里，仍能查到；已封存的结果保留当时的名称。"""
    check_open(unit)
    check_basis(basis)
    if name == unit.name:
        raise RefusedError("名称没有变", field="name")
    check_name(name, parent=unit.parent, unit=unit)
    unit.name = name
    keep_versions(unit, basis=basis, reason=reason)
    return unit


@action(Permission.UNITS_EDIT)
def move_unit(unit: Unit, *, by: Actor, parent: Unit, basis: Basis, reason: str) -> Unit:
    """划转单位。换一个上级，它的下级跟着走；乡科级单位划入后成为下属单位。"""
    check_open(unit)
    check_basis(basis)
    if parent.path.startswith(unit.path):
        raise RefusedError("不能划到自己或自己的下级之下", field="parent")
    if unit.parent_id == parent.pk:
        raise RefusedError(f"{unit}已经属于{parent}", field="parent")
    check_name(unit.name, parent=parent, unit=unit)
    unit.parent = parent
    if unit.kind in ASSESSED:
        unit.kind, unit.group = Kind.SUBORDINATE, ""
    keep_versions(unit, basis=basis, reason=reason)
    repath(unit)
    return unit


@action(Permission.UNITS_EDIT)
def classify_unit(unit: Unit, *, by: Actor, to: Class, basis: Basis, reason: str) -> Unit:
    """调整类别或比较组。下属单位升为乡科级后不再有上级；比较组从生效日期起改。"""
    check_open(unit)
    check_basis(basis)
    if (to.kind, to.group) == (unit.kind, unit.group):
        raise RefusedError("类别和比较组都没有变", field="kind")
    if to.kind in ASSESSED and unit.parent is not None:
        check_name(unit.name, parent=None, unit=unit)
        unit.parent = None
    unit.kind, unit.group = to.kind, to.group
    keep_versions(unit, basis=basis, reason=reason)
    repath(unit)
    return unit


@action(Permission.UNITS_EDIT)
def add_alias(unit: Unit, *, by: Actor, name: str, since: date | None = None) -> Alias:
    """增加别名。表格和文字里写这个名称时，也认作这个单位。"""
    check_open(unit)
    if since:
        check_past(since, field="since")
    if name == unit.name:
        raise RefusedError("别名与现在的名称相同", field="name")
    check_name(name, parent=unit.parent, unit=unit)
    alias = stored(Alias(unit=unit, name=name, since=since))
    reindex(unit)
    return alias


@action(Permission.UNITS_EDIT)
def end_alias(alias: Alias, *, by: Actor, until: date, reason: str = "") -> Alias:
    """停用别名。以后不再认这个名称，查以前的表仍能认出。"""
    if alias.until is not None:
        raise RefusedError(f"这个别名已于{alias.until}停用")
    check_past(until, field="until")
    end(alias, last=until)
    return alias
