"""Does each role's home page answer its first question, and nobody else's?"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import ROLES, Extent, Role
from jixiao.notices.actions import answer_opinion, write_opinion
from jixiao.notices.states import OpinionKind
from jixiao.notices.tests.factories import OpinionFactory, ReceiptFactory
from jixiao.org.models import Duty
from jixiao.org.states import DutyRole
from jixiao.org.tests.factories import PersonFactory, PostFactory, UnitFactory
from jixiao.periods.tests.clock import set_clock
from jixiao.periods.tests.factories import CycleFactory
from jixiao.portal.tests.conftest import County
from jixiao.results.actions import load_result
from jixiao.results.result import to_bytes
from jixiao.results.tests.county import county, run, scheme_data
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.scheme import leaves

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
Actors = Callable[..., Actor]
Accounts = Callable[..., Account]


def home(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def total(name: str) -> str:
    return mark_text(county().year[name]["total"], 2)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# ── The office ─────────────────────────────────────────────────────────────────────────────


def test_the_offices_heading_says_where_the_year_stands_who_is_late_and_what_waits(
    qinglan: County, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, date(2026, 4, 10))
    CycleFactory()
    for name in ("东岭乡", "石桥镇"):
        ReceiptFactory(unit=qinglan.unit(name), notice__due=-3)
    OpinionFactory(text="表太多")
    page = home(browser_of(Role.OFFICE))
    assert "现场</a>，4月28日止" in page
    assert "2 个单位逾期" in page
    assert "1 件事等您决定" in page
    assert "“现场”第 7 个工作日" in page  # 清明节调休，4月4日至6日放假


def test_the_office_sees_the_oldest_opinion_first_with_its_working_days(
    browser_of: Browsers,
) -> None:
    OpinionFactory(text="新的", waited=0)
    OpinionFactory(text="旧的", waited=40)
    page = home(browser_of(Role.OFFICE_HEAD))
    assert page.index("旧的") < page.index("新的")
    assert "badge late" in page
    assert "1 条意见超过十个工作日" in page


def test_a_loaded_result_waits_for_the_others_and_not_for_whoever_loaded_it(
    qinglan: County, account: Accounts
) -> None:
    loader, other = account(Role.OFFICE_HEAD), account(Role.OFFICE_HEAD)
    by = Actor(loader.name, loader.pk, qinglan.actor(Role.OFFICE_HEAD).held)
    load_result(to_bytes(county()), by=by, year=2026, round_name="年终评估")
    assert "等您办下一步" in home(signed_in(other))
    assert "等您办下一步" not in home(signed_in(loader))


def test_the_office_sees_which_units_lack_a_lead_or_a_liaison(
    qinglan: County, browser_of: Browsers
) -> None:
    gone = Duty.objects.filter(unit=qinglan.unit("白塔乡"), role=DutyRole.LIAISON)
    gone.update(until=date(2025, 1, 1))
    page = home(browser_of(Role.OFFICE))
    assert "缺联络员" in page
    assert "1 个：白塔乡" in page


def test_an_empty_platform_tells_the_office_what_to_do_first(browser_of: Browsers) -> None:
    page = home(browser_of(Role.OFFICE))
    assert "还没有安排年度周期" in page
    assert "安排年度" in page


# ── A unit ─────────────────────────────────────────────────────────────────────────────────


def test_a_unit_sees_what_is_asked_of_it_and_by_when(
    qinglan: County, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, date(2026, 9, 23))
    ReceiptFactory(unit=qinglan.unit("云溪镇"), notice__title="报三季度表", notice__due=7)
    ReceiptFactory(unit=qinglan.unit("河口镇"), notice__title="别人的通知")
    page = home(browser_of(Role.LIAISON, key=qinglan.unit("云溪镇").pk))
    assert "1 件事要办" in page
    assert "报三季度表" in page
    assert "剩 4 个工作日" in page
    assert "别人的通知" not in page


def test_a_unit_sees_what_it_got_why_and_never_another_units_marks(
    qinglan: County, browser_of: Browsers
) -> None:
    qinglan.publish()
    page = home(browser_of(Role.UNIT_LEAD, key=qinglan.unit("云溪镇").pk))
    assert total("云溪镇") in page
    assert "失分最多的三项" in page
    assert "/units/" in page
    assert [name for name in county().year if total(name) in page] == ["云溪镇"]


def test_a_unit_is_told_whom_it_lacks(qinglan: County, browser_of: Browsers) -> None:
    Duty.objects.filter(unit=qinglan.unit("云溪镇")).delete()
    page = home(browser_of(Role.LIAISON, key=qinglan.unit("云溪镇").pk))
    assert "还没有分管人、联络员" in page


def test_a_unit_without_a_result_is_told_when_it_comes(
    qinglan: County, browser_of: Browsers
) -> None:
    page = home(browser_of(Role.LIAISON, key=qinglan.unit("云溪镇").pk))
    assert "还没有公布的结果" in page
    assert "没有要办的事" in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_whoever_wrote_an_opinion_sees_its_answer_at_home(
    actor: Actors, account: Accounts, role: Role
) -> None:
    author = account(role)
    by = Actor(author.name, author.pk)
    made = write_opinion("怎么导出", by=by, kind=OpinionKind.QUESTION)
    answer_opinion(made, by=actor(Role.OFFICE), answer="右上角导出")
    page = home(signed_in(author))
    assert "您提的意见已答复" in page
    assert "右上角导出" in page


# ── A cadre ────────────────────────────────────────────────────────────────────────────────


def test_a_cadre_sees_posts_the_units_tier_and_the_way_to_the_own_grades(
    qinglan: County, account: Accounts
) -> None:
    qinglan.publish()
    one = account(Role.CADRE, key=qinglan.unit("云溪镇").pk)
    PostFactory(person=PersonFactory(account=one), unit=qinglan.unit("云溪镇"), title="党政办科员")
    page = home(signed_in(one))
    assert f"云溪镇 2026年度评为{county().tier_of('云溪镇')}" in page
    assert "党政办科员" in page
    assert "历次等次、依据和复核权利" in page
    assert total("云溪镇") not in page


def test_a_cadre_sees_what_the_years_scheme_asks_of_the_unit(
    qinglan: County, account: Accounts
) -> None:
    this_year = timezone.localdate().year
    for state in (State.PUBLISHED, State.DRAFT):
        SchemeVersionFactory(of=county().scheme, state=state, year=this_year)
    one = account(Role.CADRE, key=qinglan.unit("云溪镇").pk)
    page = home(signed_in(one))
    first = next(iter(leaves(county().scheme.items)))
    assert page.count("今年要我们做什么") == 1
    assert f"{first.code} {first.name}" in page
    assert "云溪镇今年" in page


def test_a_cadre_whose_unit_no_scheme_names_is_told_so(qinglan: County, account: Accounts) -> None:
    one = account(Role.CADRE, key=qinglan.unit("云溪镇").pk)
    PostFactory(person=PersonFactory(account=one), unit=qinglan.unit("云溪镇"))
    assert "公布的办法里没有本单位的考核项目" in home(signed_in(one))


def test_the_tier_of_a_section_is_that_of_its_unit(qinglan: County, account: Accounts) -> None:
    qinglan.publish()
    section = UnitFactory(name="党政办", kind="section", parent=qinglan.unit("云溪镇"))
    one = account(Role.CADRE, key=section.pk)
    PostFactory(person=PersonFactory(account=one), unit=section)
    assert "云溪镇 2026年度评为" in home(signed_in(one))


# ── The county's leaders ───────────────────────────────────────────────────────────────────


def test_a_leader_sees_tiers_movers_and_red_flags_on_one_page(
    qinglan: County, browser_of: Browsers
) -> None:
    data: dict[str, Any] = scheme_data()
    data["period"] = {"start": "2025-01-01", "end": "2025-12-31"}
    data["tiers"][0]["within"] = "≥82"
    names = list(qinglan.units)
    turned = run(data, names)
    qinglan.publish(turned, year=2025)
    qinglan.publish()
    OpinionFactory(waited=60)
    page = home(browser_of(Role.LEADER))
    for words in ("40 个单位", "各组等次", "乡镇园区", "触发“弄虚作假”", "没有答复"):
        assert words in page


def test_without_a_result_the_leaders_page_still_tells_what_is_wrong(
    qinglan: County, browser_of: Browsers
) -> None:
    ReceiptFactory(unit=qinglan.unit("云溪镇"), notice__due=-3)
    page = home(browser_of(Role.LEADER))
    assert "还没有公布的结果" in page
    assert "1 个单位到期没有签收通知" in page


# ── The three administrators, and nobody in particular ─────────────────────────────────────


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.SYSTEM_ADMIN, "个账号可以登录"),
        (Role.SECURITY_ADMIN, "没有账号被锁定"),
        (Role.AUDIT_ADMIN, "条审计记录等封链"),
    ],
)
def test_an_administrator_sees_the_own_lines_and_no_mark(
    qinglan: County, browser_of: Browsers, role: Role, words: str
) -> None:
    qinglan.publish()
    page = home(browser_of(role))
    assert words in page
    assert not [name for name in county().year if total(name) in page]
    assert "得分等次" not in page


def test_the_auditor_sees_when_the_record_was_verified_last(browser_of: Browsers) -> None:
    assert "还没有在平台上核验过" in home(browser_of(Role.AUDIT_ADMIN))
    browser_of(Role.AUDIT_ADMIN, name="管三").post(reverse("audit_verify"))
    page = home(browser_of(Role.AUDIT_ADMIN))
    assert "还没有在平台上核验过" not in page
    assert "管三" in page


def test_somebody_without_a_role_is_told_whom_to_ask() -> None:
    account = Account.objects.create(username="new", name="新人", must_change=False)
    page = home(signed_in(account))
    assert "您还没有角色" in page
    assert "请向本单位绩效分管人或县绩效办说明工作需要" in page


def test_whoever_holds_two_roles_gets_the_page_of_the_first(
    qinglan: County, account: Accounts
) -> None:
    one = account(Role.CADRE, key=qinglan.unit("云溪镇").pk)
    one.grants.create(role=Role.OFFICE, extent="county", key="", since=timezone.localdate())
    assert "等我决定" in home(signed_in(one))


# ── Queries ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [70, 700])
@pytest.mark.parametrize("role", [Role.OFFICE_HEAD, Role.LEADER, Role.LIAISON, Role.CADRE])
def test_a_home_page_asks_the_database_equally_often_for_70_and_700_units(
    actor: Actors,
    account: Accounts,
    django_assert_max_num_queries: Callable[..., Any],
    role: Role,
    count: int,
) -> None:
    names = [f"第{number}单位" for number in range(count)]
    groups = [{"name": "乡镇园区", "units": [{"name": name} for name in names]}]
    units = [UnitFactory(name=name, group="乡镇园区") for name in names]
    County({}, actor).publish(run(scheme_data() | {"groups": groups}, names))
    for unit in units:
        ReceiptFactory(unit=unit, notice__due=-3)
    CycleFactory(until=date(2100, 1, 1))
    where = {"key": units[0].pk} if role in (Role.LIAISON, Role.CADRE) else {}
    client = signed_in(account(role, **where))
    home(client)  # the first visit notes the session and reads the result
    with django_assert_max_num_queries(15):
        home(client)


def test_search_finds_units_and_people_by_pinyin(browser_of: Browsers) -> None:
    UnitFactory(name="云溪镇")
    PersonFactory(name="韩松")
    client = browser_of(Role.LEADER)
    assert "云溪镇" in client.get("/search/?q=yxz").content.decode()
    assert "韩松" in client.get("/search/?q=hansong").content.decode()
    assert "没有找到" in client.get("/search/?q=zzz").content.decode()


def test_suggestions_are_a_part_of_the_page_only(browser_of: Browsers) -> None:
    UnitFactory(name="云溪镇")
    answer = browser_of(Role.LEADER).get("/search/?q=yx", headers={"HX-Request": "true"})
    assert "云溪镇" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_whoever_may_not_see_units_finds_none(browser_of: Browsers) -> None:
    UnitFactory(name="云溪镇")
    page = browser_of(Role.AUDIT_ADMIN).get("/search/?q=yxz").content.decode()
    assert "云溪镇" not in page
    assert "您的角色不查单位和人员" in page


@pytest.mark.parametrize("role", list(Role))
def test_help_is_there_for_everybody(browser_of: Browsers, role: Role) -> None:
    where = {} if ROLES[role].extent == Extent.COUNTY else {"key": UnitFactory().pk}
    assert "一年七步" in browser_of(role, **where).get("/help/").content.decode()
