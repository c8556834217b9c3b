"""A county to measure, and the pages that are measured."""

import time
from datetime import date, timedelta
from itertools import cycle, islice

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Role
from jixiao.access.queries import actor_of
from jixiao.audit.models import Event
from jixiao.core.pinyin import search_text
from jixiao.org.models import Duty, Person, Post, Unit, UnitVersion
from jixiao.portal.navigation import navigation

START = date(2024, 1, 1)
WHO = (
    Role.OFFICE_HEAD,
    Role.LIAISON,
    Role.CADRE,
    Role.LEADER,
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.AUDIT_ADMIN,
)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GROUPS = {"乡镇": "township", "园区": "zone", "部门": "department"}


def prepare() -> None:
    """An empty platform."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def fill(*, units: int, people: int, years: int) -> None:
    """Grow the county to so many units and people, with posts, duties and audit entries of years."""
    have = Unit.objects.count()
    groups = list(islice(cycle(GROUPS.items()), units))
    for number, (group, kind) in list(enumerate(groups))[have:]:
        name = f"第{number}单位"
        unit = Unit.objects.create(
            name=name,
            kind=kind,
            group=group,
            since=START,
            order=number,
            search=search_text(name),
            path="/",
        )
        Unit.objects.filter(pk=unit.pk).update(path=f"/{unit.pk}/")
        UnitVersion.objects.create(unit=unit, name=name, kind=kind, group=group, since=START)
    _people(people, years)


def _people(people: int, years: int) -> None:
    units = list(Unit.objects.all())
    have = Person.objects.count()
    made = Person.objects.bulk_create([
        Person(name=f"人员{n}", code=f"R{n:05d}", rank="section_deputy", search=search_text(f"人员{n}"))
        for n in range(have, people)
    ])  # fmt: skip
    Post.objects.bulk_create(
        Post(
            person=person,
            unit=units[n % len(units)],
            title="副职",
            since=START + timedelta(days=365 * year),
        )
        for n, person in enumerate(made)
        for year in range(years)
        if year == 0
    )
    roles = ("liaison", "lead", "head")
    busy = set(Duty.objects.values_list("unit_id", flat=True))
    Duty.objects.bulk_create(
        Duty(unit=unit, person=made[(3 * n + place) % len(made)], role=role, since=START)
        for n, unit in enumerate(units)
        if unit.pk not in busy
        for place, role in enumerate(roles)
    )
    Event.objects.bulk_create(
        Event(
            action="org.rename_unit",
            label="更名",
            actor="周明岚",
            subject="org.unit:1",
            subject_label="第1单位",
            changes=[],
        )
        for _ in range(people * years)
    )


def measure(turns: int) -> dict[str, tuple[float, int]]:
    """Milliseconds (least of ``turns``) and queries of every page; pages take turns."""
    pages = {"空页": (_browser(Role.OFFICE_HEAD), "/bare/")}
    for role in WHO:
        client = _browser(role)
        for entry in _ways(role):
            pages[f"{role.label} {entry.label}"] = (client, entry.url)
    queries = {}
    for name, (client, url) in pages.items():
        client.get(url)  # the first visit of a minute notes that somebody is at work
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(url)
        assert answer.status_code == 200, (name, url, answer.status_code)
        queries[name] = len(caught)
    best = dict.fromkeys(pages, float("inf"))
    for _ in range(turns):
        for name, (client, url) in pages.items():
            start = time.perf_counter()
            client.get(url)
            best[name] = min(best[name], (time.perf_counter() - start) * 1000)
    return {name: (best[name], queries[name]) for name in pages}


def _account(role: Role) -> Account:
    account, fresh = Account.objects.get_or_create(
        username=role.value, defaults={"name": role.label, "must_change": False}
    )
    if fresh:
        key = (
            str(Unit.objects.values_list("pk", flat=True)[0])
            if ROLES[role].extent == "unit"
            else ""
        )
        Grant.objects.create(account=account, role=role, extent=ROLES[role].extent, key=key)
        Person.objects.filter(account=None).first()
    return account


def _browser(role: Role) -> Client:
    client = Client()
    client.force_login(_account(role), backend=BACKEND)
    return client


def _ways(role: Role) -> list:
    return [
        entry for group in navigation(actor_of(_account(role)), "/", counts={}) for entry in group
    ]
