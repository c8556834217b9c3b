"""Where does a result stand on its way to the units, and where does an objection to it?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class ResultState(TextChoices):
    """draft → reviewed → notified → approved → published → superseded."""

    DRAFT = "draft", "初算"
    REVIEWED = "reviewed", "已审核"
    NOTIFIED = "notified", "已告知，复核期"
    APPROVED = "approved", "已审定"
    PUBLISHED = "published", "已公布"
    SUPERSEDED = "superseded", "被取代"
    DISCARDED = "discarded", "作废"


WAY = (
    ResultState.DRAFT,
    ResultState.REVIEWED,
    ResultState.NOTIFIED,
    ResultState.APPROVED,
    ResultState.PUBLISHED,
)
"""The way that every result goes."""
OPEN = WAY[:-1]
"""Not published yet."""
AFTER_REVIEW = WAY[1:]
AFTER_APPROVAL = WAY[3:]
TOLD = (ResultState.NOTIFIED, ResultState.APPROVED, ResultState.PUBLISHED, ResultState.SUPERSEDED)
"""Units may know their own marks; whether they were told of this one says ``notified_at``."""

CURRENT = TOLD[:-1]
"""Told and in nobody's shadow: units may object to these, and newer runs follow them."""

P = Permission
S = ResultState
REVIEW = Move("review", "审核通过", (S.DRAFT,), S.REVIEWED, P.RESULTS_APPROVE)
SEND_BACK = Move("send_back", "退回重算", (S.REVIEWED,), S.DRAFT, P.RESULTS_APPROVE)
NOTIFY = Move("notify", "告知各单位", (S.REVIEWED,), S.NOTIFIED, P.RESULTS_EDIT)
APPROVE = Move("approve", "登记审定", (S.NOTIFIED,), S.APPROVED, P.RESULTS_APPROVE)
REVOKE = Move("revoke", "撤回审定", (S.APPROVED,), S.NOTIFIED, P.RESULTS_APPROVE)
PUBLISH = Move("publish", "公布", (S.APPROVED,), S.PUBLISHED, P.RESULTS_EDIT)
DISCARD = Move("discard", "作废", (S.DRAFT, S.REVIEWED), S.DISCARDED, P.RESULTS_EDIT)
SUPERSEDE = Move(
    "supersede", "被取代", (S.NOTIFIED, S.APPROVED, S.PUBLISHED), S.SUPERSEDED, P.RESULTS_EDIT
)
ADOPT = Move("adopt", "登记平台外的审定", (S.DRAFT,), S.APPROVED, P.RESULTS_APPROVE)
"""For a result of an earlier year whose units were told and whose committee met before the platform."""
MOVES = (REVIEW, NOTIFY, APPROVE, PUBLISH, SEND_BACK, REVOKE, ADOPT, DISCARD)
"""What people can do; a result is superseded when its successor is notified or published."""
FORWARD = (REVIEW, NOTIFY, APPROVE, PUBLISH)
BACKWARD = (SEND_BACK, REVOKE, DISCARD)
"""What needs a reason."""


class StepKind(TextChoices):
    """What was done about a result."""

    REVIEW = "review", "审核通过"
    SEND_BACK = "send_back", "退回重算"
    NOTIFY = "notify", "告知各单位"
    APPROVE = "approve", "登记审定"
    REVOKE = "revoke", "撤回审定"
    PUBLISH = "publish", "公布"
    DISCARD = "discard", "作废"
    ADOPT = "adopt", "登记平台外的审定"
    SUPERSEDE = "supersede", "被取代"


class ReviewKind(TextChoices):
    """A unit asks the office first, then the committee."""

    REVIEW = "review", "复核"
    APPEAL = "appeal", "申诉"


class ReviewState(TextChoices):
    """applied → granted, granted in part or rejected; or withdrawn by the unit."""

    APPLIED = "applied", "办理中"
    GRANTED = "granted", "成立"
    PARTLY = "partly", "部分成立"
    REJECTED = "rejected", "不成立"
    WITHDRAWN = "withdrawn", "已撤回"


DECIDED = (ReviewState.GRANTED, ReviewState.PARTLY, ReviewState.REJECTED)
UPHELD = (ReviewState.GRANTED, ReviewState.PARTLY)
"""Something of the result is changed."""

R = ReviewState
DECIDE = Move("decide", "作出复核决定", (R.APPLIED,), R.GRANTED, P.REVIEW_DECIDE)
DECIDE_APPEAL = Move("register", "登记委员会的申诉决定", (R.APPLIED,), R.GRANTED, P.RESULTS_APPROVE)
APPEAL = Move("appeal", "申诉", DECIDED, R.APPLIED, P.REVIEW_APPLY)
WITHDRAW = Move("withdraw", "撤回申请", (R.APPLIED,), R.WITHDRAWN, P.REVIEW_APPLY)
REVIEW_MOVES = (DECIDE, DECIDE_APPEAL, APPEAL, WITHDRAW)

BEFORE_STATES = "升级前已公布"
"""Stands for the meeting of results that were published when the platform knew no approval."""

APPLY_WITHIN = 3
"""Working days: 杭州市绩效管理条例第二十五条（自收到之日起三个工作日内申请复核）."""
DECIDE_WITHIN = 10
"""Working days: 杭州市绩效管理条例第二十五条（十个工作日内作出复核决定）."""
APPEAL_WITHIN = 3
"""Working days to appeal after a decision; a county's own parameter, no article sets it."""
