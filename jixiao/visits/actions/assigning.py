"""Which team goes to which unit? Never where somebody has a tie, and not twice in a row if avoidable."""

from dataclasses import dataclass

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.visits.actions.teams import refuse_closed
from jixiao.visits.matching import match
from jixiao.visits.models import Round, Team, Visit
from jixiao.visits.planning import LEAST
from jixiao.visits.queries.facts import Facts, paths_of, visits_of
from jixiao.visits.states import EDITABLE, VisitState

TWICE = 1_000_000
"""What it costs to send somebody to last year's unit again: more than any imbalance."""


@dataclass(frozen=True)
class Assignment:
    """What came of it."""

    assigned: int
    repeated: tuple[str, ...]
    """Units where somebody goes again because there is no other way."""
    nobody: tuple[str, ...]
    """Units to which no team may go."""

    def __str__(self) -> str:
        words = [f"{self.assigned}个单位已分到评估组"]
        if self.repeated:
            words.append(f"没有别的组可去，仍由上年的评估员去：{'、'.join(self.repeated)}")
        if self.nobody:
            words.append(f"哪个组都要回避：{'、'.join(self.nobody)}，请另组一个组")
        return "；".join(words)


@action(Permission.VISITS_PLAN)
def assign_teams(round_: Round, *, by: Actor, afresh: bool = False) -> Assignment:
    """自动分组。避开回避关系，尽量不让同一人连续两年去同一单位，各组数量均衡。"""
    refuse_closed(round_)
    facts = Facts.of(round_)
    seats = {team: people for team, people in facts.seats.items() if len(people) >= LEAST}
    if not seats:
        raise RefusedError(f"还没有满{LEAST}人的评估组")
    visits = [each for each in visits_of(round_) if each.state == VisitState.PLANNED]
    open_visits = {v.unit_id: v for v in visits if afresh or v.team_id is None}
    fairness = facts.fairness(paths_of(visits))

    def cost(unit: int, team: int) -> int | None:
        if fairness.bars(seats[team], unit):
            return None
        return TWICE * len(fairness.repeats(seats[team], unit))

    teams = sorted(seats)
    chosen, nobody = match(open_visits, teams, cost=cost, loads=_loads(round_, open_visits, teams))
    for unit, visit in open_visits.items():
        _send(visit, chosen.get(unit))
    repeated = [unit for unit, team in chosen.items() if cost(unit, team)]
    return Assignment(
        len(chosen),
        tuple(open_visits[unit].name for unit in open_visits if unit in repeated),
        tuple(open_visits[unit].name for unit in nobody),
    )


def _loads(round_: Round, but: dict[int, Visit], teams: list[int]) -> dict[int, int]:
    """How many units each team has beside those to be assigned."""
    others = round_.visits.exclude(state=VisitState.EXCUSED).exclude(unit__in=list(but))
    settled = list(others.values_list("team_id", flat=True))
    return {team: settled.count(team) for team in teams}


def _send(visit: Visit, team: int | None) -> None:
    if visit.team_id != team:
        watch(visit)
        visit.team_id = team
        visit.save(update_fields=["team"])


@action(Permission.VISITS_PLAN)
def assign_team(visit: Visit, *, by: Actor, team: Team | None, reason: str = "") -> Visit:
    """指定评估组。要回避的不能指定；上年去过的，要写明为什么还是他去。"""
    refuse_closed(visit.round)
    if visit.state not in EDITABLE:
        raise RefusedError(f"{visit.name}{visit.get_state_display()}，不能再换评估组")
    if visit.state == VisitState.UNDERWAY and not (team and reason.strip()):
        raise RefusedError("现场评估已经开始，换组请写明原因", field="reason")
    if team is not None:
        _check(visit, team, reason)
    visit.team = team
    visit.save()
    return visit


def _check(visit: Visit, team: Team, reason: str) -> None:
    if team.round_id != visit.round_id:
        raise RefusedError("这个评估组不在本轮", field="team")
    facts = Facts.of(visit.round)
    people, fairness = facts.seats[team.pk], facts.fairness(paths_of([visit]))
    if bars := fairness.bars(people, visit.unit_id):
        raise RefusedError(f"要回避：{'；'.join(bars)}", field="team")
    if (again := fairness.repeats(people, visit.unit_id)) and not reason.strip():
        raise RefusedError(
            f"{'、'.join(again)}上年也评估{visit.name}；仍由他去的，请写明原因", field="reason"
        )
