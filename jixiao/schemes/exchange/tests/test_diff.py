"""What changed between two versions of a scheme."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from jixiao.schemes.exchange.diff import Change, diff
from jixiao.schemes.exchange.tests.scheme_strategies import schemes
from jixiao.schemes.exchange.yaml_view import read_yaml
from jixiao.scoring.scheme import Scheme

TEXT = (Path(__file__).parent / "样例.yaml").read_text("utf-8")
SAMPLE = read_yaml(TEXT)


def after(*edits: tuple[str, str]) -> list[str]:
    """What is said when these pieces of the sample's text are replaced."""
    text = TEXT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return [str(change) for change in diff(SAMPLE, read_yaml(text))]


@given(schemes)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_scheme_does_not_differ_from_itself(scheme: Scheme) -> None:
    assert diff(scheme, scheme.model_copy(deep=True)) == ()


def test_a_changed_value_is_told_with_both_values() -> None:
    assert after(("名称: 税收收入\n        分值: 20", "名称: 税收收入\n        分值: 25")) == [
        "修改｜指标 › 1 经济发展 › 子项 › 1.1 税收收入 › 分值：20 → 25"
    ]


def test_a_value_left_out_is_told_as_what_it_goes_without_saying() -> None:
    assert after(("小数位: 2 ", "小数位: 3 ")) == ["修改｜小数位：2 → 3"]
    assert after(("缺项: 同组平均", "缺项: 零分")) == [
        "修改｜指标 › 1 经济发展 › 子项 › 1.2 税收增幅排名 › 规则 › 缺项 › 方法：同组平均 → 零分"
    ]


def test_a_change_deep_in_a_rule_names_the_word() -> None:
    assert after(("每次扣: 0.5", "每次扣: 1")) == [
        "修改｜指标 › 2 重点工作 › 子项 › 2.2 材料报送 › 规则 › 计分 › 每次扣：0.5 → 1"
    ]


def test_another_kind_of_rule_is_told_whole() -> None:
    (change,) = after(("计分: {方法: 每位减, 每位减: 1}", "计分: 按比例"))
    assert change.endswith("1.2 税收增幅排名 › 规则 › 计分：方法：每位减，每位减：1 → 按比例")


def test_what_was_written_or_struck_out_is_told() -> None:
    assert after(("文号: 清岚发〔2026〕3号\n", "")) == ["删除｜文号：清岚发〔2026〕3号"]
    assert after(("引自结果: 清岚", "提供单位: 县委组织部, 引自结果: 清岚")) == [
        "新增｜数据项 › 党建分 党建考核得分 › 提供单位：县委组织部"
    ]


def test_an_item_put_in_between_changes_nothing_else() -> None:
    fresh = "      - {编码: 1.15, 名称: 招商引资, 分值: 5}\n      - 编码: 1.2\n"
    assert after(("      - 编码: 1.2\n", fresh)) == [
        "新增｜指标 › 1 经济发展 › 子项 › 1.15 招商引资：编码：1.15，名称：招商引资，分值：5"
    ]


def test_a_part_and_the_named_parts_in_it_are_told_one_by_one() -> None:
    fresh = "不参评:\n", "  - {名称: 街道, 单位: [城关街道], 参评: 否}\n不参评:\n"
    assert after(fresh) == [
        "新增｜组别 › 街道：名称：街道，参评：否",
        "新增｜组别 › 街道 › 单位 › 城关街道：名称：城关街道",
    ]


def test_what_was_removed_comes_last() -> None:
    assert after(
        ("      - 河口镇\n", ""), ("  - 不合格\n", "  - {名称: 不合格, 总分范围: <60}\n")
    ) == [
        "新增｜等次 › 不合格 › 总分范围：<60",
        "删除｜组别 › 乡镇 › 单位 › 河口镇：名称：河口镇",
    ]


def test_a_unit_in_another_group_has_moved() -> None:
    moved = after(("      - 河口镇\n", ""), ("[临港园区, 高新", "[临港园区, 河口镇, 高新"))
    assert moved == ["移动｜组别 › 园区 › 单位 › 河口镇：组别 › 乡镇 › 单位 → 组别 › 园区 › 单位"]


def test_another_order_is_told_as_few_moves() -> None:
    first, rest = "      - 云溪镇\n", "      - 河口镇\n      - {名称: 石桥镇, 标记: [沿河]}\n"
    assert after((first + rest, rest + first)) == [
        "移动｜组别 › 乡镇 › 单位 › 云溪镇：第1位 → 第3位"
    ]


def test_lists_without_names_are_compared_whole() -> None:
    assert after(("同分先后: [1.1, ", "同分先后: [2.1, ")) == [
        "修改｜同分先后：1.1、（数据：安全事故，好的是：低） → 2.1、（数据：安全事故，好的是：低）"
    ]


def test_a_change_is_plain_data() -> None:
    (change,) = diff(SAMPLE, SAMPLE.model_copy(update={"document": ""}))
    assert change == Change("文号", "删除", old="清岚发〔2026〕3号")
