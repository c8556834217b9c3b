"""What must the engine answer? The same rules once more, in plain fractions, slow and obvious.

Written from the sentences of the scheme's kinds alone: it shares no arithmetic with the engine.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from jixiao.scoring import scales as kinds
from jixiao.scoring.amounts import Amount
from jixiao.scoring.scheme import Rule, Scheme, walk
from jixiao.scoring.sheet import Sheet
from jixiao.scoring.tests.oracle_measures import (
    At,
    Subject,
    Value,
    average,
    concerned,
    measured,
    quotient,
    rounded,
    suits,
)
from jixiao.scoring.tests.oracle_standing import Facts, Share, Year, decided, standings

NOUGHT = Fraction(0)
Columns = dict[str, int | None]
Bound = Amount | Literal["none"] | None


class Answer(NamedTuple):
    """What the engine must say: by unit, by round and unit, and by rate and unit."""

    year: dict[str, Columns]
    rounds: dict[str, dict[str, Columns]]
    shares: dict[int, dict[str, Share]]


class Mark(NamedTuple):
    """A node's mark; one that does not apply adds nothing, one that is a gap spoils the total."""

    value: Value
    applies: bool = True


NOT_HERE = Mark(None, applies=False)
Leaf = Callable[["At"], Mark]


# ------------------------------------------------------------------ scales


def points_of(amount: Amount, full: Fraction) -> Fraction:
    return amount.value * full if amount.of_full else amount.value


def direct(scale: kinds.Direct, *, value: Fraction, full: Fraction) -> Fraction:  # noqa: ARG001
    return value


def proportional(scale: kinds.Proportional, *, value: Fraction, full: Fraction) -> Fraction:
    return full * value / scale.full_at


def threshold(scale: kinds.Threshold, *, value: Fraction, full: Fraction) -> Fraction:
    return full if value in scale.reach else points_of(scale.otherwise, full)


def bands(scale: kinds.Bands, *, value: Fraction, full: Fraction) -> Fraction:
    for band in scale.bands:
        if value in band.within:
            return points_of(band.points, full)
    return points_of(scale.otherwise, full)


def steps(scale: kinds.Steps, *, value: Fraction, full: Fraction) -> Fraction:
    if scale.nothing_in is not None and value in scale.nothing_in:
        return NOUGHT
    base, distance = points_of(scale.base, full), value - scale.origin
    if distance > 0 and scale.above is not None:
        return base + walked(scale.above, distance, full=full, whole=scale.whole)
    if distance < 0 and scale.below is not None:
        return base - walked(scale.below, -distance, full=full, whole=scale.whole)
    return base


