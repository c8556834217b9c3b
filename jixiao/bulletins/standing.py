"""Which units stand in which tier and group, in the order they are announced?"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class TierList:
    """One tier (先进单位 …): its groups in order, each with its unit names in order."""

    name: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every unit of the tier, group after group."""
        return tuple(unit for _, units in self.groups for unit in units)


@dataclass(frozen=True)
class Standing:
    """The sealed outcome a bulletin announces: tiers, best first."""

    tiers: tuple[TierList, ...]

    def tier(self, name: str) -> TierList:
        """The tier of that name; KeyError (Chinese) when there is none."""
        for tier in self.tiers:
            if tier.name == name:
                return tier
        known = "、".join(tier.name for tier in self.tiers) or "无"
        raise KeyError(f"没有“{name}”这一档，现有：{known}。请核对档次名称。")

    def names(self, tier: str) -> tuple[str, ...]:
        """The units of one tier, in announced order."""
        return self.tier(tier).names

    def count(self, tier: str | None = None) -> int:
        """How many units are in one tier, or in all."""
        return len(self.names(tier)) if tier is not None else sum(1 for _ in self.places())

    def find(self, unit: str) -> tuple[str, str] | None:
        """The unit's (tier, group), or None when it is in no tier."""
        return next(((tier, group) for tier, group, name in self.places() if name == unit), None)

    def places(self) -> Iterator[tuple[str, str, str]]:
        """Every (tier, group, unit), in announced order."""
        for tier in self.tiers:
            for group, units in tier.groups:
                yield from ((tier.name, group, unit) for unit in units)
