"""What can be done about findings and reminders?"""

from jixiao.rectification.actions.moving import (
    MOST_FILES,
    Handed,
    extend,
    recheck,
    relapse,
    report_plan,
    report_proof,
    send_back,
    verify,
    withdraw,
)
from jixiao.rectification.actions.raising import Found, raise_case
from jixiao.rectification.actions.reminding import (
    ReminderLetter,
    reply_reminder,
    send_back_reply,
    send_reminder,
    settle_reminder,
)
from jixiao.rectification.actions.telling import tell_cases

__all__ = [
    "MOST_FILES",
    "Found",
    "Handed",
    "ReminderLetter",
    "extend",
    "raise_case",
    "recheck",
    "relapse",
    "reply_reminder",
    "report_plan",
    "report_proof",
    "send_back",
    "send_back_reply",
    "send_reminder",
    "settle_reminder",
    "tell_cases",
    "verify",
    "withdraw",
]
