"""How are numbers and dates written on the screens?"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

Number = Decimal | int | float | str | None
NONE = "—"
MINUS = "−"
HOUR, DAY = 60, 24 * 60


def mark(value: Number, places: int = 1) -> str:
    """A mark with one decimal: 3.5, 0.0, −1.0; nothing known is —."""
    if value is None or value == "":
        return NONE
    step = Decimal(1).scaleb(-places)
    return _with_minus(f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP):,}")


def number(value: Number) -> str:
    """A count or a measured figure as exact as it is: 1,024; −3; nothing known is —."""
    if value is None or value == "":
        return NONE
    exact = Decimal(str(value))
    whole = exact == exact.to_integral_value()
    return _with_minus(f"{exact.to_integral_value() if whole else exact.normalize():,f}")


def _with_minus(text: str) -> str:
    """A figure below nothing has a true minus; one that rounds to nothing has none."""
    if not text.startswith("-"):
        return text
    return text[1:] if not text.strip("-0.") else MINUS + text[1:]


def day(value: dt.date | None) -> str:
    """A date in full: 2026年3月2日."""
    local = _local(value)
    return f"{local.year}年{local.month}月{local.day}日" if local else NONE


def short_day(value: dt.date | None) -> str:
    """A date of this year without the year: 3月2日."""
    local = _local(value)
    if local is None or local.year != timezone.localdate().year:
        return day(value)
    return f"{local.month}月{local.day}日"


def moment(value: dt.datetime | None) -> str:
    """An instant in the county's time: 3月2日 09:12."""
    return f"{short_day(value)} {timezone.localtime(value):%H:%M}" if value else NONE


def since(value: dt.datetime | None) -> str:
    """How long ago: 刚刚, 5 分钟前, 3 小时前, 2 天前; beyond a week the instant itself."""
    if value is None:
        return NONE
    minutes = int((timezone.now() - value).total_seconds() // 60)
    if minutes < 1:
        return "刚刚"
    if minutes < HOUR:
        return f"{minutes} 分钟前"
    if minutes < DAY:
        return f"{minutes // HOUR} 小时前"
    return f"{minutes // DAY} 天前" if minutes < 7 * DAY else moment(value)


def _local(value: dt.date | None) -> dt.date | None:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
