"""How high are the marks, and which units are exemplary or weak in what?"""

from collections.abc import Callable, Iterable
from fractions import Fraction

from jixiao.bulletins.known import (
    FEWEST,
    Grounds,
    Known,
    NoAnswerError,
    Rates,
    ReferenceProblem,
    firstly,
    listed,
    number,
    split_number,
)
from jixiao.results.explain import find_items
from jixiao.results.league import boundary_units, default_margin, league
from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, half_up, mark_text, number_text, scaled
from jixiao.scoring.scheme import Item, leaves

EXEMPLARY, WEAK = Fraction(9, 10), Fraction(6, 10)
"""Of an item's mark: from here on exemplary, below that weak."""
USUAL = 5
"""So many units are named where nobody says how many."""


def totals(result: Result, group: str, name: str) -> list[Fraction]:
    """The totals of all ranked units, or of one group's, best first."""
    if group and group not in {each.name for each in result.scheme.groups}:
        raise ReferenceProblem(f"“{{{name}：{group}}}”没有参评单位，请核对组别名称")
    found = [
        Fraction(total, SCALE)
        for unit, marks in result.year.items()
        if (total := marks["ranked"]) is not None and group in ("", result.group_of(unit))
    ]
    if not found:
        raise ReferenceProblem(f"“{{{name}：{group}}}”没有参评单位，请核对组别名称")
    return sorted(found, reverse=True)


def mean(marks: list[Fraction]) -> Fraction:
    """The arithmetic mean."""
    return sum(marks, Fraction(0)) / len(marks)


def median(marks: list[Fraction]) -> Fraction:
    """The middle one, or the mean of the two in the middle."""
    low, high = (len(marks) - 1) // 2, len(marks) // 2
    return (marks[low] + marks[high]) / 2


def in_decimals(result: Result, mark: Fraction) -> Fraction:
    """Half-up to the scheme's decimals, as it is printed."""
    return half_up(mark, result.scheme.decimals)


def _text(result: Result, mark: Fraction) -> str:
    return mark_text(scaled(in_decimals(result, mark)), result.scheme.decimals)


def _mean(grounds: Grounds, about: str) -> str:
    """参评单位平均分，可写组别。"""
    return _middle(grounds, "平均分", about, mean)


def _median(grounds: Grounds, about: str) -> str:
    """参评单位中位分（排在正中间的分），可写组别。"""
    return _middle(grounds, "中位分", about, median)


def _middle(
    grounds: Grounds, name: str, group: str, of: Callable[[list[Fraction]], Fraction]
) -> str:
    result = grounds.result_for(name)
    found = totals(result, group, name)
    grounds.refuse_few(name, len(found))
    return _text(result, of(found))


def _best(grounds: Grounds, about: str) -> str:
    """最高分，可写组别。"""
    result = grounds.result_for("最高分")
    return _text(result, totals(result, about, "最高分")[0])


def _worst(grounds: Grounds, about: str) -> str:
    """最低分，可写组别。"""
    result = grounds.result_for("最低分")
    return _text(result, totals(result, about, "最低分")[-1])


def rates(grounds: Grounds, name: str, about: str) -> Rates:
    """Units with their rate in an item or category, best first; the better total among equals."""
    result, wanted = grounds.result_for(name), about or grounds.subject
    if wanted in grounds.rates:
        return grounds.rates[wanted]
    items = find_items(result.scheme, wanted)
    if not items and not about and grounds.subject:
        raise NoAnswerError(f"“{{{name}}}”：主题“{wanted}”不是办法里的项目，没有得分")
    if not items:
        raise ReferenceProblem(f"“{{{name}：{wanted}}}”：办法里没有这个项目，请写编码或名称")
    found = _rates(result, items)
    found.sort(key=lambda each: (-each[0], -(result.year[each[1]]["total"] or 0)))
    grounds.rates[wanted] = found
    return found


def _rates(result: Result, items: Iterable[Item]) -> Rates:
    found, items = [], list(items)
    for unit, marks in result.year.items():
        full = sum((item.full_for(result.group_of(unit)) for item in items), Fraction(0))
        had = [marks[f"mark:{item.code}"] for item in items]
        if full and all(mark is not None for mark in had):
            found.append((Fraction(sum(mark or 0 for mark in had), SCALE) / full, unit))
    return found


def _rate(grounds: Grounds, about: str) -> str:
    """一个项目或类别的平均得分率：85.3%。"""
    found = [rate for rate, _ in rates(grounds, "得分率", about)]
    grounds.refuse_few("得分率", len(found))
    return _percent(mean(found or [Fraction(0)]))


def _percent(rate: Fraction) -> str:
    return f"{number_text(half_up(rate * 100, 1))}%"


