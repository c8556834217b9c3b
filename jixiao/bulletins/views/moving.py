"""How does a bulletin go from one state to the next?"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.bulletins import actions
from jixiao.bulletins.forms import MOVE_FORMS
from jixiao.bulletins.queries import drafts as queries
from jixiao.bulletins.queries.drafts import BulletinRow
from jixiao.bulletins.views.drafting import shown

EDIT, APPROVE = Permission.BULLETINS_EDIT, Permission.BULLETINS_APPROVE


@page(EDIT, of=queries.bulletin)
def bulletin_submit(request: Request, row: BulletinRow) -> HttpResponse:
    """送审签。"""
    return _moved(request, row, actions.submit_bulletin, "submit")


@page(APPROVE, of=queries.bulletin)
def bulletin_send_back(request: Request, row: BulletinRow) -> HttpResponse:
    """退回修改。"""
    return _moved(request, row, actions.send_back_bulletin, "send_back")


@page(APPROVE, of=queries.bulletin)
def bulletin_sign_off(request: Request, row: BulletinRow) -> HttpResponse:
    """签发。"""
    return _moved(request, row, actions.sign_off_bulletin, "sign_off")


@page(APPROVE, of=queries.bulletin)
def bulletin_recall(request: Request, row: BulletinRow) -> HttpResponse:
    """撤回签发。"""
    return _moved(request, row, actions.recall_bulletin, "recall")


@page(EDIT, of=queries.bulletin)
def bulletin_issue(request: Request, row: BulletinRow) -> HttpResponse:
    """印发。"""
    return _moved(request, row, actions.issue_bulletin, "issue")


@page(APPROVE, of=queries.bulletin)
def bulletin_withdraw(request: Request, row: BulletinRow) -> HttpResponse:
    """撤销。"""
    return _moved(request, row, actions.withdraw_bulletin, "withdraw")


@page(EDIT, of=queries.bulletin)
def bulletin_discard(request: Request, row: BulletinRow) -> HttpResponse:
    """作废。"""
    return _moved(request, row, actions.discard_bulletin, "discard")


def _moved(
    request: Request, row: BulletinRow, do: Callable[..., BulletinRow], name: str
) -> HttpResponse:
    """To the bulletin where it stands now; with the form again where something was refused."""
    if request.method != "POST":
        return redirect("bulletin", row.pk)
    form = MOVE_FORMS[name](request.POST, auto_id=f"{name}_%s")
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, f"已办理：{(form.result or row).get_state_display()}")
        return redirect("bulletin", row.pk)
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return shown(request, queries.bulletin(row.pk) or row, refused={name: form})
