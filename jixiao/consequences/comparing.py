"""Whose ground does a newer list change? Entries that appear, vanish or get other figures. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

VANISHED = "不在名单上"


@dataclass(frozen=True)
class Ground:
    """Why a unit is on a list, as far as it matters: the rule, the figures it gives, the reason."""

    rule: str
    reason: str
    rate: Decimal | None = None
    places: int | None = None

    @property
    def weight(self) -> tuple[str, Decimal | None, int | None]:
        """What a decision rests on; a mark that moved within the same condition changes nothing."""
        return self.rule, self.rate, self.places

    @property
    def words(self) -> str:
        """As it is kept with a decision."""
        places = "" if self.places is None else f"，{self.places}名"
        return f"{self.reason}{places}（规定：{self.rule}）"


@dataclass(frozen=True)
class Change:
    """One unit whose ground is another now."""

    unit: int
    kind: Literal["appeared", "vanished", "altered"]
    before: str
    after: str


def changes(before: Mapping[int, Ground], after: Mapping[int, Ground]) -> tuple[Change, ...]:
    """By unit, in the order of the old list, then of the new; what is the same is left out."""
    found = []
    for unit in dict.fromkeys((*before, *after)):
        old, new = before.get(unit), after.get(unit)
        if old is None and new is not None:
            found.append(Change(unit, "appeared", VANISHED, new.words))
        elif old is not None and new is None:
            found.append(Change(unit, "vanished", old.words, VANISHED))
        elif old and new and old.weight != new.weight:
            found.append(Change(unit, "altered", old.words, new.words))
    return tuple(found)
