"""What would a unit get for this item? The rule tried on made-up figures, by the engine itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.scoring.columns import data_columns, data_item
from jixiao.scoring.engine import marks
from jixiao.scoring.events import Event, EventTable
from jixiao.scoring.inputs import item_keys
from jixiao.scoring.measures import Events, Rank, Relative, Reported
from jixiao.scoring.numbers import SCALE, half_up, mark_text, number_text, parse_number, scaled
from jixiao.scoring.scales import Scale
from jixiao.scoring.scheme import (
    DataItem,
    Group,
    Item,
    Missing,
    Rule,
    Scheme,
    SchemeError,
    Unit,
    leaves,
)
from jixiao.scoring.sentences import data_name
from jixiao.scoring.sheet import Row, Sheet, ranges_of, to_frame

UNITS = ("甲", "乙", "丙", "丁")
"""Rules that compare units are tried on several."""
PROOF = {"document": "试算", "notice_days": 10_000, "signed_by": "试算"}
LARGEST = Fraction(10**8)


@dataclass(frozen=True)
class Asked:
    """One figure to try with: its name in the form, what it is, and the options it has."""

    key: str
    title: str
    unit: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """One made-up unit: what was filled in, the mark, and how it came about."""

    name: str
    cells: tuple[tuple[Asked, str, str], ...]
    """Each figure with its name in the form and its text."""
    mark: str = ""
    steps: str = ""


@dataclass(frozen=True)
class Trial:
    """The item tried; ``problem`` says why it cannot be."""

    rows: tuple[Tried, ...]
    problem: str = ""
    note: str = ""


def trial(scheme: Scheme, item: Item, *, group: str, given: Mapping[str, str]) -> Trial:
    """The marks of made-up units of ``group``; ``given`` has ``甲.迟报`` → ``3``."""
    rule = item.rule_for(group)
    asked = tuple(_asked(scheme, item, rule))
    names = UNITS if isinstance(rule.measure, Relative) else UNITS[:1]
    note = "试算不看前提" if rule.only_if else ""
    rows = tuple(_blank(name, asked, given) for name in names)
    if not any(text for row in rows for _, _, text in row.cells):
        return Trial(rows, note=note)
    alone = item.model_copy(
        update={"rule": _free(rule), "variants": (), "audience": type(item.audience)()}
    )
    try:
        made, sheet = _scheme(scheme, alone, group=group), _sheet(scheme, alone, rows)
        return Trial(tuple(_results(made, sheet, alone, rows)), note=note)
    except (SchemeError, ValueError) as error:
        return Trial(rows, str(error), note)


def _free(rule: Rule) -> Rule:
    """The rule without what other items decide."""
    kind = rule.missing.kind
    missing = Missing(kind="group_mean") if kind in ("other_mean", "all_mean") else rule.missing
    return rule.model_copy(update={"only_if": None, "missing": missing})


def _asked(scheme: Scheme, item: Item, rule: Rule) -> Iterator[Asked]:
    if item.events:
        yield from (Asked(level, level, "件", ()) for level in item.events.levels)
        return
    for key in item_keys(item.model_copy(update={"rule": _free(rule), "variants": ()})):
        data = data_item(scheme, key)
        columns = data_columns(data)
        for number, column in enumerate(columns, start=1):
            period = f"第{number}期" if len(columns) > 1 else ""
            name = "评分" if key == item.code else data_name(scheme, key)
            yield Asked(column, name + period, data.unit, tuple(data.choices))


def _blank(name: str, asked: tuple[Asked, ...], given: Mapping[str, str]) -> Tried:
    fields = {each: f"试算.{name}.{each.key}" for each in asked}
    return Tried(
        name, tuple((each, field, given.get(field, "").strip()) for each, field in fields.items())
    )


def _scheme(scheme: Scheme, item: Item, *, group: str) -> Scheme:
    """A scheme of this one item; bonus and penalty stay outside the total."""
    known = {data.key for data in scheme.data}
    keys = [key for key in item_keys(item) if key in known]
    outside = item.code in {each.code for each in leaves(scheme.adjustments)}
    rest = Item(
        code="其余", name="其余", points=Fraction(1), rule=Rule(missing=Missing(kind="zero"))
    )
    return Scheme(
        title="试算",
        full=scheme.full,
        decimals=scheme.decimals,
        groups=(Group(name=group, units=tuple(Unit(name=name) for name in UNITS)),),
        data=tuple(_once(data_item(scheme, key)) for key in dict.fromkeys(keys)),
        items=(rest,) if outside else (item,),
        adjustments=(item,) if outside else (),
    )


def _once(data: DataItem) -> DataItem:
    return data.model_copy(update={"from_result": ""})


def _sheet(scheme: Scheme, item: Item, rows: tuple[Tried, ...]) -> Sheet:
    filled = [row for row in rows if any(text for _, _, text in row.cells)]
    if item.events:
        found = [event for row in filled for event in _events(item, item.events, row)]
        return Sheet(tuple(Row(row.name, {}) for row in filled), tuple(found))
    return Sheet(tuple(Row(row.name, _values(scheme, row)) for row in filled))


def _values(scheme: Scheme, row: Tried) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for asked, _, text in row.cells:
        data = data_item(scheme, asked.key.partition("@")[0])
        if text:
            found[asked.key] = scaled(data.choices[text] if text in data.choices else _number(text))
    return found


def _events(item: Item, table: EventTable, row: Tried) -> Iterator[Event]:
    for asked, _, text in row.cells:
        if text and (times := _number(text)):
            yield Event(
                unit=row.name, item=item.code, matter=asked.key, level=asked.key, times=times,
                on=table.counts_from or table.counts_to, **PROOF,
            )  # fmt: skip


def _number(text: str) -> Fraction:
    value = parse_number(text)
    if abs(value) > LARGEST:
        raise ValueError(f"“{text}”太大，请填一亿以内的数")
    return value


def _results(scheme: Scheme, sheet: Sheet, item: Item, rows: tuple[Tried, ...]) -> Iterator[Tried]:
    frame = to_frame(scheme, sheet)
    marked, _ = marks(scheme, frame.lazy(), ranges_of(frame), rows=frame.height, trace=True)
    found = {each["unit"]: each for each in marked.collect().iter_rows(named=True)}
    for row in rows:
        got = found.get(row.name, {})
        mark = got.get(f"mark:{item.code}")
        said = mark_text(mark, scheme.decimals) if got else ""
        steps = _steps(got, item, item.full_for(scheme.groups[0].name))
        yield Tried(row.name, row.cells, said, " → ".join(steps))


def _steps(got: Mapping[str, int | None], item: Item, full: Fraction) -> Iterator[str]:
    """The quotient, the arithmetic and the bound, where they say more than the mark."""
    rule, code = item.rule or Rule(), item.code
    top, bottom = got.get(f"top:{code}"), got.get(f"bottom:{code}")
    if top is not None and isinstance(rule.measure, Rank) and rule.measure.take == "place":
        yield f"第{top}名"
        yield from _arithmetic(rule.scale, Fraction(top), full)
    elif top is not None and bottom is not None:
        value = Fraction(top, bottom)
        if not isinstance(rule.measure, Rank):
            yield f"{_plain(top)}÷{_plain(bottom)}{_near(value)}"
        yield from _arithmetic(rule.scale, value, full)
    elif top is not None and isinstance(rule.measure, Reported | Events):
        yield from _arithmetic(rule.scale, Fraction(top, SCALE), full)
    raw, mark = got.get(f"raw:{code}"), got.get(f"mark:{code}")
    if raw is not None and mark is not None and raw != mark:
        yield "封顶" if mark < raw else "保底"


def _arithmetic(scale: Scale, value: Fraction, full: Fraction) -> Iterator[str]:
    """``12−3×0.5=10.5``; nothing where the points do not grow with the figure."""
    piece = next(each for each in scale.pieces(full) if value in each.within)
    change = piece.points(value) - piece.base
    if not piece.slope or (piece.slope == 1 and not piece.base):
        return
    factor = abs(piece.slope)
    times = f"{number_text(half_up(abs(change) / factor, 4))}×{number_text(half_up(factor, 4))}"
    base = "" if not piece.base else number_text(piece.base) + ("−" if change < 0 else "＋")
    yield f"{base}{times}{_near(piece.points(value))}"


def _near(value: Fraction) -> str:
    near = half_up(value, 4)
    return f"{'=' if near == value else '≈'}{number_text(near).replace('-', '−')}"


def _plain(value: int) -> str:
    return number_text(Fraction(value, SCALE))
