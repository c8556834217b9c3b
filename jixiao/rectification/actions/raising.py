"""How does a finding come up outside a visit?"""

from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.periods.queries import current_cycle
from jixiao.periods.workdays import MissingYearError
from jixiao.rectification.actions.telling import tell_cases
from jixiao.rectification.models import Case
from jixiao.rectification.states import USUAL_DAYS

MOST_DAYS = 250
"""Working days of a year."""
NEEDED = (("item", "项目"), ("fact", "事实"), ("opinion", "整改意见"))


@dataclass(frozen=True)
class Found:
    """A finding: item, fact, evidence, cause, opinion, and the working days to put it right.

    ``points`` (ten-thousandths, positive) is a provisional deduction: whoever sets it chooses the
    rule that a result handed in on time and verified gives all of it back.
    """

    item: str
    fact: str
    opinion: str
    code: str = ""
    theme: str = ""
    evidence: str = ""
    cause: str = ""
    workdays: int = USUAL_DAYS
    points: int | None = None
    source: str = "日常检查"


@action(Permission.RECTIFICATION_REVIEW)
def raise_case(unit: Unit, *, by: Actor, found: Found) -> Case:
    """提出问题。日常检查中发现的，写明项目、事实、整改意见和工作日数，当即反馈给单位。"""
    _check(unit, found)
    cycle = current_cycle(timezone.localdate())
    case = Case.objects.create(
        unit=unit,
        year=cycle.cycle.year if cycle else timezone.localdate().year,
        found_at=timezone.now(),
        found_by_id=by.signature(),
        **{name: _stripped(value) for name, value in vars(found).items()},
    )
    created(case)
    try:
        tell_cases([case], by=by)
    except MissingYearError as gap:
        raise RefusedError(f"{gap}；或把期限改短", field="workdays") from None
    return case


def _check(unit: Unit, found: Found) -> None:
    if not unit.is_open or not unit.group:
        raise RefusedError(f"{unit}不在参评单位之中", field="unit")
    for name, label in NEEDED:
        if not getattr(found, name).strip():
            raise RefusedError(f"请写明{label}", field=name)
    if not 1 <= found.workdays <= MOST_DAYS:
        raise RefusedError(f"整改期限为1至{MOST_DAYS}个工作日", field="workdays")
    if found.points is not None and found.points <= 0:
        raise RefusedError("预扣分要大于0；不预扣的请留空", field="points")


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
