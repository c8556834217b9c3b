"""Do the pages of assessment on site lead to each other, for whom they are open?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.visits.models import Visit
from jixiao.visits.queries.today import on_site
from jixiao.visits.states import FileState, RoundKind, RoundState, VisitState
from jixiao.visits.tests.conftest import signed_in
from jixiao.visits.tests.factories import (
    AttachmentFactory,
    RecordFactory,
    RoundFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
MARKS, SCALES = "汇总</a>", "评分尺度</a>"


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "open_"),
    [(Role.OFFICE, (True, True)), (Role.LEADER, (True, False)), (Role.ASSESSOR, (False, False))],
)
def test_a_round_leads_to_its_marks_and_scales_for_whom_they_are_open(
    browser_of: Browsers, visit: Visit, role: Role, open_: tuple[bool, bool]
) -> None:
    browser, here = browser_of(role), f"/rounds/{visit.round_id}/"
    for address in (here, f"{here}teams/", f"{here}schedule/"):
        shown = page(browser, address)
        assert (MARKS in shown, SCALES in shown) == open_
    if open_[0]:
        assert f'<a href="{here}summary/" aria-current="page">' in page(browser, f"{here}summary/")


def test_only_a_spot_check_has_draws(browser_of: Browsers) -> None:
    office = browser_of(Role.OFFICE)
    for kind, there in ((RoundKind.SPOT, True), (RoundKind.ANNUAL, False)):
        round_ = RoundFactory(kind=kind)
        assert ("抽取</a>" in page(office, f"/rounds/{round_.pk}/")) == there


def test_from_an_item_the_way_leads_back_over_visit_and_round(
    he: Actor, browser_of: Browsers, visit: Visit
) -> None:
    way = ("/rounds/", f"/rounds/{visit.round_id}/", f"/visits/{visit.pk}/")
    for browser in (browser_of(Role.OFFICE), signed_in(he)):
        shown = page(browser, f"/visits/{visit.pk}/items/1.2/")
        crumbs = shown.partition('class="crumbs"')[2].partition("</nav>")[0]
        assert [each for each in way if f'href="{each}"' not in crumbs] == []


def test_the_unit_finds_back_to_its_own_list_but_not_to_the_round(
    browser_of: Browsers, visit: Visit
) -> None:
    unit = browser_of(Role.LIAISON, key=visit.unit_id)
    shown = page(unit, f"/visits/{visit.pk}/")
    assert '<a href="/rounds/">现场评估</a>' in shown
    assert f'href="/rounds/{visit.round_id}/"' not in shown
    assert '<a href="/rounds/" aria-current="page">' in shown


def test_files_can_be_fetched_from_the_visit_and_from_its_item(
    tablet: Client, visit: Visit
) -> None:
    record = RecordFactory(visit=visit, code="1.2")
    file = AttachmentFactory(visit=visit, code=record.code, received=1000, state=FileState.KEPT)
    for address in (f"/visits/{visit.pk}/", f"/visits/{visit.pk}/items/1.2/"):
        assert f'href="/onsite/files/{file.key}/content"' in page(tablet, address)


def test_assessors_open_the_page_that_needs_no_network_from_everywhere(
    tablet: Client, browser_of: Browsers, visit: Visit
) -> None:
    Visit.objects.update(on=timezone.localdate())
    for address in ("/", "/rounds/", "/visits/mine/", f"/visits/{visit.pk}/"):
        assert 'href="/onsite/"' in page(tablet, address)
    for address in ("/rounds/", f"/visits/{visit.pk}/"):
        assert 'href="/onsite/"' not in page(browser_of(Role.OFFICE), address)


def test_the_homes_count_who_is_done_who_is_late_and_who_is_visited_today() -> None:
    today = timezone.localdate()
    round_ = RoundFactory()
    VisitFactory(round=round_, state=VisitState.CLOSED, on=today - timedelta(1))
    VisitFactory(
        round=round_, state=VisitState.UNDERWAY, on=today - timedelta(1), unit__name="甲镇"
    )
    here = VisitFactory(round=round_, on=today, unit__name="乙镇")
    VisitFactory(
        round=round_, state=VisitState.EXCUSED, excuse="新设单位", on=today, unit__name="丁镇"
    )
    VisitFactory(round=RoundFactory(state=RoundState.PLANNED), on=today, unit__name="丙镇")
    found = on_site(today)
    assert [(each.units, each.done, each.late) for each in found.rounds] == [(3, 1, 1)]
    assert found.today == [here]


def test_the_office_and_the_leader_read_it_at_home(browser_of: Browsers, visit: Visit) -> None:
    Visit.objects.update(on=timezone.localdate())
    office = page(browser_of(Role.OFFICE), "/")
    assert f'现场评估已完成 <a class="figure" href="/rounds/{visit.round_id}/">0 / 1</a>' in office
    assert f'<a href="/visits/{visit.pk}/">云溪镇</a>' in office
    assert "已完成 0 / 1" in page(browser_of(Role.LEADER), "/")
