"""Does nobody assess a unit to which they are tied, and not the same one twice where avoidable?"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Grant
from jixiao.access.permissions import Role
from jixiao.access.queries import actor_of
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.models import Person, Unit
from jixiao.org.tests.factories import (
    PersonFactory,
    PostFactory,
    ReorganizationFactory,
    SectionFactory,
    SuccessionFactory,
    UnitFactory,
)
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory
from jixiao.visits import actions
from jixiao.visits.models import Round, Seat, Team, Tie, Visit
from jixiao.visits.queries.facts import bars_of, conflicts
from jixiao.visits.queries.fairness import years_before
from jixiao.visits.queries.rounds import lacking_to_open
from jixiao.visits.states import RoundKind, RoundState, TieKind, VisitState
from jixiao.visits.tests.factories import (
    AssessorFactory,
    RoundFactory,
    TeamFactory,
    TieFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
RELATIVE = actions.NewTie(TieKind.RELATIVE)


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.OFFICE)


@pytest.fixture
def town() -> Unit:
    return UnitFactory(name="云溪镇")


@pytest.fixture
def round_(town: Unit) -> Round:
    """Being planned; 云溪镇 takes part."""
    made = RoundFactory(state=RoundState.PLANNED)
    VisitFactory(round=made, unit=town)
    return made


@pytest.fixture
def he() -> Person:
    return AssessorFactory(name="何静")


def team_of(round_: Round, *people: Person) -> Team:
    return TeamFactory(round=round_, people=people or [AssessorFactory(), AssessorFactory()])


def bars(round_: Round, person: Person, unit: Unit) -> str:
    return "；".join(bars_of(round_, person, [unit])).removeprefix(f"{unit.name}：")


# ------------------------------------------------------------------ who must not go where


def test_a_post_in_the_unit_or_in_what_belongs_to_it_is_a_tie(
    round_: Round, he: Person, town: Unit
) -> None:
    assert bars(round_, he, town) == ""
    PostFactory(person=he, unit=SectionFactory(parent=town, name="财政所"), title="会计")
    assert bars(round_, he, town) == "何静现任财政所会计"


def test_a_former_post_counts_for_three_years(round_: Round, he: Person, town: Unit) -> None:
    post = PostFactory(person=he, unit=town, since=date(2010, 1, 1), until=date(2023, 11, 2))
    assert bars(round_, he, town) == ""
    post.until = date(2023, 11, 3)
    post.save()
    assert bars(round_, he, town) == "何静2023年11月前任云溪镇科员，未满3年"


def test_a_former_unit_that_went_into_this_one_counts_too(
    round_: Round, he: Person, town: Unit
) -> None:
    old, between = UnitFactory(name="云东乡"), UnitFactory(name="云南乡")
    event = ReorganizationFactory()
    SuccessionFactory(reorganization=event, before=old, after=between)
    SuccessionFactory(reorganization=event, before=between, after=town)
    PostFactory(person=he, unit=old, since=date(2020, 1, 1), until=date(2025, 1, 1))
    assert "任云东乡科员" in bars(round_, he, town)


def test_an_assessor_from_another_unit_is_kept_from_that_unit_only(
    round_: Round, he: Person, town: Unit
) -> None:
    PostFactory(person=he, unit=UnitFactory(name="河口镇"))
    assert bars(round_, he, town) == ""


@pytest.mark.parametrize(("until", "counts"), [(None, True), (-1, False), (400, True)])
def test_a_declared_tie_counts_until_it_ends(
    round_: Round, he: Person, town: Unit, until: int | None, counts: object
) -> None:  # fmt: skip
    end = None if until is None else round_.since + timedelta(days=until)
    TieFactory(person=he, unit=town, until=end)
    assert ("亲属在该单位任职" in bars(round_, he, town)) is counts


def test_29_february_has_a_day_three_years_before() -> None:
    assert years_before(date(2028, 2, 29), 3) == date(2025, 2, 28)


# ------------------------------------------------------------------ teams


def test_a_team_is_formed_with_its_head(office: Actor, round_: Round, he: Person) -> None:
    team = actions.form_team(round_, by=office, name=" 第一组 ", people=[he, AssessorFactory()])
    assert (team.name, [seat.is_head for seat in team.seats.all()]) == ("第一组", [True, False])
    assert Event.objects.get(action="visits.form_team").subject_label == "第一组"


def test_only_assessors_sit_in_a_team_and_in_one_only(
    office: Actor, round_: Round, he: Person
) -> None:
    team_of(round_, he)
    other = team_of(round_, AssessorFactory())
    with pytest.raises(RefusedError, match="没有评估员的角色"):
        actions.add_seat(other, by=office, person=PersonFactory())
    with pytest.raises(RefusedError, match="何静已在"):
        actions.add_seat(other, by=office, person=he)


def test_who_is_tied_to_a_unit_of_the_team_cannot_join_it(
    office: Actor, round_: Round, he: Person, town: Unit
) -> None:
    team = team_of(round_)
    round_.visits.update(team=team)
    PostFactory(person=he, unit=town)
    with pytest.raises(RefusedError, match="云溪镇：何静现任云溪镇科员"):
        actions.add_seat(team, by=office, person=he)


def test_the_next_one_becomes_head_when_the_head_leaves(office: Actor, round_: Round) -> None:
    team = team_of(round_)
    head, other = team.seats.all()
    actions.remove_seat(head, by=office)
    other.refresh_from_db()
    assert other.is_head


def test_a_team_under_way_keeps_two(office: Actor, town: Unit) -> None:
    round_ = RoundFactory()
    team = team_of(round_)
    VisitFactory(round=round_, unit=town, team=team, state=VisitState.UNDERWAY)
    with pytest.raises(RefusedError, match="至少要2人"):
        actions.remove_seat(team.seats.first(), by=office)


def test_there_is_one_head(office: Actor, round_: Round) -> None:
    team = team_of(round_)
    actions.set_head(team.seats.last(), by=office)
    assert team.seats.filter(is_head=True).count() == 1


def test_a_team_with_units_is_not_dropped(office: Actor, round_: Round) -> None:
    team = team_of(round_)
    round_.visits.update(team=team)
    with pytest.raises(RefusedError, match="先把单位分给别的组"):
        actions.drop_team(team, by=office)
    round_.visits.update(team=None)
    actions.drop_team(team, by=office)
    assert (Team.objects.count(), Seat.objects.count()) == (0, 0)


def test_names_of_teams_are_unique_and_not_empty(office: Actor, round_: Round) -> None:
    team = team_of(round_)
    with pytest.raises(RefusedError, match="同名"):
        actions.form_team(round_, by=office, name=team.name)
    with pytest.raises(RefusedError, match="请写组名"):
        actions.rename_team(team, by=office, name=" ")


# ------------------------------------------------------------------ assigning


def plan(count: int, **changed: Any) -> Round:
    """A round of so many units that is being planned."""
    round_ = RoundFactory(state=RoundState.PLANNED, **changed)
    for n in range(count):
        VisitFactory(round=round_, unit=UnitFactory(name=f"第{n}镇"), order=n)
    return round_


def test_teams_are_assigned_evenly_without_ties(office: Actor) -> None:
    round_ = plan(9)
    first, _ = team_of(round_), team_of(round_)
    tied = [v.unit for v in round_.visits.all()[:6]]
    for unit in tied:
        PostFactory(person=first.seats.first().person, unit=unit)
    told = actions.assign_teams(round_, by=office)
    assert (told.assigned, told.nobody, conflicts(round_)) == (9, (), [])
    assert sorted(team.visits.count() for team in round_.teams.all()) == [3, 6]


def test_units_to_which_nobody_may_go_are_named(office: Actor) -> None:
    round_ = plan(2)
    team = team_of(round_)
    PostFactory(person=team.seats.last().person, unit=round_.visits.last().unit)
    told = actions.assign_teams(round_, by=office)
    assert told.nobody == ("第1镇",)
    assert "哪个组都要回避：第1镇" in str(told)


def test_teams_of_one_are_not_sent_anywhere(office: Actor) -> None:
    round_ = plan(1)
    team_of(round_, AssessorFactory())
    with pytest.raises(RefusedError, match="满2人"):
        actions.assign_teams(round_, by=office)


def last_year(round_: Round, team: Team, kind: RoundKind = RoundKind.ANNUAL) -> None:
    """The people of ``team`` were in every unit of ``round_`` a year before."""
    line = round_.version_of.line
    version = SchemeVersionFactory(line=line, year=2025, state=State.PUBLISHED)
    before = RoundFactory(version_of=version, kind=kind, state=RoundState.CLOSED)
    old = TeamFactory(round=before, people=[seat.person for seat in team.seats.all()])
    for visit in round_.visits.all():
        VisitFactory(round=before, unit=visit.unit, team=old, state=VisitState.CLOSED)


def test_the_same_people_do_not_go_to_the_same_unit_two_years_running(office: Actor) -> None:
    round_ = plan(4)
    old, new = team_of(round_), team_of(round_)
    last_year(round_, old)
    told = actions.assign_teams(round_, by=office)
    assert (told.repeated, new.visits.count()) == ((), 4)


def test_another_kind_of_round_is_no_repetition(office: Actor) -> None:
    round_ = plan(4)
    team_of(round_)
    last_year(round_, team_of(round_), RoundKind.HALF_YEAR)
    actions.assign_teams(round_, by=office)
    assert [team.visits.count() for team in round_.teams.all()] == [2, 2]


def test_where_there_is_no_other_way_the_repetition_is_said(office: Actor) -> None:
    round_ = plan(1)
    last_year(round_, team_of(round_))
    assert actions.assign_teams(round_, by=office).repeated == ("第0镇",)


def test_sending_last_years_people_by_hand_needs_a_reason(office: Actor) -> None:
    round_ = plan(1)
    team, visit = team_of(round_), Visit.objects.get()
    last_year(round_, team)
    visit = round_.visits.get()
    with pytest.raises(RefusedError, match="上年也评估第0镇"):
        actions.assign_team(visit, by=office, team=team)
    sent = actions.assign_team(visit, by=office, team=team, reason="别的组都在外地")
    assert sent.team == team
    assert Event.objects.filter(action="visits.assign_team").latest("id").reason


def test_a_tie_is_never_overruled(office: Actor, round_: Round, he: Person, town: Unit) -> None:
    TieFactory(person=he, unit=town)
    team = team_of(round_, he, AssessorFactory())
    with pytest.raises(RefusedError, match="要回避：何静申报：亲属在该单位任职"):
        actions.assign_team(round_.visits.get(), by=office, team=team, reason="没有别人")


def test_a_team_of_another_round_is_refused(office: Actor, round_: Round) -> None:
    with pytest.raises(RefusedError, match="不在本轮"):
        actions.assign_team(round_.visits.get(), by=office, team=team_of(RoundFactory()))


def test_changing_the_team_under_way_needs_a_reason(office: Actor, town: Unit) -> None:
    visit = VisitFactory(unit=town, state=VisitState.UNDERWAY)
    team = team_of(visit.round)
    with pytest.raises(RefusedError, match="请写明原因"):
        actions.assign_team(visit, by=office, team=team)
    assert actions.assign_team(visit, by=office, team=team, reason="组长住院").team == team


def test_assigning_again_leaves_what_is_settled_unless_asked(office: Actor) -> None:
    round_ = plan(4)
    first = team_of(round_)
    actions.assign_teams(round_, by=office)
    team_of(round_)
    assert actions.assign_teams(round_, by=office).assigned == 0
    actions.assign_teams(round_, by=office, afresh=True)
    assert first.visits.count() == 2


# ------------------------------------------------------------------ ties


def test_an_assessor_declares_an_own_tie_and_a_round_with_it_does_not_open(
    round_: Round, he: Person, town: Unit
) -> None:
    round_.visits.update(team=team_of(round_, he, AssessorFactory()))
    assert lacking_to_open(round_) == []
    actions.declare_tie(he, by=actor_of(he.account), unit=town, tie=RELATIVE)
    [(visit, words)] = conflicts(round_)
    assert (visit.name, words) == ("云溪镇", ["何静申报：亲属在该单位任职（云溪镇）"])
    assert lacking_to_open(round_) == ["解决1处回避：云溪镇"]


def test_nobody_declares_for_a_colleague_but_the_office_does(
    office: Actor, he: Person, town: Unit
) -> None:
    with pytest.raises(DeniedError):
        actions.declare_tie(he, by=actor_of(AssessorFactory().account), unit=town, tie=RELATIVE)
    assert actions.declare_tie(he, by=office, unit=town, tie=RELATIVE).unit == town


def test_a_tie_is_declared_once_and_ended_with_a_reason(
    office: Actor, he: Person, town: Unit
) -> None:
    tie = actions.declare_tie(he, by=office, unit=town, tie=RELATIVE)
    with pytest.raises(RefusedError, match="已经申报过"):
        actions.declare_tie(he, by=office, unit=town, tie=RELATIVE)
    today = timezone.localdate()
    with pytest.raises(RefusedError, match="请写明原因"):
        actions.end_tie(tie, by=office, until=today, reason="")
    actions.end_tie(tie, by=office, until=today, reason="亲属调离")
    assert Tie.objects.get().until == today


def test_another_kind_of_tie_has_to_be_explained(office: Actor, he: Person, town: Unit) -> None:
    with pytest.raises(RefusedError, match="什么关系"):
        actions.declare_tie(he, by=office, unit=town, tie=actions.NewTie(TieKind.OTHER))


def test_a_round_does_not_open_with_somebody_who_lost_the_role(round_: Round, he: Person) -> None:
    round_.visits.update(team=team_of(round_, he, AssessorFactory()))
    Grant.objects.filter(account=he.account).update(until=date(2020, 1, 1), since=date(2020, 1, 1))
    assert "何静没有评估员的角色" in lacking_to_open(round_)[0]
