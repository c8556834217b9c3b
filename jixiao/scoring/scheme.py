"""By what rules? The scheme document: one frozen JSON value, identified by its digest."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from jixiao.scoring.amounts import Points
from jixiao.scoring.base import Part
from jixiao.scoring.conditions import Condition
from jixiao.scoring.consequences import Consequence
from jixiao.scoring.events import EventTable
from jixiao.scoring.intervals import Range
from jixiao.scoring.measures import Measure, Reported, Scope
from jixiao.scoring.numbers import Number
from jixiao.scoring.scales import Direct, Scale


class SchemeError(Exception):
    """A scheme that cannot be computed on this sheet; the message says why and what to do."""


class Unit(Part):
    """An assessed unit (or person, section, village) with every name it goes by."""

    name: str = Field(min_length=1, title="名称")
    aliases: tuple[str, ...] = Field(default=(), title="别名")
    tags: tuple[str, ...] = Field(default=(), title="标记")


class Group(Part):
    """Units compared with each other."""

    name: str = Field(min_length=1, title="名称")
    units: tuple[Unit, ...] = Field(default=(), title="单位")
    ranked: bool = Field(default=True, title="参评", description="不参评的组只算结果运用")


class Excluded(Part):
    """A unit that takes no part, with the reason."""

    name: str = Field(min_length=1, title="名称")
    reason: str = Field(default="", title="原因")


class DataItem(Part):
    """One thing asked of units or data providers, asked once and used by any number of items."""

    key: str = Field(min_length=1, pattern=r"^[^@#\s]+$", title="编码")
    name: str = Field(default="", title="名称")
    unit: str = Field(default="", title="计量单位")
    low: Number | None = Field(default=None, title="最小值")
    high: Number | None = Field(default=None, title="最大值")
    choices: dict[str, Number] = Field(default={}, title="选项")
    times: int = Field(default=1, ge=1, le=366, title="期数")
    take: Literal["mean", "sum", "last", "highest"] = Field(default="mean", title="各期取")
    weights: tuple[Number, ...] = Field(default=(), title="各期权重")
    provider: str = Field(default="", title="提供单位")
    counted: bool = Field(default=False, title="系统计数", description="系统自己数得出，不问单位")
    minutes: Number | None = Field(default=None, ge=0, title="每次分钟", description="填报一次")
    from_result: str = Field(default="", title="引自结果", description="别的办法的结果，按名引用")
    lookup: Literal["own", "named"] = Field(default="own", title="引用对象")
    item: str = Field(default="", title="引用项目", description="不写时引用总分")


class Missing(Part):
    """What a gap means: it is never silently zero."""

    kind: Literal[
        "refuse", "zero", "full", "group_mean", "other_mean", "all_mean", "not_applicable"
    ] = Field(default="refuse", title="方法")
    group: str = Field(default="", title="组别")


class Rule(Part):
    """A measure, a scale, and what is done at the edges."""

    measure: Measure = Field(default=Reported(kind="reported"), title="计量")
    scale: Scale = Field(default=Direct(kind="direct"), title="计分")
    factor: str = Field(default="", title="系数数据")
    only_if: Condition | None = Field(default=None, title="前提")
    missing: Missing = Field(default=Missing(), title="缺项")


class Variant(Part):
    """Another rule for some groups."""

    groups: tuple[str, ...] = Field(min_length=1, title="组别")
    rule: Rule = Field(title="规则")


class Audience(Part):
    """To whom an item applies; empty means to everybody."""

    groups: tuple[str, ...] = Field(default=(), title="组别")
    units: tuple[str, ...] = Field(default=(), title="单位")
    tags: tuple[str, ...] = Field(default=(), title="标记")


class Item(Part):
    """A node of the indicator tree: a category with items inside, or a scored item with a rule."""

    code: str = Field(min_length=1, pattern=r"^[^@#\s]+$", title="编码")
    name: str = Field(min_length=1, title="名称")
    points: Number = Field(default=Fraction(0), ge=0, title="分值")
    points_by_group: dict[str, Number] = Field(default={}, title="各组分值")
    audience: Audience = Field(default=Audience(), title="适用对象")
    items: tuple["Item", ...] = Field(default=(), title="子项")
    combine: Literal["sum", "mean"] = Field(default="sum", title="子项合成")
    rule: Rule | None = Field(default=None, title="规则")
    variants: tuple[Variant, ...] = Field(default=(), title="另行规则")
    events: EventTable | None = Field(default=None, title="事项表")
    floor: Points | Literal["none"] | None = Field(default=None, title="保底")
    cap: Points | Literal["none"] | None = Field(default=None, title="封顶")
    scorer: str = Field(default="", title="评分单位")
    rated_by: str = Field(default="", title="评价主体")
    basis: str = Field(default="", title="依据")
    evidence: tuple[str, ...] = Field(default=(), title="佐证", description="要单位备的材料")
    minutes: Number | None = Field(default=None, ge=0, title="每次分钟", description="备一次佐证")
    yearly: int | None = Field(default=None, ge=1, le=366, title="每年次数")
    duty: Literal["main", "support"] = Field(default="main", title="责任类别")
    number: str = Field(default="", title="原编号")
    ours: bool = Field(default=False, title="自拟")
    note: str = Field(default="", title="说明")

    def full_for(self, group: str) -> Fraction:
        """The full mark of this item in a group."""
        return self.points_by_group.get(group, self.points)

    def rule_for(self, group: str) -> Rule:
        """The rule of this scored item in a group."""
        for variant in self.variants:
            if group in variant.groups:
                return variant.rule
        return self.rule or Rule()


class Round(Part):
    """One assessment of the year: half-year, annual, spot check."""

    code: str = Field(min_length=1, pattern=r"^[^@#\s]+$", title="编码")
    name: str = Field(min_length=1, title="名称")
    weight: Number = Field(default=Fraction(1), gt=0, title="权重")
    optional: bool = Field(
        default=False, title="可缺", description="未参加本轮的单位，按其余各轮权重折算"
    )


class Quota(Part):
    """At most so many: a number or a share, and how a share is rounded."""

    count: int | None = Field(default=None, ge=0, title="名额")
    share: Number | None = Field(default=None, ge=0, le=1, title="比例")
    rounding: Literal["floor", "ceil", "half_up"] = Field(default="floor", title="取整")
    scope: Scope = Field(default="group", title="范围")
    ties: Literal["include", "exclude"] = Field(default="include", title="并列")


class Tier(Part):
    """A tier; the first in the list whose every demand is met is the unit's."""

    name: str = Field(min_length=1, title="名称")
    within: Range | None = Field(default=None, title="总分范围")
    quota: Quota | None = Field(default=None, title="名额")
    when: Condition | None = Field(default=None, title="条件")


