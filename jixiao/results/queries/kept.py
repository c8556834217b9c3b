"""Which results are kept, who may see them, and what do they say?"""

import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache

from django.db.models import QuerySet

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.org.models import Alias, Unit, UnitVersion
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.reading import Reading
from jixiao.results.result import from_bytes
from jixiao.results.states import OPEN, ResultState

KeptRow = SealedResult
"""What the pages get."""
KEPT_IN_MIND = 12
"""Results that a process keeps read: a few years of one county."""


def results(actor: Actor) -> QuerySet[SealedResult]:
    """The results that this person may see: published ones, for the office the others too."""
    found = SealedResult.objects.defer("body").select_related("loaded_by", "published_by")
    if actor.may(Permission.RESULTS_EDIT):
        return found
    return found.published()


def result(pk: int, actor: Actor) -> SealedResult | None:
    """One result, if this person may see it."""
    return results(actor).filter(pk=pk).first()


def latest_result() -> SealedResult | None:
    """The published result in force: of the newest year, the one published last."""
    return published().first()


def year_before(kept: SealedResult) -> SealedResult | None:
    """The result in force of the year before."""
    return published().filter(year=kept.year - 1).first()


def results_under_way() -> QuerySet[SealedResult]:
    """Results that wait for their next step, the oldest first."""
    found = SealedResult.objects.light().select_related("loaded_by")
    return found.filter(state__in=OPEN).order_by("loaded_at")


def published() -> QuerySet[SealedResult]:
    """Published results, the one in force first."""
    return SealedResult.objects.light().published().order_by("-year", "-published_at")


def unit_in(pk: int, unit: int) -> ResultUnit | None:
    """A unit's part in a result."""
    rows = ResultUnit.objects.select_related("unit", "result__loaded_by").defer("result__body")
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
    body = SealedResult.objects.values_list("body", flat=True).get(seal=seal)
    return Reading.of(from_bytes(zlib.decompress(body), name=seal))


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
    found = ResultUnit.objects.select_related("unit", "result").defer("result__body")
    shown = found.filter(unit__in=units, result__state=ResultState.PUBLISHED)
    return shown.order_by("-result__year", "-result__published_at")
