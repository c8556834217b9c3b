"""Does one page do for a unit, and one for the county, however many units there are?"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.access.permissions import Role
from jixiao.appraisals.models import Quarter, Report
from jixiao.appraisals.states import Subject
from jixiao.appraisals.tests.conftest import TODAY
from jixiao.appraisals.tests.factories import (
    QuarterFactory,
    ReportFactory,
    ReportLineFactory,
    ReportReturnFactory,
)
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
SINCE = date(2020, 1, 1)


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def filled(**more: object) -> dict[str, object]:
    counts = {
        f"{each}_{name}": 0
        for each in Subject
        for name in ("due", "done", "top", "good", "fair", "poor")
    }
    return {**counts, "months": 3, **more}


def test_a_quarter_is_asked_about_and_reported_on_one_page(browser_of: Browsers) -> None:
    unit = UnitFactory(name="云溪镇", since=SINCE)
    office = browser_of(Role.OFFICE)
    form = text(office, reverse("quarter_open"))
    assert "2026-10-14" in form  # the proposed deadline: seven working days after the holidays
    office.post(reverse("quarter_open"), {"year": 2026, "number": 3, "due_on": str(TODAY)})
    url = reverse("quarter_report", args=[Quarter.objects.get().pk, unit.pk])
    answer = browser_of(Role.LIAISON, key=unit.pk).post(url, filled(), follow=True)
    assert "已报送" in answer.content.decode()
    assert Report.objects.get().lines.count() == 3


def test_what_was_typed_is_kept_when_it_does_not_fit(browser_of: Browsers) -> None:
    unit = UnitFactory(since=SINCE)
    url = reverse("quarter_report", args=[QuarterFactory().pk, unit.pk])
    sent = filled(
        sections_due=9, sections_done=9, sections_good=9, problems="走过场", measures="改"
    )
    answer = browser_of(Role.UNIT_LEAD, key=unit.pk).post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "职能科室应评报9个，机构库是0个" in page
    assert 'value="9"' in page
    assert "走过场" in page


@pytest.mark.parametrize("bad", ["-1", "一个", "9999999999999"])
def test_hostile_counts_are_told_beside_their_kind(browser_of: Browsers, bad: str) -> None:
    unit = UnitFactory(since=SINCE)
    url = reverse("quarter_report", args=[QuarterFactory().pk, unit.pk])
    answer = browser_of(Role.LIAISON, key=unit.pk).post(url, filled(leaders_due=bad))
    assert answer.status_code == 422
    assert "班子成员应评：" in answer.content.decode()


def test_a_unit_sees_what_it_owes_and_why_its_report_came_back(browser_of: Browsers) -> None:
    unit = UnitFactory(name="云溪镇", since=SINCE)
    liaison = browser_of(Role.LIAISON, key=unit.pk)
    quarter = QuarterFactory()
    assert "还有 1 个季度要报" in text(liaison, reverse("quarters"))
    returned = ReportReturnFactory(
        report__quarter=quarter, report__unit=unit, report__state="returned"
    )
    page = text(liaison, reverse("quarter_report", args=[quarter.pk, unit.pk]))
    assert returned.reason in page
    assert "还有 1 个季度要报" in text(liaison, reverse("quarters"))


def test_another_units_report_is_not_shown(browser_of: Browsers) -> None:
    mine, other = UnitFactory(since=SINCE), UnitFactory(since=SINCE)
    url = reverse("quarter_report", args=[QuarterFactory().pk, other.pk])
    assert browser_of(Role.LIAISON, key=mine.pk).get(url).status_code == 403


def test_the_office_sends_a_report_back_and_closes_the_quarter(browser_of: Browsers) -> None:
    report = ReportFactory(quarter=QuarterFactory(due=-1), unit__since=SINCE)
    office, where = browser_of(Role.OFFICE), [report.quarter_id, report.unit_id]
    office.post(reverse("report_return", args=where), {"reason": "漏报", "version": report.version})
    assert "县绩效办退回：漏报" in text(office, reverse("quarter_report", args=where))
    office.post(reverse("quarter_close", args=[report.quarter_id]))
    assert not Quarter.objects.get().is_open


def test_the_whole_quarter_comes_as_a_workbook(browser_of: Browsers) -> None:
    line = ReportLineFactory(report__unit__since=SINCE)
    answer = browser_of(Role.OFFICE).get(
        reverse("quarter", args=[line.report.quarter_id]) + "?export=xlsx"
    )
    assert answer["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("count", [5, 60])
def test_the_pages_ask_the_database_equally_often(
    browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any], count: int
) -> None:
    quarter = QuarterFactory(due_column="应评")
    for _ in range(count):
        ReportLineFactory(report__quarter=quarter, report__unit__since=SINCE)
    client, unit = browser_of(Role.OFFICE), quarter.reports.all()[0].unit_id
    client.get("/")
    urls = [reverse("quarters"), reverse("quarter", args=[quarter.pk])]
    for url in (*urls, reverse("quarter_report", args=[quarter.pk, unit])):
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
