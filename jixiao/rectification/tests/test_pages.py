"""Do the pages of rectification show everybody what is theirs, and nobody more?"""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Role
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.rectification.models import Case, Reminder
from jixiao.rectification.states import CaseState, ReminderState
from jixiao.rectification.tests.factories import (
    CaseFactory,
    CaseStepFactory,
    ProofFactory,
    ReminderFactory,
    ReplyFactory,
)

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


def text(client: Client, route: str, *where: object, **asked: str) -> str:
    answer = client.get(reverse(route, args=where), asked)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def send(client: Client, route: str, row: Case | Reminder, **said: Any) -> str:
    body = {"version": str(row.version), **said}
    return client.post(reverse(route, args=[row.pk]), body, follow=True).content.decode()


@pytest.fixture
def home(browser_of: Browsers, unit: Unit) -> Client:
    """The liaison of 云溪镇."""
    return browser_of(Role.LIAISON, key=unit.pk)


# ── The list ───────────────────────────────────────────────────────────────────────────────


def test_the_heading_says_how_many_wait_are_late_and_repeated(browser_of: Browsers) -> None:
    first = CaseFactory(state=CaseState.TOLD, due=-3)
    CaseFactory(state=CaseState.PLANNED, repeats=first)
    CaseFactory(state=CaseState.PROVEN, due=-9)
    CaseFactory(state=CaseState.CLOSED)
    page = text(browser_of(Role.OFFICE), "cases")
    for words in ("3 个问题待整改", "1 个逾期", "1 个重复", "1 个等核实"):
        assert words in page


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"late": "True"}, "迟了的", "重复的"),
        ({"again": "True"}, "重复的", "迟了的"),
        ({"state": "planned"}, "重复的", "迟了的"),
        ({"group": "园区"}, "重复的", "迟了的"),
        ({"year": "2025"}, "重复的", "迟了的"),
        ({"q": "档案"}, "重复的", "迟了的"),
    ],
)
def test_the_list_is_narrowed(
    browser_of: Browsers, asked: dict[str, str], there: str, gone: str
) -> None:
    first = CaseFactory(state=CaseState.TOLD, due=-3, fact="迟了的", unit__group="乡镇")
    more = {"theme": "档案", "year": 2025, "unit__group": "园区"}
    CaseFactory(state=CaseState.PLANNED, fact="重复的", repeats=first, **more)
    page = text(browser_of(Role.OFFICE), "cases", **asked)
    assert there in page
    assert gone not in page


def test_what_waits_stands_before_what_is_closed(browser_of: Browsers) -> None:
    CaseFactory(state=CaseState.CLOSED, fact="早就销号", due=-90)
    CaseFactory(state=CaseState.TOLD, fact="正在整改")
    page = text(browser_of(Role.OFFICE), "cases")
    assert page.index("正在整改") < page.index("早就销号")


def test_the_list_leaves_as_a_workbook_without_points(browser_of: Browsers) -> None:
    CaseFactory(state=CaseState.TOLD, fact="=缺原件", points=12_300)
    answer = browser_of(Role.OFFICE).get(reverse("cases"), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "=缺原件" in cells
    assert not any("1.23" in cell or "12300" in cell for cell in cells)


@pytest.mark.parametrize("count", [70, 700])
def test_the_lists_ask_the_database_equally_often_for_70_and_700_rows(
    browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any], count: int
) -> None:
    client = browser_of(Role.OFFICE)
    CaseFactory.create_batch(count, state=CaseState.TOLD, theme="档案")
    ReminderFactory.create_batch(count, due=-3)
    client.get("/")
    for route in ("cases", "case_themes", "reminders", "home"):
        with django_assert_max_num_queries(15):
            text(client, route)


