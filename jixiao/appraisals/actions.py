"""How is a quarter asked about, reported, sent back and closed?"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.appraisals.checks import Line, Told, contradictions, faults
from jixiao.appraisals.models import Quarter, Report, ReportLine, ReportReturn
from jixiao.appraisals.queries.known import known_of
from jixiao.appraisals.queries.quarters import asked_units
from jixiao.appraisals.states import QUARTERS, QuarterState, ReportState, Subject, day_after
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.core.words import day
from jixiao.notices.actions import Letter, send_notice
from jixiao.org.models import Unit


@dataclass(frozen=True)
class Compared:
    """Data items of the scheme with which reports on sections are compared; empty for none."""

    due: str = ""
    done: str = ""


@action(Permission.APPRAISALS_REVIEW)
def open_quarter(
    year: int, *, by: Actor, number: int, due_on: date, compared: Compared | None = None
) -> Quarter:
    """布置内部绩效季报。各单位一季报一次、一页报完，系统已有的数先填好。"""
    if not 1 <= number <= QUARTERS:
        raise RefusedError("季度是1到4", field="number")
    if Quarter.objects.filter(year=year, number=number).exists():
        raise RefusedError("这个季度已经布置过", field="number")
    if due_on < day_after(year, number):
        raise RefusedError("季度结束以后才能报，期限不能早于季度末", field="due_on")
    if due_on < timezone.localdate():
        raise RefusedError("期限不能早于今天", field="due_on")
    columns = compared or Compared()
    quarter = Quarter.objects.create(
        year=year, number=number, due_on=due_on, due_column=columns.due,
        done_column=columns.done, opened_by_id=by.signature(),
    )  # fmt: skip
    units = asked_units(quarter)
    if not units:
        raise RefusedError("还没有要报的单位，请先在机构人员里设立")
    send_notice(_letter(quarter), by=replace(by, once=None), units=units)
    return quarter


def _letter(quarter: Quarter) -> Letter:
    return Letter(
        title=f"报送{quarter}内部绩效考评结果",
        body=(
            f"请在{day(quarter.due_on)}以前，在“内部绩效”中报送本单位{quarter}内部绩效考评结果。"
            "只报各类主体的个数，不报姓名，不附材料；应评个数已按机构人员填好，有出入的改过来并说明。"
        ),
        needs_sign=False,
    )


@action(Permission.APPRAISALS_REPORT)
def report_quarter(unit: Unit, *, by: Actor, quarter: Quarter, told: Told) -> Report:
    """报送内部绩效季报。截止以前可以更正；与系统已有的数不一致的，要写明说明。"""
    quarter = Quarter.objects.select_for_update().get(pk=quarter.pk)
    _refuse(quarter, unit, told)
    report = Report.objects.filter(quarter=quarter, unit=unit).first()
    if report is None:
        report = Report(quarter=quarter, unit=unit)
    else:
        watch(report)
    report.months, report.problems = told.months, told.problems.strip()
    report.measures, report.note = told.measures.strip(), told.note.strip()
    report.state = ReportState.REPORTED
    report.reported_at, report.reported_by_id = timezone.now(), by.signature()
    report.save()
    _keep_lines(report, told)
    return report


def _refuse(quarter: Quarter, unit: Unit, told: Told) -> None:
    if not quarter.is_open:
        raise RefusedError(f"{quarter}已经截止，请联系县绩效办")
    if unit not in asked_units(quarter):
        raise RefusedError(f"{unit}不在{quarter}报送范围内")
    if [line.kind for line in told.lines] != list(Subject):
        raise RefusedError("三类责任主体各报一行")
    if found := faults(told):
        raise RefusedError("；".join(found))
    differing = contradictions(told, known_of(quarter, [unit])[unit.pk])
    if differing and not told.note.strip():
        raise RefusedError(
            f"与系统已有的数不一致：{'；'.join(differing)}。请核对，确实如此的写明说明",
            field="note",
        )


def _keep_lines(report: Report, told: Told) -> None:
    kept = {each.kind: each for each in report.lines.all()}
    for line in told.lines:
        row = kept.get(line.kind)
        if row is None:
            row = ReportLine(report=report, kind=line.kind)
        else:
            watch(row)
        _fill(row, line)
        row.save()
        if line.kind not in kept:
            created(row)


def _fill(row: ReportLine, line: Line) -> None:
    row.due, row.done = line.due, line.done
    row.top, row.good, row.fair, row.poor = line.grades


@action(Permission.APPRAISALS_REVIEW)
def return_report(report: Report, *, by: Actor, reason: str) -> Report:
    """退回内部绩效季报。写明哪里不符，单位更正后再报。"""
    if not report.quarter.is_open:
        raise RefusedError(f"{report.quarter}已经截止，不能再退回")
    if report.state == ReportState.RETURNED:
        raise RefusedError("已经退回，等单位再报")
    if not reason.strip():
        raise RefusedError("请写明退回理由", field="reason")
    report.state = ReportState.RETURNED
    report.save()
    made = ReportReturn.objects.create(
        report=report, reason=reason.strip(), returned_by_id=by.signature()
    )
    created(made)
    return report


@action(Permission.APPRAISALS_REVIEW)
def close_quarter(quarter: Quarter, *, by: Actor) -> Quarter:
    """截止内部绩效季报。截止后不能再报、再改；迟报、未报、不一致的单位列入季度通报。"""
    if not quarter.is_open:
        raise RefusedError("已经截止")
    if timezone.localdate() <= quarter.due_on:
        raise RefusedError(f"期限{day(quarter.due_on)}还没有过")
    quarter.state = QuarterState.CLOSED
    quarter.closed_at, quarter.closed_by_id = timezone.now(), by.signature()
    quarter.save()
    return quarter
