"""Who works for the county, where, and who is found under these words?"""

import unicodedata
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.org.models import Delegation, Duty, Person, Post, Unit
from jixiao.org.states import DutyRole

FOUND = 20
"""So many units and people at most does a search show."""


def person_list(*, gone: bool = False, unit: Unit | None = None) -> QuerySet[Person]:
    """People with ``jobs`` and ``held`` (posts and duties in force), of one unit or of all."""
    found = Person.objects.filter(left_on__isnull=not gone)
    if unit:
        jobs = Post.objects.filter(until__isnull=True, unit__path__startswith=unit.path)
        found = found.filter(pk__in=jobs.values("person"))
    held = Duty.objects.filter(person=OuterRef("pk"), until__isnull=True)
    return _with_jobs(found).annotate(
        is_lead=Exists(held.filter(role=DutyRole.LEAD)),
        is_liaison=Exists(held.filter(role=DutyRole.LIAISON)),
    )


def _with_jobs(people: QuerySet[Person]) -> QuerySet[Person]:
    jobs = Post.objects.filter(until__isnull=True).select_related("unit").order_by("since", "id")
    held = Duty.objects.filter(until__isnull=True).select_related("unit").order_by("since", "id")
    with_jobs = people.prefetch_related(Prefetch("posts", jobs, to_attr="jobs"))
    return with_jobs.prefetch_related(Prefetch("duties", held, to_attr="held"))


def person(number: int) -> Person | None:
    """One person."""
    return Person.objects.select_related("account").filter(pk=number).first()


def post(number: int) -> Post | None:
    """One post."""
    return Post.objects.select_related("person", "unit").filter(pk=number).first()


@dataclass(frozen=True)
class PersonCard:
    """Everything that the page of one person tells."""

    person: Person
    posts: list[Post]
    duties: list[Duty]
    delegations: list[Delegation]

    def is_known_to(self, actor: Actor) -> bool:
        """Whether number and rank are this reader's business: the office's, or the own unit's lead."""
        if actor.may(Permission.PEOPLE_EDIT):
            return True
        units = [post.unit for post in self.posts if post.until is None]
        return any(actor.may(Permission.DUTIES_EDIT, unit.place()) for unit in units)


def person_card(person: Person) -> PersonCard:
    """Everything about one person; three queries."""
    return PersonCard(
        person,
        list(person.posts.select_related("unit").order_by("-since", "-id")),
        list(person.duties.select_related("unit").order_by("-since", "-id")),
        list(
            Delegation.objects.filter(absent=person).select_related("unit", "absent", "deputy")
            | Delegation.objects.filter(deputy=person).select_related("unit", "absent", "deputy")
        ),
    )


@dataclass(frozen=True)
class Found:
    """What a search found."""

    units: list[Unit]
    people: list[Person]


def find(words: str) -> Found:
    """Units and people by name, alias, pinyin or initials, best match first; at most 20 of each."""
    words = unicodedata.normalize("NFKC", words).replace("\0", "").strip()
    if not words:
        return Found([], [])
    units = Unit.objects.found_by(words).select_related("parent")
    people = Person.objects.filter(left_on__isnull=True).found_by(words)
    return Found(list(units[:FOUND]), list(_with_jobs(people)[:FOUND]))