def test_one_finding_asks_equally_often_whatever_was_done_about_it(
    browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    case, client = CaseFactory(state=CaseState.PLANNED), browser_of(Role.OFFICE)
    for _ in range(30):
        ProofFactory.create_batch(3, step__case=case)
    client.get("/")
    with django_assert_max_num_queries(15):
        text(client, "case", case.pk)


# ── Who sees what ──────────────────────────────────────────────────────────────────────────


def test_a_unit_sees_its_own_findings_once_told_and_no_others(home: Client, unit: Unit) -> None:
    own = CaseFactory(unit=unit, state=CaseState.TOLD, fact="自己的")
    noted = CaseFactory(unit=unit, fact="还没反馈")
    foreign = CaseFactory(state=CaseState.TOLD, fact="别人的")
    page = text(home, "cases") + text(home, "case_themes") + text(home, "case", own.pk)
    assert "自己的" in page
    assert "还没反馈" not in page
    assert "别人的" not in page
    assert home.get(reverse("case", args=[noted.pk])).status_code == 404
    assert home.get(reverse("case", args=[foreign.pk])).status_code == 403


def test_a_role_that_gives_nothing_here_opens_nothing(
    account: Callable[..., Account], unit: Unit
) -> None:
    both, other = account(Role.LIAISON, key=unit.pk), UnitFactory(group="乡镇")
    Grant.objects.create(
        account=both, role=Role.CADRE, extent=ROLES[Role.CADRE].extent, key=str(other.pk)
    )
    CaseFactory(unit=other, state=CaseState.TOLD, fact="别人的")
    ReminderFactory(unit=other, subject="别人的督促")
    client = Client()
    client.force_login(both, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = text(client, "cases") + text(client, "reminders") + text(client, "home")
    assert "别人的" not in page


def test_a_group_contact_sees_the_group(browser_of: Browsers) -> None:
    CaseFactory(unit__group="乡镇", state=CaseState.TOLD, fact="组里的")
    CaseFactory(unit__group="园区", state=CaseState.TOLD, fact="组外的")
    page = text(browser_of(Role.GROUP_CONTACT, key="乡镇"), "cases")
    assert "组里的" in page
    assert "组外的" not in page


def test_what_was_not_told_is_known_to_the_office_and_the_finder(
    browser_of: Browsers, account: Callable[..., Account]
) -> None:
    finder = account(Role.ASSESSOR)
    noted = CaseFactory(found_by=finder, fact="还没反馈")
    mine = Client()
    mine.force_login(finder, backend="allauth.account.auth_backends.AuthenticationBackend")
    for client in (mine, browser_of(Role.OFFICE)):
        assert "还没反馈" in text(client, "cases") + text(client, "case", noted.pk)
    for role in (Role.ASSESSOR, Role.LEADER):
        client = browser_of(role)
        assert "还没反馈" not in text(client, "cases")
        assert client.get(reverse("case", args=[noted.pk])).status_code == 404


def test_points_are_shown_to_the_unit_and_the_office_but_not_to_any_assessor(
    browser_of: Browsers, home: Client, unit: Unit
) -> None:
    case = CaseFactory(unit=unit, state=CaseState.TOLD, points=12_300)
    assert "1.23 分" in text(home, "case", case.pk)
    assert "1.23 分" in text(browser_of(Role.OFFICE), "case", case.pk)
    assert "1.23" not in text(browser_of(Role.ASSESSOR), "case", case.pk)


# ── Files ──────────────────────────────────────────────────────────────────────────────────


def test_a_file_comes_as_an_attachment_that_nothing_guesses_about(home: Client, unit: Unit) -> None:
    proof = ProofFactory(step__case__unit=unit, name="原件.pdf")
    answer = home.get(reverse("proof", args=[proof.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer) == b"%PDF-1.7"  # type: ignore[arg-type]


def test_a_file_of_another_unit_or_of_an_untold_case_is_not_given(home: Client, unit: Unit) -> None:
    foreign = ProofFactory()
    untold = ProofFactory(step__case__unit=unit, step__case__state=CaseState.NOTED)
    assert home.get(reverse("proof", args=[foreign.pk])).status_code == 403
    assert home.get(reverse("proof", args=[untold.pk])).status_code == 404


def test_a_unit_hands_in_two_files_and_a_false_one_is_refused_beside_the_field(
    home: Client, unit: Unit
) -> None:
    case = CaseFactory(unit=unit, state=CaseState.PLANNED)
    good = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(2)]
    false = SimpleUploadedFile("原件.pdf", b"<script>")
    page = send(home, "case_prove", case, text="已补", files=[good[0], false], once="a")
    assert "不能接收" in page
    assert "已补" in page
    good = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(2)]
    page = send(home, "case_prove", case, text="已补", files=good, once="b")
    assert "已办理：待核实" in page
    assert page.count("download>") == 2


# ── Moving on ──────────────────────────────────────────────────────────────────────────────


def test_a_finding_goes_from_raising_to_closing_by_clicking(
    browser_of: Browsers, home: Client, unit: Unit
) -> None:
    finder, other = browser_of(Role.ASSESSOR), browser_of(Role.OFFICE)
    said = {"unit": str(unit.pk), "item": "材料质量", "fact": "缺2份", "opinion": "补齐"}
    said |= {"workdays": "20", "points": "0.5", "once": "a0"}
    finder.post(reverse("case_raise"), said)
    case = Case.objects.get()
    assert (case.points, case.state) == (5_000, CaseState.TOLD)
    for client, route, more in (
        (home, "case_plan", {"text": "本周补"}),
        (home, "case_prove", {"text": "已补"}),
        (other, "case_verify", {"text": ""}),
        (other, "case_recheck", {"text": "好", "where": "全年评估"}),
    ):
        case.refresh_from_db()
        assert "已办理" in send(client, route, case, once=route, **more)
    case.refresh_from_db()
    assert (case.state, bool(case.given_back_at)) == (CaseState.CLOSED, True)


def test_the_finder_reads_who_may_verify_and_finds_the_button_locked(
    account: Callable[..., Account],
) -> None:
    finder, client = account(Role.ASSESSOR), Client()
    client.force_login(finder, backend="allauth.account.auth_backends.AuthenticationBackend")
    case = CaseFactory(state=CaseState.PROVEN, found_by=finder)
    page = text(client, "case", case.pk)
    assert "由县绩效办其他人员或其他评估员核实" in page
    assert reverse("case_verify", args=[case.pk]) not in page
    assert "由县绩效办其他人员或其他评估员核实" in send(client, "case_verify", case, once="a")


def test_a_refused_move_comes_back_open_with_what_was_typed(browser_of: Browsers) -> None:
    case = CaseFactory(state=CaseState.TOLD)
    said = {"due_on": "2026-12-12", "reason": "供货延迟", "once": "a"}
    page = send(browser_of(Role.OFFICE), "case_extend", case, **said)
    assert "2026-12-12 放假" in page
    assert "供货延迟" in page
    assert '<details class="more" open>' in page


def test_looking_alone_moves_nothing(browser_of: Browsers) -> None:
    case, client = CaseFactory(state=CaseState.PROVEN), browser_of(Role.OFFICE)
    for route in ("case_verify", "case_send_back", "case_withdraw"):
        client.get(reverse(route, args=[case.pk]))
    case.refresh_from_db()
    assert (case.state, case.version) == (CaseState.PROVEN, 1)


def test_who_was_slower_is_shown_what_changed(browser_of: Browsers) -> None:
    case, client = CaseFactory(state=CaseState.PROVEN), browser_of(Role.OFFICE)
    Case.objects.update(version=2)
    assert "已被他人修改" in send(client, "case_send_back", case, reason="不清", once="a")


def test_every_turn_is_told_with_its_old_days(browser_of: Browsers) -> None:
    case = CaseFactory(state=CaseState.TOLD, turn=2)
    for kind, turn in (("proof", 1), ("send_back", 1), ("extend", 2)):
        CaseStepFactory(case=case, kind=kind, turn=turn, due_on=date(2026, 12, 1), text=kind)
    page = text(browser_of(Role.OFFICE), "case", case.pk)
    assert (
        page.index("send_back") < page.index("第2轮整改</li>") < page.index("原期限 2026年12月1日")
    )


def test_a_late_finding_is_late_in_the_state_bar(home: Client, unit: Unit) -> None:
    case = CaseFactory(unit=unit, state=CaseState.TOLD, due=-2)
    assert '<li class="late">' in text(home, "case", case.pk)


# ── In common ──────────────────────────────────────────────────────────────────────────────


def test_common_findings_are_counted_by_units_the_widest_first(browser_of: Browsers) -> None:
    one = UnitFactory(name="河口镇", group="乡镇")
    CaseFactory.create_batch(3, unit=one, state=CaseState.TOLD, item="月自查")
    for name in ("云溪镇", "石桥镇"):
        CaseFactory(unit__name=name, state=CaseState.TOLD, theme="档案缺件")
    CaseFactory(state=CaseState.WITHDRAWN, theme="提错的")
    page = text(browser_of(Role.LEADER), "case_themes")
    assert "最普遍的是“档案缺件”：2 个单位、2 条" in page
    assert "云溪镇、石桥镇" in page
    assert "提错的" not in page


# ── Reminders ──────────────────────────────────────────────────────────────────────────────


def test_a_reminder_is_sent_from_a_finding_answered_returned_and_settled(
    browser_of: Browsers, home: Client, unit: Unit
) -> None:
    office, case = browser_of(Role.OFFICE), CaseFactory(unit=unit, state=CaseState.TOLD, due=-3)
    asked = f"{reverse('reminder_send')}?case={case.pk}"
    page = office.get(asked).content.decode()
    assert "绩督〔2026〕1号" in page
    said = {"unit": str(unit.pk), "number": "清绩督〔2026〕7号", "subject": "逾期", "facts": "没有报",
            "asked": "说明", "days": "10", "case": str(case.pk), "once": "a"}  # fmt: skip
    office.post(reverse("reminder_send"), said)
    row = Reminder.objects.get()
    assert (row.case, row.state) == (case, ReminderState.SENT)
    for client, route, more in (
        (home, "reminder_reply", {"text": "因故"}),
        (office, "reminder_return", {"reason": "没说谁负责"}),
        (home, "reminder_reply", {"text": "王丽负责"}),
        (office, "reminder_settle", {}),
    ):
        row.refresh_from_db()
        send(client, route, row, once=f"{route}{row.version}", **more)
    page = text(home, "reminder", row.pk)
    for words in ("因故", "没说谁负责", "王丽负责", "已办结"):
        assert words in page
    assert "清绩督〔2026〕8号" in office.get(reverse("reminder_send")).content.decode()


def test_a_unit_never_sees_anothers_reminder(home: Client) -> None:
    foreign = ReminderFactory(subject="别人的督促")
    assert "别人的督促" not in text(home, "reminders")
    for route in ("reminder", "reminder_paper"):
        assert home.get(reverse(route, args=[foreign.pk])).status_code == 403


def test_a_reminder_without_reply_in_time_is_marked(browser_of: Browsers) -> None:
    ReminderFactory(due=-1, subject="迟了的")
    ReminderFactory(due=5, subject="还早的")
    ReplyFactory(reminder__state=ReminderState.REPLIED, reminder__due=-9)
    page = text(browser_of(Role.OFFICE), "reminders")
    assert "2 份等回复" in page
    assert "1 份逾期" in page
    assert "1 份已回复待办结" in page
    assert "还早的" not in text(browser_of(Role.OFFICE), "reminders", late="True")


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_reminder_is_an_official_document(
    home: Client, unit: Unit, form: str, begins: bytes
) -> None:
    row = ReminderFactory(unit=unit)
    answer = home.get(reverse("reminder_paper", args=[row.pk]), {"form": form})
    assert answer.content.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert home.get(reverse("reminder_paper", args=[row.pk]), {"form": "exe"}).status_code == 404


# ── Home pages ─────────────────────────────────────────────────────────────────────────────


def test_a_unit_sees_at_home_what_it_owes_and_by_when(home: Client, unit: Unit) -> None:
    CaseFactory(unit=unit, state=CaseState.TOLD, due=-1, item="材料质量")
    CaseFactory(unit=unit, state=CaseState.PROVEN, item="不用办的")
    ReminderFactory(unit=unit, subject="季报没报")
    page = text(home, "home")
    for words in ("整改：材料质量", "逾期 1 个工作日", "督促：季报没报", "打开，回复"):
        assert words in page
    assert "不用办的" not in page


def test_the_office_sees_at_home_who_is_late_and_what_waits_for_it(browser_of: Browsers) -> None:
    for name in ("东岭乡", "石桥镇"):
        CaseFactory(unit__name=name, state=CaseState.PLANNED, due=-4)
    CaseFactory(unit__name="河口镇", state=CaseState.PROVEN)
    ReplyFactory(reminder__unit__name="长堤乡", reminder__state=ReminderState.REPLIED)
    ReminderFactory(unit=Unit.objects.get(name="东岭乡"), due=-2)
    page = text(browser_of(Role.OFFICE), "home")
    for words in ("2 个问题逾期没有整改", "2 个单位逾期", "整改结果等核实", "已回复督促通知单"):
        assert words in page
    assert "东岭乡没有回复" in page


def test_an_assessor_sees_at_home_what_others_found_and_he_may_verify(
    account: Callable[..., Account],
) -> None:
    finder, client = account(Role.ASSESSOR), Client()
    client.force_login(finder, backend="allauth.account.auth_backends.AuthenticationBackend")
    CaseFactory(state=CaseState.PROVEN, found_by=finder, fact="自己发现的")
    CaseFactory(state=CaseState.PROVEN, fact="别人发现的")
    page = text(client, "home")
    assert "别人发现的" in page
    assert "自己发现的" not in page
