"""What can be done about assessments on site? Each file is one part of the way."""

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

__all__ = [
    "Entered",
    "RoundPlan",
    "Signed",
    "add_units",
    "close_round",
    "close_unsigned",
    "close_visit",
    "confirm",
    "confirm_for_unit",
    "excuse_unit",
    "feed_back",
    "open_round",
    "plan_round",
    "reopen_round",
    "resume_unit",
    "save_entries",
    "settle_record",
    "take_back",
]
