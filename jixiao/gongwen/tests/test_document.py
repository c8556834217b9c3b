"""Does a document refuse what cannot be printed, and say so in Chinese?"""

import pytest
from pydantic import BaseModel

from jixiao.gongwen.document import (
    Cell,
    Document,
    DocumentError,
    Header,
    Heading,
    Number,
    Paragraph,
    Run,
    Table,
    tiled,
    width,
)
from jixiao.gongwen.tests.examples import bulletin, paragraph


def refused(part: type[BaseModel], **values: object) -> str:
    with pytest.raises(DocumentError) as error:
        part(**values)
    return str(error.value)


def test_a_document_reads_back_from_its_json() -> None:
    document = bulletin()
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_a_paragraph_is_made_of_runs_or_plain_text() -> None:
    assert paragraph("正文").runs == (Run(text="正文"),)
    assert Paragraph(runs=("一是", Run(text="二是"))).runs == (Run(text="一是"), Run(text="二是"))


def test_the_number_has_six_angle_brackets_and_no_leading_zeros() -> None:
    assert str(Number(code="清绩办", year=2027, serial=3)) == "清绩办〔2027〕3号"


@pytest.mark.parametrize("text", ["一、评估过程", "（一）评估过程", "（2）评估过程", "1.评估过程"])
def test_a_typed_heading_number_is_refused(text: str) -> None:
    assert "不要自己写序号" in refused(Heading, level=1, text=text)


@pytest.mark.parametrize("text", ["1.5万人参加评估", "一季度情况", "2026年情况"])
def test_a_heading_may_begin_with_a_figure(text: str) -> None:
    assert Heading(level=1, text=text).text == text


def test_control_characters_are_refused_with_their_code() -> None:
    assert "U+0007" in refused(Run, text="甲\x07乙")
    assert "U+200B" in refused(Run, text="甲\u200b乙")


def test_a_line_break_inside_a_paragraph_is_refused() -> None:
    assert "请分成两段" in refused(Run, text="甲\n乙")


def test_a_missing_part_is_named() -> None:
    assert refused(Document, title="甲") == "\n".join(
        f"公文的“{name}”没有填写，请补上。" for name in ("版头", "正文", "发文机关署名", "成文日期")
    )


def test_an_unknown_part_is_named() -> None:
    assert "标志的“颜色”" not in refused(Header, mark="甲", colour="红")
    assert "版头的“colour”不是公文要素" in refused(Header, mark="甲", colour="红")


def test_a_wrong_value_is_quoted() -> None:
    assert refused(Number, code="清绩办", year=27, serial=1) == (
        "发文字号的“年份”填写不合要求（27），请核对。"
    )


def test_an_empty_heading_is_refused() -> None:
    assert "不能空着" in refused(Heading, level=1, text=" ")


def test_a_mark_too_long_to_be_conspicuous_is_refused() -> None:
    assert "请用规范化简称" in refused(Header, mark="清" * 23)


def test_a_title_line_longer_than_the_page_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"第2行.*有21个字宽"):
        bulletin(title=("关于", "甲" * 21))


def test_a_title_that_would_push_the_text_off_the_first_page_is_refused() -> None:
    with pytest.raises(DocumentError, match="标题太长"):
        bulletin(title="甲" * 73)


def test_a_row_must_fill_the_table() -> None:
    assert "表格的“表体”：第2行应正好占2列" in refused(
        Table, widths=(1, 1), rows=(("甲", "乙"), ("丙",))
    )
    assert "表格的“表头”：第1行应正好占2列" in refused(
        Table, widths=(1, 1), header=(("甲", "乙", "丙"),), rows=(("甲", "乙"),)
    )


def test_a_cell_may_not_reach_out_of_the_table() -> None:
    tall = Cell(text="甲", rows=2)
    assert "向下跨出了表格" in refused(Table, widths=(1,), rows=((tall,),))


def test_a_wide_cell_may_not_run_into_one_from_above() -> None:
    rows = (("甲", Cell(text="乙", rows=2)), (Cell(text="丙", columns=2),))
    assert "第2行" in refused(Table, widths=(1, 1), rows=rows)


def test_tiled_rows_carry_cells_from_above() -> None:
    rows = ((Cell(text="甲", rows=2), Cell(text="乙")), (Cell(text="丙"),))
    slots = [[(slot.cell.text, slot.continued) for slot in row] for row in tiled(rows, 2)]
    assert slots == [[("甲", False), ("乙", False)], [("甲", True), ("丙", False)]]


def test_latin_letters_and_digits_take_half_a_character() -> None:
    assert width("2026年2月20日") == 6.5
    assert width("“甲”") == 3