class Gate(Part):
    """A veto or override with its strength and its legal basis."""

    name: str = Field(min_length=1, title="名称")
    when: Condition = Field(title="情形")
    effect: Literal["zero", "lowest", "bar", "down", "set", "honour"] = Field(title="后果")
    tier: str = Field(default="", title="等次", description="不得评为的等次，或直接评为的等次")
    steps: int = Field(default=1, ge=1, title="降几等")
    honour: str = Field(default="", title="奖项")
    basis: str = Field(default="", title="依据")
    approved_by: str = Field(default="", title="批准机关")


class TieBreak(Part):
    """What goes first when totals are equal."""

    item: str = Field(default="", title="项目")
    data: str = Field(default="", title="数据")
    best: Literal["high", "low"] = Field(default="high", title="好的是")

    @model_validator(mode="after")
    def _names_one(self) -> "TieBreak":
        if bool(self.item) == bool(self.data):
            raise ValueError("“项目”和“数据”要写其中一个")
        return self


class ShareRule(Part):
    """A lower limit on who must have how much of the mark (山东省乡镇人民政府工作条例第十八条)."""

    rated_by: str = Field(min_length=1, title="评价主体")
    groups: tuple[str, ...] = Field(min_length=1, title="组别")
    at_least: Number = Field(gt=0, le=1, title="不低于")
    basis: str = Field(default="", title="依据")


class Period(Part):
    """The accounting year, which need not be the calendar year."""

    start: date = Field(title="起")
    end: date = Field(title="止")


class Scheme(Part):
    """The rules of one appraisal."""

    title: str = Field(min_length=1, title="名称")
    document: str = Field(default="", title="文号")
    full: Number = Field(gt=0, title="满分")
    full_by_group: dict[str, Number] = Field(default={}, title="各组满分")
    decimals: int = Field(default=2, ge=0, le=4, title="小数位")
    period: Period | None = Field(default=None, title="考核期")
    source: str = Field(default="", title="出处")
    groups: tuple[Group, ...] = Field(min_length=1, title="组别")
    excluded: tuple[Excluded, ...] = Field(default=(), title="不参评")
    data: tuple[DataItem, ...] = Field(default=(), title="数据项")
    items: tuple[Item, ...] = Field(min_length=1, title="指标")
    adjustments: tuple[Item, ...] = Field(default=(), title="加扣分")
    adjust_low: Number | None = Field(default=None, title="扣分合计最低")
    adjust_high: Number | None = Field(default=None, title="加分合计最高")
    not_applicable: Literal["omit", "rescale"] = Field(default="omit", title="不适用项目")
    rounds: tuple[Round, ...] = Field(default=(), title="轮次")
    ties: tuple[TieBreak, ...] = Field(default=(), title="同分先后")
    tiers: tuple[Tier, ...] = Field(default=(), title="等次")
    gates: tuple[Gate, ...] = Field(default=(), title="否决与门槛")
    consequences: tuple[Consequence, ...] = Field(default=(), title="结果运用")
    share_rules: tuple[ShareRule, ...] = Field(default=(), title="评价权重要求")

    def full_for(self, group: str) -> Fraction:
        """The full mark of the whole scheme in a group."""
        return self.full_by_group.get(group, self.full)


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """Every node of the tree, parents before children."""
    for item in items:
        yield item
        yield from walk(item.items)


def leaves(items: tuple[Item, ...]) -> Iterator[Item]:
    """The scored items, in order."""
    return (item for item in walk(items) if not item.items)
