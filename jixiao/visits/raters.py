"""Who marks more strictly or more leniently than the others on comparable items, and by how much?

Teams visit different units, so a mark is only compared with the others' marks for the same item,
worth the same, in the same group. A mark counts as its share of the full mark; results are exact
fractions of one, shown as points of a hundred. Counted figures are nobody's judgement: left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from jixiao.scoring.numbers import half_up, mark_text, scaled
from jixiao.visits.sheet import mark_field
from jixiao.visits.tasks import Task

FEW = 5
"""Units under which a difference may be chance."""
DULL = Fraction(9, 10)
"""Share of full marks from which an item tells units apart no longer."""
T = TypeVar("T")
K = TypeVar("K")
Cell = tuple[str, int, str]
"""What is comparable: item, full mark, group."""
SMALL = "评的单位少于5个，差别可能是偶然的"
ALONE = "没有别的组评过同样的项目和组别，无从比较"
OTHER_UNITS = "这些单位的自评和数据指标本来就相差{}分，差别可能来自单位，不一定是尺度"


@dataclass(frozen=True)
class Given:
    """One mark that somebody gave, in ten-thousandths, and what the unit gave itself."""

    rater: int
    unit: str
    group: str
    code: str
    full: int
    mark: int
    own: int | None = None
    """The unit's own mark for the item."""

    @property
    def cell(self) -> Cell:
        """What it may be compared with."""
        return self.code, self.full, self.group

    @property
    def rate(self) -> Fraction:
        """The share of the full mark."""
        return Fraction(self.mark, self.full)


@dataclass(frozen=True)
class Scale:
    """How one rater marks: exact shares of a full mark."""

    rater: int
    marks: int
    units: int
    mean: Fraction
    spread: Fraction
    """Mean absolute deviation from the rater's own mean of each item and group."""
    severity: Fraction | None
    """Mean difference from the others on comparable items; above zero: more lenient. None: alone."""
    compared: int
    """Marks that could be compared."""
    footing: Fraction | None
    """How much better these units stand by what no assessor judges; None where nothing is known."""

    @property
    def mean_text(self) -> str:
        """The mean as points of a hundred."""
        return hundredths(self.mean)

    @property
    def spread_text(self) -> str:
        """The spread as points of a hundred."""
        return hundredths(self.spread)

    @property
    def is_unlike(self) -> bool:
        """Whether it is known to mark otherwise than the others."""
        return self.severity is not None and hundredths(abs(self.severity)) != "0.0"

    @property
    def severity_text(self) -> str:
        """``偏严 2.5`` or ``偏宽 1.0``."""
        if self.severity is None:
            return "—"
        if not self.is_unlike:
            return "持平"
        words = hundredths(abs(self.severity))
        return f"{'偏严' if self.severity < 0 else '偏宽'} {words}"

    @property
    def caution(self) -> str:
        """Why the difference may not be one of scale; empty where nothing speaks against it."""
        if self.severity is None:
            return ALONE
        said = [SMALL] if self.units < FEW else []
        footing = self.footing or Fraction(0)
        is_alike = footing * self.severity > 0 and abs(footing) * 2 >= abs(self.severity)
        if is_alike:
            said.append(OTHER_UNITS.format(hundredths(abs(footing))))
        return "；".join(said)


@dataclass(frozen=True)
class ItemSpread:
    """How an item was marked over all units."""

    code: str
    marks: int
    mean: Fraction
    full_share: Fraction

    @property
    def is_dull(self) -> bool:
        """Whether nearly everybody got the full mark."""
        return self.full_share > DULL

    @property
    def mean_text(self) -> str:
        """The mean as points of a hundred."""
        return hundredths(self.mean)

    @property
    def full_text(self) -> str:
        """The share of full marks in percent."""
        return f"{hundredths(self.full_share)}%"


@dataclass(frozen=True)
class Pair:
    """Two people who marked the same things alone: how often they agreed, how far apart they were."""

    first: int
    second: int
    marks: int
    same: int
    distance: Fraction
    """Mean absolute difference, in ten-thousandths."""

    @property
    def same_text(self) -> str:
        """The share of identical marks in percent."""
        return f"{hundredths(Fraction(self.same, self.marks))}%"

    @property
    def distance_text(self) -> str:
        """The mean difference in points."""
        return mark_text(int(half_up(self.distance)), 1)


@dataclass(frozen=True)
class Alone:
    """What one of two people marked alone, before they settled it."""

    rater: int
    unit: str
    code: str
    mark: int


@dataclass(frozen=True)
class SelfGap:
    """How far the units' own marks lie above the reviewed ones, as shares of the full marks."""

    name: str
    marks: int
    gap: Fraction

    @property
    def gap_text(self) -> str:
        """The difference as points of a hundred, with its sign."""
        return hundredths(self.gap, signed=True)


def is_judged(task: Task) -> bool:
    """Whether assessors judge it: a mark they give, or a grade they choose, not something counted."""
    by_choice = bool(task.fields) and all(each.choices for each in task.fields)
    is_known = task.formula is not None and task.full > 0
    return task.is_on_site and is_known and (mark_field(task) is not None or by_choice)


def scales(given: Sequence[Given], *, known: Sequence[Given] = ()) -> list[Scale]:
    """Each rater against all the others; ``known`` are marks that no assessor judged."""
    by_rater = _grouped(given, lambda each: each.rater)
    cells = _Cells.of(given)
    footing = _footing(given, known)
    return [_scale(rater, marks, cells, footing.get(rater)) for rater, marks in by_rater.items()]


