"""Through which states does a bulletin go until units read it, and who may read it then?"""

from django.db.models import TextChoices

from jixiao.access.moves import Move
from jixiao.access.permissions import Permission


class BulletinKind(TextChoices):
    """What a bulletin speaks of."""

    ANNUAL = "annual", "年度通报"
    HALF = "half", "半年通报"
    QUARTER = "quarter", "季度通报"
    TOPIC = "topic", "专题通报"


LIMITS = {
    BulletinKind.ANNUAL: 5000,
    BulletinKind.HALF: 5000,
    BulletinKind.QUARTER: 5000,
    BulletinKind.TOPIC: 4000,
}
"""Characters a document should not exceed (2019年解决形式主义突出问题为基层减负的要求：政策性文件
原则上不超过10页，一般以五千字为宜，专项工作四千字); a default, the office sets another."""


class BulletinState(TextChoices):
    """draft → submitted → approved → issued → superseded or withdrawn."""

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "送审"
    APPROVED = "approved", "已签发"
    ISSUED = "issued", "已印发"
    SUPERSEDED = "superseded", "被取代"
    WITHDRAWN = "withdrawn", "已撤销"
    DISCARDED = "discarded", "作废"


S = BulletinState
WAY = (S.DRAFT, S.SUBMITTED, S.APPROVED, S.ISSUED)
"""The way that every bulletin goes."""
SENT = (S.ISSUED, S.SUPERSEDED, S.WITHDRAWN)
"""Went out with a number; its files are kept for ever."""


class Level(TextChoices):
    """Who may read it once it is issued."""

    UNIT = "unit", "只发有关单位"
    GROUP = "group", "本组"
    COUNTY = "county", "全县"
    PUBLIC = "public", "向社会公开"


class StepKind(TextChoices):
    """What was done about a bulletin."""

    WRITE = "write", "起草、修改"
    TAKE_BACK = "take_back", "收回改过的 Word 稿"
    SUBMIT = "submit", "送审"
    SEND_BACK = "send_back", "退回修改"
    SIGN_OFF = "sign_off", "签发"
    RECALL = "recall", "撤回签发"
    ISSUE = "issue", "印发"
    SUPERSEDE = "supersede", "被取代"
    WITHDRAW = "withdraw", "撤销"
    DISCARD = "discard", "作废"


class FileKind(TextChoices):
    """In which form the issued bulletin is kept."""

    DOCX = "docx", "Word"
    PDF = "pdf", "PDF/A"


P = Permission
SUBMIT = Move("submit", "送审签", (S.DRAFT,), S.SUBMITTED, P.BULLETINS_EDIT)
SEND_BACK = Move("send_back", "退回修改", (S.SUBMITTED,), S.DRAFT, P.BULLETINS_APPROVE)
SIGN_OFF = Move("sign_off", "签发", (S.SUBMITTED,), S.APPROVED, P.BULLETINS_APPROVE)
RECALL = Move("recall", "撤回签发", (S.APPROVED,), S.DRAFT, P.BULLETINS_APPROVE)
ISSUE = Move("issue", "印发", (S.APPROVED,), S.ISSUED, P.BULLETINS_EDIT)
WITHDRAW = Move("withdraw", "撤销", (S.ISSUED,), S.WITHDRAWN, P.BULLETINS_APPROVE)
DISCARD = Move("discard", "作废", (S.DRAFT,), S.DISCARDED, P.BULLETINS_EDIT)
MOVES = (SUBMIT, SIGN_OFF, ISSUE, SEND_BACK, RECALL, WITHDRAW, DISCARD)
"""What people can do; a bulletin is superseded when the one that follows it is issued."""
FORWARD = (SUBMIT, SIGN_OFF, ISSUE)
NEED_A_REASON = (SEND_BACK, RECALL, WITHDRAW, DISCARD)
