"""Does the workbook say what the county's record says, and the other way round?"""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Permission, Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org import models
from jixiao.org.actions import (
    apply_workbook,
    assign_duty,
    drop_workbook,
    hand_in_workbook,
    rename_unit,
)
from jixiao.org.actions.facts import Basis, NewDuty
from jixiao.org.exchange.changes import Change, Manner
from jixiao.org.exchange.writing import write_workbook
from jixiao.org.models import OrgImport, Person, Unit
from jixiao.org.queries.county import county_now
from jixiao.org.queries.imports import Preview, preview, preview_of
from jixiao.org.states import ConditionKind, DutyRole, ImportState, Kind
from jixiao.org.tests.factories import (
    AliasFactory,
    ConditionFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    SectionFactory,
    UnitFactory,
)
from jixiao.workbooks.problems import TableError

pytestmark = pytest.mark.django_db
with_town = pytest.mark.usefixtures("town")

BASIS = Basis(date(2024, 6, 1), "清绩办〔2024〕3号")
HEADERS = {
    "单位": ("编号", "名称", "类别", "比较组", "上级", "次序", "设立日期"),
    "别名": ("单位", "别名", "起", "止"),
    "人员": ("人员编号", "姓名", "职级", "离开日期"),
    "任职": ("人员编号", "姓名", "单位", "职务", "专职", "起", "止"),
    "分工": ("单位", "分工", "人员编号", "姓名", "专职", "起", "止", "依据"),
    "办公条件": ("单位", "种类", "数量", "使用", "状况", "核对日期", "说明"),
}


def exported() -> bytes:
    target = io.BytesIO()
    write_workbook(county_now(), target)
    return target.getvalue()


