"""Is an objection decided by somebody who did not mark it, with a reason, and never to the unit's harm?"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Notice
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, PostFactory
from jixiao.results.actions import (
    Decision,
    Value,
    appeal_decision,
    decide_review,
    notify_units,
    register_appeal,
    review_result,
    score_rounds,
)
from jixiao.results.models import Review, SealedResult
from jixiao.results.states import ReviewState
from jixiao.results.tests.told import (
    ASKED,
    REJECTED,
    YESTERDAY,
    applied,
    granted,
    lead,
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
