"""Who is asked, and through which states does a poll go until its counts are used?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class PollKind(TextChoices):
    """Who rates, and how."""

    RESIDENTS = "residents", "居民评议"
    MUTUAL = "mutual", "双向评议"
    LEADERS = "leaders", "领导评价"
    RANKING = "ranking", "领导排名"
    STAFF = "staff", "民主测评"


NAMED = (PollKind.MUTUAL, PollKind.LEADERS, PollKind.RANKING)
"""It is known who may rate, and who has; never what."""
BY_CODE = (PollKind.RESIDENTS, PollKind.STAFF)
"""Nobody knows who rates: one-time codes and papers."""
BY_LEADERS = (PollKind.LEADERS, PollKind.RANKING)


class PollState(TextChoices):
    """planned → open → closed → accepted; closed polls never open again."""

    PLANNED = "planned", "筹备"
    OPEN = "open", "收票"
    CLOSED = "closed", "已截止"
    ACCEPTED = "accepted", "已采用"
    WITHDRAWN = "withdrawn", "已作废"


WAY = (PollState.PLANNED, PollState.OPEN, PollState.CLOSED, PollState.ACCEPTED)
BEGUN = (PollState.OPEN, PollState.CLOSED, PollState.ACCEPTED)
COUNTED = (PollState.CLOSED, PollState.ACCEPTED)
"""Only now are counts shown: two looks at an open poll would tell the ballot between them."""

_P = Permission.RATINGS_EDIT
OPEN = Move("open", "开始收票", (PollState.PLANNED,), PollState.OPEN, _P)
EXTEND = Move("extend", "改截止日", (PollState.PLANNED, PollState.OPEN), PollState.OPEN, _P)
"""Changes the last day; the state stays as it is."""
CLOSE = Move("close", "截止收票", (PollState.OPEN,), PollState.CLOSED, _P)
ACCEPT = Move("accept", "采用票数", (PollState.CLOSED,), PollState.ACCEPTED, _P)
WITHDRAW = Move("withdraw", "作废", WAY, PollState.WITHDRAWN, _P)
MOVES = (OPEN, CLOSE, ACCEPT, EXTEND, WITHDRAW)

USUAL_MINIMUM = 5
"""Raters behind every figure that is shown or used, where nobody says otherwise."""
LEAST_MINIMUM = 3
"""With two, each knows what the other said."""
MOST_BALLOTS = 50
MOST_CODES = 50_000
MOST_PAPERS = 1_000_000
