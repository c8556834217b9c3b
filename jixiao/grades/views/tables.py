"""What stands in a unit's table, who is shown in the notice, and what comes next?"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.asking import Question, ask, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import VersionedForm
from jixiao.core.words import short_day
from jixiao.grades import actions
from jixiao.grades.forms import (
    MOVE_FORMS,
    FindingForm,
    GradesForm,
    ObjectionForm,
    TakeInForm,
)
from jixiao.grades.queries import notices
from jixiao.grades.queries import tables as queries
from jixiao.grades.queries.campaigns import people_to_choose
from jixiao.grades.queries.notices import ObjectionRow
from jixiao.grades.queries.tables import Facts, TableRow
from jixiao.grades.queries.way import way_of
from jixiao.grades.queries.ways import ways
from jixiao.grades.states import AFTER_APPROVAL, TableState
from jixiao.grades.views.campaigns import GRADES, book_of
from jixiao.org.queries.people import person as person_of


@page(Permission.GRADES_SEE, of=queries.table)
def grade_table(request: Request, row: TableRow) -> HttpResponse:
    """一个单位的考核表。"""
    found = queries.facts(row)
    form = GradesForm(None, sheet=found.sheet(request.actor))
    return render(request, "grades/table.html", whole(found, request.actor, form))


@page(Permission.GRADES_EDIT, of=queries.table)
def grade_fill(request: Request, row: TableRow) -> HttpResponse:
    """填报考核等次。"""
    if request.method != "POST":
        return redirect("grade_table", row.pk)
    found = queries.facts(row)
    form = GradesForm(request.POST, request.FILES or None, sheet=found.sheet(request.actor))
    is_sound = form.is_valid() and not form.is_preview
    if is_sound and form.run(lambda: actions.fill_table(row, by=request.actor, rows=form.rows)):
        messages.success(request, f"已保存，改了{len(form.changes)}人")
        return redirect("grade_table", row.pk)
    context = whole(found, request.actor, form)
    return render(request, "grades/table.html", context, status=422 if form.errors else 200)


@page(Permission.GRADES_SEE, of=queries.table)
def grade_book(request: Request, row: TableRow) -> FileResponse:
    """下载考核表。"""
    return book_of(queries.facts(row).sheet(request.actor))


@page(Permission.GRADES_EDIT, of=queries.table)
def grade_submit(request: Request, row: TableRow) -> HttpResponse:
    """报送审核。"""
    return _moved(request, row, actions.submit_table, "submit")


@page(Permission.GRADES_APPROVE, of=queries.table)
def grade_publicize(request: Request, row: TableRow) -> HttpResponse:
    """同意公示。"""
    return _moved(request, row, actions.publicize_table, "publicize")


@page(Permission.GRADES_APPROVE, of=queries.table)
def grade_approve(request: Request, row: TableRow) -> HttpResponse:
    """审定等次。"""
    return _moved(request, row, actions.approve_table, "approve")


@page(Permission.GRADES_EDIT, of=queries.table)
def grade_notify(request: Request, row: TableRow) -> HttpResponse:
    """书面告知本人。"""
    return _moved(request, row, actions.notify_people, "notify")


@page(Permission.GRADES_APPROVE, of=queries.table)
def grade_close(request: Request, row: TableRow) -> HttpResponse:
    """办结归档。"""
    return _moved(request, row, actions.close_table, "close")


@page(Permission.GRADES_APPROVE, of=queries.table)
def grade_send_back(request: Request, row: TableRow) -> HttpResponse:
    """退回单位。"""
    return _moved(request, row, actions.send_back_table, "send_back")


@page(Permission.GRADES_APPROVE, of=queries.table)
def grade_raise_share(request: Request, row: TableRow) -> HttpResponse:
    """批准提高比例。"""
    return _moved(request, row, actions.raise_share, "raise_share")


@page(Permission.GRADES_APPROVE, of=queries.table)
def grade_keep_basis(request: Request, row: TableRow) -> HttpResponse:
    """看过名额变化，等次不变。"""
    return _moved(request, row, actions.keep_basis, "keep_basis")


@page(Permission.GRADES_EDIT, of=queries.table)
def grade_take_in(request: Request, row: TableRow) -> HttpResponse:
    """补入人员。"""
    form = TakeInForm(sent(request), people=people_to_choose(row))
    question = Question(
        "补入人员", crumbs(row), "已补入", submit="补入",
        note="名单取自基准日的任职。后来调入的、漏掉的，先在“机构人员”登记任职，再从这里补入。",
    )  # fmt: skip

    def do() -> object:
        return actions.take_in(row, by=request.actor, person=person_of(form.cleaned_data["person"]))  # type: ignore[arg-type]

    return ask(request, form=form, question=question, do=do)


@page(Permission.GRADES_OWN, of=queries.table)
def grade_notice(request: Request, row: TableRow) -> HttpResponse:
    """公示：拟定最高等次的人选。"""
    if not notices.may_read_notice(row, request.actor):
        raise PermissionDenied("公示只在本单位范围")
    form = ObjectionForm(sent(request))
    said = form.cleaned_data if form.is_valid() else {}
    if said and form.run(lambda: actions.object_grades(row, by=request.actor, text=said["text"])):
        messages.success(request, "已收到，审定部门会核实")
        return redirect("grade_notice", row.pk)
    context = {"shown": notices.notice_page(row, request.actor), "form": form, "table": row}
    return render(request, "grades/notice.html", context | {"crumbs": [GRADES, (str(row), "")]})


@page(Permission.GRADES_APPROVE, of=notices.objection)
def grade_settle(request: Request, row: ObjectionRow) -> HttpResponse:
    """核实公示期反映。"""
    form = FindingForm(sent(request), initial={"version": row.version})
    back = (*crumbs(row.table), ("公示", reverse("grade_notice", args=[row.table_id])))
    question = Question("核实公示期反映", back, "已记下", note=row.text)
    do = actions.settle_objection
    return ask(
        request, form=form, question=question, do=lambda: do(row, by=request.actor, **form.facts)
    )


def crumbs(row: TableRow) -> tuple[tuple[str, str], ...]:
    """The way to a unit's table."""
    campaign = (str(row.campaign), reverse("grade_campaign", args=[row.campaign_id]))
    home = (str(GRADES[0]), str(GRADES[1]))
    return home, campaign, (str(row.unit), reverse("grade_table", args=[row.pk]))


