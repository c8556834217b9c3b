"""What happens when a unit is founded, renamed, moved, reclassified or known by another name?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError, StaleError
from jixiao.org.actions import (
    add_alias,
    classify_unit,
    end_alias,
    found_unit,
    move_unit,
    rename_unit,
)
from jixiao.org.actions.facts import Basis, Class, NewUnit
from jixiao.org.models import Unit
from jixiao.org.states import Kind
from jixiao.org.tests.factories import AliasFactory, SectionFactory, UnitFactory

pytestmark = pytest.mark.django_db

JUNE = Basis(date(2024, 6, 1), "清编〔2024〕6号")
WHY = {"basis": JUNE, "reason": "机构改革"}


def told(unit: Unit) -> list[tuple[str, str, str]]:
    """The unit's versions, oldest first: name, from, until."""
    rows = unit.versions.order_by("since")
    return [(row.name, str(row.since), str(row.until)) for row in rows]


def test_a_unit_that_is_founded_has_a_path_a_version_and_is_found_by_pinyin(office: Actor) -> None:
    unit = found_unit(None, by=office, facts=NewUnit("云溪镇", Kind.TOWNSHIP, "乡镇"), **WHY)
    assert unit.path == f"/{unit.pk}/"
    assert told(unit) == [("云溪镇", "2024-06-01", "None")]
    assert list(Unit.objects.found_by("yxz")) == [unit]


def test_founding_leaves_one_entry_with_unit_and_version(office: Actor) -> None:
    found_unit(None, by=office, facts=NewUnit("云溪镇", Kind.TOWNSHIP), **WHY)
    entry = Event.objects.get()
    assert (entry.label, entry.reason, entry.actor) == ("设立单位", "机构改革", "周明岚")
    assert [c["row"].split(":")[0] for c in entry.changes] == ["org.unit", "org.unitversion"]


