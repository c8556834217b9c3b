"""Who may open which page of units and people, and what do the forms do?"""

import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.org.exchange.writing import write_workbook
from jixiao.org.models import OrgImport, Person, Unit
from jixiao.org.queries.county import county_now
from jixiao.org.states import DutyRole, ImportState, Kind
from jixiao.org.tests.factories import (
    AliasFactory,
    ConditionFactory,
    DelegationFactory,
    DutyFactory,
    OrgImportFactory,
    PersonFactory,
    PostFactory,
    SectionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
with_unit = pytest.mark.usefixtures("unit")

LISTS = (
    "units", "units_below", "units_villages", "units_closed", "unit_tree", "units_on", "people",
    "people_gone", "stability", "conditions", "reorganizations",
)  # fmt: skip
OFFICE_ONLY = ("unit_found", "merge", "person_add", "org_imports", "org_workbook")
OF_UNIT_OFFICE = (
    "unit_rename", "unit_move", "unit_classify", "unit_split", "unit_close", "alias_add",
)  # fmt: skip
OF_PERSON_OFFICE = ("person_change", "person_account", "person_leave", "post_add")
BASIS = {"on": "2024-06-01", "document": "清编〔2024〕6号", "reason": "机构改革"}


def url(name: str, *parts: object) -> str:
    return reverse(name, args=parts)


@pytest.fixture
def unit() -> Unit:
    """A unit with a lead, a liaison and something of everything."""
    found: Unit = UnitFactory(name="云溪镇")
    DutyFactory(unit=found, role=DutyRole.LEAD, person__name="姜洋", person__code="P001")
    DutyFactory(unit=found, person__name="韩松", person__code="P002")
    SectionFactory(parent=found, name="党政办公室")
    AliasFactory(unit=found, name="云溪")
    ConditionFactory(unit=found)
    return found


# ---------------------------------------------------------------------- who may open what


@pytest.mark.parametrize("name", LISTS)
def test_whoever_may_see_units_sees_every_list(browser_of: Browsers, unit: Unit, name: str) -> None:
    for role, key in ((Role.OFFICE, ""), (Role.CADRE, unit.pk), (Role.LEADER, "")):
        assert browser_of(role, key=key).get(url(name)).status_code == 200
    assert browser_of(Role.AUDIT_ADMIN).get(url(name)).status_code == 403


@pytest.mark.parametrize("name", ["unit", "unit_people", "unit_history"])
def test_units_are_seen_by_everybody_in_the_county(
    browser_of: Browsers, unit: Unit, name: str
) -> None:
    stranger = browser_of(Role.CADRE, key=UnitFactory().pk)
    assert "云溪镇" in stranger.get(url(name, unit.pk)).content.decode()
    assert browser_of(Role.AUDIT_ADMIN).get(url(name, unit.pk)).status_code == 403
    assert stranger.get(url(name, 999)).status_code == 404


@pytest.mark.parametrize("name", OFFICE_ONLY)
def test_the_office_alone_opens_what_changes_the_county(
    browser_of: Browsers, unit: Unit, name: str
) -> None:
    assert browser_of(Role.OFFICE).get(url(name)).status_code == 200
    assert browser_of(Role.UNIT_LEAD, key=unit.pk).get(url(name)).status_code == 403


@pytest.mark.parametrize("name", OF_UNIT_OFFICE)
def test_the_office_alone_changes_units(browser_of: Browsers, unit: Unit, name: str) -> None:
    assert browser_of(Role.OFFICE).get(url(name, unit.pk)).status_code == 200
    assert browser_of(Role.UNIT_LEAD, key=unit.pk).get(url(name, unit.pk)).status_code == 403


@pytest.mark.parametrize("name", OF_PERSON_OFFICE)
def test_the_office_alone_changes_people(browser_of: Browsers, unit: Unit, name: str) -> None:
    person = PersonFactory()
    assert browser_of(Role.OFFICE).get(url(name, person.pk)).status_code == 200
    assert browser_of(Role.UNIT_LEAD, key=unit.pk).get(url(name, person.pk)).status_code == 403


def own_pages(unit: Unit) -> list[str]:
    """What the unit's own lead and liaison may do."""
    return [
        url("duty_add", unit.pk),
        url("delegation_add", unit.pk),
        url("condition", unit.pk, "office"),
        url("condition", unit.pk, "cabinet"),
        url("duty_end", unit.duties.first().pk),
        url("delegation_end", DelegationFactory(unit=unit).pk),
    ]


@pytest.mark.parametrize("role", [Role.UNIT_LEAD, Role.LIAISON])
def test_a_units_own_people_deal_with_its_duties_and_conditions_strangers_do_not(
    browser_of: Browsers, unit: Unit, role: Role
) -> None:
    own, stranger = browser_of(role, key=unit.pk), browser_of(role, key=UnitFactory().pk)
    cadre = browser_of(Role.CADRE, key=unit.pk)
    for page in own_pages(unit):
        assert own.get(page).status_code == 200, page
        assert stranger.get(page).status_code == cadre.get(page).status_code == 403, page


def test_ended_things_have_pages_for_the_office_only(browser_of: Browsers, unit: Unit) -> None:
    lead = browser_of(Role.UNIT_LEAD, key=unit.pk)
    for page in (
        url("alias_end", unit.aliases.get().pk),
        url("post_end", unit.posts.first().pk),
        url("org_import", OrgImportFactory(state=ImportState.DROPPED).pk),
    ):
        assert browser_of(Role.OFFICE).get(page).status_code == 200
        assert lead.get(page).status_code == 403


def test_whoever_is_signed_out_is_sent_to_sign_in(client: Client, unit: Unit) -> None:
    answer = client.get(url("unit", unit.pk))
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


# ---------------------------------------------------------------------- what is shown to whom


def test_number_and_rank_are_shown_to_the_office_and_the_own_unit_only(
    browser_of: Browsers, unit: Unit
) -> None:
    person = Person.objects.get(code="P002")
    pages = [url("person", person.pk), url("unit", unit.pk), url("unit_people", unit.pk)]
    knows = browser_of(Role.OFFICE), browser_of(Role.LIAISON, key=unit.pk)
    others = browser_of(Role.LIAISON, key=UnitFactory().pk), browser_of(Role.CADRE, key=unit.pk)
    for page in pages:
        assert ["P002" in each.get(page).content.decode() for each in knows] == [True, True], page
        assert ["P002" in each.get(page).content.decode() for each in others] == [False] * 2, page


def test_neither_lists_nor_workbooks_tell_numbers_to_a_cadre(
    browser_of: Browsers, unit: Unit
) -> None:
    cadre = browser_of(Role.CADRE, key=unit.pk)
    assert "P002" not in cadre.get(url("people")).content.decode()
    book = b"".join(cadre.get(url("people"), {"export": "xlsx"}).streaming_content)
    assert book.startswith(b"PK")
    assert cadre.get(url("org_workbook")).status_code == 403


@pytest.mark.parametrize("name", ["people", "people_gone", "org_workbook"])
def test_people_taken_along_as_a_file_leave_one_entry_and_looking_leaves_none(
    office_browser: Client, name: str
) -> None:
    office_browser.get(url("people"))
    office_browser.get(url("units"), {"export": "xlsx"})
    assert not Event.objects.exists()
    office_browser.get(url(name), {"export": "xlsx"})
    entry = Event.objects.get()
    assert (entry.action, entry.label) == ("access.export", "导出")
    assert re.fullmatch("(机构)?人员20[0-9]{6}.xlsx", entry.subject_label)


def test_why_somebody_is_away_is_nobody_elses_business(browser_of: Browsers, unit: Unit) -> None:
    absent = Person.objects.get(code="P002")
    DelegationFactory(unit=unit, absent=absent, reason="住院治疗")
    cadre = browser_of(Role.CADRE, key=unit.pk)
    for page in (url("unit", unit.pk), url("person", absent.pk)):
        assert "住院治疗" not in cadre.get(page).content.decode()
    assert "住院治疗" in browser_of(Role.OFFICE).get(url("unit", unit.pk)).content.decode()


def test_the_card_says_what_is_missing_and_who_supplies_it(
    browser_of: Browsers, unit: Unit
) -> None:
    text = browser_of(Role.OFFICE).get(url("unit", unit.pk)).content.decode()
    assert "没有领导小组组长" in text
    assert "没有登记：牌子、公示版面、电脑、橱柜" in text
    assert "由本单位联络员核对登记" in text
    assert "没有联络员" not in text


def test_units_are_found_by_name_alias_and_pinyin_and_exported(
    unit: Unit, office_browser: Client
) -> None:
    UnitFactory(name="河口镇")
    office_browser.post(url("alias_add", unit.pk), {"name": "云中", "version": unit.version})
    for words in ("云溪", "yxz", "yunzhong"):
        text = office_browser.get(url("units"), {"q": words}).content.decode()
        assert ("云溪镇" in text, "河口镇" in text) == (True, False), words
    answer = office_browser.get(url("units"), {"q": "yxz", "export": "xlsx"})
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_closed_unit_keeps_its_page(office_browser: Client, unit: Unit) -> None:
    office_browser.post(url("unit_close", unit.pk), {**BASIS, "ends_all": "on", "version": 1})
    text = office_browser.get(url("unit", unit.pk)).content.decode()
    assert ("已撤销，存续到2024年5月31日" in text, "没有承接单位" in text) == (True, True)
    assert url("duty_add", unit.pk) not in text
    assert "云溪镇" in office_browser.get(url("units_closed")).content.decode()


def test_the_history_tells_a_cadre_what_the_unit_was_and_the_office_who_was_there(
    browser_of: Browsers, office_browser: Client, unit: Unit
) -> None:
    office_browser.post(url("unit_rename", unit.pk), {**BASIS, "name": "云溪街道", "version": 1})
    ended = {"until": "2024-07-01", "reason": "调离", "version": 1}
    office_browser.post(url("duty_end", unit.duties.get(person__name="韩松").pk), ended)
    page = url("unit_history", unit.pk)
    told = [each.get(page).content.decode() for each in (office_browser, browser_of(Role.LEADER))]
    assert ["云溪镇" in text for text in told] == [True, True]
    assert ["韩松" in text for text in told] == [True, False]


def test_the_list_of_a_day_has_the_names_of_that_day(office_browser: Client, unit: Unit) -> None:
    office_browser.post(url("unit_rename", unit.pk), {**BASIS, "name": "云溪街道", "version": 1})
    answer = office_browser.get(url("units_on"), {"day": "2024-05-31"}, follow=True)
    assert "云溪镇" in answer.content.decode()
    assert "云溪街道" in office_browser.get(url("units_on")).content.decode()


# ---------------------------------------------------------------------- what forms do


@pytest.fixture
def office_browser(browser_of: Browsers) -> Client:
    """A browser in the office."""
    return browser_of(Role.OFFICE, name="周明岚")


def test_a_unit_is_renamed_by_a_form(office_browser: Client, unit: Unit) -> None:
    sent = {**BASIS, "name": "云溪街道", "version": unit.version}
    answer = office_browser.post(url("unit_rename", unit.pk), sent, follow=True)
    assert "已更名" in answer.content.decode()
    assert Unit.objects.get(pk=unit.pk).name == "云溪街道"


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    office_browser: Client, unit: Unit
) -> None:
    UnitFactory(name="河口镇")
    sent = {**BASIS, "name": "河口镇", "version": unit.version}
    answer = office_browser.post(url("unit_rename", unit.pk), sent)
    assert answer.status_code == 422
    assert "县里已有单位叫“河口镇”" in str(answer.context["form"].errors["name"])
    assert 'value="机构改革"' in answer.content.decode()


