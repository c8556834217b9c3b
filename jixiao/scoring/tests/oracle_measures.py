"""Which number does an item look at? The oracle's measures: one plain function a kind."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any

from jixiao.scoring.events import Event, EventTable
from jixiao.scoring.measures import Term
from jixiao.scoring.scheme import Audience, DataItem, Group, Item, Scheme, Unit
from jixiao.scoring.sheet import Row, Sheet

Value = Fraction | None


def rounded(value: Value, places: int) -> Value:
    """四舍五入 by magnitude."""
    if value is None:
        return None
    size = Fraction(floor(abs(value) * 10**places + Fraction(1, 2)), 10**places)
    return size if value >= 0 else -size


def quotient(top: Value, bottom: Value) -> Value:
    """A quotient whose denominator is not positive is a gap."""
    return None if top is None or bottom is None or bottom <= 0 else top / bottom


def average(pairs: list[tuple[Fraction, Fraction]]) -> Value:
    """The mean of (value, weight); of nothing there is none."""
    return quotient(sum((v * w for v, w in pairs), Fraction(0)), Fraction(sum(w for _, w in pairs)))


# ------------------------------------------------------------------ who reported what


@dataclass(frozen=True)
class Subject:
    """One row of the sheet: a unit in a round."""

    unit: Unit
    group: Group
    row: Row


@dataclass(frozen=True)
class At:
    """One subject of one round, looked at for one item through one measure."""

    scheme: Scheme
    sheet: Sheet
    subjects: tuple[Subject, ...]
    who: Subject
    item: Item
    measure: Any = None

    @property
    def full(self) -> Fraction:
        return self.item.full_for(self.who.group.name)

    def exact(self, key: str) -> Value:
        """A data item of this subject, the periods taken together."""
        return taken(self.scheme, self.who.row, key=key)

    def data(self, key: str) -> Value:
        """A data item as a term of a formula or of a comparison: a number of four decimals."""
        return rounded(self.exact(key), 4)

    def concerns(self, who: Subject) -> bool:
        """The item and everything above it apply to somebody."""
        return concerned(self.scheme, who, code=self.item.code)

    def others(self, scope: str) -> list["At"]:
        """Everybody compared with each other in this item, the subject itself included."""
        same = self.item.rule_for(self.who.group.name), self.full
        everybody = [replace(self, who=other) for other in self.subjects]
        return [
            at
            for at in everybody
            if self.concerns(at.who)
            and (at.item.rule_for(at.who.group.name), at.full) == same
            and (scope == "all" or at.who.group == self.who.group)
        ]


def declared(scheme: Scheme, key: str) -> DataItem:
    return next((each for each in scheme.data if each.key == key), DataItem(key=key))


def columns(scheme: Scheme, key: str) -> list[str]:
    """The sheet's columns of a data item: one, or one a period."""
    times = declared(scheme, key).times
    return [key] if times == 1 else [f"{key}@{period}" for period in range(1, times + 1)]


def taken(scheme: Scheme, row: Row, *, key: str) -> Value:
    """A data item of a row, its periods taken together, gaps left out."""
    data = declared(scheme, key)
    values = [number(row, column) for column in columns(scheme, key)]
    weights = data.weights or (Fraction(1),) * len(values)
    present = [(v, w) for v, w in zip(values, weights, strict=True) if v is not None]
    if not present:
        return None
    only = [value for value, _ in present]
    takes = {"sum": sum(only), "last": only[-1], "highest": max(only), "mean": average(present)}
    return takes[data.take]


def number(row: Row, column: str) -> Value:
    value = row.values.get(column)
    return None if value is None else Fraction(value, 10000)


def suits(audience: Audience, who: Subject) -> bool:
    """Groups, units and tags are alternatives; nothing said means everybody."""
    if not (audience.groups or audience.units or audience.tags):
        return True
    named = who.group.name in audience.groups or who.unit.name in audience.units
    return named or bool(set(audience.tags) & set(who.unit.tags))


def concerned(scheme: Scheme, who: Subject, *, code: str) -> bool:
    """The item and everything above it apply to the subject."""

    def found(items: tuple[Item, ...]) -> bool:
        return any(suits(x.audience, who) and (x.code == code or found(x.items)) for x in items)

    return found((*scheme.items, *scheme.adjustments))


# ------------------------------------------------------------------ measures


def measured(at: At) -> Value:
    return MEASURES[at.measure.kind](at)


def reported(at: At) -> Value:
    return at.exact(at.measure.data or at.item.code)


def ratio(at: At) -> Value:
    return quotient(weighed(at, at.measure.numerator), weighed(at, at.measure.denominator))


def weighed(at: At, terms: tuple[Term, ...]) -> Value:
    found = [(at.data(term.data), term.factor) for term in terms]
    present = [(value, factor) for value, factor in found if value is not None]
    if len(present) < len(found):
        return None
    return sum((value * factor for value, factor in present), Fraction(0))


def growth(at: At) -> Value:
    now, base = at.data(at.measure.data), at.data(at.measure.base)
    return None if now is None or base is None else quotient(now - base, base)


def mean(at: At) -> Value:
    pairs = [(at.data(term.data), term.factor) for term in at.measure.terms]
    return average([(value, factor) for value, factor in pairs if value is not None])


