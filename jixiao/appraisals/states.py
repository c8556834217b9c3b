"""Which quarters are asked about, what about, and where does a unit's report stand?"""

from datetime import date

from django.db.models import TextChoices


class QuarterState(TextChoices):
    """open → closed."""

    OPEN = "open", "报送中"
    CLOSED = "closed", "已截止"


class ReportState(TextChoices):
    """reported, and returned where something does not fit; a returned one is reported again."""

    REPORTED = "reported", "已报"
    RETURNED = "returned", "退回"


class Subject(TextChoices):
    """Whom units appraise themselves: the three kinds of responsible subjects (灌南 2010)."""

    LEADERS = "leaders", "班子成员"
    SECTIONS = "sections", "职能科室"
    BELOW = "below", "下属单位和村"


GRADES = (("top", "好"), ("good", "较好"), ("fair", "一般"), ("poor", "较差"))
"""The four grades of routine appraisal (公务员平时考核); units with other names count them in here."""
QUARTERS, MONTHS = 4, 3
USUAL_DAYS = 7
"""Working days after the quarter that a deadline is proposed with; the office may choose another."""


def first_day(year: int, number: int) -> date:
    """The first day of a quarter."""
    return date(year, 3 * number - 2, 1)


def day_after(year: int, number: int) -> date:
    """The first day that is no longer in the quarter."""
    return date(year + 1, 1, 1) if number == QUARTERS else date(year, 3 * number + 1, 1)