def edited(edit: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The exported workbook after somebody worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(exported()))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def written(**sheets: list[tuple[object, ...]]) -> bytes:
    """A workbook made by hand."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in (HEADERS[name], *rows):
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def looked(content: bytes) -> Preview:
    return preview(content, name="机构人员.xlsx")


def told(found: Preview) -> list[tuple[str, str, str]]:
    return [
        (sheet.plan.name, change.manner.value, change.line.label)
        for sheet in found.changes.sheets
        for change in sheet.changes
    ]


def problems(content: bytes) -> list[str]:
    with pytest.raises(TableError) as error:
        looked(content)
    return [str(each) for each in error.value.problems]


def confirmed(content: bytes, by: Actor, basis: Basis = BASIS) -> OrgImport:
    handed = hand_in_workbook("机构人员.xlsx", by=by, content=content)
    return apply_workbook(
        handed, by=by, fingerprint=preview_of(handed).fingerprint, basis=basis, reason="年初核对"
    )


def row_of(sheet: Worksheet, text: str, column: int) -> int:
    return next(
        cell.row
        for (cell,) in sheet.iter_rows(min_col=column, max_col=column)
        if cell.value == text
    )


@pytest.fixture
def town() -> Unit:
    """A unit with something in every sheet."""
    town = UnitFactory(name="云溪镇")
    AliasFactory(unit=town, name="云溪")
    SectionFactory(parent=town, name="办公室")
    person = PersonFactory(name="韩松", code="P001")
    DutyFactory(unit=town, person=person, document="云发〔2022〕1号")
    ConditionFactory(unit=town, quantity=0, note="与综合科合用")
    found: Unit = town
    return found


# ---------------------------------------------------------------------- there and back


@with_town
def test_exporting_and_importing_changes_nothing() -> None:
    PostFactory(unit=UnitFactory(kind=Kind.STATIONED), until=date(2023, 1, 1))
    found = looked(exported())
    assert found.changes.is_empty
    assert [sheet.same for sheet in found.changes.sheets] == [3, 1, 2, 2, 1, 1]
    assert not any(sheet.missing for sheet in found.changes.sheets)


@with_town
def test_the_same_county_gives_the_same_bytes() -> None:
    assert exported() == exported()


NAMES = st.text(st.sampled_from("云溪河口石桥科室=+-@1a "), min_size=1, max_size=8).filter(
    lambda name: name.strip()
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    names=st.lists(NAMES, min_size=1, max_size=6, unique_by=lambda n: "".join(n.split())),
    days=st.lists(st.dates(date(2020, 1, 1), date(2024, 1, 1)), min_size=2, max_size=2),
    note=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30),
)
def test_whatever_the_county_says_comes_back_as_it_was(
    names: list[str], days: list[date], note: str
) -> None:
    for model in (models.Condition, models.Post, models.UnitVersion, models.Unit, models.Person):
        model.objects.all().delete()
    since, until = sorted(days)
    for name in ("".join(name.split()) for name in names):
        unit = UnitFactory(name=name)
        PostFactory(unit=unit, person__name=name, title=name, since=since, until=until)
        ConditionFactory(unit=unit, note=note)
    assert looked(exported()).changes.is_empty


def test_an_empty_county_is_filled_from_one_workbook(office: Actor) -> None:
    confirmed(
        written(
            单位=[
                (None, "云溪镇", "乡镇", "乡镇", None, 1, "2020-01-01"),
                (None, "农技中心", "下属单位", None, "云溪镇", 2, "2020-01-01"),
                (None, "综合科", "内设机构", None, "云溪镇／农技中心", 3, "2021-01-01"),
            ],
            别名=[("云溪镇", "云溪", None, None)],
            人员=[("P001", "韩 松", "科员及以下", None)],
            任职=[("P001", "韩松", "农技中心", "科员", "是", "2022-01-01", None)],
            分工=[("云溪", "联络员", None, "韩　松", "否", "2022-01-01", None, None)],
            办公条件=[("云溪镇", "牌子", 1, "专用", "破损", "2024-03-01", "褪色")],
        ),
        office,
    )
    section = Unit.objects.get(name="综合科")
    assert section.path.count("/") == 4
    assert [str(duty) for duty in models.Duty.objects.all()] == ["云溪镇 联络员 韩松"]
    assert list(Unit.objects.found_by("yunxi")) == [Unit.objects.get(name="云溪镇")]
    assert looked(exported()).changes.is_empty


# ---------------------------------------------------------------------- what changes


@with_town
def test_the_preview_tells_what_is_added_changed_and_ended_and_saves_nothing() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        people, duties = book["人员"], book["分工"]
        people.append(("P009", "李梅", "副科级", None))
        people.cell(row_of(people, "P001", 1), 3).value = "副科级"
        duties.cell(row_of(duties, "云溪镇", 1), 7).value = date(2024, 5, 31)

    found = looked(edited(edit))
    assert told(found) == [
        ("人员", "修改", "韩松 P001"),
        ("人员", "新增", "李梅 P009"),
        ("分工", "结束", "云溪镇 联络员 韩松"),
    ]
    assert not Person.objects.filter(code="P009").exists()


def changed(found: Preview, sheet: str) -> Change:
    return next(each for each in found.changes.of(sheet) if each.manner is Manner.CHANGED)


def test_a_renamed_unit_is_known_by_its_number_and_keeps_its_history(
    town: Unit, office: Actor
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["单位"]
        sheet.cell(row_of(sheet, "云溪镇", 2), 2).value = "云溪街道"

    content = edited(edit)
    (difference,) = changed(looked(content), "单位").differences
    assert (difference.before, difference.after) == ("云溪镇", "云溪街道")
    confirmed(content, office)
    assert [version.name for version in town.versions.all()] == ["云溪街道", "云溪镇"]


@with_town
def test_an_alias_without_number_means_the_unit_and_renames_nothing() -> None:
    rows: list[tuple[object, ...]] = [(None, "云溪", "乡镇", "乡镇", None, None, None)]
    assert looked(written(单位=rows)).changes.is_empty


@with_town
def test_a_section_is_moved_by_writing_another_parent(office: Actor) -> None:
    other = UnitFactory(name="河口镇")

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["单位"]
        sheet.cell(row_of(sheet, "办公室", 2), 5).value = "河口镇"

    confirmed(edited(edit), office)
    section = Unit.objects.get(name="办公室")
    assert section.path == f"{other.path}{section.pk}/"


@with_town
def test_a_row_that_is_missing_is_told_and_nothing_is_deleted(office: Actor) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["人员"].delete_rows(4, 9)
        book["人员"].append(("P009", "李梅", "副科级", None))
        for name in ("任职", "分工"):
            book.remove(book[name])

    content = edited(edit)
    sheet = next(each for each in looked(content).changes.sheets if each.plan.name == "人员")
    assert "P001" in [line.text("人员编号") for line in sheet.missing]
    confirmed(content, office)
    assert Person.objects.filter(code__in=["P001", "P009"]).count() == 2
    assert models.Duty.objects.filter(until=None).exists()


def test_a_new_liaison_takes_over_in_the_same_workbook(town: Unit, office: Actor) -> None:
    other = PostFactory(unit=town, person__name="李梅").person

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["分工"]
        sheet.cell(row_of(sheet, "云溪镇", 1), 7).value = date(2024, 5, 31)
        sheet.append(("云溪镇", "联络员", other.code, None, "否", date(2024, 6, 1), None, None))

    confirmed(edited(edit), office)
    assert town.duties.get(until=None).person == other


@with_town
def test_an_import_is_one_entry_with_reason_and_document(office: Actor) -> None:
    content = edited(lambda book: book["人员"].append(("P009", "李梅", "副科级", None)))
    done = confirmed(content, office)
    entries = Event.objects.filter(action="org.apply_workbook")
    assert [(each.reason, each.actor) for each in entries] == [("年初核对", "周明岚")]
    assert (done.state, done.summary) == (ImportState.APPLIED, "人员：新增1")
    assert (done.document, done.applied_by) == ("清绩办〔2024〕3号", "周明岚")


# ---------------------------------------------------------------------- what is refused


def test_a_preview_of_an_older_county_is_refused(town: Unit, office: Actor) -> None:
    content = edited(lambda book: book["人员"].append(("P009", "李梅", "副科级", None)))
    handed = hand_in_workbook("机构人员.xlsx", by=office, content=content)
    seen = preview_of(handed).fingerprint
    rename_unit(town, by=office, name="云溪街道", basis=BASIS, reason="撤镇设街道")
    with pytest.raises(RefusedError, match="又有改动"):
        apply_workbook(handed, by=office, fingerprint=seen, basis=BASIS, reason="核对")
    assert not Person.objects.filter(code="P009").exists()


def test_a_workbook_from_before_a_change_says_that_it_may_undo_it(
    town: Unit, office: Actor
) -> None:
    old = exported()
    assert looked(old).warnings == ()
    rename_unit(town, by=office, name="云溪街道", basis=BASIS, reason="撤镇设街道")
    assert "导出以后平台里又有改动" in str(looked(old).warnings[0])


@with_town
def test_an_import_happens_once_and_not_after_it_was_dropped(office: Actor) -> None:
    content = edited(lambda book: book["人员"].append(("P009", "李梅", "副科级", None)))
    done = confirmed(content, office)
    with pytest.raises(RefusedError, match="已导入"):
        drop_workbook(done, by=office)
    handed = hand_in_workbook("机构人员.xlsx", by=office, content=content)
    with pytest.raises(RefusedError, match="没有要导入"):
        apply_workbook(
            handed, by=office, fingerprint=preview_of(handed).fingerprint, basis=BASIS, reason="再"
        )
    assert drop_workbook(handed, by=office).state == ImportState.DROPPED
    with pytest.raises(RefusedError, match="已放弃"):
        apply_workbook(handed, by=office, fingerprint="", basis=BASIS, reason="再")


@with_town
def test_a_change_dated_before_the_current_name_began_changes_nothing(office: Actor) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["单位"]
        sheet.cell(row_of(sheet, "云溪镇", 2), 2).value = "云溪街道"
        book["人员"].append(("P009", "李梅", "副科级", None))

    with pytest.raises(RefusedError, match="不能更早"):
        confirmed(edited(edit), office, basis=Basis(date(2019, 1, 1), "文"))
    assert not Person.objects.filter(code="P009").exists()


def test_units_and_people_are_imported_by_the_office_only(
    town: Unit, actor: Callable[..., Actor]
) -> None:
    content = exported()
    for role, key in ((Role.UNIT_LEAD, town.pk), (Role.LEADER, ""), (Role.SYSTEM_ADMIN, "")):
        with pytest.raises(DeniedError):
            hand_in_workbook("机构人员.xlsx", by=actor(role, key=key), content=content)


def test_a_program_that_may_only_change_units_does_not_import_people(
    town: Unit, office: Actor
) -> None:
    handed = hand_in_workbook("机构人员.xlsx", by=office, content=exported())
    limited = replace(office, only=frozenset({Permission.UNITS_EDIT}))
    with pytest.raises(DeniedError, match="维护人员和任职"):
        apply_workbook(handed, by=limited, fingerprint="", basis=BASIS, reason="核对")
    assert town.is_open


@with_town
def test_every_wrong_cell_is_told_at_once_by_sheet_row_and_column() -> None:
    content = written(
        单位=[
            (None, "新局", "部门", None, None, None, None),
            (9999, "旧局", "县直部门", None, None, -1, None),
        ],
        人员=[("P009", None, "副科级", "2924-01-01")],
        任职=[("P001", "韩忪", "云溪真", "科员", "也许", "昨天", None)],
    )
    found = problems(content)
    assert found[0].startswith("工作表“单位”第2行C列“类别”：“部门”不在选项之内，可填：乡镇、园区")
    for words in (
        "第3行A列“编号”：平台里没有编号9999",
        "第3行F列“次序”：“-1”不对",
        "工作表“人员”第2行B列“姓名”：没有填",
        "D列“离开日期”：2924-01-01还没有到",
        "编号P001是“韩松”",
        "没有单位“云溪真”，是不是“云溪镇”",
        "“也许”不在选项之内",
        "“昨天”不是日期",
    ):
        assert any(words in each for each in found), words


@with_town
def test_a_missing_column_is_told_once_and_not_in_every_row() -> None:
    def strike_out(book: openpyxl.Workbook) -> None:
        sheet = book["人员"]
        sheet.cell(row_of(sheet, "姓名", 2), 2).value = None

    found = problems(edited(strike_out))
    assert any("缺少“姓名”这一列" in each for each in found)
    assert not any("没有填" in each for each in found)


@pytest.mark.parametrize(
    ("sheet", "rows", "words"),
    [
        ("单位", [(None, "新科", "内设机构", None, None, None, "2020-01-01")], "属于哪个单位"),
        ("单位", [(None, "新村", "村（社区）", None, "教育局", None, "2020-01-01")], "可以属于：乡镇、园区"),
        ("单位", [(None, "新镇", "乡镇", None, "云溪镇", None, "2020-01-01")], "没有上级"),
        ("单位", [(None, "新科", "内设机构", "乡镇", "云溪镇", None, "2020-01-01")], "才分比较组"),
        ("单位", [(None, "云溪镇", "乡镇", "乡镇", None, None, "2021-01-01")], "设立日期不能改"),
        ("单位", [(None, "新局", "县直部门", None, None, None, "2020-01-01")] * 2, "与第2行重复"),
        ("单位", [(None, "新局", "县直部门", None, None, None, None)], "新单位请填设立日期"),
        ("单位", [(None, "新科", "内设机构", None, "新局", None, None)], "没有单位“新局”"),
        ("别名", [("教育局", "云溪", None, None)], "也叫这个名称"),
        ("别名", [("教育局", "县教育局", "2024-01-02", "2024-01-01")], "止日早于起日"),
        ("人员", [("P001", "韩松", "科员及以下", "2024-01-01")], "任职还没有结束"),
        ("任职", [("P404", None, "教育局", "局长", "是", "2024-01-01", None)], "没有编号“P404”"),
        ("任职", [(None, None, "教育局", "局长", "是", "2024-01-01", None)], "请填人员编号或姓名"),
        ("任职", [(None, "王同", "教育局", "局长", "是", "2024-01-01", None)], "叫“王同”的人员有2个"),
        ("任职", [("P001", None, "教育局", "局长", "是", "2019-01-01", None)], "早于单位的设立日期"),
        ("任职", [("P001", None, "云溪镇", "科员", "是", "2023-01-01", None)], "已有同一个职务"),
        ("分工", [("云溪镇", "联络员", "W1", None, "否", "2024-01-01", None, None)], "已有韩松在任"),
        ("办公条件", [("云溪镇", "牌子", 99999, "专用", "完好", "2024-01-01", None)], "0到32767"),
        ("办公条件", [("办公室", "牌子", 1, "专用", "完好", "2024-01-01", "长" * 201)], "200个字以内"),
    ],
)  # fmt: skip
@with_town
def test_what_would_make_no_sense_is_refused_where_it_stands(
    sheet: str, rows: list[tuple[object, ...]], words: str
) -> None:
    UnitFactory(name="教育局", kind=Kind.DEPARTMENT, group="部门")
    for code in ("W1", "W2"):
        PersonFactory(name="王同", code=code)
    found = problems(written(**{sheet: rows}))
    assert any(words in each for each in found), found


def test_units_that_would_be_above_each_other_are_refused(town: Unit) -> None:
    first = SectionFactory(parent=town, name="甲站", kind=Kind.SUBORDINATE)
    second = SectionFactory(parent=town, name="乙站", kind=Kind.SUBORDINATE)
    rows: list[tuple[object, ...]] = [
        (first.pk, "甲站", "下属单位", None, "乙站", None, None),
        (second.pk, "乙站", "下属单位", None, "甲站", None, None),
    ]
    assert any("绕成了一圈" in each for each in problems(written(单位=rows)))


@with_town
def test_a_section_called_like_others_must_be_written_with_its_parent() -> None:
    SectionFactory(name="办公室")
    condition = ("牌子", 1, "专用", "完好", "2024-01-01", None)
    found = problems(written(办公条件=[("办公室", *condition)]))
    assert "叫“办公室”的单位有2个，请写清是哪一个，如云溪镇／办公室" in found[0]
    assert told(looked(written(办公条件=[("云溪镇/办公室", *condition)]))) == [
        ("办公条件", "新增", "云溪镇／办公室 牌子")
    ]


@with_town
def test_a_duty_without_post_in_the_unit_is_pointed_out() -> None:
    PersonFactory(code="W1", name="外人")
    rows: list[tuple[object, ...]] = [
        ("云溪镇", "分管人", "W1", None, "否", "2024-01-01", None, None)
    ]
    (warning,) = looked(written(分工=rows)).warnings
    assert "外人在“云溪镇”没有职务" in str(warning)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04broken", "损坏"),
        (b"<html><table></table></html>", "网页"),
        (b"\x00\x01\x02\x03", "不是表格"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_and_not_kept(
    office: Actor, content: bytes, words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        hand_in_workbook("../../坏\x00文件.xlsx", by=office, content=content)
    assert not OrgImport.objects.exists()


def test_the_scoring_sheet_is_not_taken_for_units_and_people() -> None:
    path = Path(__file__).parents[3] / "examples" / "清岚县" / "记分表.xlsx"
    assert any("没有一张能认出的工作表" in each for each in problems(path.read_bytes()))


def test_a_fingerprint_changes_with_the_county(town: Unit, office: Actor) -> None:
    before = county_now().fingerprint()
    assert county_now().fingerprint() == before
    person = town.posts.get().person
    assign_duty(town, by=office, person=person, duty=NewDuty(DutyRole.LEAD, date(2024, 1, 1)))
    assert county_now().fingerprint() != before
    before = county_now().fingerprint()
    ConditionFactory(unit=town, kind=ConditionKind.CABINET)
    assert county_now().fingerprint() != before