def test_a_stale_form_shows_both_versions_and_can_be_sent_again(
    office_browser: Client, unit: Unit
) -> None:
    sent = {**BASIS, "version": unit.version}
    office_browser.post(url("unit_rename", unit.pk), {**sent, "name": "云溪街道"})
    answer = office_browser.post(url("unit_rename", unit.pk), {**sent, "name": "云溪新镇"})
    text = answer.content.decode()
    assert (answer.status_code, "云溪街道" in text, "云溪新镇" in text) == (422, True, True)
    again = {**sent, "name": "云溪新镇", "version": answer.context["form"].data["version"]}
    office_browser.post(url("unit_rename", unit.pk), again)
    assert Unit.objects.get(pk=unit.pk).name == "云溪新镇"


def test_a_form_that_arrives_twice_counts_once(office_browser: Client, unit: Unit) -> None:
    sent = {"name": "云中", "version": unit.version, "once": "a1"}
    for _ in range(2):
        assert office_browser.post(url("alias_add", unit.pk), sent).status_code == 302
    assert unit.aliases.filter(name="云中").count() == 1


def test_a_near_miss_is_suggested(office_browser: Client, unit: Unit) -> None:
    sent = {**BASIS, "name": "农技站", "kind": Kind.SUBORDINATE, "parent": "云西镇"}
    answer = office_browser.post(url("unit_found"), sent)
    assert "是不是“云溪镇”" in str(answer.context["form"].errors["parent"])
    office_browser.post(url("unit_found"), {**sent, "parent": "云溪"})
    assert unit.children.filter(name="农技站").exists()


