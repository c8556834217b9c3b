"""Through which states do rounds, visits and records go, and what kinds of each are there?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class RoundKind(TextChoices):
    """Which assessment of the year."""

    HALF_YEAR = "half_year", "半年评估"
    ANNUAL = "annual", "全年评估"
    SPOT = "spot", "平时抽查"


class RoundState(TextChoices):
    """planned → open → closed, and open again where something was forgotten."""

    PLANNED = "planned", "筹备"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


class VisitState(TextChoices):
    """planned → underway → fed back → closed; a unit may be excused from a round."""

    PLANNED = "planned", "待出发"
    UNDERWAY = "underway", "进行中"
    FED_BACK = "fed_back", "待双方确认"
    CLOSED = "closed", "已确认"
    EXCUSED = "excused", "不参加本轮"


OPEN_VISITS = (VisitState.PLANNED, VisitState.UNDERWAY, VisitState.FED_BACK)
"""Not finished yet."""
EDITABLE = (VisitState.PLANNED, VisitState.UNDERWAY)
"""Records may be made; the first record starts the visit."""


START = Move("start", "开始", (VisitState.PLANNED,), VisitState.UNDERWAY, Permission.VISITS_RECORD)
FEED_BACK = Move(
    "feed_back", "与单位当面反馈", (VisitState.UNDERWAY,), VisitState.FED_BACK,
    Permission.VISITS_RECORD,
)  # fmt: skip
TAKE_BACK = Move(
    "take_back", "退回修改记录", (VisitState.FED_BACK,), VisitState.UNDERWAY,
    Permission.VISITS_RECORD,
)  # fmt: skip
CLOSE = Move(
    "close", "双方确认", (VisitState.FED_BACK,), VisitState.CLOSED, Permission.VISITS_RECORD
)
EXCUSE = Move(
    "excuse", "不参加本轮", (VisitState.PLANNED,), VisitState.EXCUSED, Permission.VISITS_PLAN
)
RESUME = Move(
    "resume", "恢复参加", (VisitState.EXCUSED,), VisitState.PLANNED, Permission.VISITS_PLAN
)
MOVES = (START, FEED_BACK, TAKE_BACK, CLOSE, EXCUSE, RESUME)


class Method(TextChoices):
    """How an item was looked at (听汇报、看现场、查资料)."""

    HEAR = "hear", "听汇报"
    LOOK = "look", "看现场"
    READ = "read", "查资料"


class RecordState(TextChoices):
    """A record stands, or its versions differ and a person decides, or all it holds came too late."""

    STANDING = "standing", "已记"
    DIFFERING = "differing", "两份不一致"
    BLANK = "blank", "未记"


class EntryState(TextChoices):
    """What became of something that was entered."""

    STANDING = "standing", "采用"
    REPLACED = "replaced", "已更新"
    DIFFERING = "differing", "待定"
    DROPPED = "dropped", "未采用"


class TieKind(TextChoices):
    """Why an assessor must not assess a unit."""

    OWN = "own", "现任职单位"
    FORMER = "former", "三年内任职过的单位"
    RELATIVE = "relative", "亲属在该单位任职"
    OTHER = "other", "其他可能影响公正的关系"


FORMER_YEARS = 3
"""Years after which a former unit is no longer a tie; a parameter of fairness, not of any law."""


class DrawState(TextChoices):
    """The digest is out, then the draw is done and the seed is out."""

    COMMITTED = "committed", "已公布摘要，待抽取"
    DRAWN = "drawn", "已抽取，种子已公开"


class Side(TextChoices):
    """Who confirms the feedback."""

    TEAM = "team", "评估组"
    UNIT = "unit", "被评估单位"


class Manner(TextChoices):
    """How somebody confirmed."""

    ACCOUNT = "account", "本人账号"
    SIGNATURE = "signature", "手写签名"
    WITNESSED = "witnessed", "单位未签字，有人见证"


class FileState(TextChoices):
    """A file arrives in pieces."""

    RECEIVING = "receiving", "上传中"
    KEPT = "kept", "已收到"
