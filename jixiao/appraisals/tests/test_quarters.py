"""How is a quarter asked about, reported, sent back and closed?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.appraisals.actions import (
    Compared,
    close_quarter,
    open_quarter,
    report_quarter,
    return_report,
)
from jixiao.appraisals.checks import Line, Told
from jixiao.appraisals.models import Quarter, Report, ReportLine
from jixiao.appraisals.queries import overview, report_page, standing
from jixiao.appraisals.states import QuarterState, ReportState, Subject
from jixiao.appraisals.tests.conftest import TODAY
from jixiao.appraisals.tests.factories import QuarterFactory, ReportFactory, ReportLineFactory
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Receipt
from jixiao.org.models import Unit
from jixiao.org.states import Kind, Rank
from jixiao.org.tests.factories import PersonFactory, PostFactory, UnitFactory
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.factories import CaseFactory
from jixiao.scoring.numbers import SCALE
from jixiao.visits.tests.factories import RecordFactory, VisitFactory

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]
SINCE = date(2020, 1, 1)


@pytest.fixture
def town() -> Unit:
    """Two sections, one village, one leader and one member of staff."""
    unit = UnitFactory(name="云溪镇", since=SINCE)
    for name in ("党政办", "财政所"):
        UnitFactory(name=name, kind=Kind.SECTION, parent=unit, since=SINCE)
    UnitFactory(name="前村", kind=Kind.VILLAGE, parent=unit, since=SINCE)
    for rank in (Rank.SECTION_HEAD, Rank.STAFF):
        PostFactory(unit=unit, person=PersonFactory(rank=rank), since=SINCE)
    made: Unit = unit
    return made


def lines(sections: int = 2, below: int = 1, leaders: int = 1) -> tuple[Line, ...]:
    counts = {Subject.LEADERS: leaders, Subject.SECTIONS: sections, Subject.BELOW: below}
    return tuple(Line(each, n, n, (0, n, 0, 0)) for each, n in counts.items())


def report(unit: Unit, quarter: Quarter, actor: Actors, told: Told | None = None) -> Report:
    by = actor(Role.LIAISON, key=unit.pk)
    return report_quarter(unit, by=by, quarter=quarter, told=told or Told(lines()))


def test_a_quarter_is_asked_about_once_and_every_unit_is_told(town: Unit, actor: Actors) -> None:
    due = TODAY + timedelta(days=1)
    quarter = open_quarter(2026, by=actor(Role.OFFICE), number=3, due_on=due)
    assert str(quarter) == "2026年第三季度"
    assert Receipt.objects.get().unit == town
    with pytest.raises(RefusedError, match="已经布置过"):
        open_quarter(2026, by=actor(Role.OFFICE), number=3, due_on=due)


@pytest.mark.parametrize(
    ("number", "due_on", "words"),
    [
        (5, TODAY, "季度是1到4"),
        (4, TODAY, "不能早于季度末"),
        (3, TODAY - timedelta(days=1), "不能早于今天"),
    ],
)
@pytest.mark.usefixtures("town")
def test_a_quarter_that_cannot_be_reported_is_refused(
    actor: Actors, number: int, due_on: date, words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        open_quarter(2026, by=actor(Role.OFFICE), number=number, due_on=due_on)


def test_what_the_platform_knows_is_filled_in_before(town: Unit) -> None:
    page = report_page(QuarterFactory().pk, town.pk)
    assert page is not None
    assert {line.kind: line.due for line in page.told.lines} == {
        Subject.LEADERS: 1, Subject.SECTIONS: 2, Subject.BELOW: 1
    }  # fmt: skip


def test_a_unit_reports_once_and_may_correct_until_the_quarter_is_closed(
    town: Unit, actor: Actors
) -> None:
    quarter = QuarterFactory()
    report(town, quarter, actor)
    kept = report(town, quarter, actor, replace(Told(lines()), months=3))
    assert (Report.objects.count(), ReportLine.objects.count()) == (1, 3)
    assert kept.state == ReportState.REPORTED


def test_what_differs_from_the_books_needs_an_explanation(town: Unit, actor: Actors) -> None:
    quarter, told = QuarterFactory(), Told(lines(sections=4))
    with pytest.raises(RefusedError, match="职能科室应评报4个，机构库是2个") as caught:
        report(town, quarter, actor, told)
    assert caught.value.field == "note"
    assert not Report.objects.exists()
    report(town, quarter, actor, replace(told, note="9月新设两个股室"))
    shown = overview(quarter.pk)
    assert shown is not None
    assert standing(shown).contradictory == ("云溪镇",)


def test_what_assessors_saw_is_compared(town: Unit, actor: Actors) -> None:
    quarter = QuarterFactory(due_column="应评", done_column="已评")
    visit = VisitFactory(unit=town, on=date(2026, 9, 1))
    RecordFactory(visit=visit, code="2.2", values={"应评": 2 * SCALE, "已评": 1 * SCALE})
    with pytest.raises(RefusedError, match="职能科室已评报2个，现场记录是1个"):
        report(town, quarter, actor)


def test_no_problems_are_reported_though_findings_were_told(town: Unit, actor: Actors) -> None:
    case = CaseFactory(unit=town, state=CaseState.TOLD)
    type(case).objects.update(told_at=timezone.now() - timedelta(days=20))
    with pytest.raises(RefusedError, match="本季评估反馈了1个问题"):
        report(town, QuarterFactory(), actor)


def test_a_closed_quarter_takes_nothing_more(town: Unit, actor: Actors) -> None:
    quarter = close_quarter(QuarterFactory(due=-1), by=actor(Role.OFFICE))
    assert quarter.state == QuarterState.CLOSED
    with pytest.raises(RefusedError, match="已经截止"):
        report(town, quarter, actor)
    with pytest.raises(RefusedError, match="已经截止"):
        close_quarter(quarter, by=actor(Role.OFFICE))


def test_a_quarter_is_not_closed_before_its_day(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="还没有过"):
        close_quarter(QuarterFactory(due=0), by=actor(Role.OFFICE))


def test_a_returned_report_counts_as_missing_until_it_comes_again(
    town: Unit, actor: Actors
) -> None:
    quarter = QuarterFactory()
    sent = report(town, quarter, actor)
    with pytest.raises(RefusedError, match="写明退回理由"):
        return_report(sent, by=actor(Role.OFFICE), reason=" ")
    return_report(sent, by=actor(Role.OFFICE), reason="下属单位漏了")
    assert names(quarter, "missing") == ("云溪镇",)
    report(town, quarter, actor)
    assert names(quarter, "missing") == ()
    assert sent.returns.count() == 1


def names(quarter: Quarter, which: str) -> tuple[str, ...]:
    shown = overview(quarter.pk)
    assert shown is not None
    found: tuple[str, ...] = getattr(standing(shown), which)
    return found


def test_late_is_who_first_came_after_the_day_also_when_corrected_later(
    town: Unit, actor: Actors
) -> None:
    quarter = QuarterFactory(due=-1)
    report(town, quarter, actor)
    other = ReportFactory(quarter=quarter, unit=UnitFactory(name="河口镇", since=SINCE))
    Report.objects.filter(pk=other.pk).update(first_at=timezone.now() - timedelta(days=3))
    assert (names(quarter, "late"), names(quarter, "on_time")) == (("云溪镇",), ("河口镇",))


def test_units_of_another_day_are_not_asked(actor: Actors) -> None:
    quarter = QuarterFactory()
    late = UnitFactory(name="新区", since=date(2026, 10, 1))
    gone = UnitFactory(name="旧局", since=SINCE, until=date(2026, 9, 1))
    assert names(quarter, "due") == ()
    for unit in (late, gone):
        with pytest.raises(RefusedError, match="不在2026年第三季度报送范围内"):
            report(unit, quarter, actor)


def test_nobody_reports_for_another_unit_and_the_office_for_none(town: Unit, actor: Actors) -> None:
    other = UnitFactory(since=SINCE)
    for by in (actor(Role.LIAISON, key=other.pk), actor(Role.OFFICE)):
        with pytest.raises(DeniedError):
            report_quarter(town, by=by, quarter=QuarterFactory.build(), told=Told(lines()))


def test_a_report_without_one_of_the_three_kinds_is_refused(town: Unit, actor: Actors) -> None:
    with pytest.raises(RefusedError, match="各报一行"):
        report(town, QuarterFactory(), actor, Told(lines()[:2]))


@pytest.mark.parametrize("change", [{"done": 11}, {"top": 3}, {"kind": "all"}])
def test_the_database_refuses_counts_that_cannot_be(change: dict[str, object]) -> None:
    line = ReportLineFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportLine.objects.filter(pk=line.pk).update(**change)


@pytest.mark.parametrize("change", [{"state": "closed"}, {"number": 5}, {"state": "none"}])
def test_the_database_refuses_half_a_quarter(change: dict[str, object]) -> None:
    quarter = QuarterFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Quarter.objects.filter(pk=quarter.pk).update(**change)


@pytest.mark.usefixtures("town")
def test_columns_are_chosen_when_the_quarter_is_opened(actor: Actors) -> None:
    compared = Compared("应评", "已评")
    made = open_quarter(2026, by=actor(Role.OFFICE), number=3, due_on=TODAY, compared=compared)
    assert (made.due_column, made.done_column) == ("应评", "已评")
