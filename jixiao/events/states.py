"""Through which states does a matter go until it counts, and what is done on the way?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class MatterState(TextChoices):
    """applied → checked → under notice → signed, as far as the scheme asks; or rejected, withdrawn."""

    APPLIED = "applied", "待核对"
    CHECKED = "checked", "已核对"
    NOTICED = "noticed", "公示"
    SIGNED = "signed", "已签批"
    REJECTED = "rejected", "不予计入"
    WITHDRAWN = "withdrawn", "已撤回"


WAY = (MatterState.APPLIED, MatterState.CHECKED, MatterState.NOTICED, MatterState.SIGNED)
LIVE = WAY
"""Counts, or may still come to count."""
AFTER_CHECK = WAY[1:]
OVER = (MatterState.REJECTED, MatterState.WITHDRAWN)

P, S = Permission, MatterState
CHECK = Move("check", "核对属实", (S.APPLIED,), S.CHECKED, P.EVENTS_EDIT)
NOTICE = Move("notice", "公示", (S.CHECKED,), S.NOTICED, P.EVENTS_EDIT)
SIGN = Move("sign", "签批", (S.CHECKED, S.NOTICED), S.SIGNED, P.EVENTS_SIGN)
FILE_SIGN = Move(
    "file_sign", "登记纸质签批", (S.CHECKED, S.NOTICED), S.SIGNED, P.EVENTS_EDIT
)  # fmt: skip
SEND_BACK = Move("send_back", "退回更正", AFTER_CHECK, S.APPLIED, P.EVENTS_EDIT)
"""What was checked, put under notice or signed has to be so again."""
REJECT = Move("reject", "不予计入", LIVE, S.REJECTED, P.EVENTS_EDIT)
WITHDRAW = Move("withdraw", "撤回", LIVE[:3], S.WITHDRAWN, P.EVENTS_APPLY)
MOVES = (CHECK, NOTICE, SIGN, FILE_SIGN, SEND_BACK, REJECT, WITHDRAW)
FORWARD = (CHECK, NOTICE, SIGN, FILE_SIGN)
JUDGED = (CHECK, NOTICE, SIGN, FILE_SIGN, SEND_BACK, REJECT)
"""What nobody decides about the unit in which they work."""


class StepKind(TextChoices):
    """What was done about a matter."""

    APPLY = "apply", "申报、登记"
    CHANGE = "change", "更正内容"
    CHECK = "check", "核对属实"
    NOTICE = "notice", "公示"
    SIGN = "sign", "签批"
    FILE_SIGN = "file_sign", "登记纸质签批"
    SEND_BACK = "send_back", "退回更正"
    REJECT = "reject", "不予计入"
    WITHDRAW = "withdraw", "撤回"
    ANSWER = "answer", "单位说明"
    RESTORE = "restore", "整改到位"
