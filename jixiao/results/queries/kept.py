"""Which results are kept, who may see them, and what do they say?"""

import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache

from django.db.models import QuerySet

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.org.models import Alias, Unit, UnitVersion
from jixiao.results.models import ResultQuerySet, ResultUnit, SealedResult, Subject
from jixiao.results.reading import Reading
from jixiao.results.result import from_bytes
from jixiao.results.states import AFTER_APPROVAL, CURRENT, ResultState

KeptRow = SealedResult
"""What the pages get."""
KEPT_IN_MIND = 12
"""Results that a process keeps read: a few years of one county."""


def results(actor: Actor) -> QuerySet[SealedResult]:
    """The results whose tiers this person may see, those of the newest year first.

    The office sees all; who decides by marks of the whole county what the committee approved;
    everybody else what is published.
    """
    people = ("loaded_by", "reviewed_by", "notified_by", "approved_by", "published_by")
    found = SealedResult.objects.light().select_related("line", *people)
    if actor.may(Permission.RESULTS_EDIT):
        return found
    if actor.may(Permission.RESULTS_SEE, Place()):
        return found.filter(state__in=AFTER_APPROVAL)
    return found.published()


def result(pk: int, actor: Actor) -> SealedResult | None:
    """One result, if this person may see it."""
    return results(actor).filter(pk=pk).first()


def whole_result(pk: int) -> SealedResult | None:
    """One result with everybody who had to do with it."""
    people = ("reviewed_by", "notified_by", "approved_by", "loaded_by", "published_by")
    found = SealedResult.objects.light().select_related("line", "scheme_version", *people)
    return found.select_related("follows").defer("follows__body", "scheme_version__document",
        "scheme_version__changed").filter(pk=pk).first()  # fmt: skip


def latest_result() -> SealedResult | None:
    """Of all schemes the published result in force of the newest year, of the whole year first."""
    return published().first()


def year_before(kept: SealedResult) -> SealedResult | None:
    """The result in force of the same scheme and stage of the year before."""
    return published().of(kept.subject.before()).first()


def others_in_force(kept: SealedResult) -> list[SealedResult]:
    """What else is in force that year, by other schemes or up to other rounds; one query."""
    found: dict[Subject, SealedResult] = {}
    for each in published().filter(year=kept.year).select_related("line"):
        found.setdefault(each.subject, each)
    return [each for subject, each in found.items() if subject != kept.subject]


def published() -> ResultQuerySet:
    """Published results: newest year first, whole years before stages, the one in force first."""
    return SealedResult.objects.light().published().order_by("-year", "through", "-published_at")


def in_force_of(subject: Subject) -> SealedResult | None:
    """What units were last told about this scheme, year and stage; one query."""
    found = SealedResult.objects.light().of(subject).filter(state__in=CURRENT)
    return found.order_by("-notified_at", "-pk").first()


def unit_in(pk: int, unit: int) -> ResultUnit | None:
    """A unit's part in a result."""
    rows = ResultUnit.objects.select_related(
        "unit", "result__line", "result__follows", "result__loaded_by"
    )
    rows = rows.defer("result__body", "result__follows__body", "unit__search")
    return rows.filter(result=pk, unit=unit).first()


def numbers_of(kept: SealedResult) -> Mapping[str, int]:
    """The units' numbers by their names in the result."""
    return dict(kept.units.values_list("name", "unit"))


def reading(kept: SealedResult) -> Reading:
    """What the result says; parsed once in each process, as a seal never means anything else."""
    return reading_of_seal(kept.seal)


@lru_cache(maxsize=KEPT_IN_MIND)
def reading_of_seal(seal: str) -> Reading:
    """What the result with this seal says."""
    bodies = SealedResult.objects.filter(seal=seal).values_list("body", flat=True)
    return Reading.of(from_bytes(zlib.decompress(bodies[0]), name=seal))


def units_named(names: Collection[str]) -> dict[str, Unit]:
    """Units by what they are called now, by another name, or by a former name, in that order."""
    found: dict[str, Unit] = {}
    versions = UnitVersion.objects.filter(name__in=names).select_related("unit").order_by("since")
    found |= {each.name: each.unit for each in versions}
    found |= {
        each.name: each.unit for each in Alias.objects.filter(name__in=names).select_related("unit")
    }
    found |= {each.name: each for each in Unit.objects.assessed().filter(name__in=names)}
    return {name: found[name] for name in names if name in found}


def parts_of(units: Collection[int]) -> QuerySet[ResultUnit]:
    """These units' parts in published results, the result in force first."""
    return told_parts(units).filter(result__state=ResultState.PUBLISHED)


def told_parts(units: Collection[int]) -> QuerySet[ResultUnit]:
    """These units' parts in what they were told and nothing has superseded, newest year first."""
    found = ResultUnit.objects.select_related("unit", "result__follows")
    light = found.defer("result__body", "result__follows__body", "unit__search")
    shown = light.filter(unit__in=units, result__state__in=CURRENT)
    return shown.order_by("-result__year", "result__through", "-result__published_at")


def may_read(part: ResultUnit, actor: Actor) -> bool:
    """Whether somebody within whose reach a card lies may read it now.

    A unit reads its own from when it is told; a superseded one only where its own objection led on.
    """
    of = part.result
    if actor.may(Permission.RESULTS_EDIT):
        return True
    if of.state in AFTER_APPROVAL or not of.is_told:
        return of.state in AFTER_APPROVAL
    if actor.may(Permission.RESULTS_SEE, Place()):
        return False
    if of.state != ResultState.SUPERSEDED:
        return True
    return part.reviews.filter(led_to__isnull=False).exists()
