"""Which numbers exist here, and how are they rounded?

Marks, points and thresholds are exact: ``Fraction`` in a scheme, integers of ten-thousandths in a
sheet and a result. Floats are refused at the door.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

PLACES = 4
_NUMBER = re.compile(r"([+-]?[0-9]{1,15}(?:[.][0-9]{1,10})?)(?:/([0-9]{1,15}))?(%?)")
"""At most fifteen digits before and ten after the point: enough for anything, too short to hang on."""

LONGEST = 40
"""No number has more digits; a longer one is cut here and refused below."""

SCALE: int = 10_000
"""A sheet's and a result's integer unit: one ten-thousandth."""


def parse_number(value: object) -> Fraction:
    """Read ``80``, ``0.5``, ``80%`` or ``1/3`` exactly; floats and anything else raise ValueError."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = f"{value:f}" if isinstance(value, Decimal) else str(value)[:LONGEST]
    if not isinstance(value, str):
        raise ValueError(f"“{value}”不是准确的数，请写成 80、0.5、80% 或 1/3")
    match = _NUMBER.fullmatch(value.strip().replace("％", "%").replace("−", "-"))
    if match is None or (match[2] and not int(match[2])):
        raise ValueError(f"“{value[:24]}”不是数，请写成 80、0.5、80% 或 1/3")
    number = Fraction(Decimal(match[1])) / int(match[2] or 1)
    return number / 100 if match[3] else number


def number_text(value: Fraction) -> str:
    """The one canonical text of a number: plain decimals where they end, else ``p/q``."""
    if not _terminates(value.denominator):
        return f"{value.numerator}/{value.denominator}"
    return f"{_decimal(value).normalize():f}"


def _terminates(denominator: int) -> bool:
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def _decimal(value: Fraction) -> Decimal:
    places, shift = 0, 1
    while shift % value.denominator:
        places, shift = places + 1, shift * 10
    return Decimal(value.numerator * (shift // value.denominator)).scaleb(-places)


def percent_text(value: Fraction) -> str:
    """A share in words of percent: ``0.8`` is ``80%``; shares that never end stay ``1/3``."""
    return f"{number_text(value * 100)}%" if _terminates(value.denominator) else number_text(value)


def scaled(value: Fraction) -> int:
    """The number in ten-thousandths; ValueError when it has more than four decimals."""
    result = value * SCALE
    if result.denominator != 1:
        raise ValueError(f"“{number_text(value)}”多于{PLACES}位小数")
    return int(result)


def step_of(decimals: int) -> int:
    """The smallest mark of so many decimals, in ten-thousandths: 100 for two decimals."""
    return int(10 ** (PLACES - decimals))


def half_up(value: Fraction, places: int = 0) -> Fraction:
    """四舍五入 to ``places`` decimals by magnitude: −0.125 becomes −0.13 (GB/T 8170 3.2; Excel)."""
    shifted = abs(value) * 10**places
    rounded = (2 * shifted.numerator + shifted.denominator) // (2 * shifted.denominator)
    return Fraction(rounded if value >= 0 else -rounded, 10**places)


def mark_text(value: int | None, places: int) -> str:
    """A mark of ten-thousandths as people read it: 178500 is ``17.85``; a missing one is ``—``."""
    if value is None:
        return "—"
    digits = f"{half_up(Fraction(abs(value), SCALE), places) * 10**places}".rjust(places + 1, "0")
    body = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"−{body}" if value < 0 and digits.strip("0") else body


Number = Annotated[
    Fraction,
    BeforeValidator(parse_number),
    PlainSerializer(number_text, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""An exact number in a scheme document; written as text so that nothing is lost."""
