"""What makes a year's sheet beside the visits: matters, other results, ratings; who owes what lacks?

The sheet of a composite result is put together here and nowhere else: what visits and offices told,
the marks that other schemes' published runs gave, figures of ratings, and the matters that count.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from jixiao.core.words import day
from jixiao.events.queries import Pending, matters_of
from jixiao.ratings.queries.figures import Owed, ballots_of
from jixiao.results.models import SealedResult
from jixiao.results.queries.kept import numbers_of, reading
from jixiao.results.states import ResultState
from jixiao.schemes.exchange.gaps import needed_columns
from jixiao.schemes.exchange.layout import Layout, is_taken, round_names
from jixiao.schemes.models import SchemeVersion
from jixiao.scoring.columns import data_columns, data_item
from jixiao.scoring.events import Event
from jixiao.scoring.inputs import input_keys, item_keys
from jixiao.scoring.scheme import DataItem
from jixiao.scoring.sheet import Sheet
from jixiao.visits.models import Round
from jixiao.visits.queries.rounds import scheme_units, task_book
from jixiao.visits.queries.summary import Year, year_of
from jixiao.visits.sheet import EVERYBODY, OFFICE, Gap, Gathered

Names = Mapping[int, str]
"""The units' names in the scheme by their numbers in the county's books."""
Figures = Mapping[tuple[str, str], Mapping[str, int]]
"""By round and unit the figures by sheet column, in ten-thousandths."""

NAMED = "要填引用哪个单位，平台上还不能填；请在终端计分后录入结果"


@dataclass(frozen=True)
class Quote:
    """One data item that is another scheme's mark: from which run, or why from none."""

    data: DataItem
    kept: SealedResult | None
    trouble: str = ""

    @property
    def column(self) -> str:
        """Where the mark stands in a result."""
        return f"mark:{self.data.item}" if self.data.item else "total"

    @property
    def what(self) -> str:
        """``总分``, or the item."""
        return f"项目{self.data.item}" if self.data.item else "总分"

    def marks(self) -> dict[int, int]:
        """The units' marks there by their numbers; those without one are left out."""
        if self.kept is None:
            return {}
        year, numbers = reading(self.kept).result.year, numbers_of(self.kept)
        found = {number: year[name].get(self.column) for name, number in numbers.items()}
        return {number: mark for number, mark in found.items() if mark is not None}

    @property
    def words(self) -> str:
        """Where it comes from."""
        if self.kept is None:
            return self.trouble
        when = f"，{day(self.kept.published_at)}公布" if self.kept.published_at else ""
        return f"引自{self.kept.title}（{self.kept}）的{self.what}{when}"


@dataclass(frozen=True)
class Assembled:
    """A scheme's year: rounds, sheet, matters, and everything that is missing."""

    year: Year
    names: Names
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]
    pending: tuple[Pending, ...]
    """Matters that do not count yet; they keep nothing from being scored."""
    owed: tuple[Gap, ...]
    """What other results, and matters of rounds, still owe."""
    ballots: tuple[Owed, ...]
    """What is left to votes and not there yet."""

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the year."""
        return self.year.rounds

    @property
    def gathered(self) -> Gathered:
        """What visits and everybody else told."""
        return self.year.gathered

    @property
    def numbers(self) -> Mapping[str, int]:
        """The units' numbers by their names in the scheme."""
        return {name: number for number, name in self.names.items()}

    def gaps(self, rounds: Mapping[str, str]) -> tuple[Gap, ...]:
        """Everything that is missing in these rounds (names by code), each with who owes it."""
        owed = (gap for gap in self.owed if gap.round in ("", *rounds.values()))
        return (*owed, *(gap for code in rounds for gap in self._round_gaps(code)))

    def _round_gaps(self, code: str) -> Iterator[Gap]:
        """Where nobody visits, votes are missing as a whole; else unit by unit, as the visits are."""
        yield from map(self._told, self.gathered.round_gaps(code))
        if self.gathered.is_optional(code) or any(each.code == code for each in self.rounds):
            return
        for each in self.ballots:
            if each.round == code:
                asked = each.question
                yield Gap(
                    each.round_name, EVERYBODY, asked.items[0], asked.name, each.what, each.who
                )

    def _told(self, gap: Gap) -> Gap:
        """A gap of votes with how far their poll has come, and who has not rated."""
        for each in self.ballots:
            if gap.round == each.round_name and gap.code in each.question.items:
                return replace(gap, owner=f"{each.who}，{each.what}")
        return gap

    @property
    def sheet(self) -> Sheet:
        """Rows and events, as a filled-in mark sheet has them."""
        return Sheet(self.gathered.sheet.rows, self.events)


