"""Who was told what by when, and which units have not signed for it?"""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.notices.actions import Letter, acknowledge, read_notice, send_notice
from jixiao.notices.queries import late_receipts, notices_sent, open_receipts, time_left
from jixiao.notices.tests.factories import NoticeFactory, ReceiptFactory
from jixiao.org.tests.factories import UnitFactory
from jixiao.periods.tests.clock import set_clock

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]


def test_every_unit_gets_its_own_receipt(actor: Actors) -> None:
    units = [UnitFactory(), UnitFactory()]
    made = send_notice(Letter("报总结", "附件请看"), by=actor(Role.OFFICE), units=units)
    assert [each.unit for each in made.receipts.all()] == units
    sent = notices_sent().get()
    assert (sent.to, sent.read, sent.signed) == (2, 0, 0)


@pytest.mark.parametrize(
    ("due", "words"),
    [(date(2026, 9, 22), "不能早于今天"), (date(2026, 10, 3), "2026-10-03 放假，请改为工作日")],
)
def test_a_due_day_lies_ahead_and_is_worked(
    actor: Actors, monkeypatch: pytest.MonkeyPatch, due: date, words: str
) -> None:
    set_clock(monkeypatch, date(2026, 9, 23))
    with pytest.raises(RefusedError, match=words):
        send_notice(Letter("报", "请报", due), by=actor(Role.OFFICE), units=[UnitFactory()])


@pytest.mark.parametrize("due", [date(2026, 10, 10), date(2031, 1, 4)])  # 周六补班；未录入的年份
def test_a_saturday_that_is_worked_and_a_year_nobody_entered_are_taken(
    actor: Actors, monkeypatch: pytest.MonkeyPatch, due: date
) -> None:
    set_clock(monkeypatch, date(2026, 9, 23))
    letter = Letter("报", "请报", due)
    assert send_notice(letter, by=actor(Role.OFFICE), units=[UnitFactory()]).due_on == due


def test_a_notice_goes_to_somebody(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="请选择发给哪些单位"):
        send_notice(Letter("报", "请报"), by=actor(Role.OFFICE), units=[])


def test_signing_counts_as_reading_and_counts_once(actor: Actors) -> None:
    receipt = ReceiptFactory(notice__due=3)
    liaison = actor(Role.LIAISON, key=receipt.unit.pk)
    today = timezone.localdate()
    assert [each.receipt for each in open_receipts([receipt.unit.pk], today)] == [receipt]
    done = acknowledge(receipt, by=liaison)
    assert (done.read_by_id, done.acknowledged_by_id) == (liaison.account_id,) * 2
    assert not open_receipts([receipt.unit.pk], today)
    with pytest.raises(RefusedError, match="已经签收"):
        acknowledge(receipt, by=liaison)


def test_the_first_reader_is_kept(actor: Actors) -> None:
    receipt = ReceiptFactory()
    first, second = (actor(Role.CADRE, key=receipt.unit.pk) for _ in range(2))
    read_notice(receipt, by=first)
    assert read_notice(receipt, by=second).read_by_id == first.account_id


def test_a_unit_signs_for_itself_only(actor: Actors) -> None:
    with pytest.raises(DeniedError):
        acknowledge(ReceiptFactory(), by=actor(Role.LIAISON, key=UnitFactory().pk))


def test_what_the_office_opens_is_not_read_by_the_unit(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="本单位的人打开才算已读"):
        read_notice(ReceiptFactory(), by=actor(Role.OFFICE))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER])
def test_nobody_signs_in_a_units_name(actor: Actors, role: Role) -> None:
    with pytest.raises(DeniedError):
        acknowledge(ReceiptFactory(), by=actor(role))


def test_a_cadre_reads_but_does_not_sign(actor: Actors) -> None:
    receipt = ReceiptFactory()
    with pytest.raises(DeniedError):
        acknowledge(receipt, by=actor(Role.CADRE, key=receipt.unit.pk))


def test_who_is_late_has_not_signed_by_the_due_day(actor: Actors) -> None:
    late = ReceiptFactory(notice__due=-3)
    ReceiptFactory(notice__due=0)
    signed = ReceiptFactory(notice=late.notice)
    acknowledge(signed, by=actor(Role.LIAISON, key=signed.unit.pk))
    assert [each.receipt for each in late_receipts(timezone.localdate())] == [late]


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        (date(2026, 9, 23), 0),
        (date(2026, 9, 30), 4),  # 中秋三天在中间
        (date(2026, 9, 18), -4),  # 周日9月20日上班
    ],
)
def test_a_term_runs_in_working_days(due_on: date, days: int) -> None:
    assert time_left(due_on, date(2026, 9, 23)).days == days


def test_a_term_that_ended_on_friday_is_over_on_saturday() -> None:
    assert time_left(date(2026, 11, 20), date(2026, 11, 21)).days == -1


def test_what_needs_no_signature_cannot_be_signed(actor: Actors) -> None:
    receipt = ReceiptFactory(notice=NoticeFactory(needs_sign=False))
    with pytest.raises(RefusedError, match="不需要签收"):
        acknowledge(receipt, by=actor(Role.UNIT_LEAD, key=receipt.unit.pk))