def walked(step: kinds.Step, distance: Fraction, *, full: Fraction, whole: bool) -> Fraction:
    """So many points for every so much, at most the limit (which has the same sign)."""
    count = distance / step.per
    points = points_of(step.points, full) * (Fraction(count // 1) if whole else count)
    if step.limit is None:
        return points
    limit = points_of(step.limit, full)
    return min(points, limit, key=abs)


def deduct(scale: kinds.Deduct, *, value: Fraction, full: Fraction) -> Fraction:
    return full - points_of(scale.each, full) * max(NOUGHT, value - scale.free)


def credit(scale: kinds.Credit, *, value: Fraction, full: Fraction) -> Fraction:
    return points_of(scale.each, full) * value


def places(scale: kinds.Places, *, value: Fraction, full: Fraction) -> Fraction:
    table = {Fraction(place): points for place, points in enumerate(scale.points, start=1)}
    return points_of(table.get(value, scale.otherwise), full)


def per_place(scale: kinds.PerPlace, *, value: Fraction, full: Fraction) -> Fraction:
    return full - points_of(scale.each, full) * (value - 1)


def between(scale: kinds.Between, *, value: Fraction, full: Fraction) -> Fraction:
    low, high = points_of(scale.low, full), points_of(scale.high, full)
    return low + (high - low) * min(max(value, NOUGHT), Fraction(1))


def progressive(scale: kinds.Progressive, *, value: Fraction, full: Fraction) -> Fraction:
    """The last divisor goes on for everything beyond."""
    left, gained = abs(value), NOUGHT
    for index, divisor in enumerate(scale.divisors):
        last = index == len(scale.divisors) - 1
        part = left if last else min(left, scale.width)
        gained += part / scale.unit * full / divisor
        left -= part
    return full + gained if value >= 0 else full - gained


SCALES: dict[str, Callable[..., Fraction]] = {
    "direct": direct,
    "proportional": proportional,
    "threshold": threshold,
    "bands": bands,
    "steps": steps,
    "deduct": deduct,
    "credit": credit,
    "places": places,
    "per_place": per_place,
    "between": between,
    "progressive": progressive,
}


# ------------------------------------------------------------------ one item, one subject


def bounded(value: Value, at: At, *, default: tuple[Value, Value]) -> Value:
    """Not below 保底, not above 封顶."""
    low, high = (
        bound_of(said, at.full, default=usual)
        for said, usual in zip((at.item.floor, at.item.cap), default, strict=True)
    )
    if value is None:
        return None
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def bound_of(said: Bound, full: Fraction, *, default: Value) -> Value:
    if said is None:
        return default
    return points_of(said, full) if isinstance(said, Amount) else None


def given(at: At) -> Value:
    """The mark before the missing policy: scale, factor, rounding, bounds, premise."""
    rule = at.item.rule_for(at.who.group.name)
    facts = Facts(at.who.unit, at.data, mark=lambda code, take: known(at, code=code, take=take))
    met = rule.only_if is None or decided(rule.only_if, facts=facts)
    if not met:
        return None if met is None else NOUGHT
    points = raw(at, rule)
    is_bonus = at.item in walk(at.scheme.adjustments)
    default = (None, None) if is_bonus else (NOUGHT, at.full)
    return bounded(rounded(points, at.scheme.decimals), at, default=default)


def known(at: At, *, code: str, take: str) -> Value:
    """The mark of another node in this round, or its share of the full mark."""
    item = next(x for x in walk((*at.scheme.items, *at.scheme.adjustments)) if x.code == code)
    there = concerned(at.scheme, at.who, code=code)
    node = replace(at, item=item)
    value = marks_below(node, leaf=leaf)[code].value if there else None
    return value if take == "points" else quotient(value, node.full)


def raw(at: At, rule: Rule) -> Value:
    value = measured(replace(at, measure=rule.measure))
    factor = at.data(rule.factor) if rule.factor else Fraction(1)
    if value is None or factor is None:
        return None
    return SCALES[rule.scale.kind](rule.scale, value=value, full=at.full) * factor


def leaf(at: At) -> Mark:
    """The mark of a scored item, a gap treated as the rule says."""
    value, missing = fixed(at), at.item.rule_for(at.who.group.name).missing
    if value is not None:
        return Mark(value)
    if missing.kind == "not_applicable":
        return NOT_HERE
    everybody = [group.name for group in at.scheme.groups]
    among = {"group_mean": [at.who.group.name], "other_mean": [missing.group]}
    return Mark(usual_mark(at, groups={**among, "all_mean": everybody}.get(missing.kind, [])))


def fixed(at: At) -> Value:
    """The mark that looks at nobody else's: given, or nought or full for a gap."""
    value, missing = given(at), at.item.rule_for(at.who.group.name).missing
    return {"zero": NOUGHT, "full": at.full}.get(missing.kind) if value is None else value


def usual_mark(at: At, *, groups: list[str]) -> Value:
    """The mean of the marks in some groups, in this round; gaps given nought or full are marks."""
    found = [
        fixed(replace(at, who=other))
        for other in at.subjects
        if other.group.name in groups and at.concerns(other)
    ]
    pairs = [(value, Fraction(1)) for value in found if value is not None]
    return rounded(average(pairs), at.scheme.decimals)


# ------------------------------------------------------------------ the tree


def marks_below(at: At, *, leaf: Leaf) -> dict[str, Mark]:
    """The marks of a node and of everything in it, by code, from those of its scored items."""
    if not suits(at.item.audience, at.who):
        return {each.code: NOT_HERE for each in walk((at.item,))}
    if not at.item.items:
        return {at.item.code: leaf(at)}
    found: dict[str, Mark] = {}
    for child in at.item.items:
        found |= marks_below(replace(at, item=child), leaf=leaf)
    children = [found[child.code] for child in at.item.items]
    return {**found, at.item.code: combined(at, children)}


def combined(at: At, children: list[Mark]) -> Mark:
    values = [child.value for child in children if child.applies]
    if not values:
        return NOT_HERE
    if None in values:
        return Mark(None)
    value: Value = sum((each for each in values if each is not None), NOUGHT)
    if at.item.combine == "mean":
        value = rounded(quotient(value, Fraction(len(values))), at.scheme.decimals)
    return Mark(bounded(value, at, default=(None, None)))


def reachable(at: At, marks: Mapping[str, Mark]) -> Fraction:
    """The full marks of what applies to a subject; a mean counts as one."""
    if not marks[at.item.code].applies:
        return NOUGHT
    if not at.item.items or at.item.combine == "mean":
        return at.full
    return sum((reachable(replace(at, item=child), marks) for child in at.item.items), NOUGHT)


def everybody(scheme: Scheme, sheet: Sheet, *, code: str) -> list[At]:
    """The subjects of a round."""
    groups = {unit.name: (unit, group) for group in scheme.groups for unit in group.units}
    rows = [row for row in sheet.rows if row.round == code]
    subjects = tuple(Subject(*groups[row.unit], row) for row in rows)
    return [At(scheme, sheet, subjects, who, scheme.items[0]) for who in subjects]


def one_round(scheme: Scheme, sheet: Sheet, *, code: str) -> dict[str, dict[str, Value]]:
    """Marks and total of everybody in a round, by unit and column."""
    found = everybody(scheme, sheet, code=code)
    return {at.who.unit.name: added_up(at, leaf=leaf) for at in found}


def added_up(at: At, *, leaf: Leaf) -> dict[str, Value]:
    """One subject's marks and total, from those of the scored items."""
    marks: dict[str, Mark] = {}
    for item in (*at.scheme.items, *at.scheme.adjustments):
        marks |= marks_below(replace(at, item=item), leaf=leaf)
    main = summed([marks[item.code] for item in at.scheme.items])
    if at.scheme.not_applicable == "rescale":
        parts = [reachable(replace(at, item=item), marks) for item in at.scheme.items]
        grown = None if main is None else main * at.scheme.full_for(at.who.group.name)
        main = rounded(quotient(grown, sum(parts, NOUGHT)), at.scheme.decimals)
    adjust = adjusted(at.scheme, marks)
    total = None if main is None or adjust is None else main + adjust
    columns = {f"mark:{code}": mark.value for code, mark in marks.items()}
    sums = {"main": main, "adjust": adjust} if at.scheme.adjustments else {"main": main}
    return {**columns, **sums, "total": total}


def summed(marks: list[Mark]) -> Value:
    values = [mark.value for mark in marks if mark.applies]
    return None if None in values else sum((each for each in values if each is not None), NOUGHT)


def adjusted(scheme: Scheme, marks: Mapping[str, Mark]) -> Value:
    value = summed([marks[item.code] for item in scheme.adjustments])
    if value is None:
        return None
    value = value if scheme.adjust_low is None else max(value, scheme.adjust_low)
    return value if scheme.adjust_high is None else min(value, scheme.adjust_high)


# ------------------------------------------------------------------ the year


def judge(scheme: Scheme, sheet: Sheet) -> Answer:
    """Every mark, total, place, tier and flag that the engine must find."""
    codes = [each.code for each in scheme.rounds] or [""]
    rounds = {code: one_round(scheme, sheet, code=code) for code in codes}
    units = list(dict.fromkeys(row.unit for row in sheet.rows))
    ats = {at.who.unit.name: at for code in codes for at in everybody(scheme, sheet, code=code)}
    marks = {unit: over_rounds(ats[unit], rounds) for unit in units}
    columns, flags, shares = standings(Year(scheme, sheet, marks))
    year = {unit: {**whole(columns[unit]), **flags[unit]} for unit in units}
    found = {code: {u: whole(m) for u, m in rows.items()} for code, rows in rounds.items()}
    return Answer(year, found, shares)


def over_rounds(at: At, rounds: Mapping[str, Any]) -> dict[str, Value]:
    """The year's marks added up again; no total where one is lacking in a round that counts."""
    mine = {
        code: found[at.who.unit.name] for code, found in rounds.items() if at.who.unit.name in found
    }
    if not at.scheme.rounds:
        return dict(mine[""])
    year = added_up(at, leaf=lambda each: of_year(each, mine))
    lacking = any(not each.optional and each.code not in mine for each in at.scheme.rounds)
    gap = lacking or any(columns["total"] is None for columns in mine.values())
    return {**year, "total": None if gap else rounded(year["total"], at.scheme.decimals)}


def of_year(at: At, mine: Mapping[str, Mapping[str, Value]]) -> Mark:
    """The weighted mean of the rounds with a mark; of bonus and penalty the sum, within bounds."""
    weights = {each.code: each.weight for each in at.scheme.rounds}
    pairs = [(columns[f"mark:{at.item.code}"], weights[code]) for code, columns in mine.items()]
    present = [(value, weight) for value, weight in pairs if value is not None]
    value = rounded(average(present), 4)
    if at.item in walk(at.scheme.adjustments) and present:
        value = bounded(sum((v for v, _ in present), NOUGHT), at, default=(None, None))
    waived = at.item.rule_for(at.who.group.name).missing.kind == "not_applicable"
    return NOT_HERE if value is None and waived else Mark(value)


def whole(columns: Mapping[str, Value]) -> Columns:
    """Ten-thousandths, as the engine gives them."""
    return {
        name: None if value is None else int(Fraction(value * 10000))
        for name, value in columns.items()
    }
