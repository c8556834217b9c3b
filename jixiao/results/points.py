"""Which points of a unit's result can be asked about? Every category, item, total, place, tier, gate."""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.results.explain import lined
from jixiao.results.result import Result
from jixiao.scoring.scheme import walk

ADJUST, TOTAL, PLACE, TIER, GATE = "@adjust", "@total", "@place", "@tier", "@gate:"
"""What is no node of the scheme; no item's code contains the sign."""


@dataclass(frozen=True)
class Part:
    """Something that went into a point; a code leads to its own explanation."""

    name: str
    value: str
    code: str = ""


@dataclass(frozen=True)
class Point:
    """A category, total, place, tier or gate with everything that made it."""

    code: str
    name: str
    value: str
    """What is asked about: ``91.6分``, ``第3名``, ``先进``."""
    rule: str
    parts: tuple[Part, ...]
    steps: tuple[str, ...]
    full: str = ""
    adds: tuple[int, ...] = ()
    """The exact summands, in ten-thousandths."""
    mark: int | None = None

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The steps, each with its kind."""
        return lined(self.steps)


def codes_of(result: Result, unit: str) -> tuple[str, ...]:
    """Every point of a unit, categories before what is in them."""
    return tuple(_codes(result, unit))


def _codes(result: Result, unit: str) -> Iterator[str]:
    marks, scheme = result.year.get(unit), result.scheme
    if marks is None:
        return
    for item in walk((*scheme.items, *scheme.adjustments)):
        if marks.get(f"mark:{item.code}") is not None:
            yield item.code
    if marks.get("adjust") is not None:
        yield ADJUST
    if marks.get("total") is not None:
        yield TOTAL
    yield PLACE
    if scheme.tiers:
        yield TIER
    for index, _ in enumerate(scheme.gates):
        yield f"{GATE}{index}"
