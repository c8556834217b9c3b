"""What can be done about bulletins and their templates?"""

from jixiao.bulletins.actions.drafting import (
    Audience,
    keep_reminder,
    redraft_bulletin,
    rewrite_bulletin,
    set_audience,
    start_bulletin,
    take_back_docx,
)
from jixiao.bulletins.actions.moving import (
    Numbered,
    discard_bulletin,
    issue_bulletin,
    recall_bulletin,
    send_back_bulletin,
    sign_off_bulletin,
    submit_bulletin,
    withdraw_bulletin,
)
from jixiao.bulletins.actions.templates import make_template, retire_template, rewrite_template

__all__ = [
    "Audience",
    "Numbered",
    "discard_bulletin",
    "issue_bulletin",
    "keep_reminder",
    "make_template",
    "recall_bulletin",
    "redraft_bulletin",
    "retire_template",
    "rewrite_bulletin",
    "rewrite_template",
    "send_back_bulletin",
    "set_audience",
    "sign_off_bulletin",
    "start_bulletin",
    "submit_bulletin",
    "take_back_docx",
    "withdraw_bulletin",
]
