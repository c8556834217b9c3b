"""How do tiers from before the platform get in? Read off a document by one, checked by another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.results.models import PastResult, PastTier
from jixiao.results.past import PastLine, faults
from jixiao.results.queries.history import is_sealed, units_in_year
from jixiao.schemes.models import SchemeLine
from jixiao.scoring.names import Register, squash

SHOWN = 30
"""So many errors are told at once."""


@dataclass(frozen=True)
class PastTold:
    """The year, what the list is called, and the document it was read from."""

    year: int
    title: str
    document: str


@action(Permission.RESULTS_EDIT)
def enter_past(
    told: PastTold, *, by: Actor, tiers: Sequence[PastLine], line: SchemeLine | None = None
) -> PastResult:
    """录入历史等次。从当年的文件照录，没有得分；由另一位同事核对后，连续年数和历年等次才用它。"""
    row = PastResult(line=line, entered_by_id=by.signature())
    _tell(row, told)
    units = _units(tiers, told.year)
    row.save()
    created(row)
    _put(row, tiers, units)
    return row


@action(Permission.RESULTS_EDIT)
def correct_past(
    past: PastResult, *, by: Actor, told: PastTold, tiers: Sequence[PastLine]
) -> PastResult:
    """更正历史等次。核对以前可以改；改的人算作录入人，由另一位同事核对。"""
    _refuse_confirmed(past)
    _tell(past, told)
    units = _units(tiers, told.year)
    past.entered_at, past.entered_by_id = timezone.now(), by.signature()
    past.save()
    _drop_tiers(past)
    _put(past, tiers, units)
    return past


@action(Permission.RESULTS_EDIT)
def confirm_past(past: PastResult, *, by: Actor) -> PastResult:
    """核对历史等次。由录入人以外的人对照原文件核对无误。"""
    _refuse_confirmed(past)
    if past.entered_by_id == by.account_id:
        raise RefusedError("您录入的，请另一位同事对照原文件核对")
    past.confirmed_at, past.confirmed_by_id = timezone.now(), by.signature()
    past.save()
    return past


@action(Permission.RESULTS_EDIT)
def reopen_past(past: PastResult, *, by: Actor, reason: str) -> PastResult:
    """退回历史等次的核对。核对后发现有误时用，写明原因，更正后再核对。"""
    if not past.counts:
        raise RefusedError("还没有核对，可以直接更正")
    if not reason.strip():
        raise RefusedError("请写明哪里有误", field="reason")
    past.confirmed_at = past.confirmed_by = None
    past.save()
    return past


@action(Permission.RESULTS_EDIT)
def withdraw_past(past: PastResult, *, by: Actor, reason: str) -> None:
    """撤回历史等次。核对以前可以整份撤回，写明原因。"""
    _refuse_confirmed(past)
    if not reason.strip():
        raise RefusedError("请写明为什么撤回", field="reason")
    _drop_tiers(past)
    past.delete()


def _refuse_confirmed(past: PastResult) -> None:
    if past.counts:
        raise RefusedError("已经核对；确有错误的，先退回核对")


def _tell(row: PastResult, told: PastTold) -> None:
    """The heading of a list; a year that has a result or a list has no second one."""
    if told.year >= timezone.localdate().year:
        raise RefusedError("只录以前年度的等次", field="year")
    if not told.title.strip():
        raise RefusedError("请写明这份名单的名称", field="title")
    if not told.document.strip():
        raise RefusedError("请写明从哪份文件照录，没有文号的写文件名称", field="document")
    if is_sealed(row.line, told.year):
        raise RefusedError(f"{told.year}年已有公布的得分结果，不用再录等次", field="year")
    others = PastResult.objects.filter(line=row.line, year=told.year).exclude(pk=row.pk)
    if others.exists():
        raise RefusedError(f"这个办法{told.year}年的历史等次已经录入", field="year")
    row.year, row.title, row.document = told.year, told.title.strip(), told.document.strip()


def _units(tiers: Sequence[PastLine], year: int) -> dict[str, Unit]:
    """The unit of each line; RefusedError with everything that is wrong, row by row."""
    wrong = list(faults(tiers))
    names = list(dict.fromkeys(squash(each.unit) for each in tiers if each.unit))
    known = dict(units_in_year(names, year))
    wrong += _strangers(tiers, known)
    wrong += _doubles(tiers, known)
    if wrong:
        more = f"；还有{len(wrong) - SHOWN}处" if len(wrong) > SHOWN else ""
        raise RefusedError("；".join(wrong[:SHOWN]) + more, field="text")
    return known


def _strangers(tiers: Iterable[PastLine], known: dict[str, Unit]) -> Iterator[str]:
    register: Register | None = None
    for each in tiers:
        name = squash(each.unit)
        if not name or name in known:
            continue
        if register is None:
            names = Unit.objects.assessed().values_list("name", flat=True)
            register = Register({squash(other): other for other in names}, frozenset())
        near = register.nearest(name)
        hint = f"，是不是“{near}”" if near else "，请核对或先加别名"
        yield f"{each.where}机构库里没有“{name[:20]}”{hint}"


def _doubles(tiers: Iterable[PastLine], known: dict[str, Unit]) -> Iterator[str]:
    first: dict[int, PastLine] = {}
    for each in tiers:
        unit = known.get(squash(each.unit))
        if unit is None:
            continue
        before = first.setdefault(unit.pk, each)
        if before is not each:
            yield f"{each.where}“{each.unit}”和{before.where}“{before.unit}”是同一个单位"


def _put(past: PastResult, tiers: Iterable[PastLine], units: dict[str, Unit]) -> None:
    for each in tiers:
        name = squash(each.unit)
        row = PastTier(past=past, unit=units[name], name=name, tier=each.tier.strip())
        row.group = each.group.strip() or units[name].group
        row.save()
        created(row)


def _drop_tiers(past: PastResult) -> None:
    for each in past.tiers.select_related("unit", "past"):
        watch(each)
        each.delete()
