"""Do tiers from before the platform get in as the document has them, checked by two, and do they count?"""

import csv
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.models import Alias, Unit, UnitVersion
from jixiao.org.tests.factories import UnitFactory
from jixiao.results.actions import (
    PastTold,
    confirm_past,
    correct_past,
    enter_past,
    reopen_past,
    score_rounds,
    withdraw_past,
)
from jixiao.results.models import PastResult, PastTier, ResultUnit
from jixiao.results.past import PastLine, as_lines, faults, read_text, read_workbook, write_template
from jixiao.results.queries import card_page, reading
from jixiao.results.queries.history import units_in_year
from jixiao.results.tests.conftest import Keep
from jixiao.results.tests.county import county
from jixiao.results.tests.test_pages import before as last_year
from jixiao.schemes.tests.factories import SchemeLineFactory, scheme
from jixiao.visits.tests.marked import marked, published

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]
Browsers = Callable[..., Client]
TOLD = PastTold(2009, "绩效管理组织工作评估分档情况", "灌办发〔2010〕7号")
BULLETIN = (
    "先进单位16个：新安镇、田楼乡、新集乡、五队乡、长茂镇、百禄镇、经济开发区、人事局、教育局、"
    "财政局、地税局、质监局、国税局、交通局、事务局、司法局；\n达标单位27个：三口镇、北陈集镇、"
    "张店镇、孟兴庄镇、李集乡、花园乡、汤沟镇、堆沟港镇、临港产业区、农业示范区、农业产业区、"
    "劳保局、建设局、农业局、中行、供电公司、信用社、信访局、统计局、公安局、卫生局、城管局、"
    "畜渔局、招商局、外经局、广电局、环保局。"
)
"""What the public bulletin of 2010-02-20 lists."""


def source() -> list[PastLine]:
    """The source county's list of 2009."""
    text = Path("examples/灌南2009/分档名单.csv").read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    return [PastLine(unit, tier, group, row) for row, (unit, group, tier) in enumerate(rows[1:], 2)]


def found(*names: str) -> None:
    for name in names:
        UnitFactory(name=name, group="乡镇")


def entered(by: Actor, text: str = "云溪镇 先进", told: PastTold = TOLD) -> PastResult:
    return enter_past(told, by=by, tiers=read_text(text))


# ------------------------------------------------------------------ reading a list


def test_a_bulletin_is_read_as_it_is_written() -> None:
    lines = read_text(BULLETIN)
    assert Counter(each.tier for each in lines) == {"先进": 16, "达标": 27}
    known = {"信用联社": "信用社"}  # the annex names it in full
    assert {each.unit for each in lines} == {known.get(each.unit, each.unit) for each in source()}


@pytest.mark.parametrize(
    "text",
    [
        "云溪镇\t乡镇\t先进",
        "云溪镇，乡镇，先进",
        "云溪镇 乡镇 先进",
        "单位,组别,等次\n云溪镇,乡镇,先进",
    ],
)
def test_a_table_may_be_pasted_in_any_spelling(text: str) -> None:
    (line,) = read_text(text)
    assert (line.unit, line.group, line.tier) == ("云溪镇", "乡镇", "先进")


def test_names_are_known_with_padding_and_full_width() -> None:
    assert read_text("中　行\t先进")[0].unit == "中行"


def test_what_is_written_is_read_back() -> None:
    told = [("云溪镇", "乡镇", "先进"), ("县财政局", "部门", "达标")]
    assert [(x.unit, x.group, x.tier) for x in read_text(as_lines(told))] == told


