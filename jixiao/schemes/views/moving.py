"""How does a scheme begin, and how does it move on from one person to the next?"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.schemes import actions, queries
from jixiao.schemes.forms import MOVE_FORMS, StartForm
from jixiao.schemes.queries import VersionRow
from jixiao.schemes.views.reading import SCHEMES, found, whole


@page(Permission.SCHEMES_EDIT)
def scheme_start(request: Request) -> HttpResponse:
    """起草办法。"""
    bases = queries.bases(request.actor)
    form = StartForm(request.POST or None, request.FILES or None, bases=bases)
    if form.is_valid() and form.run(
        lambda: actions.start_draft(form.cleaned_data["name"], by=request.actor, **form.facts)
    ):
        messages.success(request, "草稿已起，接着改")
        return redirect("scheme_edit", pk=form.result.pk) if form.result else redirect("schemes")
    context = {"form": form, "names": queries.line_names(), "crumbs": [SCHEMES, ("起草", "")]}
    return render(request, "schemes/start.html", context)


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_submit(request: Request, version: VersionRow) -> HttpResponse:
    """送审。"""
    return _moved(request, version, actions.submit)


@page(Permission.SCHEMES_APPROVE, of=queries.draft)
def scheme_send_back(request: Request, version: VersionRow) -> HttpResponse:
    """退回修改。"""
    return _moved(request, version, actions.send_back)


@page(Permission.SCHEMES_APPROVE, of=queries.draft)
def scheme_approve(request: Request, version: VersionRow) -> HttpResponse:
    """审定。"""
    return _moved(request, version, actions.approve)


@page(Permission.SCHEMES_APPROVE, of=queries.draft)
def scheme_publish(request: Request, version: VersionRow) -> HttpResponse:
    """发布。"""
    return _moved(request, version, actions.publish)


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_discard(request: Request, version: VersionRow) -> HttpResponse:
    """作废草稿。"""
    return _moved(request, version, actions.discard)


@page(Permission.SCHEMES_EDIT, of=queries.draft)
def scheme_amend(request: Request, version: VersionRow) -> HttpResponse:
    """修订已发布的办法。"""
    return _moved(request, version, actions.amend)


def _moved(request: Request, version: VersionRow, do: Callable[..., VersionRow]) -> HttpResponse:
    """To the version where it stands now; with its form again where something was refused."""
    if request.method != "POST":
        return redirect("scheme", pk=version.pk)
    form = MOVE_FORMS[do.__name__](request.POST)
    if form.is_valid() and form.run(lambda: do(version, by=request.actor, **form.facts)):
        after = form.result or version
        messages.success(request, f"{after}：{after.get_state_display()}")
        return redirect("scheme_edit" if after.is_draft else "scheme", pk=after.pk)
    row = found(request, version.pk)
    context = whole(row, actor=request.actor, refused={do.__name__: form})
    if do.__name__ not in context["shown"]:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return render(request, "schemes/scheme.html", context)