def votes(at: At) -> Value:
    return average(
        [(term.factor, at.data(term.data) or Fraction(0)) for term in at.measure.options]
    )


def compared(at: At) -> Value:
    """The number of the measure inside, as it is compared with others."""
    return rounded(measured(replace(at, measure=at.measure.of)), 4)


def field_of(at: At) -> list[Fraction]:
    """The numbers present among those compared."""
    values = [compared(other) for other in at.others(at.measure.scope)]
    return [value for value in values if value is not None]


def better(best: str, *, mine: Fraction, theirs: Fraction) -> bool:
    return theirs > mine if best == "high" else theirs < mine


def rank(at: At) -> Value:
    mine, values = compared(at), field_of(at)
    if mine is None:
        return None
    ahead = [value for value in values if better(at.measure.best, mine=mine, theirs=value)]
    place = 1 + len(set(ahead) if at.measure.ties == "dense" else ahead)
    return position_of(Fraction(place), size=Fraction(len(values)), take=at.measure.take)


def position_of(place: Fraction, *, size: Fraction, take: str) -> Fraction:
    if take == "place":
        return place
    return Fraction(1) if size == 1 else (size - place) / (size - 1)


def given_rank(at: At) -> Value:
    place = at.data(at.measure.data)
    if place is None:
        return None
    return position_of(place, size=at.measure.size, take=at.measure.take)


def best_of(at: At) -> Fraction:
    return (max if at.measure.best == "high" else min)(field_of(at))


def worst_of(at: At) -> Fraction:
    return (min if at.measure.best == "high" else max)(field_of(at))


def to_best(at: At) -> Value:
    mine = compared(at)
    if mine is None:
        return None
    return quotient(*((mine, best_of(at)) if at.measure.best == "high" else (best_of(at), mine)))


def to_mean(at: At) -> Value:
    mine, given = compared(at), at.measure.given
    if mine is None:
        return None
    middle = at.data(given) if given else average([(v, Fraction(1)) for v in field_of(at)])
    if middle is None:
        return None
    if at.measure.take == "difference":
        return mine - middle
    return quotient(mine if at.measure.take == "ratio" else mine - middle, middle)


def position(at: At) -> Value:
    mine, good, bad = compared(at), at.measure.satisfied, at.measure.unallowed
    if mine is None:
        return None
    good = best_of(at) if good is None else good
    bad = worst_of(at) if bad is None else bad
    if good == bad:
        return Fraction(1)
    sign = 1 if at.measure.best == "high" else -1
    return quotient(sign * (mine - bad), sign * (good - bad))


def top_times(at: At) -> Value:
    names = columns(at.scheme, at.measure.data)
    present = [name for name in names if number(at.who.row, name) is not None]
    if not present:
        return None
    return Fraction(sum(place_in(at, column=name) <= at.measure.top for name in present))


def place_in(at: At, *, column: str) -> int:
    mine = number(at.who.row, column)
    values = [number(other.who.row, column) for other in at.others(at.measure.scope)]
    present = [value for value in values if value is not None]
    return 1 + sum(better(at.measure.best, mine=mine, theirs=value) for value in present)


def events(at: At) -> Value:
    """The points of the item's events in this round, each rounded as a mark is."""
    counted = [
        (event, worth(event, at.item.events, tags=at.who.unit.tags))
        for event in at.sheet.events
        if (event.item, event.unit) == (at.item.code, at.who.unit.name)
    ]
    if at.item.events and at.item.events.once_per_matter:
        matters = dict.fromkeys(event.matter for event, _ in counted)
        counted = [largest([x for x in counted if x[0].matter == m]) for m in matters]
    here = [points for event, points in counted if event.round == at.who.row.round]
    return sum((rounded(each, at.scheme.decimals) for each in here), Fraction(0))


def largest(same: list[tuple[Event, Fraction]]) -> tuple[Event, Fraction]:
    """同一事项 counts once in the year: the largest, the first of equals."""
    return max(same, key=lambda each: abs(each[1]))


def worth(event: Event, table: EventTable, *, tags: tuple[str, ...]) -> Fraction:
    """级别得分×等次×次数×分担×标记倍数×整改后余下的；不在办法之内或缺凭据的不计。"""
    proofs = {
        "document": bool(event.document),
        "notice": event.notice_days >= table.notice_days,
        "signature": bool(event.signed_by),
    }
    known = event.level in table.levels and event.grade in ("", *table.classes)
    if not known or not all(proofs[name] for name in table.requires) or untimely(event, table):
        return Fraction(0)
    points = table.levels[event.level] * event.times * event.share
    points *= table.classes[event.grade] if event.grade else 1
    for tag in tags:
        points *= table.tag_factors.get(tag, 1)
    return points * (1 - table.restored) if event.rectified else points


def untimely(event: Event, table: EventTable) -> bool:
    if event.on is None:
        return bool(table.counts_from or table.counts_to)
    early = table.counts_from is not None and event.on < table.counts_from
    return early or (table.counts_to is not None and event.on > table.counts_to)


MEASURES: dict[str, Callable[[At], Value]] = {
    "reported": reported,
    "ratio": ratio,
    "growth": growth,
    "mean": mean,
    "votes": votes,
    "events": events,
    "rank": rank,
    "given_rank": given_rank,
    "to_best": to_best,
    "to_mean": to_mean,
    "position": position,
    "top_times": top_times,
}
