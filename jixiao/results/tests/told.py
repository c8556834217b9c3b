"""A result that was scored here and told to its units: what the tests of reviews begin with."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.results.actions import (
    Approval,
    Decision,
    Objection,
    Value,
    apply_review,
    approve_result,
    decide_review,
    notify_units,
    publish_result,
    rescore,
    review_result,
    score_rounds,
)
from jixiao.results.models import ResultUnit, Review, SealedResult
from jixiao.results.states import ReviewState
from jixiao.schemes.models import SchemeVersion
from jixiao.visits.tests.marked import marked, published

Actors = Callable[..., Actor]
ASKED = Objection("档案柜里有原件，当时没有看到", "按实有的重新计分", "1.2")
YESTERDAY = timezone.localdate() - timedelta(days=1)
MEETING = Approval("县绩效管理委员会会议", YESTERDAY, "清绩委〔2027〕1号")


def told(actor: Actors, version: SchemeVersion | None = None) -> SealedResult:
    """Scored by the office, reviewed by its head, told; everybody has 92.0."""
    version = version or marked().version_of
    kept = score_rounds(version, by=actor(Role.OFFICE), name="年终评估")
    return tell(kept, actor)


def tell(kept: SealedResult, actor: Actors) -> SealedResult:
    """Reviewed and told."""
    return notify_units(review_result(kept, by=actor(Role.OFFICE_HEAD)), by=actor(Role.OFFICE))


def announced(kept: SealedResult, actor: Actors) -> SealedResult:
    """The days for objections over, approved, published."""
    over(kept)
    kept = approve_result(kept, by=actor(Role.OFFICE_HEAD), approval=MEETING)
    return publish_result(kept, by=actor(Role.OFFICE))


def over(kept: SealedResult) -> None:
    """The days for objections and appeals are over."""
    SealedResult.objects.filter(pk=kept.pk).update(apply_until=YESTERDAY)
    Review.objects.filter(appeal_until__isnull=False).update(appeal_until=YESTERDAY)


def part(kept: SealedResult, name: str = "云溪镇") -> ResultUnit:
    """One unit's part."""
    return ResultUnit.objects.get(result=kept, name=name)


def lead(actor: Actors, name: str = "云溪镇") -> Actor:
    """Who speaks for the unit."""
    return actor(Role.UNIT_LEAD, key=Unit.objects.get(name=name).pk)


def applied(kept: SealedResult, actor: Actors, objection: Objection = ASKED) -> Review:
    """An objection of the unit."""
    return apply_review(part(kept), by=lead(actor), objection=objection)


def granted(mark: int = 95_000, column: str = "1.2") -> Decision:
    """The figure is put right."""
    values = (Value(column, mark),)
    return Decision(ReviewState.GRANTED, "查到原件2份", "办法第十条", values)


REJECTED = Decision(ReviewState.REJECTED, "原件不在档案中", "办法第十条")


def upheld(kept: SealedResult, actor: Actors, mark: int = 95_000) -> Review:
    """An objection that was granted."""
    return decide_review(applied(kept, actor), by=actor(Role.OFFICE), decision=granted(mark))


def scored_again(kept: SealedResult, actor: Actors) -> SealedResult:
    """The new run after a granted objection."""
    upheld(kept, actor)
    return rescore(kept, by=actor(Role.OFFICE))


def scheme_version(**said: object) -> SchemeVersion:
    """A published scheme of the year."""
    return published(**said)  # type: ignore[arg-type]
