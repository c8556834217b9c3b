"""Has the example county a year that was graded, and a quarter under way?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.grades.example import FAILED, STAFF, Hands, enter_people, load_example
from jixiao.grades.models import Grade, GradeReview, UnitTable
from jixiao.grades.states import CampaignKind, ReviewState, Signature, Standing, TableState
from jixiao.org.models import Person
from jixiao.org.tests.factories import PersonFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 14)


@pytest.fixture
def loaded(actor: Callable[..., Actor]) -> None:
    units = {name: UnitFactory(name=name, group="乡镇") for name in STAFF}
    enter_people(actor(Role.OFFICE))
    cadre = actor(Role.CADRE, key=units["云溪镇"].pk)
    PostFactory(
        person=PersonFactory(name="蒋振华", account_id=cadre.account_id), unit=units["云溪镇"]
    )
    failed = actor(Role.CADRE, key=units["财政局"].pk)
    Person.objects.filter(name=FAILED).update(account=failed.account_id)
    leads = {name: actor(Role.UNIT_LEAD, key=unit.pk) for name, unit in units.items()}
    hands = Hands(actor(Role.PERSONNEL), actor(Role.PERSONNEL), leads, cadre, failed)
    load_example(hands, today=TODAY)


@pytest.mark.usefixtures("loaded")
def test_last_year_has_somebody_without_grade_without_signature_and_with_a_review() -> None:
    annual = Grade.objects.filter(table__campaign__kind=CampaignKind.ANNUAL)
    assert annual.filter(standing=Standing.PROBATION).count() == 1
    assert [str(each.person) for each in annual.filter(signature=Signature.NONE)] == ["蒋振华"]
    assert GradeReview.objects.get().state == ReviewState.CHANGED
    assert annual.get(person__name=FAILED).final == "基本称职"


@pytest.mark.usefixtures("loaded")
def test_this_year_s_third_quarter_is_being_filled_in() -> None:
    tables = UnitTable.objects.filter(campaign__kind=CampaignKind.ROUTINE)
    states = set(tables.values_list("state", flat=True))
    assert states == {TableState.DRAFTING, TableState.SUBMITTED}


@pytest.mark.usefixtures("loaded")
def test_nothing_of_last_year_happened_after_today() -> None:
    assert not UnitTable.objects.filter(notified_at__date__gt=TODAY).exists()
    assert not GradeReview.objects.filter(decided_at__date__gt=TODAY).exists()
