"""Which half-truths about findings and reminders does the database refuse?"""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.factories import (
    CaseFactory,
    CaseStepFactory,
    ReminderFactory,
    ReplyFactory,
)

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
        {"fact": ""},
        {"points": 0},
        {"points": -5},
        {"state": "lost"},
        {"state": "told"},  # nobody told it
        {"told_at": NOW},
        {"closed_at": NOW},
        {"given_back_at": NOW},
    ],
)
def test_a_noted_finding_is_told_by_somebody_or_not_at_all(changed: dict[str, Any]) -> None:
    assert refused(CaseFactory(), **changed)


@pytest.mark.parametrize("changed", [{"due_on": None}, {"opinion": ""}, {"state": "closed"}])
def test_what_was_told_has_a_day_and_an_opinion_and_is_closed_by_somebody(
    changed: dict[str, Any],
) -> None:
    assert refused(CaseFactory(state=CaseState.TOLD), **changed)


@pytest.mark.parametrize(
    "changed", [{"state": "settled"}, {"settled_at": NOW}, {"state": "lost"}, {"number": "一号"}]
)
def test_a_reminder_is_settled_by_somebody_and_its_number_is_its_own(
    changed: dict[str, Any],
) -> None:
    ReminderFactory(number="一号")
    assert refused(ReminderFactory(), **changed)


def test_a_reply_says_something_and_is_sent_back_by_somebody() -> None:
    assert refused(ReplyFactory(), text="")
    assert refused(ReplyFactory(), sent_back_at=NOW)


def test_a_step_is_of_a_known_kind() -> None:
    assert refused(CaseStepFactory(), kind="forget")
