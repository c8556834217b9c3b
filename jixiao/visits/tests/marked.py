"""A round in which everything was recorded: what the tests of sheet, scoring and scales read."""

from collections.abc import Mapping
from typing import Any

from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, UnitFactory
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.scoring.scheme import Scheme
from jixiao.visits.models import Record, Round, Visit
from jixiao.visits.queries.rounds import task_book
from jixiao.visits.states import RoundState, VisitState
from jixiao.visits.tests.factories import RecordFactory, RoundFactory, TeamFactory, VisitFactory

FIGURES = {"1.1": {"迟报": 20_000}, "1.2": {"1.2": 80_000}, "2.1": {"2.1": 550_000}}
"""Two late reports (29.0 of 30), 8.0 of 10, 55.0 of 60: 92.0."""


def published(of: Scheme | None = None, year: int = 2026, **said: Any) -> SchemeVersion:
    """A published scheme; its units are in the books."""
    made = SchemeVersionFactory(state=State.PUBLISHED, of=of or scheme(), year=year, **said)
    there = set(Unit.objects.values_list("name", flat=True))
    for group in made.scheme.groups:
        for unit in group.units:
            if unit.name not in there:
                UnitFactory(name=unit.name, group=group.name)
    return made


def planned(version: SchemeVersion | None = None, **said: Any) -> Round:
    """A round whose visits are through but of which nothing is recorded, by one team of two."""
    made = RoundFactory(**{"version_of": version or published(), **said})
    people = [PersonFactory(name="何雨"), PersonFactory(name="郑启")]
    team = TeamFactory(round=made, name="甲组", people=people)
    for group in made.version_of.scheme.groups:
        for unit in group.units:
            row = Unit.objects.get(name=unit.name)
            VisitFactory(
                round=made, unit=row, name=unit.name, group=group.name, team=team,
                state=VisitState.CLOSED, order=made.visits.count(),
            )  # fmt: skip
    return made


def marked(version: SchemeVersion | None = None, **said: Any) -> Round:
    """The same with every figure recorded, closed."""
    made = planned(version, **{"state": RoundState.CLOSED, **said})
    for visit in made.visits.all():
        for code, values in FIGURES.items():
            record(visit, code, values)
    return made


def record(visit: Visit, code: str, values: Mapping[str, int], **said: Any) -> Record:
    """What was recorded for one item."""
    task = task_book(visit.round.version_of).task(visit.name, code)
    assert task is not None
    return RecordFactory(visit=visit, code=code, values=values, mark=task.mark(values), **said)
