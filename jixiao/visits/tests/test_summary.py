"""Does the page of a round tell what is missing and by whom, and is its workbook the template filled?"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.visits.models import Record, Round, Visit
from jixiao.visits.queries.summary import summary, year_of, year_rounds
from jixiao.visits.states import RecordState, RoundKind, VisitState
from jixiao.visits.tests.factories import FindingFactory, RoundFactory
from jixiao.visits.tests.marked import marked, planned, published

pytestmark = pytest.mark.django_db
ROUNDS = [
    {"code": "h1", "name": "半年", "weight": "4"},
    {"code": "h2", "name": "年终", "weight": "6"},
]


@pytest.fixture
def office(browser_of: Callable[..., Client]) -> Client:
    """The office at a browser."""
    return browser_of(Role.OFFICE)


def shown(browser: Client, round_: Round, query: str = "") -> str:
    return browser.get(f"/rounds/{round_.pk}/summary/{query}").content.decode()


def give_back(round_: Round, code: str, points: int) -> None:
    """A finding at 云溪镇 put right in time."""
    visit = round_.visits.get(name="云溪镇")
    finding = FindingFactory(visit=visit, case__code=code, case__points=points)
    case = finding.case
    case.given_back_at, case.given_back_by = timezone.now(), case.found_by
    case.save()


def test_a_complete_round_says_so(office: Client) -> None:
    page = shown(office, marked())
    assert "3 个单位的记分表都齐了" in page
    assert "送去计分" in page


def test_every_missing_figure_is_listed_with_who_owes_it(office: Client) -> None:
    round_ = marked()
    Record.objects.filter(visit__name="河口镇", code="1.2").delete()
    page = shown(office, round_)
    assert "2 / 3 个单位已齐" in page
    assert "甲组（何雨、郑启）" in page
    assert "材料质量" in page


def test_gaps_can_be_narrowed_to_one_who_owes_and_taken_along(office: Client) -> None:
    data = [{"key": "迟报", "name": "迟报次数", "provider": "县统计局"}]
    round_ = planned(published(scheme(data=data)))
    assert "共 3 个" in shown(office, round_, "?owner=县统计局")
    answer = office.get(f"/rounds/{round_.pk}/summary/?owner=县统计局&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert [row[0].value for row in book.active][1:] == ["云溪镇", "河口镇", "财政局"]


def test_a_differing_record_keeps_a_round_from_being_complete(office: Client) -> None:
    round_ = marked()
    Record.objects.filter(visit__name="云溪镇", code="1.2").update(state=RecordState.DIFFERING)
    assert "两份记录不一致" in shown(office, round_)


def test_points_given_back_are_listed_and_the_record_stays(office: Client) -> None:
    round_ = marked()
    give_back(round_, "1.2", 10_000)
    page = shown(office, round_)
    assert "整改到位恢复预扣1.0分" in page
    assert "8.0 → 9.0" in page
    assert Record.objects.get(visit__name="云溪镇", code="1.2").mark == 80_000


def test_an_excused_unit_is_named_with_the_reason(office: Client) -> None:
    round_ = marked()
    Visit.objects.filter(name="财政局").update(
        state=VisitState.EXCUSED, excuse="年中撤并", closed_at=None, closed_by=None
    )
    page = shown(office, round_)
    assert "年中撤并" in page
    assert "2 个单位的记分表都齐了" in page


def test_a_spot_check_makes_no_sheet(office: Client) -> None:
    assert "只记问题，不计分" in shown(office, planned(kind=RoundKind.SPOT))


def test_the_workbook_reads_back_as_the_sheet_of_the_records(
    office: Client, tmp_path: Path
) -> None:
    version = published(scheme(rounds=ROUNDS))
    marked(version, code="h1")
    last = marked(version, code="h2")
    give_back(last, "2.1", 5_000)
    answer = office.get(f"/rounds/{last.pk}/sheet/")
    (tmp_path / "记分表.xlsx").write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    read, warnings = read_marksheet(version.scheme, tmp_path / "记分表.xlsx")
    assert (read, warnings) == (year_of(version).gathered.sheet, ())
    assert len(read.rows) == 6


def test_rounds_by_an_earlier_version_count_for_the_version_in_force() -> None:
    first = published(scheme(rounds=ROUNDS))
    marked(first, code="h1")
    later = SchemeVersionFactory(
        line=first.line, number=2, state=State.PUBLISHED, of=scheme(rounds=ROUNDS, title="修订")
    )
    assert [each.code for each in year_rounds(later)] == ["h1"]
    assert len(year_of(later).gathered.values) == 3


def test_two_rounds_for_a_scheme_of_one_are_not_mixed() -> None:
    version = published()
    RoundFactory(version_of=version)
    RoundFactory(version_of=version, kind=RoundKind.HALF_YEAR)
    with pytest.raises(RefusedError, match="只有一轮"):
        year_of(version)


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.LIAISON, Role.GROUP_CONTACT])
def test_marks_of_all_units_are_not_for_everybody(
    browser_of: Callable[..., Client], role: Role
) -> None:
    round_ = marked()
    key = {"key": Visit.objects.earliest("id").unit_id} if role == Role.LIAISON else {"key": "乡镇"}
    browser = browser_of(role, **({} if role == Role.ASSESSOR else key))
    for page in ("summary", "sheet", "raters"):
        assert browser.get(f"/rounds/{round_.pk}/{page}/").status_code == 403


@pytest.mark.parametrize("units", [70, 700])
def test_the_summary_asks_the_database_as_often_for_700_units(
    office: Client, units: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    names = [{"name": f"第{number}村"} for number in range(units)]
    round_ = planned(published(scheme(groups=[{"name": "乡镇", "units": names}])))
    with django_assert_max_num_queries(15):
        assert summary(round_.pk) is not None
    for page in ("summary", "raters"):
        with django_assert_max_num_queries(15):
            assert office.get(f"/rounds/{round_.pk}/{page}/").status_code == 200
