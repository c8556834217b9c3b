"""Pages that show many: units, people, stability, conditions, reorganizations."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone

from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.org.forms.lists import DayForm
from jixiao.org.queries import people as of_people
from jixiao.org.queries import stability as of_stability
from jixiao.org.queries import units as of_units
from jixiao.org.queries.rows import Unit
from jixiao.org.tables import (
    CONDITION_LIST,
    LISTS,
    REORGANIZATION_LIST,
    VERSION_LIST,
    months,
    people_table,
    stability_table,
    tree,
)
from jixiao.org.views.asking import of_unit

LIST = ("机构人员", reverse_lazy("units"))


@page(Permission.UNITS_SEE)
def units(request: Request, level: str = "") -> HttpResponseBase:
    """单位名单。"""
    shown = LISTS[level].of(of_units.unit_list(level), request)
    context = {"counts": of_units.level_counts(), "level": level, "may_edit": _edits(request)}
    return shown.answer("org/units.html", **context)


@page(Permission.UNITS_SEE)
def unit_tree(request: Request) -> HttpResponseBase:
    """机构树。"""
    groups = of_units.unit_tree().items()
    drawn = [(group, len(branches), tree(branches)) for group, branches in groups]
    context = {"tree": drawn, "crumbs": (LIST, ("机构树", ""))}
    return render(request, "org/tree.html", context)


@page(Permission.UNITS_SEE)
def units_on(request: Request, day: str = "") -> HttpResponseBase:
    """某一天的单位。"""
    asked = DayForm(request.GET if "day" in request.GET else None)
    if asked.is_valid():
        return redirect("units_on_day", day=asked.cleaned_data["day"].isoformat())
    named = DayForm({"day": day})
    when = named.cleaned_data["day"] if named.is_valid() else timezone.localdate()
    shown = VERSION_LIST.of(of_units.units_on(when).select_related("unit", "parent"), request)
    crumbs = (LIST, ("某一天的单位", ""))
    form = asked if asked.is_bound else DayForm(initial={"day": when})
    return shown.answer("org/units_on.html", form=form, day=when, crumbs=crumbs)


@page(Permission.UNITS_SEE)
@recorded
def people(request: Request, *, gone: bool = False) -> HttpResponseBase:
    """人员名单。"""
    may_edit = request.actor.may(Permission.PEOPLE_EDIT)
    shown = people_table(with_details=may_edit).of(of_people.person_list(gone=gone), request)
    return shown.answer("org/people.html", may_edit=may_edit, gone=gone)


@page(Permission.UNITS_SEE, of=of_units.unit)
@recorded
def unit_people(request: Request, unit: Unit) -> HttpResponseBase:
    """一个单位的人员。"""
    actor, place = request.actor, unit.place()
    knows = actor.may(Permission.PEOPLE_EDIT) or actor.may(Permission.DUTIES_EDIT, place)
    shown = people_table(with_details=knows).of(of_people.person_list(unit=unit), request)
    return shown.answer("org/people.html", unit=unit, crumbs=(*of_unit(unit), ("人员", "")))


@page(Permission.UNITS_SEE)
def stability(request: Request) -> HttpResponseBase:
    """分工与稳定性。"""
    today = timezone.localdate()
    shown = stability_table().of(of_stability.stability(today), request)
    summary = of_stability.summary(today)
    context = {
        "summary": summary,
        "term": months(summary.liaison_days),
        "lead_note": f"另有 {summary.lead_changes} 次分管人变动",
        "part_note": f"{summary.in_duty} 项分工中 {summary.part_time} 项",
    }
    return shown.answer("org/stability.html", may_edit=_edits(request), **context)


@page(Permission.UNITS_SEE)
def conditions(request: Request) -> HttpResponseBase:
    """办公条件。"""
    shown = CONDITION_LIST.of(of_stability.conditions(), request)
    context = {"summary": of_stability.condition_summary(), "may_edit": _edits(request)}
    return shown.answer("org/conditions.html", **context)


@page(Permission.UNITS_SEE)
def reorganizations(request: Request) -> HttpResponseBase:
    """机构变动。"""
    shown = REORGANIZATION_LIST.of(of_units.reorganizations(), request)
    return shown.answer("org/reorganizations.html", may_edit=_edits(request))


def _edits(request: Request) -> bool:
    return request.actor.may(Permission.UNITS_EDIT)
