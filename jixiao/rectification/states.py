"""Through which states does a finding go until it is closed, and a reminder until it is answered?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class CaseState(TextChoices):
    """noted → told → planned → proven → verified → closed; sent back or relapsed goes to told."""

    NOTED = "noted", "现场记下"
    TOLD = "told", "待报方案"
    PLANNED = "planned", "整改中"
    PROVEN = "proven", "待核实"
    VERIFIED = "verified", "待复查成效"
    CLOSED = "closed", "已销号"
    WITHDRAWN = "withdrawn", "已撤回"


OPEN = (CaseState.TOLD, CaseState.PLANNED, CaseState.PROVEN)
"""Something is still to be done before the deadline."""
OWED_BY_UNIT = (CaseState.TOLD, CaseState.PLANNED)
"""The unit's turn; the clock runs against it."""
KNOWN = (*OPEN, CaseState.VERIFIED, CaseState.CLOSED)
"""What the unit was told of."""


PLAN = Move("plan", "报整改方案", (CaseState.TOLD,), CaseState.PLANNED, Permission.RECTIFY)
PROVE = Move("prove", "报整改结果", (CaseState.PLANNED,), CaseState.PROVEN, Permission.RECTIFY)
SEND_BACK = Move(
    "send_back", "退回", (CaseState.PLANNED, CaseState.PROVEN), CaseState.TOLD,
    Permission.RECTIFICATION_REVIEW,
)  # fmt: skip
VERIFY = Move(
    "verify", "核实到位", (CaseState.PROVEN,), CaseState.VERIFIED, Permission.RECTIFICATION_REVIEW
)
RECHECK = Move(
    "recheck", "复查有效，销号", (CaseState.VERIFIED,), CaseState.CLOSED,
    Permission.RECTIFICATION_REVIEW,
)  # fmt: skip
RELAPSE = Move(
    "relapse", "复查反弹，重新整改", (CaseState.VERIFIED, CaseState.CLOSED), CaseState.TOLD,
    Permission.RECTIFICATION_REVIEW,
)  # fmt: skip
WITHDRAW = Move(
    "withdraw", "撤回", (CaseState.NOTED, *OPEN), CaseState.WITHDRAWN,
    Permission.RECTIFICATION_REVIEW,
)  # fmt: skip
EXTEND = Move("extend", "同意延期", OWED_BY_UNIT, CaseState.TOLD, Permission.RECTIFICATION_EXTEND)
"""Changes the deadline; the state stays as it is."""
MOVES = (PLAN, PROVE, VERIFY, SEND_BACK, RECHECK, RELAPSE, EXTEND, WITHDRAW)
"""What people can do; a noted finding is told when the visit's feedback is confirmed."""
REVIEWS = (VERIFY, SEND_BACK, RECHECK, RELAPSE, EXTEND)
"""What nobody decides about the unit in which they work."""


class StepKind(TextChoices):
    """What was done about a finding."""

    TOLD = "told", "反馈"
    PLAN = "plan", "整改方案"
    PROOF = "proof", "整改结果"
    SEND_BACK = "send_back", "退回"
    VERIFY = "verify", "核实到位"
    RECHECK = "recheck", "复查有效"
    RELAPSE = "relapse", "复查反弹"
    EXTEND = "extend", "同意延期"
    WITHDRAW = "withdraw", "撤回"


class ReminderState(TextChoices):
    """sent → replied → settled; a reply that does not do goes back to sent."""

    SENT = "sent", "待回复"
    REPLIED = "replied", "已回复"
    SETTLED = "settled", "已办结"


REPLY_WITHIN = 10
"""Working days: 杭州市绩效管理条例第二十条（收到告知单之日起十个工作日内）."""
RETURN_WITHIN = 3
"""Working days that a unit has at least after something it handed in on time was sent back."""
USUAL_DAYS = 20
"""Working days that a finding's deadline is proposed with."""
