"""How firm is a result: what hangs on one hand, one item, one weight, and what should be asked about?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.results.alarms import alarms
from jixiao.results.items import ItemStatistics, item_statistics
from jixiao.results.league import Standing, boundary_units
from jixiao.results.models import SealedResult
from jixiao.results.queries.history import year_before_of
from jixiao.results.queries.kept import numbers_of, reading, reading_of_seal, year_before
from jixiao.results.reading import Reading
from jixiao.results.sensitivity import Amounts, Case, Hand, Sensitivity, by_scorer, sensitivity
from jixiao.visits.models import Record
from jixiao.visits.queries.rounds import task_book
from jixiao.visits.states import VisitState

MARK_STEPS, WEIGHT_STEPS = (1, 2, 5, 10), (5, 10, 20)
"""Percents to choose from: by how much marks and weights are changed."""
KINDS = ("评估组", "记录人", "评分单位", "项目", "权重", "不计")
KEPT_IN_MIND = 60


@dataclass(frozen=True)
class Turning:
    """What turns the same units in the same way, and all the changes that do."""

    words: str
    whats: tuple[str, ...]


@dataclass(frozen=True)
class KindRow:
    """How many changes of a kind were tried, how many of them turn a tier."""

    name: str
    tried: int
    turning: int


@dataclass(frozen=True)
class AnalysisPage:
    """Everything on the page of one result."""

    kept: SealedResult
    reading: Reading
    alarms: tuple[str, ...]
    flat: tuple[tuple[ItemStatistics, str], ...]
    """Items that tell nobody apart, with the reason."""
    near: tuple[tuple[Standing, int, str], ...]
    """Units near a line, with their numbers and distances."""
    found: Sensitivity
    kinds: tuple[KindRow, ...]
    turnings: tuple[Turning, ...]
    units: tuple[tuple[str, int, int], ...]
    """Units whose tier turns in some case: name, number, in how many cases."""
    mark: int
    weight: int
    hands: int
    """Of how many people, teams and offices it is known what they gave."""


def analysis(kept: SealedResult, actor: Actor, *, mark: int, weight: int) -> AnalysisPage:
    """The whole analysis; the engine runs once for all changes, and once in each process."""
    known, numbers = reading(kept), numbers_of(kept)
    hands = hands_of(kept, names_people=actor.may(Permission.RESULTS_EDIT))
    amounts = Amounts(Fraction(mark, 100), Fraction(weight, 100))
    found = _tried(kept.seal, hands, amounts)
    decimals = known.result.scheme.decimals
    return AnalysisPage(
        kept=kept,
        reading=known,
        alarms=_alarms(kept, known),
        flat=_flat(known),
        near=tuple(
            (
                each,
                numbers[each.unit],
                "；".join(x.words(decimals) for x in each.near(known.margin)),
            )
            for each in boundary_units(known.leagues, known.margin)
        ),
        found=found,
        kinds=tuple(_kinds(found)),
        turnings=_turnings(found.turning),
        units=tuple((unit, numbers[unit], count) for unit, count in found.units),
        mark=mark,
        weight=weight,
        hands=len(hands),
    )


def remarks(kept: SealedResult) -> int:
    """How many alarms and items without effect a result has: what the league's page links to."""
    known = reading(kept)
    return len(_alarms(kept, known)) + len(_flat(known))


@lru_cache(maxsize=KEPT_IN_MIND)
def _tried(seal: str, hands: tuple[Hand, ...], amounts: Amounts) -> Sensitivity:
    return sensitivity(reading_of_seal(seal).result, hands, amounts)


def _alarms(kept: SealedResult, known: Reading) -> tuple[str, ...]:
    return alarms(known, year_before_of(kept, year_before(kept)))


def _flat(known: Reading) -> tuple[tuple[ItemStatistics, str], ...]:
    decimals = known.result.scheme.decimals
    found = item_statistics(known.result)
    return tuple((each, each.why(decimals)) for each in found if not each.separates)


def _kinds(found: Sensitivity) -> Iterable[KindRow]:
    for name in KINDS:
        mine = [each for each in found.cases if each.kind == name]
        if mine:
            yield KindRow(name, len(mine), sum(bool(each.turns) for each in mine))


def _turnings(cases: Iterable[Case]) -> tuple[Turning, ...]:
    """Put together what turns the same units: what many small changes turn comes first."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in cases:
        found[each.turned].append(each.what)
    told = [Turning(words, tuple(whats)) for words, whats in found.items()]
    return tuple(sorted(told, key=lambda each: -len(each.whats)))


# ---------------------------------------------------------------------- whose hand


def hands_of(kept: SealedResult, *, names_people: bool) -> tuple[Hand, ...]:
    """Who gave which marks on site: teams, for the office also whoever recorded; three queries at most."""
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for each in _records(kept):
        visit = each.visit
        task = task_book(visit.round.version_of).task(visit.name, each.code)
        if task is None or task.keeper:
            continue
        mark = (visit.name, visit.round.code, each.code)
        if visit.team:
            found["评估组", visit.team.name].add(mark)
        if names_people:
            found["记录人", each.saved_by.name].add(mark)
    told = [Hand(kind, name, frozenset(marks)) for (kind, name), marks in sorted(found.items())]
    return (*told, *by_scorer(reading(kept).result))


def _records(kept: SealedResult) -> list[Record]:
    rows = Record.objects.filter(visit__round__results__result=kept.pk)
    told = rows.exclude(visit__state=VisitState.EXCUSED).exclude(code="-")
    full = told.select_related("saved_by", "visit__team", "visit__round__version_of")
    return list(full.defer("visit__round__version_of__document"))
