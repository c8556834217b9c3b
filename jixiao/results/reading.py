"""What does a sealed result say, read once and kept? Everything a page needs, without the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from jixiao.results.league import (
    GroupLeague,
    Standing,
    Summary,
    all_standings,
    default_margin,
    league,
    summary,
)
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result


@dataclass(frozen=True)
class Reading:
    """A result with its standings."""

    result: Result
    leagues: tuple[GroupLeague, ...]
    margin: int
    """What counts as near a line."""

    @staticmethod
    def of(result: Result) -> "Reading":
        """Read a result."""
        return Reading(result, league(result), default_margin(result))

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """By unit name, group after group, best first."""
        return {each.unit: each for each in all_standings(self.leagues)}

    @cached_property
    def summary(self) -> Summary:
        """Counts by tier and the spread of totals, over all groups."""
        return summary(self.result, self.standings.values())

    @cached_property
    def recomputed(self) -> str:
        """The digest that recomputing from scheme and sheet gives today."""
        return evaluate(self.result.scheme, self.result.sheet).outputs_digest

    @property
    def is_confirmed(self) -> bool:
        """Whether recomputing gives the same marks again."""
        return self.recomputed == self.result.outputs_digest
