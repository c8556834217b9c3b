"""When does a gate close, a tier open or a consequence follow?"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from jixiao.scoring.base import Kind
from jixiao.scoring.intervals import Range
from jixiao.scoring.measures import Scope


class DataTest(Kind):
    """某项数据在范围内。"""

    label: ClassVar[str] = "数据"
    kind: Literal["data"]
    data: str = Field(title="数据")
    within: Range = Field(title="范围")


class MarkTest(Kind):
    """某个项目的得分（或得分率）在范围内。"""

    label: ClassVar[str] = "项目得分"
    kind: Literal["mark"]
    item: str = Field(title="项目")
    within: Range = Field(title="范围")
    take: Literal["points", "share"] = Field(default="points", title="取")


class TotalTest(Kind):
    """总分在范围内。"""

    label: ClassVar[str] = "总分"
    kind: Literal["total"]
    within: Range = Field(title="范围")


class RankTest(Kind):
    """总分名次在前若干名或后若干名。"""

    label: ClassVar[str] = "总名次"
    kind: Literal["rank"]
    count: int = Field(ge=1, title="几名")
    end: Literal["first", "last"] = Field(default="first", title="从")
    scope: Scope = Field(default="group", title="范围")


class TierTest(Kind):
    """等次属于所列，并已连续若干年（含本年）。"""

    label: ClassVar[str] = "等次"
    kind: Literal["tier"]
    tiers: tuple[str, ...] = Field(min_length=1, title="等次")
    years: int = Field(default=1, ge=1, le=10, title="连续年数")


class TagTest(Kind):
    """单位带有某个标记。"""

    label: ClassVar[str] = "单位标记"
    kind: Literal["tag"]
    tag: str = Field(title="标记")


class AllOf(Kind):
    """各条件同时成立。"""

    label: ClassVar[str] = "同时"
    kind: Literal["all"]
    of: tuple["Condition", ...] = Field(min_length=1, title="各条件")


class AnyOf(Kind):
    """各条件有一个成立。"""

    label: ClassVar[str] = "任一"
    kind: Literal["any"]
    of: tuple["Condition", ...] = Field(min_length=1, title="各条件")


class NotThat(Kind):
    """条件不成立。"""

    label: ClassVar[str] = "不"
    kind: Literal["not"]
    of: "Condition" = Field(title="条件")


Condition = Annotated[
    DataTest | MarkTest | TotalTest | RankTest | TierTest | TagTest | AllOf | AnyOf | NotThat,
    Field(discriminator="kind"),
]
"""The closed union of conditions."""

for _kind in (AllOf, AnyOf, NotThat):
    _kind.model_rebuild()


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The condition and everything inside it, outermost first."""
    match condition:
        case AllOf() | AnyOf():
            inner = tuple(part for child in condition.of for part in parts_of(child))
            return (condition, *inner)
        case NotThat():
            return (condition, *parts_of(condition.of))
        case _:
            return (condition,)
