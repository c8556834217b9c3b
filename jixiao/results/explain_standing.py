"""Why this place, this tier, this gate? What was asked, what there was, what followed."""

from collections.abc import Iterator
from fractions import Fraction

from jixiao.results.lines import entry, places_within
from jixiao.results.points import GATE, PLACE, TIER, TOTAL, Part, Point
from jixiao.results.result import Result
from jixiao.scoring.columns import data_item
from jixiao.scoring.conditions import Condition, DataTest, MarkTest, TotalTest, parts_of
from jixiao.scoring.judging import find
from jixiao.scoring.numbers import SCALE, mark_text, number_text
from jixiao.scoring.scheme import Gate, Group, Scheme
from jixiao.scoring.sentences import (
    condition_words,
    data_name,
    gate_words,
    quota_words,
    tier_words,
)

LAST = 2**62
"""What is not known counts as less than anything."""
MOVES = ("set", "down", "lowest")
"""Effects that change a tier, in the order in which they do."""


def place_point(result: Result, unit: str) -> Point:
    """Where a unit stands in its group, by how many are before it; nobody else's mark is told."""
    marks, group = result.year[unit], _group(result, unit)
    rule = "组内按总分从高到低排名" + _tie_words(result.scheme)
    place = marks.get("rank")
    value = f"第 {place} 名" if place else "不排名"
    total = Part("总分", mark_text(marks["total"], result.scheme.decimals), TOTAL)
    if place is None:
        why = "有缺项，没有总分，不参加排名" if group.ranked else "本组不参加排名"
        return Point(PLACE, "组内名次", value, rule, (total,), (why,))
    before = _before(result, unit, group)
    steps = tuple(_place_steps(result, unit, group, before))
    return Point(PLACE, "组内名次", value, rule, (total,), steps, adds=before)


def _before(result: Result, unit: str, group: Group) -> tuple[int, int]:
    """How many have a higher total, and how many of those with the same are settled to come first."""
    own, mine = _key(result, unit)
    others = [_key(result, each.name) for each in group.units if each.name in result.year]
    ahead = sum(total > own for total, _ in others)
    return ahead, sum(total == own and ties > mine for total, ties in others)


def _key(result: Result, unit: str) -> tuple[int, tuple[int, ...]]:
    """Total, then what settles equal ones; higher is better, a gap is worst."""
    marks = result.year[unit]
    total = marks["ranked"]
    ties = []
    for tie in result.scheme.ties:
        value = marks.get(f"mark:{tie.item}" if tie.item else tie.data)
        sign = 1 if tie.best == "high" else -1
        ties.append(-LAST if value is None else sign * value)
    return -LAST if total is None else total, tuple(ties)


def _place_steps(result: Result, unit: str, group: Group, before: tuple[int, int]) -> Iterator[str]:
    own = result.year[unit]["ranked"]
    names = [each.name for each in group.units if each.name in result.year]
    totals = [t for name in names if (t := result.year[name]["ranked"]) is not None]
    yield f"{group.name}共{len(totals)}个单位排名，总分比本单位高的有{before[0]}个"
    if same := totals.count(own or 0) - 1:
        settled = f"，其中{before[1]}个按同分规定排在前面" if result.scheme.ties else "，名次并列"
        yield f"总分相同的还有{same}个{settled}"
    yield f"前面有{sum(before)}个，排第{sum(before) + 1}名"


def tier_point(result: Result, unit: str) -> Point:
    """Tier by tier what it asks, whether the unit meets it, and what gates changed."""
    scheme, marks = result.scheme, result.year[unit]
    rule = "；".join(f"{each.name}：{tier_words(scheme, each)}" for each in scheme.tiers)
    rule = f"从高到低，符合哪一等就评为哪一等。{rule}"
    gates = [
        Part(each.name, "触发", f"{GATE}{index}")
        for index, each in enumerate(scheme.gates)
        if marks.get(f"gate:{index}") == 1
    ]
    known = (
        Part("总分", mark_text(marks["total"], scheme.decimals), TOTAL),
        Part("组内名次", str(marks.get("rank") or "不排名"), PLACE),
        *gates,
    )
    value = result.tier_of(unit) or "无等次"
    return Point(TIER, "等次", value, rule, known, tuple(_tier_steps(result, unit)))


def _tier_steps(result: Result, unit: str) -> Iterator[str]:
    scheme, marks = result.scheme, result.year[unit]
    place = marks.get("tier0")
    if place is None:
        yield "没有参加排名的总分，不评等次"
        return
    for index in range(place):
        yield f"{scheme.tiers[index].name}：{_why_not(result, unit, index)}"
    yield f"{scheme.tiers[place].name}：{_why_so(result, unit, place)}"
    for effect in MOVES:
        for index, gate in enumerate(scheme.gates):
            if gate.effect == effect and marks.get(f"gate:{index}") == 1:
                yield f"触发“{gate.name}”：{gate_words(scheme, gate)}"
    if marks["tier"] != place:
        yield f"由{scheme.tiers[place].name}变为{result.tier_of(unit)}"


