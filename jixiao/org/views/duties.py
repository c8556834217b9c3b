"""Pages where a unit says who answers for performance work, and in what conditions."""

from django.http import HttpResponse

from jixiao.access.asking import Question, ask, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.org import actions
from jixiao.org.forms import people as forms
from jixiao.org.queries import duties as queries
from jixiao.org.queries.rows import Condition, Delegation, Duty, Unit
from jixiao.org.queries.units import unit as unit_of
from jixiao.org.states import ConditionKind
from jixiao.org.views.asking import of_unit


@page(Permission.DUTIES_EDIT, of=unit_of)
def duty_add(request: Request, unit: Unit) -> HttpResponse:
    """确定绩效分工。"""
    now = {"role": request.GET.get("role", "")}
    form = forms.DutyForm(sent(request), unit=unit, initial=now)
    question = Question("确定绩效分工", of_unit(unit), "已确定")

    def do() -> Duty:
        facts = {name: form.cleaned_data[name] for name in ("person", "replaces")}
        return actions.assign_duty(unit, by=request.actor, duty=form.duty, **facts)

    return ask(request, form=form, question=question, do=do)


@page(Permission.DUTIES_EDIT, of=queries.duty)
def duty_end(request: Request, duty: Duty) -> HttpResponse:
    """结束绩效分工。"""
    form = forms.EndForm(sent(request), initial={"version": duty.version})
    note = "换人不用先结束：直接确定新的人选，在“接替谁”里选现任。"
    title = f"结束{duty.person}的{duty.get_role_display()}"
    question = Question(title, of_unit(duty.unit), "已结束", "结束", note)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.end_duty(duty, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.DUTIES_EDIT, of=unit_of)
def delegation_add(request: Request, unit: Unit) -> HttpResponse:
    """离岗委托。"""
    form = forms.DelegationForm(sent(request), unit=unit)
    question = Question("离岗委托", of_unit(unit), "已登记委托", submit="登记委托")

    def do() -> Delegation:
        facts = {name: form.cleaned_data[name] for name in ("absent", "deputy")}
        return actions.delegate(unit, by=request.actor, absence=form.absence, **facts)

    return ask(request, form=form, question=question, do=do)


@page(Permission.DUTIES_EDIT, of=queries.delegation)
def delegation_end(request: Request, delegation: Delegation) -> HttpResponse:
    """提前结束委托。"""
    form = forms.ReasonForm(sent(request), initial={"version": delegation.version})
    title = f"提前结束：{delegation}"
    question = Question(title, of_unit(delegation.unit), "已结束委托", submit="结束委托")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.end_delegation(delegation, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.CONDITIONS_EDIT, of=queries.condition)
def condition(request: Request, condition: Condition) -> HttpResponse:
    """核对办公条件。"""
    kind, unit = ConditionKind(condition.kind), condition.unit
    form = forms.FindingForm(sent(request), initial=queries.as_found(condition))
    question = Question(f"核对{kind.label}", of_unit(unit), f"已登记{kind.label}")

    def do() -> Condition:
        finding = form.finding(kind)
        if condition.pk is None:
            return actions.record_condition(unit, by=request.actor, finding=finding)
        return actions.check_condition(
            condition, by=request.actor, finding=finding, **form.version_seen
        )

    return ask(request, form=form, question=question, do=do)
