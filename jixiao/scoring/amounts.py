"""How many points: a plain number of points, or a share of the item's full mark?"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from jixiao.scoring.numbers import number_text, parse_number, percent_text


@dataclass(frozen=True)
class Amount:
    """``5`` is five points; ``5%`` is five hundredths of the item's full mark."""

    value: Fraction
    of_full: bool = False

    def points(self, full: Fraction) -> Fraction:
        """The amount in points for an item worth ``full`` points."""
        return self.value * full if self.of_full else self.value


def parse_amount(value: object) -> Amount:
    """Read ``5`` or ``5%``; ValueError otherwise."""
    if isinstance(value, Amount):
        return value
    is_share = isinstance(value, str) and value.strip().endswith(("%", "％"))
    return Amount(parse_number(value), of_full=is_share)


def amount_text(amount: Amount) -> str:
    """The canonical text: ``5`` for points, ``5%`` for a share of the full mark."""
    if not amount.of_full:
        return number_text(amount.value)
    return f"{number_text(amount.value * 100)}%"


def amount_words(amount: Amount) -> str:
    """The amount in Chinese words: ``5分``, ``满分的5%`` or ``满分``."""
    if not amount.of_full:
        return f"{number_text(amount.value)}分"
    return "满分" if amount.value == 1 else f"满分的{percent_text(amount.value)}"


Points = Annotated[
    Amount,
    BeforeValidator(parse_amount),
    PlainSerializer(amount_text, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""Points or a share of the full mark in a scheme document."""

ZERO = Amount(Fraction(0))
FULL = Amount(Fraction(1), of_full=True)
