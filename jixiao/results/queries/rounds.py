"""What would the records of the year's rounds come to, and what keeps them from being scored?

Nothing is stored here; what the sheet is made of beside the rounds is told by ``gathering``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jixiao.core.errors import RefusedError
from jixiao.results.amended import amended, sheet_up_to, up_to
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.pipeline import evaluate
from jixiao.results.queries.gathering import Assembled, assembled
from jixiao.results.queries.history import past_tiers
from jixiao.results.queries.kept import published, reading
from jixiao.results.queries.reviews import amendments_of_year, changes_of
from jixiao.results.result import Result
from jixiao.schemes.models import SchemeVersion
from jixiao.scoring.inputs import history_years
from jixiao.scoring.numbers import mark_text, scaled
from jixiao.scoring.scheme import SchemeError, leaves
from jixiao.visits.models import Round
from jixiao.visits.sheet import Gap, Restored, Seen
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
    through: str
    """The code of the last round taken in; empty for the whole year."""
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

    @property
    def name(self) -> str:
        """What the assessment is usually called."""
        names = {each.code: each.name for each in self.version.scheme.rounds}
        return f"{names[self.through]}评估"[:30] if self.through in names else "年终评估"

    @property
    def stages(self) -> list[tuple[str, str]]:
        """How far the year can be scored: up to each round but the last, and whole."""
        rounds = self.version.scheme.rounds
        return [("", "全年"), *((each.code, f"到{each.name}") for each in rounds[:-1])]


def provisional(pk: int, *, through: str = "") -> Provisional | None:
    """The year of a scheme as of today, or up to a round.

    Thirteen queries, two for earlier years, two a quoted result.
    """
    found = version(pk)
    if found is None:
        return None
    try:
        year = assembled(found)
        result = scored(found, year, through=through)
    except RefusedError as error:
        return Provisional(found, through, (), (str(error),), (), (), (), str(error))
    rounds = rounds_within(year, result)
    names = {each.code: each.name for each in result.scheme.rounds}
    within = names.values() or ("",)
    return Provisional(
        found,
        through,
        tuple((each.pk, f"{each.name}（{each.get_state_display()}）") for each in rounds),
        tuple(lacking_to_score(year, result)),
        _rows(result, gaps_within(year, result)),
        tuple(each for each in year.gathered.restored if each.round in within),
        tuple(each for each in year.gathered.excused if each.round in (names or ("",))),
        "",
        year,
    )


def version(pk: int) -> SchemeVersion | None:
    """One version of a scheme."""
    return SchemeVersion.objects.select_related("line").filter(pk=pk).first()


def lacking_to_score(year: Assembled, result: Result) -> list[str]:
    """What is still to be done before the year's rounds can be scored."""
    rounds = rounds_within(year, result)
    if not rounds and year.gathered.gaps:
        return ["这个办法还没有安排评估轮次"]
    told = [f"先结束{each.name}" for each in rounds if each.state != RoundState.CLOSED]
    gaps = gaps_within(year, result)
    if gaps:
        named = "、".join(_gap_words(gap) for gap in gaps[:SHOWN])
        told.append(f"还差{len(gaps)}个数：{named}{'等' if len(gaps) > SHOWN else ''}")
    elif units := _without_total(result):
        told.append(f"{'、'.join(units[:SHOWN])}的数都有，但算不出总分，请核对数据")
    return told


def rounds_within(year: Assembled, result: Result) -> list[Round]:
    """The rounds that the result takes in."""
    codes = [each.code for each in result.scheme.rounds] or [""]
    return [each for each in year.rounds if each.code in codes]


def gaps_within(year: Assembled, result: Result) -> tuple[Gap, ...]:
    """What is missing in these rounds."""
    return year.gaps({each.code: each.name for each in result.scheme.rounds} or {"": ""})


def _without_total(result: Result) -> list[str]:
    """Units that took part in a round and still have no total there."""
    found = [
        unit
        for rows in result.rounds.values()
        for unit, marks in rows.items()
        if marks["total"] is None
    ]
    return list(dict.fromkeys(found))


def scored(version: SchemeVersion, year: Assembled, *, through: str = "") -> Result:
    """The year's sheet under the scheme, up to a round, with earlier tiers and what reviews put right.

    RefusedError.
    """
    history = _history(version, year.numbers)
    names = {number: name for name, number in year.numbers.items()}
    try:
        scheme = up_to(version.scheme, through)
        sheet = sheet_up_to(replace(year.sheet, history=history), scheme)
        rows = {(row.unit, row.round) for row in sheet.rows}
        put_right = changes_of(amendments_of_year(version), names)
        changes = [each for each in put_right if (each.unit, each.round) in rows]
        return evaluate(scheme, amended(sheet, changes))
    except SchemeError as error:
        raise RefusedError(str(error)) from None


def _history(version: SchemeVersion, numbers: Mapping[str, int]) -> Mapping[str, tuple[str, ...]]:
    """Earlier tiers by unit, last year first, as far as asked for: from the results in force, else as history."""
    years = [version.year - back for back in range(1, history_years(version.scheme) + 1)]
    if not years:
        return {}
    in_force: dict[int, SealedResult] = {}
    for kept in published().filter(line=version.line_id, through="", year__in=years):
        in_force.setdefault(kept.year, kept)
    told = ResultUnit.objects.filter(result__in=in_force.values()) if in_force else ()
    names = {(each.result_id, each.unit_id): each.name for each in told}
    entered = past_tiers([year for year in years if year not in in_force], version.line_id)
    found = {
        name: tuple(
            _tier(in_force.get(year), names, number) or entered.get((year, number), "")
            for year in years
        )
        for name, number in numbers.items()
    }
    return {name: tiers for name, tiers in found.items() if any(tiers)}


def _tier(kept: SealedResult | None, names: Mapping[tuple[int, int], str], number: int) -> str:
    name = names.get((kept.pk, number)) if kept else None
    return reading(kept).result.tier_of(name) if kept and name else ""


def _gap_words(gap: Gap) -> str:
    round_ = f"{gap.round}：" if gap.round else ""
    return f"{round_}{gap.unit}{gap.code} {gap.item}{gap.label}（{gap.owner}）"


def _rows(result: Result, gaps: tuple[Gap, ...]) -> tuple[Row, ...]:
    missing = Counter(gap.unit for gap in gaps)
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
