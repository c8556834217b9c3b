"""Do the pages show everybody what is theirs, and nobody more?"""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.grades.actions import publicize_table, submit_table
from jixiao.grades.models import Grade, UnitTable
from jixiao.grades.states import Signature, Standing, TableState
from jixiao.grades.tests.conftest import Lay, fill, fresh, own_rows
from jixiao.grades.tests.factories import GradeFactory, UnitTableFactory
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


def text(client: Client, route: str, *where: object) -> str:
    answer = client.get(reverse(route, args=where))
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


@pytest.fixture
def home(browser_of: Browsers, unit: Unit) -> Client:
    """The liaison of 云溪镇."""
    return browser_of(Role.LIAISON, key=unit.pk)


@pytest.fixture
def cadre(account: Callable[..., Account], unit: Unit) -> tuple[Client, Account]:
    """A cadre of 云溪镇 at a browser."""
    made, client = account(Role.CADRE, key=unit.pk), Client()
    client.force_login(made, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, made


def test_the_table_says_the_quota_in_words_and_who_is_missing(home: Client, lay: Lay) -> None:
    page = text(home, "grade_table", lay().pk)
    for words in (
        "应参加 13 人 × 15% = 1.95 → 1 名",
        "还有 13 人没有填",
        "一般比例15%",
        "由组织部门确定",
    ):
        assert words in page


def test_a_table_is_filled_on_the_page(home: Client, lay: Lay) -> None:
    table = lay()
    first = own_rows(table)[0]
    home.post(
        reverse("grade_fill", args=[table.pk]), {f"v-{first.pk}": "优秀", f"c-{first.pk}": "实"}
    )
    first.refresh_from_db()
    assert (first.proposed, first.comment) == ("优秀", "实")


def test_what_another_saved_meanwhile_is_not_overwritten(home: Client, lay: Lay) -> None:
    table = lay()
    row = own_rows(table)[0]
    sent = {f"v-{row.pk}": "优秀", f"b-{row.pk}": str(row.version)}
    Grade.objects.filter(pk=row.pk).update(version=7, proposed="称职")
    answer = home.post(reverse("grade_fill", args=[table.pk]), sent)
    assert "刚被别人改过" in answer.content.decode()


def test_the_workbook_goes_out_and_comes_back_as_a_preview(home: Client, lay: Lay) -> None:
    table = lay()
    book = load_workbook(io.BytesIO(b"".join(home.get(reverse("grade_book", args=[table.pk])))))  # type: ignore[arg-type]
    book.active["D5"] = "优秀"  # type: ignore[index]
    content = io.BytesIO()
    book.save(content)
    file = SimpleUploadedFile("表.xlsx", content.getvalue())
    answer = home.post(reverse("grade_fill", args=[table.pk]), {"file": file}).content.decode()
    assert "已读入，还没有保存：1 人" in answer
    assert not table.grades.filter(proposed="优秀").exists()


def test_a_hostile_file_is_refused_with_the_reason(home: Client, lay: Lay) -> None:
    table = lay()
    for content in (b"MZ\x90", b"PK\x03\x04bad", b"", b"<html>"):
        file = SimpleUploadedFile("表.xlsx", content)
        answer = home.post(reverse("grade_fill", args=[table.pk]), {"file": file})
        assert answer.status_code == 422
    assert not table.grades.exclude(proposed="").exists()


def test_late_units_are_named_in_the_heading(
    browser_of: Browsers, lay: Lay, go_to: Callable[..., None]
) -> None:
    table = lay()
    go_to(table.campaign.due_on.replace(year=2027))
    page = text(browser_of(Role.PERSONNEL), "grade_campaign", table.campaign_id)
    assert "1 个逾期" in page
    assert "逾期未报" in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.ASSESSOR, Role.GROUP_CONTACT, Role.CADRE])
def test_nobody_else_sees_anybody_s_grade(
    browser_of: Browsers, unit: Unit, lay: Lay, role: Role
) -> None:
    keys = {Role.GROUP_CONTACT: unit.group, Role.CADRE: str(unit.pk)}
    client, table = browser_of(role, key=keys.get(role, "")), lay()
    row = own_rows(table)[0]
    for route, where in (
        ("grade_table", table.pk), ("grade_book", table.pk), ("grade", row.pk),
        ("grade_letter", row.pk), ("grade_campaign", table.campaign_id),
    ):  # fmt: skip
        assert client.get(reverse(route, args=[where])).status_code == 403


def test_the_cadre_sees_the_own_grades_of_all_years_and_signs(
    cadre: tuple[Client, Account], unit: Unit
) -> None:
    client, account = cadre
    person = PersonFactory(account=account)
    for year in (2024, 2025, 2026):
        table = UnitTableFactory(unit=unit, state=TableState.NOTIFIED, campaign__year=year)
        row = GradeFactory(table=table, person=person, final="优秀")
    page = text(client, "my_grades")
    assert "3 次考核等您签署意见" in page
    assert "三等功" in page
    assert "提示，不是决定" in page
    body = {"agrees": "yes", "version": row.version}
    client.post(reverse("grade_sign", args=[row.pk]), body)
    row.refresh_from_db()
    assert row.signature == Signature.AGREES