def test_the_template_is_read_back_without_the_units_that_were_left_empty(tmp_path: Path) -> None:
    target, path = io.BytesIO(), tmp_path / "表.xlsx"
    write_template([("云溪镇", "乡镇"), ("河口镇", "乡镇")], ["先进", "达标"], target)
    path.write_bytes(target.getvalue())
    assert read_workbook(path) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "没有读到单位"),
        ([PastLine("云溪镇", "", "", 3)], "第3行没有写等次"),
        ([PastLine("", "先进", "", 2)], "第2行没有写单位"),
        ([PastLine("云溪镇", "优" * 21, "", 1)], "最多20个字"),
        ([PastLine("云溪镇", "先进")] * 2001, "一次最多2000个单位"),
    ],
)
def test_lines_that_say_too_little_or_too_much_are_told(lines: list[PastLine], said: str) -> None:
    assert said in "；".join(faults(lines))


# ------------------------------------------------------------------ entering it


def test_the_source_countys_list_is_entered_whole(actor: Actors) -> None:
    for each in source():
        UnitFactory(name=each.unit, group=each.group)
    kept = enter_past(TOLD, by=actor(Role.OFFICE), tiers=source())
    assert Counter(kept.tiers.values_list("tier", flat=True)) == {"先进": 16, "达标": 27}
    assert Counter(kept.tiers.values_list("group", flat=True)) == {
        "乡镇": 14,
        "园区": 4,
        "部门": 25,
    }
    assert str(kept).endswith("（历史录入）")


def test_every_error_is_told_at_once_with_its_row(actor: Actors) -> None:
    found("云溪镇", "河口镇")
    with pytest.raises(RefusedError) as refused:
        entered(actor(Role.OFFICE), "云溪镇 先进\n河囗镇 达标\n云溪镇 达标\n河口镇")
    said = str(refused.value)
    assert "第4行没有写等次" in said
    assert "第2行机构库里没有“河囗镇”，是不是“河口镇”" in said
    assert "第3行“云溪镇”和第1行“云溪镇”是同一个单位" in said
    assert not PastResult.objects.exists()


def test_a_unit_is_known_by_its_alias_and_by_what_it_was_called_then(actor: Actors) -> None:
    unit = UnitFactory(name="县人力资源和社会保障局", group="部门")
    UnitVersion.objects.create(
        unit=unit, name="人事局", kind=unit.kind, since="2001-01-01", until="2011-05-31"
    )
    Alias.objects.create(unit=unit, name="人社局")
    kept = entered(actor(Role.OFFICE), "人事局 先进")
    row = kept.tiers.get()
    assert (row.unit, row.name) == (unit, "人事局")
    with pytest.raises(RefusedError, match="同一个单位"):
        entered(actor(Role.OFFICE), "人事局 先进\n人社局 先进", PastTold(2008, "名单", "文件"))


def test_the_name_of_that_day_goes_before_who_bears_it_now() -> None:
    now = UnitFactory(name="卫生局", group="部门")
    then = UnitFactory(name="县卫生健康委", group="部门")
    UnitVersion.objects.create(
        unit=then, name="卫生局", kind=then.kind, since="2001-01-01", until="2018-12-31"
    )
    UnitVersion.objects.filter(unit=now).update(since="2019-01-01")
    assert units_in_year(["卫生局"], 2009) == {"卫生局": then}
    assert units_in_year(["卫生局"], 2025)["卫生局"] == now


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (PastTold(timezone.localdate().year, "名单", "文件"), "只录以前年度"),
        (PastTold(2009, " ", "文件"), "名称"),
        (PastTold(2009, "名单", ""), "哪份文件"),
    ],
)
def test_a_list_says_of_which_year_it_is_and_where_it_is_from(
    actor: Actors, told: PastTold, said: str
) -> None:
    found("云溪镇")
    with pytest.raises(RefusedError, match=said):
        entered(actor(Role.OFFICE), told=told)


def test_a_year_is_entered_once_also_without_a_scheme(actor: Actors) -> None:
    found("云溪镇")
    entered(actor(Role.OFFICE))
    with pytest.raises(RefusedError, match="2009年的历史等次已经录入"):
        entered(actor(Role.OFFICE))
    other = enter_past(
        TOLD, by=actor(Role.OFFICE), tiers=read_text("云溪镇 先进"), line=SchemeLineFactory()
    )
    assert other.pk


