"""What lies before somebody who edits a scheme: the tree, the part at hand, its trial, the health?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from jixiao.schemes.burden import Load
from jixiao.schemes.editing import CHILDREN, SECTIONS, Section, Spot, name_of, spots
from jixiao.schemes.exchange.words import VALUES
from jixiao.schemes.linter import Finding
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.printed import SheetRow, sheet_of
from jixiao.schemes.queries.health import Health
from jixiao.schemes.trial import Trial, trial
from jixiao.scoring.columns import data_item
from jixiao.scoring.inputs import item_keys
from jixiao.scoring.numbers import number_text
from jixiao.scoring.scheme import Gate, Item, Scheme, leaves
from jixiao.scoring.sentences import gate_words, rule_words, tier_words

NEW = "new"
"""The last key of the path of a part that is not there yet."""
HEADING = "名称、满分、考核期"


@dataclass(frozen=True)
class Row:
    """One line of the tree: its path, how deep, what it is called, its full mark, what is wrong."""

    path: str
    level: int
    name: str
    full: str
    is_category: bool
    finding: Finding | None


@dataclass(frozen=True)
class Branch:
    """One list of the document in the tree."""

    section: Section
    rows: tuple[Row, ...]

    @property
    def new(self) -> str:
        """The path of another row."""
        return f"{self.section.field}.{NEW}"


@dataclass(frozen=True)
class Slice:
    """One category in the bar of sums, in hundredths of the whole."""

    name: str
    full: str
    start: str
    width: str


@dataclass(frozen=True)
class Desk:
    """Everything around the part at ``path``; ``scheme`` may hold what is not saved yet."""

    version: SchemeVersion
    scheme: Scheme
    health: Health
    path: str
    spot: Spot | None
    given: Mapping[str, str]
    """What was filled in to try the rule with."""
    group: str = ""

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The document as a tree."""
        worst = {each.place: each for each in reversed(self.health.findings)}
        found: dict[str, list[Row]] = {name: [] for name in SECTIONS}
        for spot in spots(self.scheme):
            found[spot.section.field].append(_row(spot, worst))  # type: ignore[union-attr]
        return tuple(Branch(SECTIONS[name], tuple(rows)) for name, rows in found.items())

    @property
    def trees(self) -> tuple[Branch, ...]:
        """What people look at most: items, adjustments, gates."""
        names = ("items", "adjustments", "gates")
        return tuple(each for each in self.branches if each.section.field in names)

    @property
    def others(self) -> tuple[Branch, ...]:
        """The rest of the document."""
        return tuple(each for each in self.branches if each not in self.trees)

    @property
    def count(self) -> tuple[int, int]:
        """How many scored items in how many categories."""
        return len(list(leaves(self.scheme.items))), len(self.scheme.items)

    @property
    def sum_words(self) -> str:
        """``10+35+20 = 65``."""
        fulls = [item.points for item in self.scheme.items]
        total = sum(fulls, Fraction(0))
        return f"{'+'.join(map(number_text, fulls))} = {number_text(total)}"

    @property
    def adds_up(self) -> bool:
        """Whether the categories make the full mark."""
        fulls = [item.points for item in self.scheme.items]
        return sum(fulls, Fraction(0)) == self.scheme.full

    @property
    def total(self) -> str:
        """What the categories add up to."""
        return number_text(sum((item.points for item in self.scheme.items), Fraction(0)))

    @property
    def burden_change(self) -> int | None:
        """Percent more or less than last year's version."""
        before = self.health.before
        return self.health.burden.change_from(before) if before else None

    @property
    def burden_fall(self) -> int:
        """Percent less, without its sign."""
        return abs(self.burden_change or 0)

    @property
    def burden_scale(self) -> int:
        """The end of the bar."""
        before = self.health.before.rounded if self.health.before else 0
        return max(self.health.burden.rounded, before) * 6 // 5 or 1

    @property
    def load_minutes(self) -> str:
        """Minutes of the item at hand in a year."""
        return number_text(self.load.minutes) if self.load else "0"

    @property
    def names(self) -> Mapping[str, list[tuple[str, str]]]:
        """What the document defines, to be offered where a gap names something."""
        scheme = self.scheme
        units = [unit for group in scheme.groups for unit in group.units]
        nodes = [spot.part for spot in spots(scheme) if isinstance(spot.part, Item)]
        return {
            "data": [(data.key, f"{data.name} {data.unit}".strip()) for data in scheme.data],
            "nodes": [(item.code, item.name) for item in nodes],
            "tiers": [(tier.name, "") for tier in scheme.tiers],
            "groups": [(group.name, "") for group in scheme.groups],
            "units": [(unit.name, "") for unit in units],
        }

    @property
    def slices(self) -> tuple[Slice, ...]:
        """The categories as parts of a bar."""
        whole = sum((item.points for item in self.scheme.items), Fraction(0)) or Fraction(1)
        found, start = [], Fraction(0)
        for item in self.scheme.items:
            width = item.points / whole * 100
            texts = (f"{float(each):.2f}" for each in (start, width))
            found.append(Slice(item.name, number_text(item.points), *texts))
            start += width
        return tuple(found)

    @property
    def title(self) -> str:
        """What the part at hand is called."""
        if self.spot is None:
            return f"新的一{'项' if self.section and self.section.is_tree else '条'}"
        return name_of(self.spot.part) if self.path else HEADING

    @property
    def section(self) -> Section | None:
        """The list the part stands in."""
        return SECTIONS.get(self.path.partition(".")[0])

    @property
    def item(self) -> Item | None:
        """The scored item at hand."""
        part = self.spot.part if self.spot else None
        return part if isinstance(part, Item) and not part.items else None

    @property
    def inside(self) -> str:
        """The path of the list that would hold a sub-item of the part at hand."""
        part = self.spot.part if self.spot else None
        return f"{self.path}.{CHILDREN}.{NEW}" if isinstance(part, Item) and part.items else ""

    @property
    def beside(self) -> str:
        """The path of another item in the category at hand, or in the first one."""
        if self.inside:
            return self.inside
        above = self.path.rpartition(".")[0]
        in_category = above.startswith("items.") and above.endswith(f".{CHILDREN}")
        return f"{above if in_category else f'items.0.{CHILDREN}'}.{NEW}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Where an item's figures come from, who judges, on what authority."""
        if self.item is None:
            return ()
        data = [data_item(self.scheme, key) for key in item_keys(self.item)]
        known = [each for each in data if each in self.scheme.data]
        places = ["系统自动计数" if e.counted else e.provider or "单位填报" for e in known]
        source = "、".join(dict.fromkeys(places)) or "评估员现场看"
        return (
            ("数据从哪来", source),
            ("谁认定", self.item.scorer or "—"),
            ("依据", self.item.basis or "—"),
        )

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The rule as units will read it."""
        if self.spot is None or any(each.rule == "check" for each in self.health.musts):
            return ()
        match self.spot.part:
            case Item() as item if not item.items:
                rules = dict.fromkeys(item.rule_for(each.name) for each in self.scheme.groups)
                return tuple(rule_words(self.scheme, item, rule) for rule in rules)
            case Gate() as gate:
                return (gate_words(self.scheme, gate),)
        tier = next((each for each in self.scheme.tiers if each is self.spot.part), None)
        return (tier_words(self.scheme, tier),) if tier else ()

    @cached_property
    def trial(self) -> Trial | None:
        """The rule tried with what was filled in."""
        if self.item is None or not self.group_name:
            return None
        return trial(self.scheme, self.item, group=self.group_name, given=self.given)

    @property
    def load(self) -> Load | None:
        """What the item at hand asks of units."""
        return self.health.burden.of(self.item.code) if self.item else None

    @property
    def group_name(self) -> str:
        """The group whose sheet is shown."""
        names = [group.name for group in self.scheme.groups]
        return self.group if self.group in names else names[0]

    @cached_property
    def sheet(self) -> tuple[SheetRow, ...]:
        """The mark sheet of the group's first unit."""
        return sheet_of(self.scheme, group=self.group_name, unit=self.unit)

    @property
    def unit(self) -> str:
        """The first unit of the group, empty where it has none."""
        members = next(each.units for each in self.scheme.groups if each.name == self.group_name)
        return members[0].name if members else ""

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Where each place that the health check names is edited."""
        found = {"总分": "", self.scheme.title: "", "等次": "tiers.0"}
        for spot in reversed(tuple(spots(self.scheme))):
            name = getattr(spot.part, "name", "")
            code = getattr(spot.part, "code", "") or getattr(spot.part, "key", "")
            found |= {
                each: spot.path for each in (name, code, f"门槛“{name}”", f"数据“{code}”") if each
            }
        return found

    @property
    def remarks(self) -> list[tuple[Finding, str | None]]:
        """What the health check found and nobody has dealt with, with the path to put it right."""
        open_ones: Iterable[Finding] = (*self.health.musts, *self.health.reminders)
        return [(each, self.paths.get(each.place)) for each in open_ones]


def _row(spot: Spot, worst: Mapping[str, Finding]) -> Row:
    part = spot.part
    name = str(getattr(part, "name", "") or getattr(part, "key", "") or name_of(part))
    code = str(getattr(part, "code", ""))
    full = number_text(part.points) if isinstance(part, Item) and part.points else ""
    full = VALUES[part.effect] if isinstance(part, Gate) else full
    level = (spot.path.count(".") - 1) // 2
    label = f"{code} {name}".strip()
    is_category = isinstance(part, Item) and bool(part.items)
    return Row(spot.path, level, label, full, is_category, worst.get(code or name))
