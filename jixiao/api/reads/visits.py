"""Which rounds are held, who goes where and when, what was recorded, and what is missing?"""

from functools import partial
from typing import TypeVar

from jixiao.access.actor import Place, place_of
from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api.queries import draw_told, round_rows
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import visits as told
from jixiao.visits.queries import draws as of_draws
from jixiao.visits.queries import mine as of_mine
from jixiao.visits.queries import rounds as of_rounds
from jixiao.visits.queries import schedule as of_schedule
from jixiao.visits.queries import summary as of_summary
from jixiao.visits.queries import teams as of_teams
from jixiao.visits.queries import visit_page as of_visits

R = TypeVar("R")
_of_visits = partial(reads, room="现场评估")


@_of_visits("/rounds", Permission.VISITS_SEE, gives=list[told.RoundOut])
def rounds(request: Request) -> object:
    """评估轮次。各轮走到哪一步，几个单位已双方确认；给看得到全县的人。"""
    request.actor.require(Permission.VISITS_SEE, Place())
    return of_rounds.rounds()


@_of_visits("/rounds/{int:pk}/visits", Permission.VISITS_SEE, gives=list[told.VisitOut])
def round_visits(request: Request, pk: int) -> object:
    """一轮去哪些单位。哪个组、哪天、几点，走到哪一步；给看得到全县的人。"""
    return of_rounds.visits(_within(request, Permission.VISITS_SEE, of_rounds.round_(pk)))


@_of_visits("/rounds/{int:pk}/teams", Permission.VISITS_SEE, gives=list[told.TeamOut])
def round_teams(request: Request, pk: int) -> object:
    """一轮的评估组。各组的人，各组几个单位、完成几个；给看得到全县的人。"""
    row = _within(request, Permission.VISITS_SEE, of_rounds.round_(pk))
    return of_teams.teams(row).cards


@_of_visits("/rounds/{int:pk}/draws", Permission.VISITS_SEE, gives=list[told.DrawOut])
def draws(request: Request, pk: int) -> object:
    """一轮的抽取。抽取之前只有摘要，没有种子；给看得到全县的人。"""
    row = _within(request, Permission.VISITS_SEE, of_rounds.round_(pk))
    return [draw_told(each) for each in of_draws.draws(row)]


@_of_visits("/rounds/{int:pk}/gaps", Permission.ROUNDS_SUM_SEE, gives=list[told.GapOut])
def round_gaps(request: Request, pk: int) -> object:
    """一轮还缺什么。哪个单位的哪个数，由谁补；给看得到全县得分的人。"""
    return _within(request, Permission.ROUNDS_SUM_SEE, of_summary.summary(pk)).gaps


@_of_visits("/rounds/{int:pk}/sheet", Permission.ROUNDS_SUM_SEE, gives=list[told.SheetRowOut])
def round_sheet(request: Request, pk: int) -> object:
    """一轮的记分表。各单位的数，来自现场记录；给看得到全县得分的人。"""
    return round_rows(_within(request, Permission.ROUNDS_SUM_SEE, of_summary.summary(pk)))


@_of_visits("/visits/mine", Permission.VISITS_RECORD, gives=list[told.VisitOut])
def my_visits(request: Request) -> object:
    """我去评估的单位。"""
    return of_mine.visits_of(request.actor)


@_of_visits("/visits/ours", Permission.VISITS_SEE, gives=list[told.VisitOut])
def our_visits(request: Request) -> object:
    """到本单位的评估。没有开始的平时抽查不在其中。"""
    return of_schedule.of_units(request.actor.units())


@_of_visits("/visits/{int:pk}", Permission.VISITS_SEE, gives=told.VisitCardOut)
def visit(request: Request, pk: int) -> object:
    """一个单位的现场评估。记录、问题、确认；单位在反馈之后才看得到得分，评估员只看自己去的单位。"""
    row = _within(request, Permission.VISITS_SEE, of_rounds.visit(pk))
    return found(of_visits.visit_book(row, request.actor))


def _within(request: Request, permission: Permission, row: R | None) -> R:
    """The row, as the pages find it: there, and in a place that the permission reaches."""
    known = found(row)
    request.actor.require(permission, place_of(known))
    return known
