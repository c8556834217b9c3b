"""What do the pages of a result tell this reader? Marks within reach, tiers for the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.results.card import Card, Movement, card, movement
from jixiao.results.explain import Explanation
from jixiao.results.explain_year import total_words, year_words
from jixiao.results.league import GroupLeague, Standing, boundary_units
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.queries.come_from import origins_of, source_words
from jixiao.results.queries.kept import numbers_of, parts_of, published, reading, year_before
from jixiao.results.queries.sources import Source, sources_of
from jixiao.results.reading import Reading
from jixiao.results.table import Bar, Order, Row, bars, headings, places, rows, tier_look
from jixiao.results.why import explained
from jixiao.scoring.columns import all_leaves
from jixiao.visits.queries.origins import Origin

PartRow = ResultUnit
"""What the pages get."""
PER_PAGE = 60
"""A committee wants a whole group before it; only very large ones are cut into pages."""


@dataclass(frozen=True)
class Named:
    """A unit in a list of names."""

    name: str
    number: int
    is_own: bool


@dataclass(frozen=True)
class TierList:
    """The units of one tier, in the scheme's order, so that no mark can be read off it."""

    tier: str
    look: str
    units: tuple[Named, ...]


@dataclass(frozen=True)
class LeaguePage:
    """One group of a result as this reader may see it."""

    kept: SealedResult
    reading: Reading
    group: GroupLeague
    counts: tuple[tuple[str, int], ...]
    """Units by tier, over all groups."""
    rows: Page[Row]
    headings: list[tuple[str, str]]
    tiers: tuple[TierList, ...]
    """Filled instead of ``rows`` for readers who see no marks of this group."""
    bars: list[Bar]
    near: tuple[tuple[Standing, int, str], ...]
    year_before: int | None
    years: tuple[tuple[int, int], ...]
    """The years with a published result, newest first, each with the number of its result."""
    order: Order

    @property
    def sees_marks(self) -> bool:
        """Whether this reader sees the marks of this group."""
        return not self.tiers


@dataclass(frozen=True)
class Why:
    """One item explained: round by round, then the year's mark, beside its neighbours."""

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
    origins: tuple[Origin, ...]
    """Who recorded the figures, where the result was made from the platform's own rounds."""
    source: str
    """Where they come from in all other cases; empty where ``origins`` or ``sources`` tell."""
    sources: tuple[Source, ...] = ()
    """The matters, or the other results, that the figures come from."""


@dataclass(frozen=True)
class CardPage:
    """One unit's card."""

    part: ResultUnit
    card: Card
    look: str
    total_words: str
    movement: Movement | None
    gates: tuple[tuple[str, str], ...]
    why: Why | None = None


def league_page(
    kept: SealedResult, actor: Actor, *, group: str, order: Order, page: str = ""
) -> LeaguePage:
    """The league of one group, a page of it; five queries."""
    known, numbers = reading(kept), numbers_of(kept)
    chosen = next((each for each in known.leagues if each.name == group), known.leagues[0])
    past = year_before(kept)
    before = places(reading(past), numbers_of(past)) if past else {}
    sees = actor.may(Permission.RESULTS_SEE, Place(group=chosen.name))
    drawn = rows(known, chosen, numbers=numbers, before=before, order=order) if sees else []
    decimals = known.result.scheme.decimals
    return LeaguePage(
        kept=kept,
        reading=known,
        group=chosen,
        counts=tuple(known.summary.tiers.items()),
        rows=Paginator(drawn, PER_PAGE).get_page(page),
        headings=headings(chosen),
        tiers=() if sees else _tiers(known, chosen, numbers, actor),
        bars=bars(known, chosen.standings) if sees else [],
        near=tuple(
            (
                each,
                numbers[each.unit],
                "；".join(line.words(decimals) for line in each.near(known.margin)),
            )
            for each in (boundary_units([chosen], known.margin) if sees else ())
        ),
        year_before=past.year if past else None,
        years=_years(),
        order=order,
    )


def _years() -> tuple[tuple[int, int], ...]:
    """Each year's result in force."""
    found: dict[int, int] = {}
    for year, number in published().values_list("year", "pk"):
        found.setdefault(year, number)
    return tuple(found.items())


def card_page(part: ResultUnit, *, code: str | None = None) -> CardPage | None:
    """One unit's card, with one item explained where ``code`` names it; None for an unknown one."""
    known = reading(part.result)
    if code is not None and code not in _codes(known, part.name):
        return None
    drawn = card(known, part.name)
    return CardPage(
        part=part,
        card=drawn,
        look=tier_look(known, drawn.standing.tier),
        total_words=total_words(known.result, part.name) if drawn.standing.reported else "",
        movement=_movement(part, known),
        gates=tuple((gate.name, gate.basis) for gate in drawn.standing.gates),
        why=None if code is None else _why(known, drawn, part, code),
    )


def _movement(part: ResultUnit, known: Reading) -> Movement | None:
    found = parts_of([part.unit_id]).filter(result__year=part.result.year - 1)
    before = found.first()
    if before is None:
        return None
    return movement(
        known.standings[part.name],
        reading(before.result).standings[before.name],
        year=before.result.year,
        decimals=known.result.scheme.decimals,
    )


def _why(known: Reading, drawn: Card, part: ResultUnit, code: str) -> Why:
    unit = drawn.standing.unit
    codes = _codes(known, unit)
    place = codes.index(code)
    item = next(each for each in all_leaves(known.result.scheme) if each.code == code)
    names = {each.code: each.name for each in known.result.scheme.rounds}
    found = explained(known.result, unit, item)
    lines = {line.code: line for each in drawn.categories for line in each.lines}
    line = (lines | {each.code: each for each in drawn.extras})[code]
    come, sources = origins_of(part, item), sources_of(part, item)
    return Why(
        code=code,
        name=item.name,
        number=line.number,
        mark=line.mark,
        full=line.full,
        rule=found[0].rule if found else "",
        rounds=tuple((names.get(each.round, ""), each) for each in found),
        year=year_words(known.result, unit, item),
        previous=codes[place - 1] if place else "",
        following=codes[place + 1] if place + 1 < len(codes) else "",
        is_confirmed=known.is_confirmed,
        origins=come,
        source="" if come or sources else source_words(item),
        sources=sources,
    )


def _codes(known: Reading, unit: str) -> list[str]:
    """The items that gave this unit a mark, in the scheme's order."""
    marks = known.result.year.get(unit, {})
    return [
        each.code
        for each in all_leaves(known.result.scheme)
        if marks.get(f"mark:{each.code}") is not None
    ]


def _tiers(
    known: Reading, group: GroupLeague, numbers: Mapping[str, int], actor: Actor
) -> tuple[TierList, ...]:
    own = {number for number in numbers.values() if _is_own(actor, number)}
    standings = {each.unit: each for each in group.standings}
    listed = next(each for each in known.result.scheme.groups if each.name == group.name).units
    names = [each.name for each in known.result.scheme.tiers]
    return tuple(
        TierList(
            tier or "无等次",
            tier_look(known, tier),
            tuple(
                Named(unit.name, numbers[unit.name], numbers[unit.name] in own)
                for unit in listed
                if standings[unit.name].tier == tier
            ),
        )
        for tier in [*names, ""]
        if tier or any(not each.tier for each in group.standings)
    )


def _is_own(actor: Actor, number: int) -> bool:
    return actor.may(Permission.RESULTS_SEE, Place(units=(number,)))
