"""Pages where offices that keep figures tell them: item by item, typed or as a workbook."""

import io

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import TYPE
from jixiao.visits.actions.data import provide_data
from jixiao.visits.forms.data import DataForm
from jixiao.visits.queries import data as queries
from jixiao.visits.queries.data import DataPage

ITEMS = ("报数", reverse_lazy("data_items"))


@page(Permission.DATA_PROVIDE)
def data_items(request: Request) -> HttpResponse:
    """要报的数。"""
    found = queries.data_owed(request.actor)
    left = [each for each in found if not each.is_complete]
    return render(request, "visits/data_items.html", {"found": found, "left": left})


@page(Permission.DATA_PROVIDE, of=queries.data_page)
def data_item(request: Request, shown: DataPage) -> HttpResponse:
    """按项目报数。"""
    sent = request.method == "POST"
    form = DataForm(request.POST if sent else None, request.FILES or None, sheet=shown.sheet)
    is_sound = form.is_valid() and not form.is_preview
    if is_sound and form.run(lambda: provide_data(shown.of, by=request.actor, rows=form.rows)):
        messages.success(request, f"已保存，改了{len(form.changes)}个单位的数")
        return redirect("data_item", shown.of.round, shown.of.code)
    crumbs = [ITEMS, (shown.sheet.name, "")]
    context = {"shown": shown, "form": form, "crumbs": crumbs}
    return render(request, "visits/data_item.html", context, status=422 if form.errors else 200)


@page(Permission.DATA_PROVIDE, of=queries.data_page)
def data_workbook(_request: Request, shown: DataPage) -> FileResponse:
    """下载报数的表。"""
    target = io.BytesIO()
    shown.sheet.write(target)
    target.seek(0)
    name = f"{shown.round.name}{shown.sheet.name}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPE)
