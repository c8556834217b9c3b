"""Which matters are there, which are under notice, and what has been done about one?"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import ActionForm, VersionedForm
from jixiao.events import actions, tables
from jixiao.events.forms import MOVE_FORMS, AnswerForm, ObjectForm, TextForm
from jixiao.events.queries import matters as queries
from jixiao.events.queries.counting import worth_of
from jixiao.events.queries.matters import EvidenceRow, MatterRow, ObjectionRow
from jixiao.events.queries.proof import proofs, table_of
from jixiao.events.queries.ways import ways
from jixiao.events.states import LIVE

MATTERS = ("加扣分", reverse_lazy("matters"))
P = Permission


@page(P.EVENTS_SEE)
def matters(request: Request) -> HttpResponseBase:
    """加扣分事项。"""
    table = tables.MATTERS.of(queries.matters(request.actor), request)
    rows = table.found if request.GET.get("export") == "xlsx" else table.page
    worth = worth_of(rows)
    for row in rows:
        row.worth = worth[row.pk]
    return table.answer(
        "events/matters.html",
        standing=queries.standing(request.actor),
        versions=queries.open_versions() if request.actor.may(P.EVENTS_APPLY) else [],
        may_register=request.actor.may(P.EVENTS_EDIT),
    )


@page(P.HOME)
def matters_noticed(request: Request) -> HttpResponse:
    """正在公示的加扣分事项。"""
    registers = request.actor.may(P.EVENTS_EDIT)
    context = {
        "found": queries.under_notice(timezone.localdate()),
        "form": ObjectForm(registers=registers, auto_id=False),
        "office": settings.OFFICE,
        "sees_all": request.actor.may(P.EVENTS_SEE),
    }
    return render(request, "events/noticed.html", context)


@page(P.EVENTS_SEE, of=queries.matter)
def matter(request: Request, row: MatterRow) -> HttpResponse:
    """一件加扣分事项。"""
    return render(request, "events/matter.html", whole(row, actor=request.actor))


@page(P.EVENTS_SEE, of=queries.evidence)
def matter_file(_request: Request, row: EvidenceRow) -> FileResponse:
    """下载材料。"""
    return FileResponse(
        row.file.open(), as_attachment=True, filename=row.name, content_type=row.media
    )


@page(P.EVENTS_EDIT, of=queries.matter)
def matter_check(request: Request, row: MatterRow) -> HttpResponse:
    """核对属实。"""
    return _moved(request, row, actions.check_matter, "check")


@page(P.EVENTS_EDIT, of=queries.matter)
def matter_notice(request: Request, row: MatterRow) -> HttpResponse:
    """公示。"""
    return _moved(request, row, actions.put_on_notice, "notice")


@page(P.EVENTS_SIGN, of=queries.matter)
def matter_sign(request: Request, row: MatterRow) -> HttpResponse:
    """签批。"""
    return _moved(request, row, actions.sign_matter, "sign")


@page(P.EVENTS_EDIT, of=queries.matter)
def matter_file_sign(request: Request, row: MatterRow) -> HttpResponse:
    """登记纸质签批。"""
    return _moved(request, row, actions.file_signature, "file_sign")


@page(P.EVENTS_EDIT, of=queries.matter)
def matter_send_back(request: Request, row: MatterRow) -> HttpResponse:
    """退回更正。"""
    return _moved(request, row, actions.send_back_matter, "send_back")


@page(P.EVENTS_EDIT, of=queries.matter)
def matter_reject(request: Request, row: MatterRow) -> HttpResponse:
    """不予计入。"""
    return _moved(request, row, actions.reject_matter, "reject")


@page(P.EVENTS_APPLY, of=queries.matter)
def matter_withdraw(request: Request, row: MatterRow) -> HttpResponse:
    """撤回。"""
    return _moved(request, row, actions.withdraw_matter, "withdraw")


@page(P.EVENTS_EDIT, of=queries.matter)
def matter_restore(request: Request, row: MatterRow) -> HttpResponse:
    """登记整改到位。"""
    return _moved(request, row, actions.restore_points, "restore")


@page(P.EVENTS_APPLY, of=queries.matter)
def matter_answer(request: Request, row: MatterRow) -> HttpResponse:
    """单位说明。"""
    return _moved(request, row, actions.answer_matter, "answer")


@page(P.HOME, of=queries.matter)
def matter_object(request: Request, row: MatterRow) -> HttpResponse:
    """对公示提出异议。"""
    registers = request.actor.may(P.EVENTS_EDIT)
    form = ObjectForm(request.POST or None, registers=registers)
    if form.is_valid() and form.run(
        lambda: actions.raise_objection(row, by=request.actor, **form.facts)
    ):
        messages.success(request, "异议已提出，答复后才能计入")
    _say_errors(request, form)
    return redirect("matters_noticed")


@page(P.EVENTS_EDIT, of=queries.objection)
def objection_answer(request: Request, row: ObjectionRow) -> HttpResponse:
    """答复异议。"""
    form = AnswerForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: actions.answer_objection(row, by=request.actor, **form.facts)
    ):
        messages.success(request, "已答复")
    _say_errors(request, form)
    return redirect("matter", row.matter_id)


def _say_errors(request: Request, form: ActionForm) -> None:
    for errors in form.errors.values() if form.is_bound else ():
        for each in errors:
            messages.error(request, str(each))


def _moved(
    request: Request, row: MatterRow, do: Callable[..., MatterRow], name: str
) -> HttpResponse:  # fmt: skip
    """To the matter where it stands now; with its form again where something was refused."""
    if request.method != "POST":
        return redirect("matter", row.pk)
    form = FORMS[name](request.POST, auto_id=f"{name}_%s")
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, "已办理")
        return redirect("matter", row.pk)
    context = whole(queries.matter(row.pk) or row, actor=request.actor, refused={name: form})
    for error in form.non_field_errors() if name not in context["shown"] else ():
        messages.error(request, str(error))
    return render(request, "events/matter.html", context)


FORMS: dict[str, type[VersionedForm]] = MOVE_FORMS | {"restore": TextForm, "answer": TextForm}


def whole(
    row: MatterRow,
    *,
    actor: Actor,
    refused: Mapping[str, VersionedForm] = MappingProxyType({}),
) -> dict[str, Any]:
    """The page of a matter; ``refused`` is the form of a move that did not succeed."""
    steps, table, open_ways = queries.told_steps(row), table_of(row), ways(row, actor)
    is_live, initial = row.state in LIVE, {"version": row.version}
    forms = {name: form(initial=initial, auto_id=f"{name}_%s") for name, form in FORMS.items()}
    beside = {
        "answer": is_live and actor.may(P.EVENTS_APPLY, row.place()),
        "restore": is_live and bool(table and table.restored) and not row.restored_at
        and row.is_penalty and actor.may(P.EVENTS_EDIT),
    }  # fmt: skip
    shown = {each.move.name for each in open_ways if each.is_open}
    return {
        "matter": row, "steps": steps, "ways": open_ways, "forms": forms | dict(refused),
        "refused": set(refused), "beside": [name for name, there in beside.items() if there],
        "shown": shown | {name for name, there in beside.items() if there},
        "way": queries.way(row), "worth": worth_of([row])[row.pk], "is_live": is_live,
        "proofs": proofs(row, table, timezone.localdate()) if is_live else (),
        "objections": [
            (each, AnswerForm(initial={"version": each.version}, auto_id=f"a{each.pk}_%s"))
            for each in queries.objections(row)
        ],
        "may_edit": actor.may(P.EVENTS_EDIT), "files": list(row.files.all()),
        "may_change": row.state == "applied"
        and actor.may(P.EVENTS_EDIT if row.is_penalty else P.EVENTS_APPLY, row.place()),
        "crumbs": [MATTERS, (str(row), reverse("matter", args=[row.pk]))],
    }  # fmt: skip
