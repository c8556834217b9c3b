"""Who stands where? Rounds combined into the year, places, tiers, vetoes and what follows.

The columns here sit on one row a subject: the year's marks and the year's data.
"""

from jixiao.scoring.columns import CELL, GROUP, POOL, Columns
from jixiao.scoring.consequences import Rate, Ruling
from jixiao.scoring.dialect import Expr, all_of, any_of, where, whole
from jixiao.scoring.exact import Exact, constant, floor_div, half_up
from jixiao.scoring.intervals import Interval
from jixiao.scoring.judging import Judge
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.pointing import holds
from jixiao.scoring.ranking import place_in
from jixiao.scoring.scheme import Gate, Quota, Scheme, TieBreak, Tier


def stand(scheme: Scheme, columns: Columns) -> None:
    """Add the stages after the total: places, tiers, gates and consequences."""
    stage = len(columns.stages)
    columns.put(stage, "total", _zeroed(scheme, columns))
    stage += 1
    columns.put(stage, "ranked", _ranked_total(scheme, columns))
    stage = _places(scheme, columns, stage + 1)
    judge = Judge(scheme, columns)
    for index, gate in enumerate(scheme.gates):
        columns.put(stage, f"gate:{index}", _flag(judge.holds(gate.when)))
    if scheme.tiers:
        stage = _tiers(scheme, columns, stage + 1)
        _final_tier(scheme, columns, stage)
    _consequences(scheme, columns, len(columns.stages))


def _zeroed(scheme: Scheme, columns: Columns) -> Exact:
    """Vetoes that take the whole mark away come before any ranking."""
    total, judge = columns.get("total"), Judge(scheme, columns)
    vetoes = [judge.holds(gate.when) for gate in scheme.gates if gate.effect == "zero"]
    if not vetoes:
        return total
    return Exact(where(any_of(vetoes), 0, total.expr), min(total.low, 0), max(total.high, 0))


def _ranked_total(scheme: Scheme, columns: Columns) -> Exact:
    """The total of those who take part in ranking; a gap for the others."""
    total = columns.get("total")
    apart = [place for place, group in enumerate(scheme.groups) if not group.ranked]
    if not apart:
        return total
    kept = where(~columns.col(GROUP).is_in(apart), total.expr)
    return Exact(kept, total.low, total.high)


def _places(scheme: Scheme, columns: Columns, stage: int) -> int:
    """rank: place in the group; rank_all: place among all; ties settled as the scheme says."""
    total, rows = columns.get("ranked"), max(columns.rows, 1)
    for name, scope in (("rank", CELL), ("rank_all", POOL)):
        place = Exact(place_in(total, scope=scope, best="high"), 1, rows)
        columns.put(stage, name if not scheme.ties else f"{name}:0", place)
    for index, tie in enumerate(scheme.ties, start=1):
        stage += 1
        for name, scope in (("rank", CELL), ("rank_all", POOL)):
            before = columns.get(f"{name}:{index - 1}")
            last = index == len(scheme.ties)
            settled = _settle_tie(columns, tie, before, (scope, f"{name}:{index - 1}"))
            columns.put(stage, name if last else f"{name}:{index}", settled)
    return stage + 1


def _settle_tie(columns: Columns, tie: TieBreak, before: Exact, scope: tuple[str, ...]) -> Exact:
    key = columns.get(f"mark:{tie.item}" if tie.item else tie.data)
    worst = key.low - 1 if tie.best == "high" else key.high + 1
    filled = Exact(key.expr.fill_null(worst), min(key.low, worst), max(key.high, worst))
    inside = place_in(filled, scope=scope, best=tie.best)
    return Exact(before.expr + inside - 1, 1, before.high)


def _tiers(scheme: Scheme, columns: Columns, stage: int) -> int:
    """tier:i says whether the i-th tier, and no better one, is the subject's before overrides."""
    judge = Judge(scheme, columns)
    there = ~columns.col("ranked").is_null()
    for index, tier in enumerate(scheme.tiers):
        better = [columns.col(f"tier:{each}") == 0 for each in range(index)]
        fits = all_of([there, *_fits(judge, tier, index), *better])
        if tier.quota is not None:
            columns.put(stage, f"fits:{index}", _flag(fits))
            fits = _within_quota(columns, tier.quota, columns.col(f"fits:{index}") == 1)
            stage += 1
        columns.put(stage, f"tier:{index}", _flag(fits))
        stage += 1
    return stage


