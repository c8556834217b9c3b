"""Who answers for a unit on a list, what waits for whose decision, and what may a person see of it?"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.consequences.models import DecisionStep, ListedUnit, PersonalDecision
from jixiao.consequences.queries.ground import waits_for_lists
from jixiao.consequences.states import OPEN, DecisionState
from jixiao.core.words import day
from jixiao.org.models import Duty, Person, Post

EntryRow: TypeAlias = ListedUnit
DecisionRow: TypeAlias = PersonalDecision
"""What the pages get."""
AT_HAND = Q(state=DecisionState.WAITING) | Q(flagged_at__isnull=False, state__in=OPEN)
"""Wait for a person: not decided yet, or the ground has changed."""


@dataclass(frozen=True)
class Responsible:
    """A person who answered for the unit's work, and as what."""

    person: Person
    words: str


def responsible(entry: ListedUnit) -> list[Responsible]:
    """Who held a duty or a leading post since the year began, also who has left; two queries.

    Offered to choose from: nobody is concerned by holding a post alone.
    """
    unit, since = entry.part.unit_id, date(entry.listing.result.year, 1, 1)
    in_time = Q(until=None) | Q(until__gte=since)
    duties = Duty.objects.filter(in_time, unit=unit).select_related("person").order_by("id")
    posts = Post.objects.filter(in_time, unit=unit).select_related("person").order_by("id")
    said: dict[int, list[str]] = {}
    people: dict[int, Person] = {}
    for duty in duties:
        people[duty.person_id] = duty.person
        said.setdefault(duty.person_id, []).append(_since(duty.get_role_display(), duty))
    for post in posts:
        if post.person.is_leading or post.person_id in people:
            people[post.person_id] = post.person
            said.setdefault(post.person_id, []).insert(0, _since(post.title, post))
    return [Responsible(people[pk], "，".join(dict.fromkeys(words))) for pk, words in said.items()]


def _since(title: str, held: Duty | Post) -> str:
    return f"{title}（{day(held.until)}止）" if held.until else title


# ── Decisions ──────────────────────────────────────────────────────────────────────────────


def entry(pk: int) -> ListedUnit | None:
    """One entry of a list."""
    return ListedUnit.objects.select_related("listing__result", "part__unit").filter(pk=pk).first()


def decisions() -> QuerySet[PersonalDecision]:
    """Every decision about a person, those at hand first: flagged ones before new ones."""
    urgency = Case(
        When(flagged_at__isnull=False, then=Value(0)),
        When(state=DecisionState.WAITING, then=Value(1)),
        When(state=DecisionState.POSTPONED, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = PersonalDecision.objects.select_related(
        "person", "entry__listing__result", "entry__part", "proposed_by", "decided_by"
    )
    found = found.defer("entry__listing__result__body", "person__search")
    flagged = ExpressionWrapper(Q(flagged_at__isnull=False), BooleanField())
    found = found.annotate(urgency=urgency, flagged=flagged, is_waiting=waits_for_lists())
    return found.order_by("urgency", "proposed_at", "id")


def decision(pk: int) -> PersonalDecision | None:
    """One decision with everything beside it."""
    beside = ("entry__part__unit", "flagged_by", "told_by")
    return decisions().select_related(*beside).filter(pk=pk).first()


def may_read(actor: Actor) -> bool:
    """Decisions about people are for who proposes and who decides, not for units and readers."""
    return any(
        actor.may(each) for each in (Permission.CONSEQUENCES_EDIT, Permission.CONSEQUENCES_DECIDE)
    )


def told_steps(row: PersonalDecision) -> list[DecisionStep]:
    """Everything that was done about it."""
    return list(row.steps.select_related("taken_by").order_by("id"))


def told_to(actor: Actor) -> list[PersonalDecision]:
    """What was decided about this person and told; one query (个人信息保护法第二十四条、第四十五条)."""
    found = decisions().filter(person__account=actor.account_id, told_at__isnull=False)
    return list(found) if actor.account_id else []
