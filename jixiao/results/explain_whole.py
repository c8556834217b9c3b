"""Why this category, adjustment or total? What the items come to, step by step.

Like the items' explanations everything is read off the sealed result; ``adds`` are the exact parts, so
that a test can add them up again. No other unit's mark is told: a unit reads the same as the county.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from jixiao.results.explain_standing import gate_point, place_point, tier_point
from jixiao.results.points import ADJUST, GATE, PLACE, TIER, TOTAL, Part, Point
from jixiao.results.result import Marks, Result
from jixiao.scoring.amounts import Amount, amount_words
from jixiao.scoring.numbers import SCALE, half_up, mark_text, number_text
from jixiao.scoring.scheme import Item, Scheme, walk
from jixiao.scoring.sentences import gate_words


def explain_point(result: Result, unit: str, code: str) -> Point:
    """One point of a unit that is no scored item; KeyError for what is none."""
    if code.startswith(GATE):
        return gate_point(result, unit, int(code.removeprefix(GATE)))
    made = {ADJUST: adjust_point, TOTAL: total_point, PLACE: place_point, TIER: tier_point}
    if code in made:
        return made[code](result, unit)
    scheme = result.scheme
    nodes = {each.code: each for each in walk((*scheme.items, *scheme.adjustments))}
    return node_point(result, unit, nodes[code])


def node_point(result: Result, unit: str, item: Item) -> Point:
    """A category: the marks of what is in it, added up or averaged, within its bounds."""
    marks, group, decimals = result.year[unit], result.group_of(unit), result.scheme.decimals
    parts = _parts(item.items, marks)
    adds = tuple(marks[f"mark:{each.code}"] or 0 for each in _there(item.items, marks))
    steps, raw = [_sum_words(parts)], Fraction(sum(adds))
    if item.combine == "mean":
        raw = half_up(raw / max(len(adds), 1) / SCALE, decimals) * SCALE
        steps.append(f"{_exact(sum(adds))}÷{len(adds)}＝{_exact(raw)}分")
    mark = marks[f"mark:{item.code}"]
    steps += _bound_steps(raw, mark)
    return Point(
        item.code, item.name, f"{mark_text(mark, decimals)} 分", _node_words(item), parts,
        tuple(steps), number_text(item.full_for(group)), adds, mark,
    )  # fmt: skip


def adjust_point(result: Result, unit: str) -> Point:
    """Bonuses and penalties together, within what the scheme lets them come to."""
    scheme, marks = result.scheme, result.year[unit]
    parts = _parts(scheme.adjustments, marks)
    adds = tuple(marks[f"mark:{each.code}"] or 0 for each in _there(scheme.adjustments, marks))
    steps = [_sum_words(parts), *_bound_steps(Fraction(sum(adds)), marks["adjust"])]
    return Point(
        ADJUST, "加扣分合计", f"{mark_text(marks['adjust'], scheme.decimals)} 分",
        _adjust_words(scheme), parts, tuple(steps), "", adds, marks["adjust"],
    )  # fmt: skip


def total_point(result: Result, unit: str) -> Point:
    """The items, what they are scaled up by where some do not apply, bonuses and penalties, vetoes."""
    scheme, marks = result.scheme, result.year[unit]
    parts = _parts(scheme.items, marks)
    if marks.get("adjust") is not None:
        parts += (Part("加扣分", _exact(marks["adjust"] or 0), ADJUST),)
    adds = (marks["main"] or 0, marks.get("adjust") or 0)
    return Point(
        TOTAL, "总分", f"{mark_text(marks['total'], scheme.decimals)} 分",
        _total_rule(scheme), parts, tuple(_total_steps(result, unit)),
        number_text(scheme.full_for(result.group_of(unit))), adds, marks["total"],
    )  # fmt: skip


def _total_steps(result: Result, unit: str) -> Iterator[str]:
    scheme, marks = result.scheme, result.year[unit]
    parts, main = _parts(scheme.items, marks), marks["main"] or 0
    added = sum(marks[f"mark:{each.code}"] or 0 for each in _there(scheme.items, marks))
    yield _sum_words(parts)
    if scheme.not_applicable == "rescale" and (reach := marks.get("reachable")):
        full = number_text(scheme.full_for(result.group_of(unit)))
        if main != added:
            yield f"有项目不适用，按满分折算 {_exact(added)}×{full}÷{_exact(reach)}＝{_exact(main)}分"
    raw = main + (marks.get("adjust") or 0)
    if adjust := marks.get("adjust"):
        sign = "＋" if adjust > 0 else "−"
        yield f"{_exact(main)}{sign}{_exact(abs(adjust))}＝{_exact(raw)}分"
    rounded = int(half_up(Fraction(raw, SCALE), scheme.decimals) * SCALE)
    if rounded != raw and scheme.rounds:
        yield f"保留{scheme.decimals}位小数＝{_exact(rounded)}分"
    for gate, index in ((gate, index) for index, gate in enumerate(scheme.gates)):
        if gate.effect == "zero" and marks.get(f"gate:{index}") == 1:
            yield f"触发“{gate.name}”，总分记0分"


def _total_rule(scheme: Scheme) -> str:
    said = ["各类得分相加"]
    if scheme.adjustments:
        said.append("再加上加扣分")
    if scheme.not_applicable == "rescale":
        said.append("不适用的项目不计，其余折算到满分")
    if scheme.rounds:
        said.append(f"最后保留{scheme.decimals}位小数")
    said += [gate_words(scheme, each) for each in scheme.gates if each.effect == "zero"]
    return "，".join(said)


def _node_words(item: Item) -> str:
    said = ["各项取平均" if item.combine == "mean" else "各项相加"]
    for bound, word in ((item.floor, "最低"), (item.cap, "最高")):
        if isinstance(bound, Amount):
            said.append(f"{word}{amount_words(bound)}")
    return "，".join(said)


def _adjust_words(scheme: Scheme) -> str:
    said = ["各项加分、扣分相加"]
    if scheme.adjust_low is not None:
        said.append(f"合计最低{number_text(scheme.adjust_low)}分")
    if scheme.adjust_high is not None:
        said.append(f"合计最高{number_text(scheme.adjust_high)}分")
    return "，".join(said)


def _there(items: Iterable[Item], marks: Marks) -> list[Item]:
    return [each for each in items if marks.get(f"mark:{each.code}") is not None]


def _parts(items: Iterable[Item], marks: Marks) -> tuple[Part, ...]:
    return tuple(
        Part(f"{each.number or each.code} {each.name}", _exact(marks[f"mark:{each.code}"] or 0), each.code)
        for each in _there(items, marks)
    )  # fmt: skip


def _sum_words(parts: tuple[Part, ...]) -> str:
    total = sum((Fraction(each.value.replace("−", "-")) for each in parts), Fraction(0))
    said = "＋".join(each.value for each in parts).replace("＋−", "−")
    return f"{said}＝{_exact(total * SCALE)}分" if len(parts) > 1 else f"{said or '0'}分"


def _bound_steps(raw: Fraction, mark: int | None) -> list[str]:
    if mark is None or raw == mark:
        return []
    return [f"{'封顶' if mark < raw else '保底'}{_exact(mark)}分"]


def _exact(mark: int | Fraction) -> str:
    """A year's mark to the last figure: it is combined in ten-thousandths."""
    return number_text(Fraction(mark) / SCALE).replace("-", "−")
