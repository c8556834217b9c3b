"""Does the example county have something to answer, something late, and something signed?"""

from collections.abc import Callable

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.notices.example import load_example
from jixiao.notices.queries import late_receipts, opinions_waiting, published_opinions
from jixiao.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_one_unit_is_late_one_has_signed_and_opinions_wait(actor: Callable[..., Actor]) -> None:
    signs, late = UnitFactory(), UnitFactory()
    liaison = actor(Role.LIAISON, key=signs.pk)
    today = timezone.localdate()
    load_example([liaison], office=actor(Role.OFFICE), signers={signs.pk: liaison}, today=today)
    assert [each.receipt.unit for each in late_receipts(today)] == [late]
    waiting = opinions_waiting(today)
    assert (len(waiting), waiting[0].waited.days >= waiting[-1].waited.days) == (3, True)
    assert published_opinions().count() == 2