def _fits(judge: Judge, tier: Tier, index: int) -> list[Expr]:
    tests: list[Expr] = []
    if tier.within is not None:
        # Only the lower end decides: who is barred from a better tier falls into the next one.
        low = Interval(low=tier.within.low, low_closed=tier.within.low_closed)
        tests.append(holds(judge.columns.get("total"), SCALE, low))
    if tier.when is not None:
        tests.append(judge.holds(tier.when))
    names = [each.name for each in judge.scheme.tiers]
    tests += [
        judge.columns.col(f"gate:{place}") == 0
        for place, gate in enumerate(judge.scheme.gates)
        if gate.effect == "bar" and index <= names.index(gate.tier)
    ]
    return tests


def _within_quota(columns: Columns, quota: Quota, fits: Expr) -> Expr:
    """The first so many of those who fit; a barred subject's place goes to the next."""
    name, scope = ("rank", CELL) if quota.scope == "group" else ("rank_all", POOL)
    place = columns.get(name)
    key = Exact(where(fits, place.expr), place.low, place.high)
    order = place_in(key, scope=scope, best="low")
    if quota.ties == "exclude":
        # 并列超出名额的都不进：the last of the tied must still be inside.
        order = whole(key.expr.rank("max").over(scope))
    inside = order <= _allowed(columns, quota, scope)
    return inside.fill_null(value=False)


def _allowed(columns: Columns, quota: Quota, scope: str) -> Expr | int:
    if quota.share is None:
        return quota.count or 0
    ranked = columns.get("ranked")
    size = Exact(whole(ranked.expr.count().over(scope)), 0, columns.rows)
    top, bottom = size * quota.share.numerator, quota.share.denominator
    return rounded(top, bottom, quota.rounding).expr


def rounded(top: Exact, bottom: int, rounding: str) -> Exact:
    """top ÷ bottom as a whole number, rounded as the quota says."""
    if rounding == "half_up":
        return half_up(top, bottom)
    lift = bottom - 1 if rounding == "ceil" else 0
    return floor_div(top + lift, bottom)


def _final_tier(scheme: Scheme, columns: Columns, stage: int) -> None:
    """tier0: by marks and quotas; tier: after every override that a closed gate makes."""
    lowest = len(scheme.tiers) - 1
    chain = constant(lowest, columns.col("ranked")).expr
    for index in reversed(range(lowest)):
        chain = where(columns.col(f"tier:{index}") == 1, index, chain)
    there = ~columns.col("ranked").is_null()
    columns.put(stage, "tier0", Exact(where(there, chain), 0, lowest))
    final = columns.get("tier0").expr
    for effect in ("set", "down", "lowest"):
        for index, gate in enumerate(scheme.gates):
            if gate.effect == effect:
                moved = _moved(scheme, gate, final)
                final = where(columns.col(f"gate:{index}") == 1, moved, final)
    columns.put(stage + 1, "tier", Exact(where(there, final), 0, lowest))


def _moved(scheme: Scheme, gate: Gate, tier: Expr) -> Expr | int:
    """Overrides upward first, then down by steps, then veto: the strictest has the last word."""
    lowest = len(scheme.tiers) - 1
    if gate.effect == "set":
        target = [each.name for each in scheme.tiers].index(gate.tier)
        return tier.clip(None, target)
    if gate.effect == "down":
        return (tier + gate.steps).clip(None, lowest)
    return lowest


def _consequences(scheme: Scheme, columns: Columns, stage: int) -> None:
    """ruling:i and add:i:j: which consequence and which addition holds for whom."""
    judge = Judge(scheme, columns)
    for index, consequence in enumerate(scheme.consequences):
        match consequence:
            case Ruling():
                columns.put(stage, f"ruling:{index}", _flag(judge.holds(consequence.when)))
            case Rate():
                for place, addition in enumerate(consequence.additions):
                    flag = _flag(judge.holds(addition.when))
                    columns.put(stage, f"add:{index}:{place}", flag)


def _flag(test: Expr) -> Exact:
    return Exact(whole(test.fill_null(value=False)), 0, 1)
