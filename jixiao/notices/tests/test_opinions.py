"""May everybody say something, is it answered in time, and does its author see the answer?"""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.notices.actions import (
    answer_opinion,
    publish_opinion,
    see_answer,
    withdraw_opinion,
    write_opinion,
)
from jixiao.notices.queries import (
    opinion,
    opinions_waiting,
    published_opinions,
    unseen_answers,
)
from jixiao.notices.states import OpinionKind, OpinionState
from jixiao.notices.tests.factories import OpinionFactory
from jixiao.org.tests.factories import PersonFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_everybody_may_write_even_an_administrator(actor: Actors, role: Role) -> None:
    made = write_opinion("表太多", by=actor(role), kind=OpinionKind.COMPLAINT, page="/results/")
    assert (made.state, made.page, made.unit) == (OpinionState.WAITING, "/results/", None)


def test_a_liaison_speaks_from_the_own_unit(actor: Actors) -> None:
    unit = UnitFactory()
    one = actor(Role.LIAISON, key=unit.pk)
    assert write_opinion("怎么填", by=one, kind=OpinionKind.QUESTION).unit == unit


def test_somebody_with_a_post_only_speaks_from_there(actor: Actors) -> None:
    one = actor(Role.LEADER)
    post = PostFactory(person=PersonFactory(account_id=one.account_id))
    assert write_opinion("怎么填", by=one, kind=OpinionKind.QUESTION).unit == post.unit


@pytest.mark.parametrize("page", ["javascript:alert(1)", "https://evil.example/", "//evil.example"])
def test_the_page_it_was_written_from_is_one_of_ours(actor: Actors, page: str) -> None:
    one = actor(Role.LEADER)
    assert write_opinion("看看", by=one, kind=OpinionKind.QUESTION, page=page).page == ""


def test_an_empty_opinion_is_refused(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="请写明内容"):
        write_opinion("  ", by=actor(Role.LEADER), kind=OpinionKind.QUESTION)


def test_the_author_sees_the_answer_until_saying_so(actor: Actors) -> None:
    author = actor(Role.AUDIT_ADMIN)
    made = write_opinion("怎么导出", by=author, kind=OpinionKind.QUESTION)
    answer_opinion(made, by=actor(Role.OFFICE), answer="在审计页右上角")
    assert [each.answer for each in unseen_answers(author)] == ["在审计页右上角"]
    see_answer(made, by=author)
    assert not unseen_answers(author).exists()


def test_an_answer_counts_once_and_nobody_answers_oneself(actor: Actors) -> None:
    office = actor(Role.OFFICE)
    own = write_opinion("表太多", by=office, kind=OpinionKind.COMPLAINT)
    with pytest.raises(RefusedError, match="不能答复自己提的意见"):
        answer_opinion(own, by=office, answer="知道了")
    answered = OpinionFactory(answered=True)
    with pytest.raises(RefusedError, match="已经答复过"):
        answer_opinion(answered, by=office, answer="再答一次")


@pytest.mark.parametrize("role", [Role.LEADER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_only_the_office_answers(actor: Actors, role: Role) -> None:
    with pytest.raises(DeniedError):
        answer_opinion(OpinionFactory(), by=actor(role), answer="好")


def test_ten_working_days_are_in_time_and_eleven_are_not() -> None:
    friday = datetime(2026, 9, 25, 10, tzinfo=SHANGHAI)  # 中秋放假
    OpinionFactory(written_at=friday)
    within = opinions_waiting(date(2026, 10, 15))[0]
    after = opinions_waiting(date(2026, 10, 16))[0]
    assert (within.waited.days, within.is_late) == (10, False)
    assert (after.waited.days, after.is_late) == (11, True)


def test_the_longest_waiting_comes_first() -> None:
    new, old = OpinionFactory(), OpinionFactory(waited=5)
    assert [each.opinion for each in opinions_waiting(timezone.localdate())] == [old, new]


def test_an_opinion_is_private_until_it_is_published(actor: Actors) -> None:
    other, office = actor(Role.LEADER), actor(Role.OFFICE)
    one = OpinionFactory(answered=True)
    assert opinion(one.pk, other) is None
    publish_opinion(one, by=office)
    assert opinion(one.pk, other) is not None
    withdraw_opinion(one, by=office, reason="涉及个人隐私")
    assert opinion(one.pk, other) is None


def test_what_is_not_answered_is_not_published(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="先答复"):
        publish_opinion(OpinionFactory(), by=actor(Role.OFFICE))


def test_a_name_is_shown_only_if_its_bearer_wants_it() -> None:
    unit = UnitFactory(name="云溪镇")
    hidden = OpinionFactory(published=True, unit=unit)
    told = OpinionFactory(published=True, unit=unit, hides_name=False, written_by__name="韩松")
    assert {each.pk: each.author for each in published_opinions()} == {
        hidden.pk: "不署名",
        told.pk: "云溪镇 韩松",
    }
