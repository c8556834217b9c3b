"""Do the pages of matters show everybody what is theirs, take tables whole, and refuse hostile ones?"""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from jixiao.access.permissions import Role
from jixiao.events.models import Evidence, Matter, Objection
from jixiao.events.states import MatterState
from jixiao.events.tests.factories import MatterFactory
from jixiao.org.models import Unit
from jixiao.schemes.models import SchemeVersion

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
HEADERS = ("单位", "项目", "事项", "级别", "等次", "次数", "分担比例", "日期", "文号")
GOOD = (
    "云溪镇",
    "加1 表彰加分",
    "平安建设",
    "国家部委",
    "",
    "",
    "",
    "2026-02-20",
    "部发〔2026〕8号",
)


def text(client: Client, route: str, *where: object, **asked: str) -> str:
    answer = client.get(reverse(route, args=where), asked)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def table(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    book = Workbook()
    book.active.title = "加扣分事项"  # type: ignore[union-attr]
    for row in (HEADERS, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("事项.xlsx", target.getvalue())


def hand_in(client: Client, version: SchemeVersion, file: SimpleUploadedFile) -> str:
    url = reverse("matters_import", args=[version.pk])
    return client.post(url, {"file": file}, follow=True).content.decode()


@pytest.fixture
def home(browser_of: Browsers, unit: Unit) -> Client:
    """The liaison of 云溪镇."""
    return browser_of(Role.LIAISON, key=unit.pk)


def made(version: SchemeVersion, name: str = "云溪镇", **said: Any) -> Matter:
    return MatterFactory(version_of=version, unit=Unit.objects.get(name=name), **said)


# ── Who sees what ──────────────────────────────────────────────────────────────────────────


def test_a_unit_sees_its_own_matters_with_points_and_what_is_missing(
    home: Client, version: SchemeVersion
) -> None:
    own, foreign = made(version, matter="自己的"), made(version, "河口镇", matter="别人的")
    page = text(home, "matters")
    assert "自己的" in page
    assert "+3" in page
    assert "还缺：县绩效办核对、公示满5天、签批人" in page
    assert "别人的" not in page
    assert home.get(reverse("matter", args=[foreign.pk])).status_code == 403
    assert "齐了才计" in text(home, "matter", own.pk)


def test_everybody_signed_in_reads_what_is_under_notice_and_may_object(
    browser_of: Browsers, version: SchemeVersion
) -> None:
    row = made(version, matter="平安建设", state=MatterState.NOTICED, noticed=0)
    made(version, matter="没有公示")
    cadre = browser_of(Role.CADRE, key=1, name="甘部")
    page = text(cadre, "matters_noticed")
    for words in (
        "云溪镇：平安建设",
        "国家部委",
        "部发〔2026〕8号",
        "+3 分",
        "2026年3月9日止",
        f"向{settings.OFFICE}提出",
    ):
        assert words in page
    assert "没有公示" not in page
    cadre.post(reverse("matter_object", args=[row.pk]), {"text": "不是本级", "who": "财政局（章）"})
    assert Objection.objects.get().who == "甘部"


def test_the_list_is_narrowed_and_leaves_as_a_workbook(
    browser_of: Browsers, version: SchemeVersion
) -> None:
    made(version, matter="=加分")
    made(version, matter="扣分的", code="扣1", level="数据采集不严", state="checked")
    office = browser_of(Role.OFFICE)
    assert "扣分的" not in text(office, "matters", sign="False")
    answer = office.get(reverse("matters"), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert {"=加分", "+3", "−3", "计入"} <= set(cells)


@pytest.mark.parametrize("count", [60, 400])
def test_pages_ask_the_database_equally_often_whatever_the_rows(
    browser_of: Browsers, version: SchemeVersion, django_assert_max_num_queries: Callable[..., Any],
    count: int,
) -> None:  # fmt: skip
    unit = Unit.objects.get(name="云溪镇")
    rows = MatterFactory.create_batch(
        count, version_of=version, unit=unit, state=MatterState.NOTICED, noticed=0
    )
    client = browser_of(Role.OFFICE)
    client.get("/")
    for route, where in (("matters", []), ("matters_noticed", []), ("matter", [rows[0].pk])):
        with django_assert_max_num_queries(15):
            text(client, route, *where)


# ── Entering ───────────────────────────────────────────────────────────────────────────────


def test_a_liaison_applies_with_a_file_and_is_offered_no_penalties(
    home: Client, version: SchemeVersion, unit: Unit
) -> None:
    form = text(home, "matter_apply", version.pk)
    assert "国家部委（3分）" in form
    assert "数据采集不严" not in form
    file = SimpleUploadedFile("../../表彰.exe", b"%PDF-1.7 x", "application/x-msdownload")
    said = {"unit": unit.pk, "level": "加1|国家部委", "matter": "平安建设", "files": file}
    page = home.post(reverse("matter_apply", args=[version.pk]), said, follow=True)
    assert "等县绩效办另一位同事核对" in page.content.decode()
    assert (Matter.objects.get().matter, Evidence.objects.get().name) == ("平安建设", "表彰.pdf")


@pytest.mark.parametrize("content", [b"", b"MZ\x90program", b"<script>alert(1)</script>"])
def test_a_hostile_file_is_refused_and_nothing_is_entered(
    home: Client, version: SchemeVersion, unit: Unit, content: bytes
) -> None:
    file = SimpleUploadedFile("表彰.pdf", content)
    said = {"unit": unit.pk, "level": "加1|国家部委", "matter": "平安建设", "files": file}
    home.post(reverse("matter_apply", args=[version.pk]), said)
    assert not Matter.objects.exists()


def test_a_forged_level_or_foreign_unit_is_refused(home: Client, version: SchemeVersion) -> None:
    url, other = reverse("matter_apply", args=[version.pk]), Unit.objects.get(name="河口镇")
    for unit, level in ((other.pk, "加1|国家部委"), (other.pk, "扣1|数据采集不严"), (0, "x")):
        answer = home.post(url, {"unit": unit, "level": level, "matter": "平安建设"})
        assert answer.status_code == 422
    assert not Matter.objects.exists()


def test_a_table_of_many_matters_is_taken_whole_and_its_proofs_are_not(
    browser_of: Browsers, version: SchemeVersion
) -> None:
    penalty = ("财政局", "扣1", "迟报", "数据采集不严", "", "", "60%", "", "县督〔2026〕3号")
    page = hand_in(browser_of(Role.OFFICE), version, table(GOOD, penalty))
    assert "已登记2件" in page
    award = Matter.objects.get(code="加1")
    assert (award.on, award.state, award.notice_days) == (date(2026, 2, 20), "applied", 0)
    assert str(Matter.objects.get(code="扣1").share) == "0.6000"


def test_every_error_of_a_table_is_told_at_once_and_nothing_is_entered(
    browser_of: Browsers, version: SchemeVersion
) -> None:
    wrong = (
        ("云西镇", *GOOD[1:]), ("河口镇", "加9", *GOOD[2:]), (*GOOD[:3], "世界级", *GOOD[4:]),
        (*GOOD[:6], "150%", *GOOD[7:]), (*GOOD[:7], "二月三十日", GOOD[8]),
    )  # fmt: skip
    page = hand_in(browser_of(Role.OFFICE), version, table(*wrong))
    for words in ("云西镇", "加9", "世界级", "1.5", "二月三十日"):
        assert words in page
    assert not Matter.objects.exists()


def test_the_same_table_twice_is_refused(browser_of: Browsers, version: SchemeVersion) -> None:
    office = browser_of(Role.OFFICE)
    hand_in(office, version, table(GOOD))
    assert "已经登记过" in hand_in(office, version, table(GOOD))
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04broken", b"\x00\x01\x02", b"<html>", b"a,b\n1,2\n"]
)
def test_what_is_no_table_of_matters_is_refused_in_words(
    browser_of: Browsers, version: SchemeVersion, content: bytes
) -> None:
    page = hand_in(browser_of(Role.OFFICE), version, SimpleUploadedFile("事项.xlsx", content))
    assert "一件也没有登记" in page
    assert not Matter.objects.exists()


def test_the_blank_table_comes_back(browser_of: Browsers, version: SchemeVersion) -> None:
    answer = browser_of(Role.OFFICE).get(reverse("matters_blank", args=[version.pk]))
    book = load_workbook(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    heads = [cell.value for cell in next(book.active.iter_rows(min_row=3, max_row=3))]
    assert set(HEADERS) <= set(heads)


def test_a_refused_move_says_what_is_missing_beside_the_page(
    browser_of: Browsers, version: SchemeVersion
) -> None:
    row, office = made(version, state=MatterState.CHECKED), browser_of(Role.OFFICE)
    url = reverse("matter_notice", args=[row.pk])
    assert (
        "公示不少于5天" in office.post(url, {"version": row.version, "days": "2"}).content.decode()
    )
    office.post(url, {"version": row.version})
    row.refresh_from_db()
    assert row.notice_until == date(2026, 3, 9)
