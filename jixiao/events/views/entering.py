"""How does a matter come in: one by one, or many in a table?"""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.access.asking import sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.export import TYPE
from jixiao.events import actions
from jixiao.events.forms import ChangeForm, ImportForm, MatterForm
from jixiao.events.queries import matters as queries
from jixiao.events.queries.matters import Choices, MatterRow, VersionRow
from jixiao.events.views.matters import MATTERS
from jixiao.rectification.queries.reminders import unit
from jixiao.schemes.exchange.template import write_event_list


@page(Permission.EVENTS_APPLY)
def matter_apply(request: Request, pk: int) -> HttpResponse:
    """申报加分、登记扣分。"""
    scheme = _version(pk)
    found = _choices(scheme, request)
    form = MatterForm(sent(request), request.FILES or None, choices=found)
    if form.is_valid() and (row := unit(form.cleaned_data["unit"])):
        facts: dict[str, Any] = {"said": form.said(), "files": form.handed()}
        if form.run(lambda: actions.apply_matter(row, by=request.actor, scheme=scheme, **facts)):
            messages.success(request, "已报送，等县绩效办另一位同事核对")
            return redirect("matter", form.result.pk) if form.result else redirect("matters")
    context = {"form": form, "scheme": scheme, "crumbs": [MATTERS, ("申报、登记", "")]}
    return render(request, "events/apply.html", context, status=422 if form.errors else 200)


def _choices(version: VersionRow, request: Request) -> Choices:
    try:
        return queries.choices(version, request.actor)
    except RefusedError as error:
        raise Http404(f"{error}，请县绩效办先在机构人员里核对") from None


def _version(pk: int) -> VersionRow:
    found = queries.version(pk)
    if found is None:
        raise Http404("没有这个办法，或者它没有加扣分事项")
    return found


@page(Permission.EVENTS_APPLY, of=queries.matter)
def matter_change(request: Request, row: MatterRow) -> HttpResponse:
    """更正内容。"""
    found = _choices(row.version_of, request)
    form = ChangeForm(sent(request), choices=found, initial=_said(row))
    if form.is_valid() and form.run(
        lambda: actions.change_matter(row, by=request.actor, **form.changed())
    ):
        messages.success(request, "已更正")
        return redirect("matter", row.pk)
    crumbs = [MATTERS, (str(row), reverse("matter", args=[row.pk])), ("更正", "")]
    context = {"form": form, "scheme": row.version_of, "crumbs": crumbs}
    return render(request, "events/apply.html", context, status=422 if form.errors else 200)


def _said(row: MatterRow) -> dict[str, Any]:
    names = ("grade", "matter", "on", "document", "times", "share", "round", "version")
    given = {name: getattr(row, name) for name in names}
    plain = {name: f"{given[name].normalize():f}" for name in ("times", "share")}
    return given | plain | {"level": f"{row.code}|{row.level}"}


@page(Permission.EVENTS_EDIT, of=queries.version)
def matters_import(request: Request, scheme: VersionRow) -> HttpResponse:
    """导入加扣分事项。"""
    form = ImportForm(sent(request), request.FILES or None)
    if form.is_valid() and form.run(
        lambda: actions.import_matters(scheme, by=request.actor, content=form.cleaned_data["file"])
    ):
        messages.success(request, f"已登记{len(form.result or ())}件，等另一位同事核对")
        return redirect("matters")
    context = {"form": form, "scheme": scheme, "crumbs": [MATTERS, ("导入", "")]}
    return render(request, "events/import.html", context, status=422 if form.errors else 200)


@page(Permission.EVENTS_EDIT, of=queries.version)
def matters_blank(_request: Request, scheme: VersionRow) -> FileResponse:
    """下载空表。"""
    target = io.BytesIO()
    write_event_list(scheme.scheme, target)
    target.seek(0)
    name = f"{scheme.year}年加扣分事项.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPE)
