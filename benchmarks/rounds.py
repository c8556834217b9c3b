"""How long does it take to plan and open a round of 70 units × 60 items, with teams and days?"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import django

UNITS, ITEMS, TEAMS = 70, 60, 10
GOAL = 2.0
"""Seconds for planning and opening together."""
SINCE, UNTIL = date(2026, 11, 2), date(2026, 11, 30)
Timed = Callable[[str, Callable[[], object]], object]


def main() -> None:
    """Print the seconds of each step, on a database of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.config.settings"
    os.environ["JIXIAO_DEMO"] = "1"
    os.environ["JIXIAO_DATA"] = tempfile.mkdtemp(prefix="jixiao-bench-")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    measure_round()


def measure_round() -> None:
    """Plan, form teams, assign, plan days and open; the migrated database is the caller's."""
    from jixiao.visits import actions
    from jixiao.visits.states import RoundKind

    spent: dict[str, float] = {}

    def timed(name: str, do: Callable[[], object]) -> object:
        start = time.perf_counter()
        found = do()
        spent[name] = time.perf_counter() - start
        return found

    office, version, assessors = _county()
    plan = actions.RoundPlan(RoundKind.ANNUAL, "全年评估", SINCE, UNTIL)
    round_ = timed("筹备", lambda: actions.plan_round(version, by=office, plan=plan))
    for number, two in enumerate(list(pairwise(assessors))[::2]):
        actions.form_team(round_, by=office, name=f"第{number}组", people=two)
    timed("自动分组", lambda: actions.assign_teams(round_, by=office))
    days = actions.DayPlan(SINCE, UNTIL)
    timed("自动排日程", lambda: actions.plan_days(round_, by=office, plan=days))
    timed("开始", lambda: actions.open_round(round_, by=office))
    told = "，".join(f"{name}{seconds:.2f}秒" for name, seconds in spent.items())
    both = spent["筹备"] + spent["开始"]
    print(f"{UNITS}个单位×{ITEMS}项，{TEAMS}个组：{told}")
    print(f"筹备和开始共{both:.2f}秒（目标不超过{GOAL:.0f}秒）")


def _county() -> tuple:
    """Somebody of the office, a published scheme with its units in the books, and assessors."""
    from jixiao.access.models import Account, Grant
    from jixiao.access.permissions import Role
    from jixiao.access.queries import actor_of
    from jixiao.org.tests.factories import PostFactory, UnitFactory
    from jixiao.schemes.states import State
    from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
    from jixiao.visits.tests.factories import AssessorFactory

    units = [UnitFactory(name=f"第{n}镇") for n in range(UNITS)]
    items = [{"code": f"1.{n}", "name": f"第{n}项", "points": "1"} for n in range(ITEMS)]
    document = scheme(
        full=str(ITEMS),
        groups=[{"name": "乡镇", "units": [{"name": unit.name} for unit in units]}],
        data=[],
        items=[{"code": "1", "name": "工作", "points": str(ITEMS), "items": items}],
        tiers=[{"name": "先进", "within": "≥48"}, {"name": "达标", "within": "<48"}],
    )
    version = SchemeVersionFactory(state=State.PUBLISHED, of=document)
    assessors = [AssessorFactory() for _ in range(2 * TEAMS)]
    for number, person in enumerate(assessors):
        PostFactory(person=person, unit=units[number])
    account = Account.objects.create(username="bench", name="绩效办")
    Grant.objects.create(account=account, role=Role.OFFICE, extent="county")
    return actor_of(account), version, assessors


if __name__ == "__main__":
    main()
