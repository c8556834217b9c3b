"""Which duty, delegation or condition does an address name?"""

from typing import Any

from django.utils import timezone

from jixiao.org.models import Condition, Delegation, Duty, Unit
from jixiao.org.states import ConditionKind

_WITH_UNIT = ("unit__parent__parent",)


def duty(number: int) -> Duty | None:
    """One duty."""
    return Duty.objects.select_related("person", *_WITH_UNIT).filter(pk=number).first()


def delegation(number: int) -> Delegation | None:
    """One delegation."""
    found = Delegation.objects.select_related("absent", "deputy", *_WITH_UNIT)
    return found.filter(pk=number).first()


def condition(number: int, kind: str) -> Condition | None:
    """What was found of one kind in a unit; a new one where nothing was found yet."""
    unit = Unit.objects.filter(pk=number).first()
    if unit is None or kind not in ConditionKind.values:
        return None
    return unit.conditions.filter(kind=kind).first() or Condition(unit=unit, kind=kind, version=0)


def as_found(condition: Condition) -> dict[str, Any]:
    """What to start from when it is looked at again: as it was, seen today."""
    names = ("quantity", "use", "state", "note", "version")
    return {name: getattr(condition, name) for name in names} | {"seen_on": timezone.localdate()}
