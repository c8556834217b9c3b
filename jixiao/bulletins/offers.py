"""Which references can be put into a text, and what does each give today?"""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.bulletins.facts import Facts
from jixiao.bulletins.known import Known, ReferenceProblem
from jixiao.bulletins.references import SECTIONS


@dataclass(frozen=True)
class Offer:
    """A reference that can be put in, under its heading, and what it gives today."""

    heading: str
    reference: str
    value: str


def offered(facts: Facts) -> tuple[Offer, ...]:
    """Every reference that has an answer today, by what it may be about."""
    found = []
    for heading, section in SECTIONS.items():
        for known in section:
            for about in dict.fromkeys(_abouts(known, facts)):
                try:
                    value = facts.say(known.name, about)
                except ReferenceProblem:
                    continue
                reference = f"{{{known.name}：{about}}}" if about else f"{{{known.name}}}"
                found.append(Offer(heading, reference, value))
    return tuple(found)


def _abouts(known: Known, facts: Facts) -> Iterator[str]:
    """What may stand behind the colon: nothing, the example, or the run's own tiers, groups, items."""
    yield ""
    tiers = [tier.name for tier in facts.standing.tiers if tier.names]
    groups = list(dict.fromkeys(group for _, group, _ in facts.standing.places()))
    match known.takes:
        case "tier":
            yield from tiers
        case "group":
            yield from groups
        case "place":
            yield from (*tiers, *groups, *(f"{tier}·{group}" for tier in tiers for group in groups))
        case "item":
            yield from (item.name for item in facts.result.scheme.items) if facts.result else ()
        case _:
            yield known.example.strip("{}").partition("：")[2]
