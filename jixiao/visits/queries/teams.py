"""Who sits in which team, from which unit, with how many units before them, and who is tied to what?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.org.models import Person, Post
from jixiao.visits.models import Round, Seat, Team, Tie, Visit
from jixiao.visits.queries.fairness import Fairness, candidates, conflicts
from jixiao.visits.states import VisitState

TeamRow = Team
SeatRow = Seat
TieRow = Tie
PersonRow = Person
"""What the pages get."""


@dataclass(frozen=True)
class Teams:
    """The teams of a round and what is left to settle."""

    teams: Sequence[Team]
    """With ``units`` and ``done``; their ``members`` are seats whose person has ``jobs``."""
    alone: int
    """Units without team."""
    conflicts: list[tuple[Visit, list[str]]]
    repeats: list[tuple[Visit, list[str]]]
    free: list[Person]
    """Assessors who sit in no team of the round."""

    @property
    def people(self) -> int:
        """Assessors in teams."""
        return sum(len(_members(team)) for team in self.teams)


def teams(round_: Round) -> Teams:
    """Everything that the page of the teams shows; twelve queries at most."""
    with_jobs = Prefetch("person__posts", _posts_now(), to_attr="jobs")
    seats = Seat.objects.select_related("person").prefetch_related(with_jobs)
    rows = list(
        round_.teams.prefetch_related(Prefetch("seats", seats, to_attr="members_now")).annotate(
            units=Count("visits", filter=~Q(visits__state=VisitState.EXCUSED)),
            done=Count("visits", filter=Q(visits__state=VisitState.CLOSED)),
        )
    )
    alone = round_.visits.filter(team__isnull=True).exclude(state=VisitState.EXCUSED).count()
    return Teams(rows, alone, conflicts(round_), _repeats(round_, rows), list(free(round_)))


def _repeats(round_: Round, rows: Sequence[Team]) -> list[tuple[Visit, list[str]]]:
    """Visits to which somebody of last year goes again."""
    seated = {team.pk: [seat.person_id for seat in _members(team)] for team in rows}
    fairness = Fairness.of(round_, {person for people in seated.values() for person in people})
    visits = round_.visits.exclude(state=VisitState.EXCUSED).filter(team__isnull=False)
    found = (
        (visit, fairness.repeats(seated[visit.team_id or 0], visit.unit_id)) for visit in visits
    )
    return [(visit, names) for visit, names in found if names]


def _members(team: Team) -> list[Seat]:
    return list(team.members_now)  # type: ignore[attr-defined]


def free(round_: Round) -> QuerySet[Person]:
    """Assessors who sit in no team of the round, with the ``jobs`` they hold."""
    seated = Seat.objects.filter(team__round=round_).values("person")
    found = candidates().exclude(pk__in=seated).order_by("code")
    return found.prefetch_related(Prefetch("posts", _posts_now(), to_attr="jobs"))


def _posts_now() -> QuerySet[Post]:
    return Post.objects.on(timezone.localdate()).select_related("unit").order_by("since", "id")


def home_of(person: Person) -> str:
    """The unit somebody comes from; ``jobs`` must be there."""
    return "、".join(dict.fromkeys(post.unit.name for post in person.jobs))  # type: ignore[attr-defined]


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
