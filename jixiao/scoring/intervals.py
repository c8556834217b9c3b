"""Where exactly does a band or a tier begin and end, and is the end itself inside?

The real bulletin says “80分以上” and “80—60分”; only an explicit closed or open end settles 80 itself.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from jixiao.scoring.numbers import number_text, parse_number, percent_text

_BRACKETS = re.compile(r"^([\[(])\s*([^,，]*?)\s*[,，]\s*([^,，]*?)\s*([\])])$")
_COMPARISON = re.compile(r"^(>=|<=|≥|≤|>|<|=|＝|＞|＜)\s*(.+)$")
_ASCII = str.maketrans("［］（）＞＜＝", "[]()><=")


@dataclass(frozen=True)
class Interval:
    """A range of exact numbers; ``None`` at an end means unbounded."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        # An open end has no bound to be open or closed: one spelling for one range.
        if self.low is None:
            object.__setattr__(self, "low_closed", True)
        if self.high is None:
            object.__setattr__(self, "high_closed", True)

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below

    @property
    def is_empty(self) -> bool:
        """True when no number lies inside."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (
            self.low == self.high and not (self.low_closed and self.high_closed)
        )


def parse_interval(value: object) -> Interval:
    """Read ``≥80``, ``<60``, ``3``, ``[60,80)`` or ``(,100]``; ValueError says what to write."""
    if isinstance(value, Interval):
        return value
    text = str(value).strip().translate(_ASCII)
    if match := _BRACKETS.match(text):
        left, low, high, right = match.groups()
        interval = Interval(
            parse_number(low) if low else None,
            parse_number(high) if high else None,
            low_closed=left == "[",
            high_closed=right == "]",
        )
    elif match := _COMPARISON.match(text):
        interval = _comparison(match.group(1), parse_number(match.group(2)))
    else:
        interval = _single(value, text)
    if interval.is_empty:
        raise ValueError(f"范围“{value}”里没有任何数")
    return interval


def _single(value: object, text: str) -> Interval:
    try:
        number = parse_number(text)
    except ValueError:
        raise ValueError(f"“{value}”不是范围，请写成 ≥80、<60、3 或 [60,80)") from None
    return Interval(number, number)


def _comparison(sign: str, bound: Fraction) -> Interval:
    if sign == "=":
        return Interval(bound, bound)
    closed = sign in (">=", "<=", "≥", "≤")
    if sign in (">=", "≥", ">"):
        return Interval(low=bound, low_closed=closed)
    return Interval(high=bound, high_closed=closed)


def interval_text(interval: Interval) -> str:
    """The one canonical text of a range, as ``parse_interval`` reads it."""
    if interval.low is None and interval.high is None:
        return "(,)"
    if interval.high is None and interval.low is not None:
        return ("≥" if interval.low_closed else ">") + number_text(interval.low)
    if interval.low is None and interval.high is not None:
        return ("≤" if interval.high_closed else "<") + number_text(interval.high)
    if interval.low == interval.high and interval.low is not None:
        return number_text(interval.low)  # no "=": a sheet would read it as a formula
    left, right = "[" if interval.low_closed else "(", "]" if interval.high_closed else ")"
    low = number_text(interval.low) if interval.low is not None else ""
    high = number_text(interval.high) if interval.high is not None else ""
    return f"{left}{low},{high}{right}"


def interval_words(interval: Interval, *, unit: str = "", percent: bool = False) -> str:
    """The range as a Chinese clerk writes it: ``80分以上（含80分）``, ``60分（含）至80分``."""

    def say(bound: Fraction) -> str:
        return percent_text(bound) if percent else number_text(bound) + unit

    if interval.low is not None and interval.low == interval.high:
        return say(interval.low)
    if interval.low is not None and interval.high is not None:
        low = say(interval.low) + ("（含）" if interval.low_closed else "（不含）")
        return f"{low}至{say(interval.high)}" + ("（含）" if interval.high_closed else "（不含）")
    if interval.low is not None:
        return f"{say(interval.low)}以上（{'含' if interval.low_closed else '不含'}）"
    if interval.high is not None:
        return f"{say(interval.high)}以下（{'含' if interval.high_closed else '不含'}）"
    return "任何数"


Range = Annotated[
    Interval,
    BeforeValidator(parse_interval),
    PlainSerializer(interval_text, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""A range in a scheme document, written ``≥80`` or ``[60,80)``."""
