"""What would a workbook change? Added, changed with before and after, ended; nothing is deleted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from jixiao.org.exchange.layout import PLANS, Plan
from jixiao.org.exchange.lines import County, Line


class Manner(Enum):
    """What happens to a line."""

    ADDED = "新增"
    CHANGED = "修改"
    ENDED = "结束"


@dataclass(frozen=True)
class Difference:
    """One value, as it was and as it will be."""

    header: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What happens to one line."""

    manner: Manner
    line: Line
    before: Line | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class SheetChanges:
    """One sheet: what changes, how many lines stay, which lines of the county it does not have."""

    plan: Plan
    changes: tuple[Change, ...]
    same: int
    missing: tuple[Line, ...]

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say about it."""
        return bool(self.changes or self.missing)

    @property
    def told(self) -> str:
        """新增3、修改1；不变40."""
        return "；".join(filter(None, (self.words, f"不变{self.same}")))

    @property
    def words(self) -> str:
        """新增3、修改1; empty where nothing changes."""
        counts = Counter(each.manner for each in self.changes)
        return "、".join(f"{manner.value}{counts[manner]}" for manner in Manner if counts[manner])


@dataclass(frozen=True)
class Changes:
    """Everything a workbook would change."""

    sheets: tuple[SheetChanges, ...]

    def of(self, sheet: str) -> tuple[Change, ...]:
        """The changes of one sheet."""
        return tuple(
            change for each in self.sheets if each.plan.name == sheet for change in each.changes
        )

    @property
    def untold(self) -> str:
        """The sheets about which there is nothing to say."""
        return "、".join(each.plan.name for each in self.sheets if not each.is_told)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not any(each.changes for each in self.sheets)

    @property
    def words(self) -> str:
        """单位：新增3、修改1；人员：新增12."""
        parts = [f"{each.plan.name}：{each.words}" for each in self.sheets if each.changes]
        return "；".join(parts) or "没有变化"


def changes(found: County, county: County) -> Changes:
    """What ``county`` would have to change to say what was ``found``."""
    return Changes(
        tuple(_sheet(each, found, county) for each in PLANS if each.name in found.sheets)
    )


def _sheet(sheet: Plan, found: County, county: County) -> SheetChanges:
    known, lines = county.lines(sheet.name), found.lines(sheet.name)
    changed = tuple(_changes(sheet, found, county))
    missing = tuple(line for key, line in known.items() if key not in lines)
    return SheetChanges(sheet, changed, len(lines) - len(changed), missing)


def _changes(sheet: Plan, found: County, county: County) -> Iterator[Change]:
    known = county.lines(sheet.name)
    for key, line in found.lines(sheet.name).items():
        before = known.get(key)
        if before is None:
            yield Change(Manner.ADDED, line)
        elif differences := _differences(before, line):
            ends = before.is_open and not line.is_open
            manner = Manner.ENDED if ends else Manner.CHANGED
            yield Change(manner, line, before, differences)


def _differences(before: Line, after: Line) -> tuple[Difference, ...]:
    return tuple(
        Difference(each.header, before.text(each.header), after.text(each.header))
        for each in after.plan.told
        if before.values.get(each.header) != after.values.get(each.header)
    )