def _why_so(result: Result, unit: str, place: int) -> str:
    tier = result.scheme.tiers[place]
    if tier.within is None and tier.quota is None and tier.when is None:
        return "其余单位，评为这一等"
    if place == len(result.scheme.tiers) - 1 and result.year[unit][f"tier:{place}"] != 1:
        return "不符合以上各等，评为最低一等"
    total, low = result.year[unit]["total"], entry(tier, result.scheme.decimals)
    words = [mark_text(each, result.scheme.decimals) for each in (total, low)]
    reached = "" if low is None else f"总分{words[0]}，到了{words[1]}分，"
    return f"{reached}{_quota_told(result, unit, place)}符合，评为这一等"


def _why_not(result: Result, unit: str, place: int) -> str:
    """What keeps a unit out of a better tier; a gate that bars goes first, as it is the gravest."""
    scheme, marks, tier = result.scheme, result.year[unit], result.scheme.tiers[place]
    barred = [each for each in _bars(scheme, place) if marks.get(f"gate:{each[0]}") == 1]
    if barred:
        return f"触发“{barred[0][1].name}”，{gate_words(scheme, barred[0][1])}"
    low, total = entry(tier, scheme.decimals), marks["total"] or 0
    if low is not None and total < low:
        short = mark_text(low - total, scheme.decimals)
        return f"要{mark_text(low, scheme.decimals)}分，总分{mark_text(total, scheme.decimals)}，差{short}分"
    if tier.quota is not None and marks.get(f"fits:{place}") == 1:
        return f"{_quota_told(result, unit, place)}排在名额以外"
    return f"条件不符合：{condition_words(scheme, tier.when) if tier.when else tier_words(scheme, tier)}"


def _quota_told(result: Result, unit: str, place: int) -> str:
    quota = result.scheme.tiers[place].quota
    if quota is None:
        return ""
    marks = result.year[unit]
    allowed = places_within(result, _group(result, unit), quota)
    where, rank = ("组内", "rank") if quota.scope == "group" else ("全体", "rank_all")
    return f"名额{quota_words(quota)}，共{allowed}个，{where}第{marks[rank]}名，"


def _bars(scheme: Scheme, place: int) -> list[tuple[int, Gate]]:
    names = [each.name for each in scheme.tiers]
    return [
        (index, gate)
        for index, gate in enumerate(scheme.gates)
        if gate.effect == "bar" and place <= names.index(gate.tier)
    ]


def gate_point(result: Result, unit: str, index: int) -> Point:
    """What a gate looks at, what there was, and whether it closed."""
    scheme, gate = result.scheme, result.scheme.gates[index]
    closed = result.year[unit].get(f"gate:{index}") == 1
    steps = [f"{condition_words(scheme, gate.when)}：{'成立' if closed else '不成立'}"]
    steps += [gate_words(scheme, gate)] if closed else ["没有触发"]
    if gate.approved_by:
        steps.append(f"由{gate.approved_by}批准")
    parts = tuple(_looked_at(result, unit, gate.when))
    value = "触发" if closed else "未触发"
    return Point(f"{GATE}{index}", gate.name, value, gate_words(scheme, gate), parts, tuple(steps))


def _looked_at(result: Result, unit: str, condition: Condition) -> Iterator[Part]:
    scheme, marks = result.scheme, result.year[unit]
    for each in parts_of(condition):
        if isinstance(each, DataTest):
            value = marks.get(each.data)
            said = "没有这个数" if value is None else number_text(Fraction(value, SCALE))
            counted = data_item(scheme, each.data).unit if value is not None else ""
            yield Part(data_name(scheme, each.data), f"{said}{counted}")
        elif isinstance(each, MarkTest):
            mark = mark_text(marks.get(f"mark:{each.item}"), scheme.decimals)
            yield Part(find(scheme, each.item).name, mark, each.item)
        elif isinstance(each, TotalTest):
            yield Part("总分", mark_text(marks["total"], scheme.decimals), TOTAL)


def _group(result: Result, unit: str) -> Group:
    name = result.group_of(unit)
    return next(each for each in result.scheme.groups if each.name == name)


def _tie_words(scheme: Scheme) -> str:
    if not scheme.ties:
        return "，同分并列"
    said = [
        f"{find(scheme, tie.item).name if tie.item else data_name(scheme, tie.data)}"
        f"{'高' if tie.best == 'high' else '低'}的在前"
        for tie in scheme.ties
    ]
    return f"，同分时{'，再比'.join(said)}"
