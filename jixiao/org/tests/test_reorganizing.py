"""What happens to children, posts and duties when units are merged, split or closed?"""

from datetime import date

import pytest

from jixiao.access.actor import Actor
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.actions import (
    close_unit,
    dissolve_unit,
    merge_units,
    rename_unit,
    split_unit,
    unite_units,
)
from jixiao.org.actions.facts import Basis, NewUnit, Split
from jixiao.org.models import Post, Unit
from jixiao.org.states import Kind
from jixiao.org.tests.factories import (
    AliasFactory,
    DelegationFactory,
    DutyFactory,
    PostFactory,
    SectionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

JUNE = Basis(date(2024, 6, 1), "清编〔2024〕6号")
WHY = {"basis": JUNE, "reason": "机构改革"}
LAST = date(2024, 5, 31)


def test_a_merged_unit_is_closed_the_day_before_and_says_where_it_went(office: Actor) -> None:
    old, into = UnitFactory(name="体育局"), UnitFactory(name="教育局")
    alias = AliasFactory(unit=old)
    event = merge_units([old], by=office, into=into, **WHY)
    old.refresh_from_db()
    alias.refresh_from_db()
    assert (old.until, alias.until) == (LAST, LAST)
    assert [(s.before, s.after) for s in event.successions.all()] == [(old, into)]
    assert old.versions.get().until == LAST


def test_children_move_and_namesakes_become_one(office: Actor) -> None:
    old, into = UnitFactory(), UnitFactory()
    field, office_there = (
        SectionFactory(parent=old, name="群体科"),
        SectionFactory(parent=into, name="办公室"),
    )
    office_here = SectionFactory(parent=old, name="办公室")
    clerk = PostFactory(unit=office_here)
    merge_units([old], by=office, into=into, **WHY)
    assert set(into.children.open()) == {field, office_there}
    assert Unit.objects.get(pk=field.pk).path == f"{into.path}{field.pk}/"
    assert Post.objects.get(person=clerk.person, until=None).unit == office_there
    assert Unit.objects.get(pk=office_here.pk).until == LAST


def test_people_keep_their_jobs_in_the_other_unit_duties_end(office: Actor) -> None:
    old, into = UnitFactory(), UnitFactory()
    duty = DutyFactory(unit=old)
    delegation = DelegationFactory(unit=old, absent=duty.person)
    merge_units([old], by=office, into=into, **WHY)
    duty.refresh_from_db()
    assert duty.until == LAST
    assert [(p.unit, p.since) for p in duty.person.posts.filter(until=None)] == [(into, JUNE.on)]
    assert not old.delegations.filter(pk=delegation.pk).exists()


def test_whoever_has_the_same_title_in_both_units_keeps_it_once(office: Actor) -> None:
    post = PostFactory()
    kept = PostFactory(person=post.person)
    merge_units([post.unit], by=office, into=kept.unit, **WHY)
    assert list(post.person.posts.filter(until=None)) == [kept]


def test_a_merger_is_one_entry_that_tells_every_row(office: Actor) -> None:
    old, into = UnitFactory(), UnitFactory()
    DutyFactory(unit=old)
    merge_units([old], by=office, into=into, **WHY)
    kinds = {change["row"].split(":")[0] for change in Event.objects.get().changes}
    assert kinds == {
        "org.reorganization", "org.succession", "org.unit", "org.unitversion", "org.post", "org.duty",
    }  # fmt: skip


def test_several_units_become_a_new_one(office: Actor) -> None:
    first, second = UnitFactory(name="文化局"), UnitFactory(name="旅游局")
    section = SectionFactory(parent=second)
    unite_units([first, second], by=office, facts=NewUnit("文旅局", Kind.DEPARTMENT, "部门"), **WHY)
    made = Unit.objects.get(name="文旅局")
    assert {s.before for s in made.came_from.all()} == {first, second}
    assert list(made.children.all()) == [section]


def test_a_merger_into_itself_with_its_own_section_or_alone_is_refused(office: Actor) -> None:
    unit = UnitFactory()
    section = SectionFactory(parent=unit)
    for units, into, words in (
        ([unit], unit, "承接单位自己不算"),
        ([], unit, "请选出"),
        ([unit], section, "不能由它承接"),
        ([unit, section], UnitFactory(), "不必另选"),
    ):
        with pytest.raises(RefusedError, match=words):
            merge_units(units, by=office, into=into, **WHY)
    with pytest.raises(RefusedError, match="至少"):
        unite_units([unit], by=office, facts=NewUnit("新局", Kind.DEPARTMENT), **WHY)


def test_villages_cannot_be_handed_to_a_department(office: Actor) -> None:
    town, bureau = UnitFactory(), UnitFactory(kind=Kind.DEPARTMENT)
    SectionFactory(parent=town, kind=Kind.VILLAGE)
    with pytest.raises(RefusedError, match="乡镇、园区"):
        merge_units([town], by=office, into=bureau, **WHY)
    town.refresh_from_db()
    assert town.is_open


def test_a_merger_before_somebody_was_appointed_there_is_refused(office: Actor) -> None:
    post = PostFactory(since=date(2024, 7, 1))
    with pytest.raises(RefusedError, match="更晚的生效日期"):
        merge_units([post.unit], by=office, into=UnitFactory(), **WHY)


def test_a_unit_that_is_split_hands_everything_to_the_first_part(office: Actor) -> None:
    old = UnitFactory(name="文旅局")
    post = PostFactory(unit=old)
    parts = (NewUnit("文化局", Kind.DEPARTMENT), NewUnit("旅游局", Kind.DEPARTMENT))
    event = split_unit(old, by=office, into=Split(parts), **WHY)
    assert [s.after.name for s in event.successions.all()] == ["文化局", "旅游局"]
    assert post.person.posts.get(until=None).unit.name == "文化局"


def test_a_unit_may_go_on_while_another_is_split_off(office: Actor) -> None:
    old = UnitFactory(name="发改局")
    split_unit(
        old, by=office, into=Split((NewUnit("统计局", Kind.DEPARTMENT),), continues=True), **WHY
    )
    old.refresh_from_db()
    assert old.is_open
    assert old.went_into.get().after.name == "统计局"


def test_a_unit_cannot_be_split_into_one(office: Actor) -> None:
    with pytest.raises(RefusedError, match="至少"):
        split_unit(UnitFactory(), by=office, into=Split((NewUnit("新局", Kind.DEPARTMENT),)), **WHY)


def test_an_empty_unit_is_closed_without_heir(office: Actor) -> None:
    unit = UnitFactory()
    close_unit(unit, by=office, heir=None, **WHY)
    unit.refresh_from_db()
    assert unit.until == LAST
    assert unit.went_into.get().after is None


def test_a_unit_with_people_is_not_closed_before_it_is_said_what_becomes_of_them(
    office: Actor,
) -> None:
    duty = DutyFactory()
    SectionFactory(parent=duty.unit)
    with pytest.raises(RefusedError, match="1个下级单位、1条任职、1条分工"):
        close_unit(duty.unit, by=office, heir=None, **WHY)
    close_unit(duty.unit, by=office, heir=UnitFactory(), **WHY)
    assert not duty.unit.children.open().exists()


def test_dissolving_closes_everything_below_and_ends_posts_and_duties(office: Actor) -> None:
    duty = DutyFactory()
    section = SectionFactory(parent=duty.unit)
    dissolve_unit(duty.unit, by=office, **WHY)
    section.refresh_from_db()
    assert section.until == LAST
    assert not duty.person.posts.filter(until=None).exists()
    assert not duty.person.duties.filter(until=None).exists()


def test_a_unit_closed_on_the_day_it_changed_is_refused(office: Actor) -> None:
    unit = rename_unit(UnitFactory(), by=office, name="新名", **WHY)
    with pytest.raises(RefusedError, match="晚于这一天"):
        close_unit(unit, by=office, heir=None, **WHY)


def test_rename_move_and_merger_make_one_gapless_history(office: Actor) -> None:
    town, other = UnitFactory(), UnitFactory()
    station = SectionFactory(parent=town, name="农技站", kind=Kind.SUBORDINATE)
    rename_unit(
        station, by=office, name="农服中心", basis=Basis(date(2021, 1, 1), "文"), reason="更名"
    )
    merge_units([town], by=office, into=other, **WHY)
    close_unit(station, by=office, heir=None, basis=Basis(date(2025, 1, 1), "文"), reason="撤销")
    told = [(v.name, v.parent, v.since, v.until) for v in station.versions.order_by("since")]
    assert told == [
        ("农技站", town, date(2020, 1, 1), date(2020, 12, 31)),
        ("农服中心", town, date(2021, 1, 1), LAST),
        ("农服中心", other, JUNE.on, date(2024, 12, 31)),
    ]
