"""Is whatever cannot be done refused in one sentence, and never by an error of the server?"""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.org.models import Person
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
PERSON = {"code": "R1", "name": "张三", "rank": "staff"}


def sent(client: Client, action: str, body: str) -> tuple[int, str, str | None]:
    """Status, sentence and field."""
    answer = client.post(f"/api/actions/{action}", body, content_type="application/json")
    told = answer.json()
    assert set(told) == {"message", "field"}, told
    return answer.status_code, told["message"], told["field"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ('"\\u0000"', "不能存的字符"),
        ('"\\ud800"', "不能存的字符"),
        ("12", "“name”应是文字"),
        ("NaN", "不是数"),
        ("9223372036854775808", "整数太大"),
        (f"{'[' * 60}{']' * 60}", "套得太深"),
    ],
    ids=["NUL", "half a character", "number", "NaN", "huge", "deep"],
)
def test_a_value_that_cannot_be_kept_is_refused(
    browser_of: Browsers, name: str, words: str
) -> None:
    body = f'{{"code": "R1", "rank": "staff", "name": {name}}}'
    status, message, _ = sent(browser_of(Role.OFFICE), "org/add_person", body)
    assert status == 422
    assert words in message
    assert not Person.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '{"a": "\xff"}'.encode("latin-1")])
def test_what_is_not_json_is_400_or_422(browser_of: Browsers, body: str) -> None:
    status, message, _ = sent(browser_of(Role.OFFICE), "org/add_person", body)
    assert status in (400, 422)
    assert message


@pytest.mark.parametrize(
    ("changed", "message", "field"),
    [
        ({"rank": "king"}, "“rank”应是 'county'、'section_head'、'section_deputy'、'staff' 之一", "rank"),
        ({"age": 3}, "“age”不是这里的字段，请核对拼写", "age"),
        ({"code": ["R1"]}, "“code”应是文字", "code"),
    ],
)  # fmt: skip
def test_what_has_another_form_is_said_in_chinese(
    browser_of: Browsers, changed: dict[str, object], message: str, field: str
) -> None:
    told = sent(browser_of(Role.OFFICE), "org/add_person", json.dumps(PERSON | changed))
    assert told[0] == 422
    assert told[2] == field
    assert told[1].startswith(message[:20])


def test_what_is_missing_is_named(browser_of: Browsers) -> None:
    told = sent(browser_of(Role.OFFICE), "org/add_person", '{"code": "R1", "name": "张三"}')
    assert told == (422, "“rank”没有填", "rank")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_outside_the_platforms_years_is_refused(browser_of: Browsers, day: str) -> None:
    body = {
        "unit": UnitFactory().pk, "name": "云溪街道", "reason": "撤乡设镇",
        "basis": {"on": day, "document": "清编〔2026〕1号"},
    }  # fmt: skip
    status, message, _ = sent(browser_of(Role.OFFICE), "org/rename_unit", json.dumps(body))
    assert status == 422
    assert "日期" in message


def test_nobody_without_the_permission_learns_which_rows_exist(browser_of: Browsers) -> None:
    client = browser_of(Role.CADRE, key=1)
    there, missing = Account.objects.get().pk, 10**9
    told = [
        sent(client, "access/disable_account", json.dumps({"account": number, "reason": "调离"}))
        for number in (there, missing)
    ]
    assert told[0] == told[1]
    assert told[0][0] == 403


def test_the_wrong_method_is_405_and_names_the_right_one(browser_of: Browsers) -> None:
    answer = browser_of(Role.OFFICE).get("/api/actions/org/add_person")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "POST" in answer.json()["message"]


def test_an_unknown_address_is_404_in_a_sentence(browser_of: Browsers) -> None:
    answer = browser_of(Role.OFFICE).get("/api/nothing/here")
    assert answer.status_code == 404
    assert "nothing/here" in answer.json()["message"]


def test_an_unknown_row_is_404_in_a_sentence(browser_of: Browsers) -> None:
    answer = browser_of(Role.OFFICE).get("/api/units/99999999999999999999999")
    assert answer.status_code == 404
    assert "没有这一条" in answer.json()["message"]


def test_a_signed_out_program_reads_what_is_missing() -> None:
    answer = Client().get("/api/units")
    assert answer.status_code == 401
    assert "令牌" in answer.json()["message"]


def test_a_form_instead_of_json_is_415(browser_of: Browsers) -> None:
    answer = browser_of(Role.OFFICE).post("/api/actions/org/add_person", PERSON)
    assert answer.status_code == 415


def test_too_much_is_413(browser_of: Browsers) -> None:
    body = json.dumps(PERSON | {"name": "长" * 6_000_000})
    assert sent(browser_of(Role.OFFICE), "org/add_person", body)[0] == 413


def test_what_the_database_refuses_is_422(browser_of: Browsers) -> None:
    unit = UnitFactory()
    body = {"letter": {"title": "报送", "body": "请报送"}, "units": [unit.pk, unit.pk]}
    status, message, _ = sent(browser_of(Role.OFFICE), "notices/send_notice", json.dumps(body))
    assert (status, message) == (422, "内容与已有的记录矛盾，没有办")
