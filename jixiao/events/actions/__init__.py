"""What can be done about matters that add or take points?"""

from jixiao.events.actions.entering import (
    Said,
    answer_matter,
    apply_matter,
    change_matter,
    import_matters,
)
from jixiao.events.actions.moving import (
    SignOff,
    check_matter,
    file_signature,
    put_on_notice,
    reject_matter,
    restore_points,
    send_back_matter,
    sign_matter,
    withdraw_matter,
)
from jixiao.events.actions.objecting import answer_objection, raise_objection

__all__ = [
    "Said",
    "SignOff",
    "answer_matter",
    "answer_objection",
    "apply_matter",
    "change_matter",
    "check_matter",
    "file_signature",
    "import_matters",
    "put_on_notice",
    "raise_objection",
    "reject_matter",
    "restore_points",
    "send_back_matter",
    "sign_matter",
    "withdraw_matter",
]
