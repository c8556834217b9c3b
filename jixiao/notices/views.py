"""What do people say, what are units told, and who deals with it?"""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.asking import pressed
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm
from jixiao.notices import actions, queries, tables
from jixiao.notices.forms import AnswerForm, NoticeForm, OpinionForm, ReasonForm
from jixiao.notices.queries import NoticeRow, OpinionRow, ReceiptRow

OPINIONS = ("意见建议", reverse_lazy("opinions"))
NOTICES = ("通知", reverse_lazy("notices"))


@page(Permission.OPINIONS_WRITE)
def opinions(request: Request) -> HttpResponseBase:
    """意见建议。县绩效办看到要办理的，其他人看到自己提的。"""
    if not _may_answer(request):
        return opinions_mine(request)
    waiting = queries.opinions_waiting(timezone.localdate())
    table = tables.ANSWERED.of(queries.opinions_answered(), request)
    return table.answer("notices/answering.html", waiting=waiting, may_answer=True)


@page(Permission.OPINIONS_WRITE)
def opinions_mine(request: Request) -> HttpResponseBase:
    """我提的意见建议。"""
    table = tables.MINE.of(queries.opinions_of(request.actor), request)
    return table.answer("notices/opinions.html", may_answer=_may_answer(request))


@page(Permission.OPINIONS_WRITE)
def opinions_published(request: Request) -> HttpResponseBase:
    """公开的意见和答复。"""
    table = tables.PUBLISHED.of(queries.published_opinions(), request)
    return table.answer("notices/opinions.html", may_answer=_may_answer(request), is_public=True)


@page(Permission.OPINIONS_WRITE)
def opinion_write(request: Request) -> HttpResponse:
    """提意见建议。"""
    form = OpinionForm(request.POST or None, initial={"page": request.GET.get("from", "")})
    if form.is_valid() and form.run(
        lambda: actions.write_opinion(form.cleaned_data["text"], by=request.actor, **form.facts)
    ):
        messages.success(request, "已收到，县绩效办十个工作日内答复，您在首页看到")
        return redirect("opinions_mine")
    return render(request, "notices/write.html", {"form": form, "crumbs": [OPINIONS, ("提", "")]})


@page(Permission.OPINIONS_WRITE)
def opinion(request: Request, pk: int) -> HttpResponse:
    """一条意见建议和它的答复。"""
    row = _opinion(request, pk)
    form = AnswerForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and form.run(
        lambda: actions.answer_opinion(row, by=request.actor, **form.facts)
    ):
        messages.success(request, "已答复，提出人在首页看到")
        return redirect("opinion", pk)
    context = {"opinion": row, "form": form, "may_answer": _may_answer(request)}
    return render(request, "notices/opinion.html", context | {"crumbs": [OPINIONS, (str(row), "")]})


@page(Permission.OPINIONS_WRITE)
def opinion_see(request: Request, pk: int) -> HttpResponse:
    """确认看到答复。"""
    row = _opinion(request, pk)
    return pressed(request, lambda: actions.see_answer(row, by=request.actor), to="home")


@page(Permission.OPINIONS_ANSWER)
def opinion_publish(request: Request, pk: int) -> HttpResponse:
    """公开意见和答复。"""
    row = _opinion(request, pk)
    return pressed(
        request,
        lambda: actions.publish_opinion(row, by=request.actor),
        to=reverse("opinion", args=[pk]),
    )


@page(Permission.OPINIONS_ANSWER)
def opinion_withdraw(request: Request, pk: int) -> HttpResponse:
    """不再公开。"""
    row = _opinion(request, pk)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and form.run(
        lambda: actions.withdraw_opinion(row, by=request.actor, **form.facts)
    ):
        messages.success(request, "已收回，不再公开")
        return redirect("opinion", pk)
    return render(request, "notices/withdraw.html", {"form": form, "opinion": row})


@page(Permission.NOTICES_SEE)
def notices(request: Request) -> HttpResponseBase:
    """通知。发出的，或本单位收到的。"""
    if request.actor.may(Permission.NOTICES_SEE, Place()):
        may_send = request.actor.may(Permission.NOTICES_SEND)
        sent = tables.SENT.of(queries.notices_sent(), request)
        return sent.answer("notices/sent.html", may_send=may_send)
    received = queries.receipts_of(request.actor.units())
    return tables.RECEIVED.of(received, request).answer("notices/received.html")


@page(Permission.NOTICES_SEND)
def notice_send(request: Request) -> HttpResponse:
    """给单位发通知。"""
    form = NoticeForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: actions.send_notice(form.letter(), by=request.actor, units=form.addressed())
    ):
        messages.success(request, "已发出，各单位在首页看到")
        return redirect("notices")
    return render(request, "notices/send.html", {"form": form, "crumbs": [NOTICES, ("发", "")]})


@page(Permission.NOTICES_SEE, of=queries.notice)
def notice(request: Request, row: NoticeRow) -> HttpResponseBase:
    """一份通知和各单位的签收情况。"""
    table = tables.RECEIPTS.of(queries.receipts(row), request)
    return table.answer("notices/notice.html", notice=row, crumbs=[NOTICES, (row.title, "")])


@page(Permission.NOTICES_SEE, of=queries.receipt)
def receipt(request: Request, row: ReceiptRow) -> HttpResponse:
    """本单位收到的一份通知。"""
    context = {
        "receipt": row,
        "due": tables.receipt_state(row),
        "may_sign": request.actor.may(Permission.NOTICES_SIGN, row.place()),
        "is_unread": not row.read_at and queries.is_of_own_unit(row, request.actor),
        "form": ActionForm(),
        "crumbs": [NOTICES, (row.notice.title, "")],
    }
    return render(request, "notices/receipt.html", context)


@page(Permission.NOTICES_SEE, of=queries.receipt)
def receipt_read(request: Request, row: ReceiptRow) -> HttpResponse:
    """记下本单位已读。"""
    if request.method == "POST" and queries.is_of_own_unit(row, request.actor):
        actions.read_notice(row, by=request.actor)
    return HttpResponse(status=204)


@page(Permission.NOTICES_SIGN, of=queries.receipt)
def receipt_sign(request: Request, row: ReceiptRow) -> HttpResponse:
    """签收。"""
    return pressed(
        request,
        lambda: actions.acknowledge(row, by=request.actor),
        to=reverse("receipt", args=[row.pk]),
    )


def _may_answer(request: Request) -> bool:
    return request.actor.may(Permission.OPINIONS_ANSWER)


def _opinion(request: Request, pk: int) -> OpinionRow:
    row = queries.opinion(pk, request.actor)
    if row is None:
        raise Http404("没有这条意见，或者它不是公开的")
    return row
