"""What can be done with results?"""

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
from jixiao.results.actions.scoring import load_result, score_rounds

__all__ = [
    "Approval",
    "PastTold",
    "Terms",
    "adopt_result",
    "approve_result",
    "confirm_past",
    "correct_past",
    "discard_result",
    "enter_past",
    "load_result",
    "notify_units",
    "publish_result",
    "reopen_past",
    "review_result",
    "revoke_approval",
    "score_rounds",
    "send_back_result",
    "units_to_tell",
    "withdraw_past",
]
