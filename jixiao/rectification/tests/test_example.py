"""Has the example county findings in every state?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.tests.factories import UnitFactory
from jixiao.rectification.example import LETTERS, TOLD, load_example
from jixiao.rectification.models import Case, Reminder
from jixiao.rectification.queries.cases import is_late
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def load(actor: Callable[..., Actor], today: date) -> None:
    names = {each.unit for each in TOLD} | {name for name, *_ in LETTERS}
    units = [UnitFactory(name=name, group="乡镇") for name in sorted(names)]
    answers = {unit.pk: actor(Role.LIAISON, key=unit.pk) for unit in units}
    office, head = actor(Role.OFFICE), actor(Role.OFFICE_HEAD)
    load_example(office, office=office, verifier=head, answers=answers, today=today)


def test_there_is_one_of_every_state_late_and_repeated_ones_too(
    actor: Callable[..., Actor],
) -> None:
    load(actor, TODAY)
    states = set(Case.objects.values_list("state", flat=True))
    assert states == set(CaseState) - {CaseState.NOTED}
    assert Case.objects.filter(is_late(TODAY)).count() == 2
    assert Case.objects.filter(repeats__isnull=False).count() == 1
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent", "settled"}
    assert not Case.objects.filter(found_at__date__gt=TODAY).exists()
