"""Does each side see of a visit what it may, and can it do on the page what has to be done?"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.notices.models import Receipt
from jixiao.org.tests.factories import UnitFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.visits import actions
from jixiao.visits.models import Entry, Record, SelfMark, Visit
from jixiao.visits.queries.sight import Sight, sight
from jixiao.visits.states import Manner, RecordState, RoundKind, VisitState
from jixiao.visits.tests.factories import (
    AttachmentFactory,
    ConfirmationFactory,
    CorrectionFactory,
    EntryFactory,
    RecordFactory,
    RoundFactory,
    SelfMarkFactory,
    VisitFactory,
)
from jixiao.visits.tests.scene import NAME, Scene
from jixiao.visits.tests.scene import scene as there_is

pytestmark = pytest.mark.django_db
MARKS = ("8.0", "缺2份", "缺原件两件", "何雨看的")


@pytest.fixture
def there(actor: Callable[..., Actor]) -> Scene:
    """Everything recorded, one thing found wrong, nobody told yet."""
    made = there_is(actor)
    made.record_all()
    made.visit.records.filter(code="1.2").update(remark="何雨看的")
    made.finding(fact="缺原件两件")
    return made


def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(pk=by.account_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def shown(by: Actor, route: str, *where: object, status: int = 200) -> str:
    answer = browser(by).get(reverse(route, args=where))
    assert answer.status_code == status
    return answer.content.decode()


def sent(by: Actor, route: str, *where: object, **said: object) -> str:
    """The page on which one is afterwards."""
    answer = browser(by).post(reverse(route, args=where), said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def forget(there: Scene, code: str) -> None:
    """As if nothing had been recorded."""
    Entry.objects.filter(record__visit=there.visit, record__code=code).delete()
    there.visit.records.filter(code=code).delete()


def test_before_the_feedback_a_unit_sees_day_team_and_rules_but_no_marks(there: Scene) -> None:
    Visit.objects.update(on=timezone.localdate())
    page = shown(there.lead, "visit", there.visit.pk)
    assert "甲组" in page
    assert "何雨、郑启" in page
    assert "按迟报次数" in page
    assert [each for each in MARKS if each in page] == []


@pytest.mark.parametrize("route", ["visit_record", "visit_sheet"])
def test_before_the_feedback_a_unit_opens_neither_record_nor_sheet(
    there: Scene, route: str
) -> None:
    last = {"visit_record": "1.2", "visit_sheet": "pdf"}[route]
    page = shown(there.lead, route, there.visit.pk, last, status=403)
    assert [each for each in MARKS if each in page] == []


def test_records_taken_back_are_hidden_from_the_unit_again(there: Scene) -> None:
    there.feed_back()
    assert "缺2份" in shown(there.lead, "visit", there.visit.pk)
    actions.take_back(there.now(), by=there.he, reason="漏看台账")
    assert "缺2份" not in shown(there.lead, "visit", there.visit.pk)


def test_after_the_feedback_the_unit_sees_every_mark_reason_and_finding(there: Scene) -> None:
    there.feed_back()
    page = shown(there.lead, "visit", there.visit.pk)
    assert [each for each in MARKS if each not in page] == []
    assert "我们认不认" in page


def test_another_unit_never_sees_it(there: Scene, actor: Callable[..., Actor]) -> None:
    there.close()
    other = actor(Role.UNIT_LEAD, key=UnitFactory(name="河口镇").pk)
    for route, where in (
        ("visit", ()), ("visit_record", ("1.2",)), ("visit_sheet", ("docx",)),
        ("self_marks", ()), ("visit_agree", ()),
    ):  # fmt: skip
        page = shown(other, route, there.visit.pk, *where, status=403)
        assert [each for each in MARKS if each in page] == []


def test_an_assessor_of_another_team_never_sees_it(
    there: Scene, actor: Callable[..., Actor]
) -> None:
    there.close()
    shown(actor(Role.ASSESSOR), "visit", there.visit.pk, status=403)


def test_an_assessor_who_also_works_for_the_unit_sees_it_as_the_unit_does(there: Scene) -> None:
    both = Actor("两任", there.lead.account_id, (*there.lead.held, *there.he.held))
    assert sight(there.now(), both) == Sight.UNIT


def test_the_unit_says_what_it_thinks_and_confirms(there: Scene) -> None:
    there.feed_back()
    page = sent(there.lead, "visit_agree", there.visit.pk, agrees="0", view="当天已找到")
    assert "已代表本单位确认" in page
    assert "意见：当天已找到" in page
    assert "有不同意见" in page


def test_a_unit_that_disagrees_without_a_word_is_asked_for_it(there: Scene) -> None:
    there.feed_back()
    page = sent(there.lead, "visit_agree", there.visit.pk, agrees="0", view="")
    assert "不同意的请写明意见" in page
    assert not there.visit.confirmations.exists()


def test_the_team_goes_from_records_to_closing_on_the_web(there: Scene) -> None:
    assert "与单位当面反馈" in shown(there.he, "visit", there.visit.pk)
    sent(there.he, "visit_feed_back", there.visit.pk)
    sent(there.he, "visit_confirm", there.visit.pk)
    sent(there.lead, "visit_agree", there.visit.pk, agrees="1")
    page = sent(there.zheng, "visit_confirm", there.visit.pk)
    assert there.now().state == VisitState.CLOSED
    assert "云溪镇：双方确认" in page


def test_what_holds_the_feedback_up_stands_on_the_page(there: Scene) -> None:
    forget(there, "2.1")
    page = shown(there.he, "visit", there.visit.pk)
    assert "2.1 月自查：还没有记录" in page
    assert "还差1项" in sent(there.he, "visit_feed_back", there.visit.pk)


def test_the_team_takes_records_back_with_a_reason(there: Scene) -> None:
    there.feed_back()
    there.unit_signs()
    page = sent(there.he, "visit_take_back", there.visit.pk, reason="漏看台账")
    assert there.now().state == VisitState.UNDERWAY
    assert "已失效" in page


def test_a_drawn_signature_is_drawn_again_and_nothing_else_comes_out(there: Scene) -> None:
    there.feed_back()
    there.unit_signs(view="<script>alert(1)</script>")
    page = shown(there.office, "visit", there.visit.pk)
    assert 'd="M20 30 L200 150 L320 40 M400 20 L410 180"' in page
    assert "<script>alert" not in page


def test_the_office_closes_without_the_units_signature(there: Scene) -> None:
    there.feed_back()
    there.confirm(there.he)
    there.confirm(there.zheng)
    Visit.objects.update(fed_back_at=timezone.now() - timedelta(days=30))
    page = sent(
        there.office, "visit_unsigned", there.visit.pk, reason="拒签", witness="县政府办王平"
    )
    assert "云溪镇：单位未签字，有人见证" in page


def test_two_versions_stand_side_by_side_and_one_is_chosen(there: Scene) -> None:
    record = Record.objects.get(code="1.2")
    mine = record.entries.get()
    other = EntryFactory(record=record, mark=70_000, values={"1.2": 70_000}, device="手机",
                         received_by_id=there.zheng.account_id)  # fmt: skip
    Entry.objects.filter(record=record).update(state="differing")
    Record.objects.filter(pk=record.pk).update(state=RecordState.DIFFERING)
    page = shown(there.he, "visit_record", there.visit.pk, "1.2")
    assert "采用何雨这一份" in page
    assert "采用郑启这一份" in page
    sent(there.he, "visit_settle", record.pk, entry=other.pk, reason="复看过")
    record.refresh_from_db()
    mine.refresh_from_db()
    assert (record.mark, mine.state) == (70_000, "dropped")


def test_one_item_is_recorded_on_the_web_and_a_gap_is_told(there: Scene) -> None:
    forget(there, "1.2")
    said: dict[str, Any] = {"v0": "8.5", "methods": ["read"], "key": str(uuid.uuid4())}
    assert "扣分请写明理由" in sent(there.he, "visit_record", there.visit.pk, "1.2", **said)
    sent(there.he, "visit_record", there.visit.pk, "1.2", reason="缺1份", **said)
    record = Record.objects.get(code="1.2")
    assert (record.mark, record.entries.get().device) == (85_000, "网页")


def test_a_mark_finer_than_ten_thousandths_is_not_rounded_away_silently(there: Scene) -> None:
    page = sent(there.he, "visit_record", there.visit.pk, "1.2", v0="8.00001", methods=["read"],
                reason="缺", key=str(uuid.uuid4()))  # fmt: skip
    assert Record.objects.get(code="1.2").mark == 80_000
    assert 'role="alert"' in page


def test_the_unit_sees_the_record_but_not_how_the_team_argued(there: Scene) -> None:
    record = Record.objects.get(code="1.2")
    EntryFactory(record=record, reason="先前想扣三分", state="dropped")
    there.feed_back()
    unit, office = (
        shown(by, "visit_record", there.visit.pk, "1.2") for by in (there.lead, there.office)
    )
    assert "缺2份" in unit
    assert "先前想扣三分" not in unit
    assert "先前想扣三分" in office


def test_a_correction_is_seen_by_the_unit_with_both_sides(there: Scene) -> None:
    there.close()
    record = Record.objects.get(code="1.2")
    said = {"v0": "9.5", "reason_of_mark": "缺1份", "reason": "找到原件", "document": "9号"}
    sent(there.office, "visit_correct", record.pk, **said)
    assert "确认以后更正了 1 项" in shown(there.lead, "visit", there.visit.pk)
    page = shown(there.lead, "visit_record", there.visit.pk, "1.2")
    assert "得分 8.0 分；缺2份" in page
    assert "得分 9.5 分；缺1份" in page
    assert Receipt.objects.get().unit == there.visit.unit


def test_self_marks_are_filled_on_one_page_beside_last_times(actor: Callable[..., Actor]) -> None:
    there = there_is(actor, asks_self=True)
    past = VisitFactory(
        unit=there.visit.unit, state=VisitState.CLOSED,
        round=RoundFactory(version_of=there.visit.round.version_of),
    )  # fmt: skip
    RecordFactory(visit=past, code="1.2", mark=75_000)
    page = shown(there.lead, "self_marks", there.visit.pk)
    assert "还有 3 项没有自评" in page
    assert "7.5" in page
    assert 'type="file"' not in page
    sent(there.lead, "self_marks", there.visit.pk, t1v0="9", t1n="缺1份")
    assert SelfMark.objects.get().mark == 90_000


def test_the_gap_to_the_units_own_view_is_shown(there: Scene) -> None:
    SelfMarkFactory(visit=there.visit, code="1.2", mark=100_000)
    assert "自评高 2.0" in shown(there.office, "visit", there.visit.pk)


def test_an_assessors_home_tells_where_to_go_today(there: Scene) -> None:
    Visit.objects.update(on=timezone.localdate())
    page = browser(there.he).get("/").content.decode()
    assert "今天去云溪镇" in page
    assert 'href="/onsite/"' in page
    assert "云溪镇" in shown(there.he, "my_visits")


def test_a_units_home_tells_the_day_and_then_that_it_has_to_confirm(there: Scene) -> None:
    Visit.objects.update(on=timezone.localdate())
    assert "甲组来" in browser(there.lead).get("/").content.decode()
    there.feed_back()
    assert "现场评估待本单位确认" in browser(there.lead).get("/").content.decode()
    there.unit_signs()
    assert "等评估组确认" in browser(there.lead).get("/").content.decode()


def large(actor: Callable[..., Actor]) -> Scene:
    """Sixty items, seventy units, everything recorded, corrected, attached and confirmed."""
    items = [{"code": f"1.{n}", "name": f"第{n}项", "points": "1"} for n in range(1, 61)]
    units = [{"name": "云溪镇"}, *({"name": f"第{n}镇"} for n in range(69))]
    version = SchemeVersionFactory(
        state=State.PUBLISHED,
        of=scheme(
            full="60", data=[], items=[{"code": "1", "name": "全部", "points": "60", "items": items}],
            groups=[{"name": "乡镇", "units": units}],
            tiers=[{"name": "先进", "within": "≥50"}, {"name": "达标", "within": "<50"}],
        ),
    )  # fmt: skip
    there = there_is(actor, version_of=version)
    for n in range(1, 61):
        record = RecordFactory(visit=there.visit, code=f"1.{n}", mark=5_000, reason="缺")
        EntryFactory(record=record)
        CorrectionFactory(record=record)
        SelfMarkFactory(visit=there.visit, code=f"1.{n}", mark=10_000)
        AttachmentFactory(visit=there.visit, code=f"1.{n}", state="kept", received=1000)
        there.finding(code=f"1.{n}")
    for n in range(69):
        VisitFactory(round=there.visit.round, unit__name=f"第{n}镇", team=there.visit.team)
    there.feed_back()
    for n in range(4):
        ConfirmationFactory(
            visit=there.visit, person_name=f"第{n}人", manner=Manner.SIGNATURE, strokes=NAME
        )
    return there


def test_pages_ask_fifteen_times_at_most_whatever_the_rows(
    actor: Callable[..., Actor], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    there = large(actor)
    pages = [
        (by, reverse(*named))
        for by in (there.he, there.lead, there.office)
        for named in (
            ("visit", None, [there.visit.pk]), ("visit_record", None, [there.visit.pk, "1.7"]),
            ("home",),
        )
    ]  # fmt: skip
    pages += [
        (there.he, reverse("my_visits")),
        (there.lead, reverse("self_marks", args=[there.visit.pk])),
    ]
    for by, address in pages:
        client = browser(by)
        client.get(address)
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_a_unit_does_not_know_of_a_spot_check_before_it_comes(there: Scene) -> None:
    type(there.visit.round).objects.update(kind=RoundKind.SPOT)
    type(there.visit).objects.update(state=VisitState.PLANNED, started_at=None, started_by=None)
    shown(there.lead, "visit", there.visit.pk, status=403)
    assert "现场评估：" not in shown(there.lead, "home")
