"""Which units, people, duties and conditions are there?"""

from functools import partial

from django.utils import timezone
from ninja import Query

from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api import queries
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import org as told
from jixiao.api.schemas.shared import OfUnit
from jixiao.org.queries.imports import imports
from jixiao.org.queries.stability import stability as stability_of
from jixiao.org.queries.units import reorganizations as all_reorganizations

_reads = partial(reads, room="机构人员")


@_reads("/units", Permission.UNITS_SEE, gives=list[told.UnitOut])
def units(request: Request, asked: Query[told.UnitsAsked]) -> object:
    """单位名单。按名称、别名、拼音查。"""
    return queries.units(words=asked.q, kind=asked.kind, open_only=not asked.closed)


@_reads("/units/{int:pk}", Permission.UNITS_SEE, gives=told.UnitCardOut)
def unit(request: Request, pk: int) -> object:
    """一个单位。名称、别名、沿革。"""
    return found(queries.unit_card(pk))


@_reads("/reorganizations", Permission.UNITS_SEE, gives=list[told.ReorganizationOut])
def reorganizations(request: Request) -> object:
    """机构变动。合并、分设、撤销，新的在前。"""
    return all_reorganizations()


@_reads("/duties", Permission.UNITS_SEE, gives=list[told.DutyOut])
def duties(request: Request, asked: Query[OfUnit]) -> object:
    """绩效分工。领导小组、分管人、联络员。"""
    return queries.duties(asked.unit)


@_reads("/delegations", Permission.UNITS_SEE, gives=list[told.DelegationOut])
def delegations(request: Request, asked: Query[OfUnit]) -> object:
    """委托代办。谁不在时由谁代。"""
    return queries.delegations(asked.unit)


@_reads("/people", Permission.UNITS_SEE, gives=list[told.PersonOut])
def people(request: Request, asked: Query[told.PeopleAsked]) -> object:
    """人员名单。编号和职级只给维护人员名单的人，本单位的也给本单位的分管人、联络员。"""
    return queries.people(asked.q, unit=asked.unit, actor=request.actor)


@_reads("/posts", Permission.UNITS_SEE, gives=list[told.PostOut])
def posts(request: Request, asked: Query[told.PostsAsked]) -> object:
    """任职。谁在哪个单位任什么职务，从哪天起。"""
    return queries.posts(unit=asked.unit, person=asked.person)


@_reads("/conditions", Permission.UNITS_SEE, gives=list[told.ConditionOut])
def conditions(request: Request, asked: Query[OfUnit]) -> object:
    """办公条件。办公室、牌子、版面、电脑、橱柜。"""
    return queries.conditions(asked.unit)


@_reads("/stability", Permission.UNITS_SEE, gives=list[told.StabilityOut])
def stability(request: Request) -> object:
    """队伍稳定。分管人、联络员换得多不多，兼职多不多。"""
    return stability_of(timezone.localdate())


@_reads("/imports", Permission.UNITS_EDIT, gives=list[told.ImportOut])
def workbooks(request: Request) -> object:
    """上传的机构人员表。待确认的用 apply_workbook 或 drop_workbook 办结。"""
    return imports()
