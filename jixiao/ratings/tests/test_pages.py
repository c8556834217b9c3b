"""Do the pages of polls show everybody what is theirs, nobody more, and residents nothing but a ballot?"""

import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.ratings.actions import make_codes
from jixiao.ratings.models import OneTimeCode, PaperBatch, Poll, Tally
from jixiao.ratings.states import PollKind, PollState
from jixiao.ratings.tests.conftest import AFTER
from jixiao.ratings.tests.factories import by_residents, choices, opened, planned, rater_of
from jixiao.ratings.views.public import TRIES
from jixiao.schemes.models import SchemeVersion

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
RATE = "/rate/"


def text(client: Client, route: str, *where: object, **asked: str) -> str:
    answer = client.get(reverse(route, args=where), asked)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


@pytest.fixture
def town(poll: Poll, browser_of: Browsers) -> Client:
    """The liaison of 云溪镇, which rates."""
    assert poll
    return browser_of(Role.LIAISON, key=Unit.objects.get(name="云溪镇").pk)


@pytest.fixture
def desk(browser_of: Browsers) -> Client:
    """Somebody in the office."""
    return browser_of(Role.OFFICE)


# ── Setting up ─────────────────────────────────────────────────────────────────────────────


def test_what_the_scheme_leaves_to_votes_waits_for_a_poll(
    version: SchemeVersion, desk: Client
) -> None:
    page = text(desk, "poll_plan")
    assert '还有 <span class="figure">3</span> 项' in page
    assert "由乡镇评；评 3 个单位；选项：满意、基本满意、不满意" in page
    assert reverse("poll_new", args=[version.pk, "1"]) in page


def test_little_is_typed_to_set_up_a_poll(version: SchemeVersion, desk: Client) -> None:
    address = reverse("poll_new", args=[version.pk, "1"])
    shown = desk.get(address).context["form"]
    said = {name: shown[name].value() for name in shown.fields if shown[name].value() is not None}
    assert (said["kind"], said["group"], said["codes"]) == (PollKind.MUTUAL, "乡镇", ["1"])
    desk.post(address, said | {"minimum": "3"})
    assert Poll.objects.get().rater_rows.count() == 4


def test_what_is_wrong_stands_beside_its_field(version: SchemeVersion, desk: Client) -> None:
    answer = desk.post(reverse("poll_new", args=[version.pk, "1"]), {"name": "<b>", "minimum": "x"})
    assert answer.status_code == 422
    assert b"<b>" not in answer.content
    assert desk.get(reverse("poll_new", args=[version.pk, "没有"])).status_code == 404


def test_who_has_not_rated_is_known_by_unit_and_only_to_the_office(
    poll: Poll, desk: Client, browser_of: Browsers
) -> None:
    assert "云溪镇、河口镇、石桥镇、枫林镇" in text(desk, "poll", poll.pk)
    page = text(browser_of(Role.LEADER), "poll", poll.pk)
    assert "云溪镇" not in page
    assert "部门：占总分60%，要求不低于30%" in page


# ── Rating ─────────────────────────────────────────────────────────────────────────────────


def test_a_unit_rates_by_clicking_and_is_not_asked_again(town: Client, poll: Poll) -> None:
    assert "1</b> 张票等您评" in text(town, "polls") or "1 张票等您评" in text(town, "polls")
    row, (one,) = rater_of(poll, "云溪镇"), choices(poll, 财政局="满意")
    address = reverse("rating_vote", args=[row.pk])
    name = f"r{one.rated_id}q{poll.questions.get().pk}"
    assert f'name="{name}"' in town.get(address).content.decode()
    page = town.post(address, {name: one.option_id, "once": "a"}, follow=True).content.decode()
    assert "票已计入" in page
    assert "没有要您评的" in page
    assert Tally.objects.get(votes=1).option_id == one.option_id


