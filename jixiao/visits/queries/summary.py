"""What do the records of a round, or of a whole year, come to, and what is still missing?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from jixiao.core.errors import RefusedError
from jixiao.schemes.models import SchemeVersion
from jixiao.visits.models import Finding, Record, Round, Seat, Visit
from jixiao.visits.queries.rounds import rounds, scheme_units, task_book
from jixiao.visits.sheet import Credit, Gap, Gathered, Kept, Restored, Seen
from jixiao.visits.states import RecordState, RoundKind, VisitState


@dataclass(frozen=True)
class Summary:
    """One round read as a mark sheet: what is there, what is missing, what was given back."""

    round: Round
    gathered: Gathered

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that is missing in this round."""
        return tuple(self.gathered.round_gaps(self.round.code)) if self.counts else ()

    @property
    def counts(self) -> bool:
        """Whether the round's marks go into the scheme's sheet; else it is about findings only."""
        return feeds_sheet(self.round)

    @cached_property
    def owners(self) -> list[tuple[str, int]]:
        """Who owes how many figures, the most first."""
        return Counter(gap.owner for gap in self.gaps).most_common()

    @cached_property
    def units(self) -> int:
        """Units that take part."""
        return sum(not each.excuse for each in self.gathered.seen.values())

    @cached_property
    def complete(self) -> int:
        """Units of which nothing is missing."""
        lacking = {gap.unit for gap in self.gaps}
        there = [each for each in self.gathered.seen.values() if not each.excuse]
        return sum(each.unit not in lacking for each in there)

    @property
    def excused(self) -> tuple[Seen, ...]:
        """Units that do not take part."""
        return self.gathered.excused

    @property
    def restored(self) -> tuple[Restored, ...]:
        """Provisional deductions that were given back."""
        return self.gathered.restored

    def owed_by(self, owner: str) -> list[Gap]:
        """What one of them owes; everything where nobody is named."""
        return [gap for gap in self.gaps if owner in ("", gap.owner)]


def summary(number: int) -> Summary | None:
    """One round as it stands; six queries."""
    round_ = rounds().filter(pk=number).first()
    if round_ is None:
        return None
    seen = _seen([round_], {}) if feeds_sheet(round_) else {}
    return Summary(round_, Gathered(task_book(round_.version_of), seen))


@dataclass(frozen=True)
class Year:
    """All rounds of a scheme's year as one sheet."""

    rounds: tuple[Round, ...]
    gathered: Gathered
    numbers: Mapping[str, int]
    """The units' numbers in the county's books by their names in the scheme."""


def year_of(version: SchemeVersion) -> Year:
    """All rounds of the scheme's year, in the names of this version; five queries, RefusedError."""
    found = year_rounds(version)
    names: dict[int, str] = {}
    if any(each.version_of_id != version.pk for each in found):
        names = {unit.pk: name for unit, name, _ in scheme_units(version)}
    seen = _seen(found, names)
    numbers = {each.unit: each.number for each in seen.values()}
    return Year(tuple(found), Gathered(task_book(version), seen), numbers)


def year_rounds(version: SchemeVersion) -> list[Round]:
    """The rounds whose marks go into the scheme's sheet, in the scheme's order; RefusedError."""
    codes = [each.code for each in task_book(version).scheme.rounds] or [""]
    same = rounds().filter(version_of__line=version.line_id, version_of__year=version.year)
    found = [each for each in same if feeds_sheet(each) and each.code in codes]
    if len({each.code for each in found}) < len(found):
        told = "、".join(each.name for each in found)
        raise RefusedError(f"办法只有一轮，却安排了{told}，请先把多的一轮改为平时抽查")
    return sorted(found, key=lambda each: codes.index(each.code))


def feeds_sheet(round_: Round) -> bool:
    """Whether a round's marks count: it is one of the scheme's, or the only one of a scheme without."""
    if task_book(round_.version_of).scheme.rounds:
        return bool(round_.code)
    return round_.kind != RoundKind.SPOT


def _seen(found: Collection[Round], names: Mapping[int, str]) -> dict[tuple[str, str], Seen]:
    codes = {each.pk: each.code for each in found}
    visits = Visit.objects.filter(round__in=codes).select_related("team").order_by("order", "id")
    kept, credits_, teams = _kept(codes), _credits(codes), team_words(codes)
    made = [
        Seen(
            round=codes[each.round_id],
            unit=names.get(each.unit_id, each.name),
            number=each.unit_id,
            team=teams.get(each.team_id or 0, ""),
            kept=tuple(kept[each.pk]),
            credits=tuple(credits_[each.pk]),
            excuse=each.excuse if each.state == VisitState.EXCUSED else "",
        )
        for each in visits
    ]
    return {each.key: each for each in made}


def _kept(found: Collection[int]) -> dict[int, list[Kept]]:
    rows = Record.objects.filter(visit__round__in=found).order_by("id")
    kept: dict[int, list[Kept]] = defaultdict(list)
    for visit, code, values, state in rows.values_list("visit", "code", "values", "state"):
        kept[visit].append(Kept(code, values, state == RecordState.DIFFERING))
    return kept


def _credits(found: Collection[int]) -> dict[int, list[Credit]]:
    """Points earned back by putting a finding right in time."""
    rows = Finding.objects.filter(visit__round__in=found, case__given_back_at__isnull=False)
    earned: dict[int, list[Credit]] = defaultdict(list)
    for visit, code, points in rows.exclude(case__points=None).values_list(
        "visit", "case__code", "case__points"
    ):
        earned[visit].append(Credit(code, points or 0))
    return earned


def team_words(found: Collection[int]) -> dict[int, str]:
    """``甲组（何雨、郑启）``."""
    people: dict[int, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    seats = Seat.objects.filter(team__round__in=found).order_by("team", "-is_head", "id")
    for team, name, person in seats.values_list("team", "team__name", "person__name"):
        names[team] = name
        people[team].append(person)
    return {team: f"{name}（{'、'.join(people[team])}）" for team, name in names.items()}
