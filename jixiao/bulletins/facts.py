"""Which figures and unit lists may a bulletin's text refer to? Only what the sealed result says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.bulletins.standing import Standing, TierList
from jixiao.results.explain import find_items
from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, mark_text, scaled
from jixiao.scoring.numbers import half_up as round_half_up

_REFERENCE = re.compile(r"\{([^{}：:]+)(?:[：:]([^{}]*))?\}")


class ReferenceProblem(Exception):  # noqa: N818 - it is told to the user as a problem of the text
    """A reference that the result cannot answer; the message says what to write instead."""


@dataclass(frozen=True)
class Facts:
    """A standing, and the sealed result behind it where there is one."""

    standing: Standing
    label: str
    result: Result | None = None

    def fill(self, text: str) -> str:
        """The text with every ``{引用}`` replaced by what the result says."""
        return _REFERENCE.sub(
            lambda match: self.say(match[1].strip(), (match[2] or "").strip()), text
        )

    def say(self, name: str, about: str) -> str:
        """The value of one reference; ReferenceProblem lists the known ones when it is unknown."""
        if name not in REFERENCES:
            known = "、".join(REFERENCES)
            raise ReferenceProblem(f"正文里的引用“{{{name}}}”无法识别，可用的有：{known}")
        return REFERENCES[name](self, about)


def standing_of(result: Result, *, by_rank: bool = False) -> Standing:
    """Units by tier and group; in the scheme's order, or by place where the bulletin shows places."""
    tiers = []
    for tier in result.scheme.tiers:
        groups = []
        for group in result.scheme.groups:
            units = [
                unit.name
                for unit in group.units
                if unit.name in result.year and result.tier_of(unit.name) == tier.name
            ]
            if by_rank:
                units.sort(key=lambda name: result.year[name]["rank"] or 0)
            groups.append((group.name, tuple(units)))
        tiers.append(TierList(tier.name, tuple(groups)))
    return Standing(tuple(tiers))


def _count(facts: Facts, about: str) -> str:
    """单位数: of all, of a tier, of a group, or of a group's tier (``先进·乡镇``)."""
    places = list(facts.standing.places())
    wanted = [part for part in re.split(r"[·,，]", about) if part]
    known = {word for tier, group, _ in places for word in (tier, group)}
    known |= {tier.name for tier in facts.standing.tiers}
    if unknown := [word for word in wanted if word not in known]:
        raise ReferenceProblem(f"“{{单位数：{about}}}”中的“{unknown[0]}”既不是等次也不是组别")
    return str(sum(all(word in (tier, group) for word in wanted) for tier, group, _ in places))


def _list(facts: Facts, about: str) -> str:
    try:
        return "、".join(facts.standing.names(about))
    except KeyError as error:
        raise ReferenceProblem(str(error.args[0])) from None


def _sentence(facts: Facts, about: str) -> str:  # noqa: ARG001
    """分档名单: every tier that has units, with its count and its names."""
    said = [
        f"{tier.name}{facts.label}{len(tier.names)}个：{'、'.join(tier.names)}"
        for tier in facts.standing.tiers
        if tier.names
    ]
    return "；".join(said)


def _need_result(facts: Facts, name: str) -> Result:
    if facts.result is None:
        raise ReferenceProblem(f"“{{{name}}}”要有得分，只有分档名单时不能引用")
    return facts.result


def _mean(facts: Facts, about: str) -> str:
    """平均分: of all ranked units or of one group, half-up to the scheme's decimals."""
    result = _need_result(facts, "平均分")
    totals = [
        Fraction(total, SCALE)
        for unit, marks in result.year.items()
        if (total := marks["ranked"]) is not None and about in ("", result.group_of(unit))
    ]
    if not totals:
        raise ReferenceProblem(f"“{{平均分：{about}}}”没有参评单位，请核对组别名称")
    decimals = result.scheme.decimals
    return mark_text(
        scaled(round_half_up(sum(totals, Fraction(0)) / len(totals), decimals)), decimals
    )


def _rates(facts: Facts, name: str, about: str) -> list[tuple[Fraction, str]]:
    """Units with their rate in an item or category, best first, the scheme's order among equals."""
    result = _need_result(facts, name)
    items = find_items(result.scheme, about)
    if not items:
        raise ReferenceProblem(f"“{{{name}：{about}}}”：办法里没有这个项目，请写编码或名称")
    rates = []
    for unit, marks in result.year.items():
        full = sum((item.full_for(result.group_of(unit)) for item in items), Fraction(0))
        found = [marks[f"mark:{item.code}"] for item in items]
        if full and all(mark is not None for mark in found):
            rates.append((Fraction(sum(mark or 0 for mark in found), SCALE) / full, unit))
    return sorted(rates, key=lambda each: -each[0])


def _exemplary(facts: Facts, about: str) -> str:
    """突出单位: ``项目`` or ``项目，个数``; the best few, none below nine tenths of the mark."""
    item, _, number = about.replace(",", "，").partition("，")
    most = int(number) if number.strip().isdigit() else 5
    best = [
        unit for rate, unit in _rates(facts, "突出单位", item.strip()) if rate >= Fraction(9, 10)
    ]
    return "、".join(best[:most]) if best else "（无）"


def _weak(facts: Facts, about: str) -> str:
    """薄弱单位数: how many units have less than six tenths of an item's mark."""
    return str(sum(rate < Fraction(6, 10) for rate, _ in _rates(facts, "薄弱单位数", about)))


def _full_marks(facts: Facts, about: str) -> str:
    """满分单位数: how many units have an item's full mark."""
    return str(sum(rate == 1 for rate, _ in _rates(facts, "满分单位数", about)))


def _excluded(facts: Facts, about: str) -> str:  # noqa: ARG001
    result = _need_result(facts, "不参评单位")
    return "、".join(each.name for each in result.scheme.excluded) or "（无）"


def _scheme(facts: Facts, about: str) -> str:  # noqa: ARG001
    return _need_result(facts, "办法").scheme.title


def _categories(facts: Facts, about: str) -> str:  # noqa: ARG001
    return "、".join(item.name for item in _need_result(facts, "指标类别").scheme.items)


REFERENCES: Mapping[str, Callable[[Facts, str], str]] = {
    "单位数": _count,
    "名单": _list,
    "分档名单": _sentence,
    "平均分": _mean,
    "突出单位": _exemplary,
    "薄弱单位数": _weak,
    "满分单位数": _full_marks,
    "不参评单位": _excluded,
    "办法": _scheme,
    "指标类别": _categories,
}
"""Every reference a template may use; docs/guides/通报.md tells them to users."""