def test_units_are_merged_moved_split_and_classified_by_forms(
    office_browser: Client, unit: Unit
) -> None:
    bureau = UnitFactory(name="文旅局", kind=Kind.DEPARTMENT, group="部门")
    section = unit.children.get()
    steps = (
        (url("unit_classify", bureau.pk), {"kind": "department", "group": "民生", "version": 1}),
        (url("unit_move", section.pk), {"parent": "文旅局", "version": 1}),
        (url("unit_split", bureau.pk), {"parts": "文化局\n旅游局", "version": 2}),
        (url("merge"), {"units": "文化局\n旅游局", "into": "云溪镇"}),
        (url("unit_close", section.pk), {"version": 4, "ends_all": "on"}),
    )
    for month, (page, sent) in enumerate(steps, start=3):
        answer = office_browser.post(page, {**BASIS, **sent, "on": f"2024-{month:02}-01"})
        assert answer.status_code == 302, answer.context["form"].errors
    assert set(Unit.objects.open().assessed()) == {unit}
    assert "2024年6月1日" in office_browser.get(url("reorganizations")).content.decode()


def test_merging_into_a_new_unit_needs_its_name_and_kind(
    office_browser: Client, unit: Unit
) -> None:
    UnitFactory(name="河口镇")
    sent = {**BASIS, "units": "云溪镇\n河口镇"}
    answer = office_browser.post(url("merge"), sent)
    assert "填一个，也只填一个" in str(answer.context["form"].errors["into"])
    answer = office_browser.post(url("merge"), {**sent, "name": "云河镇", "kind": "township"})
    assert answer.status_code == 302
    assert unit.went_into.get().after.name == "云河镇"


