"""How does a rule read in Chinese? The sentence units will read, made from the rule itself."""

from typing import assert_never

from jixiao.scoring.amounts import Amount, amount_words
from jixiao.scoring.columns import all_leaves, data_item
from jixiao.scoring.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DataTest,
    MarkTest,
    NotThat,
    RankTest,
    TagTest,
    TierTest,
    TotalTest,
)
from jixiao.scoring.events import PROOF_WORDS, EventTable
from jixiao.scoring.intervals import interval_words
from jixiao.scoring.judging import find
from jixiao.scoring.measures import (
    Events,
    GivenRank,
    Growth,
    Mean,
    Measure,
    Plain,
    Position,
    Rank,
    Ratio,
    Relative,
    Reported,
    Term,
    ToBest,
    ToMean,
    TopTimes,
    Votes,
)
from jixiao.scoring.numbers import number_text
from jixiao.scoring.scales import Deduct, Direct, Said
from jixiao.scoring.scheme import Gate, Item, Quota, Rule, Scheme, Tier

SCOPES = {"group": "同组", "all": "全体"}
TAKES = {"ratio": "之比", "excess": "相比超出的比例", "difference": "相比超出的数"}
MISSING = {
    "refuse": "",
    "zero": "缺项得0分",
    "full": "缺项得满分",
    "group_mean": "缺项按同组平均分",
    "all_mean": "缺项按全体平均分",
    "other_mean": "缺项按“{}”组平均分",
    "not_applicable": "缺项不计",
}


def data_name(scheme: Scheme, key: str) -> str:
    """A data item as people call it."""
    data = data_item(scheme, key)
    if data.name:
        return data.name
    owners = [item.name for item in all_leaves(scheme) if item.code == key]
    return owners[0] if owners else key


def is_share(measure: Measure) -> bool:
    """Whether the measured number is a share that people read as a percentage."""
    if isinstance(measure, ToMean):
        return measure.take != "difference"
    return isinstance(measure, Ratio | Growth | ToBest)


def rule_words(scheme: Scheme, item: Item, rule: Rule) -> str:
    """The whole rule of a scored item as one Chinese sentence."""
    parts = [_core_words(scheme, item, rule)]
    if rule.factor:
        parts.append(f"乘以{data_name(scheme, rule.factor)}")
    parts += _bound_words(item, rule)
    if rule.only_if is not None:
        parts.append(f"前提：{condition_words(scheme, rule.only_if)}，否则得0分")
    if gap := MISSING[rule.missing.kind].format(rule.missing.group):
        parts.append(gap)
    return "；".join(parts)


def _core_words(scheme: Scheme, item: Item, rule: Rule) -> str:
    if item.events is not None and isinstance(rule.scale, Direct):
        return event_words(item.events)
    is_own = isinstance(rule.measure, Reported) and rule.measure.data in ("", item.code)
    if is_own and isinstance(rule.scale, Direct) and item.points:
        return f"由评分人在0至{number_text(item.points)}分内评分"
    said = Said(percent=is_share(rule.measure), unit=_unit(scheme, item, rule.measure))
    measured = measure_words(scheme, item, rule.measure)
    comma = "" if isinstance(rule.scale, Direct) else "，"
    return f"按{measured}{comma}{rule.scale.words(said)}"


def _unit(scheme: Scheme, item: Item, measure: Measure) -> str:
    """The unit of a plainly reported number; places and quotients have none of their own."""
    if not isinstance(measure, Reported):
        return ""
    return data_item(scheme, measure.data or item.code).unit


def event_words(table: EventTable) -> str:
    """What events count and what they need before they count."""
    listed = "、".join(f"{level}{number_text(points)}分" for level, points in table.levels.items())
    said = [f"按核定事项计分：{listed}"]
    if table.classes:
        classes = "、".join(f"{name}×{number_text(by)}" for name, by in table.classes.items())
        said.append(classes)
    if table.tag_factors:
        tags = "、".join(f"{tag}×{number_text(by)}" for tag, by in table.tag_factors.items())
        said.append(tags)
    if table.once_per_matter:
        said.append("同一事项只计最高一级")
    if table.requires:
        days = table.notice_words if "notice" in table.requires else ""
        words = [PROOF_WORDS[each] + (days if each == "notice" else "") for each in table.requires]
        said.append(f"须有{'、'.join(words)}")
    if table.restored:
        said.append(f"整改后恢复{number_text(table.restored * 100)}%")
    return "；".join(said)


def _bound_words(item: Item, rule: Rule) -> list[str]:
    said = ["扣完为止"] if isinstance(rule.scale, Deduct) and item.floor is None else []
    for stated, word in ((item.floor, "最低"), (item.cap, "最高")):
        if stated == "none":
            said.append("不设下限" if word == "最低" else "不封顶")
        elif isinstance(stated, Amount):
            said.append(f"{word}{amount_words(stated)}")
    return said


def measure_words(scheme: Scheme, item: Item, measure: Measure) -> str:
    """What the item looks at, as a Chinese noun phrase."""
    if isinstance(measure, Relative):
        return _relative_words(scheme, item, measure)
    return _plain_words(scheme, item, measure)


