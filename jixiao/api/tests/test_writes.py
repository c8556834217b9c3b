"""Does every action really work from JSON, with its dates, choices, rows, lists and files?"""

import base64
import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.access.action import REGISTER
from jixiao.access.models import Account, Grant, Token
from jixiao.access.permissions import Role
from jixiao.api.reference import rooms
from jixiao.notices.models import Notice
from jixiao.notices.tests.factories import OpinionFactory, ReceiptFactory
from jixiao.org.models import Condition, Delegation, Duty, OrgImport, Unit
from jixiao.org.tests.factories import DutyFactory, PersonFactory, PostFactory, UnitFactory
from jixiao.periods.models import Cycle
from jixiao.periods.states import StageKind
from jixiao.results.models import SealedResult
from jixiao.results.result import to_bytes
from jixiao.results.tests.county import UNITS, county
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
BASIS = {"on": "2026-01-05", "document": "清编〔2026〕1号"}
WRITES = {each.path.removeprefix("/api/actions/"): each for room in rooms() for each in room.writes}


def do(client: Client, action: str, **body: object) -> dict[str, Any]:
    """What an action answers when it is done."""
    answer = client.post(
        f"/api/actions/{action}", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 200, answer.json()
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture
def office(browser_of: Browsers) -> Client:
    """The office's program."""
    return browser_of(Role.OFFICE)


def test_every_write_of_the_screens_is_there() -> None:
    assert set(WRITES) == {name.replace(".", "/") for name in REGISTER}


@pytest.mark.parametrize("action", sorted(WRITES))
@pytest.mark.parametrize(
    "role", [Role.OFFICE_HEAD, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN], ids=lambda role: role.value
)
def test_the_example_of_the_reference_page_has_the_right_form(
    browser_of: Browsers, action: str, role: Role
) -> None:
    UnitFactory()
    answer = browser_of(role).post(
        WRITES[action].path, WRITES[action].body, content_type="application/json"
    )
    assert answer.status_code in (200, 403, 404, 409, 422)
    assert "应是" not in answer.json().get("message", "")
    assert "没有填" not in answer.json().get("message", "")


def test_a_unit_is_founded_with_facts_and_basis(office: Client) -> None:
    facts = {"name": "云溪镇", "kind": "township", "group": "乡镇"}
    told = do(office, "org/found_unit", parent=None, facts=facts, basis=BASIS, reason="区划调整")
    assert told == {"kind": "org.unit", "number": Unit.objects.get().pk, "name": "云溪镇"}
    assert Unit.objects.get().since == date(2026, 1, 5)


def test_a_unit_is_split_into_several(office: Client) -> None:
    parts = [{"name": name, "kind": "township", "group": "乡镇"} for name in ("东溪镇", "西溪镇")]
    unit = UnitFactory().pk
    do(office, "org/split_unit", unit=unit, into={"parts": parts}, basis=BASIS, reason="区划调整")
    assert set(Unit.objects.open().values_list("name", flat=True)) == {"东溪镇", "西溪镇"}


def test_units_are_merged_by_their_numbers(office: Client) -> None:
    gone, into = UnitFactory(), UnitFactory()
    do(office, "org/merge_units", units=[gone.pk], into=into.pk, basis=BASIS, reason="合并")
    assert list(Unit.objects.open()) == [into]


def test_a_condition_is_recorded(office: Client) -> None:
    finding = {"kind": "computer", "seen_on": "2026-03-02", "quantity": 2, "use": "shared"}
    do(office, "org/record_condition", unit=UnitFactory().pk, finding=finding)
    assert (Condition.objects.get().quantity, Condition.objects.get().use) == (2, "shared")


def test_somebody_is_appointed_and_takes_a_duty(office: Client) -> None:
    unit, person = UnitFactory().pk, PersonFactory().pk
    post = {"title": "办公室主任", "since": "2026-01-05"}
    do(office, "org/appoint", person=person, unit=unit, post=post)
    duty = {"role": "liaison", "since": "2026-01-05"}
    do(office, "org/assign_duty", unit=unit, person=person, duty=duty)
    assert Duty.objects.get().role == "liaison"


def test_somebody_stands_in_for_somebody(office: Client) -> None:
    duty = DutyFactory()
    deputy = PostFactory(unit=duty.unit).person
    today = timezone.localdate()
    absence = {"since": str(today), "until": str(today + timedelta(days=5)), "reason": "学习"}
    do(
        office, "org/delegate",
        unit=duty.unit_id, absent=duty.person_id, deputy=deputy.pk, absence=absence,
    )  # fmt: skip
    assert Delegation.objects.get().deputy == deputy


def test_a_workbook_is_handed_in_as_base64(office: Client) -> None:
    content = base64.b64encode(b"not a workbook").decode()
    answer = office.post(
        "/api/actions/org/hand_in_workbook",
        json.dumps({"name": "机构.xlsx", "content": content}),
        content_type="application/json",
    )
    assert answer.status_code in (200, 422)
    assert OrgImport.objects.count() == (answer.status_code == 200)


def test_a_year_is_planned_and_a_step_moved(office: Client) -> None:
    days = [date(2027, month, 1) for month in range(1, 9)]
    stages = [
        {"kind": kind.value, "since": str(since), "until": str(until - timedelta(days=1))}
        for kind, (since, until) in zip(StageKind, pairwise(days), strict=True)
    ]
    do(office, "periods/plan_cycle", year=2027, title="2027年度", stages=stages)
    stage = Cycle.objects.get().stages.get(kind=StageKind.SCHEME)
    moved = {"since": "2027-01-01", "until": "2027-02-10"}
    do(office, "periods/change_stage", stage=stage.pk, **moved, reason="春节")
    stage.refresh_from_db()
    assert str(stage.until) == "2027-02-10"


def test_a_document_that_was_read_is_the_document_of_another_draft(office: Client) -> None:
    known = SchemeVersionFactory(state=State.PUBLISHED)
    document = office.get(f"/api/schemes/{known.pk}").json()["document"]
    told = do(office, "schemes/start_draft", name="另一个办法", year=2026, document=document)
    assert SchemeVersion.objects.get(pk=told["number"]).scheme == known.scheme


def test_a_draft_is_edited_part_by_part(office: Client) -> None:
    draft = SchemeVersionFactory()
    part = {"code": "1.2", "name": "材料规范", "points": "10"}
    body = {"version": draft.pk, "path": "items.0.items.1", "part": part}
    do(office, "schemes/change_part", **body, seen_version=1)
    do(office, "schemes/move_part", version=draft.pk, path="items.0.items.1", way="up")
    draft = SchemeVersion.objects.get()
    assert draft.scheme.items[0].items[0].name == "材料规范"


def test_a_scheme_goes_its_whole_way(office: Client, browser_of: Browsers) -> None:
    draft, head = SchemeVersionFactory().pk, browser_of(Role.OFFICE_HEAD)
    do(office, "schemes/submit", version=draft)
    do(head, "schemes/approve", version=draft, document_number="清绩委〔2026〕2号")
    today = timezone.localdate()
    body = {"version": draft, "effective_on": str(today)}
    answer = head.post(
        "/api/actions/schemes/publish", json.dumps(body), content_type="application/json"
    )
    in_period = today.year == 2026
    assert answer.status_code == (200 if in_period else 422)


def test_a_result_is_loaded_from_base64_and_published_by_another(
    office: Client, browser_of: Browsers
) -> None:
    for name in UNITS:
        UnitFactory(name=name)
    sealed = base64.b64encode(to_bytes(county())).decode()
    told = do(office, "results/load_result", sealed=sealed, year=2026, round_name="年终评估")
    approval = {
        "meeting": "县绩效管理委员会会议",
        "met_on": "2026-11-01",
        "document": "清绩委〔2026〕9号",
    }
    do(
        browser_of(Role.OFFICE_HEAD),
        "results/adopt_result",
        result=told["number"],
        approval=approval,
    )
    do(office, "results/publish_result", result=told["number"])
    assert SealedResult.objects.get().is_published


def test_a_notice_is_sent_and_signed_for(office: Client, browser_of: Browsers) -> None:
    units = [UnitFactory().pk for _ in range(3)]
    letter = {"title": "报送", "body": "请按时报送。", "due_on": None}
    do(office, "notices/send_notice", letter=letter, units=units)
    receipt = Notice.objects.get().receipts.get(unit=units[0])
    do(browser_of(Role.LIAISON, key=units[0]), "notices/acknowledge", receipt=receipt.pk)
    receipt.refresh_from_db()
    assert receipt.acknowledged_at


def test_nobody_signs_for_another_unit(browser_of: Browsers) -> None:
    receipt, client = ReceiptFactory(), browser_of(Role.LIAISON, key=UnitFactory().pk)
    answer = client.post(
        "/api/actions/notices/acknowledge",
        json.dumps({"receipt": receipt.pk}),
        content_type="application/json",
    )
    assert answer.status_code == 403


def test_an_opinion_is_written_and_answered(office: Client, browser_of: Browsers) -> None:
    cadre = browser_of(Role.CADRE, key=1)
    told = do(cadre, "notices/write_opinion", text="表太多", kind="complaint")
    do(office, "notices/answer_opinion", opinion=told["number"], answer="已经减了")
    do(office, "notices/publish_opinion", opinion=told["number"])
    do(cadre, "notices/see_answer", opinion=told["number"])
    OpinionFactory()
    assert len(cadre.get("/api/opinions").json()["items"]) == 1


def test_a_role_is_granted_and_ended(browser_of: Browsers) -> None:
    account = Account.objects.create(username="zhang", name="张三")
    client = browser_of(Role.SECURITY_ADMIN)
    told = do(
        client, "access/grant_role", account=account.pk, role="cadre", key=str(UnitFactory().pk)
    )
    do(client, "access/end_grant", grant=told["number"], reason="调离")
    assert not Grant.objects.filter(account=account, until=None).exists()


def test_a_token_is_made_with_permissions_and_a_day(office: Client) -> None:
    until = str(timezone.localdate() + timedelta(days=30))
    permissions = ["units_see", "people_edit"]
    do(
        office, "access/make_token",
        name="人员同步", secret="x" * 60, permissions=permissions, until=until,
    )  # fmt: skip
    assert Token.objects.get().permissions == ["people_edit", "units_see"]


def test_the_same_key_of_two_programs_does_not_clash(account: Callable[..., Account]) -> None:
    statuses = []
    for number in (1, 2):
        owner = account(Role.OFFICE)
        client = Client()
        client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
        secret, until = f"{number}" * 60, str(timezone.localdate())
        do(
            client, "access/make_token",
            name="登记", secret=secret, permissions=["people_edit"], until=until,
        )  # fmt: skip
        headers = {"authorization": f"Bearer {secret}", "idempotency-key": "k" * 300}
        answer = Client().post(
            "/api/actions/org/add_person",
            json.dumps({"code": f"R{number}", "name": "张三", "rank": "staff"}),
            content_type="application/json",
            headers=headers,
        )
        statuses.append(answer.status_code)
    assert statuses == [200, 200]
