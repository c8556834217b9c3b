"""Which appraisals are there, how far are the units, and what came from the organization department?"""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import TYPE
from jixiao.grades import actions
from jixiao.grades import tables as lists
from jixiao.grades.forms import AboveForm, PlanForm
from jixiao.grades.queries import campaigns as queries
from jixiao.grades.queries.campaigns import CampaignRow
from jixiao.grades.queries.shares import rates_known
from jixiao.grades.sheet import GradeSheet
from jixiao.grades.states import (
    APPEAL_DAYS,
    REVIEW_DAYS,
    ROUTINE_SHARES,
    SHARES,
    STAFF_APPEAL_DAYS,
    CampaignKind,
    Category,
)

GRADES = ("个人考核", reverse_lazy("grades"))
PRESETS = [(kind, category) for category in Category for kind in CampaignKind]


@page(Permission.GRADES_OWN)
def grades(request: Request) -> HttpResponseBase:
    """个人考核。"""
    actor = request.actor
    if not actor.may(Permission.GRADES_SEE):
        return redirect("my_grades")
    table = lists.CAMPAIGNS.of(queries.campaigns(actor), request)
    return table.answer(
        "grades/campaigns.html",
        may_open=actor.may(Permission.GRADES_APPROVE),
        seconded=queries.seconded_to(actor),
    )


@page(Permission.GRADES_APPROVE)
def grade_open(request: Request) -> HttpResponse:
    """布置个人考核。"""
    rates, units = rates_known(), queries.units_to_choose()
    initial = _proposed(request.GET, rates)
    form = PlanForm(request.POST or None, rates=rates, units=units, initial=initial)
    if form.is_valid() and form.run(lambda: actions.open_campaign(form.plan(), by=request.actor)):
        messages.success(request, "已布置，各单位在“个人考核”里看到自己的表")
        return redirect("grade_campaign", form.result.pk) if form.result else redirect("grades")
    context = {"form": form, "presets": _presets(), "crumbs": [GRADES, ("布置个人考核", "")]}
    return render(request, "grades/open.html", context, status=422 if form.errors else 200)


def _presets() -> list[tuple[str, str]]:
    """What is usually laid out, each with its usual parameters."""
    return [
        (f"{category.label}{kind.label}", f"?kind={kind.value}&category={category.value}")
        for kind, category in PRESETS
    ]


def _proposed(given: QueryDict, rates: list[str]) -> dict[str, Any]:
    """The parameters as the rules have them for this kind."""
    asked, of = given.get("kind", ""), given.get("category", "")
    kind = CampaignKind(asked) if asked in CampaignKind.values else CampaignKind.ANNUAL
    category = Category(of) if of in Category.values else Category.CIVIL
    is_annual = kind == CampaignKind.ANNUAL
    shares = [each // 100 for each in SHARES.get(kind, ROUTINE_SHARES)]
    year = timezone.localdate().year
    return {
        "year": year, "kind": kind, "category": category, "period": "全年" if is_annual else "",
        "share": shares[0], "most": shares[1], "cap": shares[2],
        "rate_name": next(iter(rates), "") if is_annual else "",
        "notice_workdays": PlanForm.base_fields["notice_workdays"].initial if is_annual else 0,
        "review_days": REVIEW_DAYS if is_annual else 0,
        "appeal_days": APPEAL_DAYS if category == Category.CIVIL else STAFF_APPEAL_DAYS,
    }  # fmt: skip


@page(Permission.GRADES_SEE)
def grade_campaign(request: Request, pk: int) -> HttpResponse:
    """一次考核：各单位办到哪一步。"""
    row = queries.campaign(pk)
    if row is None:
        raise Http404("没有这次考核")
    shown = queries.campaign_page(row, request.actor, timezone.localdate())
    if not shown.tables:
        raise Http404("没有这次考核，或您的单位不参加")
    if len(shown.tables) == 1 and not shown.sees_all:
        return redirect("grade_table", shown.tables[0].pk)
    context = {
        "shown": shown, "campaign": row, "may_import": request.actor.may(Permission.GRADES_APPROVE),
        "crumbs": [GRADES, (str(row), "")],
    }  # fmt: skip
    return render(request, "grades/campaign.html", context)


@page(Permission.GRADES_APPROVE, of=queries.campaign)
def grade_above(request: Request, row: CampaignRow) -> HttpResponse:
    """导入组织部门确定的等次。"""
    sent = request.POST if request.method == "POST" else None
    form = AboveForm(sent, request.FILES or None, sheet=queries.sheet_from_above(row))
    if form.is_valid() and not form.is_preview:
        facts = {"rows": form.rows_from_above, "document": form.cleaned_data["document"]}
        if form.run(lambda: actions.take_from_above(row, by=request.actor, **facts)):
            messages.success(request, f"已存{len(form.rows_from_above)}人的等次")
            return redirect("grade_campaign", row.pk)
    context = {"campaign": row, "form": form, "crumbs": [GRADES, _of(row), ("组织部门确定的", "")]}
    return render(request, "grades/above.html", context, status=422 if form.errors else 200)


def _of(row: CampaignRow) -> tuple[str, Any]:
    return str(row), reverse_lazy("grade_campaign", args=[row.pk])


@page(Permission.GRADES_APPROVE, of=queries.campaign)
def grade_above_book(_request: Request, row: CampaignRow) -> FileResponse:
    """下载由组织部门确定的名单。"""
    return book_of(queries.sheet_from_above(row))


def book_of(sheet: GradeSheet) -> FileResponse:
    """A table as a download."""
    target = io.BytesIO()
    sheet.write(target)
    target.seek(0)
    name = f"{sheet.title.replace('　', '')}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPE)
