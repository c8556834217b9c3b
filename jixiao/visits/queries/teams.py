"""Who sits in which team, from which unit, with how many units before them, and who is tied to what?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.org.models import Person, Post
from jixiao.visits.models import Round, Seat, Team, Tie, Visit
from jixiao.visits.queries.facts import Facts, Member, candidates, visits_of
from jixiao.visits.states import VisitState

TeamRow = Team
SeatRow = Seat
TieRow = Tie
PersonRow = Person
"""What the pages get."""


@dataclass(frozen=True)
class TeamCard:
    """A team with its people and how far they have come."""

    pk: int
    name: str
    members: list[Member]
    units: int
    done: int


@dataclass(frozen=True)
class Teams:
    """The teams of a round and what is left to settle."""

    cards: list[TeamCard]
    alone: int
    """Units without team."""
    conflicts: list[tuple[Visit, list[str]]]
    repeats: list[tuple[Visit, list[str]]]
    free: list[Person]
    """Assessors who sit in no team of the round."""

    @property
    def people(self) -> int:
        """Assessors in teams."""
        return sum(len(card.members) for card in self.cards)


def teams(round_: Round) -> Teams:
    """Everything that the page of the teams shows; three queries."""
    facts = Facts.of(round_)
    rows = [each for each in visits_of(round_) if each.state != VisitState.EXCUSED]
    units = Counter(each.team_id for each in rows)
    done = Counter(each.team_id for each in rows if each.state == VisitState.CLOSED)
    cards = [
        TeamCard(pk, name, facts.members.get(pk, []), units[pk], done[pk])
        for pk, name in facts.teams.items()
    ]
    seated = [person for people in facts.seats.values() for person in people]
    others = candidates().exclude(pk__in=seated).order_by("code")
    return Teams(cards, units[None], facts.conflicts(rows), facts.repeats(rows), list(others))


def free(round_: Round) -> QuerySet[Person]:
    """Assessors who sit in no team of the round, with the ``jobs`` they hold."""
    seated = Seat.objects.filter(team__round=round_).values("person")
    found = candidates().exclude(pk__in=seated).order_by("code")
    return found.prefetch_related(Prefetch("posts", _posts_now(), to_attr="jobs"))


def _posts_now() -> QuerySet[Post]:
    return (
        Post.objects.on(timezone.localdate()).select_related("unit__parent").order_by("since", "id")
    )


def home_of(person: Person) -> str:
    """The unit somebody comes from; ``jobs`` must be there."""
    units = (post.unit for post in person.jobs)  # type: ignore[attr-defined]
    return "、".join(
        dict.fromkeys(unit.parent.name if unit.parent else unit.name for unit in units)
    )


def team(pk: int) -> Team | None:
    """One team."""
    return Team.objects.select_related("round__version_of__line").filter(pk=pk).first()


def seat(pk: int) -> Seat | None:
    """One seat."""
    found = Seat.objects.select_related("team__round__version_of__line", "person")
    return found.filter(pk=pk).first()


def ties(actor: Actor) -> QuerySet[Tie]:
    """Declared ties: the office's list, or one's own."""
    found = Tie.objects.select_related("person", "unit", "declared_by")
    if actor.may(Permission.VISITS_PLAN):
        return found
    return found.filter(person__account=actor.account_id)


def tie(pk: int, actor: Actor) -> Tie | None:
    """One tie, if it is this person's business."""
    return ties(actor).filter(pk=pk).first()


def is_over(tie: Tie, today: date) -> bool:
    """Whether a tie counts no longer."""
    return tie.until is not None and tie.until < today


def speakers(actor: Actor) -> QuerySet[Person]:
    """For whom somebody may declare a tie: the office for every assessor, others for themselves."""
    if actor.may(Permission.VISITS_PLAN):
        return candidates().order_by("code")
    return Person.objects.filter(account=actor.account_id)
