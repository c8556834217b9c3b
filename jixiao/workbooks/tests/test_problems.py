"""A problem is one line that says where, what and what next."""

import pytest

from jixiao.workbooks.problems import (
    Problem,
    Severity,
    TableError,
    Where,
    column_letters,
    quoted,
    raise_errors,
)

PLACE = Where(file="报表.xlsx", sheet="乡镇", row=7, column=3, header="完成值")
BAD = Problem(PLACE, "“八十”不是数字", "请填阿拉伯数字")


def test_a_problem_names_sheet_row_and_column() -> None:
    assert str(BAD) == "工作表“乡镇”第7行C列“完成值”：“八十”不是数字，请填阿拉伯数字"


def test_a_file_without_sheets_is_named_itself() -> None:
    assert (
        str(Problem(Where(file="报表.csv", row=2), "格式混乱")) == "文件“报表.csv”第2行：格式混乱"
    )


def test_a_warning_says_so() -> None:
    assert str(Problem(PLACE, "没有读取", severity=Severity.WARNING)).startswith(
        "警告：工作表“乡镇”"
    )


def test_an_error_lists_all_problems_one_a_line() -> None:
    error = TableError([BAD, BAD])
    assert str(error) == f"{BAD}\n{BAD}"
    assert error.problems == (BAD, BAD)


def test_warnings_alone_do_not_stop_the_work() -> None:
    raise_errors([Problem(PLACE, "没有读取", severity=Severity.WARNING)])
    with pytest.raises(TableError):
        raise_errors([BAD])


def test_a_problem_becomes_plain_data() -> None:
    assert BAD.as_dict() == {
        "file": "报表.xlsx",
        "sheet": "乡镇",
        "row": 7,
        "column": "C",
        "header": "完成值",
        "message": "“八十”不是数字",
        "hint": "请填阿拉伯数字",
        "severity": "错误",
        "text": str(BAD),
    }


@pytest.mark.parametrize(
    ("column", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_columns_are_named_as_in_excel(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_a_quotation_stays_on_one_line_and_short() -> None:
    assert quoted("八\n十\u200b\x1b") == "“八 十”"
    assert quoted("长" * 30) == f"“{'长' * 24}……”"


def test_a_quotation_keeps_rare_names() -> None:
    assert quoted("\U000323af") == "“\U000323af”"
