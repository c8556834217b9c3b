"""What can be done about appraisals and grades of people?"""

from jixiao.grades.actions.deciding import (
    FromAbove,
    approve_table,
    close_table,
    keep_basis,
    publicize_table,
    raise_share,
    send_back_table,
    take_from_above,
)
from jixiao.grades.actions.filling import (
    Filled,
    fill_table,
    grade_seconded,
    second_person,
    submit_table,
    take_in,
)
from jixiao.grades.actions.opening import CampaignPlan, open_campaign
from jixiao.grades.actions.reviewing import (
    Ruling,
    apply_review,
    decide_review,
    object_grades,
    settle_objection,
    withdraw_review,
)
from jixiao.grades.actions.telling import notify_people, sign_grade, witness_grade

__all__ = [
    "CampaignPlan",
    "Filled",
    "FromAbove",
    "Ruling",
    "apply_review",
    "approve_table",
    "close_table",
    "decide_review",
    "fill_table",
    "grade_seconded",
    "keep_basis",
    "notify_people",
    "object_grades",
    "open_campaign",
    "publicize_table",
    "raise_share",
    "second_person",
    "send_back_table",
    "settle_objection",
    "sign_grade",
    "submit_table",
    "take_from_above",
    "take_in",
    "withdraw_review",
    "witness_grade",
]
