"""What happens to several units at once: merged, split, closed? Nothing they had is left hanging."""

from collections.abc import Sequence

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.org.actions.books import (
    ONE_DAY,
    check_basis,
    check_name,
    check_open,
    close_books,
    end_or_withdraw,
    keep_versions,
    listed,
    locked,
    open_unit,
    repath,
    stored,
)
from jixiao.org.actions.facts import Basis, NewUnit, Split
from jixiao.org.models import Post, Reorganization, Succession, Unit
from jixiao.org.states import Manner


@action(Permission.UNITS_EDIT)
def merge_units(
    units: list[Unit], *, by: Actor, into: Unit, basis: Basis, reason: str
) -> Reorganization:
    """并入已有单位。下级和任职转到承接单位，同名的下级并为一个；原来的领导小组、分管人、联络员同时结束。"""
    check_basis(basis)
    into = locked(into)
    check_open(into)
    if not units or into in units:
        raise RefusedError("请选出要并入的单位，承接单位自己不算", field="units")
    _check_apart(units)
    event = _event(Manner.MERGER, basis, reason)
    for unit in map(locked, units):
        _hand_over(unit, to=into, event=event)
    return event


@action(Permission.UNITS_EDIT)
def unite_units(
    units: list[Unit], *, by: Actor, facts: NewUnit, basis: Basis, reason: str
) -> Reorganization:
    """合并组建新单位。原单位撤销，下级和任职转到新单位；新单位的领导小组、分管人、联络员要重新确定。"""
    check_basis(basis)
    if len(units) < 2:
        raise RefusedError("合并至少要有两个单位", field="units")
    if len({unit.parent_id for unit in units}) > 1:
        raise RefusedError("合并的单位要属于同一个上级", field="units")
    event = _event(Manner.MERGER, basis, reason)
    made = open_unit(facts, parent=units[0].parent, basis=basis, reason=reason)
    for unit in map(locked, units):
        _hand_over(unit, to=made, event=event)
    return event


@action(Permission.UNITS_EDIT)
def split_unit(unit: Unit, *, by: Actor, into: Split, basis: Basis, reason: str) -> Reorganization:
    """分设单位。原单位保留的，只分出新单位；不保留的，下级和任职转到写在第一的新单位，再逐个调整。"""
    check_open(unit)
    check_basis(basis)
    if len(into.parts) < (1 if into.continues else 2):
        raise RefusedError("原单位不保留时，至少要分设两个新单位", field="parts")
    event = _event(Manner.SPLIT, basis, reason)
    made = [open_unit(part, parent=unit.parent, basis=basis, reason=reason) for part in into.parts]
    if not into.continues:
        _hand_over(unit, to=made[0], event=event)
        made = made[1:]
    for part in made:
        _succeed(event, unit, part)
    return event


@action(Permission.UNITS_EDIT)
def close_unit(
    unit: Unit, *, by: Actor, heir: Unit | None, basis: Basis, reason: str
) -> Reorganization:
    """撤销单位。有承接单位的，下级和任职转过去；没有的，须先把下级、任职、分工办结。"""
    check_open(unit)
    check_basis(basis)
    event = _event(Manner.CLOSURE, basis, reason)
    if heir is not None:
        _hand_over(unit, to=locked(heir), event=event)
        return event
    if left := _leftovers(unit):
        raise RefusedError(
            f"{unit}还有{left}。请选承接单位，或选“一并结束”，或先逐个办结", field="heir"
        )
    _succeed(event, unit, None)
    close_books(unit, basis=basis)
    return event


@action(Permission.UNITS_EDIT)
def dissolve_unit(unit: Unit, *, by: Actor, basis: Basis, reason: str) -> Reorganization:
    """撤销单位并一并结束。它的下级同时撤销，所有任职和分工到前一天为止。"""
    check_open(unit)
    check_basis(basis)
    event = _event(Manner.CLOSURE, basis, reason)
    _dissolve(unit, event)
    return event


