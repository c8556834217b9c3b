"""What can be done about assessments on site? Each file is one part of the way."""

from jixiao.visits.actions.adjusting import adopt_adjustment, revoke_adjustment
from jixiao.visits.actions.assigning import Assignment, assign_team, assign_teams
from jixiao.visits.actions.corrections import Corrected, correct_record
from jixiao.visits.actions.data import Provided, provide_data
from jixiao.visits.actions.draws import DrawPlan, commit_draw, draw_units
from jixiao.visits.actions.feedback import (
    Signed,
    close_unsigned,
    close_visit,
    confirm,
    confirm_for_unit,
    feed_back,
    take_back,
)
from jixiao.visits.actions.files import Announced, OffsetError, announce_file, drop_file, take_piece
from jixiao.visits.actions.findings import Noted, note_finding
from jixiao.visits.actions.records import Entered, save_entries, settle_record
from jixiao.visits.actions.rounds import (
    RoundChange,
    RoundPlan,
    add_units,
    change_round,
    close_round,
    drop_round,
    excuse_unit,
    open_round,
    plan_round,
    reopen_round,
    resume_unit,
)
from jixiao.visits.actions.schedule import DayPlan, Slot, announce_visits, plan_days, schedule_visit
from jixiao.visits.actions.self_marks import OwnView, give_self_marks
from jixiao.visits.actions.teams import (
    NewTie,
    add_seat,
    declare_tie,
    drop_team,
    end_tie,
    form_team,
    remove_seat,
    rename_team,
    set_head,
)

__all__ = [
    "Announced",
    "Assignment",
    "Corrected",
    "DayPlan",
    "DrawPlan",
    "Entered",
    "NewTie",
    "Noted",
    "OffsetError",
    "OwnView",
    "Provided",
    "RoundChange",
    "RoundPlan",
    "Signed",
    "Slot",
    "add_seat",
    "add_units",
    "adopt_adjustment",
    "announce_file",
    "announce_visits",
    "assign_team",
    "assign_teams",
    "change_round",
    "close_round",
    "close_unsigned",
    "close_visit",
    "commit_draw",
    "confirm",
    "confirm_for_unit",
    "correct_record",
    "declare_tie",
    "draw_units",
    "drop_file",
    "drop_round",
    "drop_team",
    "end_tie",
    "excuse_unit",
    "feed_back",
    "form_team",
    "give_self_marks",
    "note_finding",
    "open_round",
    "plan_days",
    "plan_round",
    "provide_data",
    "remove_seat",
    "rename_team",
    "reopen_round",
    "resume_unit",
    "revoke_adjustment",
    "save_entries",
    "schedule_visit",
    "set_head",
    "settle_record",
    "take_back",
    "take_piece",
]
