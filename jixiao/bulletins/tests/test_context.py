"""What is known around a run: last year by the same units, history, objections, part of a year?"""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.appraisals.tests.factories import QuarterFactory, ReportFactory
from jixiao.bulletins.queries.facts import context_of, context_of_quarter
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.factories import CaseFactory
from jixiao.results.models import PastResult, PastTier, ResultRound, Review, SealedResult
from jixiao.results.states import ReviewState
from jixiao.results.tests.conftest import Keep, keep  # noqa: F401 - the fixture
from jixiao.results.tests.county import county
from jixiao.visits.states import RoundState, VisitState
from jixiao.visits.tests.factories import RoundFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(keep: Keep) -> SealedResult:  # noqa: F811
    return keep(county())


def unit(name: str = "云溪镇") -> Unit:
    return Unit.objects.get(name=name)


def test_a_run_alone_knows_of_no_round_and_of_no_finding(kept: SealedResult) -> None:
    found = context_of(kept)
    assert (found.rounds, found.findings, found.reviews, found.before) == ((), (), (), None)
    assert (found.result, found.name) == (county(), "年终评估")


def history(account: Account, checker: Account | None) -> PastResult:
    when = timezone.now() if checker else None
    past = PastResult.objects.create(
        year=2025, title="2025年度评估", document="清绩委〔2026〕1号", entered_by=account,
        confirmed_by=checker, confirmed_at=when,
    )  # fmt: skip
    PastTier.objects.create(past=past, unit=unit(), name="云溪乡", tier="达标")
    return past


def test_tiers_of_history_count_once_a_second_person_has_checked_them(
    kept: SealedResult, account: Callable[..., Account]
) -> None:
    history(account(Role.OFFICE), account(Role.OFFICE_HEAD))
    before = context_of(kept).before
    assert before is not None
    assert (before.tiers, before.result) == ({"云溪镇": "达标"}, None)


def test_unchecked_history_does_not_count(
    kept: SealedResult, account: Callable[..., Account]
) -> None:
    history(account(Role.OFFICE), None)
    assert context_of(kept).before is None


def test_only_what_units_were_told_of_in_the_year_is_a_finding(kept: SealedResult) -> None:
    CaseFactory(unit=unit(), state=CaseState.TOLD, due=-1)
    CaseFactory(unit=unit(), state=CaseState.NOTED)
    CaseFactory(unit=unit(), state=CaseState.WITHDRAWN)
    CaseFactory(unit=unit(), state=CaseState.TOLD, year=2025)
    (found,) = context_of(kept).findings or ()
    assert (found.unit, found.is_late, found.is_done) == ("云溪镇", True, False)


def test_objections_that_were_withdrawn_do_not_count(
    kept: SealedResult, account: Callable[..., Account]
) -> None:
    part, by = kept.units.get(name="云溪镇"), account(Role.OFFICE)
    own = {"part": part, "item": "总分", "claim": "理由", "asked": "复核", "applied_by": by}
    Review.objects.create(**own, due_on=date(2027, 1, 20))
    gone = {"state": ReviewState.WITHDRAWN, "withdrawn_at": timezone.now(), "withdrawn_by": by}
    Review.objects.create(**own, due_on=date(2027, 1, 20), **gone)
    (found,) = context_of(kept).reviews or ()
    assert (found.unit, found.is_decided, found.is_appeal) == ("云溪镇", False, False)


def test_a_part_of_the_year_knows_nothing_of_what_came_later(kept: SealedResult) -> None:
    half = RoundFactory(since=date(2026, 7, 1), until=date(2026, 7, 10), state=RoundState.CLOSED)
    later = RoundFactory(version_of=half.version_of, state=RoundState.CLOSED)
    for each in (half, later):
        VisitFactory(round=each, unit=unit(), state=VisitState.CLOSED)
    ResultRound.objects.create(result=kept, round=half)
    CaseFactory(unit=unit(), state=CaseState.TOLD, found_at=timezone.now())
    version = half.version_of
    SealedResult.objects.filter(pk=kept.pk).update(
        through="半年", line=version.line_id, year=version.year
    )
    found = context_of(SealedResult.objects.get(pk=kept.pk))
    assert [each.name for each in found.rounds or ()] == [half.name]
    assert found.findings == ()


def test_a_round_in_which_nobody_has_been_is_none(kept: SealedResult) -> None:
    VisitFactory(round=(round_ := RoundFactory()), unit=unit(), state=VisitState.UNDERWAY)
    ResultRound.objects.create(result=kept, round=round_)
    assert context_of(kept).rounds == ()


def test_the_units_own_name_of_the_run_is_used(kept: SealedResult) -> None:
    Unit.objects.filter(name="云溪镇").update(name="云溪街道")
    CaseFactory(unit=unit("云溪街道"), state=CaseState.TOLD)
    (found,) = context_of(kept).findings or ()
    assert found.unit == "云溪镇"


def test_the_quarterly_bulletin_reads_who_reported_late_or_not_at_all() -> None:
    quarter = QuarterFactory(due=-1)
    ReportFactory(quarter=quarter, unit=UnitFactory(name="云溪镇", since=date(2020, 1, 1)))
    UnitFactory(name="河口镇", since=date(2020, 1, 1))
    QuarterFactory(number=4)  # a later one is another bulletin's
    reports = context_of_quarter(quarter).reports
    assert reports is not None
    assert (reports.quarter, reports.late, reports.missing) == (
        "2026年第三季度", ("云溪镇",), ("河口镇",)
    )  # fmt: skip


def test_the_quarterly_bulletin_tells_what_was_found_in_its_three_months() -> None:
    quarter, town = QuarterFactory(), UnitFactory(name="云溪镇")
    days = {"六月的": (6, 30), "七月的": (7, 1), "九月的": (9, 30), "十月的": (10, 1)}
    for item, (month, on) in days.items():
        found_at = datetime(2026, month, on, 10, tzinfo=timezone.get_current_timezone())
        CaseFactory(unit=town, item=item, state=CaseState.TOLD, found_at=found_at)
    found = context_of_quarter(quarter).findings or ()
    assert [each.item for each in found] == ["七月的", "九月的"]
