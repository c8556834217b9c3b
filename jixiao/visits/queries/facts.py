"""What do the books say of a round's teams: who sits there, works where, is tied to what, was where?

All of it is one query, a union of six kinds of facts, as pages and actions ask for it together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from jixiao.access.models import Grant
from jixiao.access.permissions import Role
from jixiao.org.models import Person, Post, Succession, Unit
from jixiao.visits.models import Round, Seat, Team, Tie, Visit
from jixiao.visits.planning import LEAST
from jixiao.visits.queries.fairness import (
    Fairness,
    Held,
    Pair,
    reasons_of,
    successors,
    years_before,
)
from jixiao.visits.states import FORMER_YEARS, TieKind, VisitState

SETTLED = (VisitState.EXCUSED, VisitState.CLOSED)
"""Visits that no team has to make any more."""


class Fact(NamedTuple):
    """One row of the union; what its columns mean depends on what it is."""

    what: str
    row: int
    key: int
    other: int
    who: str
    whose: str
    words: str
    route: str
    ends: date | None
    flag: int


NUMBER, TEXT = IntegerField(), CharField()
BLANK: dict[str, Any] = {
    **dict.fromkeys(("row", "key", "other", "flag"), Value(0, NUMBER)),
    **dict.fromkeys(("who", "whose", "words", "route"), Value("", TEXT)),
    "ends": Cast(Value(None), DateField()),
}


@dataclass
class Member:
    """An assessor in a team, with the jobs held now."""

    seat: int
    person: int
    name: str
    is_head: bool
    may_record: bool
    jobs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Facts:
    """The teams of a round and what matters for where they may go."""

    teams: dict[int, str]
    members: dict[int, list[Member]]
    names: dict[int, str]
    held: list[Held]
    steps: list[Pair]
    before: frozenset[Pair]

    @classmethod
    def of(cls, round_: Round, people: Collection[int] | None = None) -> "Facts":
        """One query; about ``people``, or about everybody who sits in the round's teams."""
        seated = Seat.objects.filter(team__round=round_).values("person")
        found: dict[str, list[Fact]] = defaultdict(list)
        for row in _union(round_, seated if people is None else people):
            found[row[0]].append(Fact(*row))
        names = {each.key: each.who for each in (*found["post"], *found["tie"])}
        names |= {each.other: each.who for each in found["seat"]}
        held = [_post(each) for each in found["post"]] + [_tie(each) for each in found["tie"]]
        return cls(
            {each.row: each.who for each in sorted(found["team"], key=lambda each: each.row)},
            _members(found),
            names,
            held,
            [(each.key, each.other) for each in found["went"]],
            frozenset((each.key, each.other) for each in found["before"]),
        )

    @property
    def seats(self) -> dict[int, list[int]]:
        """Team → its people, the head first."""
        return {team: [each.person for each in self.members.get(team, ())] for team in self.teams}

    @property
    def short(self) -> list[str]:
        """Teams that are too small."""
        return [name for team, name in self.teams.items() if len(self.seats[team]) < LEAST]

    @property
    def without_role(self) -> list[str]:
        """Members who could not record: they hold no assessor's account."""
        everybody = (each for members in self.members.values() for each in members)
        return [each.name for each in everybody if not each.may_record]

    def fairness(self, paths: Mapping[int, str]) -> Fairness:
        """What follows for these units: number → path."""
        reasons = reasons_of(self.held, paths, successors(self.steps))
        return Fairness(self.names, reasons, self.before)

    def conflicts(self, visits: Iterable[Visit]) -> list[tuple[Visit, list[str]]]:
        """Visits whose team must not go there, with the reasons; also by ties declared afterwards."""
        rows = [each for each in visits if each.team_id and each.state not in SETTLED]
        fairness, seats = self.fairness(paths_of(rows)), self.seats
        told = ((each, fairness.bars(seats[each.team_id or 0], each.unit_id)) for each in rows)
        return [(visit, words) for visit, words in told if words]

    def repeats(self, visits: Iterable[Visit]) -> list[tuple[Visit, list[str]]]:
        """Visits to which somebody of last year goes again."""
        fairness, seats = Fairness(self.names, {}, self.before), self.seats
        rows = [each for each in visits if each.team_id and each.state != VisitState.EXCUSED]
        told = ((each, fairness.repeats(seats[each.team_id or 0], each.unit_id)) for each in rows)
        return [(visit, names) for visit, names in told if names]


def paths_of(visits: Iterable[Visit]) -> dict[int, str]:
    """Unit → path; the visits' units must be there."""
    return {each.unit_id: each.unit.path for each in visits}


