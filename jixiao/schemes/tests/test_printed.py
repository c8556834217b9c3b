"""How does a scheme read, and what does a unit see on its mark sheet?"""

from jixiao.schemes.printed import UNCLEAR, sheet_of, text_of
from jixiao.schemes.tests.factories import scheme


def test_the_text_goes_through_the_tree_with_rules_in_words() -> None:
    text = text_of(scheme())
    told = [(line.level, line.item.code, line.full, line.rules[:1]) for line in text.lines[:2]]
    assert told == [
        (0, "1", "40", ()),
        (1, "1.1", "30", ("按迟报次数，每1次扣0.5分；扣完为止",)),
    ]
    assert (text.full, text.tiers[0]) == ("100", ("先进", "80分以上（含）"))


def test_what_is_worth_different_points_says_for_whom() -> None:
    items = [{"code": "1", "name": "项", "points": "40", "points_by_group": {"部门": "30"}}]
    assert text_of(scheme(items=items)).lines[0].full == "乡镇40；部门30"


def test_another_rule_for_some_groups_names_them() -> None:
    variant = {"groups": ["部门"], "rule": {"scale": {"kind": "deduct", "each": "1"}}}
    items = [{"code": "1", "name": "项", "points": "100", "variants": [variant]}]
    assert [rule.partition("：")[0] for rule in text_of(scheme(items=items)).lines[0].rules] == [
        "乡镇", "部门",
    ]  # fmt: skip


def test_a_name_that_nobody_defined_is_not_put_into_words() -> None:
    rule = {"only_if": {"kind": "mark", "item": "没有", "within": "≥1"}}
    items = [{"code": "1", "name": "项", "points": "100", "rule": rule}]
    assert text_of(scheme(items=items)).lines[0].rules == (UNCLEAR,)
    gate = {
        "name": "门",
        "when": {"kind": "mark", "item": "没有", "within": "≥1"},
        "effect": "zero",
    }
    assert text_of(scheme(gates=[gate])).gates == (("门", UNCLEAR),)


def test_consequences_are_said_with_their_basis() -> None:
    ruling = {
        "kind": "ruling",
        "name": "约谈",
        "when": {"kind": "tier", "tiers": ["达标"]},
        "basis": "第八条",
    }
    rate = {
        "kind": "rate",
        "name": "优秀比例",
        "by_tier": {"先进": "18%", "达标": "15%"},
        "cap": "20%",
    }
    assert text_of(scheme(consequences=[ruling, rate])).consequences == (
        ("约谈", "评为达标的单位适用（依据：第八条）"),
        ("优秀比例", "先进18%，达标15%，合计不超过20%"),
    )  # fmt: skip


def test_a_mark_sheet_adds_up_category_by_category() -> None:
    rows = sheet_of(scheme(), group="乡镇", unit="云溪镇")
    assert [(row.label, row.full) for row in rows] == [
        ("1.1 按时报送", "30"), ("1.2 材料质量", "10"), ("小计", "40"),
        ("2.1 月自查", "60"), ("小计", "60"), ("合计", "100"),
    ]  # fmt: skip


def test_a_mark_sheet_has_only_what_applies_to_the_unit() -> None:
    items = [
        {"code": "1", "name": "甲", "points": "50", "audience": {"groups": ["部门"]}},
        {"code": "2", "name": "乙", "points": "50"},
    ]
    rows = sheet_of(scheme(items=items), group="乡镇", unit="云溪镇")
    assert [row.label for row in rows] == ["2 乙", "合计"]


def test_what_the_system_counts_is_marked() -> None:
    data = [{"key": "迟报", "counted": True}]
    rows = sheet_of(scheme(data=data), group="乡镇", unit="云溪镇")
    assert [row.label for row in rows if row.is_counted] == ["1.1 按时报送"]
