"""Which kinds of opinions are there, and where does one stand?"""

from django.db.models import TextChoices


class OpinionKind(TextChoices):
    """What somebody wants with it."""

    COMPLAINT = "complaint", "投诉"
    SUGGESTION = "suggestion", "建议"
    QUESTION = "question", "问题"


class OpinionState(TextChoices):
    """waiting → answered ⇄ published."""

    WAITING = "waiting", "待答复"
    ANSWERED = "answered", "已答复"
    PUBLISHED = "published", "已公开"


ANSWER_WITHIN = 10
"""Working days: 杭州市绩效管理条例第二十条，自收到之日起十个工作日内说明情况、反馈处理结果。"""
