"""Makes examples/清岚县/记分表.xlsx: the example county's filled mark sheet. All figures are invented.

The template is the product's own (``jixiao scheme template``); this script fills it as clerks would.
The same scheme and seed give the same values; tests/test_example.py holds the file to them.
"""

import io
import random
import sys
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.layout import Ask, Layout, Page, lay
from jixiao.schemes.exchange.template import write_template

COUNTY = Path(__file__).parent.parent / "examples" / "清岚县"
SEED = "清岚县2026"
WEAK = ("平沙乡", "林业局", "农产品加工园区")
WHOLE = {"已评科室": "应评科室", "按时录入": "应录目标"}
EVENTS = (
    ("云溪镇", "6.1 表彰加分", "全省绩效管理先进集体", "省级", "", "2026-09-12", "省绩发〔2026〕41号", 7, "周明岚", "否", "全年评估"),
    ("云溪镇", "6.1 表彰加分", "全省绩效管理先进集体", "市级", "", "2026-10-08", "市绩发〔2026〕66号", 7, "周明岚", "否", "全年评估"),
    ("教育局", "6.1 表彰加分", "全市机关效能建设评比", "市级", "第二等次", "2026-06-30", "市效发〔2026〕9号", 5, "周明岚", "否", "全年评估"),
    ("高新园区", "6.1 表彰加分", "领导小组通报表扬", "市级", "", "2026-08-01", "", 0, "", "否", "全年评估"),
    ("白塔乡", "6.2 通报批评扣分", "档案材料失实", "县级", "", "2026-05-20", "清绩办〔2026〕15号", 0, "", "是", "半年评估"),
    ("林业局", "6.2 通报批评扣分", "季报逾期且经督促未报", "市级", "", "2026-11-03", "市绩办〔2026〕30号", 0, "", "否", "全年评估"),
)  # fmt: skip


def fill(book: openpyxl.Workbook, layout: Layout) -> None:
    """Write invented values into every sheet of the template."""
    for page in layout.pages:
        _fill_page(book[page.name], page)
    events = book["加扣分事项"]
    for row, event in enumerate(EVENTS, start=4):
        unit, item, matter, level, grade, on, number, days, signed, rectified, code = event
        values = (unit, item, matter, level, grade, 1, 1, on, number, days, signed, rectified, code)
        for column, value in enumerate(values, start=1):
            events.cell(row, column, value if value != "" else None)
    history = book["历年等次"]
    for cell, tier in history.iter_rows(min_row=4, max_col=2):
        if cell.value:
            tier.value = "未达标" if cell.value in WEAK[:2] else "达标"


def _fill_page(sheet: Worksheet, page: Page) -> None:
    for (cell,) in sheet.iter_rows(min_row=4, max_col=1):
        unit = str(cell.value or "")
        if not unit or (page.round == "抽查" and _chance(unit, "抽查").random() > 0.35):
            continue
        for column, ask in enumerate(page.asks, start=2):
            sheet.cell(cell.row, column, _value(unit, page.round, ask))


def _chance(*parts: str) -> random.Random:
    return random.Random("|".join((SEED, *parts)))  # noqa: S311 - invented figures


def _value(unit: str, code: str, ask: Ask) -> float | int | str:
    chance = _chance(unit, code, ask.column)
    level = 0.5 if unit in WEAK else 0.66 + 0.27 * _chance(unit, "水平").random()
    if code == "半年":
        level -= 0.05
    level = min(1.0, max(0.2, level + chance.uniform(-0.09, 0.09)))
    whole = 8 + int(_chance(unit, WHOLE.get(ask.data.key, ask.data.key)).random() * 14)
    invented: dict[str, float | int | str] = {
        "联络员变动": chance.choice((0, 0, 0, 1, 1, 2)),
        "应评科室": whole,
        "应录目标": whole,
        "已评科室": round(whole * min(1.0, level + 0.08)),
        "按时录入": round(whole * min(1.0, level + 0.08)),
        "更新质量": round(100 * level),
        "迟报": int((1 - level) * chance.uniform(2, 16)),
        "缺件": int((1 - level) * chance.uniform(2, 16)),
        "采用": int(level * chance.uniform(4, 26)),
        "重大失实": "有" if (unit, code) == ("东岭乡", "全年") else "无",
    }
    return invented.get(ask.data.key, round(float(ask.limits.high or 0) * level * 2) / 2)


def main() -> None:
    """Write the workbook."""
    scheme, _ = read_scheme(COUNTY / "办法.yaml")
    empty = io.BytesIO()
    write_template(scheme, empty)
    book = openpyxl.load_workbook(empty)
    fill(book, lay(scheme))
    book.save(COUNTY / "记分表.xlsx")


if __name__ == "__main__":
    sys.exit(main())
