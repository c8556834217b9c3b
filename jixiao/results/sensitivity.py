"""Which tiers hang on one hand, one item, one weight? Each is changed by a stated amount, all else stays.

The sealed marks are changed, never the figures behind them, and the engine places every unit anew. An
item left out, or one whose weight changes, leaves the full mark as it is: the others take up the rest.
Caps that a scheme states for whole categories stay as stated.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from jixiao.results.league import reach
from jixiao.results.result import Result
from jixiao.scoring.again import restand
from jixiao.scoring.amounts import Amount
from jixiao.scoring.numbers import SCALE, half_up, number_text
from jixiao.scoring.scheme import Item, leaves

NAMED = 5
"""So many units are named in a sentence."""

Change = Mapping[str, dict[str, int | None]]
"""Of some units the year's marks that are others."""


@dataclass(frozen=True)
class Amounts:
    """By how much marks, of one hand or of one item, and weights are changed."""

    mark: Fraction = Fraction(2, 100)
    """Of the full mark of each item."""
    weight: Fraction = Fraction(1, 10)
    """Of the weight itself."""


@dataclass(frozen=True)
class Hand:
    """Whoever recorded marks: an assessor, a team, or the office that the scheme names."""

    kind: str
    name: str
    marks: frozenset[tuple[str, str, str]]
    """Unit, round and item of each."""


@dataclass(frozen=True)
class Turn:
    """A unit whose tier would be another."""

    unit: str
    before: str
    after: str


@dataclass(frozen=True)
class Case:
    """One change and whose tier it turns."""

    kind: str
    what: str
    turns: tuple[Turn, ...]

    @property
    def words(self) -> str:
        """``把“1.1 领导机构”每个单位上调满分的2%，河口镇由达标变为先进``."""
        return f"{self.what}，{self.turned or '等次都不变'}"

    @property
    def turned(self) -> str:
        """``河口镇由达标变为先进``."""
        found = groupby(self.turns, lambda each: (each.before, each.after))
        return "；".join(
            f"{_named([each.unit for each in units])}由{before}变为{after}"
            for (before, after), units in found
        )


@dataclass(frozen=True)
class Sensitivity:
    """Every case that was tried, and the units whose tier turns in any, the most frequent first."""

    cases: tuple[Case, ...]

    @property
    def turning(self) -> tuple[Case, ...]:
        """The cases in which some tier changes."""
        return tuple(each for each in self.cases if each.turns)

    @property
    def units(self) -> tuple[tuple[str, int], ...]:
        """Each unit that turns, with the number of cases in which it does."""
        found: dict[str, int] = {}
        for each in self.cases:
            for turn in each.turns:
                found[turn.unit] = found.get(turn.unit, 0) + 1
        return tuple(sorted(found.items(), key=lambda each: -each[1]))


def sensitivity(result: Result, hands: Collection[Hand], amounts: Amounts) -> Sensitivity:
    """Try every hand, item and weight up and down; one run of the engine."""
    if not result.year or not result.scheme.tiers:
        return Sensitivity(())
    tried = [*_by_hand(result, hands, amounts), *_by_item(result, amounts)]
    tried += _by_weight(result, amounts)
    stood = restand(result.scheme, result.year, [change for *_, change in tried])
    names = [tier.name for tier in result.scheme.tiers]
    return Sensitivity(
        tuple(
            Case(kind, what, tuple(_turns(result, names, each)))
            for (kind, what, _), each in zip(tried, stood, strict=True)
        )
    )


