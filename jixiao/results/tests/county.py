"""A fictitious county's year: what the tests of results and insights read."""

from fractions import Fraction
from functools import cache
from typing import Any

from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result
from jixiao.scoring.events import Event
from jixiao.scoring.scheme import Scheme, leaves
from jixiao.scoring.sheet import Row, Sheet

TOWNS = "云溪镇 河口镇 石桥镇 柳湾乡 东岭乡 枫林镇 双井镇 白塔乡 青芦镇 临港园区 高新园区 生态园区"
SOCIETIES = "县总工会 县妇联 县残联 县科协"
OFFICES = (
    "县发展改革局 县教育局 县科技局 县工业和信息化局 县公安局 县民政局 县司法局 县财政局 "
    "县人力资源和社会保障局 县自然资源局 县住房城乡建设局 县交通运输局 县水利局 县农业农村局 "
    "县商务局 县文化旅游局 县卫生健康局 县应急管理局 县审计局 县市场监管局 县统计局 县医保局 "
    "县信访局 县林业局"
)
GROUPS = {"乡镇园区": TOWNS.split(), "群团组织": SOCIETIES.split(), "县直部门": OFFICES.split()}
UNITS = [unit for units in GROUPS.values() for unit in units]

CATEGORIES = {
    "1 健全组织": {"1.1 领导机构": 4, "1.2 工作机构和专人": 6},
    "2 内部绩效": {
        "2.1 内部绩效方案": 8,
        "2.2 月度季度考评": 12,
        "2.3 考评结果运用": 8,
        "2.4 专题研究绩效工作": 7,
    },
    "3 网上绩效": {"3.1 目标录入与更新": 10, "3.2 过程填报": 10},
    "4 材料报送": {"4.1 半年和年度总结": 8, "4.2 绩效信息报送": 5, "4.3 数据报表": 7},
    "5 档案管理": {"5.1 档案齐全": 9, "5.2 档案规范": 6},
}
ABILITY = [
    *[84, 91, 72, 60, 52, 75, 69, 64, 76, 95, 80, 72, 83, 74, 80, 68, 80, 86, 78, 72],
    *[89, 79, 75, 91, 81, 76, 71, 80, 73, 84, 64, 68, 81, 85, 87, 75, 79, 74, 61, 67],
]
"""What each unit manages of a full mark, about, in percent."""

RULES: dict[str, dict[str, Any]] = {
    "4.2": {
        "measure": {"kind": "reported", "data": "reports"},
        "scale": {"kind": "steps", "origin": "12", "below": {"per": "1", "points": "0.5"}},
    },
    "3.1": {
        "measure": {"kind": "reported", "data": "late"},
        "scale": {"kind": "deduct", "each": "0.2", "free": "2"},
    },
}
CONSEQUENCES: list[dict[str, Any]] = [
    {
        "kind": "ruling",
        "name": "通报表扬",
        "when": {"kind": "tier", "tiers": ["先进"]},
        "basis": "办法第三十条",
    },
    {
        "kind": "ruling",
        "name": "约谈主要负责人",
        "when": {"kind": "rank", "count": 1, "end": "last"},
    },
    {
        "kind": "rate",
        "name": "个人年度考核优秀比例",
        "by_tier": {"先进": "20%", "达标": "15%", "未达标": "12%"},
        "additions": [{"when": {"kind": "rank", "count": 1}, "add": "3%"}],
        "cap": "22%",
        "people": "people",
    },
]


def scheme_data() -> dict[str, Any]:
    """The scheme as plain data, to be changed by tests before validation."""
    return {
        "title": "清岚县2026年度绩效管理考评办法",
        "document": "清岚绩效〔2026〕1号",
        "full": "100",
        "decimals": 2,
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
        "groups": [
            {"name": name, "units": [{"name": unit} for unit in units]}
            for name, units in GROUPS.items()
        ],
        "data": [
            {"key": "reports", "name": "信息报送条数", "unit": "条"},
            {"key": "late", "name": "目标晚录天数", "unit": "天"},
            {"key": "fraud", "name": "弄虚作假", "unit": "件"},
            {"key": "people", "name": "在编人数", "unit": "人"},
        ],
        "items": [_category(name, inside) for name, inside in CATEGORIES.items()],
        "adjustments": [_bonus()],
        "adjust_high": "3",
        "rounds": [
            {"code": "h1", "name": "半年", "weight": "4"},
            {"code": "h2", "name": "年终", "weight": "6"},
        ],
        "tiers": [
            {"name": "先进", "within": "≥80"},
            {"name": "达标", "within": "[60,80)"},
            {"name": "未达标"},
        ],
        "gates": [
            {
                "name": "弄虚作假",
                "when": {"kind": "data", "data": "fraud", "within": "≥1"},
                "effect": "down",
                "basis": "办法第二十六条",
                "approved_by": "县绩效委员会",
            }
        ],
        "consequences": CONSEQUENCES,
    }


def _category(title: str, inside: dict[str, int]) -> dict[str, Any]:
    code, name = title.split()
    items = [_item(title, points) for title, points in inside.items()]
    return {"code": code, "name": name, "points": str(sum(inside.values())), "items": items}


def _item(title: str, points: int) -> dict[str, Any]:
    code, name = title.split()
    rule = {"rule": RULES[code]} if code in RULES else {}
    return {"code": code, "name": name, "points": str(points), "number": code} | rule


def _bonus() -> dict[str, Any]:
    events = {"levels": {"国家级": "3", "省级": "2", "市级": "1"}, "requires": ["document"]}
    rule = {"measure": {"kind": "events"}}
    return {"code": "J1", "name": "表彰奖励", "events": events, "rule": rule}


def sheet_of(scheme: Scheme, units: list[str]) -> Sheet:
    """Plausible inputs for these units, the same each time."""
    rounds = [each.code for each in scheme.rounds] or [""]
    rows = [
        Row(unit, _values(scheme, unit, r), code) for r, code in enumerate(rounds) for unit in units
    ]
    first = rounds[-1]
    events = (
        Event(
            unit=units[0],
            item="J1",
            matter="绩效管理先进县",
            level="省级",
            document="省绩效〔2026〕3号",
            round=first,
        ),
        Event(unit=units[1], item="J1", matter="信息化试点", level="市级", round=first),
    )
    return Sheet(tuple(rows), events)


def _values(scheme: Scheme, unit: str, turn: int) -> dict[str, int]:
    place = UNITS.index(unit) if unit in UNITS else len(unit)
    found = {"people": (20 + place) * 10_000, "fraud": 10_000 * (unit == "高新园区")}
    for index, item in enumerate(leaves(scheme.items)):
        percent = ABILITY[place] + (place * 7 + index * 11 + turn * 5) % 19 - 9 + 2 * turn
        share = Fraction(min(max(percent, 35), 100), 100)
        found[item.code] = int(item.points * 10 * share) * 1000
    found["1.1"] = 4 * 10_000
    found["reports"] = (6 + (place * 5 + turn) % 8) * 10_000
    found["late"] = ((100 - ABILITY[place]) // 2 + (place + turn) % 5) * 10_000
    return {key: value for key, value in found.items() if key not in RULES}


def run(data: dict[str, Any], units: list[str] | None = None) -> Result:
    """A result of this scheme on plausible inputs."""
    scheme = Scheme.model_validate(data)
    return evaluate(scheme, sheet_of(scheme, UNITS if units is None else units))


@cache
def county() -> Result:
    """The county's sealed year: three groups, forty units, two rounds."""
    return run(scheme_data())
