"""Which findings and reminders are there, and what has been done about them?"""

from functools import partial

from django.utils import timezone

from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import rectification as told
from jixiao.rectification.queries import cases as of_cases
from jixiao.rectification.queries import reminders as of_reminders

_of_cases = partial(reads, room="整改")


@_of_cases("/cases", Permission.RECTIFICATION_SEE, gives=list[told.CaseOut])
def cases(request: Request) -> object:
    """问题和整改。看得到的各条，走到哪一步，是否逾期、重复；不含预扣分。"""
    return of_cases.cases(request.actor, timezone.localdate())


@_of_cases("/cases/{int:pk}", Permission.RECTIFICATION_SEE, gives=told.CaseCardOut)
def case(request: Request, pk: int) -> object:
    """一个问题和它的整改经过。"""
    row = found(of_cases.cases(request.actor, timezone.localdate()).filter(pk=pk).first())
    return {"case": row, "steps": of_cases.told_steps(row)}


@_of_cases("/reminders", Permission.RECTIFICATION_SEE, gives=list[told.ReminderOut])
def reminders(request: Request) -> object:
    """督促通知单。连同单位的回复。"""
    shown = of_reminders.reminders(request.actor, timezone.localdate())
    return shown.prefetch_related("replies")