def _check_apart(units: Sequence[Unit]) -> None:
    for unit in units:
        if above := [each for each in units if each != unit and unit.path.startswith(each.path)]:
            raise RefusedError(f"{unit}属于{above[0]}，跟着它走，不必另选", field="units")


def _event(manner: Manner, basis: Basis, reason: str) -> Reorganization:
    event = Reorganization(manner=manner, on=basis.on, document=basis.document, reason=reason[:200])
    return stored(event)


def _succeed(event: Reorganization, before: Unit, after: Unit | None) -> None:
    created(Succession.objects.create(reorganization=event, before=before, after=after))


def _basis(event: Reorganization) -> Basis:
    return Basis(event.on, event.document)


def _leftovers(unit: Unit) -> str:
    """What is still open, in words; empty when nothing is."""
    counts = {
        "个下级单位": unit.children.open().count(),
        "条任职": unit.posts.filter(until__isnull=True).count(),
        "条分工": unit.duties.filter(until__isnull=True).count(),
    }
    return "、".join(f"{count}{what}" for what, count in counts.items() if count)


def _hand_over(unit: Unit, *, to: Unit, event: Reorganization) -> None:
    """Whatever ``unit`` has goes to ``to``; then it is closed."""
    check_open(unit)
    check_open(to)
    if to.path.startswith(unit.path):
        raise RefusedError(f"{to}属于{unit}，不能由它承接", field="into")
    _check_begun(unit, event)
    for child in unit.children.open().select_for_update():
        twin = to.children.open().filter(name=child.name).select_for_update().first()
        if twin:
            _hand_over(child, to=twin, event=event)
        else:
            _move_below(child, to, event)
    _move_posts(unit, to, event)
    _end_duties(unit, event)
    _succeed(event, unit, to)
    close_books(unit, basis=_basis(event))


def _move_below(child: Unit, to: Unit, event: Reorganization) -> None:
    child = locked(child)
    check_name(child.name, parent=to, unit=child)
    child.parent = to
    keep_versions(child, basis=_basis(event), reason=event.reason)
    repath(child)


def _move_posts(unit: Unit, to: Unit, event: Reorganization) -> None:
    """Everybody keeps the job, in the other unit."""
    held = set(to.posts.filter(until__isnull=True).values_list("person_id", "title"))
    for post in unit.posts.filter(until__isnull=True).select_for_update():
        end_or_withdraw(post, last=event.on - ONE_DAY)
        if (post.person_id, post.title) in held:
            continue
        new = Post(
            person=post.person, unit=to, title=post.title, is_full_time=post.is_full_time,
            since=event.on,
        )  # fmt: skip
        stored(new, new=True)


def _end_duties(unit: Unit, event: Reorganization) -> None:
    """Who answers for performance work in the other unit is decided there."""
    last = event.on - ONE_DAY
    for duty in unit.duties.filter(until__isnull=True).select_for_update():
        end_or_withdraw(duty, last=last)
    for delegation in unit.delegations.filter(until__gt=last).select_for_update():
        end_or_withdraw(delegation, last=last)


def _dissolve(unit: Unit, event: Reorganization) -> None:
    _check_begun(unit, event)
    for child in unit.children.open().select_for_update():
        _dissolve(locked(child), event)
    for post in unit.posts.filter(until__isnull=True).select_for_update():
        end_or_withdraw(post, last=event.on - ONE_DAY)
    _end_duties(unit, event)
    _succeed(event, unit, None)
    close_books(unit, basis=_basis(event))


def _check_begun(unit: Unit, event: Reorganization) -> None:
    """Posts and duties of a unit that was closed already cannot have begun."""
    later: Sequence[object] = [
        *unit.posts.filter(until__isnull=True, since__gt=event.on),
        *unit.duties.filter(until__isnull=True, since__gt=event.on),
    ]
    if later:
        raise RefusedError(
            f"{unit}有任职或分工在{event.on}之后才开始（{listed(later)}），请用更晚的生效日期",
            field="on",
        )
