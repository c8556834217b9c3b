"""Which half-truths about grades does the database refuse, whoever writes them?"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jixiao.grades.models import Campaign, Grade, GradeReview, Objection, UnitTable
from jixiao.grades.states import ReviewState, Signature, Standing, TableState
from jixiao.grades.tests.factories import (
    CampaignFactory,
    GradeFactory,
    GradeReviewFactory,
    ObjectionFactory,
    UnitTableFactory,
)
from jixiao.notices.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def refused(model: type, pk: int, **said: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=pk).update(**said)  # type: ignore[attr-defined]


def test_shares_are_in_order_and_no_more_than_everybody() -> None:
    made = CampaignFactory()
    for said in ({"share": 2_100}, {"most": 2_600}, {"cap": 10_001}):
        refused(Campaign, made.pk, **said)


def test_a_table_is_as_far_as_its_dates_say_and_approved_by_another() -> None:
    made = UnitTableFactory(state=TableState.APPROVED)
    for said in (
        {"approved_at": None}, {"approved_by": made.submitted_by}, {"base": None},
        {"state": TableState.DRAFTING}, {"raised": 2_500}, {"state": TableState.PUBLIC},
        {"notice_from": timezone.localdate()}, {"notified_by": AccountFactory()}, {"state": "样"},
    ):  # fmt: skip
        refused(UnitTable, made.pk, **said)


def test_a_final_grade_has_somebody_who_decided_and_a_reason() -> None:
    made = GradeFactory(final="称职")
    for said in (
        {"decided_by": None}, {"reason": ""}, {"decided_at": None, "decided_by": None},
        {"standing": Standing.PROBATION}, {"standing": Standing.SECONDED},
        {"signature": Signature.AGREES}, {"signed_at": timezone.now()}, {"proposed_at": None},
    ):  # fmt: skip
        refused(Grade, made.pk, **said)


def test_a_refusal_has_witnesses_and_a_different_opinion_has_words() -> None:
    made = GradeFactory(final="称职", signed_at=timezone.now(), signed_by=AccountFactory(),
                        signature=Signature.AGREES)  # fmt: skip
    refused(Grade, made.pk, signature=Signature.REFUSED)
    refused(Grade, made.pk, signature=Signature.DISAGREES)


def test_nobody_decides_the_own_review_or_settles_the_own_objection() -> None:
    review, objection, now = GradeReviewFactory(), ObjectionFactory(), timezone.now()
    told = {"decided_at": now, "decision": "维持", "state": ReviewState.KEPT}
    refused(GradeReview, review.pk, decided_by=review.applied_by, **told)
    refused(GradeReview, review.pk, **told)
    refused(GradeReview, review.pk, after="称职")
    refused(Objection, objection.pk, finding="查", settled_at=now, settled_by=objection.said_by)
    refused(Objection, objection.pk, settled_at=now + timedelta(1), settled_by=AccountFactory())
