"""What does the checker say of schemes that are wrong, or only doubtful?"""

from typing import Any

import pytest

from jixiao.scoring.check import check, errors
from jixiao.scoring.scheme import Scheme

ITEM = {"code": "1", "name": "税收", "points": "10"}
TIERS = [{"name": "先进", "within": "≥80"}, {"name": "达标", "within": "<80"}]


def remarks(**changes: object) -> str:
    said = {
        "title": "办法",
        "full": "10",
        "groups": [{"name": "乡镇", "units": [{"name": "云溪镇"}, {"name": "河口镇"}]}],
        "items": [ITEM],
        **changes,
    }
    return "\n".join(map(str, check(Scheme.model_validate(said))))


def scaled(scale: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**ITEM, "rule": {"scale": scale}}]


def test_a_sound_scheme_has_no_remarks() -> None:
    assert remarks(tiers=TIERS) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"items": [ITEM, ITEM]}, "错误｜指标编码：“1”出现2次"),
        ({"items": [{**ITEM, "floor": "12"}]}, "保底12分高于封顶满分"),
        ({"items": [{**ITEM, "audience": {"groups": ["园区"]}}]}, "组别“园区”没有定义"),
        ({"items": [{**ITEM, "points": "0.00001"}]}, "多于4位小数"),
        ({"ties": [{"item": "9"}]}, "项目“9”没有定义"),
        ({"excluded": [{"name": "云 溪 镇"}]}, "一个名称只能指一个单位"),
        ({"data": [{"key": "月", "times": 3, "weights": ["1"]}]}, "有3期，却写了1个权重"),
    ],
)
def test_an_error_stops_a_run(changes: dict[str, Any], words: str) -> None:
    told = remarks(**changes)
    assert words in told
    assert told.startswith("错误")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full": "12"}, "各项合计10分，与所写12分不符"),
        ({"rounds": [{"code": "年", "name": "年", "weight": "0.5"}]}, "各轮权重合计0.5，不是1"),
        ({"tiers": [TIERS[0], {"name": "达标", "within": "≤80"}]}, "正好80分两等都含"),
        ({"tiers": [TIERS[0], {"name": "达标", "within": "<70"}]}, "之间缺了70至80分"),
        (
            {"items": scaled({"kind": "steps", "below": {"per": "1", "points": "-1"}})},
            "低于基准反而加分",
        ),
        (
            {
                "tiers": TIERS,
                "consequences": [{"kind": "rate", "name": "比例", "by_tier": {"先进": "0.2"}}],
            },
            "没有写达标的比例",
        ),
        (
            {
                "tiers": TIERS,
                "gates": [
                    {"name": "失实", "when": {"kind": "tag", "tag": "甲"}, "effect": "lowest"}
                ],
            },
            "一票否决没有写明依据",
        ),
    ],
)
def test_a_doubt_is_told_and_the_run_goes_on(changes: dict[str, Any], words: str) -> None:
    told = remarks(**changes)
    assert words in told
    assert "错误" not in told


def test_only_errors_stop() -> None:
    said = {"title": "办法", "full": "12", "groups": [{"name": "乡镇"}], "items": [ITEM]}
    found = check(Scheme.model_validate(said))
    assert found
    assert errors(found) == ()
