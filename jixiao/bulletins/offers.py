"""Which references can be put into a text, and what does each give today?"""

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.bulletins.facts import Facts
from jixiao.bulletins.known import Known, ReferenceProblem
from jixiao.bulletins.references import SECTIONS
from jixiao.bulletins.references.findings import themes
from jixiao.results.consequences import Listed, consequences
from jixiao.scoring.scheme import walk


@dataclass(frozen=True)
class Offer:
    """A reference that has an answer today, under its section."""

    section: str
    reference: str
    value: str


def offers(facts: Facts) -> tuple[Offer, ...]:
    """Every reference with an answer today, with everything it may be about."""
    abouts = _abouts(facts)
    found = []
    for section, known in SECTIONS.items():
        for each in known:
            for about in dict.fromkeys(abouts[each.takes]):
                reference = f"{{{each.name}：{about}}}" if about else f"{{{each.name}}}"
                if said := _answer(facts, each, about):
                    found.append(Offer(section, reference, said))
    return tuple(found)


def _answer(facts: Facts, known: Known, about: str) -> str:
    try:
        return facts.say(known.name, about)
    except ReferenceProblem:
        return ""


def _abouts(facts: Facts) -> Mapping[str, list[str]]:
    """What can stand behind the colon, by kind."""
    result, context = facts.result, facts.context
    tiers = [tier.name for tier in facts.standing.tiers]
    groups = list(dict.fromkeys(group for _, group, _ in facts.standing.places()))
    listed = consequences(result) if result else ()
    return {
        "": [""],
        "tier": ["", *tiers],
        "group": ["", *groups],
        "place": ["", *tiers, *groups, *(f"{t}·{g}" for t in tiers for g in groups)],
        "item": [item.name for item in walk(result.scheme.items)] if result else [],
        "theme": ["", *themes(facts, context.findings or ())],
        "round": ["", *(each.name for each in context.rounds or ())],
        "gate": [gate.name for gate in result.scheme.gates] if result else [],
        "ruling": [each.name for each in listed if isinstance(each, Listed)],
    }


def offers_by_section(facts: Facts) -> dict[str, list[Offer]]:
    """The same under their sections, as a writer chooses from them."""
    found: dict[str, list[Offer]] = {}
    for each in offers(facts):
        found.setdefault(each.section, []).append(each)
    return found
