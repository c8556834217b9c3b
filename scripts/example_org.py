"""Makes examples/清岚县/机构人员.xlsx: units, people and duties of the example county. All of it is invented.

Units and aliases are those of the scheme; the workbook is the product's own, so that it can be
imported as it is. The same scheme and seed give the same values; a test of the room org holds the
file to them.
"""

import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from jixiao.org.exchange import layout as plan
from jixiao.org.exchange.layout import BY_NAME
from jixiao.org.exchange.lines import County, Line, Value, full_name
from jixiao.org.exchange.writing import write_workbook
from jixiao.schemes.exchange.files import read_scheme
from jixiao.scoring.scheme import Scheme

COUNTY = Path(__file__).parent.parent / "examples" / "清岚县"
SEED = "清岚县2026"
KINDS = {"乡镇": "乡镇", "园区": "园区", "部门": "县直部门"}
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔"
NAMES = """
明 建国 文 丽 海燕 志强 敏 静 磊 军 洋 勇 艳 娟 涛 超 秀兰 霞 平 刚 桂英 立新 晓东 红梅 国栋 春雷 思源 雨桐
子涵 一鸣 佳宁 文博 海波 小川 永胜 玉兰 振华 学农 长河 清 岚 秋实 若水 云帆
"""
GIVEN = NAMES.split()
TITLES = {
    "乡镇": ("党委书记", "副镇长", "党政办干事"),
    "园区": ("管委会主任", "管委会副主任", "综合科科员"),
    "县直部门": ("局长", "副局长", "办公室科员"),
    "驻县单位": ("负责人", "副职", "综合部职员"),
}
SECTIONS = {
    "云溪镇": ("党政办公室", "经济发展办公室"), "河口镇": ("党政办公室",), "教育局": ("办公室", "基础教育科"),
    "财政局": ("办公室", "预算科"), "卫健局": ("办公室",), "发改局": ("办公室", "项目科"), "县政府办": ("绩效办",),
}  # fmt: skip
SUBORDINATES = {
    "云溪镇": ("农业综合服务中心",), "教育局": ("县第一中学", "县实验小学"), "卫健局": ("县人民医院", "疾控中心"),
    "农业农村局": ("农技推广中心",), "水利局": ("水库管理所",),
}  # fmt: skip
VILLAGES = {
    "云溪镇": ("东风村", "柳树村", "新桥社区"), "河口镇": ("渡口村", "芦花村"), "石桥镇": ("石桥社区", "古井村"),
    "东岭乡": ("岭上村", "岭下村"),
}  # fmt: skip
NO_LIAISON, NO_LEAD, NO_GROUP, NOTHING_SEEN = (
    {"平沙乡"}, {"林业局"}, {"农产品加工园区"}, {"商务局", "供电公司"},
)  # fmt: skip
RESTLESS = {"东岭乡": 3, "白塔乡": 3, "信访局": 3, "统计局": 2}
"""How many liaisons they had within the year."""
CHANGED = ("鹿鸣乡", "青芦镇", "住建局", "商务局", "生态园区", "中行", "工信局")
FULL_TIME = {"云溪镇", "教育局", "高新园区", "财政局", "河口镇", "临港园区"}
POOR = {"平沙乡", "白塔乡", "林业局", "信访局", "农产品加工园区", "东岭乡"}
KNOWN = {
    ("云溪镇", 2): "韩松",
    ("教育局", 2): "王芳",
    ("民政局", 2): "王芳",
    ("县政府办／绩效办", 0): "周明岚",
}
LAST = date(2026, 7, 31)


