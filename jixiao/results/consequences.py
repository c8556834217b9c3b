"""What follows from a result? Lists with their reasons, and rates turned into places."""

from dataclasses import dataclass
from fractions import Fraction

from jixiao.results.lines import whole
from jixiao.results.result import Marks, Result
from jixiao.scoring.consequences import Rate, Ruling
from jixiao.scoring.numbers import SCALE, percent_text
from jixiao.scoring.sentences import condition_words, data_name


@dataclass(frozen=True)
class Listed:
    """A measure and the units it applies to."""

    name: str
    words: str
    basis: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """One unit's rate, how it came about, and the places it makes of the unit's people."""

    unit: str
    rate: Fraction
    steps: tuple[str, ...]
    people: Fraction | None
    places: int | None


@dataclass(frozen=True)
class Shares:
    """A rate for every unit; ``people`` names the data that places are counted from."""

    name: str
    basis: str
    people: str
    units: tuple[Share, ...]


def consequences(result: Result) -> tuple[Listed | Shares, ...]:
    """Every consequence of the scheme, in its order; units in sheet order."""
    found: list[Listed | Shares] = []
    for index, each in enumerate(result.scheme.consequences):
        found.append(
            _listed(result, index, each)
            if isinstance(each, Ruling)
            else _shares(result, index, each)
        )
    return tuple(found)


def _listed(result: Result, index: int, ruling: Ruling) -> Listed:
    units = tuple(unit for unit, row in result.year.items() if row[f"ruling:{index}"] == 1)
    return Listed(ruling.name, condition_words(result.scheme, ruling.when), ruling.basis, units)


def _shares(result: Result, index: int, rate: Rate) -> Shares:
    people = data_name(result.scheme, rate.people) if rate.people else ""
    units = tuple(_share(result, index, rate, unit) for unit in result.year)
    return Shares(rate.name, rate.basis, people, units)


def _share(result: Result, index: int, rate: Rate, unit: str) -> Share:
    marks, tier = result.year[unit], result.tier_of(unit)
    value = rate.by_tier.get(tier, rate.untiered)
    steps = [f"{tier or '无等次'}{percent_text(value)}"]
    for place, addition in enumerate(rate.additions):
        if marks[f"add:{index}:{place}"] == 1:
            value += addition.add
            words = condition_words(result.scheme, addition.when)
            steps.append(f"{words}，增加{percent_text(addition.add)}")
    if rate.cap is not None and value > rate.cap:
        value = rate.cap
        steps.append(f"上限{percent_text(rate.cap)}")
    people = _people(rate, marks)
    places = None if people is None else _places(rate, people, value)
    return Share(unit, value, tuple(steps), people, places)


def _places(rate: Rate, people: Fraction, value: Fraction) -> int:
    """Rounded as the rate says, but never beyond the cap, nor beyond the people there are."""
    most = people * min(Fraction(1), Fraction(1) if rate.cap is None else rate.cap)
    return max(0, min(whole(people * value, rate.rounding), whole(most, "floor")))


def _people(rate: Rate, marks: Marks) -> Fraction | None:
    count = marks.get(rate.people) if rate.people else None
    return None if count is None else Fraction(count, SCALE)
