"""Is each unfair item found, and nothing found where there is nothing?"""

from pathlib import Path
from typing import Any

import pytest

from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.linter import Finding, findings
from jixiao.schemes.tests.factories import scheme

LIBRARY = [*sorted(Path("examples/办法库").glob("*.yaml")), Path("examples/清岚县/办法.yaml")]
REALLY_THERE = {
    "02-石城2018": ["check:二.10:9764f005", "traces:二.2.1.2", "traces:二.4.2.1", "traces:二.5.1"],
}
"""A printed sum that is wrong, and three items that ask whether there is a ledger."""


def found(rule: str, **changed: Any) -> list[Finding]:
    return [each for each in findings(scheme(**changed)) if each.rule == rule]


def with_item(**changed: Any) -> dict[str, Any]:
    """Schemes of one item."""
    return {"items": [{"code": "1", "name": "报送", "points": "100", **changed}]}


def test_a_sound_scheme_has_nothing_to_remark() -> None:
    assert findings(scheme()) == ()


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_real_schemes_show_what_is_really_there(path: Path) -> None:
    keys = [each.key for each in findings(read_scheme(path)[0])]
    assert keys == REALLY_THERE.get(path.stem, [])


@pytest.mark.parametrize("effect", ["zero", "lowest", "bar", "down", "honour"])
def test_a_veto_or_gate_without_basis_must_be_put_right(effect: str) -> None:
    gate = {"name": "失实", "when": {"kind": "total", "within": "<60"}, "effect": effect}
    gate |= {"tier": "先进"} if effect == "bar" else {}
    (finding,) = found("groundless", gates=[gate])
    assert finding.must
    assert "第十九条" in finding.source
    assert found("groundless", gates=[gate | {"basis": "省委〔2020〕1号"}]) == []


def test_a_promotion_needs_no_basis() -> None:
    gate = {"name": "表彰", "when": {"kind": "rank", "count": 1}, "effect": "set", "tier": "先进"}
    assert found("groundless", gates=[gate]) == []


@pytest.mark.parametrize(
    "words", ["平台打卡", "在线时长达标", "登录次数", "学习积分排名", "公众号转发", "点赞量"]
)
def test_an_item_built_on_usage_must_be_put_right(words: str) -> None:
    (finding,) = found("usage", **with_item(name=words))
    assert finding.must


def test_usage_is_found_in_the_data_of_an_item_too() -> None:
    rule = {"measure": {"kind": "reported", "data": "d"}, "scale": {"kind": "credit", "each": "1"}}
    data = [{"key": "d", "name": "APP登录次数"}]
    assert found("usage", data=data, **with_item(rule=rule))


@pytest.mark.parametrize(
    "note", ["不得要求打卡", "不以点赞、转发作为依据，看办成了什么", "水质在线监测设施正常运行"]
)
def test_what_is_denied_or_means_something_else_is_no_usage(note: str) -> None:
    assert found("usage", **with_item(note=note)) == []


def test_a_vague_item_is_a_reminder() -> None:
    (finding,) = found("vague", **with_item(note="高度重视，认真落实"))
    assert (finding.must, "“高度重视”" in finding.message) == (False, True)


@pytest.mark.parametrize(
    "changed",
    [
        {"note": "认真落实，开会不少于2次"},
        {"note": "认真落实", "rule": {"scale": {"kind": "deduct", "each": "1"}}},
    ],
    ids=["a figure in the note", "a rule that counts"],
)
def test_what_can_be_measured_is_not_vague(changed: dict[str, Any]) -> None:
    assert found("vague", **with_item(**changed)) == []


@pytest.mark.parametrize("evidence", [["照片"], ["会议记录", "工作台账"], ["实施方案文件"]])
def test_only_photos_meetings_or_files_as_evidence_is_a_reminder(evidence: list[str]) -> None:
    (finding,) = found("traces", **with_item(evidence=evidence))
    assert "、".join(evidence) in finding.title


def test_a_result_among_the_evidence_is_enough() -> None:
    assert found("traces", **with_item(evidence=["会议记录", "办结清单"])) == []


def test_an_item_named_after_a_ledger_asks_for_a_trace() -> None:
    assert found("traces", **with_item(name="环境整治台账"))


def test_supporting_duty_scored_on_townships_is_a_reminder() -> None:
    (finding,) = found("supporting", **with_item(duty="support"))
    assert "乡镇" in finding.title
    assert found("supporting", **with_item(duty="support", audience={"groups": ["部门"]})) == []


def test_an_item_that_says_less_than_the_others_is_a_reminder() -> None:
    items = [
        {"code": str(n), "name": f"项{n}", "points": "25", "scorer": "县绩效办"} for n in range(4)
    ]
    del items[2]["scorer"]
    assert [each.place for each in found("unsourced", items=items)] == ["2"]


def test_where_nobody_says_it_nobody_is_reminded() -> None:
    assert found("unsourced") == []


def test_what_the_checker_says_is_told_with_its_gravity() -> None:
    told = [(each.must, each.title) for each in findings(scheme(full="90"))]
    assert told == [(False, "清岚县2026年度绩效办法")]
    unknown = [{"name": "一等", "when": {"kind": "tag", "tag": "没有"}}, {"name": "一等"}]
    assert any(each.must for each in findings(scheme(tiers=unknown)))


def test_another_figure_is_another_reminder() -> None:
    keys = {findings(scheme(full=full))[0].key for full in ("90", "95")}
    assert len(keys) == 2