def test_a_year_with_a_published_result_needs_no_history(actor: Actors, keep: Keep) -> None:
    keep(last_year(), year=2025)
    with pytest.raises(RefusedError, match="2025年已有公布的得分结果"):
        entered(actor(Role.OFFICE), told=PastTold(2025, "名单", "文件"))


# ------------------------------------------------------------------ checked by two


def test_whoever_entered_it_does_not_check_it(actor: Actors) -> None:
    found("云溪镇")
    office = actor(Role.OFFICE)
    kept = entered(office)
    with pytest.raises(RefusedError, match="请另一位同事"):
        confirm_past(kept, by=office)
    assert confirm_past(kept, by=actor(Role.OFFICE_HEAD)).counts


def test_the_database_holds_the_two_people_too(actor: Actors) -> None:
    found("云溪镇")
    kept = entered(actor(Role.OFFICE))
    kept.confirmed_at, kept.confirmed_by = timezone.now(), kept.entered_by
    with pytest.raises(IntegrityError, match="past_two_people"):
        kept.save()


def test_it_is_corrected_before_it_is_checked_and_by_reopening_after(actor: Actors) -> None:
    found("云溪镇", "河口镇")
    office, head = actor(Role.OFFICE), actor(Role.OFFICE_HEAD)
    kept = correct_past(entered(office), by=head, told=TOLD, tiers=read_text("河口镇 达标"))
    assert [each.name for each in kept.tiers.all()] == ["河口镇"]
    kept = confirm_past(kept, by=office)  # the head corrected it, so the head is who entered it
    with pytest.raises(RefusedError, match="先退回核对"):
        correct_past(kept, by=head, told=TOLD, tiers=[])
    with pytest.raises(RefusedError, match="写明哪里有误"):
        reopen_past(kept, by=head, reason=" ")
    assert not reopen_past(kept, by=head, reason="漏了一个单位").counts


def test_it_is_withdrawn_before_it_is_checked_with_a_reason_in_the_trail(actor: Actors) -> None:
    found("云溪镇")
    withdraw_past(entered(actor(Role.OFFICE)), by=actor(Role.OFFICE), reason="录错年度")
    assert not PastTier.objects.exists()
    assert Event.objects.get(action="results.withdraw_past").reason == "录错年度"


@pytest.mark.parametrize("role", [Role.LEADER, Role.ASSESSOR, Role.SYSTEM_ADMIN])
def test_only_the_office_enters(actor: Actors, role: Role) -> None:
    found("云溪镇")
    with pytest.raises(DeniedError):
        entered(actor(role))


# ------------------------------------------------------------------ what it counts for


def test_checked_tiers_count_for_streaks_unchecked_ones_do_not(actor: Actors) -> None:
    when = {"kind": "tier", "tiers": ["先进"], "years": 3}
    said = {"kind": "ruling", "name": "连续先进", "when": when}
    version = marked(published(scheme(consequences=[said]))).version_of
    office, head = actor(Role.OFFICE), actor(Role.OFFICE_HEAD)
    for year in (2024, 2025):
        kept = entered(office, "云溪镇 先进\n河口镇 达标", PastTold(year, "名单", "文件"))
        if year == 2024:
            confirm_past(kept, by=head)
    found_ = reading(score_rounds(version, by=office, name="年终评估")).result
    assert found_.sheet.history == {"云溪镇": ("", "先进"), "河口镇": ("", "达标")}


def test_the_card_shows_the_years_with_history_marked(
    actor: Actors, keep: Keep, browser_of: Browsers
) -> None:
    kept = keep(county())
    for year, tier in ((2024, "较好"), (2025, "先进")):
        past = entered(actor(Role.OFFICE), f"云溪镇 {tier}", PastTold(year, "名单", "文件"))
        confirm_past(past, by=actor(Role.OFFICE_HEAD))
    part = ResultUnit.objects.get(result=kept, name="云溪镇")
    shown = card_page(part)
    assert shown is not None
    told = [(each.year, each.tier, each.is_past) for each in shown.tiers]
    assert told == [(2024, "较好", True), (2025, "先进", True), (2026, "先进", False)]
    page = browser_of(Role.LIAISON, key=part.unit_id).get(
        f"/results/{kept.pk}/units/{part.unit_id}/"
    )
    assert page.content.decode().count("历史录入") == 2


