"""What can be done about assessments on site? Each file is one part of the way."""

from jixiao.visits.actions.corrections import correct_record
from jixiao.visits.actions.feedback import (
    Signed,
    close_unsigned,
    close_visit,
    confirm,
    confirm_for_unit,
    feed_back,
    take_back,
)
from jixiao.visits.actions.records import Entered, save_entries, settle_record
from jixiao.visits.actions.rounds import (
    RoundPlan,
    add_units,
    close_round,
    excuse_unit,
    open_round,
    plan_round,
    reopen_round,
    resume_unit,
)
from jixiao.visits.actions.self_marks import OwnView, give_self_marks

__all__ = [
    "Entered",
    "OwnView",
    "RoundPlan",
    "Signed",
    "add_units",
    "close_round",
    "close_unsigned",
    "close_visit",
    "confirm",
    "confirm_for_unit",
    "correct_record",
    "excuse_unit",
    "feed_back",
    "give_self_marks",
    "open_round",
    "plan_round",
    "reopen_round",
    "resume_unit",
    "save_entries",
    "settle_record",
    "take_back",
]
