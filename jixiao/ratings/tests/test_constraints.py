"""Which half-truths about polls does the database refuse?"""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.ratings.models import PaperBatch, Poll, Rater, Tally

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
        {"state": "lost"},
        {"kind": "lost"},
        {"state": "closed"},  # nobody closed it
        {"state": "planned"},  # though somebody opened it
        {"state": "withdrawn"},
        {"closed_at": NOW},
        {"minimum": 2},
        {"ballots": 0},
        {"name": ""},
        {"closes_on": "2026-01-01"},
    ],
)
def test_a_poll_is_what_somebody_made_it(poll: Poll, changed: dict[str, Any]) -> None:
    assert refused(poll, **changed)


def test_whoever_closed_it_has_not_accepted_it(accepted: Poll) -> None:
    assert refused(accepted, accepted_by=F("closed_by"))


def test_nobody_has_cast_more_than_allowed_and_everybody_is_somebody(poll: Poll) -> None:
    rater = Rater.objects.filter(poll=poll).first()
    assert rater is not None
    assert refused(rater, cast=2)
    assert refused(rater, unit=None)
    assert refused(rater, account=poll.planned_by)


def test_votes_are_never_below_nought(poll: Poll) -> None:
    tally = Tally.objects.filter(rated__poll=poll).first()
    assert tally is not None
    assert refused(tally, votes=-1)


def test_papers_are_some_and_checked_by_another(poll: Poll, office: Actor) -> None:
    batch = PaperBatch.objects.create(poll=poll, papers=5, entered_by_id=office.account_id)
    assert refused(batch, papers=0)
    assert refused(batch, checked_at=NOW)
    assert refused(batch, checked_at=NOW, checked_by=F("entered_by"))
