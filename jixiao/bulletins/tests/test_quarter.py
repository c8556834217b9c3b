"""Is the quarterly bulletin about the quarter: before any result exists, from reports and findings alone?"""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.appraisals.models import Quarter
from jixiao.appraisals.tests.factories import QuarterFactory, ReportFactory
from jixiao.bulletins.actions import redraft_bulletin, rewrite_bulletin, start_bulletin
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries.drafts import Desk, bulletin
from jixiao.bulletins.states import BulletinKind, BulletinState
from jixiao.bulletins.tests.factories import BulletinFactory, BulletinTemplateFactory, text
from jixiao.core.errors import RefusedError
from jixiao.org.tests.factories import UnitFactory
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.factories import CaseFactory
from jixiao.results.models import SealedResult

pytestmark = pytest.mark.django_db
SUMMER = datetime(2026, 8, 5, 10, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def quarter() -> Quarter:
    """2026年第三季度: 云溪镇 reported late, 河口镇 not at all and was told of a finding."""
    made: Quarter = QuarterFactory(due=-1)
    town = UnitFactory(name="河口镇", group="乡镇", since=date(2020, 1, 1))
    other = UnitFactory(name="云溪镇", group="乡镇", since=date(2020, 1, 1))
    ReportFactory(quarter=made, unit=other)
    CaseFactory(unit=town, year=2026, item="月自查", theme="自查走过场",
                state=CaseState.TOLD, found_at=SUMMER)  # fmt: skip
    return made


def again(row: Bulletin) -> Bulletin:
    found = bulletin(row.pk)
    assert found
    return found


def text_of(row: Bulletin) -> str:
    return "".join(piece.said for block in Desk(row).draft.blocks for piece in block.text)


def test_a_county_without_any_result_writes_one(
    quarter: Quarter, actor: Callable[..., Actor]
) -> None:
    row = start_bulletin(quarter, by=actor(Role.OFFICE), kind=BulletinKind.QUARTER)
    assert not SealedResult.objects.exists()
    assert row.title == "关于2026年第三季度绩效管理工作检查评估情况的通报"
    said = text_of(row)
    for words in ("应报单位2个", "迟报的有云溪镇", "没有报送的有河口镇", "已向1个单位反馈问题1个"):
        assert words in said
    assert (Desk(row).typed, Desk(row).must) == (0, 0)


@pytest.mark.parametrize(
    "reference", ["单位数", "名单：先进", "分档名单", "分档个数", "分组个数", "满分"]
)
def test_what_only_a_result_knows_has_no_answer_there(
    quarter: Quarter, actor: Callable[..., Actor], reference: str
) -> None:
    row = start_bulletin(quarter, by=actor(Role.OFFICE), kind=BulletinKind.QUARTER)
    rewrite_bulletin(row, by=actor(Role.OFFICE), content=text(f"全县{{{reference}}}个。"))
    (found,) = Desk(again(row)).open
    assert found.must
    assert re.search("要有(分档|得分)结果", found.message)


def test_it_goes_the_whole_way_and_is_corrected_about_the_same_quarter(
    quarter: Quarter, actor: Callable[..., Actor], issue: Callable[..., Bulletin]
) -> None:
    office = actor(Role.OFFICE)
    first = issue(start_bulletin(quarter, by=office, kind=BulletinKind.QUARTER))
    with pytest.raises(RefusedError, match="同一个季度"):
        redraft_bulletin(first, by=office, ground=QuarterFactory(number=2))
    issue(redraft_bulletin(first, by=office, ground=quarter), serial=2)
    assert again(first).state == BulletinState.SUPERSEDED


def test_its_kind_and_what_it_is_about_fit(
    quarter: Quarter, result: SealedResult, actor: Callable[..., Actor]
) -> None:
    office = actor(Role.OFFICE)
    for ground, kind in ((quarter, BulletinKind.ANNUAL), (result, BulletinKind.QUARTER)):
        with pytest.raises(RefusedError, match="季度通报选一个季度"):
            start_bulletin(ground, by=office, kind=kind)
    with pytest.raises(IntegrityError, match="bulletin_ground"), transaction.atomic():
        BulletinFactory(result=result, kind=BulletinKind.QUARTER)


def test_it_is_started_shown_and_downloaded_by_its_pages(
    quarter: Quarter, browser_of: Callable[..., Client]
) -> None:
    office = browser_of(Role.OFFICE)
    begin = f"{reverse('bulletin_start')}?kind=quarter&amp;about_what=q{quarter.pk}"
    assert begin in office.get(reverse("quarter", args=[quarter.pk])).content.decode()
    page = office.get(begin.replace("&amp;", "&")).content.decode()
    assert f'<option value="q{quarter.pk}" selected>2026年第三季度内部绩效季报</option>' in page
    wrong = {"kind": "annual", "about_what": f"q{quarter.pk}", "template": ""}
    assert "季度通报选一个季度" in office.post(reverse("bulletin_start"), wrong).content.decode()
    office.post(reverse("bulletin_start"), wrong | {"kind": "quarter"})
    row = Bulletin.objects.get()
    shown = office.get(reverse("bulletin", args=[row.pk])).content.decode()
    assert reverse("quarter", args=[quarter.pk]) in shown
    assert "还没有审定" not in shown
    assert "第三季度" in office.get(reverse("bulletins")).content.decode()
    answer = office.get(reverse("bulletin_paper", args=[row.pk]), {"form": "docx"})
    assert answer.content[:4] == b"PK\x03\x04"


@pytest.mark.parametrize(
    "strange", ["", "r", "x1", "q0", "r-1", "q1e1", f"r{'9' * 5000}", "q１２３４５６７８９０"]
)
def test_an_address_that_names_no_ground_opens_the_usual_one(
    browser_of: Callable[..., Client], strange: str
) -> None:
    made = BulletinTemplateFactory(kind=BulletinKind.QUARTER)
    address = reverse("bulletin_template", args=[made.pk])
    assert browser_of(Role.OFFICE).get(address, {"with": strange}).status_code == 200
