"""May a unit object in time, is it decided by somebody who did not mark it, and does it never get worse?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.periods import workdays
from jixiao.rectification.actions import Handed
from jixiao.results.actions import (
    Objection,
    Terms,
    apply_review,
    decide_review,
    notify_units,
    review_result,
    score_rounds,
    take_late_review,
    withdraw_review,
)
from jixiao.results.models import Review, SealedResult
from jixiao.results.queries.reviews import right_of
from jixiao.results.states import ReviewState
from jixiao.results.tests.told import (
    ASKED,
    REJECTED,
    YESTERDAY,
    applied,
    lead,
    part,
    told,
)
from jixiao.visits.tests.marked import marked

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]


def account_of(actor: Actor) -> Account:
    return Account.objects.get(pk=actor.account_id)


# ── Applying ───────────────────────────────────────────────────────────────────────────────


def test_a_unit_objects_and_the_decision_is_due_after_ten_working_days(actor: Actors) -> None:
    made = applied(told(actor), actor)
    assert (made.state, made.item) == (ReviewState.APPLIED, "材料质量")
    assert made.due_on == workdays.add_workdays(timezone.localdate(), 10)


def test_total_and_tier_can_be_objected_to_without_naming_an_item(actor: Actors) -> None:
    made = applied(told(actor), actor, replace(ASKED, code=""))
    assert (made.code, made.item) == ("", "总分和等次")


def test_files_are_kept_and_never_asked_for(actor: Actors) -> None:
    kept, picture = told(actor), BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    files = [Handed("原件.exe", picture.getvalue())]
    made = apply_review(part(kept), by=lead(actor), objection=ASKED, files=files)
    assert [each.name for each in made.files.all()] == ["原件.png"]


@pytest.mark.parametrize(
    ("content", "words"), [(b"MZ\x90", "不能接收"), (b"", "是空的"), (b"PK\x03\x04x", "不能接收")]
)
def test_hostile_files_are_refused_and_nothing_is_kept(
    actor: Actors, content: bytes, words: str
) -> None:
    kept = told(actor)
    with pytest.raises(RefusedError, match=words):
        apply_review(part(kept), by=lead(actor), objection=ASKED, files=[Handed("a.pdf", content)])
    assert not Review.objects.exists()


def test_before_it_is_told_nobody_objects(actor: Actors) -> None:
    kept = score_rounds(marked().version_of, by=actor(Role.OFFICE), name="年终评估")
    with pytest.raises(RefusedError, match="还没有告知"):
        applied(kept, actor)


def test_a_late_one_is_refused_with_what_can_still_be_done(actor: Actors) -> None:
    kept = told(actor)
    SealedResult.objects.update(apply_until=YESTERDAY)
    with pytest.raises(RefusedError, match="已过；确有正当理由的，请向县绩效办说明"):
        applied(kept, actor)
    office = actor(Role.OFFICE)
    made = take_late_review(part(kept), by=office, objection=ASKED, late_reason="期限内交过，漏登")
    assert made.late_reason
    with pytest.raises(RefusedError, match="申请、受理的人以外的人决定"):
        decide_review(made, by=office, decision=REJECTED)
    assert decide_review(made, by=actor(Role.OFFICE), decision=REJECTED).decided_at


def test_the_office_says_why_it_takes_a_late_one(actor: Actors) -> None:
    kept = told(actor)
    with pytest.raises(RefusedError, match="为什么受理"):
        take_late_review(part(kept), by=actor(Role.OFFICE), objection=ASKED, late_reason=" ")


def test_the_last_day_counts_whole(actor: Actors) -> None:
    kept = told(actor)
    SealedResult.objects.update(apply_until=timezone.localdate())
    assert applied(kept, actor).is_open


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"code": "9.9"}, "没有“9.9”这一项"),
        ({"claim": " "}, "请写明理由"),
        ({"asked": ""}, "请写明请求"),
        ({"claim": "长" * 2001}, "最多2000字"),
    ],
)
def test_what_is_no_objection_is_refused(actor: Actors, said: dict[str, str], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        applied(told(actor), actor, replace(ASKED, **said))


def test_the_same_item_is_objected_to_once_and_after_a_decision_there_is_the_appeal(
    actor: Actors,
) -> None:
    kept = told(actor)
    made = applied(kept, actor)
    with pytest.raises(RefusedError, match="正在办理"):
        applied(kept, actor)
    decide_review(made, by=actor(Role.OFFICE), decision=REJECTED)
    with pytest.raises(RefusedError, match=r"已有复核决定（不成立），不服的可以在.*申诉"):
        applied(kept, actor)


def test_a_withdrawn_one_can_be_made_again(actor: Actors) -> None:
    kept = told(actor)
    made = withdraw_review(applied(kept, actor), by=lead(actor))
    assert (made.state, bool(made.withdrawn_at)) == (ReviewState.WITHDRAWN, True)
    assert applied(kept, actor).is_open


def test_a_unit_objects_for_itself_only(actor: Actors) -> None:
    kept = told(actor)
    with pytest.raises(DeniedError):
        apply_review(part(kept, "河口镇"), by=lead(actor), objection=ASKED)
    with pytest.raises(DeniedError):
        withdraw_review(applied(kept, actor), by=lead(actor, "河口镇"))


# ── Deadlines ──────────────────────────────────────────────────────────────────────────────


def test_deadlines_leave_out_holidays(actor: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    holidays = frozenset(today + timedelta(days=each) for each in range(1, 8))
    plain = workdays.Year(holidays, frozenset())
    years = {today.year: plain, today.year + 1: plain}
    monkeypatch.setattr(workdays, "arrangements", lambda: years)
    assert (told(actor).apply_until or today) > today + timedelta(days=9)


def test_a_year_without_holidays_is_an_error_that_says_what_to_enter(
    actor: Actors, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = score_rounds(marked().version_of, by=actor(Role.OFFICE), name="年终评估")
    kept = review_result(kept, by=actor(Role.OFFICE_HEAD))
    monkeypatch.setattr(workdays, "arrangements", dict)
    with pytest.raises(RefusedError, match=r"节假日安排还没有录入.*数据文件夹"):
        notify_units(kept, by=actor(Role.OFFICE))
    kept.refresh_from_db()
    assert (kept.state, kept.apply_until) == ("reviewed", None)


@pytest.mark.parametrize("days", [0, 61, -1, 10**9])
def test_terms_are_days_that_somebody_can_wait(actor: Actors, days: int) -> None:
    kept = score_rounds(marked().version_of, by=actor(Role.OFFICE), name="年终评估")
    kept = review_result(kept, by=actor(Role.OFFICE_HEAD))
    with pytest.raises(RefusedError, match="1到60"):
        notify_units(kept, by=actor(Role.OFFICE), terms=Terms(days, 10, 3))


# ── Half-truths ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "half",
    [
        {"state": "granted"}, {"state": "withdrawn"}, {"state": "lost"}, {"claim": ""},
        {"kind": "appeal"}, {"decided_at": timezone.now()}, {"withdrawn_at": timezone.now()},
    ],
)  # fmt: skip
def test_the_database_refuses_half_truths(actor: Actors, half: dict[str, object]) -> None:
    made = applied(told(actor), actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=made.pk).update(**half)


def test_a_card_says_until_when_and_that_it_is_over(actor: Actors) -> None:
    kept = told(actor)
    right = right_of(part(kept), kept.apply_until or date.min)
    assert right is not None
    assert (right.is_open, right.left.days) == (True, 0)
    late = right_of(part(kept), (kept.apply_until or date.min) + timedelta(days=1))
    assert late is not None
    assert not late.is_open


def test_an_objection_never_names_what_it_does_not_know(actor: Actors) -> None:
    made = applied(told(actor), actor, Objection("<script>", "a" * 200, "1.1"))
    assert str(made) == "云溪镇 按时报送 复核"
