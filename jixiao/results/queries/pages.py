"""What do the pages of a result tell this reader? Marks within reach, tiers for the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.results.card import Card, Movement, card, movement
from jixiao.results.explain_year import total_words
from jixiao.results.gains import Gain
from jixiao.results.league import GroupLeague, Standing, boundary_units
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.points import GATE, codes_of
from jixiao.results.queries.explained import Why, gains, why
from jixiao.results.queries.history import YearTier, years_of
from jixiao.results.queries.kept import numbers_of, parts_of, published, reading, year_before
from jixiao.results.reading import Reading
from jixiao.results.table import Bar, Order, Row, bars, headings, places, rows, tier_look

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
class CardPage:
    """One unit's card."""

    part: ResultUnit
    card: Card
    look: str
    total_words: str
    movement: Movement | None
    gates: tuple[tuple[str, str, str], ...]
    """Name, basis, and the code of its explanation."""
    why: Why | None = None
    gains: tuple[Gain, ...] = ()
    """What alone would have lifted the unit one tier; not worked out beside an explanation."""
    tiers: tuple[YearTier, ...] = ()
    """The unit's tiers over the years, the oldest first."""

    @property
    def place_words(self) -> str:
        """``第 3 / 12``."""
        return f"第 {self.card.standing.place} / {self.card.size}"

    @property
    def margin_words(self) -> str:
        """How far the line is under which the unit would fall."""
        worse = self.card.standing.worse
        if worse is None or self.card.standing.total is None:
            return ""
        decimals = reading(self.part.result).result.scheme.decimals
        return f"{worse.words(decimals)}；再失这些分以上，就落到“{worse.tier}”。"


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
        years=_years(kept),
        order=order,
    )


def _years(kept: SealedResult) -> tuple[tuple[int, int], ...]:
    """Each year's result in force of the same scheme and stage."""
    found: dict[int, int] = {}
    same = published().filter(line=kept.line_id, through=kept.through)
    for year, number in same.values_list("year", "pk"):
        found.setdefault(year, number)
    return tuple(found.items())


def card_page(part: ResultUnit, *, code: str | None = None) -> CardPage | None:
    """One unit's card, with one point explained where ``code`` names it; None for an unknown one."""
    known = reading(part.result)
    if code is not None and code not in codes_of(known.result, part.name):
        return None
    drawn = card(known, part.name)
    return CardPage(
        part=part,
        card=drawn,
        look=tier_look(known, drawn.standing.tier),
        total_words=total_words(known.result, part.name) if drawn.standing.reported else "",
        movement=_movement(part, known),
        gates=tuple(_gates(known, drawn)),
        why=None if code is None else why(known, drawn, part, code),
        gains=gains(part.result, part.name) if code is None else (),
        tiers=years_of(part),
    )


def _movement(part: ResultUnit, known: Reading) -> Movement | None:
    past = year_before(part.result)
    before = parts_of([part.unit_id]).filter(result=past).first() if past else None
    if before is None:
        return None
    return movement(
        known.standings[part.name],
        reading(before.result).standings[before.name],
        year=before.result.year,
        decimals=known.result.scheme.decimals,
    )


def _gates(known: Reading, drawn: Card) -> Iterator[tuple[str, str, str]]:
    for index, gate in enumerate(known.result.scheme.gates):
        if gate in drawn.standing.gates:
            yield gate.name, gate.basis, f"{GATE}{index}"


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
