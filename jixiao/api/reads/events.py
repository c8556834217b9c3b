"""Which matters add or take points, which count, and which are under notice?"""

from functools import partial

from django.utils import timezone

from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api.reads.shared import reads
from jixiao.api.schemas import events as told
from jixiao.events.queries import matters as of_matters
from jixiao.events.queries.counting import worth_of

_reads = partial(reads, room="加扣分")


@_reads("/matters", Permission.EVENTS_SEE, gives=list[told.MatterOut])
def matters(request: Request) -> object:
    """加扣分事项。职责范围内的，值多少分，计不计，还缺什么。"""
    rows = list(of_matters.matters(request.actor))
    worth = worth_of(rows)
    return [of_matters.Told(row, worth[row.pk]) for row in rows]


@_reads("/matters/noticed", Permission.HOME, gives=list[told.MatterOut])
def matters_noticed(request: Request) -> object:
    """正在公示的加扣分事项。人人可看，公示期内可以提出异议。"""
    del request  # the same for everybody
    return of_matters.under_notice(timezone.localdate())
