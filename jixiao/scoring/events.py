"""What do an award, a criticism or a late report count for, and does this one count at all?

Events are the one long table of a sheet: a row is one matter of one unit. They are settled into
points before the kernel runs, each with its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from jixiao.scoring.base import Part
from jixiao.scoring.numbers import Number, number_text

Proof = Literal["document", "notice", "signature"]
PROOF_WORDS: Mapping[Proof, str] = {"document": "文号", "notice": "公示", "signature": "签批人"}


class EventTable(Part):
    """What each kind of event is worth and what it needs before it counts."""

    levels: dict[str, Number] = Field(min_length=1, title="级别得分")
    classes: dict[str, Number] = Field(default={}, title="等次折算")
    tag_factors: dict[str, Number] = Field(default={}, title="单位标记倍数")
    once_per_matter: bool = Field(default=False, title="同一事项只计最高")
    requires: tuple[Proof, ...] = Field(default=(), title="须有")
    notice_days: int = Field(default=5, ge=0, title="公示天数")
    notice_in: Literal["days", "workdays"] = Field(default="days", title="公示按")
    counts_from: date | None = Field(default=None, title="计入起")
    counts_to: date | None = Field(default=None, title="计入止")
    restored: Number = Field(default=Fraction(0), ge=0, le=1, title="整改恢复比例")

    @property
    def notice_words(self) -> str:
        """``满5天``, ``满5个工作日``."""
        return f"满{self.notice_days}{'天' if self.notice_in == 'days' else '个工作日'}"


class Event(Part):
    """One matter of one unit."""

    unit: str = Field(title="单位")
    item: str = Field(title="项目")
    matter: str = Field(title="事项")
    level: str = Field(title="级别")
    grade: str = Field(default="", title="等次")
    times: Number = Field(default=Fraction(1), title="次数")
    share: Number = Field(default=Fraction(1), gt=0, le=1, title="分担比例")
    on: date | None = Field(default=None, title="日期")
    document: str = Field(default="", title="文号")
    notice_days: int = Field(default=0, ge=0, title="公示天数")
    signed_by: str = Field(default="", title="签批人")
    rectified: bool = Field(default=False, title="已整改")
    round: str = Field(default="", title="轮次")


@dataclass(frozen=True)
class Settled:
    """An event with its exact points and, where it does not count, why."""

    event: Event
    points: Fraction
    reason: str = ""
    factors: tuple[str, ...] = field(default=())


def settle(
    events: Iterable[Event], table: EventTable, tags: Mapping[str, tuple[str, ...]]
) -> tuple[Settled, ...]:
    """Every event of one item with its points; ``tags`` are the units' tags by unit name."""
    found = [_settle_one(event, table, tags.get(event.unit, ())) for event in events]
    return tuple(_once(found)) if table.once_per_matter else tuple(found)


def _settle_one(event: Event, table: EventTable, tags: tuple[str, ...]) -> Settled:
    if reason := _refused(event, table):
        return Settled(event, Fraction(0), reason)
    points = table.levels[event.level]
    words = [f"{event.level}{number_text(points)}分"]
    for factor, said in _factors(event, table, tags):
        points *= factor
        words.append(said)
    return Settled(event, points, factors=tuple(words))


def _factors(
    event: Event, table: EventTable, tags: tuple[str, ...]
) -> Iterable[tuple[Fraction, str]]:
    if event.grade:
        factor = table.classes[event.grade]
        yield factor, f"{event.grade}×{number_text(factor)}"
    if event.times != 1:
        yield event.times, f"×{number_text(event.times)}次"
    if event.share != 1:
        yield event.share, f"分担×{number_text(event.share)}"
    for tag in tags:
        if tag in table.tag_factors:
            yield table.tag_factors[tag], f"{tag}×{number_text(table.tag_factors[tag])}"
    if event.rectified and table.restored:
        yield 1 - table.restored, f"已整改，恢复{number_text(table.restored * 100)}%"


def _refused(event: Event, table: EventTable) -> str:
    if event.level not in table.levels:
        return f"级别“{event.level}”不在办法所列之内"
    if event.grade and event.grade not in table.classes:
        return f"等次“{event.grade}”不在办法所列之内"
    return _lacks_proof(event, table) or _out_of_time(event, table)


def _lacks_proof(event: Event, table: EventTable) -> str:
    has: dict[Proof, bool] = {
        "document": bool(event.document),
        "notice": event.notice_days >= table.notice_days,
        "signature": bool(event.signed_by),
    }
    lacking = [PROOF_WORDS[proof] for proof in table.requires if not has[proof]]
    if not lacking:
        return ""
    days = f"（须{table.notice_words}）" if PROOF_WORDS["notice"] in lacking else ""
    return f"缺{'、'.join(lacking)}{days}，不计分"


def _out_of_time(event: Event, table: EventTable) -> str:
    early = table.counts_from and (event.on is None or event.on < table.counts_from)
    late = table.counts_to and (event.on is None or event.on > table.counts_to)
    if not (early or late):
        return ""
    start = table.counts_from.isoformat() if table.counts_from else ""
    end = table.counts_to.isoformat() if table.counts_to else ""
    return f"日期{event.on or '未填'}不在计入期{start}至{end}内"


def _once(found: list[Settled]) -> Iterable[Settled]:
    """同一事项按最高级别只计一次：the largest by magnitude counts, the first one among equals."""
    best: dict[tuple[str, str], int] = {}
    for index, settled in enumerate(found):
        key = (settled.event.unit, settled.event.matter)
        if key not in best or abs(settled.points) > abs(found[best[key]].points):
            best[key] = index
    for index, settled in enumerate(found):
        top = best[(settled.event.unit, settled.event.matter)]
        if index == top or settled.reason:
            yield settled
        else:
            yield Settled(settled.event, Fraction(0), "同一事项已按最高级别计分")
