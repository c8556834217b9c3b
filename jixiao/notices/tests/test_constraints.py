"""Which half-truths about opinions, notices and years does the database refuse?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from jixiao.notices.tests.factories import NoticeFactory, OpinionFactory, ReceiptFactory
from jixiao.periods.tests.factories import CycleFactory, StageFactory

pytestmark = pytest.mark.django_db


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
        {"state": "answered"},  # without answer
        {"answer": "好"},  # an answer that nobody gave
        {"answered_at": timezone.now()},
        {"seen_at": timezone.now()},  # seen before it was given
        {"kind": "praise"},
        {"state": "lost"},
    ],
)
def test_an_opinion_is_answered_by_somebody_or_not_at_all(changed: dict[str, Any]) -> None:
    assert refused(OpinionFactory(), **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "published"},
        {"published_at": timezone.now()},
        {"answer": ""},
        {"state": "waiting"},
    ],
)
def test_an_answered_opinion_keeps_its_answer_and_is_published_by_somebody(
    changed: dict[str, Any],
) -> None:
    assert refused(OpinionFactory(answered=True), **changed)


@pytest.mark.parametrize(
    "changed", [{"read_at": timezone.now()}, {"acknowledged_at": timezone.now()}]
)
def test_a_receipt_is_read_and_signed_by_somebody(changed: dict[str, Any]) -> None:
    assert refused(ReceiptFactory(), **changed)


def test_a_notice_with_a_day_needs_a_signature() -> None:
    assert refused(NoticeFactory(due=3), needs_sign=False)


def test_a_step_does_not_end_before_it_begins_and_is_there_once() -> None:
    stage = CycleFactory().stages.all()[0]
    assert refused(stage, until=stage.since - timedelta(days=1))
    with pytest.raises(IntegrityError):
        StageFactory(cycle=stage.cycle, kind=stage.kind)
