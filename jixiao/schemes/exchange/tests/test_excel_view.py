"""A scheme as a workbook, and back."""

import io
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.schemes.exchange.excel_cells import FORMS, cell_text, cell_words
from jixiao.schemes.exchange.excel_view import DEEPEST, LONGEST, read_excel, write_excel
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.tests.scheme_strategies import schemes
from jixiao.schemes.exchange.yaml_view import read_yaml
from jixiao.scoring.scheme import Group, Item, Rule, Scheme

TEXT = (Path(__file__).parent / "样例.yaml").read_text("utf-8")
SAMPLE = read_yaml(TEXT)
NESTED = FORMS["指标"]["计分"]


WORKBOOK = io.BytesIO()
write_excel(SAMPLE, WORKBOOK)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The sample as a workbook."""
    (tmp_path / "办法.xlsx").write_bytes(WORKBOOK.getvalue())
    return tmp_path / "办法.xlsx"


def column(sheet: Worksheet, header: str) -> int:
    return next(n for n in count(1) if sheet.cell(1, n).value == header)


def type_in(book: Path, *edits: tuple[Any, ...]) -> None:
    """Type values as a clerk does; an edit is sheet, row, header, value."""

    def typing(opened: openpyxl.Workbook) -> None:
        cells = [opened[e[0]].cell(e[1], column(opened[e[0]], e[2])) for e in edits]
        for cell, edit in zip(cells, edits, strict=True):
            cell.value = edit[3]

    change(book, typing)


def change(book: Path, doing: Callable[[openpyxl.Workbook], object]) -> None:
    opened = openpyxl.load_workbook(book)
    doing(opened)
    opened.save(book)


def told(book: Path) -> list[str]:
    with pytest.raises(SchemeFileError) as caught:
        read_excel(book)
    return [str(problem) for problem in caught.value.problems]


# ------------------------------------------------------------------ nothing is lost


@given(schemes)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_scheme_comes_back_from_excel(
    tmp_path_factory: pytest.TempPathFactory, scheme: Scheme
) -> None:
    path = tmp_path_factory.getbasetemp() / "任意.xlsx"
    write_excel(scheme, path)
    assert read_excel(path) == (scheme, ())


def test_the_sample_comes_back_without_a_warning(book: Path) -> None:
    assert read_excel(book) == (SAMPLE, ())


def test_the_same_scheme_gives_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_excel(SAMPLE, first)
    write_excel(SAMPLE, second)
    assert first.getvalue() == second.getvalue()


def test_a_rule_of_nothing_but_defaults_stays_a_rule(tmp_path: Path) -> None:
    scheme = Scheme(
        title="甲",
        full="1",
        groups=(Group(name="乙"),),
        items=(Item(code="1", name="丙", rule=Rule()),),
    )
    write_excel(scheme, tmp_path / "a.xlsx")
    assert read_excel(tmp_path / "a.xlsx")[0] == scheme


@pytest.mark.parametrize(
    "text", [" 甲", "甲 ", '"甲"', "", "\x07", "_x0041_", "{", "=1+1", "甲\n乙", "\ufeff"]
)
def test_any_text_fits_into_a_cell(text: str) -> None:
    assert cell_words((str,), cell_text((str,), text)) == text


def test_nested_words_are_short_in_a_cell() -> None:
    words = {"方法": "每次扣", "每次扣": "0.5"}
    assert cell_text(NESTED, words) == "{方法: 每次扣, 每次扣: 0.5}"
    assert cell_text(NESTED, "按比例") == "按比例"
    assert cell_text(FORMS["单位"]["别名"], ["信用社", "信用联社"]) == "信用社、信用联社"


# ------------------------------------------------------------------ how it looks


def test_every_list_has_a_sheet_with_a_frozen_header(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    assert opened.sheetnames == ["办法", "单位", "不参评", "数据项", "指标", "加扣分", "轮次", "同分先后", "等次", "否决与门槛", "结果运用", "评价权重要求"]  # fmt: skip
    assert {sheet.freeze_panes for sheet in opened} == {"B2"}


def test_marks_are_numbers_and_codes_are_text(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["指标"]
    assert sheet.cell(3, column(sheet, "编码")).value == "1.1"
    assert sheet.cell(3, column(sheet, "编码")).number_format == "@"
    assert sheet.cell(3, column(sheet, "分值")).value == 20


def test_a_code_or_a_share_of_the_mark_stays_as_it_is_typed(book: Path) -> None:
    """Else Excel would make 1.1 of 1.10, and 0.05 points of 5% of the full mark."""
    sheet = openpyxl.load_workbook(book)["指标"]
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.cell(4, column(sheet, "封顶")).value is None
    assert sheet.cell(4, column(sheet, "封顶")).number_format == "@"


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("否决与门槛", ['"零分,一票否决,一票否优,降等,直接评为,不得评奖"']),
        ("结果运用", ['"措施,比例"', '"舍去,进一,四舍五入"']),
        ("轮次", ['"是,否"']),
        ("指标", ['"合计,平均"', '"主体,配合"', '"是,否"']),
    ],
)
def test_choices_drop_down(book: Path, sheet: str, expected: list[str]) -> None:
    lists = openpyxl.load_workbook(book)[sheet].data_validations.dataValidation
    assert [each.formula1 for each in lists] == expected


def test_each_rule_is_explained_in_a_column_that_is_not_read(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["指标"]
    assert "税收收入" in str(sheet.cell(3, column(sheet, "规则说明")).value)
    type_in(book, ("指标", 3, "规则说明", "随便写"))
    assert read_excel(book)[0] == SAMPLE


def test_a_scheme_that_is_not_sound_is_written_without_explanations(tmp_path: Path) -> None:
    text = TEXT.replace("项目: 2.1", "项目: 没有这一项")
    write_excel(read_yaml(text), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["指标"]
    assert sheet.cell(3, column(sheet, "规则说明")).value is None
    assert read_excel(tmp_path / "a.xlsx")[0] == read_yaml(text)


# ------------------------------------------------------------------ what clerks do


def test_numbers_dates_and_truths_typed_in_excel_are_understood(book: Path) -> None:
    type_in(book, ("指标", 3, "分值", 20.5), ("指标", 3, "编码", 1.1), ("单位", 2, "参评", "是"))
    scheme, _ = read_excel(book)
    item = scheme.items[0].items[0]
    assert (item.code, item.points * 2, scheme.groups[0].ranked) == ("1.1", 41, True)


def test_a_title_above_the_header_and_empty_rows_do_no_harm(book: Path) -> None:
    def doing(opened: openpyxl.Workbook) -> None:
        opened["单位"].insert_rows(5)
        opened["单位"].insert_rows(1)
        opened["单位"].cell(1, 1, "单位一览表")

    change(book, doing)
    assert read_excel(book)[0] == SAMPLE


def test_an_empty_group_cell_means_the_group_above(book: Path) -> None:
    type_in(book, ("单位", 3, "组别", None))
    assert read_excel(book)[0] == SAMPLE


def test_a_group_merged_over_its_units_is_understood(book: Path) -> None:
    change(book, lambda opened: opened["单位"].merge_cells("A2:A6"))
    assert read_excel(book)[0] == SAMPLE


def test_a_code_used_twice_gets_a_suffix_and_a_warning(book: Path) -> None:
    """C64: real tables repeat codes, such as 2.232."""
    type_in(book, ("指标", 4, "编码", "1.1"))
    scheme, warnings = read_excel(book)
    assert [item.code for item in scheme.items[0].items] == ["1.1", "1.1-2"]
    assert [str(warning) for warning in warnings] == [
        "工作表“指标”第4行：编码“1.1”与工作表“指标”第3行重复，这一行已改作“1.1-2”"
    ]


def test_a_sheet_of_ones_own_is_only_pointed_out(book: Path) -> None:
    change(book, lambda opened: opened.create_sheet("Sheet1"))
    assert [str(each) for each in read_excel(book)[1]] == [
        "工作表“Sheet1”：不是办法的工作表，没有读取"
    ]


# ------------------------------------------------------------------ refusing, with the cell


MISTAKES = [
    ("指标", 3, "分值", "二十", "指标”第3行D列“分值”｜指标 › 1 经济发展 › 子项 › 1.1 税收收入 › 分值：“二十”不是数"),
    ("指标", 3, "计分", "{方法: 每次扣", "指标”第3行I列“计分”：从这里开始的括号没有配对，或者少了逗号（“{方法: 每次扣”）"),
    ("指标", 4, "计分", "{方法: 每次扣, 每次扣: 零点五}", "指标”第4行I列“计分”｜指标 › 1 经济发展 › 子项 › 1.2 税收增幅排名 › 规则 › 计分 › 每次扣：“零点五”不是数"),
    ("指标", 4, "分值", "=1/0", "指标”第4行D列“分值”：公式"),
    ("指标", 6, "计分", "{方法: 每位减, 每位减: 1, 每位减: 2}", "指标”第6行I列“计分”：“每位减”写了两次，请只留一处（"),
    ("指标", 7, "计分", "按比列", "指标”第7行I列“计分”｜指标 › 2 重点工作 › 子项 › 2.2 材料报送 › 规则 › 计分：不认识“按比列”，是不是“按比例”？"),
    ("指标", 8, "名称", None, "指标”第8行｜指标 › 2 重点工作 › 子项 › 2.3：缺少“名称”，请补上"),
    ("指标", 10, "层级", 4, "指标”第10行A列“层级”：层级“4”不对，这一行可以写：1、2"),
    ("加扣分", 2, "层级", None, "加扣分”第2行：层级“”不对，这一行可以写：1"),
    ("单位", 1, "别名", "别明", "单位”第1行D列：不认识“别明”，是不是“别名”？"),
    ("单位", 2, "参评", "是", ""),
    ("单位", 3, "参评", "否", "单位”第3行B列“参评”：“乡镇”的“参评”与上面写的不同"),
    ("轮次", 1, "可缺", "名称", "轮次”第1行D列：“名称”这一列写了两次，请只留一列"),
    ("办法", 3, "词", "名称", "办法”第3行：“名称”写了两次，请只留一处"),
    ("办法", 4, "词", "满汾", "办法”第4行B列“内容”｜满汾：不认识“满汾”，是不是“满分”？请改正"),
    ("办法", 5, "词", "指标", "办法”第5行：“指标”有单独的工作表，请写到那里"),
    ("等次", 2, "总分范围", "九十以上", "等次”第2行B列“总分范围”｜等次 › 优秀 › 总分范围：“九十以上”不是范围"),
    ("结果运用", 2, "方法", "处分", "结果运用”第2行A列“方法”｜结果运用 › 约谈主要负责人 › 方法：不认识“处分”，这里可以写：措施、比例"),
]  # fmt: skip
"""What a clerk may type where, and what is said about it (nothing: it only prepares the next)."""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said about a workbook with all the mistakes at once."""
    path = tmp_path_factory.getbasetemp() / "错误.xlsx"
    path.write_bytes(WORKBOOK.getvalue())
    type_in(path, *MISTAKES)
    return told(path)


