"""Which half-truths about matters does the database refuse?"""

from typing import Any

import pytest
from django.utils import timezone

from jixiao.events.tests.factories import MatterFactory, ObjectionFactory
from jixiao.rectification.tests.test_constraints import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    "changed",
    [
        {"matter": ""},
        {"level": ""},
        {"share": 0},
        {"share": "1.5"},
        {"times": 0},
        {"state": "counted"},
        {"state": "checked"},  # nobody checked it
        {"state": "noticed"},
        {"state": "signed"},
        {"state": "rejected"},  # without reason
        {"checked_at": NOW},
        {"signer": "宋远"},
        {"notice_from": "2026-03-01"},
        {"restored_at": NOW},
    ],
)
def test_half_truths_about_a_matter(changed: dict[str, Any]) -> None:
    assert refused(MatterFactory(), **changed)


def test_whoever_entered_it_does_not_check_it_and_whoever_checked_it_does_not_sign() -> None:
    row = MatterFactory(state="signed")
    assert refused(row, applied_by=row.checked_by)
    assert refused(row, checked_by=row.signed_by)


@pytest.mark.parametrize(
    "changed", [{"text": ""}, {"who": ""}, {"answer": "不实"}, {"is_upheld": True}]
)
def test_half_truths_about_an_objection(changed: dict[str, Any]) -> None:
    assert refused(ObjectionFactory(), **changed)
