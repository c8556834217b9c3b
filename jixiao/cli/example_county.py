"""Which county does a newcomer see? The fictitious 清岚县, entered by the same actions as a real one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from jixiao.access.actions import grant_role, open_account
from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import ROLES, Extent, Role
from jixiao.access.queries import actor_of
from jixiao.appraisals import example as appraisals
from jixiao.audit.chain import HEADS_FILE, seal_all
from jixiao.bulletins import example as bulletins
from jixiao.cli.output import step
from jixiao.consequences import example as consequences
from jixiao.events import example as events
from jixiao.grades import example as grades
from jixiao.notices import example as notices
from jixiao.org.actions import apply_workbook, hand_in_workbook, link_account
from jixiao.org.actions.facts import Basis
from jixiao.org.models import Duty, Person, Post, Unit
from jixiao.org.queries.imports import preview_of
from jixiao.org.states import Rank
from jixiao.periods import example as periods
from jixiao.ratings import example as ratings
from jixiao.rectification import example as rectification
from jixiao.results import composite_example as composite
from jixiao.results import example as results
from jixiao.schemes import example as schemes
from jixiao.schemes.models import SchemeVersion
from jixiao.visits import example as visits

FOLDER = Path("examples") / "清岚县"
PASSWORD = "qinglan-2026"  # noqa: S105 - shown on the sign-in page of the example county
UNIT = "云溪镇"
FOUNDED = date(2026, 7, 31)
SLOW = ("东岭乡", "卫健局", "商务局")
"""Units that have not signed for what they were told."""


OTHER_LEADERS = ("高明远", "林清和", "孙立平")
"""County leaders who rank the parks beside the one as whom a newcomer looks around."""
LENDING = ("审计局", "统计局", "财政局", "司法局", "人社局", "发改局")
"""Departments from which assessors come; nobody goes to the own one."""


@dataclass(frozen=True)
class Visitor:
    """An account with which a newcomer looks around."""

    username: str
    name: str
    role: Role
    sees: str


VISITORS = (
    Visitor("zhou", "周明岚", Role.OFFICE_HEAD, "全县走到哪一步，什么等我决定"),
    Visitor("lu", "陆宁", Role.OFFICE, "起草办法、维护单位人员、答复意见"),
    Visitor("song", "宋远", Role.LEADER, "一页看全县：等次、变动、红旗"),
    Visitor("renshi", "孟人事", Role.PERSONNEL, "依据审定的结果办理个人等次和结果运用"),
    Visitor("pinggu", "", Role.ASSESSOR, "今天去哪里，带着平板现场记录，没有网络也行"),
    Visitor("fenguan", "", Role.UNIT_LEAD, f"{UNIT}：要办什么，得了多少分，为什么"),
    Visitor("hansong", "", Role.LIAISON, f"{UNIT}联络员：同上，并代本单位签收"),
    Visitor("ganbu", "", Role.CADRE, f"{UNIT}干部：我的任职和本单位的结果"),
    Visitor("xitong", "何系统", Role.SYSTEM_ADMIN, "开设、停用账号"),
    Visitor("anquan", "安全平", Role.SECURITY_ADMIN, "授予、收回角色"),
    Visitor("shenji", "沈审计", Role.AUDIT_ADMIN, "查看、核验审计记录"),
)


def load_example_county() -> None:
    """Enter the county, once; a platform that has accounts is left as it is."""
    if Account.objects.exists():
        return
    terminal = Actor("命令行", terminal=True, origin="命令行")
    with step("装入清岚县：单位、人员、分工", quiet=False):
        _load_org(terminal)
    with step("账号和角色", quiet=False):
        people: dict[Role, Actor] = {
            each.role: _visitor(each, terminal) for each in VISITORS if each.role != Role.ASSESSOR
        }
    with step("周期、办法、现场评估、整改、评议、加扣分、结果、通报、个人考核", quiet=False):
        _load_year(people, terminal)
    seal_all(settings.DATA / HEADS_FILE)


def accounts_to_show() -> Iterator[str]:
    """One line an account, for the terminal."""
    yield f"示例账号（密码都是 {PASSWORD}）："
    for each in VISITORS:
        yield f"  {each.username:<8} {each.role.label:　<10} {each.sees}"


def _load_org(by: Actor) -> None:
    content = (FOLDER / "机构人员.xlsx").read_bytes()
    handed = hand_in_workbook("机构人员.xlsx", by=by, content=content)
    look = preview_of(handed)
    basis = Basis(FOUNDED, "清绩办〔2026〕1号")
    apply_workbook(handed, by=by, fingerprint=look.fingerprint, basis=basis, reason="装入示例县")


def _visitor(visitor: Visitor, by: Actor) -> Actor:
    """The account of a visitor; those of the unit belong to people who work there."""
    if ROLES[visitor.role].extent != Extent.UNIT:
        return _open(visitor, by)
    return _open(visitor, by, unit=Unit.objects.get(name=UNIT), person=_person_of(visitor.role))


def _open(
    visitor: Visitor,
    by: Actor,
    *,
    password: str | None = PASSWORD,
    unit: Unit | None = None,
    person: Person | None = None,
) -> Actor:
    """An account with its role, in the county or in a unit; without a password nobody gets in."""
    name = person.name if person else visitor.name
    account = open_account(visitor.username, by=by, name=name, password=password)
    account.must_change = False
    account.save()
    key = str(unit.pk) if unit else ""
    grant_role(account, by=by, role=visitor.role, key=key, document="示例")
    if person:
        link_account(person, by=by, account=account)
    return actor_of(account, origin="示例")


def _person_of(role: Role) -> Person:
    """Who holds this role in the visitors' unit."""
    duties = Duty.objects.filter(unit__name=UNIT, until=None)
    if role in (Role.UNIT_LEAD, Role.LIAISON):
        return duties.get(role="lead" if role == Role.UNIT_LEAD else "liaison").person
    return Post.objects.filter(unit__parent__name=UNIT, until=None).order_by("pk")[0].person


