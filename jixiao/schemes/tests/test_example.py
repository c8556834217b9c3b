"""Is the example county's scheme in force, and next year's draft as a newcomer should meet it?"""

import pytest

from jixiao.access.actor import Actor
from jixiao.schemes.example import load_example
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.queries import health
from jixiao.schemes.states import State

pytestmark = pytest.mark.django_db


def test_one_is_in_force_and_the_next_has_one_must_and_two_reminders(
    office: Actor, head: Actor
) -> None:
    load_example(office, approver=head)
    draft, published = SchemeVersion.objects.order_by("-year")
    assert (draft.state, published.state) == (State.DRAFT, State.PUBLISHED)
    assert published.submitted_by_id != published.approved_by_id
    found = health(draft)
    assert ([each.rule for each in found.musts], len(found.reminders)) == (["groundless"], 2)
    assert found.before is not None
    assert found.burden.minutes < found.before.minutes
    assert health(published).findings == ()
