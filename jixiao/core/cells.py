"""How does a value look in a cell, on the screen and in a workbook?"""

import datetime as dt
import html
from decimal import Decimal

from django.utils import timezone
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString

from jixiao.core.words import day, moment, number

EXACT = 10**15
"""Excel keeps fifteen digits; longer numbers stay text."""
YES_NO = {True: "是", False: "否"}


def on_screen(value: object) -> str:
    """Safe HTML as it is, numbers and dates in our writing, everything else escaped."""
    match value:
        case SafeString():
            return value
        case bool():
            return YES_NO[value]
        case None | "" | int() | float() | Decimal():
            return number(value)
        case dt.datetime():
            return moment(value)
        case dt.date():
            return day(value)
    return escape(value)


def in_workbook(value: object) -> str | int | float | Decimal:
    """Numbers as numbers, dates so that they sort, HTML without its marks."""
    match value:
        case SafeString():
            return html.unescape(strip_tags(value)).strip()
        case None | bool():
            return "" if value is None else YES_NO[value]
        case int() | float() | Decimal():
            return value if -EXACT < value < EXACT else str(value)
        case dt.datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        case dt.date():
            return f"{value:%Y-%m-%d}"
    return str(value)
