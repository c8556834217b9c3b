"""Do marks inflate, or does nobody fail? Each alarm is a sentence with its figures; people judge it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.results.items import item_statistics, percent
from jixiao.results.reading import Reading
from jixiao.scoring.numbers import SCALE, mark_text

MEAN_RISE = Fraction(2, 100)
"""The mean total higher than last year's by more than this share of the full mark."""
TOP_RISE = Fraction(10, 100)
"""The best tier's share of the units larger than last year's by more than this."""
MOST_TOP = Fraction(1, 2)
"""More units than this in the best tier."""
MOST_FULL = Fraction(1, 2)
"""More of all items' marks than this are full marks."""


@dataclass(frozen=True)
class Before:
    """What is known of the year before; of a year entered as history only the tiers."""

    year: int
    tiers: Mapping[str, int]
    """Units by tier."""
    mean: int | None = None
    full: int | None = None
    """Mean total and full mark in ten-thousandths."""


def before_of(reading: Reading, year: int) -> Before:
    """What a sealed result tells to the year after it."""
    told = reading.summary
    full = int(reading.result.scheme.full * SCALE)
    return Before(year, told.tiers, told.mean, full)


def alarms(reading: Reading, before: Before | None) -> tuple[str, ...]:
    """What the committee should ask about before it approves."""
    return tuple(_alarms(reading, before))


def _alarms(reading: Reading, before: Before | None) -> Iterator[str]:
    told, scheme = reading.summary, reading.result.scheme
    tiered = sum(told.tiers.values())
    if before is not None and before.mean is not None and told.mean is not None:
        yield from _risen(reading, before)
    if scheme.tiers and tiered:
        best, worst = scheme.tiers[0].name, scheme.tiers[-1].name
        yield from _top(best, Fraction(told.tiers[best], tiered), before)
        if len(scheme.tiers) > 1 and not told.tiers[worst]:
            yield f"{tiered}个单位没有一个{worst}，请核对评分是否过宽、界线是否起作用"
    found = item_statistics(reading.result)
    marks, full = sum(each.units for each in found), sum(each.full for each in found)
    if marks and Fraction(full, marks) > MOST_FULL:
        yield f"{marks}个项目得分中{full}个是满分，占{percent(Fraction(full, marks))}，拉不开差距"


def _risen(reading: Reading, before: Before) -> Iterator[str]:
    """Compared as shares of the full mark, which may be another one this year."""
    now, decimals = reading.summary.mean or 0, reading.result.scheme.decimals
    share = Fraction(now) / int(reading.result.scheme.full * SCALE)
    was = Fraction(before.mean or 0, before.full or 1)
    if share - was > MEAN_RISE:
        said = f"{mark_text(before.mean, decimals)}升到{mark_text(now, decimals)}"
        yield f"平均总分由{before.year}年的{said}，升幅是满分的{percent(share - was)}"


def _top(best: str, share: Fraction, before: Before | None) -> Iterator[str]:
    known = sum(before.tiers.values()) if before else 0
    if before and known and best in before.tiers:
        was = Fraction(before.tiers[best], known)
        if share - was > TOP_RISE:
            yield f"{best}单位占{percent(share)}，{before.year}年占{percent(was)}，多了{percent(share - was)}"
    if share > MOST_TOP:
        yield f"{best}单位占{percent(share)}，超过一半"
