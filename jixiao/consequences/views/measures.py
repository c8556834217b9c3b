"""By which rules of the county do consequences follow, beside those of the scheme?"""

from typing import cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse, reverse_lazy

from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.consequences import actions, tables
from jixiao.consequences.forms import EndForm, MeasureForm
from jixiao.consequences.queries import known as queries
from jixiao.consequences.queries.known import MeasureRow
from jixiao.consequences.rules import text_of
from jixiao.consequences.samples import SAMPLES
from jixiao.consequences.views.lists import CONSEQUENCES, Crumb
from jixiao.core.forms import ActionForm

MEASURES: Crumb = ("规定", cast("str", reverse_lazy("measures")))


@page(Permission.CONSEQUENCES_EDIT)
def measures(request: Request) -> HttpResponseBase:
    """结果运用规定。"""
    table = tables.MEASURES.of(queries.measures(), request)
    return table.answer("consequences/measures.html", samples=SAMPLES.items())


@page(Permission.CONSEQUENCES_EDIT)
def measure_write(request: Request) -> HttpResponse:
    """起草结果运用规定。从范本或原来的规定开始。"""
    form = MeasureForm(sent(request), lines=queries.lines(), initial=_begun(request))
    question = Question(
        title="起草结果运用规定", crumbs=(CONSEQUENCES, MEASURES),
        done="已起草，请另一位同事对照文件核准", submit="起草",
    )  # fmt: skip

    def do() -> object:
        line = queries.line(form.cleaned_data["line"])
        return actions.write_measure(form.written(), by=request.actor, line=line)

    return ask(request, form=form, question=question, do=do)


@page(Permission.CONSEQUENCES_EDIT, of=queries.measure)
def measure(request: Request, row: MeasureRow) -> HttpResponse:
    """一条规定。"""
    context = {
        "measure": row, "text": text_of(row.rule), "form": ActionForm(),
        "is_own": row.written_by_id == request.actor.account_id,
        "crumbs": [CONSEQUENCES, MEASURES, (row.name, "")],
    }  # fmt: skip
    return render(request, "consequences/measure.html", context)


@page(Permission.CONSEQUENCES_EDIT, of=queries.measure)
def measure_approve(request: Request, row: MeasureRow) -> HttpResponse:
    """核准规定。"""
    return pressed(
        request, lambda: actions.approve_measure(row, by=request.actor),
        to=reverse("measure", args=[row.pk]), said="已核准，施行日期所在年度起的结果适用",
    )  # fmt: skip


@page(Permission.CONSEQUENCES_EDIT, of=queries.measure)
def measure_end(request: Request, row: MeasureRow) -> HttpResponse:
    """停止施行规定。"""
    form = EndForm(sent(request), initial={"version": row.version})
    question = Question(
        title="停止施行", crumbs=(CONSEQUENCES, (row.name, reverse("measure", args=[row.pk]))),
        done="已停止施行，已开列的名单不变", submit="停止施行", is_grave=True,
    )  # fmt: skip
    return ask(
        request, form=form, question=question,
        do=lambda: actions.end_measure(row, by=request.actor, **form.facts),
    )  # fmt: skip


def _begun(request: Request) -> dict[str, object]:
    """A sample, or a rule that was written before."""
    if sample := SAMPLES.get(request.GET.get("sample", "")):
        return {"kind": sample.kind, "text": sample.text}
    asked = request.GET.get("from", "")
    row = queries.measure(int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    if row is None:
        return {}
    known = {"kind": row.kind, "text": text_of(row.rule), "line": row.line_id}
    return known | {"document": row.document, "since": row.since}
