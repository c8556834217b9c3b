"""Who answers for performance work in a unit: assigned, relieved, stood in for? What was found there?"""

from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.org.actions.books import (
    ONE_DAY,
    check_open,
    check_past,
    end,
    end_or_withdraw,
    stored,
)
from jixiao.org.actions.facts import Absence, Finding, NewDuty
from jixiao.org.models import Condition, Delegation, Duty, Person, Unit
from jixiao.org.states import SINGLE, DutyRole


@action(Permission.DUTIES_EDIT)
def assign_duty(
    unit: Unit, *, by: Actor, person: Person, duty: NewDuty, replaces: Duty | None = None
) -> Duty:
    """确定绩效分工。组长、分管人、联络员各只有一人；接替的，原来的到前一天为止。"""
    check_open(unit)
    check_past(duty.since, field="since")
    if duty.since < unit.since:
        raise RefusedError(f"{unit}从{unit.since}才设立，起日不能更早", field="since")
    _check_member(person, unit)
    if unit.duties.filter(person=person, role=duty.role, until__isnull=True).exists():
        raise RefusedError(f"{person}已是{unit}{duty.role.label}", field="person")
    if duty.role in SINGLE:
        _relieve(unit, duty, replaces)
    row = Duty(
        unit=unit, person=person, role=duty.role, since=duty.since,
        is_full_time=duty.is_full_time, document=duty.document,
    )  # fmt: skip
    return stored(row)


@action(Permission.DUTIES_EDIT)
def end_duty(duty: Duty, *, by: Actor, until: date, reason: str) -> Duty:
    """结束绩效分工。空缺会显示在单位页上，直到确定新的人选。"""
    if duty.until is not None:
        raise RefusedError(f"这项分工已于{duty.until}结束")
    check_past(until, field="until")
    end(duty, last=until)
    return duty


@action(Permission.DUTIES_EDIT)
def delegate(
    unit: Unit, *, by: Actor, absent: Person, deputy: Person, absence: Absence
) -> Delegation:
    """离岗委托。本人外出期间由他人代办绩效工作，到期自动结束。"""
    check_open(unit)
    today = timezone.localdate()
    if absence.until < today:
        raise RefusedError("止日已过，不用再登记委托", field="until")
    if not unit.duties.filter(person=absent, until__isnull=True).exists():
        raise RefusedError(f"{absent}在{unit}没有绩效分工，不用委托", field="absent")
    _check_member(deputy, unit, field="deputy")
    overlapping = unit.delegations.filter(
        absent=absent, since__lte=absence.until, until__gte=absence.since
    )
    if found := overlapping.first():
        raise RefusedError(
            f"这段时间已有委托：{found}（{found.since}至{found.until}），请先结束它", field="since"
        )
    row = Delegation(
        unit=unit, absent=absent, deputy=deputy, since=absence.since, until=absence.until,
        reason=absence.reason, document=absence.document,
    )  # fmt: skip
    return stored(row)


@action(Permission.DUTIES_EDIT)
def end_delegation(delegation: Delegation, *, by: Actor, reason: str) -> Delegation:
    """提前结束委托。本人今天回来，从今天起自己办理。"""
    today = timezone.localdate()
    if delegation.until < today:
        raise RefusedError(f"这项委托已于{delegation.until}结束")
    end_or_withdraw(delegation, last=today - ONE_DAY)
    return delegation


@action(Permission.CONDITIONS_EDIT)
def record_condition(unit: Unit, *, by: Actor, finding: Finding) -> Condition:
    """登记办公条件。每种一行，以最近一次核对为准，以前的情况在审计记录里。"""
    check_open(unit)
    check_past(finding.seen_on, field="seen_on")
    if unit.conditions.filter(kind=finding.kind).exists():
        raise RefusedError(f"{finding.kind.label}已经登记过，请在那一行上核对", field="kind")
    return _write(Condition(unit=unit, kind=finding.kind), finding)


@action(Permission.CONDITIONS_EDIT)
def check_condition(condition: Condition, *, by: Actor, finding: Finding) -> Condition:
    """核对办公条件。按现在看到的情况更新数量、使用和状况。"""
    check_open(condition.unit)
    check_past(finding.seen_on, field="seen_on")
    if finding.seen_on < condition.seen_on:
        raise RefusedError(f"已有{condition.seen_on}的核对，请用更近的日期", field="seen_on")
    return _write(condition, finding)


def _write(condition: Condition, finding: Finding) -> Condition:
    condition.quantity, condition.use = finding.quantity, finding.use
    condition.state, condition.note = finding.state, finding.note
    condition.seen_on = finding.seen_on
    return stored(condition)


def _check_member(person: Person, unit: Unit, *, field: str = "person") -> None:
    """Duties are held by people of the unit or of what belongs to it."""
    posts = person.posts.filter(unit__path__startswith=unit.path, until__isnull=True)
    if not posts.exists():
        raise RefusedError(
            f"{person}在{unit}没有职务，请先请绩效办登记任职（借调的登记为兼职）", field=field
        )


def _relieve(unit: Unit, duty: NewDuty, replaces: Duty | None) -> None:
    """The present holder makes room from the day before."""
    role: DutyRole = duty.role
    if past := unit.duties.filter(role=role, until__gte=duty.since).first():
        raise RefusedError(
            f"{past.person}的{role.label}任期到{past.until}，起日要在这之后", field="since"
        )
    held = unit.duties.filter(role=role, until__isnull=True).select_for_update().first()
    if held is None:
        return
    if held != replaces:
        raise RefusedError(
            f"现任{role.label}是{held.person}，要换人请在“接替谁”里选{held.person}",
            field="replaces",
        )
    if held.since > duty.since:
        raise RefusedError(f"{held.person}从{held.since}开始，起日不能更早", field="since")
    end_or_withdraw(held, last=duty.since - ONE_DAY)
