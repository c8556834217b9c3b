"""Do accepted polls give the sheet exactly their votes, and is what is missing owed by somebody?"""

from collections.abc import Callable

from jixiao.access.actor import Actor
from jixiao.org.models import Unit
from jixiao.ratings.actions import close_poll, vote
from jixiao.ratings.models import Poll
from jixiao.ratings.queries.figures import ballots_of
from jixiao.ratings.tests.factories import choices, rater_of
from jixiao.results.queries.gathering import assembled
from jixiao.schemes.models import SchemeVersion
from jixiao.scoring.numbers import SCALE
from jixiao.visits.queries.rounds import task_book


def names() -> dict[int, str]:
    return {unit.pk: unit.name for unit in Unit.objects.all()}


def test_accepted_votes_stand_in_their_columns_in_ten_thousandths(accepted: Poll) -> None:
    found = ballots_of(accepted.version_of, names()).figures
    assert found["", "财政局"] == {"镇满意": 3 * SCALE, "镇基本满意": SCALE, "镇不满意": 0}


def test_too_few_valid_votes_are_no_figure(accepted: Poll) -> None:
    assert ("", "交通局") not in ballots_of(accepted.version_of, names()).figures


def test_a_unit_goes_by_the_name_it_has_in_this_version(accepted: Poll) -> None:
    pk = Unit.objects.get(name="财政局").pk
    assert ("", "县财政局") in ballots_of(accepted.version_of, {pk: "县财政局"}).figures


def test_a_later_version_of_the_year_reads_the_same_polls(accepted: Poll) -> None:
    later = SchemeVersion.objects.get(pk=accepted.version_of_id)
    later.pk = None
    assert ballots_of(later, names()).figures


def test_nothing_is_given_before_a_second_person_accepts(voted: Poll, office: Actor) -> None:
    assert ballots_of(voted.version_of, names()).figures == {}
    close_poll(voted, by=office)
    assert ballots_of(voted.version_of, names()).figures == {}


def test_what_nobody_planned_is_owed_by_the_office(version: SchemeVersion) -> None:
    owed = ballots_of(version, {}).owed
    assert [each.question.name for each in owed] == ["乡镇评价", "群众评价", "领导排名"]
    assert {(each.what, each.who) for each in owed} == {("还没有安排评议", "县绩效办")}


def test_an_open_poll_is_owed_by_those_who_have_not_rated(
    poll: Poll, of_unit: Callable[[str], Actor]
) -> None:
    vote(rater_of(poll, "云溪镇"), by=of_unit("云溪镇"), choices=choices(poll, 财政局="满意"))
    owed = ballots_of(poll.version_of, {}).owed[0]
    assert (owed.what, owed.who) == ("正在收票", "河口镇、石桥镇、枫林镇")


def test_a_unit_about_which_too_few_said_anything_is_owed_too(accepted: Poll) -> None:
    assert ballots_of(accepted.version_of, {}).owed[0].what == "有效票不足3张：交通局"


def test_accepted_votes_reach_the_sheet_that_is_scored(accepted: Poll) -> None:
    sheet = assembled(accepted.version_of).sheet
    row = next(each for each in sheet.rows if each.unit == "财政局")
    assert row.values["镇满意"] == 3 * SCALE
    assert not {column for column in row.values if column.startswith("民")}


def test_a_scheme_of_votes_alone_waits_for_votes_and_for_no_visit(
    poll: Poll, of_unit: Callable[[str], Actor]
) -> None:
    vote(rater_of(poll, "云溪镇"), by=of_unit("云溪镇"), choices=choices(poll, 财政局="满意"))
    gaps = assembled(poll.version_of).gaps({"": ""})
    assert [(gap.item, gap.label, gap.owner) for gap in gaps] == [
        ("乡镇评价", "正在收票", "河口镇、石桥镇、枫林镇"),
        ("群众评价", "还没有安排评议", "县绩效办"),
        ("领导排名", "还没有安排评议", "县绩效办"),
    ]


def test_no_assessor_is_asked_for_votes(version: SchemeVersion) -> None:
    tasks = task_book(version).tasks("财政局")
    assert {task.keeper for task in tasks} == {"乡镇", "办事群众"}
    assert not any(task.is_on_site for task in tasks)