def _plain_words(scheme: Scheme, item: Item, measure: Plain) -> str:
    match measure:
        case Reported():
            return data_name(scheme, measure.data or item.code)
        case Ratio():
            return (
                f"{_sum_words(scheme, measure.numerator)}÷{_sum_words(scheme, measure.denominator)}"
            )
        case Growth():
            base = data_name(scheme, measure.base)
            return f"{data_name(scheme, measure.data)}比{base}的增幅"
        case Mean():
            return f"{_sum_words(scheme, measure.terms)}的平均数"
        case Votes():
            return f"票决折算值（{_sum_words(scheme, measure.options)}，除以有效票数）"
        case Events():
            return "核定事项"
        case _:
            assert_never(measure)


def _sum_words(scheme: Scheme, terms: tuple[Term, ...]) -> str:
    said = [
        data_name(scheme, term.data) + ("" if term.factor == 1 else f"×{number_text(term.factor)}")
        for term in terms
    ]
    return said[0] if len(said) == 1 else f"（{'＋'.join(said)}）"


def _relative_words(scheme: Scheme, item: Item, measure: Relative) -> str:
    match measure:
        case Rank():
            order = "由高到低" if measure.best == "high" else "由低到高"
            taken = "名次" if measure.take == "place" else "名次位置"
            return (
                f"{_plain_words(scheme, item, measure.of)}在{SCOPES[measure.scope]}{order}的{taken}"
            )
        case GivenRank():
            return f"{data_name(scheme, measure.data)}（共{measure.size}个）"
        case ToBest():
            return f"{_plain_words(scheme, item, measure.of)}与{SCOPES[measure.scope]}最好的之比"
        case ToMean():
            mean = (
                data_name(scheme, measure.given)
                if measure.given
                else f"{SCOPES[measure.scope]}平均"
            )
            return f"{_plain_words(scheme, item, measure.of)}与{mean}{TAKES[measure.take]}"
        case Position():
            return f"{_plain_words(scheme, item, measure.of)}在不允许值与满意值之间的位置"
        case TopTimes():
            name = data_name(scheme, measure.data)
            return f"{name}各期进入{SCOPES[measure.scope]}前{measure.top}名的次数"
        case _:
            assert_never(measure)


def condition_words(scheme: Scheme, condition: Condition) -> str:
    """A condition as a Chinese clause."""
    match condition:
        case AllOf():
            return "，且".join(condition_words(scheme, part) for part in condition.of)
        case AnyOf():
            return "，或".join(condition_words(scheme, part) for part in condition.of)
        case NotThat():
            return f"不符合“{condition_words(scheme, condition.of)}”"
        case DataTest():
            return f"{data_name(scheme, condition.data)}为{interval_words(condition.within)}"
        case MarkTest():
            return _mark_words(scheme, condition)
        case _:
            return _standing_words(condition)


def _mark_words(scheme: Scheme, condition: MarkTest) -> str:
    name = find(scheme, condition.item).name
    if condition.take == "share":
        return f"“{name}”得分率{interval_words(condition.within, percent=True)}"
    return f"“{name}”得分{interval_words(condition.within, unit='分')}"


def _standing_words(condition: TotalTest | RankTest | TierTest | TagTest) -> str:
    match condition:
        case TotalTest():
            return f"总分{interval_words(condition.within, unit='分')}"
        case RankTest():
            end = "前" if condition.end == "first" else "后"
            return f"总分列{SCOPES[condition.scope]}{end}{condition.count}名"
        case TierTest():
            years = f"连续{condition.years}年" if condition.years > 1 else ""
            return f"{years}评为{'或'.join(condition.tiers)}"
        case TagTest():
            return f"属于“{condition.tag}”"


def tier_words(scheme: Scheme, tier: Tier) -> str:
    """What a tier demands."""
    said = []
    if tier.within is not None:
        said.append(interval_words(tier.within, unit="分"))
    if tier.quota is not None:
        said.append(quota_words(tier.quota))
    if tier.when is not None:
        said.append(condition_words(scheme, tier.when))
    return "，".join(said) or "其余单位"


def quota_words(quota: Quota) -> str:
    """A quota in words."""
    where = "各组" if quota.scope == "group" else "全体"
    if quota.share is None:
        return f"{where}前{quota.count}名"
    rounding = {"floor": "舍去小数", "ceil": "有小数进一", "half_up": "四舍五入"}[quota.rounding]
    return f"不超过{where}单位数的{number_text(quota.share * 100)}%（{rounding}）"


def gate_words(scheme: Scheme, gate: Gate) -> str:
    """A gate: when it closes and what follows."""
    effects = {
        "zero": "总分记0分",
        "lowest": f"一票否决，定为“{scheme.tiers[-1].name if scheme.tiers else ''}”",
        "bar": f"不得评为“{gate.tier}”",
        "down": f"降{gate.steps}等",
        "set": f"直接评为“{gate.tier}”",
        "honour": f"不得评“{gate.honour}”",
    }
    basis = f"（依据：{gate.basis}）" if gate.basis else ""
    return f"{condition_words(scheme, gate.when)}的，{effects[gate.effect]}{basis}"
