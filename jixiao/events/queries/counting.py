"""Which matters count in a scheme's year today, and what do the others still lack?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from jixiao.events.models import Matter
from jixiao.events.queries.proof import event_items, lacking
from jixiao.schemes.models import SchemeVersion
from jixiao.scoring.columns import tags_by_unit
from jixiao.scoring.events import Event, Settled, settle
from jixiao.scoring.names import Register
from jixiao.scoring.numbers import number_text
from jixiao.visits.queries.rounds import task_book

STRANGER = "单位不在这一版办法里"


@dataclass(frozen=True)
class Pending:
    """A matter that does not count yet."""

    matter: Matter
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """``云溪镇 先进集体：还缺文号、公示满5天``."""
        return f"{self.matter}：还缺{'、'.join(self.missing)}"


@dataclass(frozen=True)
class Worth:
    """What a matter is worth, and if it does not count, why or what it lacks."""

    settled: Settled
    missing: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether its points go into the result."""
        return not self.missing and not self.settled.reason

    @property
    def points(self) -> str:
        """``+1.5``, ``−5``."""
        text = number_text(self.settled.points)
        return f"−{text[1:]}" if text.startswith("-") else f"+{text}"

    @property
    def words(self) -> str:
        """How the points come about, or why there are none."""
        if self.settled.reason:
            return self.settled.reason
        return f"{''.join(self.settled.factors)}＝{number_text(self.settled.points)}分"

    @property
    def still(self) -> str:
        """What is missing, in one line; empty where nothing is."""
        return f"还缺：{'、'.join(self.missing)}" if self.missing else ""


@dataclass(frozen=True)
class Told:
    """A year's matters: those that count today, as the core takes them, and the others."""

    events: tuple[Event, ...]
    pending: tuple[Pending, ...]


def matters_of(version: SchemeVersion, names: Mapping[int, str]) -> Told:
    """What counts today and what does not yet; ``names`` by the units' numbers; one query."""
    judged = _judged(version, names)
    return Told(
        tuple(event_of(row, names[row.unit_id]) for row, missing in judged if not missing),
        tuple(Pending(row, missing) for row, missing in judged if missing),
    )


def events_of(version: SchemeVersion, names: Mapping[int, str]) -> tuple[Event, ...]:
    """The matters that count today, as the core takes them."""
    return matters_of(version, names).events


def pending_of(version: SchemeVersion, names: Mapping[int, str]) -> tuple[Pending, ...]:
    """The matters that do not count yet, each with what it lacks."""
    return matters_of(version, names).pending


def _judged(
    version: SchemeVersion, names: Mapping[int, str]
) -> list[tuple[Matter, tuple[str, ...]]]:
    """Every live matter of the scheme's year with what it lacks by this version; one query."""
    today = timezone.localdate()
    found = Matter.objects.live().of_year(version).told().select_related("unit", "version_of")
    rows = found.defer("version_of__document", "unit__search").order_by("id")
    return [
        (row, lacking(row, today, version=version) if row.unit_id in names else (STRANGER,))
        for row in rows
    ]


def event_of(matter: Matter, name: str) -> Event:
    """The matter as the core takes it."""
    return Event(
        unit=name,
        item=matter.code,
        matter=matter.matter,
        level=matter.level,
        grade=matter.grade,
        times=Fraction(matter.times),
        share=Fraction(matter.share),
        on=matter.on,
        document=matter.document,
        notice_days=matter.notice_days,
        signed_by=matter.signer,
        rectified=matter.restored_at is not None,
        round=matter.round,
    )


def worth_of(matters: Iterable[Matter]) -> dict[int, Worth]:
    """By number what each is worth beside the unit's others; two queries whatever their number.

    What counts is settled among what counts; what does not yet, as if its proofs were there.
    """
    rows = list(matters)
    lines = {(row.version_of.line_id, row.version_of.year) for row in rows}
    near = Matter.objects.filter(unit__in={row.unit_id for row in rows}).live().told()
    near = near.select_related("version_of").defer("version_of__document").order_by("id")
    siblings = [each for each in near if (each.version_of.line_id, each.version_of.year) in lines]
    there = {each.pk for each in siblings}
    today, found = timezone.localdate(), {}
    known = {row.pk: lacking(row, today) for row in [*siblings, *rows]}
    for row in rows:
        others = [each for each in siblings if _is_beside(each, row) and not known[each.pk]]
        waiting = [each for each in siblings if _is_beside(each, row) and known[each.pk]]
        group = others if row.pk in there and not known[row.pk] else [*others, *waiting]
        group = group if row in group else [*group, row]
        found[row.pk] = Worth(_settled(row, group), known[row.pk])
    return found


def _is_beside(one: Matter, other: Matter) -> bool:
    same = (one.unit_id, one.code, one.version_of.line_id, one.version_of.year)
    return same == (other.unit_id, other.code, other.version_of.line_id, other.version_of.year)


def _settled(row: Matter, group: list[Matter]) -> Settled:
    item = event_items(row.version_of).get(row.code)
    name = str(row.unit_id)
    if item is None or item.events is None:
        return Settled(event_of(row, name), Fraction(0), "办法里没有这一项")
    scheme = task_book(row.version_of).scheme
    known = Register.of(scheme).find(row.unit.name) or ""
    proven = {"notice_days": item.events.notice_days}
    events = [_proven(event_of(each, name), proven) for each in group]
    settled = settle(events, item.events, {name: tags_by_unit(scheme).get(known, ())})
    return settled[group.index(row)]


def _proven(event: Event, proven: Mapping[str, int]) -> Event:
    given = {"document": event.document or "—", "signed_by": event.signed_by or "—"}
    return event.model_copy(update={**given, **proven})