# ------------------------------------------------------------------ the pages


def test_the_office_pastes_a_list_and_another_checks_it(browser_of: Browsers) -> None:
    found("云溪镇", "河口镇")
    sent = {"year": "2009", "title": "分档情况", "document": "灌办发〔2010〕7号", "once": "1",
            "text": "先进单位1个：云溪镇\n达标单位1个：河口镇"}  # fmt: skip
    page = browser_of(Role.OFFICE).post("/results/past/enter/", sent, follow=True)
    assert "等待核对" in page.content.decode()
    row = PastResult.objects.get()
    head = browser_of(Role.OFFICE_HEAD)
    page = head.post(f"/results/past/{row.pk}/confirm/", {"once": "2"}, follow=True)
    assert "核对无误" in page.content.decode()
    assert "历史录入" in browser_of(Role.LEADER).get("/results/past/").content.decode()


def test_errors_keep_what_was_pasted(browser_of: Browsers) -> None:
    sent = {"year": "2009", "title": "分档情况", "document": "文件", "text": "无名镇 先进"}
    answer = browser_of(Role.OFFICE).post("/results/past/enter/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第1行机构库里没有“无名镇”" in page
    assert "无名镇 先进" in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名单.xlsx", b"PK\x03\x04", "文件已损坏"),
        ("名单.csv", "单位,等次\n云溪镇,先进\n云溪镇,达标\n".encode(), "是同一个单位"),
        ("名单.csv", "单位,名次\n云溪镇,1\n".encode(), "缺少“等次”"),
        ("名单.exe", b"MZ\x90\x00", "名单"),
    ],
)
def test_a_wrong_file_is_only_a_sentence(
    browser_of: Browsers, name: str, content: bytes, said: str
) -> None:
    found("云溪镇")
    sent = {"year": "2009", "title": "分档情况", "document": "文件",
            "file": SimpleUploadedFile(name, content)}  # fmt: skip
    answer = browser_of(Role.OFFICE).post("/results/past/enter/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_before_it_is_checked_only_the_office_sees_it(actor: Actors, browser_of: Browsers) -> None:
    found("云溪镇")
    kept = entered(actor(Role.OFFICE))
    assert browser_of(Role.LEADER).get(f"/results/past/{kept.pk}/").status_code == 404
    assert "2009" not in browser_of(Role.LEADER).get("/results/past/").content.decode()
    assert browser_of(Role.OFFICE).get(f"/results/past/{kept.pk}/").status_code == 200


def test_hostile_names_stay_text(actor: Actors, browser_of: Browsers) -> None:
    found("云溪镇")
    kept = entered(actor(Role.OFFICE), "云溪镇\t<b>先进</b>")
    page = browser_of(Role.OFFICE).get(f"/results/past/{kept.pk}/").content.decode()
    assert "<b>先进" not in page


@pytest.mark.parametrize("count", [5, 300])
def test_the_pages_ask_the_database_as_often_for_300_units(
    actor: Actors, browser_of: Browsers, count: int,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    names = [f"第{number}镇" for number in range(count)]
    found(*names)
    kept = entered(actor(Role.OFFICE), "\n".join(f"{name} 先进" for name in names))
    client = browser_of(Role.OFFICE)
    client.get("/")
    for url in ("/results/past/", f"/results/past/{kept.pk}/", f"/results/past/{kept.pk}/correct/"):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert client.get(url).status_code == 200


def test_the_template_names_the_units_of_the_county(browser_of: Browsers, tmp_path: Path) -> None:
    found("云溪镇")
    answer = browser_of(Role.OFFICE).get("/results/past/template/")
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert read_workbook(path) == []
    assert Unit.objects.count() == 1
