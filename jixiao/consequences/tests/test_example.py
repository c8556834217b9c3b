"""Does the example county show lists, decisions of every kind, and one on changed ground?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.consequences.example import load_example
from jixiao.consequences.models import Listing, PersonalDecision
from jixiao.consequences.tests.conftest import LAST, result_of
from jixiao.org.models import Unit
from jixiao.org.states import DutyRole
from jixiao.org.tests.factories import DutyFactory
from jixiao.results.tests.conftest import Keep

pytestmark = pytest.mark.django_db


def test_lists_were_drawn_and_people_decided(
    keep: Keep, office: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    keep(result_of())
    DutyFactory(unit=Unit.objects.get(name=LAST), role=DutyRole.LEAD, since=date(2026, 1, 1))
    load_example(office=office, head=head, personnel=actor(Role.PERSONNEL))
    kinds = set(Listing.objects.in_force().values_list("kind", flat=True))
    assert {"honour", "sanction", "coefficient", "quota", "other"} <= kinds
    told, flagged = PersonalDecision.objects.order_by("id")
    assert (bool(told.told_at), told.is_flagged) == (True, False)
    assert (flagged.state, flagged.is_flagged) == ("applied", True)
