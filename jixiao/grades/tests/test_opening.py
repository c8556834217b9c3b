"""Do the tables of an appraisal come from the county's books, each person once?"""

from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.core.errors import RefusedError
from jixiao.grades.actions import open_campaign
from jixiao.grades.models import Campaign, Grade
from jixiao.grades.states import Category, Standing
from jixiao.grades.tests.conftest import PEOPLE, TODAY, Lay, plan
from jixiao.org.models import Unit
from jixiao.org.states import Kind
from jixiao.org.tests.factories import PersonFactory, PostFactory, SectionFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_everybody_in_the_unit_is_listed_and_leading_cadres_are_graded_above(lay: Lay) -> None:
    table = lay()
    standings = list(table.grades.values_list("standing", flat=True))
    assert standings.count(Standing.GRADED) == PEOPLE
    assert standings[0] == Standing.ABOVE


def test_sections_count_with_their_unit_and_say_where_somebody_works(lay: Lay, unit: Unit) -> None:
    section = SectionFactory(name="党政办公室", parent=unit)
    PostFactory(person=PersonFactory(name="蒋振华"), unit=section, title="主任")
    assert lay().grades.get(person__name="蒋振华").post == "党政办公室 主任"


def test_somebody_with_two_posts_is_in_the_table_of_the_full_time_one(lay: Lay, unit: Unit) -> None:
    person = PersonFactory(name="两职")
    PostFactory(person=person, unit=UnitFactory(), is_full_time=False)
    PostFactory(person=person, unit=unit)
    lay()
    assert Grade.objects.get(person=person).table.unit == unit


def test_who_left_before_the_day_or_came_after_it_is_not_listed(lay: Lay, unit: Unit) -> None:
    PostFactory(person__name="走了", unit=unit, until=date(2026, 6, 30))
    PostFactory(person__name="未到", unit=unit, since=date(2027, 1, 1))
    assert not lay().grades.filter(person__name__in=("走了", "未到")).exists()


def test_staff_of_public_institutions_have_their_own_appraisal(
    personnel: Actor, unit: Unit
) -> None:
    centre = SectionFactory(name="农技中心", parent=unit, kind=Kind.SUBORDINATE)
    PostFactory(person__name="方子涵", unit=centre)
    campaign = open_campaign(plan(category=Category.STAFF), by=personnel)
    assert campaign.grades == ("优秀", "合格", "基本合格", "不合格")
    assert Grade.objects.get(table__campaign=campaign).person.name == "方子涵"


def test_stationed_units_and_villages_are_not_of_this_county_s_making(
    personnel: Actor, unit: Unit
) -> None:
    PostFactory(unit=UnitFactory(kind=Kind.STATIONED))
    PostFactory(unit=SectionFactory(kind=Kind.VILLAGE, parent=unit))
    campaign = open_campaign(plan(), by=personnel)
    assert [each.unit for each in campaign.tables.all()] == [unit]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"period": " "}, "考核期"),
        ({"due_on": date(2026, 1, 1)}, "不能早于"),
        ({"share": 2_600}, "比例"),
        ({"share": 0}, "比例"),
        ({"cap": 10_001}, "比例"),
        ({"on": date(2001, 1, 1), "due_on": TODAY}, "没有这一类人员"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_with_nothing_written(
    lay: Lay, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        lay(**changes)
    assert not Campaign.objects.exists()


def test_one_period_is_laid_out_once(lay: Lay) -> None:
    lay()
    with pytest.raises(RefusedError, match="已经布置过"):
        lay()
