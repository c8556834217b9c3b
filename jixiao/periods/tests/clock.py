"""Which day is it in a test? The one fake: Django's clock."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def set_clock(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be ten o'clock in the morning of ``day``."""
    moment = datetime.combine(day, time(10), tzinfo=SHANGHAI)
    monkeypatch.setattr(timezone, "now", lambda: moment)
