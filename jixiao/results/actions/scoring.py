"""How does a run come about? From a sealed file, or here from the records of the year's rounds."""

import zlib
from collections.abc import Iterable

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.results.amended import lacking
from jixiao.results.models import ResultRound, ResultUnit, Review, SealedResult
from jixiao.results.queries.gathering import assembled
from jixiao.results.queries.kept import in_force_of, units_named
from jixiao.results.queries.reviews import amendments, changes_of
from jixiao.results.queries.rounds import lacking_to_score, rounds_within, scored
from jixiao.results.reading import Reading
from jixiao.results.result import Result, SealError, from_bytes, to_bytes
from jixiao.results.states import UPHELD, ResultState
from jixiao.schemes.models import SchemeLine, SchemeVersion
from jixiao.schemes.states import State
from jixiao.scoring.scheme import Scheme, SchemeError

LOADED_AGAIN = "重新录入结果文件"
"""Why a loaded run follows another; what differs the reviewer sees in the movements."""


@action(Permission.RESULTS_EDIT)
def load_result(
    sealed: bytes,
    *,
    by: Actor,
    year: int,
    round_name: str,
    line: SchemeLine | None = None,
) -> SealedResult:
    """录入得分结果。封存的结果文件摘要要对得上，重算要一致，单位都在机构库里。"""
    result = _opened(sealed, year)
    kept = SealedResult(year=year, round_name=round_name, loaded_by_id=by.signature(), line=line)
    kept.title, units = result.scheme.title, _known_units(result.scheme)
    found = list(amendments(kept.subject))
    changes = changes_of(found, {each.unit_id: each.name for each in units})
    if lost := lacking(result.sheet, changes):
        told = "、".join(f"{each.unit} {each.column}" for each in lost[:5])
        raise RefusedError(f"文件的记分表里没有放进复核更正的数：{told}", field="file")
    _follow(kept, LOADED_AGAIN)
    keep(kept, result, sealed=sealed, units=units)
    lead_to(kept)
    return kept


@action(Permission.RESULTS_EDIT)
def score_rounds(
    scheme: SchemeVersion, *, by: Actor, name: str, through: str = "", reason: str = ""
) -> SealedResult:
    """评估轮次计分。记分表直接取自各轮记录，缺一个数也不计；算出的结果封存，由另一位同事核对后公布。"""
    if scheme.state != State.PUBLISHED:
        raise RefusedError(f"只能按已发布的办法计分；这一版是{scheme.get_state_display()}")
    if not name.strip():
        raise RefusedError("请写明这次评估的名称", field="name")
    year = assembled(scheme)
    result, units = scored(scheme, year, through=through), _known_units(scheme.scheme)
    if lacking := lacking_to_score(year, result):
        raise RefusedError(f"还不能计分：{'；'.join(lacking)}")
    kept = SealedResult(
        line=scheme.line, scheme_version=scheme, year=scheme.year, round_name=name.strip(),
        through=through, loaded_by_id=by.signature(),
    )  # fmt: skip
    _follow(kept, reason)
    keep(kept, result, sealed=to_bytes(result), units=units)
    for each in rounds_within(year, result):
        created(ResultRound.objects.create(result=kept, round=each))
    lead_to(kept)
    return kept


def keep(
    kept: SealedResult, result: Result, *, sealed: bytes, units: Iterable[ResultUnit]
) -> SealedResult:
    """Store a result with the units it is about; the same one is not stored twice."""
    told = result.as_json()["digests"]
    same = SealedResult.objects.filter(seal=told["seal"]).exclude(state=ResultState.DISCARDED)
    if (before := same.light().first()) is not None:
        raise RefusedError(f"这份结果已经录入过（{before.number}，{before}）", field="file")
    kept.title, kept.engine, kept.body = result.scheme.title, result.engine, zlib.compress(sealed)
    kept.scheme_digest, kept.sheet_digest = told["scheme"], told["sheet"]
    kept.outputs_digest, kept.seal = told["outputs"], told["seal"]
    kept.save()
    created(kept)
    for row in units:
        row.result = kept
        row.save()
        created(row)
    return kept


def lead_to(result: SealedResult) -> None:
    """Say on the upheld objections that this run holds what they put right; inside the caller's action."""
    runs = SealedResult.objects.of(result.subject)
    waiting = Review.objects.filter(part__result__in=runs, state__in=UPHELD, led_to=None)
    for each in waiting:
        watch(each)
        each.led_to = result
        each.save(update_fields=["led_to"])


def _follow(kept: SealedResult, reason: str) -> None:
    """A run after units were told takes the place of what they were told, and says why."""
    kept.follows = in_force_of(kept.subject)
    if kept.follows is None:
        return
    if not reason.strip():
        raise RefusedError(
            f"这一年的结果已经告知（{kept.follows.number}），请写明为何重算", field="reason"
        )
    kept.reason = reason.strip()


def _opened(sealed: bytes, year: int) -> Result:
    """The result in the file, with fitting digests and marks that recompute."""
    try:
        result = from_bytes(sealed, name="结果文件")
        reading = Reading.of(result)
        confirmed = reading.is_confirmed
    except (SealError, SchemeError) as error:
        raise RefusedError(str(error), field="file") from None
    if not confirmed:
        raise RefusedError("重算得不出文件里的得分，请用本系统重新计分后再录入", field="file")
    period = result.scheme.period
    if period and period.end.year != year:
        raise RefusedError(f"办法的考核期到{period.end}，不是{year}年度的结果", field="year")
    return result


def _known_units(scheme: Scheme) -> list[ResultUnit]:
    """Each unit of the scheme's groups as it is known in the county."""
    groups = {unit.name: group.name for group in scheme.groups for unit in group.units}
    known = units_named(groups)
    if strangers := [name for name in groups if name not in known]:
        raise RefusedError(
            f"机构库里没有：{'、'.join(strangers[:20])}；请先设立单位或加别名", field="file"
        )
    found: dict[int, str] = {}
    for name, unit in known.items():
        if before := found.get(unit.pk):
            raise RefusedError(f"“{before}”和“{name}”是同一个单位，请核对别名", field="file")
        found[unit.pk] = name
    return [ResultUnit(unit=known[name], name=name, group=group) for name, group in groups.items()]
