"""Which number does an item look at?

A measure turns a subject's inputs into one exact number; a scale (``scales``) turns it into points.
"""

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from jixiao.scoring.base import Kind, Part
from jixiao.scoring.numbers import Number

Scope = Literal["group", "all"]
Order = Literal["high", "low"]


class Term(Part):
    """A data item times a factor, one term of a sum."""

    data: str = Field(title="数据")
    factor: Number = Field(default=Fraction(1), title="系数")


class Reported(Kind):
    """取填报的数。"""

    label: ClassVar[str] = "填报"
    kind: Literal["reported"]
    data: str = Field(default="", title="数据", description="不写时数据项与考核项目同编码")


class Ratio(Kind):
    """取两组数据之比，如完成值比目标值。分母不是正数时按缺项处理。"""

    label: ClassVar[str] = "比率"
    kind: Literal["ratio"]
    numerator: tuple[Term, ...] = Field(min_length=1, title="分子")
    denominator: tuple[Term, ...] = Field(min_length=1, title="分母")


class Growth(Kind):
    """取比基期的增幅：（本期－基期）÷基期。基期不是正数时按缺项处理。"""

    label: ClassVar[str] = "增幅"
    kind: Literal["growth"]
    data: str = Field(title="数据")
    base: str = Field(title="基期数据")


class Mean(Kind):
    """取几项数据的加权平均，只算有数的，如几位评委的打分、几个分管单位的得分。"""

    label: ClassVar[str] = "平均"
    kind: Literal["mean"]
    terms: tuple[Term, ...] = Field(min_length=1, title="各项")


class Votes(Kind):
    """取票决折算值：各档票数乘折算值之和，除以有效票数；未列入的票（如不了解）不算有效票。"""

    label: ClassVar[str] = "票决"
    kind: Literal["votes"]
    options: tuple[Term, ...] = Field(min_length=1, title="各档")


class Events(Kind):
    """取加扣分事项清单核定的分数之和。"""

    label: ClassVar[str] = "事项"
    kind: Literal["events"]


Plain = Annotated[Reported | Ratio | Growth | Mean | Votes | Events, Field(discriminator="kind")]
"""Measures that need nobody else's numbers."""


class Rank(Kind):
    """取名次：同组（或全体）由好到差排列，并列的占同一名次；也可取位置：第一名为1，末名为0。"""

    label: ClassVar[str] = "名次"
    kind: Literal["rank"]
    of: Plain = Field(title="按")
    best: Order = Field(default="high", title="好的是")
    scope: Scope = Field(default="group", title="范围")
    ties: Literal["skip", "dense"] = Field(default="skip", title="并列后")
    take: Literal["place", "position"] = Field(default="place", title="取")


class GivenRank(Kind):
    """取外部评出的名次，参加排名的共若干个；也可取位置：第一名为1，末名为0。"""

    label: ClassVar[str] = "外部名次"
    kind: Literal["given_rank"]
    data: str = Field(title="名次数据")
    size: int = Field(ge=1, title="参评数")
    take: Literal["place", "position"] = Field(default="place", title="取")


class ToBest(Kind):
    """取与最好值之比：最好的为1，其他按比例。"""

    label: ClassVar[str] = "与最好比"
    kind: Literal["to_best"]
    of: Plain = Field(title="按")
    best: Order = Field(default="high", title="好的是")
    scope: Scope = Field(default="group", title="范围")


class ToMean(Kind):
    """取与平均水平相比：比值、超出的比例或超出的数。平均水平可以是同组、全体或给定的数据。"""

    label: ClassVar[str] = "与平均比"
    kind: Literal["to_mean"]
    of: Plain = Field(title="按")
    take: Literal["ratio", "excess", "difference"] = Field(default="ratio", title="取")
    scope: Scope = Field(default="group", title="范围")
    given: str = Field(default="", title="平均值数据", description="写明时不再计算同组平均")


class Position(Kind):
    """取在不允许值与满意值之间的位置：不允许值为0，满意值为1（功效系数）。"""

    label: ClassVar[str] = "功效位置"
    kind: Literal["position"]
    of: Plain = Field(title="按")
    satisfied: Number | None = Field(default=None, title="满意值", description="不写时取同组最好值")
    unallowed: Number | None = Field(
        default=None, title="不允许值", description="不写时取同组最差值"
    )
    best: Order = Field(default="high", title="好的是")
    scope: Scope = Field(default="group", title="范围")


class TopTimes(Kind):
    """取各期中进入前若干名的次数。"""

    label: ClassVar[str] = "进前列次数"
    kind: Literal["top_times"]
    data: str = Field(title="数据")
    top: int = Field(ge=1, title="前几名")
    best: Order = Field(default="high", title="好的是")
    scope: Scope = Field(default="group", title="范围")


Relative = Rank | GivenRank | ToBest | ToMean | Position | TopTimes
"""Measures that look at others, or at a place among them."""

Measure = Annotated[
    Reported
    | Ratio
    | Growth
    | Mean
    | Votes
    | Events
    | Rank
    | GivenRank
    | ToBest
    | ToMean
    | Position
    | TopTimes,
    Field(discriminator="kind"),
]
"""The closed union of measures."""
