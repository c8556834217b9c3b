"""Which days are working days in China? Weekends, holidays and the weekends that are worked instead.

The yearly arrangement of the State Council is data (节假日.yaml); a year without it is never guessed.
A county adds years announced after this release in a file of the same name among its own data.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).parent / "节假日.yaml"
OWN_TABLES: list[Path] = []
"""Where counties add years; read after ours, so that they also correct them."""
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class MissingYearError(Exception):
    """The holidays of ``year`` are not known."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年的节假日安排还没有录入，算不出工作日；"
            f"请按国务院办公厅的通知，在数据文件夹的“{TABLE.name}”补上{year}年"
        )
        self.year = year


class TableError(Exception):
    """A county's own table that cannot be read."""


@dataclass(frozen=True)
class Year:
    """One year's arrangement."""

    off: frozenset[date]
    on: frozenset[date]
    """Weekend days that are worked."""


@dataclass(frozen=True)
class Span:
    """How long something took, in working days; in plain days where a year's table is missing."""

    days: int
    missing: int | None = None

    @property
    def unit(self) -> str:
        """``个工作日``, or plain days with the reason."""
        if self.missing is None:
            return "个工作日"
        return f"天（缺{self.missing}年节假日表，按自然日）"

    @property
    def words(self) -> str:
        """``3 个工作日``."""
        return f"{self.days} {self.unit}"


@cache
def arrangements() -> dict[int, Year]:
    """The years that are known. TableError names a table of the county that cannot be read."""
    found: dict[int, Year] = {}
    for path in (TABLE, *filter(Path.exists, OWN_TABLES)):
        try:
            found |= _read(path)
        except (yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
            told = f"{path} 看不懂，请照随程序的“{TABLE.name}”的写法改正：{error}"
            raise TableError(told) from None
    return found


def _read(path: Path) -> dict[int, Year]:
    table: dict[int, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return {
        year: Year(
            off=frozenset(day for each in told["放假"] for day in _days(each["起"], each["止"])),
            on=frozenset(told["上班"]),
        )
        for year, told in table.items()
    }


def is_workday(day: date) -> bool:
    """Whether offices work on this day. MissingYearError."""
    year = arrangements().get(day.year)
    if year is None:
        raise MissingYearError(day.year)
    return day in year.on or (day.weekday() < SATURDAY and day not in year.off)


def add_workdays(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which is not counted itself. MissingYearError."""
    while count > 0:
        day += ONE_DAY
        count -= is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Working days after ``first`` up to and with ``last``; negative backwards. MissingYearError."""
    if last < first:
        return -workdays_between(last, first)
    return sum(is_workday(day) for day in _days(first + ONE_DAY, last))


def span(first: date, last: date) -> Span:
    """How long it is from one day to another, told honestly where a year's table is missing."""
    try:
        return Span(workdays_between(first, last))
    except MissingYearError as gap:
        return Span((last - first).days, gap.year)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY
