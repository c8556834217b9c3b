"""What would have moved a unit one tier? Each item alone: how many marks more, tried by the engine."""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.results.league import losses
from jixiao.results.reading import Reading
from jixiao.scoring.again import restand
from jixiao.scoring.numbers import mark_text, step_of
from jixiao.scoring.scheme import Item


@dataclass(frozen=True)
class Gain:
    """So many marks more in one item alone, and the unit would be in this tier."""

    code: str
    name: str
    marks: str
    tier: str


def gains(reading: Reading, unit: str) -> tuple[Gain, ...]:
    """The items that alone would have lifted the unit, those with the fewest marks first."""
    standing, result = reading.standings[unit], reading.result
    place = result.year.get(unit, {}).get("tier")
    if not place or standing.total is None or standing.better is None:
        return ()
    tried = [
        (more, item)
        for item, lost in losses(result, unit)
        for more in _tries(standing.better.gap, step_of(result.scheme.decimals), lost)
    ]
    cases = [{unit: _more(reading, unit, item, more)} for more, item in tried]
    stood = restand(result.scheme, result.year, cases) if cases else []
    found: dict[str, Gain] = {}
    for (more, item), each in sorted(zip(tried, stood, strict=True), key=lambda pair: pair[0][0]):
        after = each[unit]["tier"]
        if after is not None and after < place and item.code not in found:
            tier = result.scheme.tiers[after].name
            words = mark_text(more, result.scheme.decimals)
            found[item.code] = Gain(item.code, called(item), words, tier)
    return tuple(found.values())


def called(item: Item) -> str:
    """Number and name."""
    return f"{item.number or item.code} {item.name}"


def _tries(gap: int, step: int, lost: int) -> Iterator[int]:
    """What the line asks, one step more where a tie is not enough, and all that was lost."""
    yield from sorted({more for more in (gap, gap + step, lost) if 0 < more <= lost})


def _more(reading: Reading, unit: str, item: Item, more: int) -> dict[str, int | None]:
    name = f"mark:{item.code}"
    return {name: (reading.result.year[unit][name] or 0) + more}
