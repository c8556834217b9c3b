"""云溪镇 is told to its face: who is there, and what has been recorded?"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.org.tests.factories import PersonFactory, UnitFactory
from jixiao.rectification.models import Case
from jixiao.rectification.tests.factories import CaseFactory
from jixiao.visits import actions
from jixiao.visits.actions.feedback import Signed
from jixiao.visits.models import Confirmation, Visit
from jixiao.visits.states import Manner, Side, VisitState
from jixiao.visits.tests.factories import (
    EntryFactory,
    FindingFactory,
    RecordFactory,
    RoundFactory,
    TeamFactory,
    VisitFactory,
)

NAME = [[[20, 30], [200, 150], [320, 40]], [[400, 20], [410, 180]]]
"""A signature of two strokes."""


@dataclass
class Scene:
    """Two assessors, the unit's lead, somebody of the office, and the unit's visit."""

    he: Actor
    zheng: Actor
    lead: Actor
    office: Actor
    visit: Visit

    def now(self) -> Visit:
        """The visit as it is now."""
        return Visit.objects.get(pk=self.visit.pk)

    def record_all(self) -> None:
        """Every item of the test scheme: 30, 8 and 60 points."""
        for code, values, mark, reason in (
            ("1.1", {"迟报": 0}, 300_000, ""),
            ("1.2", {"1.2": 80_000}, 80_000, "缺2份"),
            ("2.1", {"2.1": 600_000}, 600_000, ""),
        ):
            record = RecordFactory(
                visit=self.visit, code=code, values=values, mark=mark, reason=reason,
                saved_by_id=self.he.account_id,
            )  # fmt: skip
            EntryFactory(record=record)

    def finding(self, **said: Any) -> Case:
        """Something found wrong."""
        case: Case = CaseFactory(unit=self.visit.unit, **said)
        FindingFactory(visit=self.visit, case=case)
        return case

    def feed_back(self) -> Visit:
        """The unit is told."""
        return actions.feed_back(self.now(), by=self.he)

    def confirm(self, by: Actor, **said: Any) -> Confirmation:
        """An assessor on the own account, unless said otherwise."""
        usual = {
            "key": uuid.uuid4(), "side": Side.TEAM, "person_name": by.name,
            "manner": Manner.ACCOUNT,
        }  # fmt: skip
        return actions.confirm(self.now(), by=by, signed=Signed(**{**usual, **said}))

    def unit_signs(self, **said: Any) -> Confirmation:
        """Somebody of the unit signs on the assessors' device."""
        drawn = {"side": Side.UNIT, "person_name": "韩松", "manner": Manner.SIGNATURE}
        return self.confirm(self.he, **{**drawn, "strokes": NAME, **said})

    def close(self) -> Visit:
        """Everybody confirms."""
        self.feed_back()
        self.confirm(self.he)
        self.confirm(self.zheng)
        self.unit_signs()
        return self.now()


def scene(actor: Callable[..., Actor], **round_: Any) -> Scene:
    """A visit under way, of which nothing has been recorded yet."""
    he, zheng = (actor(Role.ASSESSOR, name=name) for name in ("何雨", "郑启"))
    unit = UnitFactory(name="云溪镇", group="乡镇")
    people = [
        PersonFactory(name=each.name, account=Account.objects.get(pk=each.account_id))
        for each in (he, zheng)
    ]
    held = RoundFactory(**round_)
    visit = VisitFactory(
        round=held, unit=unit, team=TeamFactory(round=held, name="甲组", people=people),
        state=VisitState.UNDERWAY,
    )  # fmt: skip
    lead = actor(Role.UNIT_LEAD, key=unit.pk, name="韩松")
    return Scene(he, zheng, lead, actor(Role.OFFICE, name="陆宁"), visit)
