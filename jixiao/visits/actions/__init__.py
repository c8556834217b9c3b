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
from jixiao.visits.actions.files import (
    Announced,
    OffsetError,
    announce_file,
    drop_file,
    take_piece,
)
from jixiao.visits.actions.findings import Noted, note_finding
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
    "Announced",
    "Entered",
    "Noted",
    "OffsetError",
    "RoundPlan",
    "Signed",
    "add_units",
    "announce_file",
    "close_round",
    "close_unsigned",
    "close_visit",
    "confirm",
    "confirm_for_unit",
    "drop_file",
    "excuse_unit",
    "feed_back",
    "note_finding",
    "open_round",
    "plan_round",
    "reopen_round",
    "resume_unit",
    "save_entries",
    "settle_record",
    "take_back",
    "take_piece",
]
