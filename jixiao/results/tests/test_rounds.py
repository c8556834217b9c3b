"""Do records become a result without being typed again, and does every mark lead back to its record?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.results.actions import review_result, score_rounds
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.queries import card_page, reading
from jixiao.results.queries.rounds import provisional
from jixiao.results.result import to_bytes
from jixiao.results.states import ResultState
from jixiao.results.tests.conftest import Keep, through_review
from jixiao.results.tests.county import run
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.tests.factories import scheme
from jixiao.visits.models import Record, Round, Visit
from jixiao.visits.queries.origins import SINCE
from jixiao.visits.queries.summary import year_of
from jixiao.visits.states import FileState, RoundState
from jixiao.visits.tests.factories import (
    AttachmentFactory,
    CorrectionFactory,
    FindingFactory,
    RoundFactory,
)
from jixiao.visits.tests.marked import marked, planned, published

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]
DATA = [{"key": "迟报", "name": "迟报次数", "unit": "次", "provider": "县统计局"}]
ROUNDS = [
    {"code": "h1", "name": "半年", "weight": "4", "optional": True},
    {"code": "h2", "name": "年终", "weight": "6"},
]


def score(version: SchemeVersion, by: Actor) -> SealedResult:
    return score_rounds(version, by=by, name="年终评估")


def part(kept: SealedResult, name: str = "云溪镇") -> ResultUnit:
    return ResultUnit.objects.get(result=kept, name=name)


def give_back(unit: str, item: str, points: int, code: str = "") -> None:
    """A finding put right in time."""
    visit = Visit.objects.get(name=unit, round__code=code)
    finding = FindingFactory(visit=visit, case__code=item, case__points=points)
    case = finding.case
    case.given_back_at, case.given_back_by = timezone.now(), case.found_by
    case.save()


def test_records_become_a_sealed_result_that_waits_for_a_second_person(actor: Actors) -> None:
    round_ = marked()
    kept = score(round_.version_of, actor(Role.OFFICE))
    result = reading(kept).result
    assert (kept.state, kept.year, kept.title) == (ResultState.DRAFT, 2026, result.scheme.title)
    assert {unit: marks["total"] for unit, marks in result.year.items()} == dict.fromkeys(
        ("云溪镇", "河口镇", "财政局"), 920_000
    )
    assert result.sheet == year_of(round_.version_of).gathered.sheet
    assert review_result(kept, by=actor(Role.OFFICE_HEAD)).state == ResultState.REVIEWED


def test_whoever_scored_does_not_review(actor: Actors) -> None:
    office = actor(Role.OFFICE_HEAD)
    kept = score(marked().version_of, office)
    with pytest.raises(RefusedError, match="由计分人以外的人办理"):
        review_result(kept, by=office)


def test_a_single_gap_keeps_a_year_from_being_scored_and_is_named(actor: Actors) -> None:
    version = marked().version_of
    Record.objects.filter(visit__name="河口镇", code="1.2").delete()
    with pytest.raises(RefusedError, match=r"还差1个数：河口镇1\.2 材料质量得分（甲组"):
        score(version, actor(Role.OFFICE))
    assert not SealedResult.objects.exists()


def test_what_is_not_finished_is_not_scored(actor: Actors) -> None:
    office = actor(Role.OFFICE)
    with pytest.raises(RefusedError, match="还没有安排评估轮次"):
        score(published(), office)
    version = marked(state=RoundState.OPEN).version_of
    with pytest.raises(RefusedError, match="先结束"):
        score(version, office)


def test_a_round_that_may_be_left_out_is_not_missed_one_that_must_be_held_is(
    actor: Actors,
) -> None:
    version = published(scheme(rounds=ROUNDS))
    marked(version, code="h1")
    with pytest.raises(RefusedError, match="还没有安排这一轮"):
        score(version, actor(Role.OFFICE))
    last = marked(version, code="h2")
    kept = score(version, actor(Role.OFFICE))
    assert list(kept.rounds.values_list("round__code", flat=True)) == ["h1", "h2"]
    assert kept.rounds.filter(round=last).exists()


def test_the_same_records_are_not_scored_twice(actor: Actors) -> None:
    version = marked().version_of
    score(version, actor(Role.OFFICE))
    with pytest.raises(RefusedError, match="已经录入过"):
        score(version, actor(Role.OFFICE))


def test_points_given_back_are_in_the_result_and_said_in_the_explanation(actor: Actors) -> None:
    version = marked().version_of
    give_back("云溪镇", "1.2", 15_000)
    kept = score(version, actor(Role.OFFICE))
    assert reading(kept).result.year["云溪镇"]["mark:1.2"] == 95_000
    shown = card_page(part(kept), code="1.2")
    assert shown is not None
    assert shown.why is not None
    assert [each.restored for each in shown.why.origins] == [("整改到位恢复预扣1.5分",)]


def test_points_given_back_after_the_sealing_are_not_claimed(actor: Actors) -> None:
    kept = score(marked().version_of, actor(Role.OFFICE))
    give_back("云溪镇", "1.2", 15_000)
    shown = card_page(part(kept), code="1.2")
    assert shown is not None
    assert shown.why is not None
    assert shown.why.origins[0].restored == ()


def test_a_record_corrected_after_the_sealing_is_said_to_be(actor: Actors) -> None:
    kept = score(marked().version_of, actor(Role.OFFICE))
    Record.objects.filter(visit__name="云溪镇", code="1.2").update(values={"1.2": 70_000})
    shown = card_page(part(kept), code="1.2")
    assert shown is not None
    assert shown.why is not None
    assert shown.why.origins[0].restored == (SINCE,)


def test_every_mark_leads_to_its_record_or_says_who_provided_it(actor: Actors) -> None:
    version = published(scheme(data=DATA, rounds=ROUNDS))
    for code in ("h1", "h2"):
        marked(version, code=code)
    kept = score(version, actor(Role.OFFICE))
    for unit in ("云溪镇", "河口镇", "财政局"):
        for code in ("1.1", "1.2", "2.1"):
            shown = card_page(part(kept, unit), code=code)
            assert shown is not None
            assert shown.why is not None
            told = [(each.source, each.unit, bool(each.who)) for each in shown.why.origins]
            source = "由县统计局提供" if code == "1.1" else "现场评估，甲组"
            assert told == [(source, unit, True)] * 2


def test_every_mark_leads_to_the_visit_that_it_comes_from(
    actor: Actors, browser_of: Callable[..., Client]
) -> None:
    version = published(scheme(rounds=ROUNDS))
    for code in ("h1", "h2"):
        marked(version, code=code)
    kept, browser = score(version, actor(Role.OFFICE)), browser_of(Role.OFFICE)
    for unit in ("云溪镇", "河口镇", "财政局"):
        visits = Visit.objects.filter(name=unit).values_list("pk", flat=True)
        for code in ("1.1", "1.2", "2.1"):
            address = f"/results/{kept.pk}/units/{part(kept, unit).unit_id}/{code}/"
            page = browser.get(address).content.decode()
            links = [f'<a href="/visits/{pk}/#i-{code}">' in page for pk in visits]
            assert links == [True, True]


def test_the_explanation_page_shows_people_methods_reason_files_and_corrections(
    actor: Actors, browser_of: Callable[..., Client]
) -> None:
    version = marked().version_of
    record = Record.objects.get(visit__name="云溪镇", code="1.2")
    AttachmentFactory(visit=record.visit, received=1000, state=FileState.KEPT)
    CorrectionFactory(
        record=record, before={"mark": 70_000}, after={"mark": 80_000}, document="清绩办〔2026〕9号"
    )
    Record.objects.update(version=2)
    kept = score(version, actor(Role.OFFICE))
    unit = Unit.objects.get(name="云溪镇")
    page = browser_of(Role.OFFICE).get(f"/results/{kept.pk}/units/{unit.pk}/1.2/").content.decode()
    for words in (
        "现场评估，甲组", record.saved_by.name, "查资料", "扣分理由：缺2份", "档案柜.jpg",
        "7.0 → 8.0", "复核后找到原件", "清绩办〔2026〕9号",
    ):  # fmt: skip
        assert words in page


def test_a_result_from_a_file_says_where_its_figures_are_from(
    keep: Keep, browser_of: Callable[..., Client]
) -> None:
    of = scheme()
    kept = keep(run(of.model_dump(mode="json"), ["云溪镇", "河口镇", "财政局"]))
    row = part(kept)
    page = browser_of(Role.OFFICE).get(f"/results/{kept.pk}/units/{row.unit_id}/1.2/")
    assert "取自录入时一并封存的记分表" in page.content.decode()


def test_earlier_tiers_come_from_the_published_results(actor: Actors) -> None:
    when = {"kind": "tier", "tiers": ["先进"], "years": 2}
    said = {"kind": "ruling", "name": "连续先进", "when": when}
    last_year = {"start": "2025-01-01", "end": "2025-12-31"}
    before = published(scheme(period=last_year), year=2025)
    marked(before)
    through_review(score(before, actor(Role.OFFICE)), actor)
    version = marked(published(scheme(consequences=[said]), line=before.line)).version_of
    kept = score(version, actor(Role.OFFICE))
    assert reading(kept).result.sheet.history["云溪镇"] == ("先进",)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ASSESSOR])
def test_only_the_office_scores(actor: Actors, role: Role) -> None:
    with pytest.raises(DeniedError):
        score(marked().version_of, actor(role))


def test_the_trail_names_result_units_and_rounds(actor: Actors) -> None:
    score(marked().version_of, actor(Role.OFFICE))
    entry = Event.objects.get(action="results.score_rounds")
    kinds = [each["row"].partition(":")[0] for each in entry.changes]
    assert kinds == ["results.sealedresult", *["results.resultunit"] * 3, "results.resultround"]


def test_as_of_today_nothing_is_stored_and_gaps_are_counted(
    browser_of: Callable[..., Client],
) -> None:
    round_ = marked(state=RoundState.OPEN)
    Record.objects.filter(visit__name="河口镇", code="1.2").delete()
    page = browser_of(Role.OFFICE).get(f"/results/rounds/{round_.version_of_id}/").content.decode()
    for words in ("截至今日：还不能计分", "84.0", "1 个数", "下载记分表", "92.0"):
        assert words in page
    assert not SealedResult.objects.exists()


def test_the_office_scores_from_the_page(browser_of: Callable[..., Client]) -> None:
    version = marked().version_of
    browser = browser_of(Role.OFFICE)
    assert "数都齐了" in browser.get(f"/results/rounds/{version.pk}/").content.decode()
    sent = {"name": "年终评估", "once": "1"}
    answer = browser.post(f"/results/rounds/{version.pk}/", sent, follow=True)
    assert "已计分并封存" in answer.content.decode()
    assert SealedResult.objects.get().round_name == "年终评估"


def test_a_year_that_cannot_be_computed_says_why(browser_of: Callable[..., Client]) -> None:
    version = published()
    RoundFactory(version_of=version)
    RoundFactory(version_of=version)
    page = browser_of(Role.OFFICE).get(f"/results/rounds/{version.pk}/").content.decode()
    assert "办法只有一轮" in page


@pytest.mark.parametrize("units", [70, 700])
def test_the_preview_asks_the_database_as_often_for_700_units(
    browser_of: Callable[..., Client], units: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    names = [{"name": f"第{number}村"} for number in range(units)]
    version = planned(published(scheme(groups=[{"name": "乡镇", "units": names}]))).version_of
    browser = browser_of(Role.OFFICE)
    with django_assert_max_num_queries(12):
        assert provisional(version.pk) is not None
    browser.get("/")
    with django_assert_max_num_queries(17):
        assert browser.get(f"/results/rounds/{version.pk}/").status_code == 200


def test_the_card_asks_the_database_as_often_as_it_may(
    actor: Actors,
    browser_of: Callable[..., Client],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    version = published(scheme(rounds=ROUNDS))
    for code in ("h1", "h2"):
        marked(version, code=code)
    give_back("云溪镇", "1.2", 5_000, code="h2")
    for each in Record.objects.filter(code="1.2"):
        CorrectionFactory(record=each)
    Record.objects.update(version=2)
    kept = score(version, actor(Role.OFFICE))
    row, browser = part(kept), browser_of(Role.OFFICE)
    address = f"/results/{kept.pk}/units/{row.unit_id}/1.2/"
    browser.get(address)
    with django_assert_max_num_queries(17):
        assert "恢复预扣" in browser.get(address).content.decode()


def test_the_stored_bytes_are_the_sealed_result(actor: Actors) -> None:
    kept = score(marked().version_of, actor(Role.OFFICE))
    assert to_bytes(reading(kept).result).startswith(b'{"format":"jixiao-result/1"')
    assert reading(kept).is_confirmed
    assert Round.objects.get().results.count() == 1
