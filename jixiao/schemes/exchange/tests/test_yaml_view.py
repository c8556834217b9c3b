"""A scheme as YAML, and back."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.schemes.exchange.problems import Problem, SchemeFileError
from jixiao.schemes.exchange.tests.scheme_strategies import schemes
from jixiao.schemes.exchange.words import from_words
from jixiao.schemes.exchange.yaml_view import (
    DEEPEST,
    LARGEST,
    flow_text,
    parse,
    read_yaml,
    write_yaml,
)
from jixiao.scoring.check import check
from jixiao.scoring.scheme import Group, Item, Scheme

SAMPLE = Path(__file__).parent / "样例.yaml"
MINIMAL = "名称: 甲办法\n满分: 100\n组别: [乡镇]\n指标:\n  - {编码: 1, 名称: 税收, 分值: 100}\n"


TEXT = SAMPLE.read_text("utf-8")


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    try:
        read_yaml(text)
    except SchemeFileError as error:
        return error.problems
    return ()


def told(text: str | bytes) -> list[str]:
    return [str(problem) for problem in problems_of(text)]


# ------------------------------------------------------------------ nothing is lost


@given(schemes)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_scheme_comes_back_from_yaml(scheme: Scheme) -> None:
    text = write_yaml(scheme)
    assert read_yaml(text) == scheme
    assert write_yaml(read_yaml(text)) == text


def test_the_sample_is_sound_and_comes_back() -> None:
    scheme = read_yaml(TEXT)
    assert check(scheme) == ()
    assert read_yaml(write_yaml(scheme)) == scheme


def test_numbers_and_codes_stay_as_they_are_written() -> None:
    scheme = read_yaml(MINIMAL.replace("编码: 1,", "编码: 1.10,").replace("值: 100", "值: 0.1"))
    assert scheme.items[0].code == "1.10"
    assert scheme.items[0].points * 10 == 1


def test_words_of_other_yaml_readers_are_plain_text() -> None:
    assert read_yaml(MINIMAL.replace("税收", "yes")).items[0].name == "yes"
    assert read_yaml(MINIMAL.replace("税收", "null")).items[0].name == "null"


def test_bytes_with_a_byte_order_mark_are_read() -> None:
    assert read_yaml(MINIMAL.encode("utf-8-sig")) == read_yaml(MINIMAL)


# ------------------------------------------------------------------ how it reads


def test_short_parts_stand_on_one_line_in_the_order_of_the_fields() -> None:
    assert write_yaml(read_yaml(MINIMAL)) == MINIMAL


def test_long_parts_stand_on_several_lines() -> None:
    note = "这是一段很长的说明" * 6
    text = write_yaml(read_yaml(MINIMAL.replace("值: 100}", f"值: 100, 说明: {note}}}")))
    assert text.endswith(f"  - 编码: 1\n    名称: 税收\n    分值: 100\n    说明: {note}\n")


def test_rare_characters_are_not_escaped() -> None:
    scheme = Scheme(
        title="𠮷赟", full="1", groups=(Group(name="甲　组"),), items=(Item(code="1", name="a"),)
    )
    assert "名称: 𠮷赟\n" in write_yaml(scheme)
    assert "组别: [甲　组]\n" in write_yaml(scheme)


def test_flow_text_fits_into_a_cell() -> None:
    assert flow_text({"方法": "每次扣", "每次扣": "0.5"}) == "{方法: 每次扣, 每次扣: 0.5}"
    assert flow_text("按比例") == "按比例"


# ------------------------------------------------------------------ refusing, with the line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "第1行：文件里没有内容"),
        ("# 只有说明\n", "第1行：文件里没有内容"),
        ("甲办法", "第1行：这里要写成“词: 内容”的样子，"),
        ("- 甲", "第1行：这里要写成“词: 内容”的样子，"),
        ("名称: 甲\n\t满分: 1", "第2行：缩进用了制表符（Tab），请改用空格"),
        ("名称: @甲", "第1行：内容不能以 @、%、` 等符号开头，请给内容加引号"),
        ("名称: 甲: 乙", "第1行：这一行多了一个冒号，"),
        ("名称: 甲\n组别: [乙\n满分: 1\n", "第2行：从这里开始的括号没有配对，或者少了逗号"),
        ("名称: 甲\n文号: '乙\n满分: 1\n", "第2行：从这里开始的引号没有配对"),
        ("名称: 甲\n 满分: 1\n- 乙", "第2行：这一行多了一个冒号，"),
        ("- 甲\n名称: 乙", "第2行：这里的格式不对，"),
        ("名称: &甲 乙", "第1行：内容不能以 &、* 或 ! 开头；确是文字的，请加引号"),
        ("名称: 甲\n文号: *甲", "第2行：内容不能以 &、* 或 ! 开头；确是文字的，请加引号"),
        ("名称: !!python/name:os.system 甲", "第1行：内容不能以 &、* 或 ! 开头；"),
        ("[甲]: 乙", "第1行：冒号前面要是一个词，不能是括号里的内容"),
        ("名称: 甲\n---\n名称: 乙", "第2行：“---”之后又是一份，请一个文件只写一份"),
        ("名称: 甲\n文号: \x07", "第2行：有看不见的字符（U+0007），请删去"),
        ("名称: \ud800", "第1行：有看不见的字符（U+D800），请删去"),
        ("名称: 甲".encode("gb18030"), "第1行：文件不是UTF-8编码，"),
        ("名称: 甲".encode("utf-16"), "第1行：文件不是UTF-8编码，"),
        ("[" * 200_000, f"第1行：一层套一层超过{DEEPEST}层，请检查括号和缩进"),
        ("甲" * (LARGEST + 1), "第1行：文件超过500万字，"),
    ],
    ids=range(22),
)
def test_what_is_no_plain_yaml_is_refused(text: str | bytes, expected: str) -> None:
    (message,) = told(text)
    assert message.startswith(expected)


@given(st.integers(0, len(TEXT)), st.sampled_from("{}[]:-,'\"#&*!|>%@`\t"))
@settings(max_examples=15, deadline=None)
def test_a_stray_sign_is_read_or_told_with_its_line(place: int, sign: str) -> None:
    assert all(each.where for each in problems_of(TEXT[:place] + sign + TEXT[place:]))


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    bomb = "甲: &a [1, 1]\n" + "".join(f"乙{n}: [*a, *a]\n" for n in range(9))
    assert told(bomb) == ["第1行：内容不能以 &、* 或 ! 开头；确是文字的，请加引号"]


def test_a_repeated_word_is_told_with_both_lines() -> None:
    assert told(MINIMAL + "名称: 乙办法\n") == ["第1行：“名称”写了两次（第1行和第6行），请只留一处"]


def test_problems_are_told_in_the_order_of_their_lines() -> None:
    text = MINIMAL.replace("分值: 100", "分直: 百").replace("满分: 100", "满分: 一百")
    assert told(text) == [
        "第2行｜满分：“一百”不是数，请写成 80、0.5、80% 或 1/3",
        "第5行｜指标 › 1 税收 › 分直：不认识“分直”，是不是“分值”？请改正",
        "第5行｜指标 › 1 税收 › 分值：“百”不是数，请写成 80、0.5、80% 或 1/3",
    ]


def test_what_is_missing_is_told_where_its_part_begins() -> None:
    assert told(MINIMAL.replace("名称: 税收, ", "")) == ["第5行｜指标 › 1：缺少“名称”，请补上"]
    assert told("名称: 甲\n满分: 1\n组别: [乙]\n") == ["第1行：缺少“指标”，请补上"]


def test_repeated_words_and_other_mistakes_are_told_together() -> None:
    assert len(told(MINIMAL + "名称: 乙\n小数位: 两\n")) == 2


def test_the_parsed_data_are_texts_only() -> None:
    data = parse("{数: 1, 真: true, 日: 2026-01-01, 空: }").data
    assert data == {"数": "1", "真": "true", "日": "2026-01-01", "空": ""}
    assert from_words(Group, {"名称": "1"}) == Group(name="1")
