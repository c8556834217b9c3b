"""What did units find in themselves this quarter, and who is late, missing or contradicts?"""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from jixiao.access.actor import Place
from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.appraisals import actions, queries, tables
from jixiao.appraisals.forms import QuarterForm, ReportForm, ReturnForm
from jixiao.appraisals.queries import Overview, QuarterRow, ReportPage
from jixiao.appraisals.states import Subject
from jixiao.core.export import workbook

QUARTERS = ("内部绩效", reverse_lazy("quarters"))
KEYS = (
    ("", "全部"), ("missing", "未报"), ("contradictory", "不一致"), ("late", "迟报"),
    ("fine", "按时"),
)  # fmt: skip


@page(Permission.APPRAISALS_SEE)
def quarters(request: Request) -> HttpResponseBase:
    """内部绩效季报。县绩效办看到各季度，单位看到自己报的和要报的。"""
    actor = request.actor
    if actor.may(Permission.APPRAISALS_SEE, Place()):
        shown = tables.QUARTERS.of(queries.quarters(), request)
        may_open = actor.may(Permission.APPRAISALS_REVIEW)
        return shown.answer("appraisals/quarters.html", may_open=may_open)
    units = actor.units()
    owed = [(unit, each) for unit in units for each in queries.due_now(unit)]
    shown = tables.OURS.of(queries.reports_of_units(units), request)
    return shown.answer("appraisals/ours.html", owed=owed)


@page(Permission.APPRAISALS_REVIEW)
def quarter_open(request: Request) -> HttpResponse:
    """布置内部绩效季报。"""
    today = timezone.localdate()
    year, number = (today.year, (today.month - 1) // 3) if today.month > 3 else (today.year - 1, 4)
    initial = {"year": year, "number": number, "due_on": queries.usual_due(year, number)}
    form = QuarterForm(sent(request), columns=queries.data_choices(year), initial=initial)
    question = Question(
        "布置内部绩效季报", ((str(QUARTERS[0]), str(QUARTERS[1])),), "已布置并通知各单位", "布置"
    )
    return ask(
        request, form=form, question=question,
        do=lambda: actions.open_quarter(form.cleaned_data["year"], by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.APPRAISALS_SEE, of=queries.overview)
def quarter(request: Request, shown: Overview) -> HttpResponseBase:
    """一个季度各单位报送情况。"""
    if request.GET.get("export") == "xlsx":
        return _workbook(shown)
    key = request.GET.get("show", "")
    context = {
        "shown": shown, "units": shown.shown(key), "tabs": list(_tabs(shown)),
        "here": f"?show={key}" if key else "?",
        "may_review": request.actor.may(Permission.APPRAISALS_REVIEW),
        "is_due": timezone.localdate() > shown.quarter.due_on,
        "crumbs": [QUARTERS, (str(shown.quarter), "")],
    }  # fmt: skip
    return render(request, "appraisals/quarter.html", context)


@page(Permission.APPRAISALS_REVIEW, of=queries.quarter)
def quarter_close(request: Request, row: QuarterRow) -> HttpResponse:
    """截止内部绩效季报。"""
    to = reverse("quarter", args=[row.pk])
    return pressed(request, lambda: actions.close_quarter(row, by=request.actor), to=to)


@page(Permission.APPRAISALS_SEE, of=queries.report_page)
def quarter_report(request: Request, shown: ReportPage) -> HttpResponse:
    """一个单位的季报，一页报完。"""
    may_report = shown.quarter.is_open and request.actor.may(
        Permission.APPRAISALS_REPORT, shown.place()
    )
    form = ReportForm(sent(request) if may_report else None, told=shown.told)
    if form.is_valid() and form.run(
        lambda: actions.report_quarter(
            shown.unit, by=request.actor, quarter=shown.quarter, told=form.told
        )
    ):
        messages.success(request, "已报送；截止以前可以更正")
        return redirect(shown.url)
    return _shown(request, shown, form, may_report=may_report)


def _shown(
    request: Request, shown: ReportPage, form: ReportForm, *, may_report: bool
) -> HttpResponse:
    may_review = request.actor.may(Permission.APPRAISALS_REVIEW)
    context = {
        "shown": shown, "form": form, "may_report": may_report,
        "may_return": may_review and shown.report and shown.quarter.is_open,
        "crumbs": [QUARTERS, (f"{shown.unit} {shown.quarter}", "")],
    }  # fmt: skip
    return render(request, "appraisals/report.html", context, status=422 if form.errors else 200)


@page(Permission.APPRAISALS_REVIEW, of=queries.report_page)
def report_return(request: Request, shown: ReportPage) -> HttpResponse:
    """退回内部绩效季报。"""
    if shown.report is None:
        raise Http404("这个单位还没有报")
    report = shown.report
    form = ReturnForm(sent(request), initial={"version": report.version})
    crumbs = ((str(QUARTERS[0]), str(QUARTERS[1])), (str(report), shown.url))
    return ask(
        request, form=form, question=Question("退回季报", crumbs, "已退回，单位更正后再报", "退回"),
        do=lambda: actions.return_report(report, by=request.actor, **form.facts),
    )  # fmt: skip


def _tabs(shown: Overview) -> Iterator[tuple[str, str, int]]:
    for name, words in KEYS:
        count = shown.counts[name] if name else len(shown.states)
        yield words, f"?show={name}" if name else "?", count


def _workbook(shown: Overview) -> HttpResponseBase:
    """The whole quarter as a table."""
    words = ("应评", "已评", "好", "较好", "一般", "较差")
    columns = [f"{each.label}{word}" for each in Subject for word in words]
    rows = []
    for each in shown.states:
        lines = each.told.lines if each.told else ()
        figures = [n for line in lines for n in (line.due, line.done, *line.grades)]
        told = [figures[place] if figures else None for place in range(len(columns))]
        state = dict(KEYS)[each.key]
        rows.append([each.unit.group, each.unit.name, state, *told, "；".join(each.contradictions)])
    return workbook(
        f"{shown.quarter}内部绩效", headers=["组别", "单位", "情况", *columns, "不一致"], rows=rows
    )
