"""Pages where units are merged, split or closed."""

from django.http import HttpResponse
from django.urls import reverse

from jixiao.access.asking import Question, ask, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.org import actions
from jixiao.org.forms import units as forms
from jixiao.org.queries import units as queries
from jixiao.org.queries.rows import Reorganization, Unit
from jixiao.org.views.asking import of_unit

MERGER = (
    "原单位撤销；下级和任职转到承接单位，同名的下级并为一个；原来的领导小组、分管人、联络员同时结束，"
    "由承接单位重新确定。原单位的账号和角色不会自动转移，请安全管理员办理。"
)


@page(Permission.UNITS_EDIT)
def merge(request: Request) -> HttpResponse:
    """合并单位。"""
    form = forms.MergeForm(sent(request))
    crumbs = (("机构人员", reverse("units")), ("机构变动", reverse("reorganizations")))
    question = Question("合并单位", crumbs, "已合并", submit="合并", note=MERGER, is_grave=True)

    def do() -> Reorganization:
        units, into = form.cleaned_data["units"], form.cleaned_data["into"]
        if into:
            return actions.merge_units(units, by=request.actor, into=into, **form.basis)
        return actions.unite_units(units, by=request.actor, facts=form.made, **form.basis)

    return ask(request, form=form, question=question, do=do)


@page(Permission.UNITS_EDIT, of=queries.unit)
def unit_split(request: Request, unit: Unit) -> HttpResponse:
    """分设单位。"""
    form = forms.SplitForm(sent(request), initial={"version": unit.version})
    question = Question("分设", of_unit(unit), "已分设", submit="分设", is_grave=True)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.split_unit(
            unit, by=request.actor, into=form.split(unit), **form.basis
        ),
    )  # fmt: skip


@page(Permission.UNITS_EDIT, of=queries.unit)
def unit_close(request: Request, unit: Unit) -> HttpResponse:
    """撤销单位。"""
    form = forms.CloseForm(sent(request), initial={"version": unit.version})
    note = "撤销不是删除：沿革、任职和结果都留着，随时可查。"
    question = Question("撤销", of_unit(unit), "已撤销", "撤销这个单位", note, is_grave=True)

    def do() -> Reorganization:
        if form.cleaned_data["ends_all"]:
            return actions.dissolve_unit(unit, by=request.actor, **form.basis)
        heir = form.cleaned_data["heir"]
        return actions.close_unit(unit, by=request.actor, heir=heir, **form.basis)

    return ask(request, form=form, question=question, do=do)
