"""Who may say what about whom, and when may a table be handed in?"""

from collections.abc import Callable

import pytest

from jixiao.access.action import REGISTER
from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.access.queries import actor_of
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.grades.actions import (
    Filled,
    fill_table,
    grade_seconded,
    second_person,
    submit_table,
    take_in,
)
from jixiao.grades.models import Grade
from jixiao.grades.queries.tables import facts
from jixiao.grades.states import CampaignKind, RoutineRule, Standing, TableState
from jixiao.grades.tests.conftest import Lay, fill, fresh, own_rows
from jixiao.grades.tests.factories import GradeFactory
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_a_grade_and_a_situation_are_said_in_one_column(lay: Lay, lead: Actor) -> None:
    table = fill(lay(), lead, "优秀", "不定等次：试用期", "不参加：已调出，由新单位考核")
    first, second, third, *_ = own_rows(table)
    assert (first.proposed, first.standing) == ("优秀", Standing.GRADED)
    assert (second.proposed, second.standing) == ("", Standing.PROBATION)
    assert third.standing == Standing.MOVED
    assert (
        facts(table).head.words
        == "参加不定等次的 1 人计入，由组织部门确定的 1 人不计入，不参加的 1 人不计入"
    )


def test_places_follow_from_the_people_as_they_take_part(lay: Lay, lead: Actor) -> None:
    table = lay(counts_ungraded=False)
    assert facts(table).quota_now.words == "应参加 13 人 × 15% = 1.95 → 1 名（不足1名的舍去）"
    quota = facts(fill(table, lead, "不定等次：病事假累计超过半年")).quota_now
    assert quota.base == 12


def test_a_table_with_too_many_is_not_handed_in_and_the_arithmetic_is_told(
    lay: Lay, lead: Actor
) -> None:
    table = fill(lay(), lead, "优秀", "优秀")
    with pytest.raises(RefusedError, match="多出 1 名：应参加 13 人 × 15%"):
        submit_table(table, by=lead)
    assert fresh(table).state == TableState.DRAFTING


def test_a_table_with_gaps_is_not_handed_in_and_names_are_told(lay: Lay, lead: Actor) -> None:
    with pytest.raises(RefusedError, match="还没有提出等次：干部0、干部1、"):
        submit_table(lay(), by=lead)


def test_what_was_handed_in_keeps_its_places_and_is_closed_to_changes(
    lay: Lay, lead: Actor
) -> None:
    table = submit_table(fill(lay(), lead, "优秀"), by=lead)
    assert (table.base, table.rate, table.places) == (13, "15%", 1)
    with pytest.raises(RefusedError, match="不能再改"):
        fill(fresh(table), lead)


def test_nobody_proposes_the_own_grade(
    lay: Lay, unit: Unit, account: Callable[..., Account]
) -> None:
    table = lay()
    row = own_rows(table)[0]
    row.person.account = account(Role.LIAISON, key=unit.pk)
    row.person.save()
    with pytest.raises(RefusedError, match="由他人提出"):
        fill_table(table, by=actor_of(row.person.account), rows=[Filled(row.pk, "优秀")])


def test_leading_cadres_are_not_graded_by_their_unit(lay: Lay, lead: Actor) -> None:
    table = lay()
    above = table.grades.get(standing=Standing.ABOVE)
    with pytest.raises(RefusedError, match="由组织部门确定"):
        fill_table(table, by=lead, rows=[Filled(above.pk, "优秀")])


def test_unknown_grades_foreign_rows_and_seen_versions_are_refused(lay: Lay, lead: Actor) -> None:
    table = lay()
    row, stranger = own_rows(table)[0], GradeFactory()
    for filled, words in (
        (Filled(row.pk, "特优"), "没有“特优”"),
        (Filled(stranger.pk, "优秀"), "不在这张表里"),
        (Filled(row.pk, "优秀", base=9), "刚被别人改过"),
        (Filled(row.pk, "优秀", "长" * 501), "超过500字"),
    ):
        with pytest.raises(RefusedError, match=words):
            fill_table(table, by=lead, rows=[filled])


def test_another_unit_s_lead_may_not_fill_it_in(lay: Lay, actor: Callable[..., Actor]) -> None:
    stranger = actor(Role.UNIT_LEAD, key=UnitFactory().pk)
    with pytest.raises(DeniedError):
        fill(lay(), stranger)


