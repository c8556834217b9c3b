"""Can the office write its own templates, and try them on a result?"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.bulletins.actions import (
    make_template,
    retire_template,
    rewrite_template,
    start_bulletin,
)
from jixiao.bulletins.actions.drafting import of_this_office
from jixiao.bulletins.models import BulletinTemplate
from jixiao.bulletins.states import BulletinKind
from jixiao.bulletins.tests.factories import BulletinTemplateFactory, text
from jixiao.core.errors import RefusedError
from jixiao.results.models import SealedResult

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", BulletinKind)
def test_a_new_template_begins_as_the_shipped_one(office: Actor, kind: BulletinKind) -> None:
    assert make_template("本县的", by=office, kind=kind).text == of_this_office(kind)


def test_two_templates_have_two_names(office: Actor) -> None:
    made = make_template("年度", by=office, kind=BulletinKind.ANNUAL)
    with pytest.raises(RefusedError, match="同名"):
        make_template(" 年度 ", by=office, kind=BulletinKind.HALF)
    retire_template(made, by=office)
    assert make_template("年度", by=office, kind=BulletinKind.ANNUAL)


def test_a_bulletin_begins_as_its_template_and_stays_when_that_changes(
    result: SealedResult, office: Actor
) -> None:
    own = BulletinTemplateFactory()
    row = start_bulletin(result, by=office, kind=BulletinKind.ANNUAL, template=own)
    rewrite_template(own, by=office, content=text("改过的。"))
    assert row.text == text()
    assert BulletinTemplate.objects.get(pk=own.pk).text == text("改过的。")


def test_a_retired_template_is_not_written_in(office: Actor) -> None:
    own = retire_template(BulletinTemplateFactory(), by=office)
    with pytest.raises(RefusedError, match="不再使用"):
        rewrite_template(own, by=office, content=text())


def test_it_is_tried_on_a_result_and_edited_in_place(
    result: SealedResult, browser_of: Callable[..., Client]
) -> None:
    own, client = BulletinTemplateFactory(), browser_of(Role.OFFICE)
    address = reverse("bulletin_template", args=[own.pk])
    assert "一、先进单位" in client.get(address, {"with": f"r{result.pk}"}).content.decode()
    said = {
        "version": own.version,
        "place": "0",
        "level": "1",
        "heading": "甲",
        "text": "",
        "do": "save",
    }
    client.post(reverse("bulletin_template_block", args=[own.pk]), said)
    assert BulletinTemplate.objects.get(pk=own.pk).text.body[0].heading == "甲"


def test_without_any_result_it_can_still_be_written(browser_of: Callable[..., Client]) -> None:
    own, client = BulletinTemplateFactory(), browser_of(Role.OFFICE)
    seen = client.get(reverse("bulletin_template", args=[own.pk]), {"edit": "0"})
    assert "还没有可以试看的结果或季度" in seen.content.decode()