@with_unit
def test_a_person_is_entered_appointed_relieved_and_leaves(office_browser: Client) -> None:
    office_browser.post(url("person_add"), {"code": "P009", "name": "李梅", "rank": "staff"})
    person = Person.objects.get(code="P009")
    post = {"unit": "云溪镇", "title": "干事", "is_full_time": "on", "since": "2024-06-01"}
    office_browser.post(url("post_add", person.pk), post)
    change = {"name": "李玫", "rank": "section_deputy", "reason": "更正", "version": 1}
    office_browser.post(url("person_change", person.pk), change)
    ended = {"until": "2024-07-01", "reason": "调离", "version": 1}
    office_browser.post(url("post_end", person.posts.get().pk), ended)
    gone = {"on": "2024-07-01", "reason": "调出", "version": 2}
    assert office_browser.post(url("person_leave", person.pk), gone).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.left_on) == ("李玫", date(2024, 7, 1))


def test_an_account_is_linked_by_its_name(
    office_browser: Client, account: Callable[..., Account]
) -> None:
    person, login = PersonFactory(), account(Role.CADRE, key=1)
    wrong = office_browser.post(url("person_account", person.pk), {"account": "谁", "version": 1})
    assert "没有登录名" in str(wrong.context["form"].errors)
    sent = {"account": login.username, "version": 1}
    office_browser.post(url("person_account", person.pk), sent)
    person.refresh_from_db()
    assert person.account == login


