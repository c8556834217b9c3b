"""How does a Word file that was edited outside come back into the bulletin?"""

import base64

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jixiao.access.asking import sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.bulletins import actions
from jixiao.bulletins.compose import BulletinError
from jixiao.bulletins.forms import TakeBackForm
from jixiao.bulletins.queries import drafts as queries
from jixiao.bulletins.queries.drafts import BulletinRow, Desk
from jixiao.bulletins.returning import Returned, UnreadableDocxError
from jixiao.bulletins.views.drafting import crumbs_of
from jixiao.gongwen.document import DocumentError


@page(Permission.BULLETINS_EDIT, of=queries.bulletin)
def bulletin_return(request: Request, row: BulletinRow) -> HttpResponse:
    """收回改过的 Word 稿。"""
    form = TakeBackForm(sent(request), request.FILES or None, initial={"version": row.version})
    told: dict[str, object] = {"row": row, "form": form}
    if request.method == "POST" and form.is_valid():
        content, is_decided = form.content, request.POST.get("do") == "apply"
        if is_decided and form.run(lambda: _taken(request, row, form, content)):
            messages.success(request, "已写入，请核对")
            return redirect("bulletin", row.pk)
        kept = base64.b64encode(content).decode()
        told |= {"returned": _read(row, form, content), "kept": kept}
    told["crumbs"] = (*crumbs_of(row), ("收回 Word 稿", ""))
    return render(request, "bulletins/return.html", told, status=422 if form.errors else 200)


def _taken(request: Request, row: BulletinRow, form: TakeBackForm, content: bytes) -> object:
    facts = {"version": form.cleaned_data["version"], "content": content, "choices": form.choices}
    return actions.take_back_docx(row, by=request.actor, **facts)


def _read(row: BulletinRow, form: TakeBackForm, content: bytes) -> Returned | None:
    """What was changed; where it cannot be read, the form says why."""
    if not content or len(content) > settings.UPLOAD_LIMIT:
        form.add_error("file", "请选择改过的 Word 稿，20MB以内")
        return None
    try:
        return Desk(row).returned(content)
    except (UnreadableDocxError, BulletinError, DocumentError) as error:
        form.add_error("file", str(error))
    return None