def visits_of(round_: Round) -> list[Visit]:
    """Every visit of a round with its unit and team, by route; one query."""
    rows = round_.visits.select_related("unit", "team").defer("unit__search")
    return list(rows.order_by("order", "id"))


def candidates() -> QuerySet[Person]:
    """People who may record on site: still here, with an active account that holds the role today."""
    today = timezone.localdate()
    granted = Grant.objects.on(today).filter(role=Role.ASSESSOR, account__is_active=True)
    return Person.objects.filter(account__in=granted.values("account"), left_on__isnull=True)


def conflicts(round_: Round) -> list[tuple[Visit, list[str]]]:
    """Visits of a round whose team must not go there; two queries."""
    return Facts.of(round_).conflicts(visits_of(round_))


def bars_of(round_: Round, person: Person, units: Iterable[Unit]) -> list[str]:
    """Why somebody must not go to some of these units; nothing where they may."""
    known = {unit.pk: unit for unit in units}
    facts = Facts.of(round_, [person.pk])
    fairness = facts.fairness({pk: unit.path for pk, unit in known.items()})
    return [
        f"{unit.name}：{words}"
        for pk, unit in known.items()
        for words in fairness.bars([person.pk], pk)
    ]


def _union(round_: Round, people: Any) -> "QuerySet[Any, tuple[Any, ...]]":  # noqa: ANN401 - numbers or a query
    since = round_.since
    recent = Q(until__isnull=True) | Q(until__gt=years_before(since, FORMER_YEARS))
    valid = Q(until__isnull=True) | Q(until__gte=since)
    records = Case(When(person__in=candidates(), then=Value(1)), default=Value(0))
    leads = Case(When(is_head=True, then=Value("head")), default=Value(""))
    of_unit = {
        "key": F("person_id"), "other": F("unit_id"), "who": F("person__name"),
        "whose": F("unit__name"), "route": F("unit__path"), "ends": F("until"),
    }  # fmt: skip
    first, *others = (
        _part("team", Team.objects.filter(round=round_), row=F("pk"), who=F("name")),
        _part(
            "seat", Seat.objects.filter(team__round=round_), row=F("pk"), key=F("team_id"),
            other=F("person_id"), who=F("person__name"), words=leads, flag=records,
        ),
        _part("post", Post.objects.filter(recent, person__in=people), words=F("title"), **of_unit),
        _part("tie", Tie.objects.filter(valid, person__in=people), words=F("kind"), **of_unit),
        _part(
            "went", Succession.objects.filter(after__isnull=False),
            key=F("before_id"), other=F("after_id"),
        ),
        _part("before", _last_year(round_, people), key=F("person_id"), other=F("team__visits__unit_id")),
    )  # fmt: skip
    return first.union(*others, all=True)


def _part(what: str, rows: QuerySet[Any], **columns: Any) -> "QuerySet[Any, tuple[Any, ...]]":
    told = rows.order_by().annotate(what=Value(what, TEXT), **(BLANK | columns))
    found: QuerySet[Any, tuple[Any, ...]] = told.values_list(*Fact._fields)
    return found


def _last_year(round_: Round, people: Any) -> QuerySet[Seat]:  # noqa: ANN401 - numbers or a query
    """Who assessed which unit in last year's rounds of the same kind."""
    year = round_.version_of.year - 1
    visits = Q(team__visits__round__kind=round_.kind, team__visits__round__version_of__year=year)
    held = Seat.objects.filter(visits, person__in=people)
    return held.exclude(team__visits__state=VisitState.EXCUSED)


def _members(found: Mapping[str, Sequence[Fact]]) -> dict[int, list[Member]]:
    jobs: dict[int, list[str]] = defaultdict(list)
    for each in found["post"]:
        if each.ends is None:
            jobs[each.key].append(f"{each.whose}{each.words}")
    members: dict[int, list[Member]] = defaultdict(list)
    for each in sorted(found["seat"], key=lambda seat: (seat.words != "head", seat.row)):
        known = jobs[each.other]
        members[each.key].append(
            Member(each.row, each.other, each.who, each.words == "head", bool(each.flag), known)
        )
    return dict(members)


def _post(fact: Fact) -> Held:
    words = f"现任{fact.whose}{fact.words}"
    if fact.ends is not None:
        words = f"{fact.ends:%Y年%m月}前任{fact.whose}{fact.words}，未满{FORMER_YEARS}年"
    return Held(fact.key, fact.other, fact.route, words)


def _tie(fact: Fact) -> Held:
    words = f"申报：{TieKind(fact.words).label}（{fact.whose}）"
    return Held(fact.key, fact.other, fact.route, words)
