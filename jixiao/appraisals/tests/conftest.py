"""On which day do the tests of internal appraisal play?"""

from datetime import date

import pytest

from jixiao.periods.tests.clock import set_clock

TODAY = date(2026, 10, 13)
"""A Tuesday; the third quarter is just over."""


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
