"""Which appraisals, situations and states are there, and what do the rules of the day say by default?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class CampaignKind(TextChoices):
    """平时、专项 and 年度 appraisals of cadres (公务员法第三十六条)."""

    ROUTINE = "routine", "平时考核"
    SPECIAL = "special", "专项考核"
    ANNUAL = "annual", "年度考核"


class Category(TextChoices):
    """Two kinds of staff, each under rules of its own."""

    CIVIL = "civil", "公务员"
    STAFF = "staff", "事业单位工作人员"


FOUR = ("好", "较好", "一般", "较差")
GRADES: dict[tuple[str, str], tuple[str, ...]] = {
    (CampaignKind.ANNUAL, Category.CIVIL): ("优秀", "称职", "基本称职", "不称职"),
    (CampaignKind.ANNUAL, Category.STAFF): ("优秀", "合格", "基本合格", "不合格"),
}
"""公务员法第三十八条; 事业单位人事管理条例第二十一条. All others: FOUR."""


def grades_of(kind: str, category: str) -> tuple[str, ...]:
    """The grades of an appraisal, best first; a quota holds for the best only."""
    return GRADES.get((kind, category), FOUR)


class Standing(TextChoices):
    """How somebody takes part: the label is what stands in the table where no grade stands."""

    GRADED = "graded", "定等次"
    PROBATION = "probation", "不定等次：试用期"
    ABSENT = "absent", "不定等次：病事假累计超过半年"
    INQUIRY = "inquiry", "不定等次：立案审查调查中"
    SECONDED = "seconded", "由接收单位提出：挂职、抽调、援派"
    ABOVE = "above", "由组织部门确定"
    MOVED = "moved", "不参加：已调出，由新单位考核"
    OUTSIDE = "outside", "不参加：不在本次考核范围"


UNGRADED = (Standing.PROBATION, Standing.ABSENT, Standing.INQUIRY)
"""Take part and get no grade."""
OUT = (Standing.MOVED, Standing.OUTSIDE)
"""Take no part."""
OWN = (Standing.GRADED, Standing.SECONDED)
"""Get a grade within the unit's places."""
CHOSEN = (Standing.PROBATION, Standing.ABSENT, Standing.INQUIRY, Standing.MOVED, Standing.OUTSIDE)
"""What is chosen in the table instead of a grade."""


class TableState(TextChoices):
    """drafting → submitted → on notice → approved → notified → closed; sent back to drafting."""

    DRAFTING = "drafting", "填报中"
    SUBMITTED = "submitted", "待审核"
    PUBLIC = "public", "公示中"
    APPROVED = "approved", "已审定，待告知"
    NOTIFIED = "notified", "已告知，待签收"
    CLOSED = "closed", "已办结"


S, P = TableState, Permission
AFTER_SUBMISSION = (S.SUBMITTED, S.PUBLIC, S.APPROVED, S.NOTIFIED, S.CLOSED)
AFTER_APPROVAL = (S.APPROVED, S.NOTIFIED, S.CLOSED)
SUBMIT = Move("submit", "报送审核", (S.DRAFTING,), S.SUBMITTED, P.GRADES_EDIT)
PUBLICIZE = Move("publicize", "同意公示", (S.SUBMITTED,), S.PUBLIC, P.GRADES_APPROVE)
APPROVE = Move("approve", "审定等次", (S.SUBMITTED, S.PUBLIC), S.APPROVED, P.GRADES_APPROVE)
NOTIFY = Move("notify", "书面告知本人", (S.APPROVED,), S.NOTIFIED, P.GRADES_EDIT)
CLOSE = Move("close", "办结归档", (S.NOTIFIED,), S.CLOSED, P.GRADES_APPROVE)
SEND_BACK = Move(
    "send_back", "退回单位", (S.SUBMITTED, S.PUBLIC), S.DRAFTING, P.GRADES_APPROVE
)  # fmt: skip
RAISE = Move("raise_share", "批准提高比例", (S.DRAFTING, S.SUBMITTED), S.DRAFTING, P.GRADES_APPROVE)
"""Changes the places; the state stays as it is."""
KEEP = Move("keep_basis", "看过名额变化，等次不变", AFTER_SUBMISSION, S.CLOSED, P.GRADES_APPROVE)
"""Says that a person has looked; the state stays as it is."""
MOVES = (SUBMIT, PUBLICIZE, APPROVE, NOTIFY, CLOSE, KEEP, SEND_BACK, RAISE)
FORWARD = (SUBMIT, PUBLICIZE, APPROVE, NOTIFY, CLOSE, KEEP)
WAY = (S.DRAFTING, S.SUBMITTED, S.PUBLIC, S.APPROVED, S.NOTIFIED, S.CLOSED)


class StepKind(TextChoices):
    """What was done about a table."""

    OPEN = "open", "开始填报"
    SUBMIT = "submit", "报送审核"
    SEND_BACK = "send_back", "退回单位"
    PUBLICIZE = "publicize", "同意公示"
    APPROVE = "approve", "审定等次"
    NOTIFY = "notify", "书面告知本人"
    CLOSE = "close", "办结归档"
    RAISE = "raise", "批准提高比例"
    KEEP = "keep", "看过名额变化，等次不变"


class Signature(TextChoices):
    """What the person said to the grade; nobody is made to sign."""

    NONE = "none", "还没有签"
    AGREES = "agrees", "同意"
    DISAGREES = "disagrees", "有不同意见"
    REFUSED = "refused", "没有签字，有见证"


class ReviewKind(TextChoices):
    """复核 by who decided, 申诉 to who stands above."""

    REVIEW = "review", "复核"
    APPEAL = "appeal", "申诉"


class ReviewState(TextChoices):
    """open → changed for the better, or kept; or withdrawn by the person."""

    OPEN = "open", "办理中"
    CHANGED = "changed", "改定等次"
    KEPT = "kept", "维持"
    WITHDRAWN = "withdrawn", "本人撤回"


DECIDED = (ReviewState.CHANGED, ReviewState.KEPT)


class RoutineRule(TextChoices):
    """What the year's routine grades mean for the annual one."""

    MUST = "must", "不符合的不能报送"
    WARN = "warn", "不符合的提醒，由人判断"
    OFF = "off", "不核对"


class Rounding(TextChoices):
    """How a share of people becomes people."""

    FLOOR = "floor", "不足1名的舍去"
    HALF_UP = "half_up", "四舍五入"
    CEIL = "ceil", "不足1名的进为1名"


NOTICE_WORKDAYS = 5
"""优秀 are shown for five working days at least (公务员考核规定)."""
SHARES = {CampaignKind.ANNUAL: (2_000, 2_000, 2_500)}
"""Ten-thousandths: usual share, most without approval, most with approval."""
ROUTINE_SHARES = (4_000, 4_000, 4_000)
"""公务员平时考核办法（试行）: 好 as a rule for 40% at most."""
REVIEW_DAYS, DECIDE_DAYS, APPEAL_DAYS, APPEAL_DECIDE_DAYS = 30, 30, 15, 60
"""Days of the calendar: 公务员法第九十五条、第九十六条."""
STAFF_APPEAL_DAYS = 30
"""事业单位工作人员申诉规定: thirty days after the decision on a review."""
GOOD_LEAST = 2
"""So many quarters 好 at least for 优秀, as a county's own parameter; the rule says 较多."""
