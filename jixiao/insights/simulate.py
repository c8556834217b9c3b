"""Whose tier moves under another scheme, by how much, and why?"""

from dataclasses import dataclass
from decimal import Decimal

from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, mark_text
from jixiao.scoring.scheme import Item, leaves


@dataclass(frozen=True)
class Move:
    """One unit under the old and the new scheme; totals in ten-thousandths."""

    unit: str
    old_total: int | None
    new_total: int | None
    old_tier: str
    new_tier: str
    old_place: int | None
    new_place: int | None
    reasons: tuple[str, ...]

    @property
    def difference(self) -> int | None:
        """New total less old total."""
        if self.old_total is None or self.new_total is None:
            return None
        return self.new_total - self.old_total

    @property
    def old_mark(self) -> Decimal | None:
        """The old total as a mark."""
        return None if self.old_total is None else Decimal(self.old_total) / SCALE

    @property
    def new_mark(self) -> Decimal | None:
        """The new total as a mark."""
        return None if self.new_total is None else Decimal(self.new_total) / SCALE

    @property
    def has_moved(self) -> bool:
        """Whether the tier changes."""
        return self.old_tier != self.new_tier


def moves(old: Result, new: Result) -> tuple[Move, ...]:
    """Every unit that both results know: those whose tier moves first, then by size of change."""
    found = [_move(old, new, unit) for unit in old.year if unit in new.year]
    return tuple(sorted(found, key=lambda move: (not move.has_moved, -abs(move.difference or 0))))


def _move(old: Result, new: Result, unit: str) -> Move:
    before, after = old.year[unit], new.year[unit]
    return Move(
        unit,
        before["total"],
        after["total"],
        old.tier_of(unit),
        new.tier_of(unit),
        before["rank"],
        after["rank"],
        tuple(_reasons(old, new, unit)),
    )


def _reasons(old: Result, new: Result, unit: str) -> list[str]:
    """The items whose marks differ, largest change first, then gates and bounds."""
    before, after = _item_marks(old, unit), _item_marks(new, unit)
    changed = {
        code: (after.get(code) or 0) - (before.get(code) or 0)
        for code in dict.fromkeys([*before, *after])
        if before.get(code) != after.get(code)
    }
    names = _names(old) | _names(new)
    places = new.scheme.decimals
    said = []
    for code, change in sorted(changed.items(), key=lambda each: -abs(each[1])):
        sign = "＋" if change >= 0 else ""
        said.append(f"{names[code]} {sign}{mark_text(change, places)}")
    same_total = old.year[unit]["total"] == new.year[unit]["total"]
    if old.tier_of(unit) != new.tier_of(unit):
        gates = sorted(_closed(new, unit) - _closed(old, unit))
        said = [f"碰到“{name}”" for name in gates] + said
        if same_total and not gates:
            said.append("得分未变，等次界线、名额或门槛变了")
    return said


def _closed(result: Result, unit: str) -> set[str]:
    """The gates that close for a unit."""
    marks = result.year[unit]
    gates = enumerate(result.scheme.gates)
    return {gate.name for place, gate in gates if marks.get(f"gate:{place}") == 1}


def _item_marks(result: Result, unit: str) -> dict[str, int | None]:
    marks = result.year[unit]
    return {item.code: marks[f"mark:{item.code}"] for item in _items(result)}


def _items(result: Result) -> tuple[Item, ...]:
    return (*leaves(result.scheme.items), *leaves(result.scheme.adjustments))


def _names(result: Result) -> dict[str, str]:
    return {item.code: f"{item.code} {item.name}" for item in _items(result)}
