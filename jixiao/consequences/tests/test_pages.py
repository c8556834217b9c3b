"""Do the pages show everybody what is theirs, with the reason, and nobody more?"""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.consequences.actions import decide_person, propose_person, tell_person
from jixiao.consequences.models import ListedUnit, Listing, Measure, PersonalDecision
from jixiao.consequences.states import Verdict
from jixiao.consequences.tests.conftest import LAST, entries
from jixiao.consequences.tests.factories import MeasureFactory, PersonalDecisionFactory
from jixiao.org.models import Person, Unit
from jixiao.results.models import SealedResult

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
QUOTA = "个人年度考核优秀比例"


def text(client: Client, route: str, *where: object, **asked: str) -> str:
    answer = client.get(reverse(route, args=where), asked, follow=True)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def quota() -> Listing:
    return Listing.objects.in_force().get(name=QUOTA)


@pytest.fixture
def matter(entry: ListedUnit, lead: Person, office: Actor) -> PersonalDecision:
    """Proposed by the office."""
    return propose_person(entry, by=office, person=lead, proposal="约谈提醒")


# ── Lists ──────────────────────────────────────────────────────────────────────────────────


def test_without_an_approved_result_there_is_nothing_to_act_on(browser_of: Browsers) -> None:
    assert "还没有审定的结果" in text(browser_of(Role.OFFICE), "consequences")


def test_the_overview_says_what_follows_on_which_basis(
    drawn: SealedResult, browser_of: Browsers
) -> None:
    page = text(browser_of(Role.LEADER), "consequences")
    for words in ("2026年度结果运用 3 份名单", "通报表扬", "办法第三十条", "清绩委〔2027〕1号"):
        assert words in page
    assert reverse("consequences_draw", args=[drawn.pk]) not in page


def test_the_office_draws_up_by_a_form(kept: SealedResult, browser_of: Browsers) -> None:
    client = browser_of(Role.OFFICE)
    assert "开列名单" in text(client, "consequences")
    client.post(reverse("consequences_draw", args=[kept.pk]), {"counted_on": ""})
    assert Listing.objects.count() == 3


@pytest.mark.parametrize("typed", ["2999-01-01", "昨天", "０"])
def test_a_day_that_is_none_or_to_come_is_told(
    kept: SealedResult, browser_of: Browsers, typed: str
) -> None:
    answer = browser_of(Role.OFFICE).post(
        reverse("consequences_draw", args=[kept.pk]), {"counted_on": typed}
    )
    assert answer.status_code == 422
    assert not Listing.objects.exists()


@pytest.mark.usefixtures("drawn")
def test_a_list_gives_each_reason_and_leads_to_the_card(browser_of: Browsers) -> None:
    listing = Listing.objects.get(name="约谈主要负责人")
    page = text(browser_of(Role.PERSONNEL), "listing", listing.pk)
    last = entries("约谈主要负责人")[LAST]
    assert "总分列组内第12名" in page
    assert reverse("result_unit", args=[listing.result_id, last.part.unit_id]) in page
    assert "提出" not in page


@pytest.mark.usefixtures("drawn")
def test_a_list_leaves_as_a_workbook_with_exact_figures(browser_of: Browsers) -> None:
    answer = browser_of(Role.PERSONNEL).get(
        reverse("listing", args=[quota().pk]), {"export": "xlsx", "q": "临港园区"}
    )
    book = load_workbook(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert {0.22, 29, 6} <= {each for each in cells if isinstance(each, int | float)}


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_list_leaves_as_a_document(browser_of: Browsers, form: str) -> None:
    answer = browser_of(Role.OFFICE).get(
        reverse("listing_paper", args=[quota().pk]), {"form": form}
    )
    assert answer.status_code == 200
    assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")


@pytest.mark.usefixtures("drawn")
def test_an_amount_is_shown_only_after_the_county_entered_it(browser_of: Browsers) -> None:
    page = text(browser_of(Role.OFFICE), "listing", quota().pk)
    assert "金额" not in page


# ── The unit ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("drawn")
def test_a_unit_reads_what_follows_for_it_and_why(browser_of: Browsers) -> None:
    unit = Unit.objects.get(name="临港园区")
    page = text(browser_of(Role.UNIT_LEAD, key=unit.pk), "consequences")
    for words in ("2026年度适用 2 项", "6 名", "29人×22%＝6.38", "申请复核"):
        assert words in page
    assert LAST not in page


@pytest.mark.usefixtures("drawn")
def test_the_contact_of_a_group_reads_the_groups_units(browser_of: Browsers) -> None:
    page = text(browser_of(Role.GROUP_CONTACT, key="乡镇园区"), "consequences")
    assert "临港园区" in page
    assert "县财政局" not in page


@pytest.mark.usefixtures("drawn")
def test_a_unit_reads_no_list_and_no_matter_of_a_person(
    browser_of: Browsers, matter: PersonalDecision
) -> None:
    client = browser_of(Role.UNIT_LEAD, key=Unit.objects.get(name=LAST).pk)
    for route, pk in (("listing", quota().pk), ("decision", matter.pk)):
        assert client.get(reverse(route, args=[pk])).status_code in (403, 404)
    assert client.get(reverse("decisions")).status_code == 404
    assert client.get(reverse("decision_propose", args=[matter.entry_id])).status_code == 403


# ── Matters of people ──────────────────────────────────────────────────────────────────────


def test_the_desk_asks_for_the_decision_with_its_ground_one_click_away(
    browser_of: Browsers, matter: PersonalDecision
) -> None:
    page = text(browser_of(Role.PERSONNEL), "home")
    for words in ("1 件等您决定", matter.person.name, "约谈提醒", "总分列组内第12名"):
        assert words in page
    assert reverse("listing", args=[matter.entry.listing_id]) in page


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({"flagged": "True"}, False), ({"state": "waiting"}, True), ({"state": "applied"}, False),
        ({"q": "林分管"}, True), ({"flagged": "'--", "sort": "-nothing", "page": "x"}, True),
    ],
)  # fmt: skip
def test_the_matters_are_narrowed(
    browser_of: Browsers,
    matter: PersonalDecision,
    asked: dict[str, str],
    is_there: bool,  # noqa: FBT001
) -> None:
    page = text(browser_of(Role.PERSONNEL), "decisions", **asked)
    assert (reverse("decision", args=[matter.pk]) in page) == is_there


