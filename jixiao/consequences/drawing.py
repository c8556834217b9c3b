"""Which lists follow from a result, and why is each unit on them? Pure: the database is asked elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from jixiao.results.consequences import Listed, Share, Shares, consequences
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.scoring.columns import data_item
from jixiao.scoring.conditions import (
    Condition,
    DataTest,
    MarkTest,
    RankTest,
    TagTest,
    TierTest,
    TotalTest,
    parts_of,
)
from jixiao.scoring.consequences import Consequence, Rate, Ruling
from jixiao.scoring.inputs import history_years, input_keys
from jixiao.scoring.judging import find
from jixiao.scoring.numbers import SCALE, mark_text, number_text, percent_text
from jixiao.scoring.scheme import DataItem, Scheme, SchemeError
from jixiao.scoring.sentences import condition_words, data_name
from jixiao.scoring.sheet import Sheet

COUNTED: Mapping[str, str] = {
    "问题总数": "已反馈的问题",
    "未整改问题": "没有整改到位的问题",
    "逾期未整改": "逾期没有整改到位的问题",
    "反弹问题": "复查反弹的问题",
    "重复问题": "同一项再次发现的问题",
    "预扣分问题": "预扣分的问题",
}
"""Data that the platform counts itself from the findings of the year, by key; nobody is asked."""
CHECKED = ("tier", "total", "rank")
"""What must come out as it is sealed."""
ROUNDED = {"floor": "舍去小数", "ceil": "有小数进一", "half_up": "四舍五入"}


class RuleError(Exception):
    """A county's own rule that does not fit the result; the message says why."""


@dataclass(frozen=True)
class Known:
    """What is known beside the sealed result."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By unit: how many findings of each kind of ``COUNTED``."""
    history: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By unit: tiers of earlier years, last year first."""
    entered: frozenset[tuple[str, int]] = frozenset()
    """Unit and years back, where the tier was entered as history."""


@dataclass(frozen=True)
class Line:
    """A unit on a list."""

    unit: str
    reason: str
    rate: Fraction | None = None
    people: Fraction | None = None
    places: int | None = None


@dataclass(frozen=True)
class Drawn:
    """One consequence with the units it concerns."""

    name: str
    words: str
    basis: str
    is_rate: bool
    lines: tuple[Line, ...]


def drawn(result: Result, year: int, known: Known) -> tuple[Drawn, ...]:
    """The lists that the scheme's own consequences make, in its order; what is sealed counts."""
    pairs = zip(result.scheme.consequences, consequences(result), strict=True)
    return tuple(_drawn(result, year, rule, found, known) for rule, found in pairs)


def with_rules(result: Result, rules: Sequence[Consequence], known: Known) -> Result:
    """The result with other consequences, by the same engine; nothing sealed may come out differently."""
    scheme = asked(result.scheme, rules)
    try:
        again = evaluate(scheme, _told(result, scheme, known))
    except SchemeError as error:
        raise RuleError(str(error)) from None
    for unit, marks in result.year.items():
        if any(marks.get(name) != again.year[unit].get(name) for name in CHECKED):
            raise RuleError(f"{unit}的等次重算与封存的不一致，请先核验这次结果")
    return again


def asked(scheme: Scheme, rules: Sequence[Consequence]) -> Scheme:
    """The scheme with these consequences instead of its own, and the counts that they look at."""
    changed = scheme.model_copy(update={"consequences": tuple(rules)})
    used = set(input_keys(changed)) & set(COUNTED)
    items = [
        DataItem(key=key, name=name, unit="个", counted=True)
        for key, name in COUNTED.items()
        if key in used
    ]
    return changed.model_copy(update={"data": (*scheme.data, *items)})


def _told(result: Result, scheme: Scheme, known: Known) -> Sheet:
    """The sealed sheet, with counts beside it and tiers of years further back than it knows."""
    new = {each.key for each in scheme.data} - {each.key for each in result.scheme.data}
    rows = []
    for row in result.sheet.rows:
        counts = known.counts.get(row.unit, {})
        more = {key: counts.get(key, 0) * SCALE for key in new}
        rows.append(replace(row, values={**row.values, **more}))
    sealed, back = history_years(result.scheme), history_years(scheme)
    units = {row.unit for row in rows}
    history = {unit: _earlier(result, unit, (sealed, back), known) for unit in units}
    return replace(result.sheet, rows=tuple(rows), history=history)


def _earlier(result: Result, unit: str, ends: tuple[int, int], known: Known) -> tuple[str, ...]:
    """Earlier tiers: as sealed for the years that the scheme looks at, beyond also as known since."""
    sealed, back = ends
    inside, told = result.sheet.history.get(unit, ()), known.history.get(unit, ())
    return tuple(
        (inside[each] if each < len(inside) else "")
        or (told[each] if sealed <= each < len(told) else "")
        for each in range(max(sealed, back))
    )


# ── Reasons ────────────────────────────────────────────────────────────────────────────────


