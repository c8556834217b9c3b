"""Which polls are there, and what came out?"""

from functools import partial

from jixiao.access.actor import Place
from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import ratings as told
from jixiao.ratings.queries import outcomes
from jixiao.ratings.queries import polls as queries

_of_polls = partial(reads, room="评议")


@_of_polls("/polls", Permission.RATINGS_SEE, gives=list[told.PollOut])
def polls(request: Request) -> object:
    """评议。看得到的各次评议，走到哪一步；单位看到自己要评和已采用的评自己的。"""
    return queries.polls_seen(request.actor)


@_of_polls("/polls/{int:pk}", Permission.RATINGS_SEE, gives=told.PollCardOut)
def poll(request: Request, pk: int) -> object:
    """一次评议的票数。截止以后才有，够人数的才给。"""
    request.actor.require(Permission.RATINGS_SEE, Place())
    row = found(queries.poll(pk))
    return {
        "poll": row,
        "results": [
            {
                "unit_id": each.rated.unit_id, "name": each.rated.name, "group": each.rated.group,
                "question": of[0][0].question.code,
                "votes": [
                    {"option": option.label, "column": option.column, "votes": votes}
                    for option, votes in of
                ],
            }
            for each in outcomes.outcomes(row)
            for of in each.counts.values()
        ],
    }  # fmt: skip
