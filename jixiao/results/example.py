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
    Decision,
    Objection,
    PastTold,
    Value,
    adopt_result,
    confirm_past,
    decide_review,
    enter_past,
    load_result,
    notify_units,
    publish_result,
    rescore,
    review_result,
    take_late_review,
)
from jixiao.results.models import ResultUnit, Review, SealedResult
from jixiao.results.past import PastLine
from jixiao.results.pipeline import evaluate
from jixiao.results.queries.inputs import Input, inputs_of
from jixiao.results.result import Marks, Result, to_bytes
from jixiao.results.states import ReviewState as R
from jixiao.schemes.example import NAME
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.models import SchemeLine
from jixiao.scoring.events import Event
from jixiao.scoring.numbers import SCALE
from jixiao.scoring.scheme import Scheme, leaves
from jixiao.scoring.sheet import Sheet

ROUND, LOWEST, MIDDLE, UNIT = "年终评估", "未达标", "达标", "云溪镇"
EVERY = 3
PAST = "绩效管理组织工作评估分档情况"


def load_example(county: Path, *, year: int, loader: Actor, publisher: Actor) -> None:
    """Evaluate 清岚县's sheet as that of ``year``, and the year before; another person publishes."""
    written, _ = read_scheme(county / "办法.yaml")
    sheet, _ = read_marksheet(written, county / "记分表.xlsx", imports={})
    scheme, before = _in_year(written, year), _in_year(written, year - 1)
    sheet = replace(sheet, events=tuple(_matter_in_year(each, year) for each in sheet.events))
    line = SchemeLine.objects.filter(name=NAME).first()
    for each, marks in ((before, _other(before, sheet)), (scheme, sheet)):
        year = each.period.end.year if each.period else 0
        kept = load_result(
            to_bytes(evaluate(each, marks)), by=loader, year=year, round_name=ROUND, line=line
        )
        approval = Approval(
            "县绩效管理委员会会议", date(year + 1, 1, 20), f"清绩委〔{year + 1}〕1号"
        )
        adopt_result(kept, by=publisher, approval=approval)
        publish_result(SealedResult.objects.get(pk=kept.pk), by=loader)
    _enter_history(evaluate(scheme, sheet), year - 2, line=line, by=loader, checker=publisher)
    _reviews(SealedResult.objects.get(pk=kept.pk), office=loader, head=publisher)


def _enter_history(
    reached: Result, year: int, *, line: SchemeLine | None, by: Actor, checker: Actor
) -> None:
    """The year before the platform, of which only the tiers were told: today's, but for some units."""
    told = PastTold(year, PAST, f"清绩委〔{year + 1}〕2号")
    tiers = [
        PastLine(unit, MIDDLE if _drift(unit) % EVERY == 0 else reached.tier_of(unit))
        for unit in reached.year
    ]
    confirm_past(enter_past(told, by=by, tiers=tiers, line=line), by=checker)


def _reviews(kept: SealedResult, *, office: Actor, head: Actor) -> None:
    """Two objections that units had handed in on paper: one rejected, one granted and scored again."""
    ours = kept.units.get(name=UNIT)
    claim = "评估组看档案时，3卷新装订的案卷正在县档案局移交，没有算进去。"
    late = _taken(ours, Objection(claim, "把移交中的3卷算进档案齐全。", "5.1"), by=office)
    said = "移交清单上的日期是次年1月，评估时这3卷还没有装订。"
    decide_review(late, by=head, decision=Decision(R.REJECTED, said, "办法第5.1项", ()))
    part, figure = _reported_late(kept)
    claim = "其中一次是系统停机当天，县绩效办通知过顺延，不应算迟报。"
    late = _taken(part, Objection(claim, "少算一次迟报。", "4.1"), by=office)
    value = Value(figure.field.column, (figure.value or 0) - SCALE, figure.round)
    said = "查到停机通知和当天的报送回执，这一次不算迟报。"
    decide_review(late, by=head, decision=Decision(R.GRANTED, said, "办法第4.1项", (value,)))
    again = rescore(kept, by=office)
    notify_units(review_result(again, by=head, note="只有这一处更正，其余不变"), by=office)


def _taken(part: ResultUnit, objection: Objection, *, by: Actor) -> Review:
    reason = "单位在期限内书面提出过，当时还没有使用平台"
    return take_late_review(part, by=by, objection=objection, late_reason=reason)


def _reported_late(kept: SealedResult) -> tuple[ResultUnit, Input]:
    """The first other unit with something reported late."""
    return next(
        (part, figure)
        for part in kept.units.exclude(name=UNIT)
        for figure in inputs_of(part, "4.1")
        if figure.value
    )


def _in_year(scheme: Scheme, year: int) -> Scheme:
    """The same rules in another year; what counted from a day on did so that year too."""
    period = scheme.period
    assert period is not None  # noqa: S101 - the example's scheme has one
    text = scheme.model_dump_json(exclude_defaults=True).replace(str(period.end.year), str(year))
    return Scheme.model_validate_json(text)


def _matter_in_year(event: Event, year: int) -> Event:
    """The same matter on the same day of another year, by a document of that year."""
    assert event.on is not None  # noqa: S101 - the example's matters have a day
    document = event.document.replace(str(event.on.year), str(year))
    return event.model_copy(update={"on": event.on.replace(year=year), "document": document})


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