def _drawn(
    result: Result, year: int, rule: Consequence, found: Listed | Shares, known: Known
) -> Drawn:
    words = rule_words(result.scheme, rule)
    if isinstance(found, Listed) and isinstance(rule, Ruling):
        lines = [
            Line(unit, "；".join(figures(result, unit, rule.when, Past(year, known))))
            for unit in found.units
        ]
        return Drawn(found.name, words, found.basis, is_rate=False, lines=tuple(lines))
    shares = found.units if isinstance(found, Shares) and isinstance(rule, Rate) else ()
    lines = [_share_line(rule, each) for each in shares if isinstance(rule, Rate)]
    return Drawn(found.name, words, found.basis, is_rate=True, lines=tuple(lines))


def _share_line(rule: Rate, share: Share) -> Line:
    said = plain(rule, "；".join(share.steps))
    if share.people is not None:
        exact = share.people * share.rate
        places = f"{number_text(share.people)}人×{percent_text(share.rate)}＝{number_text(exact)}"
        rounded = f"，{ROUNDED[rule.rounding]}" if exact.denominator != 1 else ""
        capped = "，不超过上限" if rule.rounding != "floor" and (share.places or 0) < exact else ""
        said = f"{said}；{places}{rounded}{capped}，{share.places}名"
    return Line(share.unit, said, share.rate, share.people, share.places)


def rule_words(scheme: Scheme, rule: Consequence) -> str:
    """A consequence as a sentence."""
    if isinstance(rule, Ruling):
        return condition_words(scheme, rule.when)
    said = [f"{tier}{percent_text(share)}" for tier, share in rule.by_tier.items()]
    said += [f"无等次{percent_text(rule.untiered)}"] if rule.untiered else []
    said += [
        f"{condition_words(scheme, each.when)}的加{percent_text(each.add)}"
        for each in rule.additions
    ]
    said += [f"合计不超过{percent_text(rule.cap)}"] if rule.cap is not None else []
    if rule.people:
        said.append(f"按{data_name(scheme, rule.people)}折成名额，{ROUNDED[rule.rounding]}")
    return plain(rule, "，".join(said))


def is_coefficient(rule: Consequence) -> bool:
    """Whether a rate is a factor such as 1.2, which nobody reads as a percentage."""
    return isinstance(rule, Rate) and not rule.people and max(_values(rule)) > 1


def plain(rule: Rate, text: str) -> str:
    """The text with factors as numbers."""
    for value in sorted(_values(rule), reverse=True) if is_coefficient(rule) else ():
        text = text.replace(percent_text(value), number_text(value))
    return text


def _values(rule: Rate) -> set[Fraction]:
    ends = [] if rule.cap is None else [rule.cap]
    return {*rule.by_tier.values(), rule.untiered, *(each.add for each in rule.additions), *ends}


@dataclass(frozen=True)
class Past:
    """The year at hand and what is known of those before."""

    year: int
    known: Known


def figures(result: Result, unit: str, condition: Condition, past: Past) -> Iterator[str]:
    """This unit's own figures for everything that the condition looks at, each once."""
    tests = (each for each in parts_of(condition) if each.kind not in ("all", "any", "not"))
    found = (said for each in tests for said in _figure(result, unit, each, past))
    return iter(dict.fromkeys(found))


def _figure(result: Result, unit: str, test: Condition, past: Past) -> Iterable[str]:
    match test:
        case TierTest():
            return _tiers(result, unit, test.years, past)
        case MarkTest():
            return [_mark(result, unit, test.item)]
        case DataTest():
            return [_datum(result, unit, test.data)]
        case RankTest() | TotalTest() | TagTest():
            return [_standing(result, unit, test)]
        case _:
            return []


def _standing(result: Result, unit: str, test: RankTest | TotalTest | TagTest) -> str:
    marks = result.year[unit]
    if isinstance(test, TagTest):
        return f"{'属于' if _has_tag(result, unit, test.tag) else '不属于'}“{test.tag}”"
    if isinstance(test, TotalTest):
        return f"总分{mark_text(marks['total'], result.scheme.decimals)}分"
    place = marks["rank" if test.scope == "group" else "rank_all"]
    where = "组内" if test.scope == "group" else "全体"
    return f"总分列{where}第{place}名" if place else "不参加排名"


def _tiers(result: Result, unit: str, years: int, past: Past) -> Iterator[str]:
    yield f"{past.year}年度{result.tier_of(unit) or '无等次'}"
    earlier = result.sheet.history.get(unit, ())
    for back in range(1, years):
        tier = earlier[back - 1] if back <= len(earlier) else ""
        entered = "（历史录入）" if (unit, back) in past.known.entered else ""
        yield f"{past.year - back}年度{tier or '没有结果'}{entered}"


def _mark(result: Result, unit: str, code: str) -> str:
    mark = mark_text(result.year[unit].get(f"mark:{code}"), result.scheme.decimals)
    item = find(result.scheme, code)
    full = number_text(item.full_for(result.group_of(unit)))
    return f"“{item.name}”得{mark}分（满分{full}）"


def _datum(result: Result, unit: str, key: str) -> str:
    value = result.year[unit].get(key)
    said = "没有数据" if value is None else number_text(Fraction(value, SCALE))
    return f"{data_name(result.scheme, key)}{said}{data_item(result.scheme, key).unit}"


def _has_tag(result: Result, unit: str, tag: str) -> bool:
    units = (each for group in result.scheme.groups for each in group.units)
    return any(each.name == unit and tag in each.tags for each in units)