def assembled(version: SchemeVersion) -> Assembled:
    """The year of a scheme as of today; RefusedError where its units are not known."""
    year, layout = year_of(version), task_book(version).layout
    names, quotes = _names(version, year), quotes_of(version)
    taken = _taken(layout, quotes, names)
    ballots = ballots_of(version, names)
    beside = _merged([taken, ballots.figures])
    quoted = {
        column for each in quotes if is_taken(each.data) for column in data_columns(each.data)
    }
    elsewhere = ballots.columns | quoted
    year = replace(year, gathered=replace(year.gathered, beside=beside, elsewhere=elsewhere))
    told = matters_of(version, names)
    owed = (*_unquoted(layout, quotes, taken), *_out_of_round(year.gathered, told.events))
    return Assembled(year, names, quotes, told.events, told.pending, owed, ballots.owed)


def _names(version: SchemeVersion, year: Year) -> Names:
    """From the visits where every unit has one, else from the county's books."""
    names = {number: name for name, number in year.numbers.items()}
    if set(names.values()) >= set(year.gathered.book.layout.groups):
        return names
    return {unit.pk: name for unit, name, _ in scheme_units(version)}


# ── Marks of other results ─────────────────────────────────────────────────────────────────


def quotes_of(version: SchemeVersion, *, at: datetime | None = None) -> tuple[Quote, ...]:
    """The data items that are marks of other schemes; ``at``: as they were published then."""
    scheme = task_book(version).scheme
    asked = [data_item(scheme, key) for key in input_keys(scheme)]
    return tuple(quote_of(data, version.year, at=at) for data in asked if data.from_result)


def quote_of(data: DataItem, year: int, *, at: datetime | None = None) -> Quote:
    """The published run of the scheme that is named by its title, or by its name and the same year."""
    name = data.from_result
    rows = SealedResult.objects.light().exclude(state=ResultState.DISCARDED)
    found = list(rows.filter(Q(title=name) | Q(line__name=name, year=year)).order_by("id"))
    known = [each for each in found if _is_in_force(each, at)]
    if known:
        best = max(known, key=lambda each: (each.year == year, each.published_at))
        return Quote(data, best, "" if is_taken(data) else NAMED)
    if found:
        state = found[-1].get_state_display()
        return Quote(data, None, f"“{name}”的结果还没有公布（{found[-1]}{state}）")
    return Quote(data, None, f"还没有“{name}”{year}年度的结果")


def _is_in_force(kept: SealedResult, at: datetime | None) -> bool:
    """Published; or published at that time, whatever has taken its place since."""
    if at is None or kept.published_at is None:
        return kept.is_published
    return kept.published_at <= at


def _taken(layout: Layout, quotes: Iterable[Quote], names: Names) -> Figures:
    """Each unit's own marks elsewhere, in every round, as a filled-in mark sheet has them."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for quote in quotes:
        for number, mark in quote.marks().items() if is_taken(quote.data) else ():
            for code in round_names(layout.scheme) if number in names else ():
                row = found.setdefault((code, names[number]), {})
                row.update(dict.fromkeys(data_columns(quote.data), mark))
    return found


def _merged(parts: Iterable[Figures]) -> Figures:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for part in parts:
        for key, values in part.items():
            found.setdefault(key, {}).update(values)
    return found


def _unquoted(layout: Layout, quotes: Iterable[Quote], taken: Figures) -> Iterator[Gap]:
    """What other results owe: the whole run, or the mark of single units."""
    first = next(iter(round_names(layout.scheme)))
    for quote in quotes:
        columns, data = set(data_columns(quote.data)), quote.data
        wanting = [unit for unit in layout.groups if needed_columns(layout, unit) & columns]
        code, item = _user(layout, data)
        if quote.trouble:
            if wanting:
                yield Gap("", EVERYBODY, code, item, quote.trouble, OFFICE)
            continue
        for unit in wanting:
            if not columns & taken.get((first, unit), {}).keys():
                yield Gap("", unit, code, item, f"“{data.from_result}”里没有它的得分", OFFICE)


def _user(layout: Layout, data: DataItem) -> tuple[str, str]:
    """Code and name of the first item that uses it."""
    items = {item.code: item for each in layout.items.values() for item in each}
    users = (each for each in items.values() if data.key in item_keys(each))
    found = next(users, None)
    return (found.code, found.name) if found else (data.key, data.name)


def _out_of_round(gathered: Gathered, events: Iterable[Event]) -> Iterator[Gap]:
    """Matters of a round in which their unit takes no part would be lost without a word."""
    there = {(row.round, row.unit) for row in gathered.sheet.rows}
    told = "没有参加这一轮，却有这一轮的加扣分事项"
    for event in events:
        if event.round and (event.round, event.unit) not in there:
            name = gathered.rounds.get(event.round, "")
            yield Gap(name, event.unit, event.item, event.matter, told, OFFICE)