def test_an_empty_ballot_is_refused_and_a_strange_option_too(town: Client, poll: Poll) -> None:
    address = reverse("rating_vote", args=[rater_of(poll, "云溪镇").pk])
    (one,) = choices(poll, 财政局="满意")
    name = f"r{one.rated_id}q{poll.questions.get().pk}"
    for said in ({}, {name: "999999"}, {name: "'; DROP TABLE"}):
        assert town.post(address, said).status_code == 422
    assert rater_of(poll, "云溪镇").cast == 0


def test_what_was_chosen_is_not_kept_in_the_browser(town: Client, poll: Poll) -> None:
    """Other forms keep what was typed until it is sent; a shared computer must not keep a ballot."""
    page = town.get(reverse("rating_vote", args=[rater_of(poll, "云溪镇").pk])).content.decode()
    assert "data-keep" not in page


def test_a_leader_ranks_with_selects_and_is_told_which_place_was_given_twice(
    version: SchemeVersion, office: Actor, account: Callable[..., Account]
) -> None:
    mine = account(Role.LEADER, name="宋远")
    for name in ("高明", "林清"):
        account(Role.LEADER, name=name)
    poll = opened(version, office, kind=PollKind.RANKING, codes=("3",), name="排名", group="")
    client = Client()
    client.force_login(mine, backend="allauth.account.auth_backends.AuthenticationBackend")
    row, question = poll.rater_rows.get(account=mine), poll.questions.get()
    first = question.options.get(label="第1名").pk
    said = {f"r{each.pk}q{question.pk}": first for each in poll.rated.all()}
    page = client.post(reverse("rating_vote", args=[row.pk]), said).content.decode()
    assert "园区的第1名给了3个：临港园区、高新园区、生态园区" in page
    other = poll.rater_rows.exclude(account=mine).first()
    assert other is not None
    assert client.get(reverse("rating_vote", args=[other.pk])).status_code == 404


# ── Without an account ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def residents(version: SchemeVersion, office: Actor) -> Poll:
    return by_residents(version, office)


def test_a_resident_rates_with_a_code_and_nothing_else(
    residents: Poll, office: Actor, client: Client
) -> None:
    (code,) = make_codes(residents, by=office, count=1)
    assert "不用登录，不用填姓名" in client.get(RATE).content.decode()
    page = client.post(RATE, {"code": code}).content.decode()
    assert "群众评部门" in page
    assert "<script" not in page.partition("<main")[2]
    assert code not in client.post(RATE, {"code": code}).request["QUERY_STRING"]
    fields = re.findall(r'name="(r\d+q\d+)" value="(\d+)"', page)
    answer = client.post(RATE, {"code": code, "ballot": "1", **dict(fields)}, follow=True)
    assert "票已计入，谢谢您" in answer.content.decode()
    assert "已经用过，票已计入" in client.post(RATE, {"code": code}).content.decode()


def test_guessing_is_slowed_down_and_a_neighbour_can_still_rate(
    residents: Poll, office: Actor, client: Client
) -> None:
    (code,) = make_codes(residents, by=office, count=1)
    for _ in range(TRIES):
        assert client.post(RATE, {"code": "1" * 12}).status_code == 422
    assert client.post(RATE, {"code": code}).status_code == 429
    assert client.post(RATE, {"code": code}, REMOTE_ADDR="10.0.0.9").status_code == 200


@pytest.mark.parametrize(
    "code", ["<script>alert(1)</script>", "\x00", "9" * 5000, "１２３", "' OR 1"]
)
def test_hostile_codes_are_answered_plainly(residents: Poll, client: Client, code: str) -> None:
    assert residents
    answer = client.post(RATE, {"code": code})
    assert answer.status_code in (200, 422)
    assert b"<script>alert" not in answer.content


def test_an_expired_code_is_told_so(
    residents: Poll, office: Actor, client: Client, go_to: Callable[[date], None]
) -> None:
    (code,) = make_codes(residents, by=office, count=1)
    go_to(AFTER)
    assert "已经截止" in client.post(RATE, {"code": code}).content.decode()


