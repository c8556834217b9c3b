"""Pages where a round comes together: what is missing, and the mark sheet that its records make."""

import io

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import TYPE, workbook
from jixiao.schemes.exchange.template import write_template
from jixiao.visits.queries import summary as queries
from jixiao.visits.queries.summary import Summary
from jixiao.visits.views.asking import on_round

PER_PAGE = 50
HEADERS = ("单位", "编码", "项目", "缺什么", "由谁补")


@page(Permission.ROUNDS_SUM_SEE, of=queries.summary)
def round_summary(request: Request, shown: Summary) -> HttpResponseBase:
    """汇总。还差什么，由谁补；记分表；送去计分。"""
    owner = request.GET.get("owner", "")
    left = shown.owed_by(owner)
    if request.GET.get("export") == "xlsx":
        rows = [(gap.unit, gap.code, gap.item, gap.label, gap.owner) for gap in left]
        return workbook(f"{shown.round.name}缺项", headers=HEADERS, rows=rows)
    context = {
        "shown": shown,
        "owner": owner,
        "gaps": Paginator(left, PER_PAGE).get_page(request.GET.get("page")),
        "may_score": request.actor.may(Permission.RESULTS_EDIT),
        **on_round(request, shown.round, "round_summary"),
    }
    return render(request, "visits/summary.html", context)


@page(Permission.ROUNDS_SUM_SEE, of=queries.summary)
def round_sheet(_request: Request, shown: Summary) -> FileResponse:
    """下载记分表。下发的模板，按现场记录填好。"""
    target = io.BytesIO()
    found = queries.year_of(shown.round.version_of).gathered
    write_template(found.scheme, target, filled=found.sheet)
    target.seek(0)
    name = f"{shown.round.version_of.year}年记分表.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPE)
