"""Which references stand in a text, what do they give today, and which others are to be had?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.bulletins.facts import REFERENCES, Facts, ReferenceProblem

REFERENCE = re.compile(r"\{([^{}：:]+)(?:[：:]([^{}]*))?\}")
UNITS, COUNTS, MARKS, OTHERS = "单位名单", "个数", "分数", "其他"
FEWEST_IN_A_MEAN = 3
"""A mean of fewer units tells the marks of each to the others."""


@dataclass(frozen=True)
class Piece:
    """A stretch of plain text, or a reference with its value or what is wrong with it."""

    text: str
    reference: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Offer:
    """A reference that can be put in, under its heading, and what it gives today."""

    heading: str
    reference: str
    value: str


@dataclass(frozen=True)
class Speaker:
    """What a bulletin may say of its result: with units' marks, or of tiers only."""

    facts: Facts
    with_marks: bool

    def say(self, name: str, about: str) -> str:
        """The value of a reference; ReferenceProblem also where it would tell a unit's mark."""
        if not self.with_marks and name == "平均分" and self._is_telling(about):
            raise ReferenceProblem(
                f"这份通报只公布等次，“{{平均分：{about}}}”只有两三个单位，等于公布得分，请删去"
            )
        return self.facts.say(name, about)

    def fill(self, text: str) -> str:
        """The text with every reference replaced."""
        return REFERENCE.sub(
            lambda found: self.say(found[1].strip(), (found[2] or "").strip()), text
        )

    def _is_telling(self, group: str) -> bool:
        ranked = self.facts.result.year.items() if self.facts.result else ()
        wanted = [
            unit
            for unit, marks in ranked
            if self.facts.result
            and marks["ranked"] is not None
            and group in ("", self.facts.result.group_of(unit))
        ]
        return 0 < len(wanted) < FEWEST_IN_A_MEAN


def pieces(text: str, speaker: Speaker) -> tuple[Piece, ...]:
    """The text in order: what is written, and what is filled in."""
    return tuple(_pieces(text, speaker))


def _pieces(text: str, speaker: Speaker) -> Iterator[Piece]:
    end = 0
    for found in REFERENCE.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        try:
            value = speaker.say(found[1].strip(), (found[2] or "").strip())
            yield Piece(value, reference=found[0])
        except ReferenceProblem as problem:
            yield Piece(found[0], reference=found[0], problem=str(problem))
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def offered(speaker: Speaker) -> tuple[Offer, ...]:
    """Every reference that has an answer today; those of new kinds come by themselves."""
    wanted = list(dict.fromkeys(_wanted(speaker.facts)))
    named = {name for _, name, _ in wanted}
    wanted += [(OTHERS, name, "") for name in REFERENCES if name not in named]
    found = []
    for heading, name, about in wanted:
        reference = f"{{{name}：{about}}}" if about else f"{{{name}}}"
        try:
            found.append(Offer(heading, reference, speaker.say(name, about)))
        except ReferenceProblem:
            continue
    return tuple(found)


def _wanted(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Heading, name and what about."""
    tiers = [tier.name for tier in facts.standing.tiers if tier.names]
    groups = list(dict.fromkeys(group for _, group, _ in facts.standing.places()))
    yield UNITS, "分档名单", ""
    for tier in tiers:
        yield UNITS, "名单", tier
        yield COUNTS, "单位数", tier
    for group in groups:
        yield COUNTS, "单位数", group
        yield MARKS, "平均分", group
        for tier in tiers:
            yield COUNTS, "单位数", f"{tier}·{group}"
    yield COUNTS, "单位数", ""
    yield MARKS, "平均分", ""
    for item in facts.result.scheme.items if facts.result else ():
        yield UNITS, "突出单位", f"{item.name}，5"
        yield COUNTS, "薄弱单位数", item.name
        yield COUNTS, "满分单位数", item.name
