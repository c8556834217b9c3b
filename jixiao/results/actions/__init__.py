"""What can be done with results?"""

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
    "Terms",
    "adopt_result",
    "approve_result",
    "discard_result",
    "load_result",
    "notify_units",
    "publish_result",
    "review_result",
    "revoke_approval",
    "score_rounds",
    "send_back_result",
    "units_to_tell",
]