def test_a_liaison_hands_over_and_records_conditions(browser_of: Browsers, unit: Unit) -> None:
    browser = browser_of(Role.LIAISON, key=unit.pk)
    held, mate = unit.duties.get(role="liaison"), PostFactory(unit=unit).person
    duty = {"role": "liaison", "person": mate.pk, "since": "2024-06-01"}
    refused = browser.post(url("duty_add", unit.pk), duty)
    assert "接替谁" in str(refused.context["form"].errors["replaces"])
    browser.post(url("duty_add", unit.pk), {**duty, "replaces": held.pk})
    assert unit.duties.get(role="liaison", until=None).person == mate
    found = {"quantity": "２", "use": "shared", "state": "worn", "seen_on": "2024-09-01"}
    for kind, version in (("computer", 0), ("office", 1)):
        browser.post(url("condition", unit.pk, kind), {**found, "version": version})
    assert unit.conditions.filter(quantity=2, state="worn").count() == 2


def test_a_delegation_is_registered_and_ended_by_the_units_lead(
    browser_of: Browsers, unit: Unit
) -> None:
    browser = browser_of(Role.UNIT_LEAD, key=unit.pk)
    absent, deputy = Person.objects.get(code="P002"), Person.objects.get(code="P001")
    sent = {
        "absent": absent.pk, "deputy": deputy.pk, "since": "2024-06-01", "until": "2199-01-01",
        "reason": "外出学习",
    }  # fmt: skip
    assert browser.post(url("delegation_add", unit.pk), sent).status_code == 302
    made = unit.delegations.get()
    browser.post(url("delegation_end", made.pk), {"reason": "返回", "version": made.version})
    made.refresh_from_db()
    assert made.until < date(2199, 1, 1)


def test_somebody_of_another_unit_cannot_be_chosen(browser_of: Browsers, unit: Unit) -> None:
    browser = browser_of(Role.UNIT_LEAD, key=unit.pk)
    sent = {"role": "member", "person": PostFactory().person.pk, "since": "2024-06-01"}
    answer = browser.post(url("duty_add", unit.pk), sent)
    assert "person" in answer.context["form"].errors


# ---------------------------------------------------------------------- the workbook


def workbook() -> SimpleUploadedFile:
    target = io.BytesIO()
    write_workbook(county_now(), target)
    return SimpleUploadedFile("机构人员.xlsx", target.getvalue())


@with_unit
def test_a_workbook_is_handed_in_looked_at_and_confirmed(office_browser: Client) -> None:
    content = workbook()
    Person.objects.filter(code="P002").update(name="寒松")
    answer = office_browser.post(url("org_imports"), {"file": content}, follow=True)
    text = answer.content.decode()
    assert "确认导入：人员：修改1" in text
    assert ("寒松" in text, "韩松" in text, "导出以后平台里又有改动" in text) == (True,) * 3
    handed, preview = OrgImport.objects.get(), answer.context["look"].preview
    sent = {**BASIS, "fingerprint": preview.fingerprint}
    done = office_browser.post(url("org_import", handed.pk), sent, follow=True)
    assert "已导入" in done.content.decode()
    assert Person.objects.get(code="P002").name == "韩松"


@with_unit
def test_a_preview_that_is_out_of_date_is_shown_anew(office_browser: Client) -> None:
    content = workbook()
    Person.objects.filter(code="P002").update(name="寒松")
    office_browser.post(url("org_imports"), {"file": content})
    handed = OrgImport.objects.get()
    sent = {**BASIS, "fingerprint": "0" * 64}
    answer = office_browser.post(url("org_import", handed.pk), sent)
    assert (answer.status_code, "又有改动" in answer.content.decode()) == (422, True)
    office_browser.post(url("org_import_drop", handed.pk))
    handed.refresh_from_db()
    assert handed.state == ImportState.DROPPED


def test_what_is_wrong_with_a_workbook_is_listed_and_nothing_is_kept(
    office_browser: Client,
) -> None:
    for name, content, words in (
        ("记录.pdf", b"%PDF-1.7 x", "PDF"),
        ("机构人员.xlsx", b"PK\x03\x04", "损坏"),
        ("空.xlsx", b"", ""),
    ):
        file = SimpleUploadedFile(name, content)
        answer = office_browser.post(url("org_imports"), {"file": file})
        assert words in answer.content.decode()
    assert not OrgImport.objects.exists()


def test_a_file_above_the_limit_is_refused(office_browser: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 10
    answer = office_browser.post(url("org_imports"), {"file": workbook()})
    assert "超过20MB" in answer.content.decode()
