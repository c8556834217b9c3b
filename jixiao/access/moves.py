"""Which way leads from state to state, who may take it, and what does it still need?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import TextChoices

from jixiao.access.permissions import Permission

S = TypeVar("S", bound=TextChoices)


@dataclass(frozen=True)
class Move(Generic[S]):
    """One way from state to state: its button, from where, whereto, and who may."""

    name: str
    label: str
    origin: Collection[S]
    target: S
    permission: Permission


@dataclass(frozen=True)
class Condition:
    """What a move needs, and whether it is there."""

    words: str
    is_met: bool


@dataclass(frozen=True)
class Way(Generic[S]):
    """A move as a page offers it, and what it still needs."""

    move: Move[S]
    conditions: tuple[Condition, ...]
    route: str
    """The name of its address."""
    is_forward: bool = True
    """Whether it leads on; what leads back or aside is drawn quieter."""

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return all(each.is_met for each in self.conditions)


def unmet(conditions: Collection[Condition]) -> tuple[str, ...]:
    """What is still missing: the one truth for the guard, the button and the help."""
    return tuple(each.words for each in conditions if not each.is_met)
