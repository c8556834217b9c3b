"""A county for make bench-sync: forty visits of fifty items, each with an assessor signed in."""

import json
import os
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from benchmarks.sync import DEVICES, RECORDS  # noqa: E402
from jixiao.access.models import Account, Grant  # noqa: E402
from jixiao.access.permissions import Extent, Role  # noqa: E402
from jixiao.org.tests.factories import PersonFactory, UnitFactory  # noqa: E402
from jixiao.schemes.states import State  # noqa: E402
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme  # noqa: E402
from jixiao.visits.models import Entry, Record  # noqa: E402
from jixiao.visits.tests.factories import RoundFactory, TeamFactory, VisitFactory  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main() -> None:
    """Fill an empty database and print each device's session, visit and items."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    names = [f"第{number}镇" for number in range(DEVICES)]
    units = [UnitFactory(name=name) for name in names]
    round_ = RoundFactory(version_of=SchemeVersionFactory(state=State.PUBLISHED, of=_scheme(names)))
    codes = [f"1.{number}" for number in range(1, RECORDS + 1)]
    devices = []
    for number, unit in enumerate(units):
        account = _assessor(number)
        people = [PersonFactory(account=account), PersonFactory()]
        team = TeamFactory(round=round_, people=people)
        visit = VisitFactory(round=round_, unit=unit, team=team)
        devices.append((_session(account), visit.pk, codes))
    print(json.dumps(devices))


def _scheme(names: list[str]):  # noqa: ANN202
    items = [
        {"code": f"1.{number}", "name": f"第{number}项", "points": "2"}
        for number in range(1, RECORDS + 1)
    ]
    return scheme(
        groups=[{"name": "乡镇", "units": [{"name": name} for name in names]}],
        items=[{"code": "1", "name": "工作", "points": "100", "items": items}],
        data=[],
    )


def _assessor(number: int) -> Account:
    made = Account(username=f"ceping{number}", name=f"评估员{number}", must_change=False)
    made.set_unusable_password()
    made.save()
    Grant.objects.create(account=made, role=Role.ASSESSOR, extent=Extent.COUNTY, key="")
    return made


def _session(account: Account) -> str:
    made = SessionStore()
    made[SESSION_KEY] = str(account.pk)
    made[BACKEND_SESSION_KEY] = BACKEND
    made[HASH_SESSION_KEY] = account.get_session_auth_hash()
    made.create()
    return str(made.session_key)


def count() -> None:
    """Is everything there, and once?"""
    wanted = DEVICES * RECORDS
    records, entries = Record.objects.count(), Entry.objects.count()
    print(f"  收到 {records} 条记录、{entries} 次录入（应各为 {wanted}）")
    if (records, entries) != (wanted, wanted):
        sys.exit(f"数不对，数据在 {os.environ['JIXIAO_DATA']}")


if __name__ == "__main__":
    count() if "count" in sys.argv[1:] else main()
