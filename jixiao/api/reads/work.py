"""Where does the year stand: cycle, schemes, results, opinions, notices?"""

from functools import partial

from django.utils import timezone
from ninja import Query

from jixiao.access.actor import Place
from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api import queries
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import work as told
from jixiao.notices import queries as of_notices
from jixiao.periods import queries as of_periods
from jixiao.schemes import queries as of_schemes
from jixiao.schemes.exchange.diff import diff

_of_schemes = partial(reads, room="办法")
_of_notices = partial(reads, room="消息公示")


@reads("/cycles", Permission.HOME, gives=list[told.CycleOut], room="周期")
def cycles(request: Request) -> object:
    """年度周期。各年度的七个步骤，今天走到哪一步。"""
    return of_periods.cycles(timezone.localdate())


@_of_schemes("/schemes", Permission.SCHEMES_SEE, gives=list[told.VersionOut])
def schemes(request: Request) -> object:
    """办法名单。各年度、各版；没有发布的只给起草和审定的人。"""
    return of_schemes.versions(request.actor)


@_of_schemes("/schemes/{int:pk}", Permission.SCHEMES_SEE, gives=told.VersionCardOut)
def scheme(request: Request, pk: int) -> object:
    """一版办法全文。JSON 和 YAML 两种，连同体检结果和负担。"""
    return queries.scheme_card(found(of_schemes.version(pk, request.actor)))


@_of_schemes("/schemes/{int:pk}/changes", Permission.SCHEMES_SEE, gives=list[told.ChangeOut])
def scheme_changes(request: Request, pk: int, asked: Query[told.Compared]) -> object:
    """对照两版办法。一句话说一处不同。"""
    now = found(of_schemes.version(pk, request.actor))
    base = found(of_schemes.version(asked.base, request.actor))
    return [{"words": str(each)} for each in diff(base.scheme, now.scheme)]


@_of_notices("/opinions", Permission.OPINIONS_WRITE, gives=list[told.OpinionOut])
def opinions(request: Request) -> object:
    """我提的意见建议。"""
    return of_notices.opinions_of(request.actor)


@_of_notices("/opinions/waiting", Permission.OPINIONS_ANSWER, gives=list[told.OpinionOut])
def opinions_waiting(request: Request) -> object:
    """等答复的意见建议。等得最久的在前。"""
    return [each.opinion for each in of_notices.opinions_waiting(timezone.localdate())]


@_of_notices("/opinions/answered", Permission.OPINIONS_ANSWER, gives=list[told.OpinionOut])
def opinions_answered(request: Request) -> object:
    """已答复的意见建议。"""
    return of_notices.opinions_answered()


@_of_notices("/opinions/published", Permission.OPINIONS_WRITE, gives=list[told.PublicOpinionOut])
def opinions_published(request: Request) -> object:
    """公开的意见和答复。"""
    return of_notices.published_opinions()


@_of_notices("/notices", Permission.NOTICES_SEE, gives=list[told.NoticeOut])
def notices(request: Request) -> object:
    """发出的通知。几个单位已读、已签收；给看得到全县的人。"""
    request.actor.require(Permission.NOTICES_SEE, Place())
    return of_notices.notices_sent()


@_of_notices("/notices/{int:pk}/receipts", Permission.NOTICES_SEE, gives=list[told.ReceiptOut])
def notice_receipts(request: Request, pk: int) -> object:
    """一份通知的签收情况。给看得到全县的人。"""
    request.actor.require(Permission.NOTICES_SEE, Place())
    return of_notices.receipts(found(of_notices.notice(pk)))


@_of_notices("/receipts", Permission.NOTICES_SEE, gives=list[told.ReceiptOut])
def receipts(request: Request) -> object:
    """本单位收到的通知。"""
    return of_notices.receipts_of(request.actor.units())
