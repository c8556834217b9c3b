"""The translation between parts of a scheme and Chinese words."""

import re
from fractions import Fraction
from typing import cast, get_args, get_origin

import pytest

from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.words import (
    Options,
    P,
    choices,
    fields_of,
    from_words,
    is_part,
    options,
    to_words,
)
from jixiao.schemes.exchange.yaml_view import parse
from jixiao.scoring.base import Kind, Part
from jixiao.scoring.scales import Deduct
from jixiao.scoring.scheme import (
    DataItem,
    Excluded,
    Item,
    Missing,
    Period,
    Rule,
    Scheme,
    TieBreak,
    Unit,
    Variant,
)


def collect(found: Options, seen: dict[type[Part], None]) -> None:
    """Add every model reachable from a field."""
    for option in found:
        if get_origin(option) in (tuple, dict):
            collect(options(get_args(option)[-1 if get_origin(option) is dict else 0]), seen)
        elif is_part(option) and option not in seen:
            model = cast("type[Part]", option)
            seen[model] = None
            for _, inner in fields_of(model).values():
                collect(inner, seen)


MODELS: dict[type[Part], None] = {}
collect((Scheme,), MODELS)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def read(model: type[P], text: str) -> P:
    """A part written as YAML on one line."""
    return from_words(model, parse(text).data)


def told(model: type[Part], text: str) -> list[str]:
    """What is said about a part that cannot be understood."""
    with pytest.raises(SchemeFileError) as caught:
        read(model, text)
    return [str(problem) for problem in caught.value.problems]


# ------------------------------------------------------------------ the vocabulary


def test_all_the_models_are_looked_at() -> None:
    assert {Scheme, Deduct, Variant, Missing} < set(MODELS)
    assert len(MODELS) > 50


@each_model
def test_every_field_has_a_title_of_its_own(model: type[Part]) -> None:
    own = [name for name in model.model_fields if not (name == "kind" and issubclass(model, Kind))]
    titles = [model.model_fields[name].title for name in own]
    assert all(titles), f"{model.__name__} has a field without a title"
    assert len(fields_of(model)) == len(titles), f"titles clash in {model.__name__}: {titles}"


@each_model
def test_every_kind_has_a_label_of_its_own_and_fields_of_other_names(model: type[Part]) -> None:
    for _, found in fields_of(model).values():
        kinds = [each for each in found if is_part(each) and issubclass(cast("type", each), Kind)]
        labels = [cast("type[Kind]", each).label for each in kinds]
        assert all(labels)
        assert len(set(labels)) == len(labels)
    assert not issubclass(model, Kind) or "方法" not in fields_of(model)


@each_model
def test_every_choice_has_a_chinese_word_of_its_own(model: type[Part]) -> None:
    for title, (name, found) in fields_of(model).items():
        words = choices(found)
        assert not re.search("[a-z]", "".join(words)), f"{model.__name__}.{name}: {words}"
        meant = [one for each in found for one in get_args(each) if isinstance(one, str)]
        assert sorted(map(str, words.values())) == sorted(meant) or found == (bool,), title


# ------------------------------------------------------------------ saying


def test_what_goes_without_saying_is_not_written() -> None:
    assert to_words(Item(code="1.1", name="税收")) == {"编码": "1.1", "名称": "税收"}


def test_a_kind_is_written_by_its_label_and_a_number_as_text() -> None:
    rule = Rule(scale=Deduct(kind="deduct", each="0.5"), missing=Missing(kind="group_mean"))
    assert to_words(rule) == {"计分": {"方法": "每次扣", "每次扣": "0.5"}, "缺项": "同组平均"}


def test_a_name_alone_stands_for_a_unit() -> None:
    item = Variant(groups=("乡镇",), rule=Rule())
    assert to_words(item) == {"组别": ["乡镇"], "规则": {}}
    scheme = read(
        Scheme,
        "{名称: a, 满分: 1, 组别: [{名称: 甲, 单位: [云溪镇, {名称: 河口镇, 别名: 河口}]}], 指标: [{编码: 1, 名称: b}]}",
    )
    assert scheme.groups[0].units == (Unit(name="云溪镇"), Unit(name="河口镇", aliases=("河口",)))


def test_choices_and_truths_are_words() -> None:
    assert read(TieBreak, "{项目: 1.1, 好的是: 低}") == TieBreak(item="1.1", best="low")
    assert read(Item, "{编码: 1, 名称: a, 自拟: 是, 封顶: 不设}").ours
    assert to_words(Item(code="1", name="a", cap="none"))["封顶"] == "不设"


def test_dates_may_be_written_in_several_ways() -> None:
    period = read(Period, "{起: 2026年1月1日, 止: 2026-12-31}")
    assert (period.start.isoformat(), period.end.isoformat()) == ("2026-01-01", "2026-12-31")


def test_numbers_are_exact() -> None:
    assert read(DataItem, "{编码: a, 最小值: 0.1, 最大值: 1/3}").high == Fraction(1, 3)


# ------------------------------------------------------------------ refusing, gently