def _moved(request: Request, row: TableRow, do: Callable[..., TableRow], name: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("grade_table", row.pk)
    form = MOVE_FORMS[name](request.POST, auto_id=f"{name}_%s")
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, "已办理")
        return redirect("grade_table", row.pk)
    for error in form.non_field_errors():
        messages.error(request, str(error))
    found = queries.facts(queries.table(row.pk) or row)
    empty = GradesForm(None, sheet=found.sheet(request.actor))
    context = whole(found, request.actor, empty, refused={name: form})
    return render(request, "grades/table.html", context, status=422)


def whole(
    found: Facts,
    actor: Actor,
    form: GradesForm,
    *,
    refused: Mapping[str, VersionedForm] = MappingProxyType({}),
) -> dict[str, Any]:
    """The page of a table; ``refused`` is the form of a move that did not succeed."""
    table = found.table
    initial = {"version": table.version}
    forms = {name: kind(initial=initial, auto_id=f"{name}_%s") for name, kind in MOVE_FORMS.items()}
    may_edit = actor.may(Permission.GRADES_EDIT, table.place())
    drawn = {each.line.number: each for each in form.drawn()}
    return {
        "facts": found, "table": table, "campaign": found.campaign, "form": form,
        "rows": [(row, drawn[row.grade.pk]) for row in found.rows],
        "ways": ways(found, actor), "forms": forms | dict(refused), "refused": set(refused),
        "may_fill": may_edit and table.state == TableState.DRAFTING, "may_edit": may_edit,
        "sees_hints": actor.may(Permission.GRADES_APPROVE), "is_decided": table.state in AFTER_APPROVAL,
        "way": way_of(table), "steps": table.steps.select_related("taken_by"),
        "due": short_day(found.campaign.due_on), "crumbs": crumbs(table),
    }  # fmt: skip