def _exemplary(grounds: Grounds, about: str) -> str:
    """一个项目或类别做得最好的单位，得分率不低于九成；写项目，或项目，个数（不写为5个）。"""
    item, most = split_number(about, USUAL)
    best = [unit for rate, unit in rates(grounds, "突出单位", item) if rate >= EXEMPLARY]
    return listed(best[:most])


def _exemplary_count(grounds: Grounds, about: str) -> str:
    """一个项目或类别得分率不低于九成的单位个数。"""
    return str(sum(rate >= EXEMPLARY for rate, _ in rates(grounds, "突出单位数", about)))


def _weak(grounds: Grounds, about: str) -> str:
    """一个项目或类别得分率不足六成的单位个数。"""
    return str(sum(rate < WEAK for rate, _ in rates(grounds, "薄弱单位数", about)))


def _weak_units(grounds: Grounds, about: str) -> str:
    """一个项目或类别得分率不足六成的单位名单，按办法次序。"""
    weak = {unit for rate, unit in rates(grounds, "薄弱单位", about) if rate < WEAK}
    return listed(unit for unit in grounds.result_for("薄弱单位").year if unit in weak)


def _full_marks(grounds: Grounds, about: str) -> str:
    """一个项目或类别得满分的单位个数。"""
    return str(sum(rate == 1 for rate, _ in rates(grounds, "满分单位数", about)))


def _by_category(grounds: Grounds, about: str) -> str:
    """逐类写突出单位：一是健全组织，平均得分率92.3%，较好的有甲镇、乙局；二是……可写每类几个。"""
    most = number(about, USUAL)
    said = (_category(grounds, item, most) for item in grounds.scheme_for("各类情况").items)
    return firstly(each for each in said if each)


def _category(grounds: Grounds, item: Item, most: int) -> str:
    found = rates(grounds, "各类情况", item.code)
    best = [unit for rate, unit in found if rate >= EXEMPLARY]
    parts = [item.name]
    if found and (grounds.shows_marks or len(found) >= FEWEST):
        parts.append(f"平均得分率{_percent(mean([rate for rate, _ in found]))}")
    if best:
        parts.append(f"较好的有{listed(best[:most])}{'等单位' * (len(best) > most)}")
    return "，".join(parts) if len(parts) > 1 else ""


def _weak_items(grounds: Grounds, about: str) -> str:
    """平均得分率最低的几个项目：季考核质量、档案规范；可写几个（不写为3个）。"""
    most, result = number(about, 3), grounds.result_for("薄弱项目")
    scored = [leaf for item in result.scheme.items for leaf in leaves((item,))]
    found = [
        (mean([rate for rate, _ in had]), item.name)
        for item in scored
        if (had := _rates(result, [item]))
    ]
    return listed(name for rate, name in sorted(found, key=lambda e: e[0])[:most] if rate < 1)


def _front(grounds: Grounds, about: str) -> str:
    """一个组名次在前的单位，写组别，个数（不写为3个）：乡镇，3。"""
    group, most = split_number(about, 3)
    result = grounds.result_for("前列单位")
    totals(result, group, "前列单位")
    ranked = [
        (marks["rank_all"] if not group else marks["rank"], unit)
        for unit, marks in result.year.items()
        if marks["rank"] is not None and group in ("", result.group_of(unit))
    ]
    return listed(
        unit for place, unit in sorted(ranked, key=lambda e: e[0] or 0) if (place or 0) <= most
    )


def _near(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """离等次线不到满分的二百分之一的单位个数。"""
    result = grounds.result_for("临界单位数")
    return str(len(boundary_units(league(result), default_margin(result))))


MARKS = (
    Known("平均分", _mean, "{平均分：乡镇}", "group"),
    Known("中位分", _median, "{中位分}", "group"),
    Known("最高分", _best, "{最高分}", "group", tells_marks=True),
    Known("最低分", _worst, "{最低分}", "group", tells_marks=True),
    Known("得分率", _rate, "{得分率：内部绩效}", "item"),
    Known("突出单位", _exemplary, "{突出单位：内部绩效，6}", "item"),
    Known("突出单位数", _exemplary_count, "{突出单位数：内部绩效}", "item"),
    Known("薄弱单位数", _weak, "{薄弱单位数：月自查覆盖}", "item"),
    Known("薄弱单位", _weak_units, "{薄弱单位：月自查覆盖}", "item"),
    Known("满分单位数", _full_marks, "{满分单位数：档案齐全}", "item"),
    Known("各类情况", _by_category, "{各类情况：4}"),
    Known("薄弱项目", _weak_items, "{薄弱项目：3}"),
    Known("前列单位", _front, "{前列单位：乡镇，3}", "group", tells_marks=True),
    Known("临界单位数", _near, "{临界单位数}"),
)
