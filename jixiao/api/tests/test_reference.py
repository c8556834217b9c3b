"""Can a person read the interface: every address in words, every field with its meaning?"""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.access.permissions import Role
from jixiao.api.reference import Address, rooms
from jixiao.api.service import document
from jixiao.api.words import NAMES

Browsers = Callable[..., Client]


def address(path: str) -> Address:
    return next(
        each for room in rooms() for each in (*room.reads, *room.writes) if each.path == path
    )


def test_every_field_of_the_document_has_its_meaning() -> None:
    silent = {
        f"{name}.{field}"
        for name, shape in document()["components"]["schemas"].items()
        for field, told in shape.get("properties", {}).items()
        if "description" not in told and "description" not in told.get("anyOf", [{}])[0]
    }
    assert silent == set()


def test_no_meaning_is_left_over() -> None:
    shapes = document()["components"]["schemas"].values()
    used = {name for shape in shapes for name in shape.get("properties", {})}
    assert set(NAMES) <= used


def test_fields_are_told_with_type_meaning_and_whether_they_must_be_given() -> None:
    told = {each.name: each for each in address("/api/actions/org/found_unit").fields}
    assert told["basis.on"].type == "日期"
    assert told["basis.on"].is_required
    assert "township（乡镇）" in told["facts.kind"].words
    assert told["parent"].words == "单位的编号；可以为空"
    assert not told["facts.group"].is_required


def test_a_list_of_objects_is_told_field_by_field() -> None:
    names = [each.name for each in address("/api/actions/periods/plan_cycle").fields]
    assert "stages[].since" in names


def test_every_write_has_an_example_that_is_json() -> None:
    for room in rooms():
        for each in room.writes:
            assert json.loads(each.body), each.path


def test_an_address_is_shown_with_examples_in_the_place_of_numbers() -> None:
    assert (
        address("/api/results/{pk}/units/{unit}/why").sample == "/api/results/1/units/1/why?code=1"
    )


@pytest.mark.django_db
def test_the_page_shows_every_address_and_its_host(browser_of: Browsers) -> None:
    page = browser_of(Role.CADRE, key=1).get("/api/").content.decode()
    assert all(each.path in page for room in rooms() for each in (*room.reads, *room.writes))
    assert "curl -X POST 'http://testserver/api/actions/org/found_unit'" in page


@pytest.mark.django_db
def test_whoever_is_signed_out_is_sent_to_sign_in() -> None:
    assert Client().get("/api/").status_code == 302