@dataclass
class Maker:
    """Lines by sheet, as they are invented."""

    chance: random.Random
    lines: dict[str, list[Line]] = field(default_factory=lambda: {name: [] for name in BY_NAME})
    names: set[str] = field(default_factory=set)
    people: int = 0

    def add(self, sheet: str, values: dict[str, Value]) -> None:
        """One line."""
        self.lines[sheet].append(Line(BY_NAME[sheet], values))

    def county(self) -> County:
        """All of it."""
        sheets = {name: {line.key: line for line in lines} for name, lines in self.lines.items()}
        return County(sheets)

    def day(self, year: int, months: Iterable[int] = range(1, 13)) -> date:
        """Some day of a year."""
        return date(year, self.chance.choice(list(months)), self.chance.randint(1, 28))

    def unit(self, name: str, kind: str, group: str | None, parent: str | None = None) -> None:
        """One unit."""
        founded = date(2001, 3, 1) if kind in ("乡镇", "村（社区）") else date(2019, 3, 20)
        self.add(plan.UNITS, {
            plan.UNIT: full_name(parent or "", name), plan.NAME: name, plan.KIND: kind,
            plan.GROUP: group, plan.PARENT: parent, plan.FOUNDED: founded,
            plan.ORDER: len(self.lines[plan.UNITS]) + 1,
        })  # fmt: skip

    def person(self, rank: str, name: str | None = None) -> tuple[str, str]:
        """Somebody new: number and name."""
        while name is None or (name in self.names and name != "王芳"):
            name = self.chance.choice(SURNAMES) + self.chance.choice(GIVEN)
        self.names.add(name)
        self.people += 1
        code = f"QL{self.people:04}"
        self.add(plan.PEOPLE, {
            plan.CODE: code, plan.PERSON_NAME: name, plan.RANK: rank, plan.LEFT: None,
        })  # fmt: skip
        return code, name

    def post(
        self, person: tuple[str, str], *, unit: str, title: str, since: date, until: date | None
    ) -> None:
        """One job."""
        self.add(plan.POSTS, {
            plan.CODE: person[0], plan.PERSON_NAME: person[1], plan.UNIT: unit, plan.TITLE: title,
            plan.FULL_TIME: plan.YES, plan.SINCE: since, plan.UNTIL: until,
        })  # fmt: skip

    def duty(
        self, person: tuple[str, str], *, unit: str, role: str, since: date, until: date | None
    ) -> None:
        """One duty for performance work."""
        is_full = role == "联络员" and unit in FULL_TIME
        self.add(plan.DUTIES, {
            plan.UNIT: unit, plan.ROLE: role, plan.CODE: person[0], plan.PERSON_NAME: person[1],
            plan.FULL_TIME: plan.YES if is_full else plan.NO, plan.SINCE: since, plan.UNTIL: until,
            plan.DOCUMENT: None if role == "联络员" else f"{unit[0]}绩〔{since.year}〕1号",
        })  # fmt: skip


def make(scheme: Scheme) -> County:
    """The whole county."""
    maker = Maker(random.Random(SEED))  # noqa: S311 - invented people
    assessed = _units(maker, scheme)
    for name, kind in assessed.items():
        _staff(maker, name, kind)
        if name not in NOTHING_SEEN:
            _conditions(maker, name)
    for excluded in scheme.excluded:
        chief = maker.person(
            "县处级" if "部" in excluded.name or "委机关" in excluded.name else "正科级"
        )
        maker.post(chief, unit=excluded.name, title="主要负责人", since=maker.day(2021), until=None)
    _below(maker)
    return maker.county()


def _units(maker: Maker, scheme: Scheme) -> dict[str, str]:
    """The scheme's units with their kinds, those it leaves out, and what belongs to them."""
    assessed: dict[str, str] = {}
    for group in scheme.groups:
        for unit in group.units:
            kind = "驻县单位" if "驻县单位" in unit.tags else KINDS[group.name]
            assessed[unit.name] = kind
            maker.unit(unit.name, kind, group.name)
            for alias in unit.aliases:
                maker.add(plan.ALIASES, _alias(unit.name, alias))
    for each in scheme.excluded:
        maker.unit(each.name, "县直部门", None)
    for kind, table in (
        ("内设机构", SECTIONS),
        ("下属单位", SUBORDINATES),
        ("村（社区）", VILLAGES),
    ):
        for parent, names in table.items():
            for name in names:
                maker.unit(name, kind, None, parent)
    maker.add(plan.ALIASES, _alias("县政府办／绩效办", "县绩效办"))
    return assessed


