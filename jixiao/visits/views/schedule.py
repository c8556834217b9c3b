"""Which visit is when, what clashes, and how does it get into calendars and to the units?"""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render

from jixiao.access.asking import Question, ask, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import workbook
from jixiao.core.forms import ActionForm
from jixiao.visits import actions
from jixiao.visits.calendars import TYPE
from jixiao.visits.forms.schedule import DaysForm, SlotForm
from jixiao.visits.queries import schedule as queries
from jixiao.visits.queries.rounds import RoundRow, VisitRow, round_, visit
from jixiao.visits.views.asking import may_plan, of_round, on_round


@page(Permission.VISITS_SEE, of=round_)
def schedule(request: Request, row: RoundRow) -> HttpResponse:
    """日程：逐日逐组。"""
    context = {
        "plan": queries.plan(row), "may_plan": may_plan(request), "form": ActionForm(),
    }  # fmt: skip
    return render(request, "visits/schedule.html", context | on_round(request, row, "schedule"))


@page(Permission.VISITS_SEE, of=round_)
def schedule_workbook(_request: Request, row: RoundRow) -> FileResponse:
    """日程的 Excel。"""
    lines = queries.rows(queries.plan(row))
    return workbook(f"{row.name}日程", headers=queries.HEADERS, rows=lines)


@page(Permission.VISITS_SEE, of=round_)
def schedule_calendar(_request: Request, row: RoundRow) -> HttpResponse:
    """日程的日历文件。"""
    return _calendar(queries.calendar(str(row), queries.planned(row)), f"round-{row.pk}")


@page(Permission.VISITS_PLAN, of=round_)
def schedule_fill(request: Request, row: RoundRow) -> HttpResponse:
    """自动排日程。"""
    form = DaysForm(sent(request), initial={"since": row.since, "until": row.until})
    note = "只排工作日；各组按办法里的次序一个接一个；避开别的轮次，同一单位一天只去一次。"
    question = Question(
        "自动排日程", of_round(row, "schedule"), "已排好，请看有没有冲突", "排", note
    )
    return ask(
        request, form=form, question=question,
        do=lambda: actions.plan_days(row, by=request.actor, plan=form.plan()),
    )  # fmt: skip


@page(Permission.VISITS_PLAN, of=round_)
def schedule_announce(request: Request, row: RoundRow) -> HttpResponse:
    """通知各单位。"""
    form = ActionForm(sent(request))
    if form.is_valid() and form.run(lambda: actions.announce_visits(row, by=request.actor)):
        messages.success(request, f"已通知{form.result or ''}个单位，每个单位一份")
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("schedule", row.pk)


@page(Permission.VISITS_PLAN, of=visit)
def visit_schedule(request: Request, row: VisitRow) -> HttpResponse:
    """一个单位的日期和时间。"""
    names = ("version", "on", "starts", "ends", "place_note")
    form = SlotForm(sent(request), initial={name: getattr(row, name) for name in names})
    note = queries.note_of(row)
    question = Question(f"{row.name}的日期", of_round(row.round, "schedule"), "已安排", note=note)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.schedule_visit(row, by=request.actor, slot=form.slot(), **form.seen),
    )  # fmt: skip


@page(Permission.VISITS_RECORD)
def visits_mine_calendar(request: Request) -> HttpResponse:
    """我的现场评估的日历文件。"""
    mine = queries.mine(request.actor.account_id)
    return _calendar(queries.calendar("我的现场评估", mine), "my-visits")


def _calendar(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
