"""Which rounds are there, which units take part, and what is missing before one can begin or end?"""

from collections.abc import Collection
from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.org.queries.naming import units_named
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.visits.models import Round, Team, Visit
from jixiao.visits.states import VisitState
from jixiao.visits.tasks import TaskBook
from jixiao.workbooks.problems import Fault

RoundRow = Round
VisitRow = Visit
"""What the pages get."""
BOOKS_IN_MIND = 8
"""Schemes whose tasks a process keeps worked out."""
LEAST = 2
"""Assessors of a team."""


def rounds() -> QuerySet[Round]:
    """Every round with how many visits it has and how many are closed."""
    return (
        Round.objects.select_related("version_of__line")
        .defer("version_of__document", "version_of__changed")
        .annotate(
            units=Count("visits", filter=~Q(visits__state=VisitState.EXCUSED)),
            done=Count("visits", filter=Q(visits__state=VisitState.CLOSED)),
        )
    )


def round_(pk: int) -> Round | None:
    """One round."""
    return rounds().filter(pk=pk).first()


def visit(pk: int) -> Visit | None:
    """One visit with what its pages say of it."""
    return (
        Visit.objects.select_related("round__version_of__line", "unit", "team")
        .filter(pk=pk)
        .first()
    )


def task_book(version: SchemeVersion) -> TaskBook:
    """What a published scheme asks about each unit; worked out once a process."""
    return _task_book(version.pk, version.digest)


def book_of(round_: Round) -> TaskBook:
    """What a round asks: once it is open its scheme stands still, so nothing of it is read again."""
    if round_.digest:
        return _task_book(round_.version_of_id, round_.digest)
    return task_book(round_.version_of)


@lru_cache(maxsize=BOOKS_IN_MIND)
def _task_book(pk: int, _digest: str) -> TaskBook:
    return TaskBook.of(SchemeVersion.objects.get(pk=pk).scheme)


def scheme_units(
    version: SchemeVersion, groups: Collection[str] = ()
) -> list[tuple[Unit, str, str]]:
    """The scheme's units as the county knows them, with the scheme's names and groups.

    RefusedError names those that the books do not know.
    """
    wanted = [
        (unit.name, group.name)
        for group in version.scheme.groups
        if group.name in groups or not groups
        for unit in group.units
    ]
    found = units_named([name for name, _ in wanted])
    strangers = [str(each) for each in found if isinstance(each, Fault)]
    if strangers:
        raise RefusedError(f"办法里的单位在机构库里对不上：{'；'.join(strangers[:10])}")
    return [
        (unit, name, group)
        for unit, (name, group) in zip(found, wanted, strict=True)
        if isinstance(unit, Unit)
    ]


def lacking_to_open(round_: Round) -> list[str]:
    """What a round needs before it can begin."""
    found = []
    if round_.version_of.state != State.PUBLISHED:
        found.append("办法已被新的一版取代，请按新的一版重新筹备")
    visits = round_.visits.exclude(state=VisitState.EXCUSED)
    if alone := visits.filter(team__isnull=True).count():
        found.append(f"给{alone}个单位指定评估组")
    if not visits.exists():
        found.append("确定参加的单位")
    short = Team.objects.filter(round=round_).annotate(people=Count("seats"))
    if names := list(short.filter(people__lt=LEAST).values_list("name", flat=True)):
        found.append(f"{'、'.join(names)}至少要{LEAST}名评估员")
    return found


def visits_left(round_: Round) -> list[str]:
    """The units that keep a round from ending."""
    return list(round_.visits.open().values_list("name", flat=True))
