"""What did the units of the example county report of their last quarters?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jixiao.access.actor import Actor
from jixiao.appraisals.actions import open_quarter, report_quarter, return_report
from jixiao.appraisals.checks import Line, Told, contradictions
from jixiao.appraisals.models import Report
from jixiao.appraisals.queries.known import known_of
from jixiao.appraisals.queries.quarters import asked_units
from jixiao.appraisals.states import Subject, day_after
from jixiao.org.models import Unit

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
PROBLEMS = (
    "个别科室月自查由一人代填", "目标分解到人的清单没有及时更新", "", "自查表问题栏多次写“无”", ""
)  # fmt: skip
WHY = ("八月集中防汛，自查表没有上墙", "新设的股室还没有登记到机构人员")
MEASURES = "科室逐项核对后再填，分管人每月抽看两份。"
SILENT, WRONG, LATER = ("东岭乡", "商务局"), ("河口镇", "水利局"), ("南浦镇", "统计局")
"""Units that did not report, whose figures differ from the books, and that came after the day."""


def load_example(office: Actor, *, answers: Mapping[int, Actor], today: date) -> None:
    """The quarter that ended last: opened, reported by most, two sent back for what does not fit."""
    number = (today.month - 1) // 3
    year, number = (today.year, number) if number else (today.year - 1, 4)
    quarter = open_quarter(year, by=office, number=number, due_on=today)
    quarter.due_on = min(today, day_after(year, number) + timedelta(days=13))
    quarter.save()
    units = asked_units(quarter)
    known = known_of(quarter, units)
    for place, unit in enumerate(units):
        if unit.pk in answers and unit.name not in SILENT:
            told = _told(unit, known[unit.pk].due, place)
            if contradictions(told, known[unit.pk]):
                told = replace(told, note=WHY[unit.name in WRONG])
            report = report_quarter(unit, by=answers[unit.pk], quarter=quarter, told=told)
            _set_back(report, late=unit.name in LATER)
    first = Report.objects.filter(quarter=quarter, unit__name=WRONG[0]).first()
    if first:
        return_report(first, by=office, reason="应评科室数比机构库多2个，请核对后再报")


def _told(unit: Unit, due: Mapping[Subject, int], place: int) -> Told:
    lines = []
    for subject in Subject:
        count = due.get(subject, 0) + 2 * (unit.name in WRONG and subject == Subject.SECTIONS)
        done = max(0, count - place % 3) if subject == Subject.BELOW else count
        top = (done + 2) // 4
        fair = done // 6
        lines.append(Line(subject, count, done, (top, done - top - fair, fair, 0)))
    problems = PROBLEMS[place % len(PROBLEMS)]
    return Told(tuple(lines), 3 - (place % 7 == 0), problems, MEASURES if problems else "")


def _set_back(report: Report, *, late: bool) -> None:
    """As if it had come on a day before today; late ones the day after the deadline."""
    due = report.quarter.due_on
    when = datetime.combine(due + timedelta(days=int(late)), time(9), COUNTY_TIME)
    Report.objects.filter(pk=report.pk).update(first_at=when, reported_at=when)
