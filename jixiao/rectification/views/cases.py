"""Which findings wait for whom, and what has been done about each?"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.forms import VersionedForm
from jixiao.rectification import actions, tables
from jixiao.rectification.forms import MOVE_FORMS, RaiseForm
from jixiao.rectification.queries import cases as queries
from jixiao.rectification.queries.cases import CaseRow, ProofRow
from jixiao.rectification.queries.reminders import reminders_of, unit, units_to_choose
from jixiao.rectification.queries.ways import ways
from jixiao.rectification.states import OWED_BY_UNIT
from jixiao.scoring.numbers import mark_text

CASES = ("整改", reverse_lazy("cases"))


@page(Permission.RECTIFICATION_SEE)
def cases(request: Request) -> HttpResponseBase:
    """问题和整改。"""
    today = timezone.localdate()
    table = tables.CASES.of(queries.cases(request.actor, today), request)
    return table.answer(
        "rectification/cases.html",
        standing=queries.standing(request.actor, today),
        may_raise=request.actor.may(Permission.RECTIFICATION_REVIEW),
    )


@page(Permission.RECTIFICATION_SEE)
def case_themes(request: Request) -> HttpResponse:
    """共性问题。"""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == len("2026") else None
    found = queries.themes(request.actor, timezone.localdate(), year)
    context = {"themes": found, "year": year, "years": queries.years()}
    return render(request, "rectification/themes.html", context)


@page(Permission.RECTIFICATION_REVIEW)
def case_raise(request: Request) -> HttpResponse:
    """提出问题。"""
    items = queries.scheme_items(timezone.localdate().year)
    form = RaiseForm(request.POST or None, units=units_to_choose(), items=items)
    if form.is_valid() and (row := unit(form.cleaned_data["unit"])):
        found = form.found()
        if form.run(lambda: actions.raise_case(row, by=request.actor, found=found)):
            messages.success(request, f"已反馈给{row}，单位在首页看到")
            return redirect("case", form.result.pk) if form.result else redirect("cases")
    context = {"form": form, "themes": queries.known_themes(), "crumbs": [CASES, ("提出问题", "")]}
    return render(request, "rectification/raise.html", context)


@page(Permission.RECTIFICATION_SEE, of=queries.case)
def case(request: Request, row: CaseRow) -> HttpResponse:
    """一个问题和它的整改经过。"""
    return render(request, "rectification/case.html", whole(row, actor=request.actor))


@page(Permission.RECTIFICATION_SEE, of=queries.proof)
def proof(request: Request, row: ProofRow) -> FileResponse:
    """下载整改材料。"""
    if not queries.may_read(row.step.case, request.actor):
        raise Http404("没有这份材料")
    return FileResponse(
        row.file.open(), as_attachment=True, filename=row.name, content_type=row.media
    )


@page(Permission.RECTIFY, of=queries.case)
def case_plan(request: Request, row: CaseRow) -> HttpResponse:
    """报整改方案。"""
    return _moved(request, row, actions.report_plan, "plan")


@page(Permission.RECTIFY, of=queries.case)
def case_prove(request: Request, row: CaseRow) -> HttpResponse:
    """报整改结果。"""
    return _moved(request, row, actions.report_proof, "prove")


@page(Permission.RECTIFICATION_REVIEW, of=queries.case)
def case_verify(request: Request, row: CaseRow) -> HttpResponse:
    """核实到位。"""
    return _moved(request, row, actions.verify, "verify")


@page(Permission.RECTIFICATION_REVIEW, of=queries.case)
def case_send_back(request: Request, row: CaseRow) -> HttpResponse:
    """退回整改。"""
    return _moved(request, row, actions.send_back, "send_back")


@page(Permission.RECTIFICATION_REVIEW, of=queries.case)
def case_recheck(request: Request, row: CaseRow) -> HttpResponse:
    """复查有效，销号。"""
    return _moved(request, row, actions.recheck, "recheck")


@page(Permission.RECTIFICATION_REVIEW, of=queries.case)
def case_relapse(request: Request, row: CaseRow) -> HttpResponse:
    """复查反弹，重新整改。"""
    return _moved(request, row, actions.relapse, "relapse")


@page(Permission.RECTIFICATION_EXTEND, of=queries.case)
def case_extend(request: Request, row: CaseRow) -> HttpResponse:
    """同意延期。"""
    return _moved(request, row, actions.extend, "extend")


@page(Permission.RECTIFICATION_REVIEW, of=queries.case)
def case_withdraw(request: Request, row: CaseRow) -> HttpResponse:
    """撤回问题。"""
    return _moved(request, row, actions.withdraw, "withdraw")


def _moved(
    request: Request, row: CaseRow, do: Callable[..., CaseRow], name: str
) -> HttpResponse:  # fmt: skip
    """To the finding where it stands now; with its form again where something was refused."""
    if request.method != "POST":
        return redirect("case", row.pk)
    form = MOVE_FORMS[name](request.POST, request.FILES, auto_id=f"{name}_%s")
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, f"已办理：{(form.result or row).get_state_display()}")
        return redirect("case", row.pk)
    context = whole(queries.case(row.pk) or row, actor=request.actor, refused={name: form})
    for error in form.non_field_errors() if name not in context["shown"] else ():
        messages.error(request, str(error))
    return render(request, "rectification/case.html", context)


def whole(
    row: CaseRow,
    *,
    actor: Actor,
    refused: Mapping[str, VersionedForm] = MappingProxyType({}),
) -> dict[str, Any]:
    """The page of a finding; ``refused`` is the form of a move that did not succeed."""
    if not queries.may_read(row, actor):
        raise Http404("没有这个问题，可能还没有反馈给单位")
    steps, open_ways = queries.told_steps(row), ways(row, actor)
    initial = {"version": row.version}
    forms = {name: form(initial=initial, auto_id=f"{name}_%s") for name, form in MOVE_FORMS.items()}
    return {
        "case": row, "steps": steps, "ways": open_ways, "forms": forms | dict(refused),
        "refused": set(refused), "is_owed": row.state in OWED_BY_UNIT,
        "shown": {each.move.name for each in open_ways if each.is_open},
        "way": queries.way(row, steps, timezone.localdate()),
        "due": tables.case_due(row), "points": mark_text(row.points or 0, 2),
        "may_see_points": queries.may_see_points(row, actor),
        "may_remind": actor.may(Permission.REMINDERS_SEND) and row.told_at,
        "reminders": reminders_of(row),
        "crumbs": [CASES, (f"{row.unit} {row.item}", reverse("case", args=[row.pk]))],
    }  # fmt: skip
