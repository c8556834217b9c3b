"""Which polls appear in tests? A small county whose scheme leaves marks to votes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.ratings.actions import Chosen, PollPlan, open_poll, plan_poll
from jixiao.ratings.models import Option, Poll, Question, Rated, Rater, Tally
from jixiao.ratings.queries.polls import ballot
from jixiao.ratings.states import PollKind, PollState
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import AccountFactory, SchemeVersionFactory, scheme
from jixiao.scoring.scheme import Scheme

TODAY, LAST_DAY = date(2026, 11, 11), date(2026, 11, 20)
TOWNS = ("云溪镇", "河口镇", "石桥镇", "枫林镇")
OFFICES = ("财政局", "住建局", "交通局")
PARKS = ("临港园区", "高新园区", "生态园区")
GOOD = {"满意": "1", "基本满意": "0.6", "不满意": "0"}


def votes(options: Mapping[str, str], prefix: str = "") -> dict[str, Any]:
    """A 票决 rule, by proportion."""
    terms = [{"data": f"{prefix}{name}", "factor": factor} for name, factor in options.items()]
    return {"measure": {"kind": "votes", "options": terms}, "scale": {"kind": "proportional"}}


def rating_scheme(**changed: Any) -> Scheme:
    """Townships and residents rate offices; leaders rank parks, two per cent off a place (C30)."""
    places = {"第1名": "1", "第2名": "0.98", "第3名": "0.96"}
    names = [*(f"镇{each}" for each in GOOD), *(f"民{each}" for each in GOOD), *places]
    return scheme(
        title="部门评议办法",
        decimals=2,
        groups=[
            {"name": "部门", "units": [{"name": each} for each in OFFICES]},
            {"name": "园区", "units": [{"name": each} for each in PARKS]},
        ],
        data=[{"key": each, "name": each.lstrip("镇民")} for each in names],
        items=[
            {"code": "1", "name": "乡镇评价", "points": "60", "rated_by": "乡镇",
             "audience": {"groups": ["部门"]}, "rule": votes(GOOD, "镇")},
            {"code": "2", "name": "群众评价", "points": "40", "rated_by": "办事群众",
             "audience": {"groups": ["部门"]}, "rule": votes(GOOD, "民")},
            {"code": "3", "name": "领导排名", "points": "100", "rated_by": "县领导",
             "audience": {"groups": ["园区"]}, "rule": votes(places)},
        ],
        share_rules=[
            {"rated_by": "乡镇", "groups": ["部门"], "at_least": "30%", "basis": "条例第十八条"}
        ],
        **changed,
    )  # fmt: skip


def county() -> SchemeVersion:
    """The units in the county's books, and the published scheme."""
    for group, names in (("乡镇", TOWNS), ("部门", OFFICES), ("园区", PARKS)):
        for name in names:
            UnitFactory(name=name, group=group)
    return SchemeVersionFactory(of=rating_scheme(), state=State.PUBLISHED)


def planned(version: SchemeVersion, by: Actor, **changed: Any) -> Poll:
    """Townships rate offices, three at least."""
    said: dict[str, Any] = {
        "kind": PollKind.MUTUAL, "name": "乡镇评部门", "codes": ("1",), "group": "乡镇",
        "opens_on": TODAY, "closes_on": LAST_DAY, "minimum": 3,
    }  # fmt: skip
    return plan_poll(version, by=by, plan=PollPlan(**said | changed))


def opened(version: SchemeVersion, by: Actor, **changed: Any) -> Poll:
    """The same, taking ballots."""
    return open_poll(planned(version, by, **changed), by=by)


def by_residents(version: SchemeVersion, by: Actor, **changed: Any) -> Poll:
    """Residents rate offices by code and on paper."""
    return opened(version, by, kind=PollKind.RESIDENTS, name="群众评部门", codes=("2",), **changed)


def choices(poll: Poll, **said: str) -> list[Chosen]:
    """``choices(poll, 财政局="满意")``: a ballot."""
    lines = {line.rated.name: line for line in ballot(poll)}
    return [
        Chosen(
            lines[name].rated.pk,
            next(each.pk for each in lines[name].options if each.label == label),
        )
        for name, label in said.items()
    ]


def rater_of(poll: Poll, unit: str) -> Rater:
    """The unit's own row among those who may rate."""
    return poll.rater_rows.get(unit=Unit.objects.get(name=unit))


def rated_poll(unit: Unit, *, by: Account) -> Poll:
    """An accepted poll, as stored, in which this unit alone rates and is rated."""
    version = SchemeVersionFactory(of=rating_scheme(), state=State.PUBLISHED)
    made = Poll.objects.create(
        version_of=version, kind=PollKind.MUTUAL, name=f"评{unit}", raters="乡镇", minimum=3,
        opens_on=TODAY, closes_on=LAST_DAY, planned_by=by, state=PollState.ACCEPTED,
        opened_at=timezone.now(), opened_by=by, closed_at=timezone.now(), closed_by=by,
        accepted_at=timezone.now(), accepted_by=AccountFactory(),
    )  # fmt: skip
    Rater.objects.create(poll=made, unit=unit)
    question = Question.objects.create(poll=made, code="1", name="乡镇评价")
    rated = Rated.objects.create(poll=made, unit=unit, name=OFFICES[0], group="部门")
    for each in GOOD:
        option = Option.objects.create(question=question, label=each, column=f"镇{each}")
        Tally.objects.create(rated=rated, option=option, votes=5)
    return made
