"""Which kinds of consequences are there, and where do a rule, a list and a decision about a person stand?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class Purpose(TextChoices):
    """What a list is for."""

    UNIT_HONOUR = "unit_honour", "基层单位评优资格"
    HONOUR = "honour", "个人评先资格"
    QUOTA = "quota", "个人优秀名额"
    COEFFICIENT = "coefficient", "奖金系数"
    SELECTION = "selection", "干部选拔任用参考"
    SANCTION = "sanction", "问责和组织措施建议"
    OTHER = "other", "其他措施"


RATES = (Purpose.QUOTA, Purpose.COEFFICIENT)
"""Give every unit a figure; the others name the units to which a condition applies."""
PERSONAL = (Purpose.HONOUR, Purpose.SELECTION, Purpose.SANCTION, Purpose.OTHER)
"""May lead to a decision about a person; who gets an excellent grade is decided with the grades."""


class MeasureState(TextChoices):
    """draft → in force → ended; a draft may be dropped."""

    DRAFT = "draft", "待批准"
    IN_FORCE = "in_force", "施行"
    ENDED = "ended", "停止施行"


class ListingState(TextChoices):
    """A list is in force until a newer one of the same consequence takes its place."""

    IN_FORCE = "in_force", "有效"
    SUPERSEDED = "superseded", "被取代"


class DecisionState(TextChoices):
    """waiting → applied, declined or postponed; or withdrawn by who proposed it."""

    WAITING = "waiting", "待决定"
    APPLIED = "applied", "适用"
    DECLINED = "declined", "不适用"
    POSTPONED = "postponed", "暂缓"
    WITHDRAWN = "withdrawn", "撤回提出"


class Verdict(TextChoices):
    """What a person may decide."""

    APPLIED = "applied", "适用"
    DECLINED = "declined", "不适用"
    POSTPONED = "postponed", "暂缓"


S = DecisionState
UNDECIDED = (S.WAITING, S.POSTPONED)
DECIDED = (S.APPLIED, S.DECLINED, S.POSTPONED)
OPEN = (S.WAITING, *DECIDED)
"""Still say something about the person."""

P = Permission
DECIDE = Move("decide", "作出决定", UNDECIDED, S.APPLIED, P.CONSEQUENCES_DECIDE)
"""The verdict is the person's: applied, declined or postponed."""
AGAIN = Move("again", "重新决定", OPEN, S.APPLIED, P.CONSEQUENCES_DECIDE)
TELL = Move("tell", "登记已告知本人", DECIDED, S.APPLIED, P.CONSEQUENCES_DECIDE)
"""The state stays as it is."""
WITHDRAW = Move("withdraw", "撤回提出", (S.WAITING,), S.WITHDRAWN, P.CONSEQUENCES_EDIT)
MOVES = (DECIDE, AGAIN, TELL, WITHDRAW)


class StepKind(TextChoices):
    """What was done about a person's matter."""

    PROPOSE = "propose", "提出"
    DECIDE = "decide", "决定"
    AGAIN = "again", "重新决定"
    FLAG = "flag", "依据已变"
    TELL = "tell", "告知本人"
    WITHDRAW = "withdraw", "撤回提出"
