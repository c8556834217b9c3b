"""What does a scheme ask of a unit in a year: how many things, how often, for how many minutes?

What the system counts, another office provides or an assessor sees on the spot is not asked of
units and costs them nothing. A figure that several items use is asked once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.schemes.linter import RELIEF_2024, Finding
from jixiao.scoring.columns import all_leaves, applies_to, tree_audiences
from jixiao.scoring.inputs import item_keys, rules_of
from jixiao.scoring.measures import Reported
from jixiao.scoring.numbers import half_up, number_text
from jixiao.scoring.scales import Direct
from jixiao.scoring.scheme import Audience, DataItem, Item, Scheme

FIGURE_MINUTES = Fraction(10)
EVIDENCE_MINUTES = Fraction(30)
"""What a figure, or one kind of evidence, takes each time where the scheme does not say."""


@dataclass(frozen=True)
class Asked:
    """One thing asked of units for an item: what, how often a year, how long it takes each time."""

    what: str
    times: int
    minutes: Fraction

    @property
    def total(self) -> Fraction:
        """Minutes in a year."""
        return self.times * self.minutes


@dataclass(frozen=True)
class Load:
    """What one item asks, and what share of the units it asks."""

    item: Item
    asked: tuple[Asked, ...]
    share: Fraction

    @property
    def minutes(self) -> Fraction:
        """Minutes in a year for a unit that is asked."""
        return sum((each.total for each in self.asked), Fraction(0))

    @property
    def words(self) -> str:
        """What it takes, as the editor says it."""
        if not self.asked:
            return "不要单位报数、备材料"
        return "；".join(
            f"{each.what}，每年{each.times}次，每次{number_text(each.minutes)}分钟"
            for each in self.asked
        )


@dataclass(frozen=True)
class Burden:
    """What a scheme asks of an average unit."""

    loads: tuple[Load, ...]

    @property
    def minutes(self) -> Fraction:
        """Minutes in a year."""
        return sum((load.minutes * load.share for load in self.loads), Fraction(0))

    @property
    def rounded(self) -> int:
        """Minutes in a year without a fraction."""
        return int(half_up(self.minutes))

    @property
    def things(self) -> int:
        """How many different things are asked at all."""
        return sum(len(load.asked) for load in self.loads)

    @property
    def hours(self) -> str:
        """Hours in a year with one decimal."""
        return number_text(half_up(self.minutes / 60, 1))

    def of(self, code: str) -> Load | None:
        """What one item asks."""
        return next((load for load in self.loads if load.item.code == code), None)

    def change_from(self, before: "Burden") -> int | None:
        """Percent more (or, below zero, less) than ``before``; None when nothing was asked then."""
        if not before.minutes:
            return None
        return int(half_up((self.minutes / before.minutes - 1) * 100))


def burden(scheme: Scheme) -> Burden:
    """What the scheme asks, item by item."""
    counted: set[str] = set()
    loads = []
    audiences = tree_audiences((*scheme.items, *scheme.adjustments))
    shares = {each: _share(scheme, each) for each in set(audiences.values())}
    for item in all_leaves(scheme):
        data = [each for each in _figures(scheme, item) if each.key not in counted]
        counted |= {each.key for each in data}
        asked = (*(_figure(scheme, each) for each in data), *_evidence(scheme, item))
        loads.append(Load(item, asked, shares[audiences[item.code]]))
    return Burden(tuple(loads))


def heavier(now: Burden, before: Burden) -> Iterator[Finding]:
    """A reminder when more is asked than by the version before (只减不增)."""
    if now.minutes > before.minutes:
        yield Finding(
            "burden", "remind", "全部", "给基层的负担比上年增加",
            f"每个单位每年{now.hours}小时，上年{before.hours}小时。",
            "减少要单位报的数和材料，或改由系统计数、部门提供",
            f"{RELIEF_2024}：不得频繁要求基层填表格、报材料",
        )  # fmt: skip


def _figures(scheme: Scheme, item: Item) -> Iterator[DataItem]:
    """The data that units themselves have to report for an item."""
    declared = {data.key: data for data in scheme.data}
    for key in item_keys(item):
        if data := declared.get(key):
            if not (data.provider or data.counted or data.from_result):
                yield data
        elif key.strip() and not _is_marked(item):
            yield DataItem(key=key, name=item.name)


def _is_marked(item: Item) -> bool:
    """Whether what stands under the item's own code is the mark an assessor gives."""
    return all(
        isinstance(rule.measure, Reported) and isinstance(rule.scale, Direct)
        for rule in rules_of(item)
    )


def _figure(scheme: Scheme, data: DataItem) -> Asked:
    minutes = FIGURE_MINUTES if data.minutes is None else data.minutes
    return Asked(f"报“{data.name or data.key}”", data.times * _rounds(scheme), minutes)


def _evidence(scheme: Scheme, item: Item) -> Iterator[Asked]:
    minutes = EVIDENCE_MINUTES if item.minutes is None else item.minutes
    for each in item.evidence:
        yield Asked(f"备“{each}”", item.yearly or _rounds(scheme), minutes)


def _rounds(scheme: Scheme) -> int:
    return len(scheme.rounds) or 1


def _share(scheme: Scheme, audiences: tuple[Audience, ...]) -> Fraction:
    """The share of all units that these audiences reach; a group without units counts as one."""
    everybody = [(g.name, u) for g in scheme.groups for u in [x.name for x in g.units] or [""]]
    reached = [
        1
        for group, unit in everybody
        if all(applies_to(scheme, each, group=group, unit=unit) for each in audiences)
    ]
    return Fraction(len(reached), len(everybody))