def shifts(given: Sequence[Given], *, decimals: int) -> Mapping[tuple[int, str], int]:
    """By rater and item how many ten-thousandths of a point would level the means; nulls left out."""
    cells = _Cells.of(given)
    found: dict[tuple[int, str], list[Fraction]] = defaultdict(list)
    for each in given:
        other = cells.others(each)
        if other is not None:
            found[each.rater, each.code].append((other - each.rate) * each.full)
    levelled = {key: _rounded(_mean(each), decimals) for key, each in found.items()}
    return {key: shift for key, shift in levelled.items() if shift}


def item_spreads(given: Iterable[Given]) -> list[ItemSpread]:
    """How each item was marked, the dullest first."""
    found = [
        ItemSpread(
            code, len(marks), _mean([each.rate for each in marks]),
            Fraction(sum(each.mark == each.full for each in marks), len(marks)),
        )
        for code, marks in _grouped(given, lambda each: each.code).items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: -each.full_share)


def pairs(alone: Iterable[Alone]) -> list[Pair]:
    """Every two people who marked the same things, the least agreeing first."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for first, second in _both(alone):
        found[first.rater, second.rater].append(abs(first.mark - second.mark))
    rows = [
        Pair(*who, len(far), sum(not each for each in far), Fraction(sum(far), len(far)))
        for who, far in found.items()
    ]
    return sorted(rows, key=lambda each: -each.distance)


def item_distances(alone: Iterable[Alone]) -> list[tuple[str, int, Fraction]]:
    """Items with how many marks were compared and how far apart they were, the furthest first."""
    found: dict[str, list[int]] = defaultdict(list)
    for first, second in _both(alone):
        found[first.code].append(abs(first.mark - second.mark))
    rows = [(code, len(far), Fraction(sum(far), len(far))) for code, far in found.items()]
    return sorted(rows, key=lambda each: -each[2])


def self_gaps(given: Iterable[Given], *, by: Callable[[Given], str]) -> list[SelfGap]:
    """How much higher units marked themselves, the largest difference first."""
    both = [each for each in given if each.own is not None]
    found = [
        SelfGap(name, len(marks), _mean([Fraction(_lead(each), each.full) for each in marks]))
        for name, marks in _grouped(both, by).items()
    ]
    return sorted(found, key=lambda each: -abs(each.gap))


def hundredths(value: Fraction | None, *, signed: bool = False) -> str:
    """A share as points of a hundred with one decimal: ``83.5``, ``+2.0``, ``−1.3``."""
    if value is None:
        return "—"
    rounded = half_up(value * 100, 1)
    digits = f"{abs(rounded) * 10}".rjust(2, "0")
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{digits[:-1]}.{digits[-1]}"


@dataclass(frozen=True)
class _Cells:
    """Sums by comparable cell and rater, so that each mark is compared in no time."""

    sums: Mapping[Cell, Mapping[int, tuple[Fraction, int]]]

    @classmethod
    def of(cls, given: Iterable[Given]) -> "_Cells":
        found: dict[Cell, dict[int, tuple[Fraction, int]]] = defaultdict(dict)
        for each in given:
            total, count = found[each.cell].get(each.rater, (Fraction(0), 0))
            found[each.cell][each.rater] = (total + each.rate, count + 1)
        return cls(found)

    @cached_property
    def _totals(self) -> Mapping[Cell, tuple[Fraction, int]]:
        return {
            cell: (sum((s for s, _ in raters.values()), Fraction(0)), sum(n for _, n in raters.values()))
            for cell, raters in self.sums.items()
        }  # fmt: skip

    def others(self, given: Given) -> Fraction | None:
        """The mean of everybody else's marks in the same cell."""
        total, count = self._totals[given.cell]
        own, mine = self.sums[given.cell][given.rater]
        return (total - own) / (count - mine) if count > mine else None

    def own(self, given: Given) -> Fraction:
        """The rater's own mean in the cell."""
        total, count = self.sums[given.cell][given.rater]
        return total / count


def _scale(rater: int, marks: Sequence[Given], cells: _Cells, footing: Fraction | None) -> Scale:
    compared = [each.rate - other for each in marks if (other := cells.others(each)) is not None]
    return Scale(
        rater=rater,
        marks=len(marks),
        units=len({each.unit for each in marks}),
        mean=_mean([each.rate for each in marks]),
        spread=_mean([abs(each.rate - cells.own(each)) for each in marks]),
        severity=_mean(compared) if compared else None,
        compared=len(compared),
        footing=footing,
    )


def _footing(given: Sequence[Given], known: Sequence[Given]) -> Mapping[int, Fraction]:
    """By rater how much better its units stand by their own marks and by figures from elsewhere."""
    own = [
        Given(each.rater, each.unit, each.group, f"自评 {each.code}", each.full, each.own)
        for each in given
        if each.own is not None
    ]
    told = [*own, *known]
    cells = _Cells.of(told)
    found: dict[int, list[Fraction]] = defaultdict(list)
    for each in told:
        if (other := cells.others(each)) is not None:
            found[each.rater].append(each.rate - other)
    return {rater: _mean(each) for rater, each in found.items()}


def _both(alone: Iterable[Alone]) -> Iterable[tuple[Alone, Alone]]:
    for marks in _grouped(alone, lambda each: (each.unit, each.code)).values():
        ordered = sorted(marks, key=lambda each: each.rater)
        yield from combinations(ordered, 2)


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = {}
    for each in rows:
        found.setdefault(key(each), []).append(each)
    return found


def _lead(given: Given) -> int:
    return (given.own or 0) - given.mark


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _rounded(points: Fraction, decimals: int) -> int:
    """Ten-thousandths of points, rounded as marks are."""
    return scaled(half_up(points / 10_000, decimals))
