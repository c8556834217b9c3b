"""What can be done about rules, lists and decisions about people?"""

from jixiao.consequences.actions.decisions import (
    decide_again,
    decide_person,
    propose_person,
    tell_person,
    withdraw_proposal,
)
from jixiao.consequences.actions.lists import draw_up, set_amount
from jixiao.consequences.actions.measures import (
    MeasureText,
    approve_measure,
    end_measure,
    write_measure,
)

__all__ = [
    "MeasureText",
    "approve_measure",
    "decide_again",
    "decide_person",
    "draw_up",
    "end_measure",
    "propose_person",
    "set_amount",
    "tell_person",
    "withdraw_proposal",
    "write_measure",
]
