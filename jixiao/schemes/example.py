"""Which schemes has the example county? This year's in force, and next year's in the making."""

from collections.abc import Mapping
from pathlib import Path

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.schemes import actions
from jixiao.schemes.editing import Plain, plain
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.exchange.words import from_words
from jixiao.schemes.exchange.yaml_view import parse
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.years import for_year
from jixiao.scoring.base import Part
from jixiao.scoring.scheme import DataItem, Gate, Item

FILE = Path(__file__).parents[2] / "examples" / "清岚县" / "办法.yaml"
NAME = "乡科级单位绩效管理组织工作评估办法"

DATA: Mapping[str, str] = {
    "data.0": "{编码: 联络员变动, 名称: 联络员变动次数, 计量单位: 次, 最小值: 0, 最大值: 20, 系统计数: 是}",
    "data.3": "{编码: 应录目标, 名称: 应录入目标数, 计量单位: 项, 最小值: 0, 最大值: 500, 系统计数: 是}",
    "data.4": "{编码: 按时录入, 名称: 按时录入目标数, 计量单位: 项, 最小值: 0, 最大值: 500, 系统计数: 是}",
    "data.6": "{编码: 迟报, 名称: 材料迟报漏报次数, 计量单位: 次, 最小值: 0, 最大值: 50, 系统计数: 是}",
    "data.7": "{编码: 信息条数, 名称: 系统收到并认定的信息条数, 计量单位: 条, 最小值: 0, 最大值: 200, 系统计数: 是}",
    "data.8": "{编码: 缺件, 名称: 抽查档案缺件数, 计量单位: 件, 最小值: 0, 最大值: 50, 提供单位: 评估组}",
}
ITEMS: Mapping[str, str] = {
    "items.1.items.3": "{编码: '2.4', 名称: 专题研究绩效工作, 分值: 5, 评分单位: 评估组, 佐证: [会议记录],"
    " 每次分钟: 20, 每年次数: 2}",
    "items.3.items.0": "{编码: '4.1', 名称: 按时报送, 分值: 8, 评分单位: 县绩效办,"
    " 规则: {计量: {方法: 填报, 数据: 迟报}, 计分: {方法: 每次扣, 每次扣: 0.5}}}",
    "items.3.items.1": "{编码: '4.2', 名称: 绩效信息报送, 分值: 5, 评分单位: 县绩效办信息岗,"
    " 依据: 清委办〔2026〕8号第五条, 规则: {计量: {方法: 填报, 数据: 信息条数},"
    " 计分: {方法: 增减, 基准: 12, 每低: {每: 1, 分数: 0.5}}}}",
}
NEW_ITEM = "{编码: '4.3', 名称: 数据报表, 分值: 7, 评分单位: 县绩效办, 说明: 认真填报，数据真实}"
VETO = "{名称: 重大失实情形, 情形: {方法: 数据, 数据: 重大失实, 范围: '1'}, 后果: 一票否决}"
"""Next year's draft asks less than this year's; a veto without basis must still be put right."""


def load_example(by: Actor, *, approver: Actor) -> None:
    """This year's scheme drafted, approved and published; next year's as far as a draft."""
    scheme, _ = read_scheme(FILE)
    today = timezone.localdate()
    written = scheme.period.end.year if scheme.period else today.year
    number = scheme.document.replace(str(written), str(today.year))
    this_year = for_year(scheme, old=written, new=today.year)
    version = actions.start_draft(NAME, by=by, year=today.year, document=plain(this_year))
    version = actions.submit(version, by=by)
    version = actions.approve(version, by=approver, document_number=number)
    version = actions.publish(version, by=approver, effective_on=today)
    _next_year(actions.start_draft(NAME, by=by, year=today.year + 1, base=version), by)


def _next_year(draft: SchemeVersion, by: Actor) -> None:
    for path, text in DATA.items():
        draft = actions.change_part(draft, by=by, path=path, part=_part(DataItem, text))
    for path, text in ITEMS.items():
        draft = actions.change_part(draft, by=by, path=path, part=_part(Item, text))
    draft = actions.add_part(draft, by=by, path="items.3.items", part=_part(Item, NEW_ITEM))
    actions.add_part(draft, by=by, path="gates", part=_part(Gate, VETO))


def _part(model: type[Part], text: str) -> Plain:
    return plain(from_words(model, parse(text).data))
