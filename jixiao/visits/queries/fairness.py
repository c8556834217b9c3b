"""Who must not assess which unit, and who was there last time? Told in words, from the books and ties.

The facts are read once (``Fairness.of``); what follows from them is computed without the database.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from jixiao.access.models import Grant
from jixiao.access.permissions import Role
from jixiao.org.models import Person, Post, Succession, Unit
from jixiao.visits.models import Round, Seat, Team, Tie, Visit
from jixiao.visits.states import FORMER_YEARS, TieKind, VisitState

Pair = tuple[int, int]
"""A person and a unit."""


@dataclass(frozen=True)
class Held:
    """A post, or a tie somebody declared, and the units that it reaches."""

    person: int
    reaches: frozenset[int]
    """The unit itself and everything above it; after a merger also what it became."""
    unit: int
    words: str
    until: date | None


@dataclass(frozen=True)
class Fairness:
    """What keeps which assessor from which unit, and who was there in the last year's round."""

    names: Mapping[int, str]
    reasons: Mapping[Pair, str]
    before: frozenset[Pair]

    @classmethod
    def of(cls, round_: Round, people: Collection[int]) -> "Fairness":
        """The facts about these people and the units of a round; six queries."""
        units = list(Unit.objects.filter(visits__round=round_).only("path"))
        held = [*_posts(people, round_.since), *_ties(people, round_.since)]
        names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
        paths = {unit.pk: _numbers(unit.path) for unit in units}
        return cls(names, reasons_of(held, paths), _last_year(round_, people))

    def bars(self, people: Iterable[int], unit: int) -> list[str]:
        """Why these people must not go to a unit; nothing where they may."""
        return [
            f"{self.names[person]}{self.reasons[person, unit]}"
            for person in people
            if (person, unit) in self.reasons
        ]

    def repeats(self, people: Iterable[int], unit: int) -> list[str]:
        """Which of these people assessed the unit in the last year's round of this kind."""
        return [self.names[person] for person in people if (person, unit) in self.before]


def reasons_of(held: Iterable[Held], paths: Mapping[int, frozenset[int]]) -> dict[Pair, str]:
    """Person and unit → why not: posts and ties in the unit, in what belongs to it, or above it."""
    found: dict[Pair, str] = {}
    for each in held:
        for unit, path in paths.items():
            if unit in each.reaches or each.unit in path:
                found.setdefault((each.person, unit), each.words)
    return found


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def candidates() -> QuerySet[Person]:
    """People who may record on site: still here, with an active account that holds the role today."""
    today = timezone.localdate()
    granted = Grant.objects.on(today).filter(role=Role.ASSESSOR, account__is_active=True)
    return Person.objects.filter(account__in=granted.values("account"), left_on__isnull=True)


def conflicts(round_: Round) -> list[tuple[Visit, list[str]]]:
    """Visits whose team must not go there, with the reasons; also by ties declared afterwards."""
    seats = seats_of(round_)
    fairness = Fairness.of(round_, {person for people in seats.values() for person in people})
    visits = round_.visits.exclude(state__in=(VisitState.EXCUSED, VisitState.CLOSED))
    with_team = visits.filter(team__isnull=False).select_related("team")
    told = ((each, fairness.bars(seats[each.team_id or 0], each.unit_id)) for each in with_team)
    return [(visit, words) for visit, words in told if words]


def seats_of(round_: Round) -> Mapping[int, list[int]]:
    """Team → its people, the head first."""
    found: dict[int, list[int]] = defaultdict(list)
    for team, person in Seat.objects.filter(team__round=round_).values_list("team_id", "person_id"):
        found[team].append(person)
    return found


def without_role(round_: Round) -> list[str]:
    """Members of teams who could not record: they hold no assessor's account."""
    seats = Seat.objects.filter(team__round=round_).exclude(person__in=candidates())
    return list(seats.order_by("person__code").values_list("person__name", flat=True).distinct())


def team_bars(team: Team, person: Person) -> list[str]:
    """Why somebody must not join a team: what keeps them from the units it goes to."""
    fairness = Fairness.of(team.round, [person.pk])
    units = team.visits.exclude(state__in=(VisitState.EXCUSED, VisitState.CLOSED))
    return [
        f"{name}：{words}"
        for unit, name in units.values_list("unit_id", "name")
        for words in fairness.bars([person.pk], unit)
    ]


def _posts(people: Collection[int], since: date) -> Iterable[Held]:
    """Posts now, and those that ended so lately that they still count."""
    cutoff = years_before(since, FORMER_YEARS)
    recent = Q(until__isnull=True) | Q(until__gt=cutoff)
    became = _became()
    for post in Post.objects.filter(recent, person__in=people).select_related("unit"):
        reached = _numbers(post.unit.path)
        reached |= {later for each in reached for later in became.get(each, ())}
        yield Held(post.person_id, reached, post.unit_id, _post_words(post), post.until)


def _post_words(post: Post) -> str:
    if post.until is None:
        return f"现任{post.unit.name}{post.title}"
    return f"{post.until:%Y年%m月}前任{post.unit.name}{post.title}，未满{FORMER_YEARS}年"


def _ties(people: Collection[int], since: date) -> Iterable[Held]:
    valid = Q(until__isnull=True) | Q(until__gte=since)
    for tie in Tie.objects.filter(valid, person__in=people).select_related("unit"):
        words = f"申报：{TieKind(tie.kind).label}（{tie.unit.name}）"
        yield Held(tie.person_id, _numbers(tie.unit.path), tie.unit_id, words, tie.until)


def _became() -> dict[int, frozenset[int]]:
    """Closed unit → the units it went into, at any remove."""
    steps: dict[int, set[int]] = defaultdict(set)
    rows = Succession.objects.filter(after__isnull=False)
    for before, after in rows.values_list("before_id", "after_id"):
        steps[before].add(after or 0)
    return {unit: _all_after(unit, steps) for unit in list(steps)}


def _all_after(unit: int, steps: Mapping[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    waiting = set(steps.get(unit, ()))
    while waiting:
        next_unit = waiting.pop()
        if next_unit not in found:
            found.add(next_unit)
            waiting |= steps.get(next_unit, set())
    return frozenset(found)


def _last_year(round_: Round, people: Collection[int]) -> frozenset[Pair]:
    """Who assessed which unit in last year's rounds of the same kind."""
    rounds = Round.objects.filter(kind=round_.kind, version_of__year=round_.version_of.year - 1)
    seats = Seat.objects.filter(team__visits__round__in=rounds, person__in=people)
    held = seats.exclude(team__visits__state=VisitState.EXCUSED)
    return frozenset(held.values_list("person_id", "team__visits__unit_id"))


def _numbers(path: str) -> frozenset[int]:
    return frozenset(int(part) for part in path.split("/") if part)
