"""Whatever is wrong with a mark sheet is told with its place, all at once."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from jixiao.schemes.exchange.tests.county import (
    END,
    MARK,
    MID,
    Change,
    add_event,
    complaints,
    county,
    empty_row,
    filled,
    set_cell,
    small,
    told,
)

ONE = small(items=[MARK])

# ------------------------------------------------------------------ one thing wrong at a time


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            set_cell(END, "B4", 12),
            "工作表“乡镇·年终”第4行B列“1.1 领导小组（满分5）”：得分12超过满分5，请核对后改正",
        ),
        (
            set_cell(END, "B4", -1),
            "工作表“乡镇·年终”第4行B列“1.1 领导小组（满分5）”：得分-1小于最低限0，请核对后改正",
        ),
        (
            set_cell(END, "E5", 101),
            "工作表“乡镇·年终”第5行E列“空气优良率第1期（%）”：“101”超过最大值100，请核对后改正",
        ),
        (
            set_cell(END, "B6", None),
            "工作表“乡镇·年终”第6行B列“1.1 领导小组（满分5）”：没有填，办法不允许缺，请补填；确实为零的填0",
        ),
        (
            set_cell(END, "H4", "较 号"),
            "工作表“乡镇·年终”第4行H列“党建等次”：“较 号”不在选项之内，是不是“较好”",
        ),
        (
            set_cell(END, "B4", "=1+1"),
            "工作表“乡镇·年终”第4行B列“1.1 领导小组（满分5）”：公式没有计算结果",
        ),
        (
            set_cell(END, "A4", "云西镇"),
            "工作表“乡镇·年终”第4行A列“单位”：办法里没有单位“云西镇”，是不是“云溪镇”",
        ),
        (
            set_cell(END, "A5", "云溪镇"),
            "工作表“乡镇·年终”第5行A列“单位”：“云溪镇”与第4行重复，请只保留一行",
        ),
        (
            set_cell(END, "A4", "县教育局"),
            "工作表“乡镇·年终”第4行A列“单位”：“县教育局”是“部门”组的，不该在这张表",
        ),
        (
            set_cell(END, "A4", "县档案馆"),
            "工作表“乡镇·年终”第4行A列“单位”：“县档案馆”按办法不参评，请删去这一行",
        ),
        (
            set_cell(END, "A4", None),
            "工作表“乡镇·年终”第4行A列“单位”：没有写单位名称",
        ),
        (
            empty_row(END, 4),
            "工作表“乡镇·年终”第4行：“云溪镇”一项也没有填，办法不允许缺，请补填",
        ),
        (
            lambda book: book[END].delete_rows(4),
            "工作表“乡镇·年终”：缺少“云溪镇”这一行，请补上",
        ),
        (
            lambda book: book[END].delete_cols(2),
            "工作表“乡镇·年终”第3行：缺少“1.1 领导小组（满分5）”这一列，请补上这一列，或改用下发的模板",
        ),
        (
            lambda book: book.remove(book[END]),
            "文件“记分表.xlsx”：缺少工作表“乡镇·年终”，请从下发的模板中补上",
        ),
        (
            set_cell("个性项目·年终", "B4", "2.9"),
            "工作表“个性项目·年终”第4行E列“填报内容”：“县教育局”没有“2.9 得分”这一项，或写了两行",
        ),
        (
            lambda book: book["个性项目·年终"].delete_rows(4),
            "工作表“个性项目·年终”：缺少“县教育局”的“2.1 得分”这一行，请补上",
        ),
        (
            set_cell("历年等次", "B4", "优"),
            "工作表“历年等次”第4行B列“上年等次”：“优”不在选项之内，是不是“优秀”",
        ),
        (
            set_cell("历年等次", "A5", "云溪镇"),
            "工作表“历年等次”第5行A列“单位”：“云溪镇”重复，请只留一行",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, change: Change, message: str) -> None:
    assert any(said.startswith(message) for said in complaints(county(), tmp_path, change))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("云溪镇", "J9", "植树", "省级"), "没有加扣分项目“J9”"),
        (("云溪镇", "表彰奖励", None, "省级"), "第4行C列“事项”：没有填"),
        (("云溪镇", "J1", "植树", "省"), "第4行D列“级别”：“省”不在选项之内，是不是“省级”"),
        (("云溪镇", "J1", "植树", "省级", "三等奖"), "第4行E列“等次”：“三等奖”不在选项之内"),
        (("云溪镇", "J1", "植树", "省级", None, 0), "第4行F列“次数”：“0”不对，请填大于0的数"),
        (("云溪镇", "J1", "植树", "省级", None, 1, 2), "请填大于0、不超过1的数"),
        (("云溪镇", "J1", "植树", "省级", *[None] * 5, -1), "天数不能是负数"),
        (("云溪镇", "J1", "植树", "省级", *[None] * 3, "下周"), "“下周”不是日期"),
        (("云溪镇", "J1", "植树", "省级"), "第4行M列“轮次”：没有填"),
        (("临港园区", "J2", "迟报", "市级通报"), "“J2 通报批评”不适用于“临港园区”"),
    ],
)
def test_what_is_wrong_with_an_event_is_told(
    tmp_path: Path, row: tuple[object, ...], message: str
) -> None:
    assert any(message in said for said in complaints(county(), tmp_path, add_event(*row)))


def test_an_event_in_a_round_without_the_unit_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        empty_row(MID, 4)(book)
        add_event("云溪镇", "J1", "植树", "省级", *[None] * 8, "半年")(book)

    told_ = "工作表“加扣分事项”：“云溪镇”没有参加“半年”，却有这一轮的加扣分事项，请核对轮次"
    assert complaints(county(), tmp_path, change) == [told_]


def test_everything_is_told_at_once_in_the_order_of_the_workbook(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for sheet, cell, value in ((END, "C9", "多"), (END, "B4", 12), (MID, "A4", "云溪乡")):
            book[sheet][cell].value = value

    said = complaints(county(), tmp_path, change)
    assert [text[:14] for text in said] == [
        "工作表“乡镇·半年”第4行A",
        "工作表“乡镇·年终”第4行B",
        "工作表“乡镇·年终”第9行C",
    ]


# ------------------------------------------------------------------ what is only pointed out


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (set_cell(END, "G6", 3), "第6行G列“1.5 河长制（满分5）”：这一项不适用于“石桥镇”"),
        (set_cell(END, "J3", "去年得分"), "第3行J列“去年得分”：不认识这一列，没有读取"),
        (
            set_cell(END, "E4", 0.85),
            "填的是0.85，会当作0.85%，如是Excel显示的百分数，请改填不带%的数",
        ),
        (lambda book: book.create_sheet("草稿").append(["x"]), "工作表“草稿”：不认识这张工作表"),
    ],
)
def test_oddities_are_warnings(tmp_path: Path, change: Change, message: str) -> None:
    said = complaints(county(), tmp_path, change)
    assert [text.startswith("警告：") and message in text for text in said] == [True]


def test_a_small_percentage_without_a_ceiling_is_no_oddity(tmp_path: Path) -> None:
    scheme = small(items=[MARK], data=[{"key": "1", "name": "增幅", "unit": "%"}])
    assert complaints(scheme, tmp_path, set_cell("乡镇", "B4", 0.5)) == []


def test_a_sheet_made_for_another_version_is_noticed(tmp_path: Path) -> None:
    path = filled(ONE, tmp_path)
    changed = small(items=[MARK], document="清办发〔2026〕2号")
    assert told(ONE, path) == []
    assert told(changed, path) == [
        "警告：工作表“说明”：这份表是按另一版办法做的，与现在的办法不同，请核对各列是否仍然适用，或改用新下发的模板"
    ]


def test_who_takes_part_in_a_round_must_be_in_its_group_sheet(tmp_path: Path) -> None:
    said = complaints(county(), tmp_path, lambda book: book["部门·半年"].delete_rows(4))
    assert said == ["工作表“部门·半年”：缺少“县教育局”这一行，请补上"]  # it has own items


def test_a_misspelt_unit_is_not_also_told_to_be_missing(tmp_path: Path) -> None:
    for sheet in ("部门·年终", "个性项目·年终"):
        assert len(complaints(county(), tmp_path, set_cell(sheet, "A4", "县教肓局"))) == 1
