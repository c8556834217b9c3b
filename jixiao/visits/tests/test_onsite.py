"""Does a device get what it needs for the day, and is everything that it sends taken in once?"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.org.tests.factories import UnitFactory
from jixiao.rectification.models import Case
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.factories import CaseFactory
from jixiao.visits.models import Entry, Finding, Record, Visit
from jixiao.visits.states import RecordState, VisitState
from jixiao.visits.tests import factories
from jixiao.visits.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
ITEM = "1.2"
DAY, SYNC = "/onsite/day.json", "/onsite/sync.json"
Json = dict[str, Any]


def entry(mark: int = 80_000, **said: object) -> Json:
    usual = {"key": str(uuid.uuid4()), "code": ITEM, "values": {ITEM: mark}, "methods": ["read"]}
    return {**usual, "reason": "缺2份", **said}


def finding(**said: object) -> Json:
    usual = {"key": str(uuid.uuid4()), "code": ITEM, "fact": "二季度汇总表缺原件"}
    return {**usual, "opinion": "补齐", "workdays": 10, **said}


def send(client: Client, visit: Visit, device: str = "平板", **pieces: object) -> Json:
    """What the device is told about the visit."""
    body = {"device": device, "visits": [{"visit": visit.pk, **pieces}]}
    answer = client.post(SYNC, body, content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    told: Json = answer.json()["visits"][0]
    return told


def states(told: Json) -> list[str]:
    return [each["state"] for each in told["outcomes"]]


def fed_back(visit: Visit) -> None:
    at, by = visit.round.opened_at, visit.round.opened_by
    Visit.objects.filter(pk=visit.pk).update(
        state=VisitState.FED_BACK, started_at=at, started_by=by, fed_back_at=at, fed_back_by=by
    )


def day_of(client: Client) -> Json:
    found: Json = client.get(DAY).json()["visits"][0]
    return found


def test_the_day_holds_what_is_to_be_found_out_and_what_is_known(
    visit: Visit, tablet: Client
) -> None:
    factories.RecordFactory(visit=visit)
    factories.SelfMarkFactory(visit=visit)
    CaseFactory(unit=visit.unit, state=CaseState.VERIFIED)
    told = day_of(tablet)
    assert [each["code"] for each in told["tasks"]] == ["1.1", "1.2", "2.1"]
    assert (told["records"][0]["mark"], told["self_marks"][0]["mark"]) == (80_000, 100_000)
    assert (told["earlier"][0]["may_recheck"], told["members"][0]["is_me"]) == (True, True)


def test_a_hundred_visits_take_as_many_queries_as_one(
    visit: Visit, tablet: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    factories.RecordFactory(visit=visit, state=RecordState.DIFFERING)
    tablet.get(DAY)  # the session notes once that somebody is at work
    with CaptureQueriesContext(connection) as one:
        tablet.get(DAY)
    for name in ("河口镇", "东关镇", "西岭乡"):
        unit = UnitFactory(name=name)
        more = factories.VisitFactory(round=visit.round, team=visit.team, unit=unit, name="河口镇")
        factories.RecordFactory(visit=more)
        factories.FindingFactory(visit=more)
        CaseFactory(unit=unit, state=CaseState.TOLD)
    with django_assert_num_queries(len(one)):
        assert len(tablet.get(DAY).json()["visits"]) == 4


@pytest.mark.usefixtures("visit")
def test_nobody_takes_along_the_visits_of_others(actor: Callable[..., Actor]) -> None:
    assert signed_in(actor(Role.ASSESSOR)).get(DAY).json()["visits"] == []


def test_who_marks_alone_does_not_see_the_others_mark_before_giving_one(
    visit: Visit, tablet: Client, zheng: Actor
) -> None:
    visit.round.is_double = True
    visit.round.save()
    send(signed_in(zheng), visit, device="郑启的平板", entries=[entry(70_000)])
    assert day_of(tablet)["records"] == []
    send(tablet, visit, entries=[entry()])
    [record] = day_of(tablet)["records"]
    assert {each["mark"] for each in record["heads"]} == {70_000, 80_000}


def test_what_is_sent_again_counts_once_and_is_answered_again(visit: Visit, tablet: Client) -> None:
    same = entry()
    first, again = send(tablet, visit, entries=[same]), send(tablet, visit, entries=[same])
    assert (states(first), states(again), Entry.objects.count()) == (["standing"], ["standing"], 1)
    assert first["records"][0]["version"] == again["records"][0]["version"] == 1


def test_one_sending_is_one_entry_of_the_audit(visit: Visit, tablet: Client) -> None:
    send(tablet, visit, entries=[entry(), entry(600_000, code="2.1", values={"2.1": 600_000})])
    assert Event.objects.filter(action="visits.save_entries").count() == 1


def test_a_bad_piece_holds_up_no_other(visit: Visit, tablet: Client) -> None:
    bad = [entry(values={ITEM: "很多"}), entry(reason="长" * 501), {"code": ITEM}]
    told = send(tablet, visit, entries=[*bad, entry()])
    assert states(told) == ["refused"] * 3 + ["standing"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"device": "\\ud800", "visits": []}', b"\xff",
                                  b'{"device": "a\\u0000", "visits": []}', b"[" * 100_000])  # fmt: skip
def test_what_no_device_sends_is_refused(tablet: Client, body: bytes) -> None:
    assert tablet.post(SYNC, body, content_type="application/json").status_code == 422


def test_another_teams_unit_is_refused_and_nothing_is_written(
    visit: Visit, actor: Callable[..., Actor]
) -> None:
    told = send(signed_in(actor(Role.ASSESSOR)), visit, entries=[entry()], findings=[finding()])
    assert (states(told), Record.objects.count(), Case.objects.count()) == (["refused"] * 2, 0, 0)


@pytest.mark.usefixtures("db")
def test_an_expired_session_is_told_and_not_redirected() -> None:
    answer = Client().get(DAY, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["message"]) == (401, "登录已过期，请重新登录")


def test_two_devices_leave_both_versions_until_a_person_decides(
    visit: Visit, tablet: Client
) -> None:
    send(tablet, visit, entries=[entry()])
    other = entry(70_000)
    told = send(tablet, visit, device="手机", entries=[other])
    assert states(told) == ["differing"]
    assert {each["mark"] for each in told["records"][0]["heads"]} == {80_000, 70_000}
    chosen = {"key": str(uuid.uuid4()), "entry": other["key"], "reason": "复看后少2份"}
    for _twice in range(2):
        assert states(send(tablet, visit, settle=[chosen])) == ["standing"]
    assert (Record.objects.get().mark, Record.objects.get().state) == (70_000, "standing")


def test_a_finding_is_noted_changed_and_taken_back_under_one_key(
    visit: Visit, tablet: Client
) -> None:
    noted = finding()
    send(tablet, visit, findings=[noted, noted, {**noted, "fact": "两个季度都缺原件"}])
    assert (Finding.objects.count(), Case.objects.get().fact) == (1, "两个季度都缺原件")
    assert day_of(tablet)["findings"][0]["opinion"] == "补齐"
    send(tablet, visit, findings=[{**noted, "is_removed": True}])
    assert (day_of(tablet)["findings"], Case.objects.get().state) == ([], CaseState.WITHDRAWN)


def test_a_finding_after_the_feedback_is_refused(visit: Visit, tablet: Client) -> None:
    fed_back(visit)
    told = send(tablet, visit, findings=[finding()])
    assert "先退回修改记录" in told["outcomes"][0]["message"]


def test_an_earlier_finding_is_looked_at_again_once(visit: Visit, tablet: Client) -> None:
    case = CaseFactory(unit=visit.unit, state=CaseState.VERIFIED)
    seen = {"key": str(uuid.uuid4()), "case": case.pk, "holds": True, "text": "原件齐全"}
    assert [states(send(tablet, visit, rechecks=[seen])) for _ in range(2)] == [["standing"]] * 2
    case.refresh_from_db()
    assert (case.state, case.steps.count()) == (CaseState.CLOSED, 1)


def test_a_whole_visit_goes_through_in_one_sending_and_again_without_harm(
    visit: Visit, tablet: Client
) -> None:
    team = [
        {"key": str(uuid.uuid4()), "side": "team", "person_name": name, "manner": "signature",
         "strokes": [[[0, 0], [90, 90]]]}
        for name in ("何雨", "郑启")
    ]  # fmt: skip
    unit = {**team[0], "key": str(uuid.uuid4()), "side": "unit", "person_name": "韩松"}
    whole: Json = {
        "entries": [
            entry(10_000, code="1.1", values={"迟报": 10_000}), entry(),
            entry(600_000, code="2.1", values={"2.1": 600_000}),
        ],
        "findings": [finding()],
        "feed_back": [{"key": str(uuid.uuid4())}],
        "confirm": [*team, unit],
    }  # fmt: skip
    told = send(tablet, visit, **whole)
    assert states(told) == ["standing"] * 8, told["outcomes"]
    assert set(states(send(tablet, visit, **whole))) <= {"standing"}
    visit.refresh_from_db()
    assert (visit.state, visit.confirmations.count(), Finding.objects.count()) == ("closed", 3, 1)


def test_the_page_is_the_same_for_everybody(tablet: Client, zheng: Actor) -> None:
    mine, theirs = tablet.get("/onsite/"), signed_in(zheng).get("/onsite/")
    assert mine.content == theirs.content


def test_the_worker_names_every_file_that_the_page_needs(tablet: Client) -> None:
    answer = tablet.get("/onsite/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "visits/onsite/store.js" in answer.content.decode()