@pytest.mark.parametrize(
    ("model", "text", "expected"),
    [
        (Item, "{编码: 1}", "缺少“名称”，请补上"),
        (Item, "{编码: 1, 名称: ''}", "名称：没有写内容，请补上"),
        (Item, "{编码: 1 1, 名称: a}", "编码：“1 1”里不能有空格、@ 或 #"),
        (Item, "{编码: 1, 名称: a, 分直: 5}", "分直：不认识“分直”，是不是“分值”？请改正"),
        (Item, "{编码: 1, 名称: a, 分值: -5}", "分值：“-5”不能小于0"),
        (Item, "{编码: 1, 名称: a, 分值: [5]}", "分值：这里只写一个值，不分项、不分条"),
        (Item, "{编码: 1, 名称: a, 分值: }", "分值：没有写内容，请补上，或删去这个词"),
        (Item, "{编码: 1, 名称: a, 分值: 1e9}", "分值：“1e9”不是数，请写成 80、0.5、80% 或 1/3"),
        (Item, "{编码: 1, 名称: a, 自拟: 对}", "自拟：不认识“对”，这里可以写：是、否"),
        (Item, "{编码: 1, 名称: a, 封顶: 十}", "封顶：“十”不是数，请写成 80、0.5、80% 或 1/3"),
        (Item, "{编码: 1, 名称: a, 规则: 按比例}", "规则：这里要写成“词: 内容”的样子，可以写：计量、计分、系数数据、前提、缺项"),
        (Item, "{编码: 1, 名称: a, 规则: {计分:按比例}}", "规则 › 计分:按比例：“计分:按比例”里的冒号要用英文冒号，后面空一格，如“方法: 比率”"),
        (Item, "{编码: 1, 名称: a, 各组分值: 5}", "各组分值：这里要写成“名称: 数”的样子，如 {甲组: 10, 乙组: 8}"),
        (Item, "{编码: 1, 名称: a, 各组分值: {甲: 五}}", "各组分值 › 甲：“五”不是数，请写成 80、0.5、80% 或 1/3"),
        (Item, "{编码: 1, 名称: a, 子项: {编码: 2}}", "子项：这里要分条写，每条另起一行、以“- ”开头"),
        (DataItem, "{编码: a, 期数: 两}", "期数：“两”不是整数，请写成 0、1、2 这样的数"),
        (DataItem, "{编码: a, 期数: 400}", "期数：“400”不能大于366"),
        (DataItem, "{编码: a, 各期权重: [1, 二]}", "各期权重 › 第2项：“二”不是数，请写成 80、0.5、80% 或 1/3"),
        (DataItem, "{编码: a, 各期取: 平匀}", "各期取：不认识“平匀”，是不是“平均”？请改正"),
        (Variant, "{组别: [], 规则: {}}", "组别：至少要写1个"),
        (Excluded, "[甲]", "这里要写成“词: 内容”的样子，可以写：名称、原因"),
        (Period, "{起: 2026-13-01, 止: 2026-12-31}", "起：没有“2026-13-01”这一天，请检查日期"),
        (Period, "{起: 年初, 止: 2026-12-31}", "起：“年初”不是日期，请写成2026-08-31这样的日期"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_gently(model: type[Part], text: str, expected: str) -> None:
    assert told(model, text) == [expected]


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("{满分对应值: 1}", "缺少“方法”，可以写：直接计分、按比例、门槛、分档、增减、每次扣、每次得、名次表、每位减、区间、累进"),
        ("{方法: 按比列}", "方法：不认识“按比列”，是不是“按比例”？请改正"),
        ("{方法: 按比例, 满分对应值: 0}", "满分对应值：“0”要大于0"),
        ("{方法: 增减, 每超: {每: 1, 分数: 1, 最多: -1}}", "每超：“最多”与“分数”要同为加分或同为扣分（正负号一致）"),
        ("{方法: 门槛, 达标范围: '[9,1]'}", "达标范围：范围“[9,1]”里没有任何数"),
        ("{方法: 分档, 各档: [{范围: 高, 得分: 1}]}", "各档 › 第1项 › 范围：“高”不是范围，请写成 ≥80、<60、3 或 [60,80)"),
    ],
)  # fmt: skip
def test_each_mistake_in_a_rule_is_told_gently(scale: str, expected: str) -> None:
    (message,) = told(Rule, f"{{计分: {scale}}}")
    assert message.removeprefix("计分").removeprefix("：").removeprefix(" › ") == expected


def test_all_problems_are_told_at_once_with_their_paths() -> None:
    text = "{编码: 1, 名称: 水, 子项: [{编码: 1.2, 名称: 领导小组, 规责: {计分: {方法: 每次扣, 每次扣: 零点五}}}, {名称: b}]}"
    assert told(Item, text) == [
        "子项 › 1.2 领导小组 › 规责：不认识“规责”，是不是“规则”？请改正",
        "子项 › 1.2 领导小组 › 规则 › 计分 › 每次扣：“零点五”不是数，请写成 80、0.5、80% 或 1/3",
        "子项 › b：缺少“编码”，请补上",
    ]


def test_of_words_equally_like_it_all_are_offered() -> None:
    assert told(Rule, "{计份: 按比例}") == ["计份：不认识“计份”，是不是“计量”或“计分”？请改正"]
    assert told(Rule, "{计量: 填报, 计份: 按比例}") == ["计份：不认识“计份”，是不是“计分”？请改正"]
