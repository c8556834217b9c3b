"""What can be done about polls?"""

from jixiao.ratings.actions.papers import Counted, check_papers, drop_papers, enter_papers
from jixiao.ratings.actions.planning import (
    PollPlan,
    accept_poll,
    close_poll,
    extend_poll,
    open_poll,
    plan_poll,
    withdraw_poll,
)
from jixiao.ratings.actions.voting import Chosen, make_codes, vote, vote_by_code

__all__ = [
    "Chosen",
    "Counted",
    "PollPlan",
    "accept_poll",
    "check_papers",
    "close_poll",
    "drop_papers",
    "enter_papers",
    "extend_poll",
    "make_codes",
    "open_poll",
    "plan_poll",
    "vote",
    "vote_by_code",
    "withdraw_poll",
]
