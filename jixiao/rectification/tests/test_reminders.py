"""Is a reminder answered in ten working days, and does the office say when that is enough?"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.rectification import actions
from jixiao.rectification.actions import ReminderLetter
from jixiao.rectification.models import Reminder, Reply
from jixiao.rectification.states import CaseState, ReminderState
from jixiao.rectification.tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
LETTER = ReminderLetter("清绩督〔2026〕1号", "月自查未开展", "三季度没有月自查。", "说明原因。")


def changed(**said: Any) -> ReminderLetter:
    return ReminderLetter(**{**vars(LETTER), **said})


@pytest.fixture
def reminder(unit: Unit, office: Actor) -> Reminder:
    """Sent today."""
    return actions.send_reminder(unit, by=office, letter=LETTER)


def test_a_reply_is_due_in_ten_working_days_unless_said_otherwise(
    reminder: Reminder, unit: Unit, office: Actor
) -> None:
    short = changed(number="清绩督〔2026〕2号", days=3)
    assert reminder.due_on == date(2026, 11, 25)
    assert actions.send_reminder(unit, by=office, letter=short).due_on == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"number": "督1"}, "编号写成"),
        ({"number": "清绩督〔2026〕0号"}, "编号写成"),
        ({"subject": " "}, "事由"),
        ({"facts": ""}, "情况"),
        ({"asked": ""}, "要求"),
        ({"days": 0}, "工作日"),
    ],
)
def test_a_reminder_without_its_parts_is_refused(
    unit: Unit, office: Actor, said: dict[str, Any], word: str
) -> None:
    with pytest.raises(RefusedError, match=word):
        actions.send_reminder(unit, by=office, letter=changed(**said))
    assert not Reminder.objects.exists()


@pytest.mark.usefixtures("reminder")
def test_a_number_is_used_once(office: Actor) -> None:
    with pytest.raises(RefusedError, match="已经用过"):
        actions.send_reminder(UnitFactory(group="乡镇"), by=office, letter=LETTER)


def test_the_case_reminded_of_is_the_units_own_and_told(unit: Unit, office: Actor) -> None:
    strange = CaseFactory(state=CaseState.TOLD)
    untold = CaseFactory(unit=unit)
    for case in (strange, untold):
        with pytest.raises(RefusedError, match="督促的问题"):
            actions.send_reminder(unit, by=office, letter=LETTER, case=case)
    own = CaseFactory(unit=unit, state=CaseState.TOLD)
    assert actions.send_reminder(unit, by=office, letter=LETTER, case=own).case == own


def test_a_reply_waits_for_the_office_and_is_settled(
    reminder: Reminder, liaison: Actor, office: Actor
) -> None:
    with pytest.raises(RefusedError, match="单位回复后才能办理"):
        actions.settle_reminder(reminder, by=office)
    replied = actions.reply_reminder(reminder, by=liaison, text="已补上")
    with pytest.raises(RefusedError, match="不用再回复"):
        actions.reply_reminder(replied, by=liaison, text="再说一次")
    settled = actions.settle_reminder(replied, by=office)
    assert (settled.state, settled.settled_by_id) == (ReminderState.SETTLED, office.account_id)


def test_a_reply_that_does_not_do_stays_with_the_reason(
    reminder: Reminder, liaison: Actor, office: Actor, go_to: Callable[[date], None]
) -> None:
    replied = actions.reply_reminder(reminder, by=liaison, text="已补上")
    go_to(date(2026, 11, 30))
    back = actions.send_back_reply(replied, by=office, reason="没说谁负责")
    assert (back.state, back.due_on) == (ReminderState.SENT, date(2026, 12, 14))
    assert Reply.objects.get().sent_back == "没说谁负责"
    actions.reply_reminder(back, by=liaison, text="王丽负责")
    assert [each.text for each in back.replies.all()] == ["已补上", "王丽负责"]


def test_an_empty_reply_and_a_return_without_reason_are_refused(
    reminder: Reminder, liaison: Actor, office: Actor
) -> None:
    with pytest.raises(RefusedError, match="请写明情况"):
        actions.reply_reminder(reminder, by=liaison, text=" ")
    with pytest.raises(RefusedError, match="单位回复后"):
        actions.send_back_reply(reminder, by=office, reason="x")
    replied = actions.reply_reminder(reminder, by=liaison, text="已补上")
    with pytest.raises(RefusedError, match="退回的理由"):
        actions.send_back_reply(replied, by=office, reason="")


def test_the_office_sends_and_only_the_unit_itself_replies(
    reminder: Reminder, unit: Unit, actor: Callable[..., Actor], office: Actor
) -> None:
    for role in (Role.ASSESSOR, Role.LEADER):
        with pytest.raises(DeniedError):
            actions.send_reminder(unit, by=actor(role), letter=LETTER)
    for who in (office, actor(Role.LIAISON, key=UnitFactory().pk)):
        with pytest.raises(DeniedError):
            actions.reply_reminder(reminder, by=who, text="已补上")
