"""Does the composer do its work in the browser, and does everybody read what is theirs and no more?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.bulletins.actions import Audience, set_audience
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries.drafts import bulletin
from jixiao.bulletins.states import BulletinState, Level
from jixiao.bulletins.tests.factories import BulletinFactory, text
from jixiao.org.models import Unit
from jixiao.results.models import SealedResult
from jixiao.results.states import ResultState

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
Issue = Callable[..., Bulletin]
HOSTILE = "<script>alert(1)</script>{{ row }}{% url 'home' %}{单位数}"


def page(client: Client, route: str, *where: object, **asked: str) -> str:
    answer = client.get(reverse(route, args=where), asked)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def again(row: Bulletin) -> Bulletin:
    found = bulletin(row.pk)
    assert found
    return found


def send(client: Client, route: str, row: Bulletin, **said: Any) -> tuple[int, str]:
    body = {"version": str(again(row).version), **said}
    answer = client.post(reverse(route, args=[row.pk]), body, follow=True)
    return answer.status_code, answer.content.decode()


def body(row: Bulletin) -> list[str]:
    return [each.text for each in again(row).text.body]


@pytest.fixture
def browser(browser_of: Browsers) -> Client:
    """Somebody of the office."""
    return browser_of(Role.OFFICE)


# ── Writing ────────────────────────────────────────────────────────────────────────────────


def test_the_composer_shows_figures_page_and_what_is_missing(
    draft: Bulletin, browser: Client
) -> None:
    seen = page(browser, "bulletin", draft.pk)
    assert "核对无误" in seen
    assert 'title="{单位数}"' in seen
    assert "清岚县绩效管理委员会文件" in seen
    assert "一、先进单位" in seen


def test_a_paragraph_is_opened_changed_and_kept(draft: Bulletin, browser: Client) -> None:
    assert "<textarea" in page(browser, "bulletin", draft.pk, edit="0")
    send(browser, "bulletin_block", draft, place="0", level="0", text="甲{单位数}\n乙", do="save")
    assert body(draft) == ["甲{单位数}", "乙"]


def test_a_reference_is_put_in_and_waits_to_be_kept(draft: Bulletin, browser: Client) -> None:
    _, seen = send(
        browser, "bulletin_block", draft, place="0", level="0", text="共@个",
        reference="{单位数}", do="insert",
    )  # fmt: skip
    assert "共{单位数}个</textarea>" in seen
    assert body(draft) != ["共{单位数}个"]


@pytest.mark.parametrize(
    ("do", "place", "left"),
    [
        ("up", "1", ["乙", "甲"]),
        ("down", "0", ["乙", "甲"]),
        ("remove", "0", ["乙"]),
        ("add", "1", ["甲", "乙", ""]),
    ],
)
def test_paragraphs_are_arranged(
    result: SealedResult, browser: Client, do: str, place: str, left: list[str]
) -> None:
    row = BulletinFactory(result=result, of=text("甲", "乙"))
    send(browser, "bulletin_arrange", row, place=place, do=do)
    assert body(row) == left


def test_whoever_is_slower_is_told(draft: Bulletin, browser: Client) -> None:
    send(browser, "bulletin_block", draft, place="0", level="0", text="甲{单位数}", do="save")
    status, seen = send(
        browser, "bulletin_block", draft, place="0", level="0", text="乙", do="save", version="1"
    )
    assert (status, body(draft)) == (422, ["甲{单位数}"])
    assert "已被他人修改" in seen


@pytest.mark.parametrize("place", ["99", "-1", "", "x"])
def test_a_paragraph_that_is_not_there_changes_nothing(
    draft: Bulletin, browser: Client, place: str
) -> None:
    before = body(draft)
    send(browser, "bulletin_block", draft, place=place, level="0", text="乙", do="save")
    send(browser, "bulletin_arrange", draft, place=place, do="remove")
    page(browser, "bulletin", draft.pk, edit=place)
    assert body(draft) == before


def test_hostile_words_are_shown_as_words(draft: Bulletin, browser: Client) -> None:
    send(browser, "bulletin_block", draft, place="0", level="0", text=HOSTILE, do="save")
    seen = page(browser, "bulletin", draft.pk)
    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert(1)" in seen
    assert 'class="ref wrong"' in seen


def test_the_frame_is_changed(draft: Bulletin, browser: Client) -> None:
    said = {
        "mark": "清岚县文件", "title": "关于甲\n情况的通报", "label": "单位", "order": "scheme",
        "signatures": "县委员会", "number_code": "清委",
    }  # fmt: skip
    send(browser, "bulletin_frame", draft, **said)
    row = again(draft)
    assert (row.title, row.number_code) == ("关于甲情况的通报", "清委")
    assert row.text.annex_title == ()


def test_a_reminder_is_kept_on_the_page(result: SealedResult, browser: Client) -> None:
    row = BulletinFactory(result=result, of=text("开展评估7.5次。"))
    key = page(browser, "bulletin", row.pk).split('name="key" value="')[1].split('"')[0]
    send(browser, "bulletin_keep", row, key=key, reason="会议记录")
    assert "保留：会议记录" in page(browser, "bulletin", row.pk)


def test_a_result_that_was_superseded_is_said_loudly(draft: Bulletin, browser: Client) -> None:
    SealedResult.objects.filter(pk=draft.result_id).update(state=ResultState.SUPERSEDED)
    assert "已被取代，这里的数字和名单已经过时" in page(browser, "bulletin", draft.pk)
    assert "结果已被取代" in page(browser, "bulletins")


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_draft_is_downloaded(draft: Bulletin, browser: Client, form: str) -> None:
    answer = browser.get(reverse("bulletin_paper", args=[draft.pk]), {"form": form})
    assert answer.content[:4] in (b"PK\x03\x04", b"%PDF")
    assert (
        browser.get(reverse("bulletin_paper", args=[draft.pk]), {"form": "exe"}).status_code == 404
    )


def test_what_cannot_be_printed_is_said(result: SealedResult, browser: Client) -> None:
    row = BulletinFactory(result=result, of=text("特此通报。", title=("长" * 100,)))
    assert "标题太长" in page(browser, "bulletin", row.pk)
    answer = browser.get(reverse("bulletin_paper", args=[row.pk]), follow=True)
    assert "印不出来" in answer.content.decode()


def test_it_is_started_and_moved_on_by_forms(result: SealedResult, browser_of: Browsers) -> None:
    office, head = browser_of(Role.OFFICE), browser_of(Role.OFFICE_HEAD)
    office.post(
        reverse("bulletin_start"), {"kind": "annual", "about_what": f"r{result.pk}", "template": ""}
    )
    row = Bulletin.objects.get()
    send(office, "bulletin_submit", row)
    send(head, "bulletin_sign_off", row, note="同意")
    send(office, "bulletin_issue", row, code="清绩办", serial="1")
    assert again(row).state == BulletinState.ISSUED


# ── Reading ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def town() -> Unit:
    """云溪镇, in 乡镇园区."""
    return Unit.objects.get(name="云溪镇")


def status(client: Client, row: Bulletin) -> int:
    answers = {
        client.get(reverse(route, args=[row.pk])).status_code
        for route in ("bulletin_read", "bulletin_file")
    }
    (found,) = answers
    return found


READERS = {
    "own": (Role.LIAISON, "云溪镇"), "cadre": (Role.CADRE, "云溪镇"),
    "neighbour": (Role.LIAISON, "河口镇"), "other": (Role.LIAISON, "县财政局"),
    "contact": (Role.GROUP_CONTACT, "乡镇园区"), "keeper": (Role.ITEM_KEEPER, "1.1"),
    "assessor": (Role.ASSESSOR, ""), "leader": (Role.LEADER, ""), "office": (Role.OFFICE, ""),
}  # fmt: skip


@pytest.mark.parametrize(
    ("level", "read"),
    [
        (Level.UNIT, {"own", "cadre", "leader", "office"}),
        (Level.GROUP, {"own", "cadre", "neighbour", "contact", "leader", "office"}),
        (Level.COUNTY, set(READERS)),
        (Level.PUBLIC, set(READERS)),
    ],
)
def test_who_reads_which(
    draft: Bulletin, office: Actor, issue: Issue, town: Unit, browser_of: Browsers,
    level: Level, read: set[str],
) -> None:  # fmt: skip
    row = set_audience(draft, by=office, audience=Audience(level, group="乡镇园区"), units=[town])
    row, seen = issue(row), set()
    for name, (role, where) in READERS.items():
        unit = Unit.objects.filter(name=where).first()
        if status(browser_of(role, key=unit.pk if unit else where), row) == 200:
            seen.add(name)
    assert seen == read


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("state", BulletinState)
def test_only_public_issued_ones_are_read_without_signing_in(
    result: SealedResult, client: Client, level: Level, state: BulletinState
) -> None:
    row = BulletinFactory(result=result, level=level, group="乡镇园区", state=state)
    is_open = (level, state) == (Level.PUBLIC, BulletinState.ISSUED)
    assert (row.title in page(client, "public_bulletins")) == is_open
    for route in ("public_bulletin", "public_file"):
        answer = client.get(reverse(route, args=[row.pk]))
        assert answer.status_code == (200 if is_open else 404)


def test_a_draft_is_read_by_the_office_only(
    draft: Bulletin, town: Unit, browser_of: Browsers
) -> None:
    home = browser_of(Role.LIAISON, key=town.pk)
    assert status(home, draft) == 404
    assert home.get(reverse("bulletin", args=[draft.pk])).status_code == 403
    assert draft.title not in page(home, "bulletins")


def test_a_unit_reads_and_signs_and_the_office_sees_who_has_not(
    draft: Bulletin, issue: Issue, town: Unit, browser_of: Browsers
) -> None:
    row = issue(draft)
    home = browser_of(Role.LIAISON, key=town.pk)
    assert "签收" in page(home, "bulletin_read", row.pk)
    receipt = town.receipts.get(notice=row.notice)
    home.post(reverse("receipt_sign", args=[receipt.pk]))
    seen = page(browser_of(Role.OFFICE), "bulletin", row.pk)
    assert "1 个已签收" in seen
    assert "云溪镇" not in seen.split("还没有签收：")[1].split("</p>")[0]


def test_the_reader_gets_the_bytes_that_went_out(
    draft: Bulletin, issue: Issue, town: Unit, browser_of: Browsers
) -> None:
    row = issue(draft)
    home = browser_of(Role.CADRE, key=town.pk)
    for each in row.files.all():
        answer = home.get(reverse("bulletin_file", args=[row.pk]), {"form": each.kind})
        assert answer.content == bytes(each.content)


# ── How often the database is asked ────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [2, 60])
def test_the_pages_ask_equally_often_for_few_and_many(
    result: SealedResult, browser_of: Browsers, count: int,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    many = text(*["对{单位数}个单位，开展7.5次。"] * count)
    row = BulletinFactory(result=result, of=many)
    for _ in range(count // 2):
        BulletinFactory(result=result, state=BulletinState.ISSUED, level=Level.PUBLIC)
    issued, client = Bulletin.objects.sent().first(), browser_of(Role.OFFICE_HEAD)
    client.get("/")
    page(client, "bulletin", row.pk)
    for route, where in (
        ("bulletins", []),
        ("bulletins_issued", []),
        ("bulletin", [row.pk]),
        ("bulletin_read", [issued.pk if issued else 0]),
        ("public_bulletins", []),
    ):
        with django_assert_max_num_queries(15):
            page(client, route, *where)