def by_scorer(result: Result) -> tuple[Hand, ...]:
    """The offices that the scheme lets give the marks of an item."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for item in leaves(result.scheme.items):
        if item.scorer:
            found.setdefault(item.scorer, set()).update(_everybody(result, item))
    return tuple(Hand("评分单位", name, frozenset(marks)) for name, marks in found.items())


def _turns(
    result: Result, names: list[str], stood: Mapping[str, Mapping[str, int | None]]
) -> Iterator[Turn]:
    """Best tiers first, so that who moves together is named together."""
    found = [
        (was, now, unit)
        for unit, marks in stood.items()
        if (was := result.year[unit]["tier"]) is not None
        and (now := marks["tier"]) is not None
        and was != now
    ]
    for was, now, unit in sorted(found, key=lambda each: each[:2]):
        yield Turn(unit, names[was], names[now])


def _named(units: list[str]) -> str:
    shown = "、".join(units[:NAMED])
    return shown if len(units) <= NAMED else f"{shown}等{len(units)}个单位"


# ---------------------------------------------------------------------- marks of one hand, one item


def _by_hand(
    result: Result, hands: Collection[Hand], amounts: Amounts
) -> Iterator[tuple[str, str, Change]]:
    for hand in hands:
        for sign, word in ((1, "上调"), (-1, "下调")):
            what = f"把{hand.name}记的分每项{word}满分的{percent(amounts.mark)}"
            yield hand.kind, what, shifted(result, hand.marks, sign * amounts.mark)


def _by_item(result: Result, amounts: Amounts) -> Iterator[tuple[str, str, Change]]:
    for item in leaves(result.scheme.items):
        marks = _everybody(result, item)
        for sign, word in ((1, "上调"), (-1, "下调")):
            what = f"把{called(item)}每个单位{word}满分的{percent(amounts.mark)}"
            yield "项目", what, shifted(result, marks, sign * amounts.mark)


def _everybody(result: Result, item: Item) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (unit, code, item.code)
        for code, rows in result.rounds.items()
        for unit, marks in rows.items()
        if marks.get(f"mark:{item.code}") is not None
    )


def shifted(result: Result, marks: Collection[tuple[str, str, str]], share: Fraction) -> Change:
    """The year's marks where these of the rounds are ``share`` of the full mark higher."""
    items = {item.code: item for item in leaves(result.scheme.items)}
    found: dict[str, dict[str, int | None]] = {}
    for unit, code in sorted({(unit, code) for unit, _, code in marks if code in items}):
        given = {
            name: _moved(
                result, items[code], unit, mark, share if (unit, name, code) in marks else 0
            )
            for name, rows in result.rounds.items()
            if (mark := rows.get(unit, {}).get(f"mark:{code}")) is not None
        }
        if given:
            found.setdefault(unit, {})[f"mark:{code}"] = _of_year(result, given)
    return found


def _moved(result: Result, item: Item, unit: str, mark: int, share: Fraction | int) -> int:
    """A round's mark, higher by a share of the full mark, within what the item allows."""
    full = item.full_for(result.group_of(unit))
    moved = mark + int(half_up(share * full * SCALE))
    low = item.floor.points(full) * SCALE if isinstance(item.floor, Amount) else Fraction(0)
    high = (item.cap.points(full) if isinstance(item.cap, Amount) else full) * SCALE
    moved = moved if item.floor == "none" else max(moved, min(mark, int(low)))
    return moved if item.cap == "none" else min(moved, max(mark, int(high)))


def _of_year(result: Result, given: Mapping[str, int]) -> int:
    """As the engine combines rounds: the weighted mean of those in which there is a mark."""
    weights = {each.code: each.weight for each in result.scheme.rounds} or {"": Fraction(1)}
    total = sum((weights[name] for name in given), Fraction(0))
    return int(half_up(sum(weights[name] * mark for name, mark in given.items()) / total))


# ---------------------------------------------------------------------- weights


def _by_weight(result: Result, amounts: Amounts) -> Iterator[tuple[str, str, Change]]:
    for item in weighed(result.scheme.items):
        for sign, word in ((1, "提高"), (-1, "降低")):
            what = f"把{called(item)}的权重{word}{percent(amounts.weight)}"
            yield "权重", what, reweighed(result, item, 1 + sign * amounts.weight)
    for item in weighed(result.scheme.items):
        if not item.items:
            yield (
                "不计",
                f"不计{called(item)}，其余按比例折算",
                reweighed(result, item, Fraction(0)),
            )


def weighed(items: tuple[Item, ...]) -> Iterator[Item]:
    """The nodes that have a weight of their own; inside a mean all count alike, single children double."""
    for item in items:
        yield item
        if item.combine == "sum" and len(item.items) > 1:
            yield from weighed(item.items)


def reweighed(result: Result, item: Item, by: Fraction) -> Change:
    """The year's marks where one node counts ``by`` times as much and the others take up the rest."""
    mine = {each.code for each in leaves((item,))}
    found: dict[str, dict[str, int | None]] = {}
    for unit, marks in result.year.items():
        group = result.group_of(unit)
        whole = sum(
            reach(each, group, marks) for each in result.scheme.items if _is_in(each, marks)
        )
        own = reach(item, group, marks) if _is_in(item, marks) else 0
        if not own or own == whole or whole <= by * own:
            continue
        rest = Fraction(whole - by * own) / (whole - own)
        found[unit] = {
            name: int(half_up(mark * (by if each.code in mine else rest)))
            for each in leaves(result.scheme.items)
            if (mark := marks.get(name := f"mark:{each.code}")) is not None
        }
    return found


def _is_in(item: Item, marks: Mapping[str, int | None]) -> bool:
    return any(marks.get(f"mark:{each.code}") is not None for each in leaves((item,)))


def called(item: Item) -> str:
    """An item or a category as sentences name it."""
    number = item.number or item.code
    return f"“{number} {item.name}”"


def percent(share: Fraction) -> str:
    """``2%``."""
    return f"{number_text(share * 100)}%"
