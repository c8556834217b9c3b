"""Do programs read assessments on site with the reach of the screens, and nothing before its time?"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.notices.tests.factories import AccountFactory
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, UnitFactory
from jixiao.visits.lots import problems
from jixiao.visits.models import Draw, Visit
from jixiao.visits.states import DrawState, RoundKind, VisitState
from jixiao.visits.tests.factories import (
    DrawFactory,
    RoundFactory,
    TeamFactory,
    VisitFactory,
)
from jixiao.visits.tests.marked import marked, planned
from jixiao.visits.tests.scene import NAME, Scene, scene

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MOST_QUERIES = 15


def told(client: Client, path: str) -> dict[str, Any]:
    """What is answered."""
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 200, answer.json()
    known: dict[str, Any] = answer.json()
    return known


def items(client: Client, path: str) -> list[dict[str, Any]]:
    """The rows of a list."""
    rows: list[dict[str, Any]] = told(client, path)["items"]
    return rows


def status(client: Client, path: str) -> int:
    return client.get(f"/api/{path}").status_code


def signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id), backend=BACKEND)
    return client


@pytest.fixture
def here(actor: Callable[..., Actor]) -> Scene:
    """云溪镇, everything recorded, one finding, not told yet."""
    made = scene(actor)
    made.record_all()
    made.finding(fact="台账缺2份")
    return made


def card(here: Scene, who: Actor) -> dict[str, Any]:
    return told(signed_in(who), f"visits/{here.visit.pk}")


def test_a_unit_reads_nothing_of_its_marks_before_it_is_told(here: Scene) -> None:
    known = card(here, here.lead)
    assert (known["shows_marks"], known["findings"], known["confirmations"]) == (False, [], [])
    assert {(each["mark"], each["record"]) for each in known["items"]} == {("—", None)}
    whole = json.dumps(known, ensure_ascii=False)
    assert "缺2份" not in whole
    assert "80000" not in whole


def test_a_unit_reads_marks_reasons_and_findings_once_it_is_told(here: Scene) -> None:
    here.feed_back()
    known = card(here, here.lead)
    [_, quality, _] = known["items"]
    assert (quality["mark"], quality["record"]["reason"]) == ("8.0", "缺2份")
    assert quality["record"]["values"] == {"1.2": 80_000}
    assert [each["fact"] for each in known["findings"]] == ["台账缺2份"]


def test_confirmations_are_told_without_the_handwriting(here: Scene) -> None:
    here.close()
    known = card(here, here.office)
    assert [each["person_name"] for each in known["confirmations"]] == ["何雨", "郑启", "韩松"]
    assert known["assessors"] == ["何雨", "郑启"]
    assert json.dumps(NAME[0][0]) not in json.dumps(known)


def test_provisional_points_of_a_finding_are_not_told(here: Scene) -> None:
    here.finding(points=12_300)
    assert all("points" not in each for each in card(here, here.office)["findings"])


def test_who_goes_there_the_office_and_the_leader_read_the_records(
    here: Scene, actor: Callable[..., Actor]
) -> None:
    for who in (here.he, here.office, actor(Role.LEADER)):
        assert card(here, who)["items"][1]["mark"] == "8.0"


def test_assessors_of_other_teams_and_other_units_do_not_find_the_visit(
    here: Scene, browser_of: Browsers
) -> None:
    path = f"visits/{here.visit.pk}"
    here.feed_back()
    assert status(browser_of(Role.ASSESSOR), path) == 404
    assert status(browser_of(Role.UNIT_LEAD, key=UnitFactory().pk), path) == 403


def test_a_planned_spot_check_is_hidden_from_the_unit_until_it_begins(browser_of: Browsers) -> None:
    unit = UnitFactory(name="云溪镇", group="乡镇")
    surprise = VisitFactory(unit=unit, round=RoundFactory(kind=RoundKind.SPOT))
    client = browser_of(Role.LIAISON, key=unit.pk)
    assert items(client, "visits/ours") == []
    assert status(client, f"visits/{surprise.pk}") == 404
    assert status(client, "rounds") == 403


def test_a_unit_reads_when_who_comes(here: Scene) -> None:
    [mine] = items(signed_in(here.lead), "visits/ours")
    assert (mine["unit"], mine["team"], mine["state"]) == ("云溪镇", "甲组", "underway")


def test_an_assessor_reads_the_own_visits(here: Scene) -> None:
    VisitFactory(round=here.visit.round, unit=UnitFactory())
    assert [each["id"] for each in items(signed_in(here.he), "visits/mine")] == [here.visit.pk]


def test_a_round_is_read_with_its_visits_and_teams(here: Scene, browser_of: Browsers) -> None:
    VisitFactory(round=here.visit.round, unit=UnitFactory(), state=VisitState.CLOSED)
    client, pk = browser_of(Role.LEADER), here.visit.round_id
    [round_] = items(client, "rounds")
    assert (round_["units"], round_["done"], round_["state"]) == (2, 1, "open")
    assert [each["team"] for each in items(client, f"rounds/{pk}/visits")] == ["甲组", ""]
    [team] = items(client, f"rounds/{pk}/teams")
    assert [each["name"] for each in team["members"]] == ["何雨", "郑启"]
    assert (team["members"][0]["is_head"], team["units"]) == (True, 1)


def test_a_seed_is_read_only_after_the_draw(browser_of: Browsers) -> None:
    waiting = DrawFactory()
    path, client = f"rounds/{waiting.round_id}/draws", browser_of(Role.OFFICE)
    [before] = items(client, path)
    assert (before["seed"], waiting.seed in json.dumps(before)) == ("", False)
    assert problems(before["file"]) == ["还没有抽取：文件里只有承诺的摘要"]
    done = {"state": DrawState.DRAWN, "word": "7", "drawn_by": AccountFactory()}
    Draw.objects.update(drawn_at=waiting.committed_at, **done)
    assert items(client, path)[0]["seed"] == waiting.seed


def test_what_a_round_lacks_is_read_with_who_owes_it(browser_of: Browsers) -> None:
    held = planned()
    gaps = items(browser_of(Role.OFFICE), f"rounds/{held.pk}/gaps")
    assert {each["owner"] for each in gaps} == {"甲组（何雨、郑启）"}
    assert {each["code"] for each in gaps} == {"1.1", "1.2", "2.1"}


def test_the_sheet_is_read_as_the_records_make_it(browser_of: Browsers) -> None:
    held = marked()
    client = browser_of(Role.OFFICE)
    rows = items(client, f"rounds/{held.pk}/sheet")
    assert len(rows) == held.visits.count()
    assert rows[0]["values"] == {"迟报": 20_000, "1.2": 80_000, "2.1": 550_000}
    assert items(client, f"rounds/{held.pk}/gaps") == []


def test_a_spot_check_makes_no_sheet(browser_of: Browsers) -> None:
    held = planned(kind=RoundKind.SPOT)
    client = browser_of(Role.OFFICE)
    assert items(client, f"rounds/{held.pk}/sheet") == items(client, f"rounds/{held.pk}/gaps") == []


def test_assessors_read_neither_gaps_nor_sheet(here: Scene) -> None:
    client, pk = signed_in(here.he), here.visit.round_id
    assert {status(client, f"rounds/{pk}/{part}") for part in ("gaps", "sheet")} == {403}


def test_a_round_that_is_not_there_is_not_found(browser_of: Browsers) -> None:
    client = browser_of(Role.OFFICE)
    parts = ("visits", "teams", "draws", "gaps", "sheet")
    assert {status(client, f"rounds/999/{part}") for part in parts} == {404}


def more(visit: Visit, number: int) -> None:
    """So many more of everything in the round."""
    for _ in range(number):
        unit: Unit = UnitFactory()
        team = TeamFactory(round=visit.round, people=[PersonFactory(), PersonFactory()])
        VisitFactory(round=visit.round, unit=unit, team=team)
        DrawFactory(round=visit.round)


def test_the_parts_of_a_round_run_as_many_queries_for_many_rows_as_for_few(here: Scene) -> None:
    client, pk = signed_in(here.office), here.visit.round_id
    told(client, f"rounds/{pk}/gaps")  # the scheme's tasks are worked out once
    paths = [f"rounds/{pk}/{part}" for part in ("visits", "teams", "draws", "gaps", "sheet")]
    before: dict[str, int] = {}
    for size in (2, 9):
        more(here.visit, size)
        for path in paths:
            with CaptureQueriesContext(connection) as seen:
                told(client, path)
            assert len(seen) <= MOST_QUERIES
            assert before.setdefault(path, len(seen)) == len(seen), path


def test_a_visit_runs_as_many_queries_with_many_findings_as_with_few(here: Scene) -> None:
    client, path, counts = signed_in(here.office), f"visits/{here.visit.pk}", []
    told(client, path)  # the scheme's tasks are worked out once
    for size in (1, 8):
        for _ in range(size):
            here.finding()
        with CaptureQueriesContext(connection) as seen:
            told(client, path)
        counts.append(len(seen))
    assert counts[0] <= MOST_QUERIES
    assert counts[0] == counts[1]
