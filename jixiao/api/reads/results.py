"""What was it worth, and why? Tiers for everybody, marks within reach only."""

from functools import partial

from django.http import Http404
from django.utils import timezone
from ninja import Query

from jixiao.access.actor import Place
from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api import queries
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import work as told
from jixiao.results import queries as of_results
from jixiao.results.queries import PartRow, history
from jixiao.results.queries import reviews as of_reviews

_reads = partial(reads, room="得分等次")


@_reads("/results", Permission.TIERS_SEE, gives=list[told.ResultOut])
def results(request: Request) -> object:
    """得分结果。已公布的；没有公布的只给录入的人。"""
    return of_results.results(request.actor)


@_reads("/results/{int:pk}/tiers", Permission.TIERS_SEE, gives=list[told.TierOut])
def result_tiers(request: Request, pk: int) -> object:
    """一份结果的等次。公布后人人可看，按办法里的次序。"""
    return queries.tiers(found(of_results.result(pk, request.actor)))


@_reads("/results/{int:pk}/marks", Permission.RESULTS_SEE, gives=list[told.MarkOut])
def result_marks(request: Request, pk: int) -> object:
    """一份结果的得分。只有职责范围内的单位。"""
    return queries.marks(found(of_results.result(pk, request.actor)), request.actor)


@_reads("/results/{int:pk}/units/{int:unit}", Permission.RESULTS_SEE, gives=told.CardOut)
def result_card(request: Request, pk: int, unit: int) -> object:
    """一个单位的成绩单。"""
    return found(of_results.card_page(_part(request, pk, unit)))


@_reads("/results/{int:pk}/units/{int:unit}/why", Permission.RESULTS_SEE, gives=told.WhyOut)
def result_why(request: Request, pk: int, unit: int, asked: Query[told.ItemAsked]) -> object:
    """为什么是这个分。一项的规则、数据和每一步计算。"""
    drawn = found(of_results.card_page(_part(request, pk, unit), code=asked.code))
    return queries.why(found(drawn.why))


@_reads("/reviews", Permission.REVIEWS_SEE, gives=list[told.ReviewOut])
def reviews(request: Request) -> object:
    """复核申诉。看得到的各件，走到哪一步，是否超过决定期限。"""
    return of_reviews.reviews(request.actor, timezone.localdate())


@_reads("/results/{int:pk}/analysis", Permission.RESULTS_SEE, gives=told.AnalysisOut)
def result_analysis(request: Request, pk: int) -> object:
    """结果稳不稳。看得到全县得分的人看：每处变动会改变谁的等次，哪些项目拉不开差距。"""
    kept = found(of_results.result(pk, request.actor))
    request.actor.require(Permission.RESULTS_SEE, Place())
    return queries.analysis_told(kept, request.actor)


@_reads("/results/past", Permission.TIERS_SEE, gives=list[told.PastOut])
def pasts(request: Request) -> object:
    """历史等次。平台以前的年度，照文件录入，只有等次。"""
    return history.pasts(request.actor)


@_reads("/results/past/{int:pk}/tiers", Permission.TIERS_SEE, gives=list[told.TierOut])
def past_tiers(request: Request, pk: int) -> object:
    """一年的历史等次。"""
    return queries.past_tiers(found(history.pasts(request.actor).filter(pk=pk).first()))


def _part(request: Request, pk: int, unit: int) -> PartRow:
    """A unit's part in a result that this person may see, if its marks lie within reach."""
    part = of_results.unit_in(pk, unit)
    if part is None:
        raise Http404("这份结果里没有这个单位")
    request.actor.require(Permission.RESULTS_SEE, part.place())
    if not of_results.may_read(part, request.actor):
        raise Http404("还没有告知，或者已被取代")
    return part
