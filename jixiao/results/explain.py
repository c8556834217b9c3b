"""Why exactly this mark? Rule in words, inputs, arithmetic, bounds — point by point.

Everything is read off the sealed result; ``Explanation.mark`` is worked out again from the traced
quotient and must equal what the engine found (a test holds this for every point of a run).
"""

from dataclasses import dataclass
from fractions import Fraction

from jixiao.results.result import Marks, Result
from jixiao.scoring.columns import Slot, data_columns, data_item
from jixiao.scoring.events import Settled
from jixiao.scoring.inputs import item_keys
from jixiao.scoring.measures import Events, GivenRank, Rank
from jixiao.scoring.numbers import (
    SCALE,
    half_up,
    mark_text,
    number_text,
    percent_text,
    scaled,
)
from jixiao.scoring.scales import Piece
from jixiao.scoring.scheme import Item, Scheme, leaves, walk
from jixiao.scoring.sentences import condition_words, data_name, is_share
from jixiao.scoring.sheet import round_of, settled_events

BOUNDS = ("封顶", "保底")
"""How steps begin that keep a mark within its bounds."""


@dataclass(frozen=True)
class Explanation:
    """One mark with everything that made it."""

    code: str
    name: str
    full: Fraction
    mark: int | None
    rule: str
    inputs: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    round: str = ""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The steps, each with its kind: a bound, or what the bound struck out."""
        return lined(self.steps)


def lined(steps: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """``("cap", "封顶10.00分")`` after ``("struck", "120%×10＝12.00分")``."""
    bounds = [step.startswith(BOUNDS) for step in steps]
    kinds = [
        "cap" if mine else "struck" if next_ else ""
        for mine, next_ in zip(bounds, [*bounds[1:], False], strict=False)
    ]
    return tuple(zip(kinds, steps, strict=True))


def explain_item(result: Result, unit: str, item: Item, round_code: str) -> Explanation:
    """Why one unit got this mark for one scored item in one round."""
    slot = _slot_of(result, unit, item)
    mark = result.rounds[round_code][unit][f"mark:{item.code}"]
    return Explanation(
        item.code,
        item.name,
        Fraction(slot.full, SCALE),
        mark,
        result.sentences[slot.name],
        _inputs(result, unit, item, round_code),
        tuple(_steps(result, unit, slot, round_code)),
        round_code,
    )


def explain_unit(result: Result, unit: str) -> tuple[Explanation, ...]:
    """Every scored item that applies to the unit, round after round."""
    items = (*leaves(result.scheme.items), *leaves(result.scheme.adjustments))
    return tuple(
        explain_item(result, unit, item, code)
        for code, rows in result.rounds.items()
        if unit in rows
        for item in items
        if rows[unit][f"mark:{item.code}"] is not None
    )


def find_items(scheme: Scheme, wanted: str) -> tuple[Item, ...]:
    """The scored items meant by a code or a name; those inside it, if it is a category."""
    nodes = list(walk((*scheme.items, *scheme.adjustments)))
    meant = [node for node in nodes if wanted in (node.code, node.name)]
    return tuple(leaf for node in meant for leaf in leaves((node,)))


def _slot_of(result: Result, unit: str, item: Item) -> Slot:
    names = [group.name for group in result.scheme.groups]
    place = names.index(result.group_of(unit))
    return next(slot for slot in result.slots[item.code] if place in slot.groups)


def _inputs(result: Result, unit: str, item: Item, round_code: str) -> tuple[tuple[str, str], ...]:
    row = result.rows[unit, round_code]
    found = []
    for key in item_keys(item):
        data = data_item(result.scheme, key)
        columns = data_columns(data)
        for index, column in enumerate(columns, start=1):
            name = data_name(result.scheme, key) + (f"（第{index}期）" if len(columns) > 1 else "")
            value = row.values.get(column)
            chosen = [word for word, number in data.choices.items() if value == scaled(number)]
            text = "缺" if value is None else number_text(Fraction(value, SCALE)) + data.unit
            found.append((name, chosen[0] if chosen else text))
    return tuple(found)


def _steps(result: Result, unit: str, slot: Slot, round_code: str) -> list[str]:
    marks, scheme, item = result.rounds[round_code][unit], result.scheme, slot.item
    mark = marks[f"mark:{item.code}"]
    value, factor = measured(marks, slot), _factor(result, unit, slot, round_code)
    met = marks.get(f"met:{slot.name}", 1)
    if value is None or factor is None or met is None:
        return [f"缺项，{_gap_words(mark, scheme)}"]
    if isinstance(slot.rule.measure, Events):
        steps = _event_steps(result, unit, item, round_code)
    else:
        steps = [_measured_words(marks, slot, value)]
    piece = piece_at(slot, value)
    steps.append(_arithmetic(piece, value, slot, factor, scheme.decimals))
    if not met and slot.rule.only_if is not None:
        return [*steps, f"前提不成立（{condition_words(scheme, slot.rule.only_if)}），得0分"]
    return [*steps, *_bound_steps(marks, slot, scheme)]


def measured(marks: Marks, slot: Slot) -> Fraction | None:
    """The measured number as the engine traced it, exactly; None for a gap."""
    top = marks.get(f"top:{slot.name}")
    bottom = marks.get(f"bottom:{slot.name}", constant_bottom(slot))
    if top is None or bottom is None:
        return None
    return Fraction(top, bottom)


def constant_bottom(slot: Slot) -> int:
    """The denominator of measures whose denominator is no column."""
    measure = slot.rule.measure
    if isinstance(measure, Rank) or measure.kind == "top_times":
        return 1
    if isinstance(measure, GivenRank) and measure.take == "position":
        return 1 if measure.size == 1 else int(measure.size * SCALE) - SCALE
    return SCALE


def piece_at(slot: Slot, value: Fraction) -> Piece:
    """The piece of the scale that decides at this value."""
    pieces = slot.rule.scale.pieces(Fraction(slot.full, SCALE))
    return next(piece for piece in pieces if value in piece.within)


def _factor(result: Result, unit: str, slot: Slot, round_code: str) -> Fraction | None:
    if not slot.rule.factor:
        return Fraction(1)
    found = result.rounds[round_code][unit][slot.rule.factor]
    return None if found is None else Fraction(found, SCALE)


def _measured_words(marks: Marks, slot: Slot, value: Fraction) -> str:
    share = is_share(slot.rule.measure)
    bottom = marks.get(f"bottom:{slot.name}")
    if isinstance(slot.rule.measure, Rank) and slot.rule.measure.take == "place":
        return f"第{number_text(value)}名"
    if bottom is None:
        return f"计量值 {_plain(value)}"
    one = 1 if isinstance(slot.rule.measure, Rank) else SCALE  # places are whole numbers
    top = Fraction(marks[f"top:{slot.name}"] or 0, one)
    said = f"计量值 {_plain(top)}÷{_plain(Fraction(bottom, one))}={_rounded(value, share=share)}"
    return said.replace("=≈", "≈")


def _plain(value: Fraction) -> str:
    return number_text(half_up(value, 4))


def _rounded(value: Fraction, *, share: bool) -> str:
    near = half_up(value, 4)
    sign = "" if near == value else "≈"
    return sign + (percent_text(near) if share else number_text(near))


def _arithmetic(piece: Piece, value: Fraction, slot: Slot, factor: Fraction, decimals: int) -> str:
    raw = piece.points(value) * factor
    result = mark_text(scaled(half_up(raw, decimals)), decimals)
    times = "" if factor == 1 else f"×系数{number_text(factor)}"
    is_direct = piece.base == 0 and piece.slope == 1 and piece.origin == 0
    if not times and (piece.slope == 0 or is_direct):
        return f"得{result}分"
    if piece.slope == 0:
        return f"{_plain(piece.base)}分{times}＝{result}分"
    share = is_share(slot.rule.measure)
    distance = value - piece.origin
    if piece.whole is not None:
        steps = abs(distance) // piece.whole
        distance = (steps if distance >= 0 else -steps) * piece.whole
    said = _change(piece, distance, share=share)
    body = f"({said})" if times else said
    return f"{body}{times}＝{result}分"


def _change(piece: Piece, distance: Fraction, *, share: bool) -> str:
    if piece.base == 0 and piece.origin == 0:
        return f"{_rounded(distance, share=share)}{_times(piece.slope)}"
    sign = "＋" if piece.slope * distance >= 0 else "−"
    size = f"{_rounded(abs(distance), share=share)}{_times(abs(piece.slope))}"
    return f"{_plain(piece.base)}{sign}{size}"


def _times(slope: Fraction) -> str:
    """A factor people can check: ``×0.5``, or ``×3÷7000`` where four decimals do not hold it."""
    if half_up(slope, 4) == slope:
        return f"×{number_text(slope)}"
    return f"×{slope.numerator}" * (slope.numerator != 1) + f"÷{slope.denominator}"


def _bound_steps(marks: Marks, slot: Slot, scheme: Scheme) -> list[str]:
    raw, mark = marks.get(f"raw:{slot.name}"), marks[f"mark:{slot.item.code}"]
    if raw is None or mark is None or raw == mark:
        return []
    word = "封顶" if mark < raw else "保底"
    return [f"{word}{mark_text(mark, scheme.decimals)}分"]


def _gap_words(mark: int | None, scheme: Scheme) -> str:
    return "不计此项" if mark is None else f"按办法得{mark_text(mark, scheme.decimals)}分"


def _event_steps(result: Result, unit: str, item: Item, round_code: str) -> list[str]:
    mine = [
        each
        for each in settled_events(result.scheme, result.sheet, item)
        if (each.event.unit, round_of(result.scheme, result.sheet, each.event))
        == (unit, round_code)
    ]
    return [_event_words(each) for each in mine] or ["没有核定的事项"]


def _event_words(settled: Settled) -> str:
    event = settled.event
    proof = f"（{event.document}）" if event.document else ""
    if settled.reason:
        return f"{event.matter}{proof}：{settled.reason}"
    return f"{event.matter}{proof}：{''.join(settled.factors)}＝{number_text(settled.points)}分"
