"""How is a draft edited: part by part, with the rule tried and the health checked as one writes?"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError, StaleError
from jixiao.schemes import actions, queries
from jixiao.schemes.editing import EditError, as_text, spot_at, validated, with_moved_part
from jixiao.schemes.exchange.diff import Change, diff
from jixiao.schemes.forms import DocumentForm, KeepForm, PartForm, PathForm, SubmitForm, UploadForm
from jixiao.schemes.queries import Desk, VersionRow
from jixiao.schemes.views.reading import SCHEMES


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_edit(request: Request, version: VersionRow) -> HttpResponse:
    """编辑办法：左边是目录，中间是一处，右边是负担和记分表。"""
    if not version.is_draft:
        messages.info(request, f"这一版已{version.get_state_display()}，不能再改")
        return redirect("scheme", pk=version.pk)
    path = request.POST.get("path", request.GET.get("part", queries.first_path(version)))
    form = PartForm(request.POST or None, version=version, path=path)
    if request.method == "POST" and "reshape" not in request.POST and _saved(request, form):
        messages.success(request, "已保存")
        return redirect(_address(version, form.kept_path))
    is_lost = form.spot is None and not form.is_new and request.method == "GET"
    return redirect("scheme_edit", pk=version.pk) if is_lost else _desk(request, version, form)


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_preview(request: Request, version: VersionRow) -> HttpResponse:
    """边改边看：没有保存的一处会怎样。"""
    form = PartForm(request.POST, version=version, path=request.POST.get("path", ""))
    return render(request, "schemes/live.html", _context(form, request=request))


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_move(request: Request, version: VersionRow) -> HttpResponse:
    """上移、下移一处。"""
    form = PathForm(request.POST or None)
    if not form.is_valid():
        return redirect("scheme_edit", pk=version.pk)
    path = form.cleaned_data["path"]
    done = _done(request, lambda: actions.move_part(version, by=request.actor, **form.facts))
    if done:
        path = with_moved_part(version.scheme, path, form.cleaned_data["way"])[1]
    return redirect(f"{_address(version, path)}#at")


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_remove(request: Request, version: VersionRow) -> HttpResponse:
    """删去一处。"""
    form = PathForm(request.POST or None)
    if not form.is_valid():
        return redirect("scheme_edit", pk=version.pk)
    facts = {name: form.cleaned_data[name] for name in ("path", "version")}
    if _done(request, lambda: actions.remove_part(version, by=request.actor, **facts)):
        return redirect("scheme_edit", pk=version.pk)
    return redirect(_address(version, form.cleaned_data["path"]))


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_keep(request: Request, version: VersionRow) -> HttpResponse:
    """保留一条提醒。"""
    form = KeepForm(request.POST or None)
    if form.is_valid():
        _done(request, lambda: actions.keep_remark(version, by=request.actor, **form.facts))
    elif form.errors:
        messages.error(request, "请写明为什么保留")
    path = request.POST.get("path", "")
    return redirect(f"{_address(version, path)}#health")


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_import(request: Request, version: VersionRow) -> HttpResponse:
    """用文件换掉草稿：先看有哪些不同。"""
    form = UploadForm(request.POST or None, request.FILES or None)
    context = {"version": version, "form": form, "crumbs": _crumbs(version, "导入")}
    if form.is_valid():
        scheme, context["warnings"] = form.cleaned_data["file"]
        context["changes"] = diff(version.scheme, scheme)
        initial = {"document": as_text(scheme), "version": version.version}
        context["confirm"] = DocumentForm(initial=initial)
    return render(request, "schemes/import.html", context)


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_replace(request: Request, version: VersionRow) -> HttpResponse:
    """确认用文件换掉草稿。"""
    form = DocumentForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: actions.replace_document(version, by=request.actor, **form.facts)
    ):
        messages.success(request, "草稿已换成文件里的办法")
        return redirect("scheme_edit", pk=version.pk)
    if not form.is_bound:
        return redirect("scheme_import", pk=version.pk)
    context = {"version": version, "form": UploadForm(), "confirm": form}
    context |= {"changes": _changes(version, form), "crumbs": _crumbs(version, "导入")}
    return render(request, "schemes/import.html", context)


def _saved(request: Request, form: PartForm) -> bool:
    """Whether the part is kept now; what was refused stands in the form."""
    do = actions.add_part if form.is_new else actions.change_part
    return form.is_valid() and form.run(lambda: do(form.row, by=request.actor, **form.facts))


def _done(request: Request, do: Callable[[], object]) -> bool:
    """Whether it is done; a refusal is said on the page that comes next."""
    try:
        do()
    except StaleError:
        messages.error(request, "别人刚改过这份草稿，没有办；下面是现在的内容，请核对后再办")
    except RefusedError as error:
        messages.error(request, error.message)
    else:
        return True
    return False


def _desk(request: Request, version: VersionRow, form: PartForm) -> HttpResponse:
    """The whole page, or with htmx only the part that takes another shape."""
    is_part = request.headers.get("HX-Request") and "reshape" in request.POST
    template = "schemes/part.html" if is_part else "schemes/edit.html"
    context = _context(form, request=request) | {"crumbs": _crumbs(version, "编辑")}
    return render(request, template, context)


def _context(form: PartForm, *, request: Request) -> dict[str, object]:
    """The desk with what is written but not saved yet."""
    version, is_open = form.row, form.is_bound and "reshape" not in request.POST
    scheme = (form.preview() if is_open else None) or version.scheme
    path = form.kept_path if scheme is not version.scheme else form.path
    health = queries.health(version, scheme)
    spot, group = spot_at(scheme, path), request.GET.get("group", "")
    return {
        "version": version, "form": form, "health": health,
        "desk": Desk(version, scheme, health, path, spot, request.POST, group),
        "ways": queries.ways(version, health, request.actor),
        "submit": SubmitForm(initial={"version": version.version}),
        "is_trying": "trying" in request.POST,
    }  # fmt: skip


def _address(version: VersionRow, path: str) -> str:
    return f"{reverse('scheme_edit', args=[version.pk])}?{urlencode({'part': path})}"


def _crumbs(version: VersionRow, here: str) -> list[tuple[str, object]]:
    return [SCHEMES, (str(version), reverse("scheme", args=[version.pk])), (here, "")]


def _changes(version: VersionRow, form: DocumentForm) -> tuple[Change, ...]:
    """What confirming would change now."""
    try:
        return diff(version.scheme, validated(form.cleaned_data.get("document", {})))
    except EditError:
        return ()
