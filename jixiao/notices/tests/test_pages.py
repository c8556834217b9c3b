"""Do the pages of opinions and notices show everybody what is theirs?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.access.permissions import Role
from jixiao.notices.models import Notice, Opinion, Receipt
from jixiao.notices.tests.factories import NoticeFactory, OpinionFactory, ReceiptFactory
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


def text(client: Client, route: str, *where: object) -> str:
    answer = client.get(reverse(route, args=where))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_an_opinion_is_written_from_any_page_and_answered_on_its_own(
    browser_of: Browsers,
) -> None:
    author, office = browser_of(Role.LEADER), browser_of(Role.OFFICE)
    sent = {"kind": "question", "text": "怎么填", "page": "/help/", "once": "a1"}
    page = author.post(reverse("opinion_write"), sent, follow=True).content.decode()
    assert "已收到" in page
    made = Opinion.objects.get()
    assert "/help/" in text(office, "opinion", made.pk)
    answer = {"answer": "看帮助第二段", "version": "1", "once": "a2"}
    office.post(reverse("opinion", args=[made.pk]), answer)
    assert "看帮助第二段" in text(author, "opinion", made.pk)
    author.post(reverse("opinion_see", args=[made.pk]), {"once": "a3"})
    made.refresh_from_db()
    assert made.seen_at


def test_an_opinion_sent_twice_is_kept_once(browser_of: Browsers) -> None:
    client = browser_of(Role.LEADER)
    for _ in range(2):
        client.post(reverse("opinion_write"), {"kind": "question", "text": "怎么填", "once": "a1"})
    assert Opinion.objects.count() == 1


def test_nobody_else_reads_an_opinion_before_it_is_published(browser_of: Browsers) -> None:
    one = OpinionFactory(answered=True, text="只给绩效办看")
    stranger, office = browser_of(Role.LIAISON, key=UnitFactory().pk), browser_of(Role.OFFICE)
    assert stranger.get(reverse("opinion", args=[one.pk])).status_code == 404
    office.post(reverse("opinion_publish", args=[one.pk]), {"once": "a1"})
    assert "只给绩效办看" in text(stranger, "opinions_published")
    assert one.written_by.name not in text(stranger, "opinion", one.pk)
    reason = {"reason": "涉及隐私", "version": "2", "once": "a2"}
    office.post(reverse("opinion_withdraw", args=[one.pk]), reason)
    assert "只给绩效办看" not in text(stranger, "opinions_published")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_administrators_read_their_own_opinions_only(browser_of: Browsers, role: Role) -> None:
    one = OpinionFactory(text="只给绩效办看")
    client = browser_of(role)
    assert client.get(reverse("opinion", args=[one.pk])).status_code == 404
    assert "只给绩效办看" not in text(client, "opinions")
    assert client.get(reverse("notices")).status_code == 403


def test_a_notice_goes_to_groups_and_single_units_once_each(browser_of: Browsers) -> None:
    towns = [UnitFactory(group="乡镇") for _ in range(2)]
    zone, other = UnitFactory(group="园区"), UnitFactory(group="园区")
    sent: dict[str, Any] = {"title": "报总结", "body": "请报", "needs_sign": "on", "once": "a1"}
    sent |= {"groups": ["乡镇"], "units": [str(zone.pk), str(towns[0].pk)]}
    browser_of(Role.OFFICE).post(reverse("notice_send"), sent)
    assert {each.unit for each in Receipt.objects.all()} == {*towns, zone}
    assert other.receipts.count() == 0


def test_a_notice_without_units_is_refused_beside_the_field(browser_of: Browsers) -> None:
    sent = {"title": "报总结", "body": "请报", "once": "a1"}
    page = browser_of(Role.OFFICE).post(reverse("notice_send"), sent).content.decode()
    assert "请选择发给哪些单位" in page
    assert not Notice.objects.exists()


def test_a_unit_opens_signs_and_is_no_longer_asked(browser_of: Browsers) -> None:
    receipt = ReceiptFactory(notice__title="报总结", notice__due=3)
    client = browser_of(Role.LIAISON, key=receipt.unit.pk)
    assert "报总结" in text(client, "notices")
    client.post(reverse("receipt_read", args=[receipt.pk]))
    client.post(reverse("receipt_sign", args=[receipt.pk]), {"once": "a1"})
    receipt.refresh_from_db()
    assert receipt.read_at <= receipt.acknowledged_at
    assert "签收" in text(client, "receipt", receipt.pk)


def test_looking_alone_changes_nothing(browser_of: Browsers) -> None:
    receipt = ReceiptFactory()
    client = browser_of(Role.LIAISON, key=receipt.unit.pk)
    for route in ("receipt", "receipt_read", "receipt_sign"):
        client.get(reverse(route, args=[receipt.pk]))
    receipt.refresh_from_db()
    assert (receipt.read_at, receipt.acknowledged_at) == (None, None)


def test_a_look_from_the_county_leaves_no_trace_on_the_receipt(browser_of: Browsers) -> None:
    receipt, leader = ReceiptFactory(), browser_of(Role.LEADER)
    assert "hx-post" not in text(leader, "receipt", receipt.pk)
    assert leader.post(reverse("receipt_read", args=[receipt.pk])).status_code == 204
    receipt.refresh_from_db()
    assert receipt.read_at is None


def test_a_unit_sees_its_own_copy_only(browser_of: Browsers) -> None:
    receipt = ReceiptFactory(notice__title="给别人的")
    client = browser_of(Role.LIAISON, key=UnitFactory().pk)
    assert "给别人的" not in text(client, "notices")
    assert client.get(reverse("receipt", args=[receipt.pk])).status_code == 403
    assert client.get(reverse("notice", args=[receipt.notice.pk])).status_code == 403


def test_the_office_sees_who_has_not_signed(browser_of: Browsers) -> None:
    notice = NoticeFactory(due=-2)
    late = ReceiptFactory(notice=notice, unit__name="东岭乡")
    page = text(browser_of(Role.OFFICE), "notice", late.notice.pk)
    assert "0 / 1 个单位已签收" in page
    assert "东岭乡" in page
    assert "逾期" in page


def test_the_list_of_a_notice_can_be_narrowed_to_those_who_have_not_signed(
    browser_of: Browsers,
) -> None:
    late = ReceiptFactory(notice__due=-2, unit__name="东岭乡")
    done = ReceiptFactory(notice=late.notice, unit__name="云溪镇")
    sign = reverse("receipt_sign", args=[done.pk])
    browser_of(Role.LIAISON, key=done.unit.pk).post(sign, {"once": "a1"})
    client, page = browser_of(Role.OFFICE), reverse("notice", args=[late.notice.pk])
    for asked, there, gone in (("True", "东岭乡", "云溪镇"), ("False", "云溪镇", "东岭乡")):
        shown = client.get(f"{page}?signed={asked}").content.decode()
        assert there in shown
        assert gone not in shown


@pytest.mark.parametrize("count", [70, 700])
def test_the_lists_ask_the_database_equally_often_for_70_and_700_rows(
    browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any], count: int
) -> None:
    notice, client = NoticeFactory(due=-2), browser_of(Role.OFFICE)
    for _ in range(count):
        ReceiptFactory(notice=notice)
    OpinionFactory.create_batch(count)
    OpinionFactory.create_batch(count, answered=True)
    client.get("/")  # the first visit notes the session
    pages = [("opinions", ()), ("notices", ()), ("notice", (notice.pk,)), ("notice_send", ())]
    for route, where in pages:
        with django_assert_max_num_queries(12):
            text(client, route, *where)
