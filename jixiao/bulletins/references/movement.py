"""What is better or worse than last year: means, tiers, places?"""

from collections.abc import Callable
from fractions import Fraction

from jixiao.bulletins.known import Grounds, Known, NoAnswerError, listed, number
from jixiao.bulletins.references.marks import USUAL, in_decimals, mean, median, totals
from jixiao.results.result import Result
from jixiao.scoring.numbers import mark_text, scaled

NOTABLE = 3
"""Places in the group from which on a unit is said to have moved."""


def _earlier_result(grounds: Grounds, name: str) -> Result:
    found = grounds.before_for(name).result
    if found is None:
        raise NoAnswerError(f"“{{{name}}}”要有上年得分，现在只有上年等次；请删去这一句")
    return found


def _change(
    grounds: Grounds, name: str, about: str, middle: Callable[[list[Fraction]], Fraction]
) -> str:
    """Of two figures as printed, so that the sentence agrees with the two bulletins."""
    now, then = grounds.result_for(name), _earlier_result(grounds, name)
    if about and about not in {group.name for group in then.scheme.groups}:
        raise NoAnswerError(f"“{{{name}：{about}}}”：上年没有这个组")
    here, there = totals(now, about, name), totals(then, about, name)
    grounds.refuse_few(name, min(len(here), len(there)))
    more = in_decimals(now, middle(here)) - in_decimals(then, middle(there))
    if not more:
        return "与上年持平"
    return f"比上年{'提高' if more > 0 else '下降'}{mark_text(scaled(abs(more)), now.scheme.decimals)}分"


def _mean_change(grounds: Grounds, about: str) -> str:
    """平均分的变化：比上年提高2.8分、比上年下降1.2分或与上年持平；可写组别。"""
    return _change(grounds, "平均分变化", about, mean)


def _median_change(grounds: Grounds, about: str) -> str:
    """中位分的变化：比上年提高2.8分、比上年下降1.2分或与上年持平；可写组别。"""
    return _change(grounds, "中位分变化", about, median)


def _tier_moves(grounds: Grounds, name: str) -> tuple[list[str], list[str]]:
    """Units in a better and in a worse tier than last year, in announced order."""
    before, order = grounds.before_for(name), [tier.name for tier in grounds.standing.tiers]
    up: list[str] = []
    down: list[str] = []
    for tier, _, unit in grounds.standing.places():
        then = before.tiers.get(unit, "")
        if then in order and then != tier:
            (up if order.index(tier) < order.index(then) else down).append(unit)
    return up, down


def _up(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """等次比上年上升的单位名单。"""
    return listed(_tier_moves(grounds, "升档单位")[0])


def _up_count(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """等次比上年上升的单位个数。"""
    return str(len(_tier_moves(grounds, "升档单位数")[0]))


def _down(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """等次比上年下降的单位名单。"""
    return listed(_tier_moves(grounds, "降档单位")[1])


def _down_count(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """等次比上年下降的单位个数。"""
    return str(len(_tier_moves(grounds, "降档单位数")[1]))


def _risen(grounds: Grounds, about: str) -> str:
    """组内名次上升最多的单位，至少上升3位；可写几个（不写为5个）。"""
    return _movers(grounds, "进步单位", about, sign=1)


def _fallen(grounds: Grounds, about: str) -> str:
    """组内名次下降最多的单位，至少下降3位；可写几个（不写为5个）。"""
    return _movers(grounds, "退步单位", about, sign=-1)


def _movers(grounds: Grounds, name: str, about: str, *, sign: int) -> str:
    """By places in the group, which two years' schemes leave comparable; marks decide among equals."""
    most, result, before = (
        number(about, USUAL), grounds.result_for(name), grounds.before_for(name)
    )  # fmt: skip
    _earlier_result(grounds, name)
    found = []
    for unit, marks in result.year.items():
        then, place = before.marks(unit), marks["rank"]
        if then and place is not None and then["rank"] is not None:
            gained = (marks["total"] or 0) - (then["total"] or 0)
            found.append(((then["rank"] - place) * sign, gained * sign, unit))
    ranked = sorted(found, key=lambda each: (-each[0], -each[1]))
    return listed(unit for places, _, unit in ranked[:most] if places >= NOTABLE)


MOVEMENT = (
    Known("平均分变化", _mean_change, "平均分{平均分变化}", "group"),
    Known("中位分变化", _median_change, "中位分{中位分变化}", "group"),
    Known("升档单位", _up, "{升档单位}"),
    Known("升档单位数", _up_count, "{升档单位数}"),
    Known("降档单位", _down, "{降档单位}"),
    Known("降档单位数", _down_count, "{降档单位数}"),
    Known("进步单位", _risen, "{进步单位：5}"),
    Known("退步单位", _fallen, "{退步单位：5}"),
)
