"""Which steps does a year of performance management take?"""

from django.db.models import TextChoices


class StageKind(TextChoices):
    """The seven steps of the loop, in their order."""

    SCHEME = "scheme", "办法"
    TARGET = "target", "目标"
    EVIDENCE = "evidence", "材料"
    VISIT = "visit", "现场"
    JUDGING = "judging", "评定"
    REVIEW = "review", "复核"
    BULLETIN = "bulletin", "通报"

    @property
    def position(self) -> int:
        """First, second … from 1."""
        return list(StageKind).index(self) + 1


class Standing(TextChoices):
    """Where a step stands on a day; the values are the shapes it is drawn with."""

    DONE = "done", "已过"
    NOW = "current", "当前"
    OPEN = "open", "未开始"
