"""How did one item come to its mark, who decides between versions, and what was put right later?"""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.visits import actions
from jixiao.visits.forms.feedback import (
    DEVICE,
    CorrectionForm,
    RecordForm,
    SelfMarksForm,
    SettleForm,
)
from jixiao.visits.queries.record_page import RecordPage, RecordRow, Version, entry_of, record_page
from jixiao.visits.queries.record_page import record as find_record
from jixiao.visits.queries.rounds import VisitRow
from jixiao.visits.queries.rounds import visit as find_visit
from jixiao.visits.queries.self_marks import self_page
from jixiao.visits.queries.sheet import sheet_of
from jixiao.visits.record_sheet import FORMS
from jixiao.visits.views.visits import book_of, known, require_member


@page(Permission.VISITS_SEE)
def visit_record(request: Request, pk: int, code: str) -> HttpResponse:
    """一个项目的记录。规则、数据、理由、先后的版本、更正和经手的人。"""
    shown = _found(request, pk, code)
    visit = shown.book.visit
    form = _record_form(request, shown) if shown.may_record else None
    if form and form.is_valid() and form.run(lambda: _save(request, visit, form)):
        messages.success(request, f"{shown.item.task.name}已记录")
        return redirect("visit_record", pk, code)
    context = {"shown": shown, "form": form, "versions": _versions(shown)}
    return render(request, "visits/record.html", {**context, **known(request, visit, code)})


@page(Permission.VISITS_RECORD, of=find_record)
def visit_settle(request: Request, row: RecordRow) -> HttpResponse:
    """裁定不一致的记录。"""
    require_member(request, row.visit)
    form = SettleForm(request.POST or None)
    if form.is_valid() and form.run(lambda: _settle(request, row, form)):
        messages.success(request, "已裁定，没选的一份也留着")
    for errors in form.errors.values():
        messages.error(request, "；".join(map(str, errors)))
    return redirect("visit_record", row.visit_id, row.code)


@page(Permission.VISITS_CORRECT, of=find_record)
def visit_correct(request: Request, row: RecordRow) -> HttpResponse:
    """更正已确认的记录。"""
    shown = _found(request, row.visit_id, row.code)
    said = {"reason_of_mark": row.reason}
    form = CorrectionForm(
        request.POST or None, task=shown.item.task, values=row.values, initial=said
    )
    if form.is_valid() and form.run(
        lambda: actions.correct_record(row, by=request.actor, **form.facts)
    ):
        messages.success(request, "已更正，单位收到通知，更正前后都看得到")
        return redirect("visit_record", row.visit_id, row.code)
    context = {"shown": shown, "form": form, **known(request, row.visit, f"更正 {row.code}")}
    return render(request, "visits/correct.html", context)


@page(Permission.SELF_MARK, of=find_visit)
def self_marks(request: Request, row: VisitRow) -> HttpResponse:
    """填报本单位自评。"""
    shown = self_page(row)
    form = SelfMarksForm(request.POST or None, tasks=shown.tasks, given=shown.given)
    if form.is_valid() and form.run(
        lambda: actions.give_self_marks(row, by=request.actor, views=form.views())
    ):
        messages.success(request, "自评已保存，反馈以前可以再改")
        return redirect("visit", row.pk)
    context = {"shown": shown, "form": form, "rows": form.rows(shown.last)}
    return render(request, "visits/self_marks.html", {**context, **known(request, row, "自评")})


@page(Permission.VISITS_SEE)
def visit_sheet(request: Request, pk: int, form: str) -> HttpResponseBase:
    """现场评估记录表，可以打印的一份。"""
    visit = find_visit(pk)
    if visit is None or form not in FORMS:
        raise Http404("没有这份记录表")
    book = book_of(request, visit)
    if not book.shows_marks:
        raise PermissionDenied("评估组当面反馈以后才有记录表")
    media, print_as = FORMS[form]
    paper = BytesIO(print_as(sheet_of(book)))
    name = f"{visit.name}现场评估记录表.{form}"
    return FileResponse(paper, as_attachment=True, filename=name, content_type=media)


def _found(request: Request, pk: int, code: str) -> RecordPage:
    visit = find_visit(pk)
    if visit is None:
        raise Http404("没有这次现场评估")
    shown = record_page(visit, code, request.actor)
    if shown is None:
        raise PermissionDenied("评估组当面反馈以后，本单位才看得到记录")
    return shown


def _versions(shown: RecordPage) -> list[tuple[Version, SettleForm]]:
    """What waits for a decision, each with the form that takes it."""
    return [
        (each, SettleForm(auto_id=f"s{each.entry.pk}_%s", initial={"entry": each.entry.pk}))
        for each in shown.open
    ]


def _record_form(request: Request, shown: RecordPage) -> RecordForm:
    """The record as it stands, to be changed; or an empty one."""
    row, task = shown.item.record, shown.item.task
    if row is None:
        return RecordForm(request.POST or None, task=task, values={})
    said = {
        "methods": row.methods.split(","), "reason": row.reason, "remark": row.remark,
        "base": row.version,
    }  # fmt: skip
    return RecordForm(request.POST or None, task=task, values=row.values, initial=said)


def _save(request: Request, visit: VisitRow, form: RecordForm) -> None:
    """RefusedError where the entry was not taken."""
    sent = [form.entered()]
    [told] = actions.save_entries(visit, by=request.actor, device=DEVICE, entries=sent)
    if told.state in ("refused", "late"):
        raise RefusedError(told.message)
    if told.state == "differing":
        messages.warning(request, "另一台设备记的不一样，两份都留着，请裁定")


def _settle(request: Request, row: RecordRow, form: SettleForm) -> None:
    entry = entry_of(row, form.cleaned_data["entry"])
    if entry is None:
        raise RefusedError("没有这一份记录，请刷新页面")
    reason = form.cleaned_data["reason"]
    actions.settle_record(row, by=request.actor, entry=entry, reason=reason)
