"""What can be done with results and with objections to them?"""

from jixiao.results.actions.applying import (
    Objection,
    appeal_decision,
    apply_review,
    take_late_review,
    withdraw_review,
)
from jixiao.results.actions.deciding import Decision, Value, decide_review, register_appeal
from jixiao.results.actions.history import (
    PastTold,
    confirm_past,
    correct_past,
    enter_past,
    reopen_past,
    withdraw_past,
)
from jixiao.results.actions.moving import (
    Approval,
    Terms,
    adopt_result,
    approve_result,
    discard_result,
    notify_units,
    publish_result,
    review_result,
    revoke_approval,
    send_back_result,
    units_to_tell,
)
from jixiao.results.actions.rescoring import rescore
from jixiao.results.actions.scoring import load_result, score_rounds

__all__ = [
    "Approval",
    "Decision",
    "Objection",
    "PastTold",
    "Terms",
    "Value",
    "adopt_result",
    "appeal_decision",
    "apply_review",
    "approve_result",
    "confirm_past",
    "correct_past",
    "decide_review",
    "discard_result",
    "enter_past",
    "load_result",
    "notify_units",
    "publish_result",
    "register_appeal",
    "reopen_past",
    "rescore",
    "review_result",
    "revoke_approval",
    "score_rounds",
    "send_back_result",
    "take_late_review",
    "units_to_tell",
    "withdraw_past",
    "withdraw_review",
]
