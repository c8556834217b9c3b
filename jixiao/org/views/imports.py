"""Pages where the workbook of units and people goes out and comes back."""

import io

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from jixiao.access.asking import sent
from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import TYPE
from jixiao.core.forms import ActionForm
from jixiao.org import actions
from jixiao.org.exchange.writing import write_workbook
from jixiao.org.forms.people import ConfirmForm, UploadForm
from jixiao.org.queries import imports as queries
from jixiao.org.queries.county import county_now
from jixiao.org.queries.rows import OrgImport
from jixiao.org.tables import IMPORT_LIST
from jixiao.workbooks.problems import Problem


@page(Permission.PEOPLE_EDIT)
@recorded
def org_workbook(_request: Request) -> FileResponse:
    """导出工作簿。"""
    target = io.BytesIO()
    write_workbook(county_now(), target)
    target.seek(0)
    name = f"机构人员{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPE)


@page(Permission.UNITS_EDIT)
def org_imports(request: Request) -> HttpResponseBase:
    """导入导出。"""
    form = UploadForm(sent(request), request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        name, content = form.read()
        problems = queries.problems_of(content, name=name)
        if not problems and form.run(
            lambda: actions.hand_in_workbook(name, by=request.actor, content=content)
        ):
            return redirect(_page_of(form))
    shown = IMPORT_LIST.of(queries.imports(), request)
    return shown.answer("org/imports.html", form=form, problems=problems, may_edit=True)


def _page_of(form: ActionForm) -> str:
    """The preview; a form that came twice has no result of its own."""
    if isinstance(form.result, OrgImport):
        return reverse("org_import", args=[form.result.pk])
    return reverse("org_imports")


@page(Permission.UNITS_EDIT, of=queries.org_import)
def org_import(request: Request, handed: OrgImport) -> HttpResponse:
    """预览和确认导入。"""
    form = ConfirmForm(sent(request))
    if request.method == "POST" and form.is_valid():
        fingerprint = form.cleaned_data["fingerprint"]
        if form.run(
            lambda: actions.apply_workbook(
                handed, by=request.actor, fingerprint=fingerprint, **form.basis
            )
        ):
            messages.success(request, "已导入")
            return redirect("org_imports")
    crumbs = (("导入导出", reverse("org_imports")), (handed.name, ""))
    context = {"handed": handed, "form": form, "look": queries.look(handed), "crumbs": crumbs}
    return render(request, "org/import.html", context, status=422 if form.errors else 200)


@page(Permission.UNITS_EDIT, of=queries.org_import)
@require_POST
def org_import_drop(request: Request, handed: OrgImport) -> HttpResponse:
    """放弃导入。"""
    form = ActionForm(request.POST)
    if form.is_valid() and form.run(lambda: actions.drop_workbook(handed, by=request.actor)):
        messages.success(request, "已放弃，什么也没有改")
    return redirect("org_imports")
