"""How does a scheme read from beginning to end, and how does its mark sheet look to a unit?"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.scoring.check import check, errors
from jixiao.scoring.columns import applies_to, data_item, slots, tree_audiences
from jixiao.scoring.conditions import Condition
from jixiao.scoring.consequences import Consequence, Ruling
from jixiao.scoring.inputs import item_keys
from jixiao.scoring.numbers import number_text, percent_text
from jixiao.scoring.scheme import Item, Scheme
from jixiao.scoring.sentences import condition_words, gate_words, rule_words, tier_words

UNCLEAR = "（里面的名称没有定义，改正后显示）"
STANDING = "等次、门槛与结果运用"
"""Where the checker tells names that conditions outside items do not find."""


@dataclass(frozen=True)
class Line:
    """One node of the indicator tree as it is read."""

    item: Item
    level: int
    full: str
    rules: tuple[str, ...]
    """Each rule in words; with the groups it governs where they differ."""
    is_counted: bool
    """Whether the system finds out by itself."""

    @property
    def is_category(self) -> bool:
        """Whether it only holds others."""
        return bool(self.item.items)


@dataclass(frozen=True)
class Text:
    """The whole scheme in words."""

    full: str
    lines: tuple[Line, ...]
    adjustments: tuple[Line, ...]
    tiers: tuple[tuple[str, str], ...]
    gates: tuple[tuple[str, str], ...]
    consequences: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SheetRow:
    """A row of the mark sheet: an item, or the sum of the category above."""

    label: str
    full: str
    note: str = ""
    path: str = ""
    is_sum: bool = False
    is_counted: bool = False


def text_of(scheme: Scheme) -> Text:
    """Everything that a reader of the scheme reads."""
    words = _Words(scheme, frozenset(each.where for each in errors(check(scheme))))
    return Text(
        words.whole(),
        tuple(words.lines(scheme.items)),
        tuple(words.lines(scheme.adjustments)),
        tuple((each.name, words.tier(each.name)) for each in scheme.tiers),
        tuple((each.name, words.gate(each.name)) for each in scheme.gates),
        tuple((each.name, words.consequence(each)) for each in scheme.consequences),
    )


def sheet_of(scheme: Scheme, *, group: str, unit: str) -> tuple[SheetRow, ...]:
    """The mark sheet of one unit, category by category."""
    words = _Words(scheme, frozenset(each.where for each in errors(check(scheme))))
    rows: list[SheetRow] = []
    for place, item in enumerate(scheme.items):
        found = [*words.sheet(item, f"items.{place}", group, unit)]
        total = sum((full for _, full in found), Fraction(0))
        rows += [row for row, _ in found]
        if item.items and found:
            rows.append(SheetRow("小计", number_text(total), is_sum=True))
    return (*rows, SheetRow("合计", number_text(scheme.full_for(group)), is_sum=True))


@dataclass(frozen=True)
class _Words:
    """The sentences of one scheme; where names are undefined there is none."""

    scheme: Scheme
    broken: frozenset[str]

    def lines(self, items: tuple[Item, ...], level: int = 0) -> Iterator[Line]:
        for item in items:
            rules = () if item.items else tuple(self.rules(item))
            yield Line(item, level, self.full(item), rules, self.is_counted(item))
            yield from self.lines(item.items, level + 1)

    def rules(self, item: Item) -> Iterator[str]:
        if f"{item.code} {item.name}" in self.broken:
            yield UNCLEAR
            return
        governed: dict[str, list[str]] = {}
        for slot in slots(self.scheme, item):
            names = [self.scheme.groups[place].name for place in slot.groups]
            governed.setdefault(rule_words(self.scheme, item, slot.rule), []).extend(names)
        for said, names in governed.items():
            yield said if len(governed) == 1 else f"{'、'.join(names)}：{said}"

    def whole(self) -> str:
        return self.full(self.scheme)

    def full(self, item: Item | Scheme) -> str:
        fulls: dict[Fraction, list[str]] = {}
        for group in self.scheme.groups:
            fulls.setdefault(item.full_for(group.name), []).append(group.name)
        if len(fulls) == 1:
            return _points(next(iter(fulls)))
        return "；".join(f"{'、'.join(names)}{_points(each)}" for each, names in fulls.items())

    def is_counted(self, item: Item) -> bool:
        data = [data_item(self.scheme, key) for key in item_keys(item)]
        return bool(data) and not item.items and all(each.counted for each in data)

    def sheet(
        self, item: Item, path: str, group: str, unit: str
    ) -> Iterator[tuple[SheetRow, Fraction]]:
        audiences = tree_audiences((item,))[item.code]
        if not all(applies_to(self.scheme, a, group=group, unit=unit) for a in audiences):
            return
        for place, each in enumerate(item.items):
            yield from self.sheet(each, f"{path}.items.{place}", group, unit)
        if not item.items:
            full = item.full_for(group)
            label, note = f"{item.code} {item.name}", "；".join(self.rules(item))
            yield SheetRow(label, _points(full), note, path, is_counted=self.is_counted(item)), full

    def tier(self, name: str) -> str:
        tier = next(each for each in self.scheme.tiers if each.name == name)
        return UNCLEAR if STANDING in self.broken else tier_words(self.scheme, tier)

    def gate(self, name: str) -> str:
        gate = next(each for each in self.scheme.gates if each.name == name)
        return UNCLEAR if STANDING in self.broken else gate_words(self.scheme, gate)

    def consequence(self, each: Consequence) -> str:
        basis = f"（依据：{each.basis}）" if each.basis else ""
        if isinstance(each, Ruling):
            return f"{self.condition(each.when)}的单位适用{basis}"
        parts = [f"{tier}{percent_text(share)}" for tier, share in each.by_tier.items()]
        parts += [f"{self.condition(a.when)}的加{percent_text(a.add)}" for a in each.additions]
        parts += [f"合计不超过{percent_text(each.cap)}"] if each.cap is not None else []
        return "，".join(parts) + basis

    def condition(self, condition: Condition) -> str:
        return UNCLEAR if STANDING in self.broken else condition_words(self.scheme, condition)


def _points(full: Fraction) -> str:
    return number_text(full) if full else "—"
