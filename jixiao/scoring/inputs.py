"""What does a scheme ask for? The inputs of its rules, gates, ties and consequences."""

from collections.abc import Iterable, Iterator

from jixiao.scoring.columns import all_leaves
from jixiao.scoring.conditions import Condition, DataTest, parts_of
from jixiao.scoring.consequences import Rate
from jixiao.scoring.measures import (
    Events,
    GivenRank,
    Growth,
    Mean,
    Measure,
    Plain,
    Ratio,
    Reported,
    ToMean,
    TopTimes,
    Votes,
)
from jixiao.scoring.scheme import Item, Rule, Scheme


def input_keys(scheme: Scheme) -> tuple[str, ...]:
    """Every data item asked for, once each, in the order of the scheme's items."""
    keys = [key for item in all_leaves(scheme) for key in item_keys(item)]
    return tuple(dict.fromkeys([*keys, *sorted(standing_keys(scheme))]))


def rules_of(item: Item) -> tuple[Rule, ...]:
    """The rule of a scored item and its variants."""
    return (item.rule or Rule(), *(variant.rule for variant in item.variants))


def item_keys(item: Item) -> tuple[str, ...]:
    """The data items one scored item needs."""
    found: list[str] = []
    for rule in rules_of(item):
        found += [key or item.code for key in measure_keys(rule.measure)]
        found += [rule.factor] if rule.factor else []
        found += _data_tests([rule.only_if] if rule.only_if else [])
    return tuple(dict.fromkeys(found))


def measure_keys(measure: Measure) -> tuple[str, ...]:
    """The data items a measure reads; an empty name stands for the item's own."""
    match measure:
        case GivenRank() | TopTimes():
            return (measure.data,)
        case ToMean():
            return (*_plain_keys(measure.of), *([measure.given] if measure.given else []))
        case Reported() | Ratio() | Growth() | Mean() | Votes() | Events():
            return _plain_keys(measure)
        case _:
            return _plain_keys(measure.of)


def takes_events(measure: Measure) -> bool:
    """Whether the measure adds up the item's events."""
    inner = getattr(measure, "of", measure)
    return isinstance(inner, Events)


def _plain_keys(measure: Plain) -> tuple[str, ...]:
    match measure:
        case Reported():
            return (measure.data,)
        case Ratio():
            return tuple(term.data for term in (*measure.numerator, *measure.denominator))
        case Growth():
            return (measure.data, measure.base)
        case Mean():
            return tuple(term.data for term in measure.terms)
        case Votes():
            return tuple(term.data for term in measure.options)
        case Events():
            return ()


def standing_keys(scheme: Scheme) -> set[str]:
    """The data items that gates, ties, tiers and consequences look at."""
    keys = set(_data_tests(conditions_of(scheme)))
    keys |= {tie.data for tie in scheme.ties if tie.data}
    rates = [each for each in scheme.consequences if isinstance(each, Rate)]
    return keys | {rate.people for rate in rates if rate.people}


def periodic_keys(scheme: Scheme) -> tuple[str, ...]:
    """Data of several periods that is used as one number outside measures: factors, tests, ties."""
    used = standing_keys(scheme)
    for item in all_leaves(scheme):
        for rule in rules_of(item):
            used |= {rule.factor, *_data_tests([rule.only_if] if rule.only_if else [])}
    return tuple(data.key for data in scheme.data if data.times > 1 and data.key in used)


def history_years(scheme: Scheme) -> int:
    """How many earlier years' tiers the consequences look at."""
    tests = [part for condition in conditions_of(scheme) for part in parts_of(condition)]
    return max((test.years - 1 for test in tests if test.kind == "tier"), default=0)


def conditions_of(scheme: Scheme) -> Iterator[Condition]:
    """Every condition outside the items' own rules."""
    yield from (tier.when for tier in scheme.tiers if tier.when)
    yield from (gate.when for gate in scheme.gates)
    for each in scheme.consequences:
        if isinstance(each, Rate):
            yield from (addition.when for addition in each.additions)
        else:
            yield each.when


def _data_tests(conditions: Iterable[Condition]) -> list[str]:
    tests = [part for condition in conditions for part in parts_of(condition)]
    return [test.data for test in tests if isinstance(test, DataTest)]
