"""Do the pages of rounds lead from the plan to the open round, and show everybody only what is theirs?"""

import re
from collections.abc import Callable
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PostFactory, UnitFactory
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.visits import lots
from jixiao.visits.models import Draw, Round, Team, Tie, Visit
from jixiao.visits.states import RoundKind, RoundState, TieKind
from jixiao.visits.tests.factories import (
    AssessorFactory,
    DrawFactory,
    RoundFactory,
    TeamFactory,
    TieFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
ROOM = Path(__file__).parent.parent
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def office(browser_of: Browsers) -> Client:
    return browser_of(Role.OFFICE)


@pytest.fixture
def version() -> SchemeVersion:
    """A published scheme of two rounds whose units are in the books."""
    for name, group in (("云溪镇", "乡镇"), ("河口镇", "乡镇"), ("财政局", "部门")):
        UnitFactory(name=name, group=group)
    rounds = [{"code": "半年", "name": "半年评估", "weight": "2/5"}, {"code": "全年", "name": "全年评估", "weight": "3/5"}]  # fmt: skip
    return SchemeVersionFactory(state=State.PUBLISHED, of=scheme(rounds=rounds))


def text(client: Client, route: str, *where: object) -> str:
    answer = client.get(reverse(route, args=where))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def sent(client: Client, route: str, *where: object, **facts: object) -> str:
    """The page that comes after a form."""
    told = {"once": f"{route}{where}{facts}"[:40], **facts}
    return client.post(reverse(route, args=where), told, follow=True).content.decode()


def county(units: int) -> Round:
    """A round of so many units with a day and a team each."""
    round_ = RoundFactory(state=RoundState.PLANNED)
    teams = [
        TeamFactory(round=round_, people=[AssessorFactory(), AssessorFactory()]) for _ in "甲乙丙"
    ]
    made = [UnitFactory(name=f"第{n}镇") for n in range(units)]
    Visit.objects.bulk_create(
        Visit(
            round=round_, unit=unit, name=unit.name, group="乡镇", team=teams[n % 3], order=n,
            on=date(2026, 11, 2 + n % 20), starts=time(9), ends=time(11),
        )
        for n, unit in enumerate(made)
    )  # fmt: skip
    return round_


# ------------------------------------------------------------------ from the plan to the open round


def test_a_round_goes_from_plan_to_open_in_the_browser(
    office: Client, version: SchemeVersion
) -> None:
    assert "还没有评估轮次" in text(office, "rounds")
    page = sent(office, "round_plan", kind="annual", name="全年评估", code="全年", since="2026-11-02", until="2026-11-30")  # fmt: skip
    round_ = Round.objects.get()
    assert "给3个单位指定评估组" in page
    assert 'disabled><svg class="icon"' in page
    for name in ("何静", "郑启"):
        AssessorFactory(name=name)
    people = [person.pk for person in AssessorFactory._meta.model.objects.all()]
    assert "何静" in sent(office, "team_form", round_.pk, name="第一组", people=people)
    assert "单位都已分组" in sent(office, "teams_assign", round_.pk)
    page = sent(office, "schedule_fill", round_.pk, since="2026-11-02", until="2026-11-30", a_day=2)
    assert "日程没有冲突" in page
    assert "已通知3个单位" in sent(office, "schedule_announce", round_.pk)
    sent(office, "round_open", round_.pk)
    round_.refresh_from_db()
    assert (round_.state, round_.digest) == (RoundState.OPEN, version.digest)


def test_the_round_says_how_the_year_is_put_together(
    office: Client, version: SchemeVersion
) -> None:
    half = RoundFactory(version_of=version, code="半年", name="上半年评估")
    page = text(office, "round", half.pk)
    assert "权重 0.4" in page
    assert "权重 0.6" in page
    assert "2026年度上半年评估" in page
    assert version.digest in page


def test_a_scheme_that_is_not_published_is_not_offered(office: Client) -> None:
    SchemeVersionFactory()
    assert "还没有已发布的办法" in text(office, "round_plan")


def test_what_is_wrong_is_said_beside_the_field(office: Client, version: SchemeVersion) -> None:  # noqa: ARG001
    page = sent(office, "round_plan", kind="annual", name="全年评估", since="2026-11-30", until="2026-11-02")  # fmt: skip
    assert "止日不能早于起日" in page


def test_a_unit_is_excused_and_comes_back(office: Client) -> None:
    visit = VisitFactory()
    page = sent(office, "visit_excuse", visit.pk, reason="年中撤并", version=visit.version)
    assert "不参加本轮：年中撤并" in page
    assert "年中撤并" in text(office, "visit_resume", visit.pk)
    sent(office, "visit_resume", visit.pk)
    visit.refresh_from_db()
    assert visit.state == "planned"


def test_units_are_added_by_name(office: Client, version: SchemeVersion) -> None:
    round_ = RoundFactory(version_of=version)
    VisitFactory(round=round_, unit=Unit.objects.get(name="云溪镇"))
    assert "河口镇" in text(office, "round_add", round_.pk)
    sent(office, "round_add", round_.pk, units=[Unit.objects.get(name="河口镇").pk])
    assert round_.visits.count() == 2


def test_a_round_over_opens_again_with_a_reason(office: Client) -> None:
    over = RoundFactory(state=RoundState.CLOSED)
    sent(office, "round_reopen", over.pk, reason="漏评一家", version=over.version)
    over.refresh_from_db()
    assert over.is_open


# ------------------------------------------------------------------ teams and ties


def test_a_tie_declared_later_is_shown_to_the_office_and_not_to_others(
    office: Client, browser_of: Browsers
) -> None:
    round_ = county(3)
    team = round_.teams.first()
    TieFactory(person=team.seats.first().person, unit=team.visits.first().unit)
    assert "1 处要回避" in text(office, "teams", round_.pk)
    assert "亲属在该单位任职" in text(office, "teams", round_.pk)
    assert "解决1处回避" in text(office, "round", round_.pk)
    assessor = browser_of(Role.ASSESSOR)
    for route in ("teams", "round"):
        assert "处回避" not in text(assessor, route, round_.pk)
    assert "亲属" not in text(assessor, "teams", round_.pk)


def test_seats_are_given_and_taken(office: Client) -> None:
    round_ = RoundFactory(state=RoundState.PLANNED)
    team = TeamFactory(round=round_, people=[AssessorFactory()])
    other = AssessorFactory(name="郑启")
    PostFactory(person=other, unit=UnitFactory(name="财政局"))
    assert "郑启（财政局）" in text(office, "seat_add", team.pk)
    assert "郑启" in sent(office, "seat_add", team.pk, person=other.pk)
    sent(office, "seat_head", team.seats.last().pk)
    sent(office, "seat_remove", team.seats.last().pk)
    assert [seat.person for seat in team.seats.all()] == [other]
    assert "第九组" in sent(office, "team_rename", team.pk, name="第九组", version=team.version)
    sent(office, "team_drop", team.pk)
    assert not Team.objects.exists()


def test_an_assessor_declares_and_ends_only_an_own_tie() -> None:
    town, stranger = UnitFactory(name="云溪镇"), TieFactory(unit__name="河口镇")
    me, client = AssessorFactory(name="何静", account__must_change=False), Client()
    client.force_login(me.account, backend=BACKEND)
    facts = {"person": me.pk, "unit": "云溪镇", "kind": TieKind.RELATIVE}
    assert "云溪镇" in sent(client, "tie_declare", **facts)
    tie = Tie.objects.get(person=me, unit=town)
    assert "河口镇" not in text(client, "ties")
    assert client.get(reverse("tie_end", args=[stranger.pk])).status_code == 404
    today = tie.declared_at.date().isoformat()
    sent(client, "tie_end", tie.pk, until=today, reason="调离", version=tie.version)
    tie.refresh_from_db()
    assert tie.until


def test_an_assessor_sees_the_own_visits_and_takes_them_along() -> None:
    round_ = RoundFactory()
    me, client = AssessorFactory(account__must_change=False), Client()
    team = TeamFactory(round=round_, people=[me, AssessorFactory()])
    VisitFactory(round=round_, team=team, on=date(2026, 11, 2), starts=time(9))
    VisitFactory(round=round_, unit__name="河口镇", team=TeamFactory(round=round_))
    client.force_login(me.account, backend=BACKEND)
    page = text(client, "my_visits")
    assert ("云溪镇" in page, "河口镇" in page) == (True, False)
    told = client.get(reverse("visits_mine_calendar"))
    [event] = Calendar.from_ical(told.content).walk("VEVENT")
    assert told["Content-Type"].startswith("text/calendar")
    assert str(event["summary"]).startswith("云溪镇")


# ------------------------------------------------------------------ draws


def test_a_draw_is_promised_drawn_and_downloaded(
    browser_of: Browsers, version: SchemeVersion
) -> None:
    round_ = RoundFactory(version_of=version, kind=RoundKind.SPOT)
    first, second = browser_of(Role.OFFICE), browser_of(Role.OFFICE)
    town = Unit.objects.get(name="云溪镇")
    facts = {"name": "三季度抽查", "count0": 1, "count1": 1, "out": [town.pk]}
    assert "请写明为什么不参加" in sent(first, "draw_commit", round_.pk, **facts)
    sent(first, "draw_commit", round_.pk, **facts, why="上月刚查过")
    draw = Draw.objects.get()
    page = text(first, "draw", draw.pk)
    assert (draw.commitment in page, draw.seed in page) == (True, False)
    said = {"word": "8023", "witness": "老吴", "version": draw.version}
    assert "由两个人办理" in sent(first, "draw_do", draw.pk, **said)
    page = sent(second, "draw_do", draw.pk, **said)
    assert (draw.seed in page, "河口镇" in page) == (True, True)
    file = first.get(reverse("draw_file", args=[draw.pk]))
    assert lots.problems(file.content.decode()) == []


def test_the_seed_is_nowhere_before_the_draw(office: Client, browser_of: Browsers) -> None:
    draw = DrawFactory(seed="ab" * 32)
    for client in (office, browser_of(Role.ASSESSOR), browser_of(Role.LEADER)):
        for route, row in (("draw", draw), ("draws", draw.round), ("round", draw.round)):
            assert draw.seed not in text(client, route, row.pk)
        assert draw.seed not in client.get(reverse("draw_file", args=[draw.pk])).content.decode()


# ------------------------------------------------------------------ the plan


def test_the_plan_leaves_as_workbook_and_calendar(office: Client) -> None:
    round_ = county(5)
    told = b"".join(office.get(reverse("schedule_workbook", args=[round_.pk])))  # type: ignore[call-overload]
    sheet = openpyxl.load_workbook(BytesIO(told)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("日期", "星期", "时间", "单位")
    assert rows[1][:4] == ("2026-11-02", "周一", "9:00—11:00", "第0镇")
    told = office.get(reverse("schedule_calendar", args=[round_.pk])).content
    assert len(Calendar.from_ical(told).walk("VEVENT")) == 5


def test_a_day_is_changed_and_the_clash_is_shown(office: Client) -> None:
    round_ = county(4)
    last, first = round_.visits.get(order=3), round_.visits.get(order=0)
    facts = {"on": first.on, "starts": "10:00", "ends": "12:00", "version": last.version}
    page = sent(office, "visit_schedule", last.pk, **facts)
    assert "第一" not in page
    assert "同一时间还要到第0镇（9:00—11:00）" in page
    assert "1 处冲突" not in page
    assert "2 处冲突" in page


def test_the_team_of_a_unit_is_changed(office: Client) -> None:
    round_ = county(2)
    visit, other = round_.visits.first(), round_.teams.last()
    facts = {"team": other.pk, "reason": "", "version": visit.version}
    assert "已指定" in sent(office, "visit_team", visit.pk, **facts)
    visit.refresh_from_db()
    assert visit.team == other


# ------------------------------------------------------------------ who sees what, and how fast


def test_a_unit_sees_its_own_day_and_team_and_no_round(browser_of: Browsers) -> None:
    round_ = RoundFactory()
    team = TeamFactory(round=round_, name="第一组")
    own = VisitFactory(round=round_, team=team, on=date(2026, 11, 2))
    VisitFactory(round=round_, unit__name="河口镇", team=team, on=date(2026, 11, 3))
    client = browser_of(Role.LIAISON, key=own.unit.pk)
    page = text(client, "rounds")
    assert ("第一组" in page, "11月2日" in page, "河口镇" in page) == (True, True, False)
    for route in ("round", "teams", "schedule", "draws", "schedule_calendar"):
        assert client.get(reverse(route, args=[round_.pk])).status_code == 403


@pytest.mark.parametrize("units", [70, 700])
@pytest.mark.parametrize("route", ["round", "teams", "schedule", "schedule_workbook", "draws"])
def test_pages_of_a_round_run_few_queries_whatever_its_size(
    office: Client, django_assert_max_num_queries: Callable[..., Any], units: int, route: str
) -> None:
    round_ = county(units)
    with django_assert_max_num_queries(15):
        assert office.get(reverse(route, args=[round_.pk])).status_code == 200


def test_lists_run_few_queries(
    office: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(60):
        RoundFactory()
        TieFactory()
    for route in ("rounds", "ties"):
        with django_assert_max_num_queries(15):
            assert office.get(reverse(route)).status_code == 200


def test_the_list_of_visits_is_searched_filtered_and_exported(office: Client) -> None:
    round_ = county(60)
    team = round_.teams.first()
    url = reverse("round", args=[round_.pk])
    assert "共 1 条" in office.get(url, {"q": "第17镇"}).content.decode()
    assert "共 20 条" in office.get(url, {"team": team.pk}).content.decode()
    told = b"".join(office.get(url, {"export": "xlsx"}))  # type: ignore[call-overload]
    assert openpyxl.load_workbook(BytesIO(told)).active.max_row == 61


# ------------------------------------------------------------------ optional means optional


def test_nobody_is_tracked_checked_in_or_made_to_take_photos() -> None:
    forbidden = re.compile(
        r"geolocation|getCurrentPosition|watchPosition|latitude|longitude|check_?in\b|打卡签到"
        r"|online_(time|minutes)|capture=[\"']?\w+[\"']?[^>]*required|required[^>]*capture=",
        re.IGNORECASE,
    )
    texts = [
        path
        for kind in ("*.py", "*.html", "*.js")
        for path in ROOM.rglob(kind)
        if "tests" not in path.parts
    ]
    assert len(texts) > 20
    assert [path.name for path in texts if forbidden.search(path.read_text("utf-8"))] == []
