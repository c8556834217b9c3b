"""Is everybody told in writing, does everybody sign alone, and what if somebody does not accept it?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.grades.actions import (
    Ruling,
    apply_review,
    close_table,
    decide_review,
    sign_grade,
    withdraw_review,
    witness_grade,
)
from jixiao.grades.letter import printed
from jixiao.grades.models import Grade, GradeReview, UnitTable
from jixiao.grades.queries.mine import grade, mine, next_review, told_of
from jixiao.grades.states import ReviewKind, ReviewState, Signature
from jixiao.grades.tests.conftest import TODAY, Lay, give_account, own_rows
from jixiao.org.models import Unit

pytestmark = pytest.mark.django_db
Told = Callable[..., UnitTable]
Days = Callable[[date], None]


@pytest.fixture
def poor(told: Told) -> Grade:
    """The first person got 不称职 and was told on the 14th of December."""
    return own_rows(told("不称职"))[0]


@pytest.fixture
def cadre(poor: Grade, account: Callable[..., Account], unit: Unit) -> Actor:
    """The same person at work."""
    return give_account(poor.person, account, unit)


def again(row: Grade) -> Grade:
    return Grade.objects.select_related("table__campaign", "person").get(pk=row.pk)


def test_the_terms_run_from_the_day_of_telling_by_grade(poor: Grade) -> None:
    assert again(poor).apply_until == date(2027, 1, 13)
    assert own_rows(poor.table)[1].apply_until is None


def test_a_county_may_give_the_right_of_review_for_every_grade(told: Told) -> None:
    assert own_rows(told(other_days=10))[1].apply_until == date(2026, 12, 24)


def test_the_letter_says_grade_reason_and_rights(poor: Grade) -> None:
    found = grade(poor.pk)
    assert found
    text = printed(told_of(found)).model_dump_json()
    for words in ("干部0同志", "等次确定为“不称职”", "2027年1月13日前申请复核", "不因申请加重处理"):
        assert words in text


def test_the_letter_of_somebody_without_grade_says_why(told: Told) -> None:
    row = own_rows(told("不定等次：试用期"))[0]
    found = grade(row.pk)
    assert found
    assert "不确定等次。情形：试用期" in printed(told_of(found)).model_dump_json()


def test_the_person_signs_and_a_different_opinion_is_kept(poor: Grade, cadre: Actor) -> None:
    with pytest.raises(RefusedError, match="请写明不同意的意见"):
        sign_grade(again(poor), by=cadre, agrees=False)
    sign_grade(again(poor), by=cadre, agrees=False, opinion="病休半年")
    assert (again(poor).signature, again(poor).opinion) == (Signature.DISAGREES, "病休半年")
    with pytest.raises(RefusedError, match="已经签过"):
        sign_grade(again(poor), by=cadre, agrees=True)


def test_nobody_signs_for_another(poor: Grade, cadre: Actor, lead: Actor, personnel: Actor) -> None:
    other = own_rows(poor.table)[1]
    for by, row in ((lead, poor), (personnel, poor), (cadre, other)):
        with pytest.raises(DeniedError):
            sign_grade(again(row), by=by, agrees=True)


def test_before_telling_nothing_is_shown_or_signed(
    lay: Lay, account: Callable[..., Account], unit: Unit
) -> None:
    row = own_rows(lay())[0]
    by = give_account(row.person, account, unit)
    assert not mine(by).exists()
    with pytest.raises(RefusedError, match="还没有书面告知"):
        sign_grade(again(row), by=by, agrees=True)


def test_what_was_signed_on_paper_is_recorded_and_a_refusal_needs_witnesses(
    poor: Grade, lead: Actor
) -> None:
    with pytest.raises(RefusedError, match="两名见证人"):
        witness_grade(again(poor), by=lead, signature=Signature.REFUSED)
    witness_grade(again(poor), by=lead, signature=Signature.REFUSED, witness="姜洋、韩松当面送达")
    assert again(poor).is_on_paper
    assert again(poor).signed_by_id == lead.account_id


def test_who_witnesses_does_not_witness_the_own(poor: Grade, lead: Actor) -> None:
    poor.person.account_id = lead.account_id
    poor.person.save()
    with pytest.raises(RefusedError, match="由他人登记"):
        witness_grade(again(poor), by=lead, signature=Signature.AGREES)


def test_a_table_is_closed_after_the_last_signature_and_case(
    poor: Grade, cadre: Actor, lead: Actor, personnel: Actor, other: Actor
) -> None:
    review = apply_review(again(poor), by=cadre, claim="病休半年")
    for each in own_rows(poor.table):
        witness_grade(again(each), by=lead, signature=Signature.AGREES)
    with pytest.raises(RefusedError, match="还有1件复核申诉在办"):
        close_table(poor.table, by=personnel)
    decide_review(review, by=other, ruling=Ruling("病休属实，但任务未交接"))
    assert close_table(poor.table, by=personnel).state == "closed"


# ── Review and appeal ──────────────────────────────────────────────────────────────────────


def test_a_review_is_asked_for_within_thirty_days_and_decided_within_thirty(
    poor: Grade, cadre: Actor, go_to: Days
) -> None:
    go_to(date(2027, 1, 13))
    assert apply_review(again(poor), by=cadre, claim="病休半年").due_on == date(2027, 2, 12)
    go_to(date(2027, 1, 14))
    GradeReview.objects.all().delete()
    with pytest.raises(RefusedError, match="期限2027年1月13日已过"):
        apply_review(again(poor), by=cadre, claim="病休半年")


def test_an_appeal_may_be_made_at_once_and_is_decided_within_sixty_days(
    poor: Grade, cadre: Actor
) -> None:
    made = apply_review(again(poor), by=cadre, claim="病休半年", is_direct=True)
    assert (made.kind, (made.due_on - TODAY).days) == (ReviewKind.APPEAL, 60)


def test_where_the_rules_know_no_review_the_page_says_what_to_do(
    poor: Grade, account: Callable[..., Account], unit: Unit
) -> None:
    row = own_rows(poor.table)[1]
    by = give_account(row.person, account, unit)
    with pytest.raises(RefusedError, match="签署意见时写明"):
        apply_review(again(row), by=by, claim="不公")


def test_who_approved_does_not_decide_the_review(
    poor: Grade, cadre: Actor, personnel: Actor, other: Actor
) -> None:
    review = apply_review(again(poor), by=cadre, claim="病休半年")
    with pytest.raises(RefusedError, match="请其他人决定"):
        decide_review(review, by=personnel, ruling=Ruling("维持"))
    done = decide_review(review, by=other, ruling=Ruling("病休属实", "基本称职"))
    assert (done.state, again(poor).final) == (ReviewState.CHANGED, "基本称职")
    assert again(poor).decided_by_id == other.account_id
    assert done.appeal_until == date(2026, 12, 29)


def test_no_review_makes_it_worse(told: Told, account: Callable[..., Account], unit: Unit, other: Actor) -> None:  # fmt: skip
    row = own_rows(told("基本称职", other_days=30))[0]
    by = give_account(row.person, account, unit)
    review = apply_review(again(row), by=by, claim="不公")
    for after in ("不称职", "基本称职", "特优"):
        with pytest.raises(RefusedError, match="要比原来的好"):
            decide_review(review, by=other, ruling=Ruling("重新核对", after))


def test_a_granted_best_grade_needs_a_place(
    told: Told, account: Callable[..., Account], unit: Unit, other: Actor
) -> None:
    table = told("优秀", "基本称职", other_days=30)
    row = own_rows(table)[1]
    by = give_account(row.person, account, unit)
    review = apply_review(again(row), by=by, claim="不公")
    with pytest.raises(RefusedError, match="没有名额了：应参加 13 人"):
        decide_review(review, by=other, ruling=Ruling("成绩突出", "优秀"))


def test_after_the_review_comes_one_appeal_decided_by_a_third_person(
    poor: Grade, cadre: Actor, other: Actor, actor: Callable[..., Actor]
) -> None:
    review = apply_review(again(poor), by=cadre, claim="病休半年")
    decide_review(review, by=other, ruling=Ruling("维持"))
    appeal = apply_review(again(poor), by=cadre, claim="复核没有看病历")
    with pytest.raises(RefusedError, match="请其他人决定"):
        decide_review(appeal, by=other, ruling=Ruling("维持"))
    third = actor(Role.PERSONNEL)
    decide_review(appeal, by=third, ruling=Ruling("维持"))
    assert next_review(again(poor)) == (None, "申诉已经作出决定")


def test_what_is_withdrawn_may_be_asked_for_again(poor: Grade, cadre: Actor) -> None:
    review = apply_review(again(poor), by=cadre, claim="病休半年")
    with pytest.raises(RefusedError, match="正在办理"):
        apply_review(again(poor), by=cadre, claim="再来")
    withdraw_review(review, by=cadre)
    assert apply_review(again(poor), by=cadre, claim="补了病历").state == ReviewState.OPEN
