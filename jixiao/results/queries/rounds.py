"""What would the records of the year's rounds come to, and what keeps them from being scored?

Nothing is stored here; what the sheet is made of beside the rounds is told by ``gathering``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jixiao.core.errors import RefusedError
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.pipeline import evaluate
from jixiao.results.queries.gathering import Assembled, assembled
from jixiao.results.queries.kept import published, reading
from jixiao.results.result import Result
from jixiao.schemes.models import SchemeVersion
from jixiao.scoring.inputs import history_years
from jixiao.scoring.numbers import mark_text, scaled
from jixiao.scoring.scheme import SchemeError, leaves
from jixiao.visits.sheet import Gap, Gathered, Restored, Seen
from jixiao.visits.states import RoundState

VersionRow = SchemeVersion
"""What pages call it."""
SHOWN = 5
"""So many gaps are named in a refusal; the summary of the round has them all."""


@dataclass(frozen=True)
class Row:
    """One unit as of today: what is known, out of how much, and the total where nothing is missing."""

    group: str
    unit: str
    known: str
    full: str
    total: str
    tier: str
    gaps: int


@dataclass(frozen=True)
class Provisional:
    """A year as of today."""

    version: SchemeVersion
    rounds: tuple[tuple[int, str], ...]
    """The rounds with their numbers and states."""
    lacking: tuple[str, ...]
    """What keeps it from being scored; empty where nothing does."""
    rows: tuple[Row, ...]
    restored: tuple[Restored, ...]
    excused: tuple[Seen, ...]
    trouble: str
    """Why nothing can be computed; empty where it can."""
    beside: Assembled | None = None
    """Matters, other results, and what does not count yet."""


def provisional(pk: int) -> Provisional | None:
    """The year of a scheme as of today; twelve queries, two for earlier years, two a quoted result."""
    found = version(pk)
    if found is None:
        return None
    try:
        year = assembled(found)
        result = scored(found, year)
    except RefusedError as error:
        return Provisional(found, (), (str(error),), (), (), (), str(error))
    return Provisional(
        found,
        tuple((each.pk, f"{each.name}（{each.get_state_display()}）") for each in year.rounds),
        tuple(lacking_to_score(year, result)),
        _rows(result, year.gathered),
        year.gathered.restored,
        year.gathered.excused,
        "",
        year,
    )


def version(pk: int) -> SchemeVersion | None:
    """One version of a scheme."""
    return SchemeVersion.objects.select_related("line").filter(pk=pk).first()


def lacking_to_score(year: Assembled, result: Result) -> list[str]:
    """What is still to be done before the year's rounds can be scored."""
    if not year.rounds and year.gathered.gaps:
        return ["这个办法还没有安排评估轮次"]
    told = [f"先结束{each.name}" for each in year.rounds if each.state != RoundState.CLOSED]
    gaps = year.gaps
    if gaps:
        named = "、".join(_gap_words(gap) for gap in gaps[:SHOWN])
        told.append(f"还差{len(gaps)}个数：{named}{'等' if len(gaps) > SHOWN else ''}")
    elif units := _without_total(result):
        told.append(f"{'、'.join(units[:SHOWN])}的数都有，但算不出总分，请核对数据")
    return told


def _without_total(result: Result) -> list[str]:
    """Units that took part in a round and still have no total there."""
    found = [
        unit
        for rows in result.rounds.values()
        for unit, marks in rows.items()
        if marks["total"] is None
    ]
    return list(dict.fromkeys(found))


def scored(version: SchemeVersion, year: Assembled) -> Result:
    """The year's sheet under the scheme, with the tiers of earlier years; RefusedError."""
    history = _history(version, year.numbers)
    try:
        return evaluate(version.scheme, replace(year.sheet, history=history))
    except SchemeError as error:
        raise RefusedError(str(error)) from None


def _history(version: SchemeVersion, numbers: Mapping[str, int]) -> Mapping[str, tuple[str, ...]]:
    """Earlier tiers by unit, last year first, from the results in force; as far as asked for."""
    years = [version.year - back for back in range(1, history_years(version.scheme) + 1)]
    in_force: dict[int, SealedResult] = {}
    rows = published().filter(year__in=years) if years else ()
    for kept in sorted(rows, key=lambda each: _distance(each, version)):
        in_force.setdefault(kept.year, kept)
    told = ResultUnit.objects.filter(result__in=in_force.values()) if in_force else ()
    names = {(each.result_id, each.unit_id): each.name for each in told}
    found = {
        name: tuple(_tier(in_force.get(year), names, number) for year in years)
        for name, number in numbers.items()
    }
    return {name: tiers for name, tiers in found.items() if any(tiers)}


def _distance(kept: SealedResult, version: SchemeVersion) -> int:
    """Results of the same scheme go first, then those of no known one, then the county's others."""
    return 0 if kept.line_id == version.line_id else 1 if kept.line_id is None else 2


def _tier(kept: SealedResult | None, names: Mapping[tuple[int, int], str], number: int) -> str:
    name = names.get((kept.pk, number)) if kept else None
    return reading(kept).result.tier_of(name) if kept and name else ""


def _gap_words(gap: Gap) -> str:
    round_ = f"{gap.round}：" if gap.round else ""
    return f"{round_}{gap.unit}{gap.code} {gap.item}{gap.label}（{gap.owner}）"


def _rows(result: Result, gathered: Gathered) -> tuple[Row, ...]:
    missing = Counter(gap.unit for gap in gathered.gaps)
    units = [unit.name for group in result.scheme.groups for unit in group.units]
    return tuple(_row(result, unit, missing[unit]) for unit in units if unit in result.year)


def _row(result: Result, unit: str, gaps: int) -> Row:
    """Only items of which a mark is known count, in the sum and in what it is out of."""
    marks, group, decimals = result.year[unit], result.group_of(unit), result.scheme.decimals
    known = [
        (mark, scaled(each.full_for(group)))
        for each in leaves(result.scheme.items)
        if (mark := marks.get(f"mark:{each.code}")) is not None
    ]
    total = mark_text(marks["total"], decimals)
    tier = result.tier_of(unit) if marks["total"] is not None else ""
    return Row(
        group, unit, mark_text(sum(mark for mark, _ in known), decimals),
        mark_text(sum(full for _, full in known), decimals), total, tier, gaps,
    )  # fmt: skip
