"""What does a scheme say, in which file can it be had, and what is new in it?"""

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.forms import VersionedForm
from jixiao.schemes import queries, tables
from jixiao.schemes.editing import plain
from jixiao.schemes.exchange.diff import diff
from jixiao.schemes.exchange.excel_view import write_excel
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.template import write_template
from jixiao.schemes.exchange.yaml_view import write_yaml
from jixiao.schemes.forms import MOVE_FORMS
from jixiao.schemes.printed import text_of
from jixiao.schemes.queries import VersionRow
from jixiao.schemes.states import State
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import canonical

SCHEMES = ("办法", reverse_lazy("schemes"))
"""The first of the breadcrumbs."""


def _yaml(scheme: Scheme, target: BinaryIO) -> None:
    target.write(write_yaml(scheme).encode())


def _json(scheme: Scheme, target: BinaryIO) -> None:
    target.write(canonical(plain(scheme)).encode())


FORMS: dict[str, tuple[str, Callable[[Scheme, BinaryIO], None]]] = {
    "yaml": ("办法.yaml", _yaml),
    "excel": ("办法.xlsx", write_excel),
    "json": ("办法.json", _json),
    "sheet": ("记分表.xlsx", write_template),
}
"""What can be had: the end of its file name, and how it is written."""


def found(request: Request, pk: int) -> VersionRow:
    """The version, if this person may read it; else there is none."""
    row = queries.version(pk, request.actor)
    if row is None:
        raise Http404("没有这一版办法，或者还没有发布")
    return row


@page(Permission.SCHEMES_SEE)
def schemes(request: Request) -> HttpResponseBase:
    """办法。各年度、各版，走到哪一步，该谁办。"""
    shown = tables.SCHEMES.of(queries.versions(request.actor), request)
    may_edit = request.actor.may(Permission.SCHEMES_EDIT)
    return shown.answer(
        "schemes/list.html", may_edit=may_edit, standing=queries.standing(request.actor)
    )


@page(Permission.SCHEMES_SEE)
def scheme(request: Request, pk: int) -> HttpResponse:
    """办法全文。"""
    context = whole(found(request, pk), actor=request.actor)
    return render(request, "schemes/scheme.html", context)


@page(Permission.SCHEMES_SEE)
def scheme_compare(request: Request, pk: int) -> HttpResponse:
    """对照两版办法。"""
    row = found(request, pk)
    others = queries.others(row, request.actor)
    asked = request.GET.get("with", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 10 else row.based_on_id
    chosen = next((each for each in others if each.pk == wanted), next(iter(others), None))
    crumbs = [SCHEMES, (str(row), reverse("scheme", args=[row.pk])), ("对照", "")]
    context = {"version": row, "others": others, "chosen": chosen, "crumbs": crumbs}
    if chosen:
        context["changes"] = diff(found(request, chosen.pk).scheme, row.scheme)
    return render(request, "schemes/compare.html", context)


@page(Permission.SCHEMES_SEE)
def scheme_file(request: Request, pk: int, form: str) -> HttpResponseBase:
    """下载办法或空白记分表。"""
    row, target = found(request, pk), io.BytesIO()
    if form not in FORMS:
        raise Http404("没有这种格式")
    name, write = FORMS[form]
    try:
        write(queries.sound(row) if form == "sheet" else row.scheme, target)
    except (SchemeFileError, RefusedError) as error:
        messages.error(request, str(error))
        return redirect("scheme", pk=row.pk)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{row.scheme.title}-{name}")


def whole(
    row: VersionRow,
    *,
    actor: Actor,
    refused: Mapping[str, VersionedForm] = MappingProxyType({}),
) -> dict[str, Any]:
    """The page of a version: its text, how far it has come, and what this person may do with it.

    ``refused`` is the form of a move that did not succeed; ``shown`` are the moves whose forms stand
    on the page, each with what was refused.
    """
    health = queries.health(row)
    initial = {"version": row.version, "effective_on": timezone.localdate()}
    forms = {name: each(initial=initial) for name, each in MOVE_FORMS.items()}
    may_edit = actor.may(Permission.SCHEMES_EDIT)
    may_amend = row.state == State.PUBLISHED and may_edit
    ways = queries.ways(row, health, actor)
    shown = {way.move.name for way in ways if way.is_open} | ({"amend"} if may_amend else set())
    return {
        "version": row, "text": text_of(row.scheme), "health": health,
        "ways": ways, "forms": forms | dict(refused), "shown": shown,
        "steps": queries.steps(row), "returns": queries.returns(row),
        "others": queries.others(row, actor), "may_edit": row.is_draft and may_edit,
        "may_amend": may_amend,
        "crumbs": [SCHEMES, (str(row), "")],
    }  # fmt: skip