@pytest.mark.parametrize(
    ("basis", "field"),
    [
        (Basis(timezone.localdate() + timedelta(days=1), "文号"), "on"),
        (Basis(JUNE.on, " "), "document"),
    ],
)
def test_founding_in_the_future_or_without_document_is_refused(
    office: Actor, basis: Basis, field: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        found_unit(
            None, by=office, facts=NewUnit("云溪镇", Kind.TOWNSHIP), basis=basis, reason="改革"
        )
    assert refused.value.field == field


def test_two_open_units_of_one_name_are_refused_an_alias_counts_as_a_name(office: Actor) -> None:
    AliasFactory(unit=UnitFactory(name="农村信用联社"), name="信用社")
    with pytest.raises(RefusedError, match="农村信用联社"):
        found_unit(None, by=office, facts=NewUnit("信用社", Kind.STATIONED), **WHY)


def test_sections_of_different_units_may_have_the_same_name(office: Actor) -> None:
    SectionFactory(name="办公室")
    made = found_unit(UnitFactory(), by=office, facts=NewUnit("办公室", Kind.SECTION), **WHY)
    assert made.path == f"{made.parent.path}{made.pk}/"


@pytest.mark.parametrize(
    ("kind", "group", "make", "words"),
    [
        (Kind.SECTION, "", lambda: None, "属于哪个单位"),
        (Kind.TOWNSHIP, "乡镇", UnitFactory, "没有上级"),
        (Kind.SECTION, "乡镇", UnitFactory, "比较组"),
    ],
)
def test_a_unit_stands_where_its_kind_belongs(
    office: Actor, kind: Kind, group: str, make: Callable[[], Unit | None], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        found_unit(make(), by=office, facts=NewUnit("某处", kind, group), **WHY)


def test_a_village_belongs_to_a_township_not_to_a_department(office: Actor) -> None:
    bureau = UnitFactory(kind=Kind.DEPARTMENT)
    with pytest.raises(RefusedError, match="乡镇、园区"):
        found_unit(bureau, by=office, facts=NewUnit("东风村", Kind.VILLAGE), **WHY)


def test_renaming_keeps_the_old_name_in_the_history_and_in_the_search(office: Actor) -> None:
    unit = UnitFactory(name="卫生局")
    rename_unit(unit, by=office, name="卫健局", **WHY)
    unit.refresh_from_db()
    assert told(unit) == [
        ("卫生局", "2020-01-01", "2024-05-31"),
        ("卫健局", "2024-06-01", "None"),
    ]
    assert list(Unit.objects.found_by("卫生局")) == list(Unit.objects.found_by("wjj")) == [unit]


def test_a_second_change_on_the_same_day_goes_into_that_days_version(office: Actor) -> None:
    unit = UnitFactory(name="卫生局", kind=Kind.DEPARTMENT, group="部门")
    rename_unit(unit, by=office, name="卫健局", **WHY)
    classify_unit(unit, by=office, to=Class(Kind.DEPARTMENT, "民生部门"), **WHY)
    assert [(v.name, v.group) for v in unit.versions.all()] == [
        ("卫健局", "民生部门"),
        ("卫生局", "部门"),
    ]


def test_a_change_from_before_the_current_version_began_is_refused(office: Actor) -> None:
    unit = UnitFactory(name="卫生局")
    rename_unit(unit, by=office, name="卫健局", **WHY)
    with pytest.raises(RefusedError, match="2024-06-01开始"):
        rename_unit(
            unit, by=office, name="卫健委", basis=Basis(date(2024, 5, 1), "文"), reason="改"
        )


def test_renaming_to_the_same_name_or_a_closed_unit_is_refused(office: Actor) -> None:
    unit = UnitFactory(name="卫生局")
    with pytest.raises(RefusedError, match="没有变"):
        rename_unit(unit, by=office, name="卫生局", **WHY)
    closed = UnitFactory(until=date(2023, 1, 1))
    with pytest.raises(RefusedError, match="撤销"):
        rename_unit(closed, by=office, name="新局", **WHY)


def test_somebody_who_opened_the_form_before_another_changed_the_unit_is_told(
    office: Actor,
) -> None:
    unit = UnitFactory(name="卫生局")
    rename_unit(unit, by=office, name="卫健局", version=1, **WHY)
    with pytest.raises(StaleError):
        rename_unit(unit, by=office, name="卫健委", version=1, **WHY)


def test_what_is_below_a_moved_unit_moves_with_it(office: Actor) -> None:
    old, new = UnitFactory(), UnitFactory()
    station = SectionFactory(parent=old, kind=Kind.SUBORDINATE)
    room = SectionFactory(parent=station)
    move_unit(station, by=office, parent=new, **WHY)
    room.refresh_from_db()
    assert room.path == f"{new.path}{station.pk}/{room.pk}/"
    assert room.place().units == (new.pk, station.pk, room.pk)
    assert [row.parent_id for row in station.versions.all()] == [new.pk, old.pk]


def test_a_unit_cannot_be_moved_below_itself(office: Actor) -> None:
    station = SectionFactory(kind=Kind.SUBORDINATE)
    room = SectionFactory(parent=station)
    with pytest.raises(RefusedError, match="自己"):
        move_unit(station, by=office, parent=room, **WHY)


def test_a_department_moved_below_another_becomes_subordinate_and_has_no_group(
    office: Actor,
) -> None:
    bureau = UnitFactory(kind=Kind.DEPARTMENT, group="部门")
    moved = move_unit(bureau, by=office, parent=UnitFactory(kind=Kind.DEPARTMENT), **WHY)
    assert (moved.kind, moved.group) == (Kind.SUBORDINATE, "")


def test_a_subordinate_unit_that_is_raised_has_no_parent_any_more(office: Actor) -> None:
    station = SectionFactory(kind=Kind.SUBORDINATE)
    room = SectionFactory(parent=station)
    raised = classify_unit(station, by=office, to=Class(Kind.DEPARTMENT, "部门"), **WHY)
    room.refresh_from_db()
    assert (raised.parent, raised.path) == (None, f"/{raised.pk}/")
    assert room.path == f"/{raised.pk}/{room.pk}/"


def test_an_alias_is_found_until_and_after_it_ends_and_its_name_is_free_again(
    office: Actor,
) -> None:
    unit = UnitFactory(name="农村信用联社")
    alias = add_alias(unit, by=office, name="信用社")
    assert list(Unit.objects.found_by("xys")) == [unit]
    end_alias(alias, by=office, until=date(2024, 12, 31))
    other = found_unit(None, by=office, facts=NewUnit("信用社", Kind.STATIONED), **WHY)
    assert set(Unit.objects.found_by("信用社")) == {unit, other}


def test_an_alias_that_is_the_name_or_anothers_name_is_refused(office: Actor) -> None:
    unit, other = UnitFactory(name="农村信用联社"), UnitFactory(name="中行")
    for name in (unit.name, other.name):
        with pytest.raises(RefusedError):
            add_alias(unit, by=office, name=name)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_LEAD, Role.LEADER, Role.SYSTEM_ADMIN])
def test_only_the_office_changes_units(actor: Callable[..., Actor], role: Role) -> None:
    unit = UnitFactory()
    key = unit.pk if role in (Role.LIAISON, Role.UNIT_LEAD) else ""
    with pytest.raises(DeniedError):
        rename_unit(unit, by=actor(role, key=key), name="新名", **WHY)
    assert not Event.objects.exists()
