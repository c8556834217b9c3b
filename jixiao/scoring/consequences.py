"""What follows from a result: lists with reasons, and rates such as a unit's personal quota."""

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from jixiao.scoring.base import Kind, Part
from jixiao.scoring.conditions import Condition
from jixiao.scoring.numbers import Number


class Ruling(Kind):
    """符合条件的单位，适用所列措施。"""

    label: ClassVar[str] = "措施"
    kind: Literal["ruling"]
    name: str = Field(min_length=1, title="名称")
    when: Condition = Field(title="条件")
    basis: str = Field(default="", title="依据")


class Addition(Part):
    """So much more when a condition holds."""

    when: Condition = Field(title="条件")
    add: Number = Field(title="增加")


class Rate(Kind):
    """按等次定比例，符合条件的再增加，合计不超过上限；写明人数数据的，折成名额。"""

    label: ClassVar[str] = "比例"
    kind: Literal["rate"]
    name: str = Field(min_length=1, title="名称")
    by_tier: dict[str, Number] = Field(title="各等次比例")
    untiered: Number = Field(default=Fraction(0), title="无等次的")
    additions: tuple[Addition, ...] = Field(default=(), title="另增")
    cap: Number | None = Field(default=None, title="上限")
    people: str = Field(default="", title="人数数据")
    rounding: Literal["floor", "ceil", "half_up"] = Field(default="floor", title="取整")
    basis: str = Field(default="", title="依据")


Consequence = Annotated[Ruling | Rate, Field(discriminator="kind")]
"""The closed union of consequences of a run."""
