"""What does a tablet in the field get and send? The page once, the day's units, entries, files."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.visits import actions, shell, sync
from jixiao.visits.actions.files import PIECE
from jixiao.visits.forms import onsite as forms
from jixiao.visits.queries import onsite as queries
from jixiao.visits.queries.onsite import AttachmentRow

OTHER = "这些记录属于另一个账号，请用那个账号登录后同步"


@page(Permission.VISITS_RECORD)
def onsite(request: Request) -> HttpResponse:
    """现场记录。同一个空白页面给所有人，数据另取，所以设备可以留着它。"""
    return render(request, shell.PAGE)


@page(Permission.VISITS_RECORD)
def onsite_worker(_request: Request) -> HttpResponse:
    """让现场记录没有网络也能打开的程序。"""
    answer = HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@page(Permission.VISITS_RECORD)
@never_cache
def onsite_day(request: Request) -> HttpResponse:
    """当天要带走的全部内容。"""
    get_token(request)  # so that the cookie is there, which the page reads before it sends
    return _json(queries.day(request.actor))


@page(Permission.VISITS_RECORD)
def onsite_sync(request: Request) -> HttpResponse:
    """收下设备上的记录。"""
    if request.method != "POST":
        return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
    try:
        sent = forms.sent(_body(request))
    except forms.UnreadableError as error:
        return _refused(str(error))
    if sent.account not in (None, request.actor.account_id):
        return _refused(OTHER, HTTPStatus.CONFLICT)
    return _json(
        {"account": request.actor.account_id, "visits": sync.take_in(sent, by=request.actor)}
    )


@page(Permission.VISITS_RECORD)
def onsite_files(request: Request) -> HttpResponse:
    """报一个要上传的文件；答已收到多少。"""
    if request.method != "POST":
        return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
    try:
        coming, file = forms.announced(_body(request))
        if coming.account not in (None, request.actor.account_id):
            return _refused(OTHER, HTTPStatus.CONFLICT)
        if (visit := queries.visit_to_record(coming.visit)) is None:
            return _refused("没有这次现场评估，可能已经调整")
        return _file(actions.announce_file(visit, by=request.actor, file=file))
    except (forms.UnreadableError, RefusedError) as error:
        return _refused(str(error))


def _to_send(key: UUID) -> AttachmentRow | None:
    return queries.attachment(key)


@page(Permission.VISITS_RECORD, of=_to_send)
def onsite_piece(request: Request, file: AttachmentRow) -> HttpResponse:
    """收文件的一段。"""
    if not queries.goes_there(request.actor, file.visit):
        raise PermissionDenied("您不在负责这个单位的评估组里")
    start, length = request.GET.get("from", ""), request.META.get("CONTENT_LENGTH") or "0"
    if request.method != "PUT" or not (start.isdecimal() and length.isdecimal()):
        return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
    if int(length) > PIECE:
        return _refused("每段太大", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _piece(request, file, int(start[:12]))


def _piece(request: Request, file: AttachmentRow, start: int) -> HttpResponse:
    try:
        return _file(actions.take_piece(file, by=request.actor, start=start, piece=request.body))
    except actions.OffsetError as error:
        return _json({"received": error.received}, HTTPStatus.CONFLICT)
    except RefusedError as error:
        return _refused(error.message)


@page(Permission.VISITS_SEE, of=queries.kept_attachment)
def onsite_file(request: Request, file: AttachmentRow) -> HttpResponseBase:
    """现场照片或文件，只给看得到这次评估的人。"""
    if not queries.may_see(request.actor, file.visit):
        raise PermissionDenied("双方反馈以后才看得到")
    answer = FileResponse(
        file.file.open(), as_attachment=True, filename=file.name, content_type=file.media
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _body(request: Request) -> bytes:
    """What was sent as JSON; a form was read before, and is none."""
    return request.body if request.content_type == "application/json" else b""


def _file(row: AttachmentRow) -> HttpResponse:
    return _json({"received": row.received, "size": row.size, "state": row.state})


def _refused(message: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> HttpResponse:
    return _json({"message": message}, status)


def _json(told: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