def test_the_office_chooses_a_person_and_the_personnel_office_decides(
    entry: ListedUnit, lead: Person, browser_of: Browsers
) -> None:
    said = {"person": str(lead.pk), "proposal": "约谈"}
    browser_of(Role.OFFICE).post(reverse("decision_propose", args=[entry.pk]), said)
    row = PersonalDecision.objects.get()
    said = {"verdict": "declined", "reason": "刚到任", "version": str(row.version)}
    browser_of(Role.PERSONNEL).post(reverse("decision_decide", args=[row.pk]), said)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("declined", "刚到任")


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "fired", "reason": "末位"},
        {"verdict": "", "reason": "末位"},
        {"verdict": "applied", "reason": ""},
        {"verdict": "applied", "reason": "长" * 1001},
        {"verdict": "applied", "reason": "末位", "version": "99"},
    ],
)
def test_what_is_not_a_decision_changes_nothing_and_is_told(
    browser_of: Browsers, matter: PersonalDecision, said: dict[str, str]
) -> None:
    body = {"version": str(matter.version), **said}
    answer = browser_of(Role.PERSONNEL).post(reverse("decision_decide", args=[matter.pk]), body)
    assert answer.status_code == 200
    matter.refresh_from_db()
    assert matter.state == "waiting"


def test_whoever_is_concerned_reads_decision_reason_and_ground(
    browser_of: Browsers, matter: PersonalDecision, personnel: Actor
) -> None:
    client = browser_of(Role.CADRE, key=Unit.objects.get(name=LAST).pk)
    own = Account.objects.order_by("-pk").first()
    Person.objects.filter(pk=matter.person_id).update(account=own)
    done = decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason="连续末位")
    assert "没有告知您的决定" in text(client, "decisions_mine")
    tell_person(done, by=personnel)
    page = text(client, "decisions_mine")
    for words in ("约谈提醒：适用", "连续末位", "总分列组内第12名", "不是系统自动作出"):
        assert words in page


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_word_to_the_person_is_a_document(
    browser_of: Browsers, matter: PersonalDecision, personnel: Actor, form: str
) -> None:
    client = browser_of(Role.PERSONNEL)
    url = reverse("decision_paper", args=[matter.pk])
    assert client.get(url).status_code == 404
    decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason="连续末位")
    assert client.get(url, {"form": form}).status_code == 200
    assert client.get(url, {"form": "exe"}).status_code == 404


# ── Rules ──────────────────────────────────────────────────────────────────────────────────


def test_a_rule_begins_from_a_sample_and_is_checked_by_another(
    kept: SealedResult, browser_of: Browsers
) -> None:
    assert kept
    client = browser_of(Role.OFFICE)
    assert "参照杭州市绩效管理条例第三十四条" in text(client, "measure_write", sample="second")
    said = {
        "kind": "honour", "document": "清绩委〔2026〕5号", "since": "2026年1月1日",
        "text": "规则: {方法: 措施, 名称: 试行, 条件: {方法: 等次, 等次: [先进]}}",
    }  # fmt: skip
    client.post(reverse("measure_write"), said)
    made = Measure.objects.get()
    assert "由起草以外的人" in text(client, "measure", made.pk)
    browser_of(Role.OFFICE_HEAD).post(reverse("measure_approve", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == "in_force"


@pytest.mark.parametrize(
    "typed",
    ["", "规则", "<script>alert(1)</script>", "规则: [1, 2]", "规则: {方法: 措施}", "a" * 9000],
)
def test_a_text_that_is_no_rule_is_shown_again_with_what_is_wrong(
    kept: SealedResult, browser_of: Browsers, typed: str
) -> None:
    assert kept
    said = {"kind": "honour", "document": "文", "since": "2026-01-01", "text": typed}
    answer = browser_of(Role.OFFICE).post(reverse("measure_write"), said)
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
    assert not Measure.objects.exists()


# ── Queries ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [3, 120])
def test_the_pages_ask_the_database_equally_often_however_much_there_is(
    browser_of: Browsers,
    django_assert_max_num_queries: Callable[..., Any],
    matter: PersonalDecision,
    count: int,
) -> None:
    PersonalDecisionFactory.create_batch(count, entry=matter.entry)
    MeasureFactory.create_batch(count)
    office, personnel = browser_of(Role.OFFICE), browser_of(Role.PERSONNEL)
    unit = browser_of(Role.UNIT_LEAD, key=matter.entry.part.unit_id)
    asked: list[tuple[Client, str, list[int]]] = [
        (office, "consequences", []), (office, "listing", [matter.entry.listing_id]),
        (office, "listing", [quota().pk]), (office, "measures", []), (office, "decisions", []),
        (personnel, "home", []), (personnel, "decision", [matter.pk]), (personnel, "decisions", []),
        (unit, "unit_consequences", [matter.entry.part.unit_id]),
    ]  # fmt: skip
    for client in (office, personnel, unit):
        client.get("/")
    for client, route, where in asked:
        with django_assert_max_num_queries(15):
            text(client, route, *where)
