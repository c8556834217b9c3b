"""How does a matter come to count: checked, under notice, signed, each by somebody else?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from django.utils import timezone
from pydantic import Field

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.words import day
from jixiao.events.actions.steps import go, step, written
from jixiao.events.models import Matter
from jixiao.events.queries.matters import in_force
from jixiao.events.queries.proof import table_of
from jixiao.events.states import (
    CHECK,
    FILE_SIGN,
    LIVE,
    NOTICE,
    REJECT,
    SEND_BACK,
    SIGN,
    WITHDRAW,
    StepKind,
)
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.scoring.events import EventTable

MOST_DAYS = 60


@dataclass(frozen=True)
class SignOff:
    """Who signed on paper, on which day, and where it is kept."""

    signer: Annotated[str, Field(max_length=40)]
    signed_on: date
    document: Annotated[str, Field(max_length=80)]


@action(Permission.EVENTS_EDIT)
def check_matter(matter: Matter, *, by: Actor, text: str = "") -> Matter:
    """核对属实。由申报、登记的人以外的人对照正式文件核对；办法要文号的，先有文号。"""
    matter.version_of = in_force(matter.version_of)
    go(matter, CHECK, by=by, text=text.strip())
    matter.checked_at, matter.checked_by_id = timezone.now(), by.signature()
    matter.save()
    return matter


@action(Permission.EVENTS_EDIT)
def put_on_notice(matter: Matter, *, by: Actor, days: int | None = None) -> Matter:
    """公示。从明天起算办法规定的天数，全县登录的人都看得到，有异议的署名或盖章提出。"""
    table = table_of(matter)
    asked = table.notice_days if table else 0
    length = asked if days is None else days
    if not asked <= length <= MOST_DAYS:
        raise RefusedError(f"公示不少于{asked}天、不超过{MOST_DAYS}天", field="days")
    today = timezone.localdate()
    until = _until(today, length, table)
    go(matter, NOTICE, by=by, text=f"公示到{day(until)}")
    matter.notice_from, matter.notice_until, matter.notice_days = today, until, length
    matter.noticed_at, matter.noticed_by_id = timezone.now(), by.signature()
    matter.save()
    return matter


def _until(today: date, days: int, table: EventTable | None) -> date:
    if table is None or table.notice_in == "days":
        return today + timedelta(days)
    try:
        return add_workdays(today, days)
    except MissingYearError as gap:
        raise RefusedError(str(gap), field="days") from None


@action(Permission.EVENTS_SIGN)
def sign_matter(matter: Matter, *, by: Actor) -> Matter:
    """签批。由主要领导用本人账号签；办法要公示的，公示期满、异议都答复了才能签。"""
    go(matter, SIGN, by=by, text=by.name)
    return _signed(matter, by, SignOff(by.name, timezone.localdate(), ""))


@action(Permission.EVENTS_EDIT)
def file_signature(matter: Matter, *, by: Actor, signature: SignOff) -> Matter:
    """登记纸质签批。写明谁签的、哪天签的、签在哪份文件上；由核对的人以外的人登记。"""
    signer = written(signature.signer, "签批人", "signer")
    document = written(signature.document, "签批件", "document")
    if signature.signed_on > timezone.localdate():
        raise RefusedError("签批日期不能晚于今天", field="signed_on")
    go(matter, FILE_SIGN, by=by, text=f"{signer}，{day(signature.signed_on)}，{document}")
    return _signed(matter, by, SignOff(signer, signature.signed_on, document))


def _signed(matter: Matter, by: Actor, signature: SignOff) -> Matter:
    matter.signer, matter.signed_on = signature.signer, signature.signed_on
    matter.sign_document = signature.document
    matter.signed_at, matter.signed_by_id = timezone.now(), by.signature()
    matter.save()
    return matter


@action(Permission.EVENTS_EDIT)
def send_back_matter(matter: Matter, *, by: Actor, reason: str) -> Matter:
    """退回更正。写明哪里不对；更正以后重新核对、公示、签批。"""
    go(matter, SEND_BACK, by=by, text=written(reason, "退回的理由", "reason"))
    return cleared(matter)


def cleared(matter: Matter) -> Matter:
    """As if it had just been entered; what was done stays among the steps."""
    matter.checked_at = matter.checked_by = None
    matter.noticed_at = matter.noticed_by = matter.notice_from = matter.notice_until = None
    matter.notice_days = 0
    matter.signed_at = matter.signed_by = matter.signed_on = None
    matter.signer = matter.sign_document = ""
    matter.save()
    return matter


@action(Permission.EVENTS_EDIT)
def reject_matter(matter: Matter, *, by: Actor, reason: str) -> Matter:
    """不予计入。写明理由，单位看得到；由申报、登记的人以外的人办理。"""
    matter.reason = written(reason, "不予计入的理由", "reason")
    go(matter, REJECT, by=by, text=matter.reason)
    matter.save()
    return matter


@action(Permission.EVENTS_APPLY)
def withdraw_matter(matter: Matter, *, by: Actor, reason: str) -> Matter:
    """撤回。报错了的，签批以前写明理由撤回；扣分事项由县绩效办撤回。"""
    matter.reason = written(reason, "撤回的理由", "reason")
    go(matter, WITHDRAW, by=by, text=matter.reason)
    matter.save()
    return matter


@action(Permission.EVENTS_EDIT)
def restore_points(matter: Matter, *, by: Actor, text: str) -> Matter:
    """登记整改到位。办法规定整改后恢复一部分分值的，写明怎样核实的。"""
    table = table_of(matter)
    if table is None or not table.restored or matter.state not in LIVE:
        raise RefusedError("办法没有规定这类事项整改后恢复分值，或者这件事项已经不计")
    if matter.restored_at:
        raise RefusedError("已经登记过整改到位")
    step(matter, StepKind.RESTORE, by=by, text=written(text, "怎样核实的"))
    matter.restored_at, matter.restored_by_id = timezone.now(), by.signature()
    matter.save()
    return matter