def test_the_audit_says_that_a_grade_was_given_and_never_which(lay: Lay, lead: Actor) -> None:
    fill(lay(), lead, "优秀", rest="基本称职")
    event = Event.objects.filter(action="grades.fill_table").latest("id")
    told = str(event.changes)
    assert "干部0" in told
    assert "优秀" not in told
    assert "基本称职" not in told


# ── Taken in later, seconded ───────────────────────────────────────────────────────────────


def test_somebody_who_came_later_is_taken_in_by_the_post_that_the_books_know(
    lay: Lay, lead: Actor, unit: Unit
) -> None:
    table = lay()
    late = PostFactory(person__name="新来", unit=unit).person
    take_in(table, by=lead, person=late)
    assert table.grades.get(person=late).standing == Standing.GRADED
    with pytest.raises(RefusedError, match="没有任职"):
        take_in(table, by=lead, person=PersonFactory())


def test_somebody_is_in_two_tables_only_when_the_first_says_moved(
    lay: Lay, lead: Actor, unit: Unit
) -> None:
    before = PostFactory(person__name="调动", unit=UnitFactory(name="河口镇"))
    table = lay()
    PostFactory(person=before.person, unit=unit)
    with pytest.raises(RefusedError, match="还在河口镇的表里"):
        take_in(table, by=lead, person=before.person)
    Grade.objects.filter(person=before.person).update(standing=Standing.MOVED)
    take_in(table, by=lead, person=before.person)


def test_the_receiving_unit_grades_and_the_sending_unit_s_place_is_used(
    lay: Lay, lead: Actor, actor: Callable[..., Actor]
) -> None:
    host = UnitFactory(name="县信访局")
    there = actor(Role.UNIT_LEAD, key=host.pk)
    table = lay()
    row = own_rows(table)[0]
    second_person(row, by=lead, host=host)
    with pytest.raises(DeniedError):
        grade_seconded(Grade.objects.get(pk=row.pk), by=lead, value="优秀")
    grade_seconded(Grade.objects.get(pk=row.pk), by=there, value="优秀", comment="勤恳")
    found = facts(fresh(table))
    assert (found.chosen, found.head.base) == (1, 13)


def test_the_receiving_unit_may_not_touch_the_rest_of_the_row(
    lay: Lay, lead: Actor, actor: Callable[..., Actor]
) -> None:
    host = UnitFactory(name="县信访局")
    row = own_rows(lay())[0]
    second_person(row, by=lead, host=host)
    there = actor(Role.UNIT_LEAD, key=host.pk)
    with pytest.raises(DeniedError):
        second_person(Grade.objects.get(pk=row.pk), by=there, host=host)


# ── Routine grades feed the annual table ───────────────────────────────────────────────────


def routine(lay: Lay, lead: Actor, personnel: Actor, *, period: str, first: str) -> None:
    """A quarter that was decided; the first person got ``first``, the others 较好."""
    table = lay(
        kind=CampaignKind.ROUTINE, period=period, share=4_000, most=4_000, cap=4_000,
        notice_workdays=0,
    )  # fmt: skip
    submit_table(fill(table, lead, first, rest="较好"), by=lead)
    REGISTER["grades.approve_table"].perform(fresh(table), by=personnel, document="局务会")


def test_excellent_without_good_quarters_is_refused_where_the_rule_is_must(
    lay: Lay, lead: Actor, personnel: Actor
) -> None:
    routine(lay, lead, personnel, period="第一季度", first="一般")
    table = fill(lay(routine_rule=RoutineRule.MUST), lead, "优秀")
    with pytest.raises(RefusedError, match="干部0平时考核有一般"):
        submit_table(table, by=lead)


def test_where_it_is_a_warning_people_judge(lay: Lay, lead: Actor, personnel: Actor) -> None:
    routine(lay, lead, personnel, period="第一季度", first="一般")
    table = fill(lay(routine_rule=RoutineRule.WARN), lead, "优秀")
    row = facts(table).rows[1]
    assert (row.routine_words, len(row.doubts)) == ("第一季度一般", 2)
    assert submit_table(table, by=lead).state == TableState.SUBMITTED
