"""Do programs read what the screens show, with the same reach and as few queries?"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.access.models import Account, Grant
from jixiao.access.permissions import Permission, Role
from jixiao.api.reads import PERMISSIONS
from jixiao.api.service import document
from jixiao.audit.models import Event
from jixiao.notices.tests.factories import AccountFactory as WriterFactory
from jixiao.notices.tests.factories import NoticeFactory, OpinionFactory, ReceiptFactory
from jixiao.org.models import Unit
from jixiao.org.tests.factories import (
    ConditionFactory,
    DelegationFactory,
    DutyFactory,
    PostFactory,
    SuccessionFactory,
    UnitFactory,
)
from jixiao.periods.tests.factories import CycleFactory
from jixiao.ratings.tests.factories import rated_poll
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.factories import CaseFactory, ReplyFactory
from jixiao.results.tests.conftest import Keep
from jixiao.results.tests.county import county
from jixiao.schemes.editing import validated
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeReturnFactory, SchemeVersionFactory
from jixiao.scoring.numbers import mark_text

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
MOST_QUERIES = 15


def items(client: Client, path: str) -> list[dict[str, object]]:
    """The rows of a list."""
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 200, answer.json()
    found: list[dict[str, object]] = answer.json()["items"]
    return found


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        items(client, path)
    return len(seen)


def fill(number: int) -> None:
    """A county with so many of everything."""
    WriterFactory.reset_sequence(10_000 * number)  # the makers of schemes are called the same
    for place in range(number):
        unit = UnitFactory()
        DutyFactory(unit=unit)
        DelegationFactory(unit=unit)
        ConditionFactory(unit=unit)
        SuccessionFactory(before=UnitFactory())
        NoticeFactory()
        CaseFactory(unit=unit, state=CaseState.TOLD)
        ReplyFactory(reminder__unit=unit)
        ReceiptFactory(unit=unit)
        OpinionFactory()
        OpinionFactory(published=True)
        SchemeReturnFactory(of=SchemeVersionFactory(state=State.PUBLISHED))
        CycleFactory(year=2030 + number + place)
        account = Account.objects.create(username=f"holder{unit.pk}", name="干部")
        Grant.objects.create(account=account, role=Role.CADRE, extent="unit", key=str(unit.pk))
        rated_poll(unit, by=account)
        Event.objects.create(
            action="org.leave", label="离开", actor="甲", subject="", subject_label="", changes=[]
        )


LISTS = {
    Role.OFFICE: (
        "units", "reorganizations", "duties", "delegations", "people", "posts", "conditions",
        "stability", "imports", "cycles", "schemes", "opinions", "opinions/waiting",
        "opinions/answered", "opinions/published", "notices", "receipts", "results", "tokens",
        "cases", "reminders", "rounds", "visits/ours", "reviews", "results/past", "polls",
        "matters", "matters/noticed", "bulletins", "consequences",
    ),
    Role.ASSESSOR: ("visits/mine",),
    Role.SYSTEM_ADMIN: ("accounts",),
    Role.SECURITY_ADMIN: ("grants",),
    Role.AUDIT_ADMIN: ("audit",),
}  # fmt: skip


def test_every_list_runs_as_many_queries_for_many_rows_as_for_few(browser_of: Browsers) -> None:
    people = {role: browser_of(role) for role in LISTS}
    for client in people.values():
        client.get("/api/me")  # the session is stored once
    before = {}
    for size in (2, 12):
        fill(size)
        for role, paths in LISTS.items():
            for path in paths:
                found = queries(people[role], path)
                assert found <= MOST_QUERIES
                assert before.setdefault(path, found) == found, path


def test_the_lists_above_are_all_lists_that_have_no_number_in_their_address() -> None:
    paths = document()["paths"]
    lists = {
        path.removeprefix("/api/")
        for path, told in paths.items()
        if "get" in told and "limit" in {each["name"] for each in told["get"].get("parameters", ())}
    }
    assert {path for path in lists if "{" not in path} == {
        path for paths in LISTS.values() for path in paths
    }


def test_marks_and_tiers_run_a_fixed_number_of_queries(keep: Keep, browser_of: Browsers) -> None:
    kept, client = keep(county()), browser_of(Role.LEADER)
    items(client, f"results/{kept.pk}/marks")  # read the result once
    assert queries(client, f"results/{kept.pk}/marks?limit=2") <= MOST_QUERIES
    few = queries(client, f"results/{kept.pk}/marks?limit=2")
    assert queries(client, f"results/{kept.pk}/marks?limit=40") == few
    assert queries(client, f"results/{kept.pk}/tiers?limit=40") <= few


def test_a_unit_reads_its_own_marks_and_everybodys_tiers(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county())
    own, other = Unit.objects.get(name="云溪镇"), Unit.objects.get(name="河口镇")
    client = browser_of(Role.LIAISON, key=own.pk)
    assert [row["unit"] for row in items(client, f"results/{kept.pk}/marks")] == ["云溪镇"]
    tiers = items(client, f"results/{kept.pk}/tiers")
    assert len(tiers) == 40
    assert set(tiers[0]) == {"unit_id", "unit", "group", "tier"}
    assert client.get(f"/api/results/{kept.pk}/units/{own.pk}").status_code == 200
    assert client.get(f"/api/results/{kept.pk}/units/{other.pk}").status_code == 403
    assert client.get(f"/api/results/{kept.pk}/units/{other.pk}/why?code=2.2").status_code == 403


def test_tiers_come_in_the_schemes_order_so_that_no_mark_can_be_read_off_them(
    keep: Keep, browser_of: Browsers
) -> None:
    result = county()
    rows = items(browser_of(Role.CADRE, key=1), f"results/{keep(result).pk}/tiers")
    listed = [unit.name for group in result.scheme.groups for unit in group.units]
    assert [row["unit"] for row in rows] == listed


def test_the_marks_are_those_of_the_sealed_result(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county())
    rows = items(browser_of(Role.OFFICE), f"results/{kept.pk}/marks")
    totals = {row["unit"]: row["total"] for row in rows}
    assert totals == {name: mark_text(row["total"], 2) for name, row in county().year.items()}


def test_why_tells_rule_data_and_steps(keep: Keep, browser_of: Browsers) -> None:
    kept, unit = keep(county()), Unit.objects.get(name="云溪镇")
    path = f"/api/results/{kept.pk}/units/{unit.pk}/why"
    told = browser_of(Role.OFFICE).get(f"{path}?code=3.1").json()
    assert told["is_confirmed"]
    assert told["rule"]
    assert all(each["steps"] for each in told["rounds"])
    assert browser_of(Role.OFFICE).get(f"{path}?code=9.9").status_code == 404


def test_nobody_but_the_office_reads_a_result_before_it_is_published(
    keep: Keep, browser_of: Browsers
) -> None:
    kept, leader = keep(county(), is_published=False), browser_of(Role.LEADER)
    assert items(leader, "results") == []
    assert leader.get(f"/api/results/{kept.pk}/tiers").status_code == 404
    assert len(items(browser_of(Role.OFFICE), "results")) == 1


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_administrators_read_neither_marks_nor_tiers(
    keep: Keep, browser_of: Browsers, role: Role
) -> None:
    kept, client = keep(county()), browser_of(role)
    unit = Unit.objects.get(name="云溪镇").pk
    for path in (
        "results",
        *(f"results/{kept.pk}/{it}" for it in ("tiers", "marks", f"units/{unit}")),
    ):
        assert client.get(f"/api/{path}").status_code == 403, path


def test_number_and_rank_are_for_the_office_and_the_own_units_lead(browser_of: Browsers) -> None:
    post = PostFactory()
    lead = browser_of(Role.UNIT_LEAD, key=post.unit_id)
    assert items(lead, "people")[0]["code"] is None
    assert items(lead, f"people?unit={post.unit_id}")[0]["code"] == post.person.code
    assert items(lead, f"people?unit={PostFactory().unit_id}")[0]["rank"] is None
    assert items(browser_of(Role.OFFICE), "people")[0]["rank"] == "staff"


def test_a_draft_scheme_is_read_by_its_makers_only(browser_of: Browsers) -> None:
    draft = SchemeVersionFactory()
    assert browser_of(Role.CADRE, key=1).get(f"/api/schemes/{draft.pk}").status_code == 404
    told = browser_of(Role.OFFICE).get(f"/api/schemes/{draft.pk}").json()
    assert validated(told["document"]) == draft.scheme
    assert told["yaml"].startswith("名称: 清岚县2026年度绩效办法")


def test_opinions_are_read_by_their_author_and_in_public_without_the_name(
    browser_of: Browsers,
) -> None:
    OpinionFactory(text="等答复的")
    OpinionFactory(text="公开的", published=True)
    cadre = browser_of(Role.CADRE, key=1)
    assert items(cadre, "opinions") == []
    assert cadre.get("/api/opinions/waiting").status_code == 403
    assert [row["author"] for row in items(cadre, "opinions/published")] == ["不署名"]
    assert [row["text"] for row in items(browser_of(Role.OFFICE), "opinions/waiting")] == [
        "等答复的"
    ]


def test_a_unit_reads_its_own_receipts_only(browser_of: Browsers) -> None:
    own = ReceiptFactory()
    ReceiptFactory()
    liaison = browser_of(Role.LIAISON, key=own.unit_id)
    assert [row["id"] for row in items(liaison, "receipts")] == [own.pk]
    assert liaison.get("/api/notices").status_code == 403
    assert liaison.get(f"/api/notices/{own.notice_id}/receipts").status_code == 403


def test_the_record_is_read_by_action(browser_of: Browsers) -> None:
    fill(1)
    auditor = browser_of(Role.AUDIT_ADMIN)
    assert [row["action"] for row in items(auditor, "audit?action=org.leave")] == ["org.leave"]
    assert items(auditor, "audit?action=org.found_unit") == []


def test_no_list_gives_more_than_five_hundred(browser_of: Browsers) -> None:
    answer = browser_of(Role.OFFICE).get("/api/units?limit=501")
    assert answer.status_code == 422
    assert answer.json() == {"message": "“limit”不能大于 500", "field": "limit"}


def test_every_read_needs_its_permission() -> None:
    assert set(PERMISSIONS.values()) <= set(Permission)
    assert len(PERMISSIONS) == len([1 for told in document()["paths"].values() if "get" in told])
