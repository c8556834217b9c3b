"""What is missing before a unit can be told, and what before a visit closes by itself?"""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.rectification.models import Case
from jixiao.rectification.states import CaseState
from jixiao.visits.models import Confirmation, Visit
from jixiao.visits.planning import LEAST
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import RecordState, Side


def lacking_to_feed_back(visit: Visit) -> list[str]:
    """Items and findings that are not complete yet; what others provide holds nothing up."""
    return [*_lacking_records(visit), *_lacking_findings(visit)]


def _lacking_records(visit: Visit) -> Iterator[str]:
    states = dict(visit.records.values_list("code", "state"))
    for task in book_of(visit.round).tasks(visit.name):
        state = states.get(task.code)
        if state == RecordState.DIFFERING:
            yield f"{task.code} {task.name}：两份记录不一致，请先裁定"
        elif state in (None, RecordState.BLANK) and task.is_on_site and task.is_needed:
            yield f"{task.code} {task.name}：还没有记录"


def _lacking_findings(visit: Visit) -> Iterator[str]:
    for case in noted_cases(visit):
        wanted = {
            "事实": case.fact.strip(),
            "整改意见": case.opinion.strip(),
            "期限": case.workdays,
        }
        if missing := [name for name, there in wanted.items() if not there]:
            yield f"问题“{case.item}”：请补上{'、'.join(missing)}"


def noted_cases(visit: Visit) -> list[Case]:
    """The visit's findings that the unit has not been told of."""
    return list(Case.objects.filter(finding__visit=visit, state=CaseState.NOTED))


def standing(visit: Visit) -> list[Confirmation]:
    """The confirmations that count."""
    return list(visit.confirmations.filter(is_void=False))


def team_names(visit: Visit) -> set[str]:
    """Who goes there, by name."""
    return set(visit.team.seats.values_list("person__name", flat=True)) if visit.team else set()


def lacking_to_close(visit: Visit) -> list[str]:
    """Which confirmations are missing."""
    given = standing(visit)
    return [*lacking_team(visit, given), *lacking_unit(given)]


def lacking_team(visit: Visit, given: list[Confirmation]) -> list[str]:
    """Whether two of the team, or everybody of a smaller one, stand behind it."""
    names = team_names(visit)
    done = {each.person_name for each in given if each.side == Side.TEAM}
    left = min(LEAST, len(names)) - len(done)
    return [f"评估组还差{left}人确认（{'、'.join(sorted(names - done))}）"] if left > 0 else []


def lacking_unit(given: list[Confirmation]) -> list[str]:
    """Whether somebody of the unit has confirmed."""
    return [] if any(each.side == Side.UNIT for each in given) else ["单位还没有确认"]


def missing_year(cases: Iterable[Case]) -> str:
    """Why a deadline cannot be worked out, where a year's holidays are not known; else empty."""
    try:
        for case in cases:
            add_workdays(timezone.localdate(), case.workdays)
    except MissingYearError as gap:
        return str(gap)
    return ""
