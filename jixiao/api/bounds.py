"""What may never come in, whatever field it stands in? What no database can hold, and no county needs."""

import math
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

T = TypeVar("T")
LARGEST = 2**63 - 1
DEEPEST = 40
"""How deep lists and objects may lie in each other; a scheme needs a dozen."""
EARLIEST, LATEST = date(1949, 10, 1), date(2100, 12, 31)
CONTENT = "content"
"""The kind of error that carries its own sentence."""


def storable(value: T) -> T:
    """The same value, if it can be stored; else an error with a sentence."""
    _check(value, 0)
    return value


def _check(value: object, depth: int) -> None:
    if depth > DEEPEST:
        raise PydanticCustomError(CONTENT, "内容套得太深，最多四十层")
    match value:
        case dict() | list():
            for part in value if isinstance(value, list) else (*value, *value.values()):
                _check(part, depth + 1)
        case str():
            _check_text(value)
        case int() if abs(value) > LARGEST:
            raise PydanticCustomError(CONTENT, "整数太大，存不下")
        case float() if not math.isfinite(value):
            raise PydanticCustomError(CONTENT, "NaN 和无穷大不是数，请填实际的数")


def _check_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise PydanticCustomError(CONTENT, "文字里有不能存的字符（空字符或半个字符），请去掉")


def dated(value: T) -> T:
    """The same value, if every day in it lies in the years that the platform is for."""
    for day in _days(value):
        if not EARLIEST <= day <= LATEST:
            raise PydanticCustomError(CONTENT, "日期要在 1949年10月1日至 2100年之间")
    return value


def _days(value: Any) -> Iterable[date]:  # noqa: ANN401 - whatever a field may hold
    if isinstance(value, date):
        yield value.date() if isinstance(value, datetime) else value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _days(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _days(getattr(value, field.name))
