"""Who goes where in the browser tests? 何雨 and 郑启 to four towns; run in the server's surroundings."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from jixiao.access.models import Account  # noqa: E402
from jixiao.access.queries import actor_of  # noqa: E402
from jixiao.org.tests.factories import PersonFactory  # noqa: E402
from jixiao.rectification.states import CaseState  # noqa: E402
from jixiao.rectification.tests.factories import CaseFactory  # noqa: E402
from jixiao.schemes.models import SchemeVersion  # noqa: E402
from jixiao.schemes.states import State  # noqa: E402
from jixiao.visits.actions import RoundPlan, open_round, plan_round  # noqa: E402
from jixiao.visits.queries.rounds import book_of  # noqa: E402
from jixiao.visits.states import RoundKind  # noqa: E402
from jixiao.visits.tests.factories import SelfMarkFactory, TeamFactory  # noqa: E402
from tests.e2e.people import assessor, session  # noqa: E402

TOWNS = ("柳湾乡", "云溪镇", "东岭乡", "河口镇")

office = actor_of(Account.objects.get(username="zhou"))
today = timezone.localdate()
scheme = SchemeVersion.objects.filter(state=State.PUBLISHED).latest("year")
plan = RoundPlan(RoundKind.ANNUAL, "年终现场评估", today, today + timedelta(days=20))
made = plan_round(scheme, by=office, plan=plan)
accounts = [assessor(username, name) for username, name in (("heyu", "何雨"), ("zhengqi", "郑启"))]
people = [PersonFactory(name=account.name, account=account) for account in accounts]
team = TeamFactory(round=made, name="甲组", people=people)
made.visits.update(team=team)
made.visits.exclude(name__in=TOWNS).delete()
made.visits.update(on=today, host="罗启明")
visits = {name: made.visits.get(name=name) for name in TOWNS}
first = visits[TOWNS[0]]
task = next(each for each in book_of(made).tasks(first.name) if each.is_on_site)
SelfMarkFactory(visit=first, code=task.code, values={}, mark=task.full)
CaseFactory(unit=first.unit, code=task.code, item=task.name, state=CaseState.VERIFIED)
open_round(made, by=office)
json.dump(
    {
        "visits": {name: each.pk for name, each in visits.items()},
        "sessions": {account.name: session(account) for account in accounts},
    },
    sys.stdout,
)
