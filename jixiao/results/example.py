"""Which results does the example county keep? Two years', by the same rules."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from jixiao.access.actor import Actor
from jixiao.results.actions import (
    Approval,
    PastTold,
    adopt_result,
    confirm_past,
    enter_past,
    load_result,
    publish_result,
)
from jixiao.results.models import SealedResult
from jixiao.results.past import PastLine
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Marks, Result, to_bytes
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.scheme import Scheme, leaves
from jixiao.scoring.sheet import Sheet

ROUND, LOWEST, MIDDLE = "年终评估", "未达标", "达标"
EVERY = 3
PAST = "绩效管理组织工作评估分档情况"


def load_example(county: Path, *, year: int, loader: Actor, publisher: Actor) -> None:
    """Evaluate 清岚县's sheet as that of ``year``, and the year before; another person publishes."""
    written, _ = read_scheme(county / "办法.yaml")
    sheet, _ = read_marksheet(written, county / "记分表.xlsx", imports={})
    scheme, before = _in_year(written, year), _in_year(written, year - 1)
    for each, marks in ((before, _other(before, sheet)), (scheme, sheet)):
        year = each.period.end.year if each.period else 0
        kept = load_result(to_bytes(evaluate(each, marks)), by=loader, year=year, round_name=ROUND)
        approval = Approval(
            "县绩效管理委员会会议", date(year + 1, 1, 20), f"清绩委〔{year + 1}〕1号"
        )
        adopt_result(kept, by=publisher, approval=approval)
        publish_result(SealedResult.objects.get(pk=kept.pk), by=loader)
    _enter_history(evaluate(scheme, sheet), year - 2, by=loader, checker=publisher)


def _enter_history(reached: Result, year: int, *, by: Actor, checker: Actor) -> None:
    """The year before the platform, of which only the tiers were told: today's, but for some units."""
    told = PastTold(year, PAST, f"清绩委〔{year + 1}〕2号")
    tiers = [
        PastLine(unit, MIDDLE if _drift(unit) % EVERY == 0 else reached.tier_of(unit))
        for unit in reached.year
    ]
    confirm_past(enter_past(told, by=by, tiers=tiers), by=checker)


def _in_year(scheme: Scheme, year: int) -> Scheme:
    """The same rules in another year; what counted from a day on did so that year too."""
    period = scheme.period
    assert period is not None  # noqa: S101 - the example's scheme has one
    text = scheme.model_dump_json(exclude_defaults=True).replace(str(period.end.year), str(year))
    return Scheme.model_validate_json(text)


def _other(scheme: Scheme, sheet: Sheet) -> Sheet:
    """Last year's sheet: the same figures, marks given by people so that each unit got last year's tier."""
    reached = evaluate(scheme, Sheet(sheet.rows)).year
    rows = []
    for row in sheet.rows:
        fulls = {
            item.code: int(item.points * SCALE)
            for item in leaves(scheme.items)
            if item.code in row.values
        }
        year, wanted = reached[row.unit], _wanted(row.unit, reached[row.unit], sheet.history)
        counted = (year["total"] or 0) - sum(year[f"mark:{code}"] or 0 for code in fulls)
        share = Fraction(wanted - counted, sum(fulls.values()))
        given = {code: _in_halves(full * share, full) for code, full in fulls.items()}
        rows.append(replace(row, values={**row.values, **given}))
    return Sheet(tuple(rows))


def _wanted(unit: str, year: Marks, history: Mapping[str, tuple[str, ...]]) -> int:
    """A total within last year's tier, near this year's order but not the same."""
    drift = _drift(unit) * SCALE * 6 // 255
    if history[unit][0] == LOWEST:
        return 52 * SCALE + drift // 2
    return 62 * SCALE + ((year["total"] or 0) - 50 * SCALE) // 4 + drift


def _drift(unit: str) -> int:
    """A number below 256 that is always the same for a unit."""
    return hashlib.sha256(unit.encode()).digest()[0]


def _in_halves(mark: Fraction, full: int) -> int:
    """As people give marks: in halves of a point, never out of range."""
    half = SCALE // 2
    return max(0, min(full, int(mark / half) * half))
