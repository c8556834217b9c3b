"""Pages of one unit: its card, and what happens to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from jixiao.access.asking import Question, ask, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.org import actions
from jixiao.org.forms import units as forms
from jixiao.org.forms.people import EndForm
from jixiao.org.queries import units as queries
from jixiao.org.queries.rows import Alias, Unit
from jixiao.org.tables import months
from jixiao.org.views.asking import of_unit


@page(Permission.UNITS_SEE, of=queries.unit)
def unit(request: Request, unit: Unit) -> HttpResponse:
    """单位的一张卡。"""
    card, today = queries.unit_card(unit), timezone.localdate()
    figures = card.figures(today)
    context = {
        "card": card, "unit": unit, "crumbs": of_unit(unit), "missing": card.missing(today),
        "figures": figures, "term": months(figures.days), **_allowed(request, unit),
    }  # fmt: skip
    return render(request, "org/unit.html", context)


@page(Permission.UNITS_SEE, of=queries.unit)
def unit_history(request: Request, unit: Unit) -> HttpResponse:
    """单位的沿革。"""
    context = {
        "history": queries.unit_history(unit), "unit": unit,
        "crumbs": (*of_unit(unit), ("沿革", "")), **_allowed(request, unit),
    }  # fmt: skip
    return render(request, "org/unit_history.html", context)


def _allowed(request: Request, unit: Unit) -> dict[str, bool]:
    """What this reader may see and do on the page of a unit."""
    actor, place = request.actor, unit.place()
    duties = actor.may(Permission.DUTIES_EDIT, place)
    return {
        "may_units": unit.is_open and actor.may(Permission.UNITS_EDIT),
        "may_duties": unit.is_open and duties,
        "may_conditions": unit.is_open and actor.may(Permission.CONDITIONS_EDIT, place),
        "with_details": duties or actor.may(Permission.PEOPLE_EDIT),
    }


@page(Permission.UNITS_EDIT)
def unit_found(request: Request) -> HttpResponse:
    """设立单位。"""
    form = forms.FoundForm(sent(request), initial={"parent": request.GET.get("parent", "")})
    question = Question("设立单位", (("机构人员", reverse("units")),), "已设立", submit="设立")

    def do() -> Unit:
        parent = form.cleaned_data["parent"]
        return actions.found_unit(parent, by=request.actor, facts=form.unit, **form.basis)

    return ask(request, form=form, question=question, do=do)


@page(Permission.UNITS_EDIT, of=queries.unit)
def unit_rename(request: Request, unit: Unit) -> HttpResponse:
    """单位更名。"""
    form = forms.RenameForm(sent(request), initial={"name": unit.name, "version": unit.version})
    question = Question(
        "更名", of_unit(unit), "已更名", note="以前的名称留在沿革里；已封存的结果保留当时的名称。"
    )
    return ask(
        request, form=form, question=question,
        do=lambda: actions.rename_unit(
            unit, by=request.actor, name=form.cleaned_data["name"], **form.basis
        ),
    )  # fmt: skip


@page(Permission.UNITS_EDIT, of=queries.unit)
def unit_move(request: Request, unit: Unit) -> HttpResponse:
    """划转单位。"""
    form = forms.MoveForm(sent(request), initial={"version": unit.version})
    question = Question("划转", of_unit(unit), "已划转")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.move_unit(
            unit, by=request.actor, parent=form.cleaned_data["parent"], **form.basis
        ),
    )  # fmt: skip


@page(Permission.UNITS_EDIT, of=queries.unit)
def unit_classify(request: Request, unit: Unit) -> HttpResponse:
    """调整类别或比较组。"""
    now = {"kind": unit.kind, "group": unit.group, "version": unit.version}
    form = forms.ClassifyForm(sent(request), initial=now)
    question = Question("调整类别或比较组", of_unit(unit), "已调整")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.classify_unit(unit, by=request.actor, to=form.to, **form.basis),
    )  # fmt: skip


@page(Permission.UNITS_EDIT, of=queries.unit)
def alias_add(request: Request, unit: Unit) -> HttpResponse:
    """增加别名。"""
    form = forms.AliasForm(sent(request), initial={"version": unit.version})
    question = Question("增加别名", of_unit(unit), "已增加别名")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.add_alias(unit, by=request.actor, **form.facts),
    )  # fmt: skip


@page(Permission.UNITS_EDIT, of=queries.alias)
def alias_end(request: Request, alias: Alias) -> HttpResponse:
    """停用别名。"""
    form = EndForm(sent(request), initial={"version": alias.version})
    question = Question(f"停用别名“{alias}”", of_unit(alias.unit), "已停用", submit="停用")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.end_alias(alias, by=request.actor, **form.facts),
    )  # fmt: skip
