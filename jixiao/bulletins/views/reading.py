"""Who reads which bulletins, inside the county and outside?"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from jixiao.access.page import Request, open_page, page
from jixiao.access.permissions import Permission
from jixiao.bulletins import tables
from jixiao.bulletins.actions.moving import FORMS
from jixiao.bulletins.queries import issued as queries
from jixiao.bulletins.queries.drafts import BulletinRow, bulletins_at_work
from jixiao.bulletins.states import BulletinState
from jixiao.bulletins.views.drafting import BULLETINS
from jixiao.core.papers import download

SEE = Permission.BULLETINS_SEE


@page(SEE)
def bulletins(request: Request) -> HttpResponseBase:
    """通报。县绩效办看各稿，其他人看印发给自己的。"""
    if not request.actor.may(Permission.BULLETINS_EDIT):
        return bulletins_issued(request)
    table = tables.AT_WORK.of(bulletins_at_work(), request)
    return table.answer(
        "bulletins/list.html", waiting=queries.to_sign_off(request.actor), may_edit=True
    )


@page(SEE)
def bulletins_issued(request: Request) -> HttpResponseBase:
    """印发的通报。"""
    table = tables.ISSUED.of(queries.issued(request.actor), request)
    may_edit = request.actor.may(Permission.BULLETINS_EDIT)
    return table.answer("bulletins/list.html", may_edit=may_edit, is_issued=True)


@page(SEE)
def bulletin_read(request: Request, pk: int) -> HttpResponse:
    """一份印发的通报。"""
    row = _found(queries.issued_bulletin(pk, request.actor))
    receipt = queries.own_receipt(row, request.actor)
    context = told(row) | {
        "receipt": receipt,
        "may_sign": bool(receipt and request.actor.may(Permission.NOTICES_SIGN, receipt.place())),
        "may_edit": request.actor.may(Permission.BULLETINS_EDIT),
        "crumbs": [BULLETINS, (row.number, "")],
    }
    return render(request, "bulletins/read.html", context)


@page(SEE)
def bulletin_file(request: Request, pk: int) -> HttpResponse:
    """下载印发的文件。"""
    return _file(_found(queries.issued_bulletin(pk, request.actor)), request)


@open_page
def public_bulletins(request: HttpRequest) -> HttpResponse:
    """向社会公开的通报。"""
    context = {"bulletins": list(queries.public_bulletins()[:200])}
    return render(request, "bulletins/public_list.html", context)


@open_page
def public_bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """一份向社会公开的通报。"""
    return render(request, "bulletins/public.html", told(_found(queries.public_bulletin(pk))))


@open_page
def public_file(request: HttpRequest, pk: int) -> HttpResponse:
    """下载向社会公开的通报。"""
    return _file(_found(queries.public_bulletin(pk)), request)


def told(row: BulletinRow) -> dict[str, Any]:
    """What every reader of an issued bulletin gets."""
    return {
        "row": row, "paper": queries.page_of(row), "files": queries.files_of(row),
        "is_over": row.state != BulletinState.ISSUED,
    }  # fmt: skip


def _file(row: BulletinRow, request: HttpRequest) -> HttpResponse:
    """The bytes as they went out."""
    form = request.GET.get("form", "pdf")
    kept = queries.file_of(row, form) if form in FORMS else None
    if kept is None:
        raise Http404("没有这种格式")
    return download(bytes(kept.content), f"{row.number}.{form}", form)


def _found(row: BulletinRow | None) -> BulletinRow:
    if row is None:
        raise Http404("没有这份通报，或者没有发给您所在的单位")
    return row