def _load_year(people: dict[Role, Actor], by: Actor) -> None:
    today = timezone.localdate()
    office, head = people[Role.OFFICE], people[Role.OFFICE_HEAD]
    periods.suppose_next_year(settings.DATA, year=today.year + 1)
    periods.load_example(office, year=today.year, today=today)
    schemes.load_example(office, approver=head)
    results.load_example(FOLDER, year=today.year - 1, loader=office, publisher=head)
    consequences.load_example(office=office, head=head, personnel=people[Role.PERSONNEL])
    writers = [people[Role.LIAISON], people[Role.UNIT_LEAD], people[Role.CADRE]]
    answers = _liaisons(people, by)
    notices.load_example(writers, office=office, signers=answers, today=today)
    rectification.load_example(office, office=office, verifier=head, answers=answers, today=today)
    appraisals.load_example(office, answers=answers, today=today)
    bulletins.load_example(FOLDER, year=today.year - 1, office=office, head=head)
    hands = visits.Hands(office, head, answers)
    visits.load_example(FOLDER, hands=hands, assessors=_assessors(by), today=today)
    rated = ratings.load_example(FOLDER, office=office, head=head, units=answers, today=today)
    leaders = [people[Role.LEADER], *_other_leaders(by)]
    ratings.load_ranking(rated, office=office, leaders=leaders, today=today)
    _load_grades(people, by, today)
    signing = events.Hands(office, head, people[Role.LEADER], answers)
    _load_matters(signing, today)


def _load_matters(hands: events.Hands, today: date) -> None:
    """This year's awards and criticisms; last year's composite appraisal, scored."""
    this, last = today.year, today.year - 1
    version = SchemeVersion.objects.public().filter(year=this).latest("number")
    events.load_example(events.this_year(this), version=version, hands=hands, today=today)
    office, head = hands.office, hands.head
    whole = composite.publish_scheme(FOLDER, year=last, office=office, approver=head)
    composite.tell_figures(whole, office=office)
    events.load_example(events.last_year(last), version=whole, hands=hands, today=today)
    composite.score(whole, office=office, head=head)


def _other_leaders(by: Actor) -> Iterator[Actor]:
    """Leaders as whom nobody looks around."""
    for number, name in enumerate(OTHER_LEADERS, 2):
        yield _open(Visitor(f"lingdao{number}", name, Role.LEADER, ""), by, password=None)


def _load_grades(people: dict[Role, Actor], by: Actor, today: date) -> None:
    """Two units' people, a second person in the personnel department, somebody who objects."""
    grades.enter_people(by)
    second = _open(Visitor("zuzhi", "齐文", Role.PERSONNEL, ""), by)
    duty = Duty.objects.get(unit__name="财政局", role="lead", until=None)
    lead = _open(
        Visitor("caizheng", duty.person.name, Role.UNIT_LEAD, ""),
        by, password=None, unit=duty.unit, person=duty.person,
    )  # fmt: skip
    failed = Person.objects.get(name=grades.FAILED)
    objector = _open(
        Visitor("yan", failed.name, Role.CADRE, ""),
        by, password=None, unit=duty.unit, person=failed,
    )  # fmt: skip
    leads = {UNIT: people[Role.UNIT_LEAD], "财政局": lead}
    hands = grades.Hands(people[Role.PERSONNEL], second, leads, people[Role.CADRE], objector)
    grades.load_example(hands, today=today)


def _assessors(by: Actor) -> list[tuple[Person, Actor]]:
    """Deputy heads lent by other departments; a newcomer looks around as the first."""
    shown = next(each for each in VISITORS if each.role == Role.ASSESSOR)
    posts = Post.objects.filter(
        until=None, unit__name__in=LENDING, person__rank=Rank.SECTION_DEPUTY, person__account=None
    ).order_by("pk")
    found = []
    for number, post in enumerate(posts.select_related("person")[: 2 * len(visits.TEAMS)], 1):
        username = shown.username if number == 1 else f"{shown.username}{number}"
        visitor = Visitor(username, post.person.name, Role.ASSESSOR, "")
        password = PASSWORD if number in (1, 2) else None
        found.append((post.person, _open(visitor, by, password=password, person=post.person)))
    return found


def _liaisons(people: dict[Role, Actor], by: Actor) -> dict[int, Actor]:
    """The liaisons who sign what their units are told; a few units have not done it yet."""
    found = {}
    duties = Duty.objects.filter(
        role="liaison", until=None, unit__in=Unit.objects.open().assessed()
    )
    for duty in duties.select_related("person", "unit").exclude(unit__name__in=SLOW):
        if duty.person.account_id:
            found[duty.unit_id] = people[Role.LIAISON]
            continue
        found[duty.unit_id] = _open(
            Visitor(f"lianluo{duty.unit_id}", duty.person.name, Role.LIAISON, ""),
            by, password=None, unit=duty.unit, person=duty.person,
        )  # fmt: skip
    return found
