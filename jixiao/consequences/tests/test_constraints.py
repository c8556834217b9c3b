"""Which half-truths about rules, lists and decisions does the database refuse?"""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from jixiao.consequences.models import Listing, PersonalDecision
from jixiao.consequences.tests.conftest import LAST, entries
from jixiao.consequences.tests.factories import (
    DecisionStepFactory,
    ListedUnitFactory,
    MeasureFactory,
    PersonalDecisionFactory,
)
from jixiao.notices.tests.factories import AccountFactory
from jixiao.results.models import SealedResult

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refused(row: Model, **changed: Any) -> bool:
    """Whether the database refuses these columns."""
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**changed)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "money"}, {"state": "lost"}, {"name": ""}, {"rule": ""}, {"document": ""},
        {"approved_at": NOW}, {"ended_at": NOW}, {"state": "in_force"}, {"state": "ended"},
        {"until": "2025-01-01"},
    ],
)  # fmt: skip
def test_a_rule_is_whole_and_in_force_only_when_checked(changed: dict[str, Any]) -> None:
    assert refused(MeasureFactory(), **changed)


def test_a_rule_is_not_checked_by_who_wrote_it() -> None:
    made = MeasureFactory()
    assert refused(made, approved_at=NOW, approved_by=made.written_by)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "money"}, {"state": "lost"}, {"amount": 5},
        {"amount": 5, "amount_at": NOW, "amount_document": "文"},
    ],
)  # fmt: skip
def test_a_list_has_no_amount_that_nobody_answers_for(
    drawn: SealedResult, changed: dict[str, Any]
) -> None:
    assert refused(Listing.objects.filter(result=drawn)[0], **changed)


def test_only_coefficients_have_an_amount(drawn: SealedResult) -> None:
    whole = {"amount": 5, "amount_at": NOW, "amount_by": AccountFactory(), "amount_document": "文"}
    listing = Listing.objects.filter(result=drawn)[0]
    assert refused(listing, **whole)
    assert not refused(listing, **whole, kind="coefficient")


def test_a_list_in_force_stands_once_and_is_replaced_by_nothing(drawn: SealedResult) -> None:
    one, two, _ = Listing.objects.filter(result=drawn)
    assert refused(two, name=one.name)
    assert refused(one, replaced_by=two)


@pytest.mark.parametrize(
    "changed", [{"reason": ""}, {"places": 30}, {"rate": None}, {"people": None}]
)
@pytest.mark.usefixtures("drawn")
def test_a_unit_on_a_list_has_a_reason_and_no_more_places_than_people(
    changed: dict[str, Any],
) -> None:
    assert refused(entries("个人年度考核优秀比例")["临港园区"], **changed)


@pytest.fixture
def waiting(drawn: SealedResult) -> PersonalDecision:
    """What is proposed about somebody."""
    assert drawn
    made: PersonalDecision = PersonalDecisionFactory(entry=entries("约谈主要负责人")[LAST])
    return made


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "lost"}, {"state": "applied"}, {"proposal": ""}, {"decided_at": NOW},
        {"flagged_at": NOW}, {"told_at": NOW},
    ],
)  # fmt: skip
def test_nothing_about_a_person_is_decided_flagged_or_told_by_nobody(
    waiting: PersonalDecision, changed: dict[str, Any]
) -> None:
    assert refused(waiting, **changed)


def test_a_decision_has_a_reason_and_is_not_the_proposers(waiting: PersonalDecision) -> None:
    other = AccountFactory()
    done = {"state": "applied", "decided_at": NOW, "decided_by": other, "reason": "末位"}
    assert refused(waiting, **{**done, "reason": ""})
    assert refused(waiting, **{**done, "decided_by": waiting.proposed_by})
    assert not refused(waiting, **done)


def test_a_flag_says_before_and_after(waiting: PersonalDecision) -> None:
    flag = {"flagged_at": NOW, "flagged_by": AccountFactory()}
    assert refused(waiting, **flag)
    assert not refused(waiting, **flag, before="在名单上", after="不在名单上")


def test_a_person_stands_once_on_one_ground(waiting: PersonalDecision) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalDecisionFactory(entry=waiting.entry, person=waiting.person)
    assert refused(DecisionStepFactory(decision=waiting), kind="forget")
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedUnitFactory(listing=waiting.entry.listing, part=waiting.entry.part)
