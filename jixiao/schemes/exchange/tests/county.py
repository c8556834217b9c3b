"""A small county's scheme with everything a mark sheet can hold, and its sheet filled in."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
from openpyxl.workbook import Workbook

from jixiao.schemes.exchange.layout import ANSWER, HEADER_ROW, OWN_HEADERS, lay
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.exchange.template import write_template
from jixiao.scoring.names import squash
from jixiao.scoring.scheme import Scheme
from jixiao.workbooks.problems import TableError

Answers: TypeAlias = Mapping[str, Mapping[str, Mapping[str, object]]]
"""What is filled in, by round, unit and sheet column."""
Change: TypeAlias = Callable[[Workbook], object]

TOWNS = ("云溪镇", "河口镇", "石桥镇", "柳湾乡", "东岭乡", "枫林镇", "双井镇", "白塔乡", "青芦镇")
PARKS = ("临港园区", "高新园区", "生态园区")
END, MID = "乡镇·年终", "乡镇·半年"
MARK = {"code": "1", "name": "党建", "points": "10"}
OFFICES = ("县教育局", "县财政局", "县水务局", "县统计局")


def units(*names: str) -> list[dict[str, Any]]:
    return [{"name": name} for name in names]


def ratio(top: str, bottom: str) -> dict[str, Any]:
    terms = {"numerator": [{"data": top}], "denominator": [{"data": bottom}]}
    return {"measure": {"kind": "ratio", **terms}, "scale": {"kind": "proportional"}}


COUNTY: dict[str, Any] = {
    "title": "清岚县2026年度综合绩效考评办法",
    "full": "100",
    "groups": [
        {"name": "乡镇", "units": [
            {"name": "云溪镇", "tags": ["沿河"], "aliases": ["云溪"]},
            {"name": "河口镇", "tags": ["沿河"]}, *units(*TOWNS[2:])]},
        {"name": "园区", "units": units(*PARKS)},
        {"name": "部门", "units": units(*OFFICES)},
    ],
    "excluded": [{"name": "县档案馆", "reason": "机构改革"}],
    "data": [
        {"key": "tax", "name": "税收完成值", "unit": "万元", "low": "0", "provider": "县税务局"},
        {"key": "plan", "name": "税收目标值", "unit": "万元", "low": "0", "provider": "县财政局"},
        {"key": "air", "name": "空气优良率", "unit": "%", "low": "0", "high": "100", "times": 2},
        {
            "key": "party",
            "name": "党建等次",
            "choices": {"好": "1", "较好": "0.8", "一般": "0.6", "无": "0"},
        },
        {"key": "accident", "name": "较大以上事故", "unit": "起", "low": "0"},
    ],
    "items": [
        {"code": "1", "name": "中心工作", "points": "60", "items": [
            {"code": "1.1", "name": "领导小组", "points": "5", "scorer": "县考评办",
             "points_by_group": {"部门": "10"}, "note": "查阅文件和会议记录。"},
            {"code": "1.2", "name": "税收入库", "points": "40", "rule": ratio("tax", "plan"),
             "audience": {"groups": ["乡镇", "园区"]}},
            {"code": "1.3", "name": "空气质量", "points": "15",
             "rule": {"measure": {"kind": "reported", "data": "air"},
                      "scale": {"kind": "proportional", "full_at": "90"}},
             "audience": {"groups": ["乡镇"]}},
            {"code": "1.5", "name": "河长制", "points": "5", "audience": {"tags": ["沿河"]}},
            {"code": "1.4", "name": "党的建设", "points": "10",
             "rule": {"measure": {"kind": "reported", "data": "party"},
                      "scale": {"kind": "proportional"}, "missing": {"kind": "zero"}}},
        ]},
        {"code": "2", "name": "职能工作", "points": "40", "items": [
            {"code": "2.1", "name": "义务教育均衡", "points": "20",
             "audience": {"units": ["县教育局"]}},
            {"code": "2.2", "name": "校舍安全隐患", "points": "10",
             "rule": {"scale": {"kind": "deduct", "each": "2"}},
             "audience": {"units": ["县教育局"]}},
            {"code": "2.3", "name": "预算执行", "points": "20", "audience": {"units": ["县财政局"]}},
        ]},
    ],
    "adjustments": [
        {"code": "J1", "name": "表彰奖励", "cap": "5", "rule": {"measure": {"kind": "events"}},
         "events": {"levels": {"国家级": "5", "省级": "3", "市级": "1"},
                    "classes": {"一等奖": "1", "二等奖": "0.8"}}},
        {"code": "J2", "name": "通报批评", "rule": {"measure": {"kind": "events"}},
         "events": {"levels": {"省级通报": "-3", "市级通报": "-1"}},
         "audience": {"groups": ["乡镇", "部门"]}},
    ],
    "rounds": [
        {"code": "mid", "name": "半年", "weight": "0.3", "optional": True},
        {"code": "end", "name": "年终", "weight": "0.7"},
    ],
    "tiers": [{"name": "优秀", "within": "≥90"}, {"name": "良好", "within": "≥80"}, {"name": "一般"}],
    "gates": [{"name": "安全生产", "when": {"kind": "data", "data": "accident", "within": "≥1"},
               "effect": "lowest", "basis": "市安委〔2026〕1号"}],
    "consequences": [{"kind": "ruling", "name": "约谈", "when": {
        "kind": "tier", "tiers": ["一般"], "years": 3}}],
}  # fmt: skip


def county(**changes: object) -> Scheme:
    return Scheme.model_validate(COUNTY | changes)


def small(*, items: list[dict[str, Any]], **changes: object) -> Scheme:
    """Two townships and these items, nothing else."""
    groups = [{"name": "乡镇", "units": units("云溪镇", "河口镇")}]
    plain = {"title": "考评办法", "full": "100", "groups": groups, "items": items}
    return Scheme.model_validate(plain | changes)


def template(scheme: Scheme, folder: Path) -> Workbook:
    """The empty mark sheet of a scheme, opened for filling in."""
    write_template(scheme, folder / "记分表.xlsx")
    return openpyxl.load_workbook(folder / "记分表.xlsx")


def twos(scheme: Scheme) -> Answers:
    """A two everywhere, the first of every list."""
    asked = lay(scheme).asked
    answers = {
        unit: {ask.column: next(iter(ask.data.choices), 2) for ask in asks}
        for unit, asks in asked.items()
    }
    return {each.code: answers for each in scheme.rounds} or {"": answers}


def fill(book: Workbook, scheme: Scheme, answers: Answers) -> None:
    """Type the answers (by round, unit and column) into the cells of the template."""
    layout = lay(scheme)
    for page in layout.pages:
        sheet, columns = book[page.name], {ask.column: ask.header for ask in page.asks}
        places = {squash(str(cell.value)): cell.column for cell in sheet[HEADER_ROW]}
        for row in range(HEADER_ROW + 1, sheet.max_row + 1):
            unit = str(sheet.cell(row, 1).value)
            for column in page.open[unit]:
                value = answers[page.round].get(unit, {}).get(column)
                sheet.cell(row, places[squash(columns[column])]).value = value
    for own in layout.own_pages:
        for row, (unit, ask) in enumerate(own.rows, start=HEADER_ROW + 1):
            value = answers[own.round].get(unit, {}).get(ask.column)
            book[own.name].cell(row, OWN_HEADERS.index(ANSWER) + 1).value = value


def filled(scheme: Scheme, folder: Path, change: Change = lambda _: None) -> Path:
    """A mark sheet full of twos, changed further by ``change``."""
    book = template(scheme, folder)
    fill(book, scheme, twos(scheme))
    change(book)
    book.save(folder / "记分表.xlsx")
    return folder / "记分表.xlsx"


def set_cell(sheet: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    return change


def empty_row(sheet: str, row: int) -> Change:
    def change(book: Workbook) -> None:
        for cell in book[sheet][row][1:]:
            cell.value = None

    return change


def add_event(*values: object) -> Change:
    def change(book: Workbook) -> None:
        for column, value in enumerate(values, start=1):
            book["加扣分事项"].cell(4, column).value = value

    return change


def csv(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    (folder / "表.csv").write_text("\n".join(lines), encoding=encoding)
    return folder / "表.csv"


def complaints(scheme: Scheme, folder: Path, change: Change = lambda _: None) -> list[str]:
    """What is said about a mark sheet full of twos after a change."""
    return told(scheme, filled(scheme, folder, change))


def told(scheme: Scheme, path: Path) -> list[str]:
    """Everything said about a file, errors and warnings."""
    try:
        return [str(problem) for problem in read_marksheet(scheme, path)[1]]
    except TableError as error:
        return [str(problem) for problem in error.problems]