@pytest.mark.parametrize(
    "mistake",
    [each for each in MISTAKES if each[-1]],
    ids=lambda each: f"{each[0]}{each[1]}{each[2]}",
)
def test_each_mistake_is_told_with_its_cell(
    mistake: tuple[str, ...], complaints: list[str]
) -> None:
    assert any(each.startswith(f"工作表“{mistake[-1]}") for each in complaints), complaints


def test_rows_after_a_wrong_level_are_not_complained_of(book: Path) -> None:
    type_in(book, ("指标", 4, "层级", 3), ("指标", 5, "层级", 9), ("指标", 6, "层级", 3))
    assert told(book) == ["工作表“指标”第5行A列“层级”：层级“9”不对，这一行可以写：1、2、3、4"]


def test_a_tree_is_not_endlessly_deep(tmp_path: Path) -> None:
    item = Item(code="0", name="叶")
    for level in range(1, DEEPEST + 1):
        item = Item(code=str(level), name="枝", items=(item,))
    write_excel(SAMPLE.model_copy(update={"items": (item,)}), tmp_path / "a.xlsx")
    assert told(tmp_path / "a.xlsx")[0].startswith("工作表“指标”第22行A列“层级”：层级“21”不对")


def test_a_misnamed_sheet_is_not_passed_over(book: Path) -> None:
    change(book, lambda opened: setattr(opened["指标"], "title", "指标表"))
    assert told(book) == [
        "工作表“指标表”：不认识“指标表”，是不是“指标”？请改正",
        "缺少“指标”，请补上",
    ]


def test_a_sheet_without_a_header_is_told(book: Path) -> None:
    change(book, lambda opened: opened["单位"].delete_rows(1))
    assert told(book)[0] == "工作表“单位”：找不到表头，表头要有：组别、参评、名称、别名、标记"


def test_nothing_else_is_complained_of(complaints: list[str]) -> None:
    assert len(complaints) == sum(1 for mistake in MISTAKES if mistake[-1])


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("名称: 甲", encoding="utf-8")
    assert told(tmp_path / "a.xlsx")[0].startswith("文件“a.xlsx”：内容其实是纯文本")


def test_what_is_too_long_for_a_cell_is_not_cut_off(tmp_path: Path) -> None:
    scheme = SAMPLE.model_copy(update={"source": "长" * (LONGEST + 1)})
    with pytest.raises(SchemeFileError, match="工作表“办法”第6行“内容”：内容太长"):
        write_excel(scheme, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
