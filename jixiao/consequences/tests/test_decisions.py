"""Is everything about a person decided by a person, by the right one, with a reason, and never by itself?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.consequences.actions import (
    decide_again,
    decide_person,
    draw_up,
    propose_person,
    tell_person,
    withdraw_proposal,
)
from jixiao.consequences.models import ListedUnit, Listing, PersonalDecision
from jixiao.consequences.queries.desk import waiting
from jixiao.consequences.queries.people import responsible, told_to
from jixiao.consequences.queries.ways import ways
from jixiao.consequences.states import DecisionState, Verdict
from jixiao.consequences.tests.conftest import LAST, entries
from jixiao.core.errors import RefusedError
from jixiao.org.models import Person, Unit
from jixiao.org.states import DutyRole, Rank
from jixiao.org.tests.factories import DutyFactory, PersonFactory, PostFactory
from jixiao.results.models import SealedResult
from jixiao.visits.tests.factories import TieFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(entry: ListedUnit, lead: Person, office: Actor) -> PersonalDecision:
    """Proposed by the office."""
    return propose_person(entry, by=office, person=lead, proposal="约谈，一年内不评先")


@pytest.fixture
def applied(matter: PersonalDecision, personnel: Actor) -> PersonalDecision:
    """Decided by the personnel office."""
    return decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason="连续末位")


def flag(decision: PersonalDecision, office: Actor) -> None:
    """The unit is no longer on a list in force."""
    Listing.objects.filter(pk=decision.entry.listing_id).update(state="superseded")
    PersonalDecision.objects.filter(pk=decision.pk).update(
        flagged_at=decision.proposed_at, flagged_by=office.account_id,
        before="总分列组内第12名", after="不在名单上",
    )  # fmt: skip
    decision.refresh_from_db()


# ── Proposed by a person ───────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("drawn", "lead")
def test_drawing_up_proposes_nobody() -> None:
    assert not PersonalDecision.objects.exists()


def test_those_who_answered_for_the_unit_are_offered_with_what_they_did(
    entry: ListedUnit, lead: Person
) -> None:
    unit = Unit.objects.get(name=LAST)
    head = PersonFactory(name="镇长", rank=Rank.SECTION_HEAD)
    PostFactory(unit=unit, person=head, title="镇长", since=date(2024, 1, 1))
    PostFactory(unit=unit, title="科员", since=date(2024, 1, 1), person__rank=Rank.STAFF)
    gone = PersonFactory(name="早已调离")
    DutyFactory(
        unit=unit, person=gone, role=DutyRole.HEAD, since=date(2020, 1, 1), until=date(2025, 12, 31)
    )
    found = {each.person.name: each.words for each in responsible(entry)}
    assert found == {lead.name: "科员，分管人", "镇长": "镇长"}


def test_somebody_without_a_duty_there_is_refused(entry: ListedUnit, office: Actor) -> None:
    with pytest.raises(RefusedError, match="没有在这个单位任职"):
        propose_person(entry, by=office, person=PersonFactory(), proposal="约谈")


def test_nobody_is_proposed_twice_on_one_ground(matter: PersonalDecision, office: Actor) -> None:
    with pytest.raises(RefusedError, match="已经提出"):
        propose_person(matter.entry, by=office, person=matter.person, proposal="再约谈")


@pytest.mark.usefixtures("drawn")
def test_a_list_about_units_concerns_no_person(lead: Person, office: Actor) -> None:
    with pytest.raises(RefusedError, match="只针对单位"):
        propose_person(
            entries("个人年度考核优秀比例")[LAST], by=office, person=lead, proposal="优秀"
        )


def test_what_was_proposed_can_be_taken_back_until_it_is_decided(
    matter: PersonalDecision, office: Actor, personnel: Actor
) -> None:
    gone = withdraw_proposal(matter, by=office, reason="弄错了人")
    assert gone.state == DecisionState.WITHDRAWN
    with pytest.raises(RefusedError, match="撤回提出"):
        decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason="末位")


# ── Decided by another person ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verdict", Verdict)
def test_a_person_applies_declines_or_postpones_with_a_reason(
    matter: PersonalDecision, personnel: Actor, verdict: Verdict
) -> None:
    done = decide_person(matter, by=personnel, verdict=verdict, reason="已经作过说明")
    assert (done.state, done.decided_by_id) == (verdict, personnel.account_id)
    last = done.steps.last()
    assert last is not None
    assert last.text == f"{verdict.label}：已经作过说明"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_decision_without_reason_is_refused(
    matter: PersonalDecision, personnel: Actor, reason: str
) -> None:
    with pytest.raises(RefusedError, match="理由"):
        decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason=reason)


def test_the_office_proposes_and_does_not_decide(
    matter: PersonalDecision, office: Actor, head: Actor
) -> None:
    for each in (office, head):
        with pytest.raises(DeniedError):
            decide_person(matter, by=each, verdict=Verdict.APPLIED, reason="末位")


def test_nobody_decides_what_he_proposed(matter: PersonalDecision, personnel: Actor) -> None:
    PersonalDecision.objects.filter(pk=matter.pk).update(proposed_by=personnel.account_id)
    with pytest.raises(RefusedError, match="提出、开列名单以外的人"):
        decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason="末位")


def test_nobody_decides_about_himself(matter: PersonalDecision, personnel: Actor) -> None:
    Person.objects.filter(pk=matter.person_id).update(account=personnel.account_id)
    with pytest.raises(RefusedError, match="本人的事项由其他人决定"):
        decide_person(matter, by=personnel, verdict=Verdict.DECLINED, reason="不该")


@pytest.mark.parametrize("how", ["post", "section", "tie"])
def test_nobody_decides_about_the_own_unit_or_one_he_is_tied_to(
    matter: PersonalDecision, personnel: Actor, how: str
) -> None:
    own = PersonFactory(account=Account.objects.get(pk=personnel.account_id))
    unit = Unit.objects.get(name=LAST)
    if how == "tie":
        TieFactory(person=own, unit=unit)
    else:
        below = Unit.objects.create(
            name="办公室", kind="section", parent=unit, since=unit.since, search=""
        )
        Unit.objects.filter(pk=below.pk).update(path=f"{unit.path}{below.pk}/")
        PostFactory(person=own, unit=unit if how == "post" else below)
    with pytest.raises(RefusedError, match="请其他人决定"):
        decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason="末位")


def test_nothing_is_decided_while_the_run_is_not_in_force(
    matter: PersonalDecision, personnel: Actor
) -> None:
    SealedResult.objects.update(state="superseded")
    with pytest.raises(RefusedError, match="等县绩效办按审定的结果重新开列"):
        decide_person(matter, by=personnel, verdict=Verdict.APPLIED, reason="末位")


def test_a_decision_is_not_silently_made_twice(applied: PersonalDecision, personnel: Actor) -> None:
    with pytest.raises(RefusedError, match="适用"):
        decide_person(applied, by=personnel, verdict=Verdict.DECLINED, reason="改主意")


# ── Changed ground ─────────────────────────────────────────────────────────────────────────


def test_what_is_flagged_waits_first_and_is_decided_again_with_the_old_one_kept(
    applied: PersonalDecision, office: Actor, personnel: Actor
) -> None:
    flag(applied, office)
    assert [each.pk for each in waiting(personnel).rows] == [applied.pk]
    done = decide_again(applied, by=personnel, verdict=Verdict.DECLINED, reason="已无依据")
    assert (done.state, done.is_flagged) == (DecisionState.DECLINED, False)
    said = "".join(done.steps.values_list("text", flat=True))
    assert "适用：连续末位" in said
    assert "不适用：已无依据" in said


def test_without_a_ground_nothing_can_be_applied(
    applied: PersonalDecision, office: Actor, personnel: Actor
) -> None:
    flag(applied, office)
    with pytest.raises(RefusedError, match="没有依据，不能适用"):
        decide_again(applied, by=personnel, verdict=Verdict.APPLIED, reason="还是要")


def test_an_objection_of_the_person_can_lead_to_another_decision(
    applied: PersonalDecision, personnel: Actor
) -> None:
    told = tell_person(applied, by=personnel, note="当面送达")
    done = decide_again(told, by=personnel, verdict=Verdict.DECLINED, reason="本人异议成立")
    assert (done.state, done.told_at) == (DecisionState.DECLINED, None)


def test_a_new_list_of_the_same_ground_becomes_the_ground_of_the_next_decision(
    applied: PersonalDecision, personnel: Actor, office: Actor
) -> None:
    Listing.objects.filter(name="约谈主要负责人").update(basis="旧条款")
    draw_up(applied.entry.listing.result, by=office)
    applied.refresh_from_db()
    assert applied.is_flagged
    done = decide_again(applied, by=personnel, verdict=Verdict.APPLIED, reason="按新条款仍适用")
    assert done.entry == entries("约谈主要负责人")[LAST]


# ── Told ───────────────────────────────────────────────────────────────────────────────────


def test_the_person_sees_the_decision_once_told(
    applied: PersonalDecision, personnel: Actor, actor: Callable[..., Actor]
) -> None:
    own = actor(Role.CADRE, key=Unit.objects.get(name=LAST).pk)
    Person.objects.filter(pk=applied.person_id).update(account=own.account_id)
    assert told_to(own) == []
    tell_person(applied, by=personnel)
    assert [each.pk for each in told_to(own)] == [applied.pk]


def test_what_is_not_decided_or_stands_on_changed_ground_is_not_told(
    applied: PersonalDecision, matter: PersonalDecision, personnel: Actor, office: Actor
) -> None:
    flag(applied, office)
    with pytest.raises(RefusedError, match="先重新决定"):
        tell_person(applied, by=personnel)
    assert matter.pk == applied.pk


def test_ones_own_matter_waits_for_somebody_else(
    matter: PersonalDecision, personnel: Actor
) -> None:
    assert len(waiting(personnel).rows) == 1
    Person.objects.filter(pk=matter.person_id).update(account=personnel.account_id)
    assert waiting(personnel).rows == ()


def test_the_ways_say_what_is_missing(matter: PersonalDecision, personnel: Actor) -> None:
    SealedResult.objects.update(state="superseded")
    matter.entry.listing.result.refresh_from_db()
    way = ways(matter, personnel)[0]
    assert (way.move.name, way.is_open) == ("decide", False)


@pytest.mark.usefixtures("applied")
def test_the_audit_says_that_it_was_decided_but_not_what_about_the_person() -> None:
    event = Event.objects.get(action="consequences.decide_person")
    assert "适用" in str(event.changes) or "applied" in str(event.changes)
    assert "连续末位" not in str(event.changes)
