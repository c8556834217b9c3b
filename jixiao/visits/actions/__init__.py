"""What can be done about assessments on site? Each file is one part of the way."""

from jixiao.visits.actions.adjusting import adopt_adjustment, revoke_adjustment
from jixiao.visits.actions.data import Provided, provide_data
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
    "Provided",
    "RoundPlan",
    "add_units",
    "adopt_adjustment",
    "close_round",
    "excuse_unit",
    "open_round",
    "plan_round",
    "provide_data",
    "reopen_round",
    "resume_unit",
    "revoke_adjustment",
    "save_entries",
    "settle_record",
]