def test_codes_come_once_as_a_workbook(residents: Poll, desk: Client) -> None:
    answer = desk.post(reverse("poll_codes", args=[residents.pk]), {"count": "3", "once": "a"})
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active  # type: ignore[arg-type]
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [len(str(row[1]).replace(" ", "")) for row in rows[1:]] == [12, 12, 12]
    assert str(rows[1][3]).endswith(RATE)
    assert OneTimeCode.objects.count() == 3


def test_papers_are_entered_and_checked_by_clicking(
    residents: Poll, desk: Client, browser_of: Browsers
) -> None:
    (one,) = choices(residents, 财政局="满意")
    said = {"papers": "２０", f"r{one.rated_id}o{one.option_id}": "18", "once": "a"}
    desk.post(reverse("poll_papers", args=[residents.pk]), said)
    batch = PaperBatch.objects.get()
    assert "录入的人不能核对" in text(desk, "papers", batch.pk)
    other = browser_of(Role.OFFICE)
    assert "满意 <b>18</b>" in text(other, "papers", batch.pk)
    other.post(reverse("papers_check", args=[batch.pk]))
    assert Tally.objects.get(votes__gt=0).votes == 18
    assert other.get(reverse("papers", args=[batch.pk])).status_code == 404


def test_wrong_numbers_of_papers_are_refused(residents: Poll, desk: Client) -> None:
    (one,) = choices(residents, 财政局="满意")
    cell = f"r{one.rated_id}o{one.option_id}"
    address = reverse("poll_papers", args=[residents.pk])
    for papers, votes in (
        ("10", "11"),
        ("0", "0"),
        ("", "1"),
        ("10", "-1"),
        ("10", "x"),
        ("9" * 30, "1"),
    ):
        assert desk.post(address, {"papers": papers, cell: votes}).status_code == 422
    assert not PaperBatch.objects.exists()


# ── What came out ──────────────────────────────────────────────────────────────────────────


def test_results_show_marks_and_hide_what_few_have_said(accepted: Poll, desk: Client) -> None:
    page = text(desk, "poll", accepted.pk)
    assert "54.00" in page  # (3 + 0.6) ÷ 4 × 60
    assert page.count("有效票不到 3 张，不显示") == 1


def test_a_unit_reads_its_own_votes_and_how_they_became_its_mark(
    accepted: Poll, browser_of: Browsers
) -> None:
    own = browser_of(Role.LIAISON, key=Unit.objects.get(name="财政局").pk)
    assert "乡镇评部门" in text(own, "polls")
    rated = {each.name: each.pk for each in accepted.rated.all()}
    page = text(own, "rating_result", rated["财政局"])
    assert "满意3票＋基本满意1票×0.6＋不满意0票×0＝3.6，除以有效票4张＝0.9" in page
    assert own.get(reverse("rating_result", args=[rated["住建局"]])).status_code == 403


def test_a_unit_reads_nothing_before_the_counts_are_accepted(
    voted: Poll, browser_of: Browsers
) -> None:
    Poll.objects.filter(pk=voted.pk).update(
        state=PollState.CLOSED, closed_at=voted.opened_at, closed_by=voted.opened_by
    )
    unit = Unit.objects.get(name="财政局")
    own = browser_of(Role.LIAISON, key=unit.pk)
    rated = voted.rated.get(unit=unit)
    assert own.get(reverse("rating_result", args=[rated.pk])).status_code == 404
    assert "还没有评本单位的结果" in text(own, "polls")


# ── Asked of the database ──────────────────────────────────────────────────────────────────


def test_pages_ask_the_database_no_more_for_many_than_for_few(
    accepted: Poll, version: SchemeVersion, office: Actor, desk: Client,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    for number in range(12):
        planned(version, office, codes=("2",), name=f"评{number}")
        Poll.objects.filter(name=f"评{number}").update(
            state=PollState.WITHDRAWN, withdrawn_at="2026-11-11T00:00+08:00",
            withdrawn_by=office.account_id,
        )  # fmt: skip
    rated = accepted.rated.first()
    assert rated is not None
    for route, where in (("polls", ()), ("poll_plan", ()), ("poll", (accepted.pk,)),
                         ("rating_result", (rated.pk,))):  # fmt: skip
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            text(desk, route, *where)
