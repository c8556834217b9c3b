"""What does the page say that explains one point of a unit's result?"""

from dataclasses import dataclass, field
from functools import lru_cache

from jixiao.core.words import moment
from jixiao.results import gains as of_gains
from jixiao.results.card import Card
from jixiao.results.explain import Explanation
from jixiao.results.explain_whole import explain_point
from jixiao.results.explain_year import year_words
from jixiao.results.gains import Gain
from jixiao.results.models import Amendment, ResultUnit, SealedResult
from jixiao.results.points import Part, codes_of
from jixiao.results.queries.come_from import amendments_of, origins_of, source_words
from jixiao.results.queries.kept import reading, reading_of_seal
from jixiao.results.queries.sources import Source, sources_of
from jixiao.results.reading import Reading
from jixiao.results.why import explained
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.scheme import Item
from jixiao.visits.queries.origins import Origin

KEPT_IN_MIND = 500
"""Units of which a process keeps in mind what would have lifted them."""


@dataclass(frozen=True)
class Why:
    """One point explained: round by round, then the year's mark, beside its neighbours."""

    code: str
    name: str
    number: str
    mark: str
    full: str
    rule: str
    rounds: tuple[tuple[str, Explanation], ...]
    year: str
    previous: str
    following: str
    is_confirmed: bool
    origins: tuple[Origin, ...] = ()
    """Who recorded the figures, where the result was made from the platform's own rounds."""
    source: str = ""
    """Where they come from in all other cases; empty where ``origins`` or ``sources`` tell."""
    sources: tuple[Source, ...] = ()
    """The matters, or the other results, that the figures come from."""
    evidence: tuple[str, ...] = ()
    """What the scheme asks the unit to have ready."""
    basis: str = ""
    parts: tuple[Part, ...] = ()
    """What a category, total, place, tier or gate is made of."""
    lines: tuple[tuple[str, str], ...] = field(default=())
    """Its steps, each with its kind."""
    amended: tuple[Amendment, ...] = ()
    """What reviews put right in the figures."""

    @property
    def asked(self) -> str:
        """``8.0 分``, ``第 3 名``, ``先进``."""
        return self.mark if self.lines else f"{self.mark} 分"


def why(known: Reading, drawn: Card, part: ResultUnit, code: str) -> Why:
    """The point that ``code`` names, which must be one of the unit's."""
    items = {each.code: each for each in all_leaves(known.result.scheme)}
    codes = codes_of(known.result, part.name)
    place = codes.index(code)
    beside = (
        codes[place - 1] if place else "",
        codes[place + 1] if place + 1 < len(codes) else "",
    )
    if item := items.get(code):
        return _item(known, drawn, part, item, beside)
    point = explain_point(known.result, part.name, code)
    return Why(
        code=code,
        name=point.name,
        number="",
        mark=point.value,
        full=point.full,
        rule=point.rule,
        rounds=(),
        year="",
        previous=beside[0],
        following=beside[1],
        is_confirmed=known.is_confirmed,
        parts=point.parts,
        lines=point.lines,
    )


def _item(
    known: Reading, drawn: Card, part: ResultUnit, item: Item, beside: tuple[str, str]
) -> Why:
    names = {each.code: each.name for each in known.result.scheme.rounds}
    found = explained(known.result, part.name, item)
    lines = {line.code: line for each in drawn.categories for line in each.lines}
    line = (lines | {each.code: each for each in drawn.extras})[item.code]
    amended = amendments_of(part, item)
    come, sources = origins_of(part, item, amended), sources_of(part, item)
    return Why(
        code=item.code,
        name=item.name,
        number=line.number,
        mark=line.mark,
        full=line.full,
        rule=found[0].rule if found else "",
        rounds=tuple((names.get(each.round, ""), each) for each in found),
        year=year_words(known.result, part.name, item),
        previous=beside[0],
        following=beside[1],
        is_confirmed=known.is_confirmed,
        origins=come,
        sources=sources,
        source="" if come or sources else f"{source_words(item)}；{_loaded(part.result)}",
        evidence=item.evidence,
        basis=item.basis,
        amended=amended,
    )


def _loaded(kept: SealedResult) -> str:
    return f"{kept.loaded_by.name}{moment(kept.loaded_at)}录入"


def gains(kept: SealedResult, unit: str) -> tuple[Gain, ...]:
    """What alone would have lifted the unit; worked out once in each process."""
    reading(kept)
    return _gains(kept.seal, unit)


@lru_cache(maxsize=KEPT_IN_MIND)
def _gains(seal: str, unit: str) -> tuple[Gain, ...]:
    return of_gains.gains(reading_of_seal(seal), unit)