def _alias(unit: str, name: str) -> dict[str, Value]:
    return {plan.UNIT: unit, plan.ALIAS: name, plan.SINCE: None, plan.UNTIL: None}


def _staff(maker: Maker, unit: str, kind: str) -> None:
    """Head, deputy in charge, liaison and the liaisons before."""
    titles = [title.replace("镇", unit[-1]) for title in TITLES[kind]]
    began = maker.day(2022), maker.day(2023)
    head = maker.person("正科级", KNOWN.get((unit, 0)))
    lead = maker.person("副科级", KNOWN.get((unit, 1)))
    maker.post(head, unit=unit, title=titles[0], since=began[0], until=None)
    maker.post(lead, unit=unit, title=titles[1], since=began[1], until=None)
    if unit not in NO_GROUP:
        maker.duty(head, unit=unit, role="领导小组组长", since=maker.day(2024), until=None)
        maker.duty(lead, unit=unit, role="领导小组副组长", since=maker.day(2024), until=None)
    if unit not in NO_LEAD:
        maker.duty(lead, unit=unit, role="分管人", since=maker.day(2024), until=None)
    _liaisons(maker, unit, titles[2])


def _liaisons(maker: Maker, unit: str, title: str) -> None:
    """One after the other; the last one stays unless nobody followed."""
    times = RESTLESS.get(unit, 1 + (unit in CHANGED))
    since = maker.day(2024)
    for turn in range(times):
        is_last = turn == times - 1 and unit not in NO_LIAISON
        until = None if is_last else maker.day(2026, range(1 + 2 * turn, 3 + 2 * turn))
        person = maker.person("科员及以下", KNOWN.get((unit, 2)) if is_last else None)
        maker.post(person, unit=unit, title=title, since=since, until=until)
        maker.duty(person, unit=unit, role="联络员", since=since, until=until)
        since = (until or LAST) + timedelta(days=1)


def _conditions(maker: Maker, unit: str) -> None:
    """An office, a signboard, a notice board, computers, cabinets: poor in the poor units."""
    for kind in ("办公室", "牌子", "公示版面", "电脑", "橱柜"):
        is_poor = unit in POOR and maker.chance.random() < 0.75
        is_worn = is_poor and kind in ("牌子", "公示版面")
        is_shared = is_poor and not is_worn
        lacks = is_poor and kind == "橱柜" and maker.chance.random() < 0.4
        maker.add(plan.CONDITIONS, {
            plan.UNIT: unit, plan.WHAT: kind, plan.QUANTITY: 0 if lacks else _quantity(maker, kind),
            plan.USE: "合用" if is_shared and not lacks else "专用",
            plan.STATE: "没有" if lacks else "破损" if is_worn else "完好",
            plan.SEEN: maker.day(2026, range(3, 7)),
            plan.NOTE: "与综合办公室合用" if is_shared and kind == "办公室" else None,
        })  # fmt: skip


def _quantity(maker: Maker, kind: str) -> int:
    return maker.chance.randint(1, 3) if kind in ("电脑", "橱柜") else 1


def _below(maker: Maker) -> None:
    """Somebody at the head of everything that belongs to a unit."""
    for line in list(maker.lines[plan.UNITS]):
        unit, kind = line.text(plan.UNIT), line.text(plan.KIND)
        if kind not in ("内设机构", "下属单位", "村（社区）"):
            continue
        title = {"内设机构": "主任", "下属单位": "负责人", "村（社区）": "党支部书记"}[kind]
        rank = "副科级" if unit == "县政府办／绩效办" else "科员及以下"
        title = "副主任" if rank == "副科级" else title
        person = maker.person(rank, KNOWN.get((unit, 0)))
        maker.post(person, unit=unit, title=title, since=maker.day(2023), until=None)


def main() -> None:
    """Write the workbook."""
    scheme, _ = read_scheme(COUNTY / "办法.yaml")
    write_workbook(make(scheme), COUNTY / "机构人员.xlsx")


if __name__ == "__main__":
    sys.exit(main())
