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
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Notice
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, PostFactory
from jixiao.periods import workdays
from jixiao.rectification.actions import Handed
from jixiao.results.actions import (
    Decision,
    Objection,
    Terms,
    Value,
    appeal_decision,
    apply_review,
    decide_review,
    notify_units,
    register_appeal,
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
    granted,
    lead,
    part,
    told,
    upheld,
)
from jixiao.visits.models import Record, Seat
from jixiao.visits.tests.factories import CorrectionFactory, EntryFactory
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


# ── Deciding: by whom ──────────────────────────────────────────────────────────────────────


def decider(actor: Actors) -> tuple[Actor, Account]:
    by = actor(Role.OFFICE)
    return by, account_of(by)


@pytest.mark.parametrize("how", ["recorded", "entered", "corrected", "visited"])
def test_nobody_who_had_a_hand_in_the_mark_decides_about_it(actor: Actors, how: str) -> None:
    made = applied(told(actor), actor)
    by, account = decider(actor)
    record = Record.objects.get(visit__name="云溪镇", code="1.2")
    match how:
        case "recorded":
            Record.objects.filter(pk=record.pk).update(saved_by=account)
        case "entered":
            EntryFactory(record=record, received_by=account)
        case "corrected":
            CorrectionFactory(record=record, corrected_by=account)
        case _:
            person = Seat.objects.filter(team=record.visit.team)[0].person
            person.account = account
            person.save()
    with pytest.raises(RefusedError, match="由没有评这一项的人决定"):
        decide_review(made, by=by, decision=REJECTED)


def test_whoever_recorded_another_item_may_decide(actor: Actors) -> None:
    made = applied(told(actor), actor)
    by, account = decider(actor)
    Record.objects.filter(visit__name="云溪镇", code="2.1").update(saved_by=account)
    assert decide_review(made, by=by, decision=REJECTED).decided_by_id == by.account_id


def test_about_the_total_nobody_decides_who_marked_anything_of_the_unit(actor: Actors) -> None:
    made = applied(told(actor), actor, replace(ASKED, code=""))
    by, account = decider(actor)
    Record.objects.filter(visit__name="云溪镇", code="2.1").update(saved_by=account)
    with pytest.raises(RefusedError, match="由没有评这一项的人决定"):
        decide_review(made, by=by, decision=REJECTED)


def test_whoever_scored_does_not_decide(actor: Actors) -> None:
    office = actor(Role.OFFICE)
    kept = score_rounds(marked().version_of, by=office, name="年终评估")
    kept = notify_units(review_result(kept, by=actor(Role.OFFICE_HEAD)), by=office)
    with pytest.raises(RefusedError, match="由计分人以外的人决定"):
        decide_review(applied(kept, actor), by=office, decision=REJECTED)


@pytest.mark.parametrize("where", ["there", "below"])
def test_nobody_decides_about_the_unit_in_which_they_work(actor: Actors, where: str) -> None:
    made = applied(told(actor), actor)
    by, account = decider(actor)
    unit = Unit.objects.get(name="云溪镇")
    if where == "below":
        unit = Unit.objects.create(
            name="党政办", kind="section", parent=unit, path=f"{unit.path}999/", since=unit.since
        )
    PostFactory(person=PersonFactory(account=account), unit=unit)
    with pytest.raises(RefusedError, match="不在这个单位任职"):
        decide_review(made, by=by, decision=REJECTED)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ASSESSOR, Role.PERSONNEL])
def test_only_the_office_decides(actor: Actors, role: Role) -> None:
    with pytest.raises(DeniedError):
        decide_review(applied(told(actor), actor), by=actor(role), decision=REJECTED)


def test_the_database_too_wants_another_person_to_decide(actor: Actors) -> None:
    made = decide_review(applied(told(actor), actor), by=actor(Role.OFFICE), decision=REJECTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=made.pk).update(decided_by=made.applied_by)


# ── Deciding: what ─────────────────────────────────────────────────────────────────────────


def test_a_granted_one_names_the_figure_before_and_after_and_the_unit_hears_of_it(
    actor: Actors,
) -> None:
    made = upheld(told(actor), actor)
    row = made.amendments.get()
    assert (row.column, row.before, row.after) == ("1.2", 80_000, 95_000)
    notice = Notice.objects.latest("pk")
    assert notice.title == "2026年年终评估复核决定：材料质量"
    assert not {"9.5", "95000", "8.0"} & {*notice.body.split()}
    assert notice.receipts.get().unit.name == "云溪镇"


def test_a_decision_is_decided_once(actor: Actors) -> None:
    made = upheld(told(actor), actor)
    with pytest.raises(RefusedError, match="现在是“成立”"):
        decide_review(made, by=actor(Role.OFFICE), decision=REJECTED)