def test_two_failed_years_are_told_to_the_department_and_not_by_a_page_to_the_person(
    cadre: tuple[Client, Account], unit: Unit, browser_of: Browsers
) -> None:
    client, account = cadre
    person = PersonFactory(account=account)
    for year in (2025, 2026):
        table = UnitTableFactory(unit=unit, state=TableState.NOTIFIED, campaign__year=year)
        GradeFactory(table=table, person=person, final="不称职")
    assert "第八十八条" not in text(client, "my_grades")
    assert "第八十八条" in text(browser_of(Role.PERSONNEL), "grade_table", table.pk)
    assert "第八十八条" not in text(browser_of(Role.OFFICE), "grade_table", table.pk)


def test_the_notice_shows_names_to_the_unit_and_objections_to_the_department(
    lay: Lay, lead: Actor, personnel: Actor, cadre: tuple[Client, Account], browser_of: Browsers
) -> None:
    table = submit_table(fill(lay(), lead, "优秀"), by=lead)
    publicize_table(fresh(table), by=personnel)
    client, _ = cadre
    assert "干部0" in text(client, "grade_notice", table.pk)
    assert "2026年度公务员考核优秀人选" in text(client, "my_grades")
    client.post(reverse("grade_notice", args=[table.pk]), {"text": "全年缺勤较多"})
    assert "全年缺勤较多" not in text(client, "grade_notice", table.pk)
    assert "全年缺勤较多" in text(browser_of(Role.PERSONNEL), "grade_notice", table.pk)


def test_before_the_notice_no_name_is_shown(
    lay: Lay, lead: Actor, cadre: tuple[Client, Account]
) -> None:
    table = fill(lay(), lead, "优秀")
    assert "干部0" not in text(cadre[0], "grade_notice", table.pk)


def test_an_appraisal_is_laid_out_from_its_preset(browser_of: Browsers, unit: Unit) -> None:
    client = browser_of(Role.PERSONNEL)
    page = client.get(reverse("grade_open"), {"kind": "routine", "category": "civil"})
    assert 'value="40"' in page.content.decode()
    body = {
        "year": "2026", "kind": "routine", "category": "civil", "period": "第三季度",
        "on": "2026-09-30", "due_on": "2026-10-15", "share": "40", "most": "40", "cap": "40",
        "rounding": "floor", "routine_rule": "warn", "notice_workdays": "0", "good_least": "2",
        "review_days": "0", "other_days": "0", "decide_days": "30", "appeal_days": "15",
        "appeal_decide_days": "60", "units": [unit.pk],
    }  # fmt: skip
    client.post(reverse("grade_open"), body)
    assert UnitTable.objects.get().campaign.share == 4_000


def test_grades_from_above_are_kept_with_their_document(browser_of: Browsers, lay: Lay) -> None:
    table, client = lay(), browser_of(Role.PERSONNEL)
    row = table.grades.get(standing=Standing.ABOVE)
    url = reverse("grade_above", args=[table.campaign_id])
    assert client.post(url, {f"v-{row.pk}": "优秀"}).status_code == 422
    client.post(url, {f"v-{row.pk}": "优秀", "document": "清组〔2027〕3号"})
    row.refresh_from_db()
    assert (row.final, row.reason) == ("优秀", "清组〔2027〕3号")


@pytest.mark.parametrize("count", [10, 300])
def test_pages_ask_the_database_equally_often_for_10_and_300_people(
    browser_of: Browsers, unit: Unit, django_assert_max_num_queries: Callable[..., Any], count: int
) -> None:
    table = UnitTableFactory(unit=unit, state=TableState.NOTIFIED)
    for _ in range(count):
        GradeFactory(table=table, final="称职")
    UnitTableFactory.create_batch(count // 5, campaign=table.campaign)
    client, lead = browser_of(Role.PERSONNEL), browser_of(Role.UNIT_LEAD, key=unit.pk)
    for each in (client, lead):
        each.get("/")
    for each, route, where in (
        (client, "grades", []), (client, "grade_campaign", [table.campaign_id]),
        (client, "grade_table", [table.pk]), (lead, "grade_table", [table.pk]),
        (client, "grade_above", [table.campaign_id]), (lead, "grades", []),
        (client, "grade", [table.grades.all()[0].pk]), (client, "grade_notice", [table.pk]),
    ):  # fmt: skip
        with django_assert_max_num_queries(15):
            text(each, route, *where)


def test_one_s_own_page_asks_equally_often_for_many_years(
    cadre: tuple[Client, Account], unit: Unit, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    person = PersonFactory(account=cadre[1])
    for year in range(1990, 2027):
        table = UnitTableFactory(unit=unit, state=TableState.CLOSED, campaign__year=year)
        GradeFactory(table=table, person=person, final="称职")
    cadre[0].get("/")
    with django_assert_max_num_queries(15):
        text(cadre[0], "my_grades")


def test_another_unit_s_lead_sees_nothing(browser_of: Browsers, lay: Lay) -> None:
    stranger, table = browser_of(Role.UNIT_LEAD, key=UnitFactory().pk), lay()
    assert stranger.get(reverse("grade_table", args=[table.pk])).status_code == 403
    assert stranger.get(reverse("grade_campaign", args=[table.campaign_id])).status_code == 404