@pytest.mark.parametrize("mark", [79_000, 0])
def test_nothing_gets_worse_because_a_unit_objected(actor: Actors, mark: int) -> None:
    made = applied(told(actor), actor)
    with pytest.raises(RefusedError, match="不因申请复核而加重扣分"):
        decide_review(made, by=actor(Role.OFFICE), decision=granted(mark))
    made.refresh_from_db()
    assert (made.is_open, made.amendments.count()) == (True, 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((Value("1.2", 100_001),), "不能高于10"),
        ((Value("1.2", -1),), "不能低于0"),
        ((Value("2.1", 600_000),), "没有“2.1”这个数"),
        ((Value("1.2", 95_000, "h1"),), "没有“1.2”这个数"),
        ((Value("1.2", 80_000),), "要写出更正后的数"),
        ((), "要写出更正后的数"),
    ],
)
def test_figures_are_checked_like_everywhere(
    actor: Actors, values: tuple[Value, ...], words: str
) -> None:
    made = applied(told(actor), actor)
    with pytest.raises(RefusedError, match=words):
        decide_review(made, by=actor(Role.OFFICE), decision=replace(granted(), values=values))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " "}, "请写明理由"),
        ({"basis": ""}, "请写明依据"),
        ({"outcome": ReviewState.REJECTED}, "不成立的不更正数据"),
        ({"outcome": ReviewState.WITHDRAWN}, "请选成立"),
    ],
)
def test_a_decision_has_a_reason_and_a_basis(
    actor: Actors, said: dict[str, str], words: str
) -> None:
    made = applied(told(actor), actor)
    with pytest.raises(RefusedError, match=words):
        decide_review(made, by=actor(Role.OFFICE), decision=replace(granted(), **said))


def test_about_the_total_any_figure_of_the_unit_may_be_put_right(actor: Actors) -> None:
    made = applied(told(actor), actor, replace(ASKED, code=""))
    values = (Value("迟报", 10_000), Value("2.1", 560_000))
    decision = Decision(ReviewState.PARTLY, "一次不算迟报", "办法第八条", values)
    assert decide_review(made, by=actor(Role.OFFICE), decision=decision).amendments.count() == 2


def test_the_trail_keeps_marks_to_itself(actor: Actors) -> None:
    upheld(told(actor), actor)
    entry = Event.objects.get(action="results.decide_review")
    assert "95000" not in str(entry.changes)
    assert "查到原件" not in str(entry.changes)


# ── Appealing ──────────────────────────────────────────────────────────────────────────────


def rejected(kept: SealedResult, actor: Actors, by: Actor) -> Review:
    return decide_review(applied(kept, actor), by=by, decision=REJECTED)


def test_an_appeal_is_registered_by_somebody_else_for_the_committee(actor: Actors) -> None:
    head = actor(Role.OFFICE_HEAD)
    first = rejected(told(actor), actor, head)
    made = appeal_decision(first, by=lead(actor), claim="原件在另一卷", asked="改正")
    with pytest.raises(RefusedError, match="由作出复核决定以外的人登记"):
        register_appeal(made, by=head, decision=granted())
    with pytest.raises(RefusedError, match="申诉由委员会决定后登记"):
        decide_review(made, by=actor(Role.OFFICE), decision=granted())
    with pytest.raises(DeniedError):
        register_appeal(made, by=actor(Role.OFFICE), decision=granted())
    done = register_appeal(made, by=actor(Role.OFFICE_HEAD), decision=granted())
    assert (done.state, done.appeal_until, done.amendments.count()) == ("granted", None, 1)


def test_a_review_is_not_registered_as_an_appeal(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="这是复核"):
        register_appeal(applied(told(actor), actor), by=actor(Role.OFFICE_HEAD), decision=REJECTED)


def test_after_the_day_the_decision_stands(actor: Actors) -> None:
    first = rejected(told(actor), actor, actor(Role.OFFICE))
    Review.objects.filter(pk=first.pk).update(appeal_until=YESTERDAY)
    with pytest.raises(RefusedError, match=r"申诉的期限.*已过，复核决定生效"):
        appeal_decision(first, by=lead(actor), claim="不服", asked="改正")


def test_there_is_one_appeal(actor: Actors) -> None:
    first = rejected(told(actor), actor, actor(Role.OFFICE))
    appeal_decision(first, by=lead(actor), claim="不服", asked="改正")
    with pytest.raises(RefusedError, match="已经申诉过"):
        appeal_decision(first, by=lead(actor), claim="不服", asked="改正")


def test_before_a_decision_there_is_nothing_to_appeal_against(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="现在是“办理中”"):
        appeal_decision(applied(told(actor), actor), by=lead(actor), claim="不服", asked="改正")


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
